/*
 * The set-up page as HTML: one form without script, in pieces that are made one at a time as they are sent. All is ASCII: what is
 * not, and what HTML could take for its own, goes as numbered characters.
 */
import type { Found } from "hal/esp32s3/wifi";

const STYLE =
	"body{font:18px sans-serif;max-width:26em;margin:1em auto;padding:0 1em}" +
	"label{display:block;padding:.4em 0}input[type=text],input[type=password]{width:100%;font:inherit;box-sizing:border-box}" +
	"button{font:inherit;margin-top:1em;padding:.5em 2em}.w{color:#a00}.s{color:#666;float:right}.n{color:#666}";

const HEAD =
	'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">' +
	'<meta name="viewport" content="width=device-width,initial-scale=1"><title>Linnet</title>' +
	`<style>${STYLE}</style></head><body><h1>Linnet</h1>`;
const FORM = '<form method="post" action="/"><p>Which Wi-Fi network is this phone to join?</p>';
const TAIL = '<button>Save</button></form><p><a href="/scan">Search again</a></p></body></html>';

/** Fields of the form by their names, as they came or as they hold; '' where there is nothing. */
export interface FormValues {
	readonly ssid: string;
	readonly other: string;
	readonly password: string;
	readonly callAgent: string;
	readonly port: string;
	readonly version: string;
	readonly tftp: string;
	readonly events: string;
}

/** What the form shows. */
export interface Form {
	readonly found: readonly Found[];
	/** The network that need not be entered again, '' for none. */
	readonly known: string;
	readonly values: FormValues;
	/** What is wrong with what was sent, '' for nothing. */
	readonly problem: string;
}

/** Text as HTML, also within an attribute. */
export function escaped(text: string): string {
	let html = "";
	for (const character of text) {
		const code = character.codePointAt(0) as number;
		const plain = code >= 0x20 && code < 0x7f && !"&<>\"'".includes(character);
		html += plain ? character : `&#${code};`;
	}
	return html;
}

/** An entry for text. */
function field(label: string, name: keyof FormValues, length: number, { values }: Form, hint = ""): string {
	const kind = name === "password" ? "password" : "text";
	const note = hint === "" ? "" : ` placeholder="${hint}"`;
	return (
		`<label>${label} <input type="${kind}" name="${name}" maxlength="${length}" value="${escaped(values[name])}"${note}` +
		' autocomplete="off" autocapitalize="none" spellcheck="false"></label>'
	);
}

/** Piece `index` of the form's page, undefined after the last. */
export function formPiece(index: number, form: Form): string | undefined {
	const { found, known, problem, values } = form;
	if (index === 0) return problem === "" ? HEAD : `${HEAD}<p class="w">${escaped(problem)}</p>`;
	if (index === 1) {
		const stay = known === "" ? "" : `<p class="n">None of them: it stays with ${escaped(known)}.</p>`;
		return `${FORM}${stay}${found.length > 0 ? "" : "<p>None is heard.</p>"}`;
	}
	const network = found[index - 2];
	if (network !== undefined) {
		const name = escaped(network.ssid);
		const kind = network.open ? ", open" : "";
		const checked = network.ssid === values.ssid ? " checked" : "";
		return (
			`<label><input type="radio" name="ssid" value="${name}"${checked}> ${name}` +
			`<span class="s">${network.rssi} dBm${kind}</span></label>`
		);
	}
	switch (index - found.length - 2) {
		case 0: {
			const checked = values.ssid === "" && values.other !== "" ? " checked" : "";
			const other = field(`<input type="radio" name="ssid" value=""${checked}> Another one:`, "other", 32, form);
			return other + field("Password", "password", 64, form);
		}
		case 1:
			return (
				"<p>Servers: leave empty what the network or the configuration says.</p>" +
				field("TFTP server", "tftp", 64, form, "as the network says") +
				field("Call agent", "callAgent", 64, form, "as the configuration says") +
				field("Its port", "port", 5, form, "2000") +
				field("Protocol version, 3 to 22", "version", 2, form, "automatic") +
				field("Home automation is told at", "events", 64, form, "http://host:port/path")
			);
		case 2:
			return TAIL;
		default:
			return undefined;
	}
}

/** The page after a network was stored, and those for what cannot be answered. */
export function messagePiece(index: number, text: string): string | undefined {
	if (index === 0) return HEAD;
	return index === 1 ? `<p>${escaped(text)}</p></body></html>` : undefined;
}
