/*
 * Packets of TFTP (RFC 1350) with options (RFC 2347, 2348, 2349), in a buffer that is given: building requests and errors,
 * reading option acknowledgements and errors.
 */

export const Opcode = Object.freeze({ read: 1, data: 3, ack: 4, error: 5, optionAck: 6 });

export const ErrorCode = Object.freeze({
	undefined: 0,
	notFound: 1,
	access: 2,
	full: 3,
	illegal: 4,
	unknownTransfer: 5,
	option: 8,
});

/** Block size without options. */
export const plainBlock = 512;
/** Least block size that RFC 2348 allows. */
const leastBlock = 8;

/** Writes text of ASCII characters and a NUL; returns the place after it. */
function put(buffer: Uint8Array, at: number, text: string): number {
	for (let i = 0; i < text.length; i += 1) buffer[at + i] = text.charCodeAt(i);
	buffer[at + text.length] = 0;
	return at + text.length + 1;
}

/**
 * Builds a read request in octet mode.
 * @param blockSize asked for, with the file's size and the server's time-out in seconds; 0 asks for no options at all.
 * @returns its length.
 */
export function putRequest(buffer: Uint8Array, file: string, blockSize: number, timeout: number): number {
	buffer[0] = 0;
	buffer[1] = Opcode.read;
	let at = put(buffer, 2, file);
	at = put(buffer, at, "octet");
	if (blockSize === 0) return at;
	at = put(buffer, at, "blksize");
	at = put(buffer, at, String(blockSize));
	at = put(buffer, at, "timeout");
	at = put(buffer, at, String(timeout));
	at = put(buffer, at, "tsize");
	return put(buffer, at, "0");
}

/** Builds an error; returns its length. */
export function putError(buffer: Uint8Array, code: number, text: string): number {
	buffer[0] = 0;
	buffer[1] = Opcode.error;
	buffer[2] = 0;
	buffer[3] = code;
	return put(buffer, 4, text);
}

/** An error's text without what a display cannot show. */
export function errorText(buffer: Uint8Array, length: number): string {
	let text = "";
	for (let at = 4; at < length && text.length < 64; at += 1) {
		const octet = buffer[at] as number;
		if (octet === 0) break;
		text += octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : "?";
	}
	return text;
}

/** Whether the text at `at` is `name` and a NUL, in any case. */
function isName(buffer: Uint8Array, at: number, length: number, name: string): boolean {
	if (at + name.length >= length || buffer[at + name.length] !== 0) return false;
	for (let i = 0; i < name.length; i += 1) if (((buffer[at + i] as number) | 0x20) !== name.charCodeAt(i)) return false;
	return true;
}

/** The number at `at` up to a NUL, -1 when there is none or it exceeds 31 bits. */
function numberAt(buffer: Uint8Array, at: number, length: number): number {
	let value = 0;
	let place = at;
	for (; place < length && buffer[place] !== 0; place += 1) {
		const digit = (buffer[place] as number) - 0x30;
		if (digit < 0 || digit > 9 || value > 0x7ffffff) return -1;
		value = value * 10 + digit;
	}
	return place === at || place === length ? -1 : value;
}

/** The place after the NUL that ends the text at `at`; beyond `length` when there is none. */
function next(buffer: Uint8Array, at: number, length: number): number {
	let place = at;
	while (place < length && buffer[place] !== 0) place += 1;
	return place + 1;
}

/** What a server acknowledged of the options asked for. */
export class Options {
	blockSize = plainBlock;
	/** Octets of the file, -1 when the server does not say. */
	size = -1;

	clear(): void {
		this.blockSize = plainBlock;
		this.size = -1;
	}

	/**
	 * Reads an option acknowledgement. Options that were not asked for are skipped; a size of 0 is one that the server only sent back.
	 * @returns false when it is malformed, or the block size is none or above `largest`.
	 */
	read(buffer: Uint8Array, length: number, largest: number): boolean {
		this.clear();
		let at = 2;
		while (at < length) {
			const value = next(buffer, at, length);
			const after = next(buffer, value, length);
			if (after > length) return false;
			if (isName(buffer, at, length, "blksize")) {
				const size = numberAt(buffer, value, length);
				if (size < leastBlock || size > largest) return false;
				this.blockSize = size;
			} else if (isName(buffer, at, length, "tsize")) {
				const size = numberAt(buffer, value, length);
				if (size < 0) return false;
				this.size = size === 0 ? -1 : size;
			}
			at = after;
		}
		return true;
	}
}
