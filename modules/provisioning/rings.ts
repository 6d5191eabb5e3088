/*
 * Ringlist.xml: CiscoIPPhoneRingList with a Ring of DisplayName and FileName for each ring to choose from. What is wrong in one entry
 * costs that one alone.
 */
import { Limits } from "limits";
import type { Content } from "provisioning/document";
import { packed } from "xml/packed";
import type { XmlReader } from "xml/reader";
import { decode } from "xml/text";

const rootName = packed("CiscoIPPhoneRingList");
const ringName = packed("Ring");
const displayName = packed("DisplayName");
const fileName = packed("FileName");

/** Octets that a name may have, 25 characters of any letters, and a file name. A longer name is cut, a file's is none. */
const longestDisplay = 50;
const longestFile = 64;
const longest = longestDisplay + longestFile + 2;

const slash = 0x2f;
const dot = 0x2e;

/** The rings of a list, as octets in one piece of memory: they are strings only while they are shown. */
export class RingList implements Content {
	/** Rings that are kept. */
	count = 0;
	/** Rings that are not kept: without a file, or too many. */
	left = 0;
	/** For each ring the octets of its name and the name, the octets of its file's name and that. */
	private readonly octets = new Uint8Array(Limits.ringPool);
	/** Where the ring that is being read is to lie, and the octets of its name and of its file's. */
	private from = 0;
	private nameLength = 0;
	private fileLength = 0;

	clear(): void {
		this.count = 0;
		this.left = 0;
		this.from = 0;
	}

	/** The name of a ring, numbered from 0, and its file; '' for others. */
	name(index: number): string {
		return this.text(this.find(index));
	}

	file(index: number): string {
		const at = this.find(index);
		return at < 0 ? "" : this.text(at + 1 + (this.octets[at] as number));
	}

	start(xml: XmlReader): void {
		if (xml.depth === 0 && !xml.isNamed(rootName)) xml.refuse(`<CiscoIPPhoneRingList> is expected, not <${xml.name}>`);
		if (xml.depth !== 1) return;
		this.nameLength = 0;
		this.fileLength = 0;
	}

	end(xml: XmlReader): void {
		const { depth } = xml;
		if (depth === 2) {
			xml.trimText();
			// each has room of its own, as long as it is not known which comes first and how long it is
			if (xml.isNamed(displayName)) this.nameLength = this.take(xml, 0, longestDisplay, true);
			else if (xml.isNamed(fileName)) this.fileLength = this.take(xml, longestDisplay, longestFile, false);
		} else if (depth === 1 && xml.isNamed(ringName)) this.keep();
	}

	/** Copies a text of the ring that is being read behind those that are kept. @returns its octets, 0 when there is none. */
	private take(xml: XmlReader, at: number, most: number, cut: boolean): number {
		if (this.full) return 0;
		let length = xml.textLength;
		if (length > most) {
			if (!cut) return 0;
			length = most;
			// never within a character
			while (length > 0 && (xml.textOctet(length) & 0xc0) === 0x80) length -= 1;
		}
		for (let i = 0; i < length; i += 1) this.octets[this.from + 2 + at + i] = xml.textOctet(i);
		return length;
	}

	/** No room for one more ring that is as long as may be. */
	private get full(): boolean {
		return this.count === Limits.rings || this.from + longest > Limits.ringPool;
	}

	/** A ring has been read. One without a name has its file's, without folder and ending. */
	private keep(): void {
		const { fileLength, from, octets } = this;
		if (this.full || fileLength === 0) {
			this.left += 1;
			return;
		}
		const file = from + 2 + longestDisplay;
		let { nameLength } = this;
		if (nameLength === 0) {
			let begin = file + fileLength;
			while (begin > file && octets[begin - 1] !== slash) begin -= 1;
			let end = file + fileLength;
			while (end > begin && octets[end - 1] !== dot) end -= 1;
			const to = end > begin + 1 ? end - 1 : file + fileLength;
			nameLength = Math.min(to - begin, longestDisplay);
			octets.copyWithin(from + 2, begin, begin + nameLength);
		}
		octets[from] = nameLength;
		octets.copyWithin(from + 1, from + 2, from + 2 + nameLength);
		const at = from + 1 + nameLength;
		octets[at] = fileLength;
		octets.copyWithin(at + 1, file, file + fileLength);
		this.from = at + 1 + fileLength;
		this.count += 1;
	}

	/** Where a ring lies, -1 when there is none of that number. */
	private find(index: number): number {
		if (!(index >= 0 && index < this.count)) return -1;
		let at = 0;
		for (let i = 0; i < index; i += 1) {
			at += 1 + (this.octets[at] as number);
			at += 1 + (this.octets[at] as number);
		}
		return at;
	}

	private text(at: number): string {
		return at < 0 ? "" : decode(this.octets, at + 1, at + 1 + (this.octets[at] as number));
	}
}
