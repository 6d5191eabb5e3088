/*
 * Ringlist.xml: CiscoIPPhoneRingList with a Ring of DisplayName and FileName for each ring to choose from; and what a ring file
 * must be: raw mu-law at 8 kHz, 240 to 16080 octets in multiples of 240.
 */
import { Limits } from "limits";
import type { Content } from "provisioning/document";
import { packed } from "xml/packed";
import type { XmlReader } from "xml/reader";

const rootName = packed("CiscoIPPhoneRingList");
const ringName = packed("Ring");
const displayName = packed("DisplayName");
const fileName = packed("FileName");

/** Octets that a name may have: what fits a line of the menu, and a file name. */
const longestDisplay = 25;
const longestFile = 64;

/** Octets of a ring file: a multiple of the first, up to the second. */
const ringUnit = 240;
const ringMost = 16080;

export interface Ring {
	readonly name: string;
	readonly file: string;
}

/** What is wrong with a ring file of so many octets, '' when nothing is. */
export function ringFileProblem(octets: number): string {
	if (octets >= ringUnit && octets <= ringMost && octets % ringUnit === 0) return "";
	return `a ring has ${ringUnit} to ${ringMost} octets in multiples of ${ringUnit}, not ${octets}`;
}

export class RingList implements Content {
	rings: readonly Ring[] = [];
	/** Rings that are not kept: without name or file, too long, or too many. */
	left = 0;
	private name = "";
	private file = "";

	clear(): void {
		this.rings = [];
		this.left = 0;
	}

	start(xml: XmlReader): void {
		if (xml.depth === 0 && !xml.isNamed(rootName)) xml.refuse(`<CiscoIPPhoneRingList> is expected, not <${xml.name}>`);
		if (xml.depth !== 1) return;
		this.name = "";
		this.file = "";
	}

	end(xml: XmlReader): void {
		const { depth } = xml;
		if (depth === 2) {
			xml.trimText();
			if (xml.isNamed(displayName)) this.name = xml.textLength <= longestDisplay ? xml.text : "";
			else if (xml.isNamed(fileName)) this.file = xml.textLength <= longestFile ? xml.text : "";
		} else if (depth === 1 && xml.isNamed(ringName)) {
			if (this.name === "" || this.file === "" || this.rings.length === Limits.rings) this.left += 1;
			else (this.rings as Ring[]).push({ name: this.name, file: this.file });
		}
	}
}
