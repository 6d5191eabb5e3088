/*
 * Sounds that the call agent sends: the 1004 Hz test tone, progress tones in band with North American cadences, and a
 * melody made by rule for 602 and for a held party. 16-bit samples, counted at 8 kHz; G.711 by its definition (ITU-T G.711).
 */

const rate = 8000;
/** Amplitude of a sine at 0 dBm0: the mu-law overload point (8159 of 14 bits) lies 3.17 dB above it. */
const zeroLevel = (8159 * 4) / 10 ** (3.17 / 20);

/** Gives the sample at `index`, counted at 8 kHz from the start of the sound; with halves it is sound of 16 kHz. */
export type Sound = (index: number) => number;

/** A sum of sines, each at `level` dBm0, on and off by `cadence` in seconds (no cadence: always on). */
export function tone(frequencies: readonly number[], level: number, cadence?: readonly [number, number]): Sound {
	const amplitude = zeroLevel * 10 ** (level / 20);
	const steps = frequencies.map((frequency) => (2 * Math.PI * frequency) / rate);
	const on = cadence ? cadence[0] * rate : 1;
	const period = cadence ? (cadence[0] + cadence[1]) * rate : 1;
	return (index) => {
		if (cadence && index % period >= on) return 0;
		let sum = 0;
		for (const step of steps) sum += Math.sin(step * index);
		return Math.round(sum * amplitude);
	};
}

/** The test tone of 601. */
export const testTone: Sound = tone([1004], -16);
export const ringbackTone: Sound = tone([440, 480], -19, [2, 4]);
export const busyTone: Sound = tone([480, 620], -24, [0.5, 0.5]);
export const reorderTone: Sound = tone([480, 620], -24, [0.25, 0.25]);

/** Chords of the melody as semitones above C4: a plain I - vi - IV - V, then I - iii - IV - V. */
const chords: readonly (readonly number[])[] = [
	[0, 4, 7, 12],
	[-3, 0, 4, 9],
	[-7, -3, 0, 5],
	[-5, -1, 2, 7],
	[0, 4, 7, 12],
	[-8, -1, 4, 7],
	[-7, 0, 5, 9],
	[-5, 2, 7, 11],
];
/** Order in which a chord's notes are plucked: up, and gently down. */
const plucks = [0, 2, 1, 3, 2, 3, 1, 2];
const pluckTime = 0.3;

let melodySamples: Int16Array | undefined;

/** Samples of the melody for each at 8 kHz. */
const fineness = 2;

/** The melody, 19.2 s, repeated. Each note is a plucked string: a sine and its octave, both fading. */
export const melody: Sound = (index) => {
	melodySamples ??= composeMelody();
	return melodySamples[(fineness * index) % melodySamples.length] ?? 0;
};

function composeMelody(): Int16Array {
	const stride = pluckTime * rate * fineness;
	const length = chords.length * plucks.length * stride;
	const sum = new Float64Array(length);
	const amplitude = zeroLevel * 10 ** (-20 / 20);
	let start = 0;
	for (const chord of chords)
		for (const pluck of plucks) {
			const frequency = 261.63 * 2 ** ((chord[pluck] ?? 0) / 12) * 2;
			for (let at = 0; at < 4 * stride; at++) {
				const time = at / (rate * fineness);
				const fade = Math.min(1, at / (40 * fineness)) * Math.exp(-3.2 * time);
				const phase = 2 * Math.PI * frequency * time;
				const index = (start + at) % length;
				sum[index] = (sum[index] ?? 0) + amplitude * fade * (Math.sin(phase) + 0.25 * fade * Math.sin(2 * phase));
			}
			start += stride;
		}
	return Int16Array.from(sum, Math.round);
}

/** Encodes one sample into mu-law. */
export function encodeMuLaw(sample: number): number {
	const sign = sample < 0 ? 0x80 : 0;
	const magnitude = Math.min(Math.abs(sample), 32635) + 132;
	const segment = Math.floor(Math.log2(magnitude)) - 7;
	const step = (magnitude >> (segment + 3)) & 15;
	return ~(sign | (segment << 4) | step) & 255;
}

/** Encodes one sample into A-law. */
export function encodeALaw(sample: number): number {
	const sign = sample < 0 ? 0 : 0x80;
	const magnitude = Math.min(sample < 0 ? ~sample : sample, 32767) >> 4;
	const segment = magnitude < 16 ? 0 : Math.floor(Math.log2(magnitude)) - 3;
	const step = segment < 2 ? magnitude & 15 : (magnitude >> (segment - 1)) & 15;
	return (sign | (segment << 4) | step) ^ 0x55;
}

/** Decodes an octet of mu-law. */
export function decodeMuLaw(octet: number): number {
	const code = ~octet & 255;
	const magnitude = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132;
	return code & 0x80 ? -magnitude : magnitude;
}

/** Decodes an octet of A-law. */
export function decodeALaw(octet: number): number {
	const code = octet ^ 0x55;
	const segment = (code >> 4) & 7;
	const step = ((code & 15) << 4) + 8;
	const magnitude = segment === 0 ? step : (step + 256) << (segment - 1);
	return code & 0x80 ? magnitude : -magnitude;
}
