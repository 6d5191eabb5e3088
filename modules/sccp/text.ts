/*
 * A text as a message carried it: octets in the pool behind the receive buffer, decoded only when something shows them.
 * Codes of the phone's dictionary (0x80 n and 0x1E n) stay in the string; whoever shows the text expands them. Nothing else that is no
 * writing does: control characters are left out, and so is the rest of a character that a field has cut.
 */
import { isControl, missingLetter, wordMark } from "base/plain";

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

	/**
	 * Copies `length` octets at `source` of the shared buffer into the slot; cuts what is longer than the slot. Octets without
	 * anything to show empty it.
	 * @param cut the text has filled its field, so that its last character may lack octets.
	 */
	store(source: number, length: number, cut: boolean): void {
		const capacity = this.place & 4095;
		let size = Math.min(length, capacity);
		if (cut || length > capacity) size = wholeCharacters(this.octets, source, size);
		if (!shows(this.octets, source, size)) {
			this.clear();
			return;
		}
		const at = this.place >> 12;
		if (size === this.length && this.holds(at, source, size)) return;
		this.octets.copyWithin(at, source, source + size);
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

/** Octets that begin a reference into the phone's dictionary; the next one is the phrase's number, whatever it is. */
const firstTable = 0x80;
const secondTable = 0x1e;

/** Octets of the UTF-8 sequence that an octet begins, 1 for one that begins none. */
function sequence(first: number): number {
	return first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
}

/** `length` without the octets of a character at the end that lacks some. */
function wholeCharacters(octets: Uint8Array, from: number, length: number): number {
	for (let i = length - 1; i >= 0 && i >= length - 3; i -= 1) {
		const octet = octets[from + i] as number;
		if ((octet & 0xc0) === 0x80) continue;
		return i + sequence(octet) > length ? i : length;
	}
	return length;
}

/** A blank that no line is broken at. */
const noBreakSpace = 0xa0;

/** True when there is a character to show among octets: neither blank nor control character. */
function shows(octets: Uint8Array, from: number, length: number): boolean {
	let size = 1;
	for (let i = 0; i < length; i += size) {
		const octet = octets[from + i] as number;
		if (octet === firstTable || octet === secondTable) return i + 1 < length;
		size = sequence(octet);
		let code = size === 1 ? octet : octet & (0x7f >> size);
		for (let k = 1; k < size; k += 1) {
			// cut, unless it is one letter of ISO 8859-1
			if (i + k >= length) return k === 1;
			const next = octets[from + i + k] as number;
			// no sequence: such a letter
			if ((next & 0xc0) !== 0x80) return true;
			code = (code << 6) | (next & 0x3f);
		}
		// what is longer than it has to be is no sequence either
		if ((size > 2 && code < 0x800) || (code !== 0x20 && code !== noBreakSpace && !isControl(code))) return true;
	}
	return false;
}

/**
 * Decodes octets as UTF-8. An octet that fits no sequence stands for itself (ISO 8859-1), references into the dictionary stay as
 * they are; what would refer to a word of the phone is a missing letter; control characters go, blanks instead of tabs and ends of lines, and so does a character that is cut at the end.
 */
export function decode(octets: Uint8Array, offset: number, length: number): string {
	const codes: number[] = [];
	const end = offset + length;
	let at = offset;
	let sequences = 0;
	while (at < end) {
		const first = octets[at] as number;
		if (first === firstTable || first === secondTable) {
			if (at + 1 < end) codes.push(first, octets[at + 1] as number);
			at += 2;
			continue;
		}
		const size = sequence(first);
		let code = size === 1 ? first : first & (0x7f >> size);
		let have = 1;
		while (have < size && at + have < end) {
			const next = octets[at + have] as number;
			if ((next & 0xc0) !== 0x80) break;
			code = (code << 6) | (next & 0x3f);
			have += 1;
		}
		// one octet alone may be a letter of ISO 8859-1
		if (have < size && at + have === end && (have > 1 || sequences > 0)) break;
		let valid = have === size;
		if (valid && size > 2) {
			const least = size === 3 ? 0x800 : 0x10000;
			valid = code >= least && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
		}
		if (!valid) {
			if (!isControl(first)) codes.push(first);
			at += 1;
			continue;
		}
		at += size;
		if (size > 1) sequences += 1;
		if (code > 0xffff) codes.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + (code & 0x3ff));
		else if (!isControl(code)) codes.push(code === wordMark ? missingLetter : code);
		else if (code >= 0x09 && code <= 0x0d) codes.push(0x20);
	}
	return String.fromCharCode.apply(undefined, codes);
}
