/*
 * Reads one HTTP request (RFC 9112) as it comes, in a fixed room: the request line, the few header fields that the set-up page
 * needs and a body as long as its form. What is longer, or is no request, ends with the status of the answer.
 */

const LINE = 512;
/** Octets of a form: each field may be coded in three for one. */
const BODY = 1500;
/** Octets of a whole request: browsers send about one thousand. */
const ALL = 8192;
const CR = 13;
const LF = 10;

/** Still reading. */
export const UNFINISHED = 0;
export const COMPLETE = 200;

export class SetupRequest {
	/** {@link UNFINISHED}, {@link COMPLETE}, or the HTTP status that refuses the request. */
	status: number = UNFINISHED;
	method = "";
	/** Path and query as they came. */
	path = "";
	host = "";
	/** Scheme and host of the page that sends a form, '' when the browser does not say. */
	origin = "";
	body = "";
	private readonly line = new Uint8Array(LINE);
	private length = 0;
	private total = 0;
	/** Octets of the body that have still to come, -1 for a request without one. */
	private bodyLeft = -1;
	private inBody = false;
	private first = true;

	/** Takes what has come. @returns {@link SetupRequest.status}; octets after the request are ignored. */
	feed(octets: Uint8Array): number {
		for (let i = 0; i < octets.length && this.status === UNFINISHED; i += 1) this.octet(octets[i] as number);
		return this.status;
	}

	private octet(octet: number): void {
		this.total += 1;
		if (this.total > ALL) this.status = 431;
		else if (this.inBody) {
			this.body += String.fromCharCode(octet);
			this.bodyLeft -= 1;
			if (this.bodyLeft === 0) this.status = COMPLETE;
		} else if (octet !== LF) {
			// the end of a longer line is of no use here
			if (this.length < LINE) this.line[this.length] = octet;
			this.length += 1;
		} else this.endLine();
	}

	private endLine(): void {
		const cut = this.length > LINE;
		let end = Math.min(this.length, LINE);
		if (!cut && end > 0 && this.line[end - 1] === CR) end -= 1;
		this.length = 0;
		let text = "";
		for (let i = 0; i < end; i += 1) text += String.fromCharCode(this.line[i] as number);
		if (this.first) this.requestLine(text, cut);
		else if (text === "") this.headEnds();
		else this.field(text);
	}

	private requestLine(text: string, cut: boolean): void {
		// an empty line before a request is passed over
		if (text === "") return;
		this.first = false;
		const parts = text.split(" ");
		if (cut) this.status = 414;
		else if (parts.length !== 3 || !(parts[2] as string).startsWith("HTTP/1.")) this.status = 400;
		this.method = parts[0] as string;
		this.path = parts[1] ?? "";
	}

	private field(text: string): void {
		const colon = text.indexOf(":");
		if (colon <= 0) {
			this.status = 400;
			return;
		}
		const value = text.slice(colon + 1).trim();
		switch (text.slice(0, colon).toLowerCase()) {
			case "host":
				this.host = value;
				break;
			case "origin":
				this.origin = value;
				break;
			case "transfer-encoding":
				this.status = 411;
				break;
			case "content-length":
				this.contentLength(value);
				break;
		}
	}

	private contentLength(value: string): void {
		const length = Number(value);
		if (value === "" || !Number.isInteger(length) || length < 0) this.status = 400;
		else if (length > BODY) this.status = 413;
		else this.bodyLeft = length;
	}

	private headEnds(): void {
		if (this.method === "POST" && this.bodyLeft < 0) this.status = 411;
		else if (this.bodyLeft <= 0) this.status = COMPLETE;
		else this.inBody = true;
	}
}

/**
 * One field of a form sent as application/x-www-form-urlencoded.
 * @returns its text, `absent` when it is not there, undefined when its coding is broken.
 */
export function formField(body: string, name: string, absent = ""): string | undefined {
	for (const pair of body.split("&")) {
		const equals = pair.indexOf("=");
		if (equals < 0 || pair.slice(0, equals) !== name) continue;
		try {
			return decodeURIComponent(
				pair
					.slice(equals + 1)
					.split("+")
					.join(" "),
			);
		} catch {
			return undefined;
		}
	}
	return absent;
}
