/*
 * The one buffer of the XML reader and what may be asked of it: names of open elements, the present text, the present tag.
 */
import { Limits } from "limits";
import { Char, Encoding, isSpace } from "xml/characters";
import { isPacked, type Packed, packed } from "xml/packed";
import { codeOf, decode, putCode } from "xml/text";

/** Characters that have names. */
const amp = packed("amp");
const lt = packed("lt");
const gt = packed("gt");
const quot = packed("quot");
const apos = packed("apos");

/** The number that {@link XmlToken.nameHash} is for a name, for tables of names. */
export function hashOf(name: string): number {
	let hash = 0;
	for (let i = 0; i < name.length; i += 1) hash = (hash * 31 + name.charCodeAt(i)) & 0xffff;
	return hash;
}

/** A tag with the text before it, as a visitor sees it. */
export class XmlToken {
	/** {@link hashOf} of the present tag's name; only valid in a visitor's `start`. */
	nameHash = 0;
	/** The present text was longer than Limits.xmlText and is cut. */
	textCut = false;

	protected readonly octets: Uint8Array;
	/** Names of open elements fill the buffer up to here; each is followed by its length. */
	protected base = 0;
	/** The present text lies from `textFrom` to `textTo`, the tag from there to `to`. */
	protected textFrom = 0;
	protected textTo = 0;
	protected to = 0;
	protected nameFrom = 0;
	protected nameTo = 0;
	/** The attribute that was looked for last. */
	private valueFrom = 0;
	private valueTo = 0;
	/** How the document is written, a number of {@link Encoding}. */
	protected encoding = 0;

	/** @param size octets for names of open elements, one text and one tag: at least those of the three in Limits and some for the names. */
	constructor(size: number = Limits.xmlBuffer) {
		this.octets = new Uint8Array(size);
	}

	/** The present element's name. */
	get name(): string {
		return decode(this.octets, this.nameFrom, this.nameTo);
	}

	/** Whether the present element's name is this one; whatever its own case where `anyCase`, for a name in small letters. */
	isNamed(name: Packed, anyCase = false): boolean {
		return isPacked(this.octets, this.nameFrom, this.nameTo, name, anyCase);
	}

	/** The number behind `prefix` that the present element's name is made of, -1 when it is not made so. */
	numberInName(prefix: Packed): number {
		const from = this.nameFrom + (prefix[0] as number);
		if (from >= this.nameTo || from + 9 < this.nameTo) return -1;
		if (!isPacked(this.octets, this.nameFrom, from, prefix, false)) return -1;
		let number = 0;
		for (let at = from; at < this.nameTo; at += 1) {
			const digit = (this.octets[at] as number) - 48;
			if (digit < 0 || digit > 9) return -1;
			number = number * 10 + digit;
		}
		return number;
	}

	/** Octets of the present text. */
	get textLength(): number {
		return this.textTo - this.textFrom;
	}

	/** The present text's octets lie in a buffer from a place on, {@link textLength} of them; valid until more is read. */
	get textOctets(): Uint8Array {
		return this.octets;
	}

	get textStart(): number {
		return this.textFrom;
	}

	/** The present text. */
	get text(): string {
		return decode(this.octets, this.textFrom, this.textTo);
	}

	/** Copies the present text's octets to `at` of `target`, at most `limit`. @returns how many; -1 when it is longer. */
	copyText(target: Uint8Array, at: number, limit: number): number {
		return this.copy(this.textFrom, this.textTo, target, at, limit);
	}

	/** Copies as many whole characters of the present text as `limit` octets hold to `at` of `target`. @returns how many octets. */
	copyPart(target: Uint8Array, at: number, limit: number): number {
		const { octets, textFrom, textTo } = this;
		let to = textTo;
		if (to - textFrom > limit) {
			to = textFrom + limit;
			// no half of a character: what follows is no octet that goes on with one
			for (let back = 0; back < 3 && to > textFrom && ((octets[to] as number) & 0xc0) === 0x80; back += 1) to -= 1;
		}
		return this.copy(textFrom, to, target, at, limit);
	}

	/** Whether the present text is this one, which is in small letters, whatever its own case. */
	isText(text: Packed): boolean {
		return isPacked(this.octets, this.textFrom, this.textTo, text, true);
	}

	/** The integer that the present text is, NaN when it is none or has more than nine digits. */
	get textNumber(): number {
		const { octets, textFrom, textTo } = this;
		const negative = octets[textFrom] === Char.dash;
		const from = negative ? textFrom + 1 : textFrom;
		if (textTo <= from || textTo > from + 9) return Number.NaN;
		let number = 0;
		for (let at = from; at < textTo; at += 1) {
			const digit = (octets[at] as number) - 48;
			if (digit < 0 || digit > 9) return Number.NaN;
			number = number * 10 + digit;
		}
		return negative ? -number : number;
	}

	/** An octet of the present text in UTF-8, from 0; -1 beyond the end. */
	textOctet(index: number): number {
		const at = this.textFrom + index;
		return at < this.textTo ? (this.octets[at] as number) : -1;
	}

	/** Takes white space from both ends of the present text. */
	trimText(): void {
		while (this.textFrom < this.textTo && isSpace(this.octets[this.textFrom] as number)) this.textFrom += 1;
		while (this.textTo > this.textFrom && isSpace(this.octets[this.textTo - 1] as number)) this.textTo -= 1;
	}

	/** An attribute of the present tag, undefined when it has none of that name; only in `start`. */
	attribute(name: Packed): string | undefined {
		return this.findAttribute(name) ? decode(this.octets, this.valueFrom, this.valueTo) : undefined;
	}

	/** Whether the present tag has an attribute of that name; only in `start`. */
	hasAttribute(name: Packed): boolean {
		return this.findAttribute(name);
	}

	/** The whole number that an attribute is, -1 when there is none of that name or it is no number; only in `start`. */
	attributeNumber(name: Packed): number {
		if (!this.findAttribute(name) || this.valueTo === this.valueFrom || this.valueTo > this.valueFrom + 9) return -1;
		let number = 0;
		for (let at = this.valueFrom; at < this.valueTo; at += 1) {
			const digit = (this.octets[at] as number) - 48;
			if (digit < 0 || digit > 9) return -1;
			number = number * 10 + digit;
		}
		return number;
	}

	/**
	 * Copies an attribute in UTF-8 to a place of `target`; only in `start`.
	 * @returns its octets, -1 when there is none of that name or it has more than `limit`.
	 */
	copyAttribute(name: Packed, target: Uint8Array, at: number, limit: number): number {
		return this.findAttribute(name) ? this.copy(this.valueFrom, this.valueTo, target, at, limit) : -1;
	}

	private copy(from: number, to: number, target: Uint8Array, at: number, limit: number): number {
		const length = to - from;
		if (length > limit) return -1;
		for (let i = 0; i < length; i += 1) target[at + i] = this.octets[from + i] as number;
		return length;
	}

	private findAttribute(name: Packed): boolean {
		const { octets } = this;
		for (let at = this.nameTo; at < this.to; ) {
			// each attribute: octets of its name, the name, octets of its value in two octets, the value
			const nameTo = at + 1 + (octets[at] as number);
			this.valueFrom = nameTo + 2;
			this.valueTo = this.valueFrom + (octets[nameTo] as number) * 256 + (octets[nameTo + 1] as number);
			if (isPacked(octets, at + 1, nameTo, name, false)) return true;
			at = this.valueTo;
		}
		return false;
	}

	/** Adds to the present text what lies in the document as one octet. */
	protected putText(octet: number): void {
		if (octet < 0x80 || this.encoding === Encoding.utf8) {
			if (this.textTo < this.base + Limits.xmlText || this.handOver()) this.octets[this.textTo++] = octet;
			else this.textCut = true;
		} else this.putTextCode(codeOf(octet));
	}

	protected putTextCode(code: number): void {
		if (this.textTo + 4 <= this.base + Limits.xmlText || this.handOver())
			this.textTo = putCode(this.octets, this.textTo, code);
		else this.textCut = true;
	}

	/** Has the present text taken as a piece of a longer one. @returns whether there is room now. */
	private handOver(): boolean {
		if (this.textCut || this.textTo === this.base || !this.full()) return false;
		this.clearText();
		return true;
	}

	/** The present text is as long as it may be. @returns whether it has been taken and can go on. */
	protected full(): boolean {
		return false;
	}

	protected clearText(): void {
		this.textFrom = this.base;
		this.textTo = this.base;
		this.textCut = false;
	}

	/** The innermost open element becomes the one that `name` and `isNamed` are about. */
	protected selectOpen(): void {
		this.nameTo = this.base - 1;
		this.nameFrom = this.nameTo - (this.octets[this.nameTo] as number);
	}

	/** Makes the present tag's element the innermost open one. */
	protected pushName(): void {
		const length = this.nameTo - this.nameFrom;
		this.octets.copyWithin(this.base, this.nameFrom, this.nameTo);
		this.nameFrom = this.base;
		this.nameTo = this.base + length;
		this.octets[this.nameTo] = length;
		this.base = this.nameTo + 1;
		this.clearText();
	}

	/** Forgets the innermost open element, which is selected. */
	protected popName(): void {
		this.base = this.nameFrom;
		this.clearText();
	}

	/** Whether what lies from `from` to `to` is the name of the innermost open element. */
	protected isOpenName(from: number, to: number): boolean {
		return this.openAbove(from, to, 1) === 0;
	}

	/**
	 * How many open elements lie within the innermost one that has the name from `from` to `to`; only the innermost `count` are looked at.
	 * -1 when none of them has it. That one is selected, or else the innermost.
	 */
	protected openAbove(from: number, to: number, count: number): number {
		const { octets } = this;
		let end = this.base - 1;
		for (let above = 0; above < count; above += 1) {
			this.nameTo = end;
			this.nameFrom = end - (octets[end] as number);
			let i = to - from === this.nameTo - this.nameFrom ? 0 : -1;
			while (i >= 0 && i < to - from) i = octets[this.nameFrom + i] === octets[from + i] ? i + 1 : -1;
			if (i >= 0) return above;
			end = this.nameFrom - 1;
		}
		this.selectOpen();
		return -1;
	}

	/** The character that a reference stands for, -1 when there is none. */
	protected reference(from: number, to: number): number {
		const { octets } = this;
		if (octets[from] !== Char.number) {
			if (isPacked(octets, from, to, amp, false)) return Char.ampersand;
			if (isPacked(octets, from, to, lt, false)) return Char.lessThan;
			if (isPacked(octets, from, to, gt, false)) return Char.greaterThan;
			if (isPacked(octets, from, to, quot, false)) return Char.doubleQuote;
			return isPacked(octets, from, to, apos, false) ? Char.singleQuote : -1;
		}
		const hexadecimal = octets[from + 1] === 120;
		let at = hexadecimal ? from + 2 : from + 1;
		if (at >= to) return -1;
		let code = 0;
		for (; at < to; at += 1) {
			const octet = octets[at] as number;
			const letter = octet | 0x20;
			const digit = octet <= 57 ? octet - 48 : letter >= 97 && letter <= 102 && hexadecimal ? letter - 87 : -1;
			if (digit < 0) return -1;
			code = code * (hexadecimal ? 16 : 10) + digit;
		}
		const legal = code >= Char.space ? code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) : isSpace(code);
		return legal ? code : -1;
	}
}
