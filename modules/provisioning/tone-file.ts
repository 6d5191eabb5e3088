/*
 * g3-tones.xml of a network locale's folder, as CallManager's locale packages have it: a <tone> for each tone of the country, its type
 * `t`, up to four sine generators and the cadence.
 *
 * A generator is a digital resonator, y[n] = 2 c y[n-1] - y[n-2] at 8 kHz: `c1` is the cosine of its frequency's step, of 32768, and `i1`
 * its first sample, the amplitude times the sine of that step. `d` has a digit of sixteen for each <part m="on"/> in turn, lowest first:
 * how many generators, in their order, that part has. Where it has none, or more than there are, the generators of the part before
 * sound. <part t=""> is milliseconds, 65535 for ever. <repeat c=""/> is how often all of it is played; with pc1, the first part and its
 * pause are played so often before the rest of it is, for ever where pc2 is 65535. 65535 and 0 mean for ever, or no such count.
 */
import type { Content } from "provisioning/document";
import { type Packed, packed } from "xml/packed";
import type { XmlReader } from "xml/reader";

/** Tones by the numbers of Audio.setTones; types that no SCCP tone stands for are not among them. */
const kinds: readonly (readonly [type: string, kind: number])[] = Object.freeze([
	Object.freeze(["idial", 0] as const),
	Object.freeze(["odial", 1] as const),
	Object.freeze(["busy", 2] as const),
	Object.freeze(["ringing", 3] as const),
	Object.freeze(["reorder", 4] as const),
	Object.freeze(["amwi", 5] as const),
	Object.freeze(["recording", 8] as const),
	Object.freeze(["monitoring", 9] as const),
]);

const rootName = packed("tones");
const toneName = packed("tone");
const partName = packed("part");
const repeatName = packed("repeat");
const typeName = packed("t");
const modeName = packed("m");
const dispositionName = packed("d");
const countName = packed("c");
const firstName = packed("pc1");
const restName = packed("pc2");
const coefficients: readonly Packed[] = Object.freeze(["c1", "c2", "c3", "c4"].map(packed));
const initials: readonly Packed[] = Object.freeze(["i1", "i2", "i3", "i4"].map(packed));

/** Numbers of a step and steps that Audio.setTones takes, and where frequencies and peaks are in a step. */
const stride = 12;
const mostSteps = 64;
const frequencyAt = 4;
const peakAt = 8;
const generators = 4;
/** Parts of a tone. */
const mostParts = 16;

const rate = 8000;
const full = 32768;
/** What a sample has room for. */
const loudest = 32767;
const forEver = 65535;
/** Hertz below which no telephone sounds: two countries' files have such tones. */
const lowest = 200;

export class ToneFile implements Content {
	/** Tones that have been read. */
	count = 0;
	/** Tones that are too low to be heard: they are left out. */
	low = 0;
	private readonly numbers = new Uint16Array(mostSteps * stride);
	private steps = 0;
	/** Of the present tone: its number, -1 for one that is not played; which have been read, a bit each. */
	private kind = -1;
	private seen = 0;
	private readonly frequencies = new Uint16Array(generators);
	private readonly peaks = new Uint16Array(generators);
	private generators = 0;
	private disposition = 0;
	/** Parts: 1 for sound or 0, milliseconds. */
	private readonly parts = new Uint16Array(2 * mostParts);
	private partCount = 0;
	private times = 0;
	private first = 0;
	private rest = 0;

	/** The table that Audio.setTones takes. */
	get table(): Uint16Array {
		return this.numbers.subarray(0, this.steps * stride);
	}

	clear(): void {
		this.count = 0;
		this.low = 0;
		this.steps = 0;
		this.seen = 0;
		this.kind = -1;
	}

	start(xml: XmlReader): void {
		if (xml.depth === 0 && !xml.isNamed(rootName)) xml.refuse(`<tones> is expected, not <${xml.name}>`);
		else if (xml.depth === 1) {
			this.kind = -1;
			if (xml.isNamed(toneName)) this.tone(xml);
		} else if (xml.depth === 2 && this.kind >= 0) {
			if (xml.isNamed(partName)) this.part(xml);
			else if (xml.isNamed(repeatName)) this.repeat(xml);
		}
	}

	end(xml: XmlReader): void {
		if (xml.depth === 1 && this.kind >= 0) this.lay(xml);
		else if (xml.depth === 0 && this.count === 0) xml.refuse("no tone is in it that this phone plays");
	}

	/** A tone begins: which, and of what it is made. */
	private tone(xml: XmlReader): void {
		const type = xml.attribute(typeName) ?? "";
		let kind = -1;
		for (const [name, number] of kinds) if (name === type) kind = number;
		// of two the first counts
		if (kind < 0 || ((this.seen >> kind) & 1) !== 0) return;
		this.generators = 0;
		for (let i = 0; i < generators; i += 1) {
			const coefficient = whole(xml, coefficients[i] as Packed, -full, full);
			const initial = whole(xml, initials[i] as Packed, -full, full);
			if (coefficient === undefined && initial === undefined) break;
			if (coefficient === undefined || initial === undefined) {
				xml.refuse(`tone ${type}: c${i + 1} and i${i + 1} are expected to be two whole numbers up to ${full}`);
				return;
			}
			const turn = Math.acos(coefficient / full);
			const frequency = Math.round((turn * rate) / (2 * Math.PI));
			const peak = Math.round(Math.abs(initial) / Math.sin(turn));
			if (!(frequency >= 1 && frequency < rate / 2 && peak >= 1 && peak <= loudest)) {
				xml.refuse(
					`tone ${type}: c${i + 1} ${coefficient} and i${i + 1} ${initial} are ${frequency} Hz of amplitude ${peak}: 1-3999 Hz of 1-${loudest} are expected`,
				);
				return;
			}
			this.frequencies[i] = frequency;
			this.peaks[i] = peak;
			this.generators += 1;
		}
		if (this.generators === 0) {
			xml.refuse(`tone ${type} has no c1 and i1: what it is made of is expected`);
			return;
		}
		if (this.frequencies.subarray(0, this.generators).every((frequency) => frequency < lowest)) {
			this.low += 1;
			return;
		}
		this.disposition = Math.max(0, xml.attributeNumber(dispositionName));
		this.kind = kind;
		this.partCount = 0;
		this.times = 0;
		this.first = 1;
		this.rest = 1;
	}

	private part(xml: XmlReader): void {
		const mode = xml.attribute(modeName) ?? "";
		const time = xml.attributeNumber(typeName);
		// 'of' stands in a locale that many have
		const sounds = mode === "on";
		if (!sounds && mode !== "off" && mode !== "of") xml.refuse(`m is "${mode}": on or off is expected`);
		else if (time < 0 || time > forEver) xml.refuse("t is expected to be 0-65535 milliseconds");
		else if (this.partCount === mostParts) xml.refuse(`a tone has more than ${mostParts} parts`);
		else {
			this.parts[2 * this.partCount] = sounds ? 1 : 0;
			this.parts[2 * this.partCount + 1] = time;
			this.partCount += 1;
		}
	}

	private repeat(xml: XmlReader): void {
		const times = xml.attributeNumber(countName);
		// so many rounds last as long as any call
		this.times = times > 0 && times < 256 ? times : 0;
		const first = xml.attributeNumber(firstName);
		const rest = xml.attributeNumber(restName);
		this.first = first > 0 && first < forEver ? atMost(first) : 1;
		this.rest = this.first === 1 ? 1 : rest > 0 && rest < forEver ? atMost(rest) : forEver;
	}

	/** The tone is whole: lays out its steps. */
	private lay(xml: XmlReader): void {
		const from = this.steps;
		const second = this.second();
		let repeat = 0;
		let open = true;
		if (second < 0) open = this.run(xml, 0, this.partCount);
		else {
			for (let i = 0; i < this.first && open; i += 1) open = this.run(xml, 0, second);
			const rounds = this.rest === forEver ? 1 : this.rest;
			if (this.rest === forEver) repeat = this.steps - from;
			for (let i = 0; i < rounds && open; i += 1) open = this.run(xml, second, this.partCount);
		}
		if (xml.reason !== "") return;
		let sounds = false;
		for (let at = from; at < this.steps; at += 1) {
			if (this.numbers[at * stride + peakAt] !== 0) sounds = true;
			this.numbers[at * stride + 1] = repeat < this.steps - from ? repeat : 0;
			this.numbers[at * stride + 2] = this.times;
		}
		if (!sounds) {
			xml.refuse("a tone without a sound");
			return;
		}
		this.seen |= 1 << this.kind;
		this.count += 1;
	}

	/** The part with the second sound, where the first is played more often than the rest; else -1. */
	private second(): number {
		if (this.first === 1) return -1;
		let sounds = 0;
		for (let i = 0; i < this.partCount; i += 1) {
			sounds += this.parts[2 * i] as number;
			if (sounds === 2) return i;
		}
		return -1;
	}

	/** Lays out parts from `from` up to `to`. @returns false behind one that lasts for ever, and when there is no room. */
	private run(xml: XmlReader, from: number, to: number): boolean {
		let time = 0;
		let frames = 0;
		for (let i = from; i < to; i += 1) {
			const length = this.parts[2 * i + 1] as number;
			const sounds = this.parts[2 * i] === 1;
			if (length === 0) continue;
			// rounded such that the period is right
			time += length;
			const next = Math.max(frames + 1, Math.round(time / 10));
			const endless = length === forEver;
			if (this.steps === mostSteps) {
				xml.refuse(`tones of more than ${mostSteps} steps`);
				return false;
			}
			const at = this.steps * stride;
			this.numbers.fill(0, at, at + stride);
			this.numbers[at] = this.kind;
			this.numbers[at + 3] = endless ? 0 : next - frames;
			if (sounds) this.sound(xml, at, i);
			frames = next;
			this.steps += 1;
			if (endless) return false;
		}
		return true;
	}

	/** Gives a step the generators of its part. */
	private sound(xml: XmlReader, at: number, part: number): void {
		let number = 0;
		for (let i = 0; i < part; i += 1) number += this.parts[2 * i] as number;
		let from = 0;
		let count = this.generators;
		let digits = this.disposition;
		// the part before has the last ones, where this one has none of its own: no digit, or one for generators that are not there
		for (let i = 0, next = 0; i <= number && digits > 0; i += 1) {
			const own = digits % 16;
			if (i > 0 && next + own > this.generators) break;
			from = next;
			count = own;
			next += count;
			digits = Math.floor(digits / 16);
		}
		if (from + count > this.generators || count === 0) {
			xml.refuse(`d is ${this.disposition}: ${this.generators} generators are too few for that`);
			return;
		}
		let peaks = 0;
		for (let i = 0; i < count; i += 1) {
			const peak = this.peaks[from + i] as number;
			this.numbers[at + frequencyAt + i] = this.frequencies[from + i] as number;
			this.numbers[at + peakAt + i] = peak;
			peaks += peak;
		}
		if (peaks > loudest) xml.refuse(`amplitudes of ${peaks} in all are too loud: ${loudest} at most is expected`);
	}
}

/** A number of rounds of which each adds a step or adds none: more of them than there are steps say the same, and only take time. */
function atMost(rounds: number): number {
	return Math.min(rounds, mostSteps + 1);
}

/** The whole number within bounds that an attribute is; undefined when there is none, or another text. */
function whole(xml: XmlReader, name: Packed, least: number, most: number): number | undefined {
	const text = xml.attribute(name)?.trim() ?? "";
	const number = Number(text);
	return text !== "" && Number.isInteger(number) && number >= least && number <= most ? number : undefined;
}
