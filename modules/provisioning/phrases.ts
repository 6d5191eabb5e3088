/*
 * Phrases of the user's language, from the dictionary file of a locale: <phrases> of <phrase i="number" t="text"/>. CallManager's
 * locale installers number the second table of phrases (the code 0x1E in messages) from 1 and the first one (0x80) from 101.
 */
import { Limits } from "limits";
import type { Content } from "provisioning/document";
import { packed } from "xml/packed";
import type { XmlReader } from "xml/reader";
import { decode } from "xml/text";

const rootName = packed("phrases");
const phraseName = packed("phrase");
const numberName = packed("i");
const textName = packed("t");

/** Numbers from here on are labels of Cisco's own settings, which this phone does not show. */
const end = 201;
/** Softkeys and what a call shows all day: they find room in any case. */
const firstDaily = 101;
const lastDaily = 140;

export class Phrases implements Content {
	/** Phrases for which there was no room. */
	left = 0;
	/** Each phrase is its length and its text in UTF-8, at its number's place; 0 where there is none. */
	private readonly pool = new Uint8Array(Limits.phrasePool);
	private readonly places = new Uint16Array(end);
	private used = 1;
	/** What phrases other than the daily ones have taken. */
	private others = 0;

	clear(): void {
		this.places.fill(0);
		this.used = 1;
		this.others = 0;
		this.left = 0;
	}

	/** The phrase of a number in the file, '' when there is none. */
	find(number: number): string {
		const place = this.places[number] ?? 0;
		return place === 0 ? "" : decode(this.pool, place + 1, place + 1 + (this.pool[place] as number));
	}

	start(xml: XmlReader): void {
		if (xml.depth === 0 && !xml.isNamed(rootName)) xml.refuse(`<phrases> is expected, not <${xml.name}>`);
		if (xml.depth !== 1 || !xml.isNamed(phraseName)) return;
		const number = xml.attributeNumber(numberName);
		if (number < 1 || number >= end) return;
		const daily = number >= firstDaily && number <= lastDaily;
		const room = daily
			? this.pool.length - this.used - 1
			: Math.min(this.pool.length - this.used, this.pool.length - Limits.phraseReserve - this.others) - 1;
		const length = xml.copyAttribute(textName, this.pool, this.used + 1, Math.min(room, Limits.phrase));
		if (length < 0) this.left += 1;
		if (length <= 0) return;
		this.pool[this.used] = length;
		this.places[number] = this.used;
		this.used += length + 1;
		if (!daily) this.others += length + 1;
	}

	end(): void {}
}
