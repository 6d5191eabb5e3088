/*
 * Octets of SCCP as a call agent sees them: building one message, and cutting a byte stream into messages. Header:
 * length (payload + 4), header version, message id, all little-endian u32.
 */

/** Builds the payload of one message, field after field, and gives back the whole frame. */
export class Frame {
	private octets = Buffer.alloc(256);
	private length = 12;

	constructor(
		readonly id: number,
		readonly headerVersion: number,
	) {}

	/** Octets of payload so far. */
	get payloadLength(): number {
		return this.length - 12;
	}

	/** Makes room, perhaps in a new buffer, and gives the offset of it. */
	private grow(count: number): number {
		const at = this.length;
		this.length += count;
		if (this.length > this.octets.length) {
			const larger = Buffer.alloc(Math.max(this.length, this.octets.length * 2));
			this.octets.copy(larger);
			this.octets = larger;
		}
		return at;
	}

	u8(...values: number[]): this {
		for (const value of values) {
			const at = this.grow(1);
			this.octets.writeUInt8(value, at);
		}
		return this;
	}

	u16(...values: number[]): this {
		for (const value of values) {
			const at = this.grow(2);
			this.octets.writeUInt16LE(value, at);
		}
		return this;
	}

	u32(...values: number[]): this {
		for (const value of values) {
			const at = this.grow(4);
			this.octets.writeUInt32LE(value >>> 0, at);
		}
		return this;
	}

	/** An IPv4 address, first octet first. */
	address(dotted: string): this {
		return this.u8(...dotted.split(".").map(Number));
	}

	/** Text (UTF-8, or octets given) in a field of fixed size, cut so that a NUL always ends it. */
	text(value: string | Buffer, size: number): this {
		const octets = typeof value === "string" ? Buffer.from(value, "utf8") : value;
		const at = this.grow(size);
		octets.copy(this.octets, at, 0, Math.min(octets.length, size - 1));
		return this;
	}

	/** A text of variable size with the NUL that ends it. */
	string(value: string | Buffer): this {
		const octets = typeof value === "string" ? Buffer.from(value, "utf8") : value;
		const at = this.grow(octets.length + 1);
		octets.copy(this.octets, at);
		return this;
	}

	zeros(count: number): this {
		this.grow(count);
		return this;
	}

	/** Fills up with zeros until the payload has `size` octets. */
	padTo(size: number): this {
		return this.zeros(Math.max(0, size - this.payloadLength));
	}

	/** Fills up with zeros to a multiple of four, as messages of variable size end. */
	align(): this {
		return this.zeros(-this.payloadLength & 3);
	}

	/** The finished frame. */
	toBuffer(): Buffer {
		this.octets.writeUInt32LE(this.payloadLength + 4, 0);
		this.octets.writeUInt32LE(this.headerVersion, 4);
		this.octets.writeUInt32LE(this.id, 8);
		return this.octets.subarray(0, this.length);
	}
}

/** One message as it came. */
export interface Message {
	readonly id: number;
	readonly headerVersion: number;
	readonly payload: Buffer;
}

/** Octets that are no SCCP. */
export class FramingError extends Error {}

/** Cuts a byte stream of any segmentation into messages. */
export class Deframer {
	private rest = Buffer.alloc(0);

	/**
	 * @param largest octets that a whole message may have, header included.
	 * @param wholeHeader refuse a header that comes in pieces, as chan_skinny does.
	 */
	constructor(
		private readonly largest: number,
		private readonly wholeHeader: boolean,
	) {}

	/** Takes octets and gives the messages that they complete. Throws a {@link FramingError} on a length that no message has. */
	push(octets: Buffer): Message[] {
		const pending = this.rest.length === 0 ? octets : Buffer.concat([this.rest, octets]);
		const messages: Message[] = [];
		let at = 0;
		while (pending.length - at >= 12) {
			const length = pending.readUInt32LE(at);
			if (length < 4 || length + 8 > this.largest)
				throw new FramingError(`bad message length ${length} (4 to ${this.largest - 8} expected)`);
			if (pending.length - at < length + 8) break;
			messages.push({
				id: pending.readUInt32LE(at + 8),
				headerVersion: pending.readUInt32LE(at + 4),
				payload: Buffer.from(pending.subarray(at + 12, at + 8 + length)),
			});
			at += length + 8;
		}
		this.rest = Buffer.from(pending.subarray(at));
		if (this.wholeHeader && this.rest.length > 0 && this.rest.length < 12)
			throw new FramingError(`header in pieces (${this.rest.length} of 12 octets)`);
		return messages;
	}
}

/** The text in a field of fixed size, up to its NUL. */
export function fixedText(payload: Buffer, offset: number, size: number): string {
	const field = payload.subarray(offset, offset + size);
	const end = field.indexOf(0);
	return field.toString("utf8", 0, end < 0 ? field.length : end);
}

/** A u32 of the payload; 0 beyond its end. */
export function u32At(payload: Buffer, offset: number): number {
	return offset + 4 <= payload.length ? payload.readUInt32LE(offset) : 0;
}

/** An IPv4 address of the payload, dotted. */
export function addressAt(payload: Buffer, offset: number): string {
	return offset + 4 <= payload.length ? [...payload.subarray(offset, offset + 4)].join(".") : "0.0.0.0";
}
