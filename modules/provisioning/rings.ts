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
const longest = longestDisplay + longestFile + 3;

const slash = 0x2f;
const dot = 0x2e;

/** The rings of a list, as octets in one piece of memory: they are strings only while they are shown. */
export class RingList implements Content {
	/** Rings that are kept. */
	count = 0;
	/** Rings that are not kept: without a file, or too many. */
	left = 0;
	/**
	 * For each ring the octets of its name and the name, those with which its file's name begins as the one before does (files of a
	 * list have a folder in common), those of the rest and that.
	 */
	private readonly octets = new Uint8Array(Limits.ringPool);
	/** Where the ring that is being read is to lie, and the octets of its name and of its file's. */
	private from = 0;
	private nameLength = 0;
	private fileLength = 0;
	/** The file's name that was put together last, and its octets. */
	private readonly last = new Uint8Array(longestFile);
	private lastLength = 0;

	clear(): void {
		this.count = 0;
		this.left = 0;
		this.from = 0;
		this.lastLength = 0;
	}

	/** The name of a ring, numbered from 0, and its file; '' for others. */
	name(index: number): string {
		const at = this.find(index);
		return at < 0 ? "" : decode(this.octets, at + 1, at + 1 + (this.octets[at] as number));
	}

	file(index: number): string {
		return this.find(index) < 0 ? "" : decode(this.last, 0, this.lastLength);
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
		for (let i = 0; i < length; i += 1) this.octets[this.from + 3 + at + i] = xml.textOctet(i);
		return length;
	}

	/** No room for one more ring that is as long as may be. */
	private get full(): boolean {
		return this.count === Limits.rings || this.from + longest > Limits.ringPool;
	}

	/** A ring has been read. One without a name has its file's, without folder and ending. */
	private keep(): void {
		const { fileLength, from, last, octets } = this;
		if (this.full || fileLength === 0) {
			this.left += 1;
			return;
		}
		const file = from + 3 + longestDisplay;
		if (this.nameLength === 0) this.nameAfter(file);
		const { nameLength } = this;
		octets[from] = nameLength;
		octets.copyWithin(from + 1, from + 3, from + 3 + nameLength);
		let same = 0;
		while (same < fileLength && same < this.lastLength && octets[file + same] === last[same]) same += 1;
		for (let i = same; i < fileLength; i += 1) last[i] = octets[file + i] as number;
		this.lastLength = fileLength;
		const at = from + 1 + nameLength;
		octets[at] = same;
		octets[at + 1] = fileLength - same;
		octets.copyWithin(at + 2, file + same, file + fileLength);
		this.from = at + 2 + fileLength - same;
		this.count += 1;
	}

	/** Names the ring that is being read after its file, which lies at `file`. */
	private nameAfter(file: number): void {
		const { fileLength, octets } = this;
		let begin = file + fileLength;
		while (begin > file && octets[begin - 1] !== slash) begin -= 1;
		let end = file + fileLength;
		while (end > begin && octets[end - 1] !== dot) end -= 1;
		const to = end > begin + 1 ? end - 1 : file + fileLength;
		this.nameLength = Math.min(to - begin, longestDisplay);
		octets.copyWithin(this.from + 3, begin, begin + this.nameLength);
	}

	/** Where a ring lies, -1 when there is none of that number; its file's name is put together on the way. */
	private find(index: number): number {
		if (!(index >= 0 && index < this.count)) return -1;
		const { last, octets } = this;
		let at = 0;
		for (let i = 0; ; i += 1) {
			const part = at + 1 + (octets[at] as number);
			const same = octets[part] as number;
			const rest = octets[part + 1] as number;
			for (let j = 0; j < rest; j += 1) last[same + j] = octets[part + 2 + j] as number;
			if (i === index) {
				this.lastLength = same + rest;
				return at;
			}
			at = part + 2 + rest;
		}
	}
}
