/*
 * The writer: one object over the fixed transmit buffer. A message is begun, its fields set by offset, and ended; several
 * may wait in the buffer while the socket is busy. Fields that are not set are 0.
 */
import { pieceAt } from "base/pieces";
import { Limits } from "limits";
import { headerSize, type Message } from "sccp/message";

export class Writer {
	/** Protocol version whose layouts are in force. */
	version: number;
	/** The transmit buffer; finished messages stand in it one behind the other. */
	readonly octets: Uint8Array;
	/** Octets of finished messages that wait in the buffer. */
	length: number;
	private readonly view: DataView;
	private base: number;
	private size: number;
	private fits: boolean;

	constructor() {
		const buffer = new ArrayBuffer(Limits.transmitBuffer);
		this.octets = new Uint8Array(buffer);
		this.view = new DataView(buffer);
		this.version = 0;
		this.length = 0;
		this.base = headerSize;
		this.size = 0;
		this.fits = false;
	}

	/**
	 * Begins a message in the form of the version in force, its fields all 0.
	 * @param extra octets behind the fixed fields (arrays, data).
	 * @returns the offsets of its fields. When the buffer has no room, setters do nothing and {@link end} says so.
	 */
	begin<K extends string>(message: Message<K>, extra = 0): Readonly<Record<K, number>> {
		return this.beginForm(message, this.version, extra);
	}

	/** As {@link begin}, in the form of another version. */
	beginForm<K extends string>(message: Message<K>, version: number, extra = 0): Readonly<Record<K, number>> {
		const form = message.form(version);
		const size = form.size + extra;
		const start = this.length;
		this.base = start + headerSize;
		this.size = size;
		this.fits = this.base + size <= this.octets.length;
		if (this.fits) {
			this.octets.fill(0, start, this.base + size);
			this.view.setUint32(start, size + 4, true);
			this.view.setUint32(start + 8, message.id, true);
		}
		return form.at;
	}

	/** Sets the header's version of the message begun; 0 otherwise. */
	header(version: number): void {
		if (this.fits) this.view.setUint32(this.base - 8, version, true);
	}

	u32(offset: number, value: number): void {
		if (this.room(offset, 4)) this.view.setUint32(this.base + offset, value, true);
	}

	u16(offset: number, value: number): void {
		if (this.room(offset, 2)) this.view.setUint16(this.base + offset, value, true);
	}

	u8(offset: number, value: number): void {
		if (this.room(offset, 1)) this.octets[this.base + offset] = value;
	}

	/** An IPv4 address with the first octet in the most significant byte. */
	address(offset: number, value: number): void {
		if (this.room(offset, 4)) this.view.setUint32(this.base + offset, value, false);
	}

	/** A text in a field of `size` octets: UTF-8, cut at a whole character so that a NUL remains. */
	text(offset: number, size: number, text: string): void {
		if (!this.room(offset, size)) return;
		const from = this.base + offset;
		encode(text, this.octets, from, from + size - 1);
	}

	/** A text of so many octets in UTF-8, whose end a length tells, and no NUL. */
	data(offset: number, size: number, text: string): void {
		if (!this.room(offset, size)) return;
		const from = this.base + offset;
		encode(text, this.octets, from, from + size);
	}

	/** Finishes the message. @returns false when the buffer had no room for it; then nothing of it remains. */
	end(): boolean {
		if (!this.fits) return false;
		this.length = this.base + this.size;
		this.fits = false;
		return true;
	}

	/**
	 * Takes the message begun out again: its octets, good until the next message is begun, for whoever sends it on another connection than
	 * the link's; undefined when the buffer had no room for it.
	 */
	take(): Uint8Array | undefined {
		if (!this.fits) return undefined;
		this.fits = false;
		return this.octets.subarray(this.base - headerSize, this.base + this.size);
	}

	/** A u32 of the buffer itself, for whoever sends what waits in it. */
	rawU32(offset: number): number {
		return this.view.getUint32(offset, true);
	}

	/** Forgets `count` octets at the start of the buffer: they have been sent. */
	drop(count: number): void {
		if (count < this.length) this.octets.copyWithin(0, count, this.length);
		this.length -= count;
	}

	private room(offset: number, size: number): boolean {
		return this.fits && offset + size <= this.size;
	}
}

/** Writes `text` as UTF-8 from `from`, whole characters up to `limit`. @returns where it ended. */
export function encode(text: string, target: Uint8Array, from: number, limit: number): number {
	let at = from;
	for (let start = 0, { length } = text; start < length; ) {
		const piece = pieceAt(text, start);
		const end = piece.length;
		for (let i = 0; i < end; i += 1) {
			let code = piece.charCodeAt(i);
			if (code >= 0xd800 && code < 0xdc00 && i + 1 < end) {
				i += 1;
				code = 0x10000 + ((code & 0x3ff) << 10) + (piece.charCodeAt(i) & 0x3ff);
			}
			const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
			if (at + size > limit) return at;
			if (size === 1) target[at] = code;
			else {
				target[at] = ((0xf00 >> size) & 0xff) | (code >> (6 * (size - 1)));
				for (let k = 1; k < size; k += 1) target[at + k] = 0x80 | ((code >> (6 * (size - 1 - k))) & 0x3f);
			}
			at += size;
		}
		start += end;
	}
	return at;
}

/** Octets of `text` as UTF-8. */
export function encodedSize(text: string): number {
	let size = 0;
	for (let start = 0, { length } = text; start < length; ) {
		const piece = pieceAt(text, start);
		const end = piece.length;
		for (let i = 0; i < end; i += 1) {
			const code = piece.charCodeAt(i);
			// half of a pair, which has four octets together; to XS the pair is one
			const half = code >= 0xd800 && code < 0xe000;
			size += code < 0x80 ? 1 : code < 0x800 || half ? 2 : code < 0x10000 ? 3 : 4;
		}
		start += end;
	}
	return size;
}
