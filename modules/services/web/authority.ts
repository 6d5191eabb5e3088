/*
 * Who may have the phone do something: Basic authentication (RFC 7617), which the phone cannot judge by itself. It asks the server that the
 * configuration names (authenticationURL: GET with UserID, Password and devicename), whose answer is AUTHORIZED or anything else (Cisco
 * IP Phone Services guide, "HTTP push": "authentication"). One question at a time, and after a refusal a pause: who guesses passwords guesses
 * slowly. The last one who was known is known for half a minute longer.
 */
import type { Clock, Network, TimerHandle } from "hal/hardware";
import type { Consumer } from "net/transfer";
import { withParameter } from "net/url";
import { Web } from "net/web";

/** How somebody who wants something is known. */
export const Verdict = Object.freeze({ granted: 0, refused: 1, unreachable: 2 });

/** Octets of a name with its password, and of the server's answer. */
const longestCredentials = 90;
const longestAnswer = 256;
/** How long the last one who was known stays so, and how long nobody else is asked for after a refusal (ms). */
const knownFor = 30_000;
const refusalPause = 1_000;
const bufferSize = 512;
const authorised = "AUTHORIZED";

export class Authority {
	private readonly network: Network;
	private readonly clock: Clock;
	private readonly device: string;
	/** Who was known last, by which server; '' for nobody. */
	private known = "";
	private forgets: TimerHandle | undefined = undefined;
	/** While a question is on its way, or a refusal is told: the client. */
	private web: Web | undefined = undefined;
	private timer: TimerHandle | undefined = undefined;

	private readonly idle: () => void;

	/** @param device the phone's name, which the server is told. @param idle is called when nobody is known and no question is on its way. */
	constructor(network: Network, clock: Clock, device: string, idle: () => void) {
		this.network = network;
		this.clock = clock;
		this.device = device;
		this.idle = idle;
	}

	/** Whether a question is on its way. */
	get busy(): boolean {
		return this.web !== undefined || this.timer !== undefined;
	}

	/** Whether somebody was known a moment ago. @param header Authorization as it came. */
	knows(url: string, header: string): boolean {
		return this.known !== "" && this.known === `${url} ${header}`;
	}

	/**
	 * Asks who it is; not while {@link busy}. @param url authenticationURL. @param header Authorization as it came.
	 * @param done is told a number of {@link Verdict} later, and '' or why the server could not be asked.
	 */
	ask(url: string, header: string, done: (verdict: number, why: string) => void): void {
		const credentials = credentialsOf(header);
		if (credentials === undefined) {
			this.later(() => done(Verdict.refused, ""));
			return;
		}
		const colon = credentials.indexOf(":");
		const user = withParameter(url, `UserID=${percent(credentials.slice(0, colon))}`);
		const password = withParameter(user, `Password=${percent(credentials.slice(colon + 1))}`);
		const web = new Web(this.network, this.clock, new Uint8Array(bufferSize));
		this.web = web;
		web.fetch(
			withParameter(password, `devicename=${percent(this.device)}`),
			new AuthorityAnswer((text, why) => {
				this.web = undefined;
				if (why !== "") this.later(() => done(Verdict.unreachable, why));
				else if (text.trim() !== authorised) this.later(() => done(Verdict.refused, ""));
				else {
					this.remember(`${url} ${header}`);
					done(Verdict.granted, "");
				}
			}),
			longestAnswer,
		);
	}

	/** Nobody waits for the answer any more; who was known is forgotten too where `all` says so. */
	cancel(all: boolean): void {
		const { web } = this;
		this.web = undefined;
		web?.cancel();
		// a refusal's pause goes on: who leaves and comes again waits all the same
		if (all) this.forget();
		else this.rest();
	}

	private later(tell: () => void): void {
		this.timer = this.clock.after(refusalPause, () => {
			this.timer = undefined;
			tell();
			this.rest();
		});
	}

	private remember(known: string): void {
		this.clock.cancel(this.forgets);
		this.known = known;
		this.forgets = this.clock.after(knownFor, () => this.forget());
	}

	private forget(): void {
		this.clock.cancel(this.forgets);
		this.forgets = undefined;
		this.known = "";
		this.rest();
	}

	private rest(): void {
		if (!this.busy && this.known === "") this.idle();
	}
}

/** The server's answer, which is a word. */
class AuthorityAnswer implements Consumer {
	private readonly done: (text: string, why: string) => void;
	private text = "";

	constructor(done: (text: string, why: string) => void) {
		this.done = done;
	}

	begin(): void {
		this.text = "";
	}

	data(octets: Uint8Array): boolean {
		for (let i = 0; i < octets.length; i += 1) this.text += String.fromCharCode(octets[i] as number);
		return true;
	}

	end(): void {
		this.done(this.text, "");
	}

	failed(_reason: number, text: string): void {
		this.done("", text);
	}
}

/** Name and password of a header Authorization, as texts of octets; undefined where it is none of Basic. */
export function credentialsOf(header: string): string | undefined {
	const space = header.indexOf(" ");
	if (space < 0 || header.slice(0, space).toLowerCase() !== "basic") return undefined;
	const octets = decodeBase64(header.slice(space + 1).trim());
	if (octets === undefined || octets.length > longestCredentials || octets.indexOf(":") < 1) return undefined;
	for (let at = 0; at < octets.length; at += 1) {
		const code = octets.charCodeAt(at);
		if (code < 0x20 || code === 0x7f) return undefined;
	}
	return octets;
}

const standing = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

/** Octets as the value of a URL's parameter. */
function percent(octets: string): string {
	let result = "";
	for (let at = 0; at < octets.length; at += 1) {
		const character = octets.charAt(at);
		const code = octets.charCodeAt(at);
		if (standing.includes(character)) result += character;
		else result += `%${code < 16 ? "0" : ""}${code.toString(16).toUpperCase()}`;
	}
	return result;
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Octets of Base64 (RFC 4648) as characters; undefined for what is none. */
function decodeBase64(text: string): string | undefined {
	const end = text.endsWith("==") ? text.length - 2 : text.endsWith("=") ? text.length - 1 : text.length;
	if (text.length % 4 !== 0 || text === "") return undefined;
	let result = "";
	let bits = 0;
	let count = 0;
	for (let at = 0; at < end; at += 1) {
		const digit = digits.indexOf(text.charAt(at));
		if (digit < 0) return undefined;
		bits = ((bits << 6) | digit) & 0xffff;
		count += 6;
		if (count < 8) continue;
		count -= 8;
		result += String.fromCharCode((bits >> count) & 255);
	}
	return result;
}
