/*
 * A text as a message carried it: octets in the pool behind the receive buffer, decoded only when something shows them.
 * Codes of the phone's dictionary (0x80 n and 0x1E n) stay in the string; whoever shows the text expands them.
 */

/** Octets of the pool that a slot needs before its text: two of its length and one of its revision. */
export const textHead = 3;
/** The longest text that a slot can be made for. */
export const textLimit = 4095;

/**
 * One slot of the text pool; made by `Reader.text`, filled by the reader. There are more than a hundred, and each property of an
 * object takes memory: length and revision stand in the pool, one number tells where, and the buffer is a property of the prototype
 * that the slots of a reader have in common.
 */
export class Text {
	declare private readonly octets: Uint8Array;
	/** Where the text begins in the buffer that it shares with the reader, times 4096, and how many octets it can hold. */
	declare private place: number;
	declare private decoded: string | undefined;

	/** The common prototype of slots in `octets`. */
	static prototypeOver(octets: Uint8Array): Text {
		return Object.create(Text.prototype, { octets: { value: octets } }) as Text;
	}

	/**
	 * A slot with a prototype of {@link prototypeOver}.
	 * @param capacity at most {@link textLimit} octets from `offset` on; {@link textHead} octets before it belong to the slot, too.
	 */
	static make(prototype: Text, offset: number, capacity: number): Text {
		const text = Object.create(prototype) as Text;
		text.place = offset * 4096 + capacity;
		text.decoded = "";
		return text;
	}

	/** Octets in use. */
	get length(): number {
		const at = this.place >> 12;
		return (this.octets[at - 2] as number) * 256 + (this.octets[at - 3] as number);
	}

	/** Counts what was stored, modulo 256, so that a watcher sees a change without a comparison of texts. */
	get revision(): number {
		return this.octets[(this.place >> 12) - 1] as number;
	}

	/** True when there is nothing to show. */
	get empty(): boolean {
		return this.length === 0;
	}

	/** Empties the slot. */
	clear(): void {
		if (this.length === 0) return;
		this.change(0);
		this.decoded = "";
	}

	/** Copies `length` octets at `source` of the shared buffer into the slot; cuts what is longer than the slot. */
	store(source: number, length: number): void {
		const size = Math.min(length, this.place & 4095);
		const at = this.place >> 12;
		if (size === this.length && this.holds(at, source, size)) return;
		if (size > 0) this.octets.copyWithin(at, source, source + size);
		this.change(size);
		this.decoded = undefined;
	}

	private change(length: number): void {
		const at = this.place >> 12;
		this.octets[at - 3] = length;
		this.octets[at - 2] = length >> 8;
		this.octets[at - 1] = (this.octets[at - 1] as number) + 1;
	}

	/** True when the slot holds these octets already: servers repeat themselves, and a repetition is no change. */
	private holds(at: number, source: number, size: number): boolean {
		const octets = this.octets;
		for (let i = 0; i < size; i += 1) if (octets[at + i] !== octets[source + i]) return false;
		return true;
	}

	/** One octet, 0 beyond the end. */
	octet(index: number): number {
		return index < this.length ? (this.octets[(this.place >> 12) + index] as number) : 0;
	}

	/** The text as a string: UTF-8 where it is valid, otherwise one character an octet. Made once for each change. */
	toString(): string {
		let string = this.decoded;
		if (string === undefined) {
			string = decode(this.octets, this.place >> 12, this.length);
			this.decoded = string;
		}
		return string;
	}
}

/** Decodes octets as UTF-8; an octet that fits no sequence (such as a dictionary code) stands for itself. */
export function decode(octets: Uint8Array, offset: number, length: number): string {
	const codes: number[] = [];
	const end = offset + length;
	let at = offset;
	while (at < end) {
		const first = octets[at] as number;
		const size = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
		let code = size === 1 ? first : first & (0x7f >> size);
		let valid = at + size <= end;
		for (let i = 1; valid && i < size; i += 1) {
			const next = octets[at + i] as number;
			valid = (next & 0xc0) === 0x80;
			code = (code << 6) | (next & 0x3f);
		}
		if (valid && size > 2) {
			const least = size === 3 ? 0x800 : 0x10000;
			valid = code >= least && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
		}
		if (!valid) {
			codes.push(first);
			at += 1;
		} else {
			if (code > 0xffff) codes.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + (code & 0x3ff));
			else codes.push(code);
			at += size;
		}
	}
	return String.fromCharCode.apply(undefined, codes);
}
