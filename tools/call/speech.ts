/*
 * A speech-like sample made by rule: syllables of a hissed consonant and a voiced vowel, with a falling pitch, three formants
 * and short pauses between words. It says nothing, but it exercises a codec and a correlation as speech does, and never
 * repeats within its length.
 */
import { sampleRate } from "./wav.js";

/** Formant frequencies in Hz of the vowels of 'father', 'see', 'food', 'bed' and 'saw'. */
const vowels: readonly (readonly [number, number, number])[] = [
	[730, 1090, 2440],
	[270, 2290, 3010],
	[300, 870, 2240],
	[530, 1840, 2480],
	[570, 840, 2410],
];
const formantBandwidth = 90;
/** Centre frequencies in Hz of the hisses, and of those that only a wideband phone carries. */
const hisses = [1700, 2500, 3200];
const wideHisses = [4800, 6000];
const syllablesPerWord = 3;
const peak = 12000;

/** Numbers evenly spread over 0-1, the same each time: the sample must not differ between runs. */
class Dice {
	private state: number;
	constructor(seed: number) {
		this.state = seed;
	}
	next(): number {
		this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
		return this.state / 0x1_0000_0000;
	}
}

/** A two-pole resonance, the shape of a formant. */
class Resonance {
	private readonly a: number;
	private readonly b: number;
	private readonly gain: number;
	private y1 = 0;
	private y2 = 0;
	constructor(frequency: number, bandwidth: number, rate: number) {
		const radius = Math.exp((-Math.PI * bandwidth) / rate);
		this.a = 2 * radius * Math.cos((2 * Math.PI * frequency) / rate);
		this.b = -radius * radius;
		this.gain = 1 - radius;
	}
	next(x: number): number {
		const y = this.gain * x + this.a * this.y1 + this.b * this.y2;
		this.y2 = this.y1;
		this.y1 = y;
		return y;
	}
}

/** Rises over the first tenth of a segment and falls over its last third. */
function envelope(at: number): number {
	return Math.min(1, at * 10, (1 - at) * 3);
}

function voice(target: Float64Array, rate: number, from: number, length: number, pitch: number, dice: Dice): void {
	const formants = (vowels[Math.floor(dice.next() * vowels.length)] ?? [730, 1090, 2440]).map(
		(frequency, index) => new Resonance(frequency, formantBandwidth * (1 + index * 0.5), rate),
	);
	let phase = 0;
	for (let index = 0; index < length && from + index < target.length; index++) {
		const at = index / length;
		phase += (pitch * (1 - 0.25 * at)) / rate;
		if (phase >= 1) phase -= 1;
		// Flow through the glottis: opens over 40 % of the period, shut for the rest.
		const flow = phase < 0.4 ? Math.sin((Math.PI * phase) / 0.4) : 0;
		let sum = 0;
		for (const formant of formants) sum += formant.next(flow - 0.25);
		target[from + index] = sum * envelope(at);
	}
}

function hiss(target: Float64Array, rate: number, from: number, length: number, dice: Dice): void {
	const all = rate > sampleRate ? [...hisses, ...wideHisses] : hisses;
	const colour = new Resonance(all[Math.floor(dice.next() * all.length)] ?? 2500, 700, rate);
	for (let index = 0; index < length && from + index < target.length; index++)
		target[from + index] = colour.next(dice.next() - 0.5) * 0.4 * envelope(index / length);
}

/** Makes the sample. @param seconds its length, more than 0. @param rate samples a second. */
export function makeSpeech(seconds: number, rate = sampleRate): Int16Array {
	const dice = new Dice(1);
	const sound = new Float64Array(Math.ceil(seconds * rate));
	const samples = (milliseconds: number) => Math.round((milliseconds * rate) / 1000);
	for (let at = 0; at < sound.length; ) {
		for (let syllable = 0; syllable < syllablesPerWord; syllable++) {
			const consonant = samples(40 + 50 * dice.next());
			hiss(sound, rate, at, consonant, dice);
			at += consonant;
			const vowel = samples(110 + 120 * dice.next());
			voice(sound, rate, at, vowel, 105 + 50 * dice.next(), dice);
			at += vowel;
		}
		at += samples(30 + 50 * dice.next());
	}
	let largest = 0;
	for (const value of sound) largest = Math.max(largest, Math.abs(value));
	return Int16Array.from(sound, (value) => Math.round((value / largest) * peak));
}
