/*
 * Who is heard, by tones: right and wrong mixtures, and the music of the call agent beside them.
 */
import { assert } from "chai";
import { listen, toneOf } from "../../../tools/call/hearing.js";
import type { Passage, Sound } from "../../../tools/call/sound.js";
import { sampleRate } from "../../../tools/call/wav.js";
import { melody } from "../../../tools/call-agent/sounds.js";

/** Phones of which the first hears a mixture of what the others play, each at a gain, with music under it from one of its samples on. */
function phones(gains: readonly number[], music = 0, from = 0): Sound[] {
	const played: Int16Array[] = [];
	return [0, ...gains].map((_, index) => ({
		rate: sampleRate,
		play: async (sample: Int16Array, seconds: number): Promise<Passage> => {
			const length = Math.round(seconds * sampleRate);
			played[index] = Int16Array.from({ length }, (_, at) => sample[at % sample.length] as number);
			await new Promise((resolve) => setImmediate(resolve));
			const recorded = Int16Array.from({ length }, (_, at) => {
				let sum = music * melody(from + at);
				gains.forEach((gain, other) => {
					sum += gain * ((played[other + 1] as Int16Array)[at] as number);
				});
				return sum;
			});
			return { played: played[index] as Int16Array, recorded };
		},
	}));
}

describe("Hearing who speaks", () => {
	it("has a tone for each of sixteen phones, below half of the sampling rate", () => {
		for (let phone = 1; phone <= 16; phone++) assert.isBelow(toneOf(phone), sampleRate / 2);
		assert.isAbove(toneOf(1), 300);
	});

	it("finds nothing wrong with a mixture of those wanted, with music or without", async () => {
		assert.isUndefined(await listen(phones([1, 1, 0]), 1, [2, 3]));
		assert.isUndefined(await listen(phones([0.5, 0, 1], 1), 1, [2, 4]));
		assert.isUndefined(await listen(phones([0, 0], 1), 1, []));
	});

	it("takes no part of the music for somebody", async () => {
		const length = 19.2 * sampleRate;
		for (let from = 0; from < length; from += 0.1 * sampleRate)
			assert.isUndefined(await listen(phones([0, 0, 0], 1, from), 1, []), `from sample ${from}`);
	});

	it("says who is heard and should not be, and the other way round", async () => {
		assert.equal(await listen(phones([1, 0]), 1, []), "phone 2 is heard (100 %)");
		assert.equal(await listen(phones([0, 1]), 1, [2, 3]), "phone 2 is not heard (0 %)");
		assert.match((await listen(phones([0.1, 1]), 1, [2])) ?? "", /^phone 2 is not heard .*, phone 3 is heard/);
	});
});
