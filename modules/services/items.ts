/*
 * The parts of an object in one fixed buffer, each as its number, how many octets it has, and these. A URL that begins like one before it is
 * kept as what differs: menus have a hundred of one server. What does not fit is left out, and {@link Items.cut} says so.
 */
import { plainLine } from "base/plain";
import { Part } from "services/kinds";
import type { Packed } from "xml/packed";
import type { XmlReader } from "xml/reader";
import { decode } from "xml/text";

/** Octets of a part at most that is neither text nor URL: what its length is written in. */
export const longestPart = 255;
/** Of a part that is not there. */
export const nowhere = -1;

/** Octets that two URLs have to begin with both to be worth it. */
const worthwhile = 8;
const blank = 0x20;
const lineFeed = 0x0a;
/** U+2026 in UTF-8. */
const ellipsis: readonly number[] = Object.freeze([0xe2, 0x80, 0xa6]);

/** Octets in front of those of a part. */
function headOf(part: number): number {
	return part === Part.text || isUrl(part) ? 3 : 2;
}

/** Whether a part is a URL that may share its beginning with another one. */
function isUrl(part: number): boolean {
	return part === Part.url || part === Part.urlDown || part === Part.target;
}

function beginsGroup(part: number): boolean {
	return part <= Part.icon;
}

export class Items {
	/** Parts were left out, or the text is shorter than it came. */
	cut = false;
	/** A part found no room. */
	full = false;
	/** Octets in use. */
	used = 0;
	private readonly octets: Uint8Array;
	/** The part that was put last: where it begins. */
	private last = nowhere;
	/** Where the octets of the URL lie that others are told by, the last one that is kept whole. */
	private urlFrom = 0;
	private urlTo = 0;
	/** The group that was looked for last: its part, its number and where it lies. */
	private foundPart = 0;
	private foundIndex = 0;
	private found = nowhere;

	/** @param octets the buffer for all parts. */
	constructor(octets: Uint8Array) {
		this.octets = octets;
	}

	/** The last octets of the buffer, where none of them is in use; undefined otherwise. */
	tail(size: number): Uint8Array | undefined {
		const { length } = this.octets;
		return this.used + size <= length ? this.octets.subarray(length - size) : undefined;
	}

	clear(): void {
		this.cut = false;
		this.full = false;
		this.used = 0;
		this.last = nowhere;
		this.urlTo = 0;
		this.found = nowhere;
	}

	/**
	 * Begins a part, as yet without octets. @param spare octets that have to be left free behind it. @returns false where there is no room.
	 */
	mark(part: number, spare: number): boolean {
		const size = headOf(part);
		if (this.used + size + spare > this.octets.length) return this.overflow();
		this.last = this.used;
		this.octets.fill(0, this.used, this.used + size);
		this.octets[this.used] = part;
		this.used += size;
		return true;
	}

	/** Puts the reader's text, as much of it as there is room for. @param limit octets at most. */
	put(part: number, xml: XmlReader, limit: number, spare: number): void {
		if (xml.textLength > 0 && this.mark(part, spare)) this.append(xml, limit, spare);
	}

	/** There is no room for a part. */
	private overflow(): false {
		this.cut = true;
		this.full = true;
		return false;
	}

	/** Takes back all parts from a place on, a group for whose parts there was no room. */
	rewind(to: number): void {
		this.used = to;
		this.found = nowhere;
		if (this.urlFrom >= to) this.urlTo = 0;
	}

	/** Puts more to the part that was put last. */
	append(xml: XmlReader, limit: number, spare: number): void {
		const { last, octets, used } = this;
		const part = octets[last] as number;
		const most = limit - (used - last - headOf(part));
		const room = octets.length - spare - used;
		const wanted = xml.textLength;
		let length = 0;
		if (part === Part.text) {
			length = xml.copyPart(octets, used, Math.max(Math.min(most, room), 0));
			if (length < wanted) this.cut = true;
		} else if (Math.min(wanted, most) > room) this.overflow();
		else if (wanted <= most) length = xml.copyPart(octets, used, wanted);
		else {
			// a name that is too long says that there is more of it
			length = xml.copyPart(octets, used, most - ellipsis.length);
			for (let i = 0; i < ellipsis.length; i += 1) octets[used + length + i] = ellipsis[i] as number;
			length += ellipsis.length;
		}
		this.clean(part, length);
		this.extend(length);
	}

	/** Puts octets that are text as they are. */
	appendOctets(from: Uint8Array, start: number, end: number, limit: number): void {
		const { last, octets } = this;
		const here = this.used - last - headOf(octets[last] as number);
		const room = Math.min(limit - here, octets.length - this.used);
		const length = Math.max(Math.min(room, end - start), 0);
		for (let i = 0; i < length; i += 1) octets[this.used + i] = from[start + i] as number;
		if (length < end - start) this.cut = true;
		this.clean(octets[last] as number, length);
		this.extend(length);
	}

	/** Makes spaces of what is no writing in the octets that have come; lines of a text stay. */
	private clean(part: number, length: number): void {
		const { octets, used } = this;
		for (let at = used; at < used + length; at += 1) {
			const octet = octets[at] as number;
			if (octet < blank && (octet !== lineFeed || part !== Part.text)) octets[at] = blank;
		}
	}

	/** Puts the reader's text, a URL: whole or not at all. */
	putUrl(part: number, xml: XmlReader, spare: number): void {
		const { octets } = this;
		const length = xml.textLength;
		if (length === 0 || !this.mark(part, spare)) return;
		const at = this.used;
		const fits = at + 1 + length + spare <= octets.length;
		if (xml.textCut || !fits) {
			if (!fits) this.overflow();
			this.cut = true;
			this.undo();
			return;
		}
		xml.copyText(octets, at + 1, length);
		this.shareUrl(at, length);
	}

	/** Puts an attribute of the present tag, where it has that. */
	putAttribute(part: number, xml: XmlReader, name: Packed): void {
		if (!xml.hasAttribute(name) || !this.mark(part, 0)) return;
		const { octets } = this;
		const at = this.used;
		const shares = isUrl(part);
		const start = shares ? at + 1 : at;
		const most = shares ? octets.length - start : Math.min(longestPart, octets.length - start);
		const length = xml.copyAttribute(name, octets, start, most);
		if (length <= 0) {
			// nothing in it, or too much: a part of a URL or of a number is worth nothing
			if (length < 0) this.cut = true;
			this.undo();
		} else if (shares) this.shareUrl(at, length);
		else this.extend(length);
	}

	/** Puts four numbers of two octets each. */
	putArea(x1: number, y1: number, x2: number, y2: number): void {
		if (this.octets.length < this.used + 10 || !this.mark(Part.touch, 8)) return;
		this.putEdge(0, x1);
		this.putEdge(1, y1);
		this.putEdge(2, x2);
		this.putEdge(3, y2);
		this.extend(8);
	}

	private putEdge(index: number, value: number): void {
		const at = this.used + 2 * index;
		this.octets[at] = value >> 8;
		this.octets[at + 1] = value & 255;
	}

	/** A URL of `length` octets lies behind one octet that will say how many of them are those of the last one that is whole. */
	private shareUrl(at: number, length: number): void {
		const { octets } = this;
		let shared = 0;
		const most = Math.min(length, this.urlTo - this.urlFrom, longestPart);
		while (shared < most && octets[this.urlFrom + shared] === octets[at + 1 + shared]) shared += 1;
		if (shared < worthwhile) {
			shared = 0;
			this.urlFrom = at + 1;
			this.urlTo = at + 1 + length;
		}
		octets[at] = shared;
		if (shared > 0) octets.copyWithin(at + 1, at + 1 + shared, at + 1 + length);
		this.extend(1 + length - shared);
	}

	/** The part that was put last has so many octets more. */
	private extend(length: number): void {
		const { last, octets } = this;
		this.used += length;
		const part = octets[last] as number;
		const size = this.used - last - headOf(part);
		if (headOf(part) > 2) octets[last + 2] = size >> 8;
		octets[last + 1] = size & 255;
	}

	private undo(): void {
		this.used = this.last;
	}

	/** Octets of the part at a place. */
	private size(at: number): number {
		const { octets } = this;
		const low = octets[at + 1] as number;
		return headOf(octets[at] as number) > 2 ? low | ((octets[at + 2] as number) << 8) : low;
	}

	private after(at: number): number {
		return at + headOf(this.octets[at] as number) + this.size(at);
	}

	/** How many groups of a kind there are: {@link Part.item}, softkey, key or icon. */
	count(part: number): number {
		let count = 0;
		for (let at = 0; at < this.used; at = this.after(at)) if (this.octets[at] === part) count += 1;
		return count;
	}

	/** Where the group begins that is number `index` of its kind, from 0; {@link nowhere} where there is none. */
	group(part: number, index: number): number {
		let at = 0;
		let passed = 0;
		// lists are asked for one line after the other
		if (this.found !== nowhere && this.foundPart === part && this.foundIndex <= index) {
			at = this.found;
			passed = this.foundIndex;
		}
		for (; at < this.used; at = this.after(at)) {
			if (this.octets[at] !== part) continue;
			if (passed === index) {
				this.found = at;
				this.foundPart = part;
				this.foundIndex = index;
				return at;
			}
			passed += 1;
		}
		return nowhere;
	}

	/** Where a part lies of the group that begins at `group`. */
	of(group: number, part: number): number {
		if (group === nowhere) return nowhere;
		for (let at = this.after(group); at < this.used; at = this.after(at)) {
			const here = this.octets[at] as number;
			if (here === part) return at;
			if (beginsGroup(here)) break;
		}
		return nowhere;
	}

	/** Where the first part of a number lies, in whatever group. */
	first(part: number): number {
		for (let at = 0; at < this.used; at = this.after(at)) if (this.octets[at] === part) return at;
		return nowhere;
	}

	/** The text at a place as one line of writing, '' for {@link nowhere}. */
	line(at: number): string {
		return at === nowhere ? "" : plainLine(this.text(at));
	}

	/** The text at a place, '' for {@link nowhere}. */
	text(at: number): string {
		if (at === nowhere) return "";
		const { octets } = this;
		const part = octets[at] as number;
		const from = at + headOf(part);
		const to = from + this.size(at);
		if (!isUrl(part)) return decode(octets, from, to);
		const shared = octets[from] as number;
		if (shared === 0) return decode(octets, from + 1, to);
		const whole = this.wholeBefore(at);
		return decode(octets, whole, whole + shared) + decode(octets, from + 1, to);
	}

	/** Where the octets of the last URL lie that is whole, before a place. */
	private wholeBefore(place: number): number {
		const { octets } = this;
		let whole = 0;
		for (let at = 0; at < place; at = this.after(at)) {
			const from = at + headOf(octets[at] as number);
			if (isUrl(octets[at] as number) && octets[from] === 0) whole = from + 1;
		}
		return whole;
	}

	/** The whole number that the text at a place is, with white space around it; `other` where it is none. */
	number(at: number, other: number): number {
		if (at === nowhere) return other;
		const value = Number.parseInt(this.text(at), 10);
		return Number.isNaN(value) ? other : value;
	}

	/** A number of {@link putArea}, from 0 to 3, at a place. */
	edge(at: number, index: number): number {
		const from = at + 2 + 2 * index;
		return ((this.octets[from] as number) << 8) | (this.octets[from + 1] as number);
	}

	/** Where the octets of the text at a place begin and end, for who goes through them. */
	from(at: number): number {
		return at + headOf(this.octets[at] as number);
	}

	to(at: number): number {
		return this.after(at);
	}

	octet(at: number): number {
		return this.octets[at] as number;
	}

	/** The text from one octet to another. */
	slice(from: number, to: number): string {
		return decode(this.octets, from, to);
	}
}
