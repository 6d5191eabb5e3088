/*
 * Ringlist.xml: CiscoIPPhoneRingList with a Ring of DisplayName and FileName for each ring to choose from; and what a ring file
 * must be: raw mu-law at 8 kHz, 240 to 16080 octets in multiples of 240.
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

/** Octets that a name may have: what fits a line of the menu, and a file name. */
const longestDisplay = 25;
const longestFile = 64;
/** A ring's place: the octets of its name and the name, the octets of its file's name and that. */
const fileAt = 1 + longestDisplay;
const stride = fileAt + 1 + longestFile;

/** Octets of a ring file: a multiple of the first, up to the second. */
const ringUnit = 240;
const ringMost = 16080;

/** What is wrong with a ring file of so many octets, '' when nothing is. */
export function ringFileProblem(octets: number): string {
	if (octets >= ringUnit && octets <= ringMost && octets % ringUnit === 0) return "";
	return `a ring has ${ringUnit} to ${ringMost} octets in multiples of ${ringUnit}, not ${octets}`;
}

/** The rings of a list, as octets in one piece of memory: they are strings only while they are shown. */
export class RingList implements Content {
	/** Rings that are kept. */
	count = 0;
	/** Rings that are not kept: without name or file, too long, or too many. */
	left = 0;
	private readonly octets = new Uint8Array(Limits.rings * stride);

	clear(): void {
		this.count = 0;
		this.left = 0;
	}

	/** The name of a ring, numbered from 0, and its file; '' for others. */
	name(index: number): string {
		return this.text(index, 0);
	}

	file(index: number): string {
		return this.text(index, fileAt);
	}

	start(xml: XmlReader): void {
		if (xml.depth === 0 && !xml.isNamed(rootName)) xml.refuse(`<CiscoIPPhoneRingList> is expected, not <${xml.name}>`);
		if (xml.depth !== 1 || this.count === Limits.rings) return;
		const place = this.count * stride;
		this.octets[place] = 0;
		this.octets[place + fileAt] = 0;
	}

	end(xml: XmlReader): void {
		const { depth } = xml;
		if (depth === 2) {
			xml.trimText();
			if (xml.isNamed(displayName)) this.take(xml, 0, longestDisplay);
			else if (xml.isNamed(fileName)) this.take(xml, fileAt, longestFile);
		} else if (depth === 1 && xml.isNamed(ringName)) {
			const full = this.count === Limits.rings;
			if (full || this.lengthAt(this.count, 0) === 0 || this.lengthAt(this.count, fileAt) === 0) this.left += 1;
			else this.count += 1;
		}
	}

	/** Keeps a text of the ring that is being read; one that is too long is none. */
	private take(xml: XmlReader, at: number, longest: number): void {
		if (this.count === Limits.rings) return;
		const place = this.count * stride + at;
		this.octets[place] = Math.max(0, xml.copyText(this.octets, place + 1, longest));
	}

	private lengthAt(index: number, at: number): number {
		return this.octets[index * stride + at] ?? 0;
	}

	private text(index: number, at: number): string {
		if (index < 0 || index >= this.count) return "";
		const from = index * stride + at + 1;
		return decode(this.octets, from, from + this.lengthAt(index, at));
	}
}
