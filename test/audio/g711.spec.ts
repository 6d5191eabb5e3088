/*
 * G.711 against the standard: values are worked out here from the end points and step sizes of tables 1 and 2 of ITU-T
 * G.711 (11/88), by comparison with decision values, not by the shifts of the code under test.
 */
import { assert } from "chai";
import { A_LAW, decode, encode, MU_LAW } from "./support/library.js";

interface Interval {
	/** Least magnitude of the interval and the value decoded from it, in the law's own units. */
	decision: number;
	value: number;
}

/** Tables 2a/2b: 8 segments; the end points are 0 31 95 223 479 991 2015 4063 8159, with a first step of half size. */
function muLaw(): Interval[] {
	const ends = [31, 95, 223, 479, 991, 2015, 4063, 8159];
	const intervals: Interval[] = [{ decision: 0, value: 0 }];
	let at = 1;
	for (const end of ends) {
		const step = end === 31 ? 2 : (end - at) / 16;
		for (; at < end; at += step) intervals.push({ decision: at, value: at + step / 2 });
	}
	return intervals;
}

/** Tables 1a/1b: 13 segments, end points 64 128 256 ... 4096, 32 steps of 2 and then 16 a segment. */
function aLaw(): Interval[] {
	const intervals: Interval[] = [];
	let at = 0;
	for (const end of [64, 128, 256, 512, 1024, 2048, 4096]) {
		const step = end === 64 ? 2 : (end - at) / 16;
		for (; at < end; at += step) intervals.push({ decision: at, value: at + step / 2 });
	}
	return intervals;
}

/** Number of the interval that a magnitude lies in; the last is open upwards. */
function find(intervals: Interval[], magnitude: number): number {
	let index = 0;
	while (index + 1 < intervals.length && magnitude >= (intervals[index + 1] as Interval).decision) index++;
	return index;
}

const laws = [
	{ name: "mu-law", law: MU_LAW, intervals: muLaw(), scale: 4, positive: 0xff, negative: 0x7f },
	{ name: "A-law", law: A_LAW, intervals: aLaw(), scale: 8, positive: 0xd5, negative: 0x55 },
];

describe("G.711", () => {
	for (const { name, law, intervals, scale, positive, negative } of laws) {
		it(`${name} has 128 intervals of each sign`, () => {
			assert.lengthOf(intervals, 128);
		});

		it(`encodes all 65,536 samples in ${name}`, () => {
			const samples = Int16Array.from({ length: 65536 }, (_, i) => i - 32768);
			const codes = encode(law, samples);
			for (let i = 0; i < samples.length; i++) {
				const sample = samples[i] as number;
				// The reference of G.191 mirrors negative samples by ones' complement.
				const magnitude = Math.floor((sample < 0 ? -1 - sample : sample) / scale);
				const expected = (sample < 0 ? negative : positive) ^ find(intervals, magnitude);
				if (codes[i] !== expected) assert.strictEqual(codes[i], expected, `sample ${sample}`);
			}
		});

		it(`decodes all 256 codes of ${name}`, () => {
			const samples = decode(
				law,
				Uint8Array.from({ length: 256 }, (_, i) => i),
			);
			for (let number = 0; number < 128; number++) {
				const value = (intervals[number] as Interval).value * scale;
				assert.strictEqual(samples[positive ^ number], value, `positive ${number}`);
				assert.strictEqual(samples[negative ^ number], -value || 0, `negative ${number}`);
			}
		});

		it(`gives every code of ${name} back that it decodes, but for minus zero`, () => {
			const codes = Uint8Array.from({ length: 256 }, (_, i) => i);
			const again = encode(law, decode(law, codes));
			const changed = [...codes].filter((code, i) => again[i] !== code);
			assert.deepEqual(changed, law === MU_LAW ? [0x7f] : []);
		});
	}

	it("encodes any count of samples", () => {
		for (let count = 0; count < 20; count++) {
			const samples = Int16Array.from({ length: count }, (_, i) => i * 1000 - 9000);
			assert.deepEqual(encode(MU_LAW, samples), encode(MU_LAW, new Int16Array([...samples, 0])).subarray(0, count));
		}
	});
});
