/*
 * The set-up page as HTML: one form without script, in pieces that are made one at a time as they are sent. All is ASCII: what is
 * not, and what HTML could take for its own, goes as numbered characters.
 */
import type { Found } from "hal/esp32s3/wifi";

const STYLE =
	"body{font:18px sans-serif;max-width:26em;margin:1em auto;padding:0 1em}" +
	"label{display:block;padding:.4em 0}input[type=text],input[type=password]{width:100%;font:inherit;box-sizing:border-box}" +
	"button{font:inherit;margin-top:1em;padding:.5em 2em}.w{color:#a00}.s{color:#666;float:right}";

const HEAD =
	'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">' +
	'<meta name="viewport" content="width=device-width,initial-scale=1"><title>Linnet</title>' +
	`<style>${STYLE}</style></head><body><h1>Linnet</h1>`;
const FORM = '<form method="post" action="/"><p>Which Wi-Fi network is this phone to join?</p>';
const TAIL =
	'<label><input type="radio" name="ssid" value=""> Another one: <input type="text" name="other" maxlength="32"></label>' +
	'<label>Password <input type="password" name="password" maxlength="64" autocomplete="off"></label>' +
	'<button>Save</button></form><p><a href="/scan">Search again</a></p></body></html>';

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

/** Piece `index` of the form's page, undefined after the last. @param problem what is wrong with what was sent, '' for nothing. */
export function formPiece(index: number, found: readonly Found[], problem: string): string | undefined {
	if (index === 0) return problem === "" ? HEAD : `${HEAD}<p class="w">${escaped(problem)}</p>`;
	if (index === 1) return found.length > 0 ? FORM : `${FORM}<p>None is heard.</p>`;
	const network = found[index - 2];
	if (network !== undefined) {
		const name = escaped(network.ssid);
		const kind = network.open ? ", open" : "";
		return (
			`<label><input type="radio" name="ssid" value="${name}"> ${name}` +
			`<span class="s">${network.rssi} dBm${kind}</span></label>`
		);
	}
	return index === found.length + 2 ? TAIL : undefined;
}

/** The page after a network was stored, and those for what cannot be answered. */
export function messagePiece(index: number, text: string): string | undefined {
	if (index === 0) return HEAD;
	return index === 1 ? `<p>${escaped(text)}</p></body></html>` : undefined;
}
