/*
 * Reads the head of an HTTP request (RFC 9110, 9112) as it comes: of the set-up page's form, and of the phone's pages. A head that could be
 * read in two ways, or that is longer than there is room for, is refused with the status of the answer. A line is put together only where
 * it comes in parts, so that a request takes next to nothing while nobody sends one.
 */

/** Bits of what is yes or no of a request; those above {@link firstOtherBit} are for who extends it. */
const modernBit = 1;
const persistentBit = 2;
const expectsBit = 4;
export const firstOtherBit = 8;

/** Octets of a head in all. */
const mostOctets = 8192;
const textHead = 16;
const lineFeed = 10;
const carriageReturn = 13;

/** {@link HttpRequest.status} while the head is read, and when it is whole and sound. */
export const UNFINISHED = 0;
export const COMPLETE = 200;

export class HttpRequest {
	/** {@link UNFINISHED}, {@link COMPLETE}, or the HTTP status that refuses the request. */
	status: number = UNFINISHED;
	/** As it came: methods are in capitals. '' before the first line. */
	method = "";
	/** Path and query as they came; of a whole URL the part behind the host. */
	path = "";
	/** The host and port that are asked, '' for an old client that does not say. */
	host = "";
	/** Scheme and host of the page that a browser has the request from, '' when it does not say. */
	origin = "";
	/** Header Authorization, '' for none. */
	authorization = "";
	/** Octets of the body, -1 for a request without one. */
	length = -1;
	/** Bits of what is yes or no: each as a property of its own would take as much as a number of them. */
	private bits = 0;
	/** The line that comes in parts: what is there of it. */
	private part = "";
	private octets = 0;
	private hosts = 0;

	/** Characters of a line; a longer one that counts is refused. */
	protected get longest(): number {
		return 512;
	}

	protected bit(bit: number): boolean {
		return (this.bits & bit) !== 0;
	}

	protected setBit(bit: number, value: boolean): void {
		this.bits = value ? this.bits | bit : this.bits & ~bit;
	}

	/** HTTP/1.1, whose answers may come in chunks. */
	get modern(): boolean {
		return this.bit(modernBit);
	}

	/** The connection may carry another request after this one. */
	get persistent(): boolean {
		return this.bit(persistentBit);
	}

	set persistent(value: boolean) {
		this.setBit(persistentBit, value);
	}

	/** The client waits for leave to send its body. */
	get expects(): boolean {
		return this.bit(expectsBit);
	}

	/** Whether anything of a request has come. */
	get begun(): boolean {
		return this.octets > 0;
	}

	/** Octets that the request's texts take. */
	get kept(): number {
		const { authorization, host, origin, part, path } = this;
		return sizeOf(path) + sizeOf(host) + sizeOf(origin) + sizeOf(authorization) + sizeOf(part);
	}

	/** Who answers knows all: the texts are not kept any longer. */
	release(): void {
		this.path = "";
		this.host = "";
		this.origin = "";
		this.authorization = "";
		this.part = "";
	}

	/** Ready for another request. */
	clear(): void {
		this.release();
		this.status = UNFINISHED;
		this.method = "";
		this.length = -1;
		this.setBit(modernBit | persistentBit | expectsBit, false);
		this.octets = 0;
		this.hosts = 0;
	}

	/** Reads octets `from` to `to` of a buffer. @returns where the head ends, `to` where it does not. */
	feed(octets: Uint8Array, from: number, to: number): number {
		let begin = from;
		for (let at = from; at < to && this.status === UNFINISHED; at += 1) {
			if (octets[at] !== lineFeed) continue;
			this.gather(octets, begin, at);
			begin = at + 1;
			const line = this.part;
			this.part = "";
			this.line(line);
		}
		if (this.status !== UNFINISHED) return begin;
		this.gather(octets, begin, to);
		return to;
	}

	/** Puts octets to the line that comes; more than a line may have count, and are left out. */
	private gather(octets: Uint8Array, from: number, to: number): void {
		this.octets += to - from + 1;
		if (this.octets > mostOctets) {
			this.status = 431;
			return;
		}
		// one octet more than there may be says that it was cut
		const end = Math.min(to, from + this.longest + 2 - this.part.length);
		let text = "";
		for (let at = from; at < end; at += 1) text += String.fromCharCode(octets[at] as number);
		if (text !== "") this.part = this.part === "" ? text : this.part + text;
	}

	private line(whole: string): void {
		if (this.status !== UNFINISHED) return;
		const ends = whole.charCodeAt(whole.length - 1) === carriageReturn;
		const line = ends ? whole.slice(0, -1) : whole;
		const cut = line.length > this.longest;
		if (line === "") {
			// an empty line before a request is passed over
			if (this.method !== "") this.finish();
			else this.octets = 0;
		} else if (!isWriting(line)) this.status = 400;
		else if (this.method === "") this.requestLine(line, cut);
		else this.field(line, cut);
	}

	private requestLine(line: string, cut: boolean): void {
		const first = line.indexOf(" ");
		const last = line.lastIndexOf(" ");
		const version = line.slice(last + 1);
		this.method = line.slice(0, Math.max(first, 0)) || "?";
		if (cut) this.status = 414;
		else if (first <= 0 || !isToken(this.method)) this.status = 400;
		else if (version.length !== 8 || !version.startsWith("HTTP/") || version.charAt(6) !== ".") this.status = 400;
		else if (version.charAt(5) !== "1") this.status = 505;
		else {
			this.setBit(modernBit, version !== "HTTP/1.0");
			this.persistent = this.modern;
			this.target(line.slice(first + 1, last));
		}
	}

	/** A path, or a whole URL as proxies are asked. */
	private target(target: string): void {
		this.path = target;
		if (target.slice(0, 7).toLowerCase() === "http://") {
			const slash = target.indexOf("/", 7);
			this.host = slash < 0 ? target.slice(7) : target.slice(7, slash);
			this.path = slash < 0 ? "/" : target.slice(slash);
			// the URL's host counts, not the header's
			this.hosts = -1;
		}
		if (!this.path.startsWith("/") || target.includes(" ")) this.status = 400;
	}

	private field(line: string, cut: boolean): void {
		const colon = line.indexOf(":");
		const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
		if (!isToken(name)) {
			// also a line that goes on with the one before, which nobody writes any more
			this.status = 400;
			return;
		}
		const value = line.slice(colon + 1).trim();
		const counts = this.take(name, value);
		if (counts && cut && this.status === UNFINISHED) this.status = 431;
	}

	/** @returns whether the header is one that counts. */
	private take(name: string, value: string): boolean {
		switch (name) {
			case "host":
				if (this.hosts >= 0) this.host = value;
				this.hosts += this.hosts < 0 ? -1 : 1;
				if (this.hosts > 1 || this.hosts < -2) this.status = 400;
				return true;
			case "origin":
				this.origin = value;
				return true;
			case "authorization":
				if (this.authorization !== "") this.status = 400;
				this.authorization = value;
				return true;
			case "content-length":
				this.contentLength(value);
				return true;
			case "transfer-encoding":
				// a body whose length is not known before
				this.status = 411;
				return true;
			case "connection":
				this.connection(value.toLowerCase());
				return true;
			case "expect":
				if (value.toLowerCase() === "100-continue") this.setBit(expectsBit, this.modern);
				else this.status = 417;
				return true;
			default:
				return false;
		}
	}

	private contentLength(value: string): void {
		let length = value === "" ? -1 : 0;
		for (let at = 0; at < value.length && length >= 0; at += 1) {
			const digit = value.charCodeAt(at) - 0x30;
			length = digit < 0 || digit > 9 ? -1 : Math.min(length * 10 + digit, 0x7fffffff);
		}
		// who says two lengths is mistaken or means to deceive (RFC 9112, 6.3)
		if (length < 0 || (this.length >= 0 && this.length !== length)) this.status = 400;
		else this.length = length;
	}

	private connection(value: string): void {
		if (listed(value, "close")) this.persistent = false;
		else if (!this.modern && listed(value, "keep-alive")) this.persistent = true;
	}

	private finish(): void {
		const posts = this.method === "POST";
		if (this.modern && this.hosts === 0) this.status = 400;
		else if (posts && this.length < 0) this.status = 411;
		// nothing else has a body, and what follows would be taken for one or for a request
		else if (!posts && this.length > 0) this.status = 400;
		else this.status = COMPLETE;
	}
}

/** Octets that a text takes with what the engine puts before it. */
function sizeOf(text: string): number {
	return text === "" ? 0 : text.length + textHead;
}

/** Whether a list of words with commas between has one. */
function listed(list: string, word: string): boolean {
	return list.split(",").some((entry) => entry.trim() === word);
}

/** Whether all characters are visible, a space or a tab: what else there is ends lines where others do not see it. */
function isWriting(line: string): boolean {
	for (let at = 0; at < line.length; at += 1) {
		const code = line.charCodeAt(at);
		if ((code < 0x20 && code !== 9) || code === 0x7f) return false;
	}
	return true;
}

/** Whether a text is a token (RFC 9110, 5.6.2). */
function isToken(text: string): boolean {
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code <= 0x20 || code >= 0x7f || '"(),/:;<=>?@[\\]{}'.includes(text.charAt(at))) return false;
	}
	return text !== "";
}

/** What an HTTP status is called. */
export function reasonOf(status: number): string {
	return reasons[status] ?? "Error";
}

const reasons: Readonly<Record<number, string>> = Object.freeze({
	200: "OK",
	302: "Found",
	400: "Bad Request",
	401: "Unauthorized",
	403: "Forbidden",
	404: "Not Found",
	405: "Method Not Allowed",
	408: "Request Timeout",
	411: "Length Required",
	413: "Content Too Large",
	414: "URI Too Long",
	417: "Expectation Failed",
	422: "Unprocessable Content",
	431: "Request Header Fields Too Large",
	503: "Service Unavailable",
	505: "HTTP Version Not Supported",
});
