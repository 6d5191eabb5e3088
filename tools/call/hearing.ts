/*
 * Who hears whom: each phone of a script has a tone of its own, and what a speaker gave tells by its spectrum which of them it held.
 * Made for sound on a clock (SoundClock), where everything but the coding is exact.
 */
import type { Sound } from "./sound.js";
import { sampleRate } from "./wav.js";

/** Tones lie between the notes of the call agent's music, two half-tones apart, so that none is taken for another or for a note. */
const lowest = 523.26 * 2 ** (-2.5 / 12);
const step = 2 ** (2 / 12);
/** Peak of a tone: as many as a conference has do not overload it together. */
const amplitude = 3000;
/** Seconds until what one side says has filled the jitter buffers on its way, and seconds that are looked at. */
const settling = 0.4;
const looked = 0.35;
/**
 * A tone counts as heard from this share of its own amplitude on, and as absent up to the other: plucked notes of the music have 4.6 %
 * in their beginnings, within so short a time.
 */
const heard = 0.25;
const absent = 0.06;

/** Hertz of a phone's tone; phones count from 1. */
export function toneOf(phone: number): number {
	return lowest * step ** phone;
}

function sine(frequency: number, rate: number): Int16Array {
	const length = Math.round((settling + looked) * rate);
	return Int16Array.from({ length }, (_, at) =>
		Math.round(amplitude * Math.sin((2 * Math.PI * frequency * at) / rate)),
	);
}

/** Amplitude of a frequency in samples (seen through Hann's window), as a share of that of a phone's tone. */
export function shareOf(samples: Int16Array, frequency: number, rate = sampleRate): number {
	let [cosine, sine] = [0, 0];
	for (let at = 0; at < samples.length; at++) {
		const phase = (2 * Math.PI * frequency * at) / rate;
		const sample = (samples[at] as number) * (1 - Math.cos((2 * Math.PI * at) / samples.length));
		cosine += sample * Math.cos(phase);
		sine += sample * Math.sin(phase);
	}
	return (2 * Math.hypot(cosine, sine)) / samples.length / amplitude;
}

/**
 * Has all phones but the listener make their tones together, and says what is wrong with what the listener hears: that of each of
 * `wanted` and of no other is right. @param sounds of all phones, from phone 1. @param listener from 1, as `wanted` are.
 */
export async function listen(
	sounds: readonly Sound[],
	listener: number,
	wanted: readonly number[],
): Promise<string | undefined> {
	const silence = new Int16Array(1);
	const passages = await Promise.all(
		sounds.map((sound, index) =>
			sound.play(index + 1 === listener ? silence : sine(toneOf(index + 1), sound.rate), settling + looked),
		),
	);
	const rate = sounds[listener - 1]?.rate ?? sampleRate;
	const recorded = passages[listener - 1]?.recorded.slice(settling * rate) ?? silence;
	const faults: string[] = [];
	for (let phone = 1; phone <= sounds.length; phone++) {
		if (phone === listener) continue;
		const share = shareOf(recorded, toneOf(phone), rate);
		const expected = wanted.includes(phone);
		if (expected ? share >= heard : share <= absent) continue;
		faults.push(`phone ${phone} is ${expected ? "not heard" : "heard"} (${Math.round(share * 100)} %)`);
	}
	return faults.length > 0 ? faults.join(", ") : undefined;
}
