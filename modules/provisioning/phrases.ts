/*
 * Phrases of the user's language, from the dictionary file of a locale: <phrases> of <phrase i="number" t="text"/>. CallManager's
 * locale installers number the second table of phrases (the code 0x1E in messages) from 1 and the first one (0x80) from 101.
 *
 * They lie in the body's flash and are read there, so that all of them are to be had and none takes memory. Flash has two halves, which are
 * written in turn: a dictionary counts once it is whole, and until then the one before it does. A half begins with a header, written
 * last: mark, CRC-32 of all behind it, number of the writing, end of the texts, the dictionary's name, and the place of each phrase; then
 * come the texts in UTF-8, each behind its length.
 */
import { crcOf } from "base/crc";
import { isControl } from "base/plain";
import type { Flash } from "hal/hardware";
import { Limits } from "limits";
import type { Content } from "provisioning/document";
import { packed } from "xml/packed";
import type { XmlReader } from "xml/reader";
import { codePoint, decodeWhole, putCode, sequence } from "xml/text";

const rootName = packed("phrases");
const phraseName = packed("phrase");
const numberName = packed("i");
const textName = packed("t");

/** Numbers from here on are labels of Cisco's own settings, which this phone does not show. */
const end = 201;

/** Places in a half. */
const At = Object.freeze({ mark: 0, crc: 4, serial: 8, end: 12, name: 16, index: 160, texts: 564 });
const mark = 0x31504e4c;
/** Octets that are written at once. */
const piece = 256;

function u16(octets: Uint8Array, at: number): number {
	return (octets[at] as number) | ((octets[at + 1] as number) << 8);
}

function u32(octets: Uint8Array, at: number): number {
	return (u16(octets, at) | (u16(octets, at + 2) << 16)) >>> 0;
}

function put(octets: Uint8Array, at: number, count: number, value: number): void {
	for (let i = 0; i < count; i += 1) octets[at + i] = (value >>> (8 * i)) & 255;
}

/** Octets of each half. */
function halfOf({ block, octets }: Flash): number {
	return Math.floor(octets.length / 2 / block) * block;
}

/** The dictionary that lies in flash. */
export class Phrases {
	/** What it was called when it was written, '' when there is none. */
	name = "";
	readonly flash: Flash;
	/** Where its half begins, -1 for none; and the number of its writing. */
	private at = -1;
	private serial = 0;

	constructor(flash: Flash) {
		this.flash = flash;
	}

	/** Looks for the one that was written last and is whole. */
	open(): void {
		const half = halfOf(this.flash);
		this.name = "";
		this.at = -1;
		this.serial = 0;
		if (half < At.texts) return;
		this.take(0, half);
		this.take(half, half);
	}

	/** The phrase of a number in the file, '' when there is none. */
	find(number: number): string {
		const { at } = this;
		if (at < 0 || number < 1 || number >= end) return "";
		const { octets } = this.flash;
		const place = u16(octets, at + At.index + 2 * number);
		if (place === 0) return "";
		const from = at + place + 1;
		return decodeWhole(octets, from, from + (octets[from - 1] as number));
	}

	/** Begins another one, in the other half. @param draws whether the display has a letter, by its code point. */
	write(draws: (code: number) => boolean): PhraseWriter {
		if (this.at < 0) this.open();
		const half = halfOf(this.flash);
		return new PhraseWriter(this.flash, this.at === 0 ? half : 0, half, this.serial + 1, draws);
	}

	/** Takes the dictionary of a half, if there is a whole one that is younger. */
	private take(at: number, half: number): void {
		const { octets } = this.flash;
		if (u32(octets, at + At.mark) !== mark) return;
		const serial = u32(octets, at + At.serial);
		const behind = u16(octets, at + At.end);
		if (serial <= this.serial || behind < At.texts || behind > half) return;
		if (crcOf(octets, at + At.serial, at + behind) !== u32(octets, at + At.crc)) return;
		this.at = at;
		this.serial = serial;
		const from = at + At.name + 1;
		this.name = decodeWhole(octets, from, from + (octets[from - 1] as number));
	}
}

/** Takes in a file, phrase by phrase. */
export class PhraseWriter implements Content {
	/** Phrases that are kept, those that are too long or for which there is no room, and those that the display has not all letters for. */
	count = 0;
	left = 0;
	strange = 0;
	private readonly flash: Flash;
	private readonly at: number;
	private readonly half: number;
	private readonly serial: number;
	private readonly draws: (code: number) => boolean;
	private readonly header = new Uint8Array(At.texts);
	private readonly buffer = new Uint8Array(piece);
	private readonly text = new Uint8Array(Limits.phrase);
	private readonly letter = new Uint8Array(4);
	/** Octets in the buffer, and where in flash they belong; up to where that is erased. */
	private filled = 0;
	private next = 0;
	private erased = 0;
	private broken = false;

	/** @param at where its half begins. @param half octets of that. @param serial number of the writing. */
	constructor(flash: Flash, at: number, half: number, serial: number, draws: (code: number) => boolean) {
		this.flash = flash;
		this.at = at;
		this.half = half;
		this.serial = serial;
		this.draws = draws;
		this.clear();
	}

	clear(): void {
		this.header.fill(0);
		this.count = 0;
		this.left = 0;
		this.strange = 0;
		this.filled = 0;
		this.next = this.at + At.texts;
		this.erased = this.at;
		this.broken = this.half <= At.texts;
	}

	start(xml: XmlReader): void {
		if (xml.depth === 0 && !xml.isNamed(rootName)) xml.refuse(`<phrases> is expected, not <${xml.name}>`);
		if (xml.depth !== 1 || !xml.isNamed(phraseName)) return;
		const number = xml.attributeNumber(numberName);
		if (number < 1 || number >= end) return;
		const given = xml.copyAttribute(textName, this.text, 0, this.text.length);
		if (given === 0) return;
		const place = this.next + this.filled - this.at;
		const length = given < 0 ? -1 : this.measure(given);
		if (given > 0 && length < 0) this.strange += 1;
		else if (length < 0 || length > this.text.length || place + 1 + length > this.half) this.left += 1;
		else if (length > 0) {
			this.put(length);
			for (let from = 0; from < given; from += sequence(this.text, from, given)) this.take(from, given);
			put(this.header, At.index + 2 * number, 2, place);
			this.count += 1;
		}
	}

	end(): void {}

	/** The file is whole: so is the dictionary now. @returns '' or why it is not. */
	finish(name: string): string {
		const { buffer, filled, flash, header } = this;
		this.write(this.next, buffer.subarray(0, filled));
		const behind = this.next + filled - this.at;
		put(header, At.mark, 4, mark);
		put(header, At.serial, 4, this.serial);
		put(header, At.end, 2, behind);
		this.name(name);
		const begun = crcOf(header, At.serial, At.texts);
		put(header, At.crc, 4, crcOf(flash.octets, this.at + At.texts, this.at + behind, begun));
		this.write(this.at, header);
		return this.broken ? "there is no flash for it, or it cannot be written" : "";
	}

	/** Puts the name into the header, as much of it as there is room for. */
	private name(name: string): void {
		const { header } = this;
		let at = At.name + 1;
		for (const character of name) {
			if (at + 4 > At.index) break;
			at = putCode(header, at, character.codePointAt(0) as number);
		}
		header[At.name] = at - At.name - 1;
	}

	/** Octets of the text in UTF-8, without what is no writing; -1 when the display has not all of its letters. */
	private measure(given: number): number {
		const { text } = this;
		let length = 0;
		for (let from = 0; from < given; ) {
			const size = sequence(text, from, given);
			const code = codePoint(text, from, size);
			from += size;
			if (isControl(code)) continue;
			if (!this.draws(code)) return -1;
			length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
		}
		return length;
	}

	/** Writes one character of the text. */
	private take(from: number, given: number): void {
		const code = codePoint(this.text, from, sequence(this.text, from, given));
		if (isControl(code)) return;
		const { letter } = this;
		const length = putCode(letter, 0, code);
		for (let i = 0; i < length; i += 1) this.put(letter[i] as number);
	}

	private put(octet: number): void {
		this.buffer[this.filled++] = octet;
		if (this.filled < piece) return;
		this.write(this.next, this.buffer);
		this.next += piece;
		this.filled = 0;
	}

	private write(at: number, octets: Uint8Array): void {
		const { flash } = this;
		if (octets.length === 0 || this.broken) return;
		for (; this.erased < at + octets.length && !this.broken; this.erased += flash.block)
			if (!flash.erase(this.erased)) this.broken = true;
		if (!this.broken && !flash.write(at, octets)) this.broken = true;
	}
}
