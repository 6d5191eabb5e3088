/*
 * Reads the head of an HTTP/1.1 response (RFC 9112) octet by octet: status line and those headers that say how the body comes. Each
 * line is kept in a fixed buffer; what is longer is cut, what is not looked at costs nothing.
 */
import { Limits } from "limits";

/** What {@link Response.take} says of the octet it took. */
export const Head = Object.freeze({ more: 0, complete: 1, malformed: 2 });

const lineFeed = 10;
const carriageReturn = 13;
const mostSize = 0x7fffffff;

export class Response {
	/** Three digits, 0 before the status line is complete. */
	status = 0;
	/** Octets of the body, -1 when the server does not say. */
	length = -1;
	chunked = false;
	/** A coding of the body other than chunks, which was not asked for. */
	coded = false;
	protected readonly line: Uint8Array;
	private fill = 0;
	private total = 0;

	/** @param room octets of a line that are looked at. */
	constructor(room: number = Limits.headerLine) {
		this.line = new Uint8Array(room);
	}

	clear(): void {
		this.begin();
		this.fill = 0;
		this.total = 0;
	}

	/** Forgets what the headers have said so far. */
	protected begin(): void {
		this.status = 0;
		this.length = -1;
		this.chunked = false;
		this.coded = false;
	}

	take(octet: number): number {
		this.total += 1;
		if (this.total > Limits.headers) return Head.malformed;
		if (octet !== lineFeed) {
			if (this.fill < this.line.length) this.line[this.fill] = octet;
			this.fill += 1;
			return Head.more;
		}
		const cut = this.fill > this.line.length;
		let size = cut ? this.line.length : this.fill;
		if (!cut && size > 0 && this.line[size - 1] === carriageReturn) size -= 1;
		this.fill = 0;
		if (this.status === 0) return this.statusLine(size) ? Head.more : Head.malformed;
		if (size > 0) return this.header(size, cut) ? Head.more : Head.malformed;
		if (this.status >= 200) return Head.complete;
		// an interim response: the one that counts follows
		this.begin();
		return Head.more;
	}

	/** "HTTP/1.x NNN" and whatever follows. */
	private statusLine(size: number): boolean {
		const line = this.line;
		if (size < 12 || !this.begins("http/1.", 0, size) || line[8] !== 0x20) return false;
		const status = this.number(9, 12);
		if (status < 100 || status > 599 || (size > 12 && line[12] !== 0x20)) return false;
		this.status = status;
		return true;
	}

	/** @returns false when a header that counts is not understood. */
	private header(size: number, cut: boolean): boolean {
		const line = this.line;
		let colon = 0;
		while (colon < size && line[colon] !== 0x3a) colon += 1;
		let from = colon + 1;
		while (from < size && (line[from] === 0x20 || line[from] === 9)) from += 1;
		let to = size;
		while (to > from && (line[to - 1] === 0x20 || line[to - 1] === 9)) to -= 1;
		if (this.named("content-length", colon)) {
			const length = cut ? -1 : this.number(from, to);
			if (length < 0 || (this.length >= 0 && this.length !== length)) return false;
			this.length = length;
		} else if (this.named("transfer-encoding", colon)) {
			if (cut || this.chunked || to - from !== 7 || !this.begins("chunked", from, to)) return false;
			this.chunked = true;
		} else if (this.named("content-encoding", colon)) {
			this.coded = to - from !== 8 || !this.begins("identity", from, to);
		} else this.other(colon, from, to, cut);
		// who says both is mistaken or means to deceive (RFC 9112, 6.3)
		return !(this.chunked && this.length >= 0);
	}

	/** A header that says nothing of how the body comes: its name ends at `colon`, its value goes from `from` to `to` and may be `cut`. */
	protected other(_colon: number, _from: number, _to: number, _cut: boolean): void {}

	protected named(name: string, colon: number): boolean {
		return colon === name.length && this.begins(name, 0, colon);
	}

	/** Whether lower-case `text` stands at `at`, in any case. */
	protected begins(text: string, at: number, limit: number): boolean {
		if (at + text.length > limit) return false;
		for (let i = 0; i < text.length; i += 1) {
			const octet = this.line[at + i] as number;
			const lower = octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
			if (lower !== text.charCodeAt(i)) return false;
		}
		return true;
	}

	/** The digits from `from` to `to` as a number, -1 when they are none or too many. */
	private number(from: number, to: number): number {
		let value = 0;
		for (let at = from; at < to; at += 1) {
			const digit = (this.line[at] as number) - 0x30;
			if (digit < 0 || digit > 9) return -1;
			value = value * 10 + digit;
			if (value > mostSize) return -1;
		}
		return to > from ? value : -1;
	}
}

/** Reads the chunks' framing (RFC 9112, 7.1) octet by octet; the data between is the caller's. */
export class Chunks {
	/** Octets of data that are still to come in the present chunk. */
	left = 0;
	/** The last chunk and what trails it have come. */
	complete = false;
	/** Inside: 0 the size's first digit, 1 more digits, 2 an extension, 3 the line end behind data, 4-5 the trailer's lines. */
	private state = 0;
	private digits = 0;
	/** Octets between two chunks' data, and behind the last chunk. */
	private total = 0;
	private trail = 0;

	clear(): void {
		this.left = 0;
		this.complete = false;
		this.state = 0;
		this.digits = 0;
		this.total = 0;
		this.trail = 0;
	}

	/** `count` octets of the chunk's data have been taken. */
	advance(count: number): void {
		this.left -= count;
		if (this.left === 0) this.state = 3;
	}

	/** Takes an octet of the framing, while {@link left} is 0. @returns false when it does not belong there. */
	take(octet: number): boolean {
		if (this.state < 4) this.total += 1;
		if (this.total > Limits.headerLine) return false;
		switch (this.state) {
			case 0:
			case 1:
				return this.size(octet);
			case 2:
				if (octet === lineFeed) this.sized();
				return true;
			case 3:
				if (octet === carriageReturn) return true;
				this.state = 0;
				this.digits = 0;
				return octet === lineFeed;
			default:
				return this.trailer(octet);
		}
	}

	private size(octet: number): boolean {
		const lower = octet | 0x20;
		const digit = octet >= 0x30 && octet <= 0x39 ? octet - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
		if (digit >= 0) {
			this.state = 1;
			this.digits = this.digits * 16 + digit;
			return this.digits <= mostSize;
		}
		if (this.state === 0) return false;
		if (octet === lineFeed) this.sized();
		else this.state = 2;
		return octet === lineFeed || octet === carriageReturn || octet === 0x3b || octet === 0x20 || octet === 9;
	}

	private sized(): void {
		this.left = this.digits;
		this.total = 0;
		if (this.left === 0) this.state = 4;
	}

	private trailer(octet: number): boolean {
		this.trail += 1;
		if (octet === lineFeed) {
			if (this.state === 4) this.complete = true;
			this.state = 4;
		} else if (octet !== carriageReturn) this.state = 5;
		return this.trail <= Limits.headers;
	}
}
