/*
 * The filter between sound at 8 and at 16 kHz: what passes, what does not, how late, and that loud sound stays in bounds.
 */
import { assert } from "chai";
import { halfband } from "./support/library.js";
import { amplitude, peak, sine } from "./support/signal.js";

/** Samples at 16 kHz of a second, and those at the beginning that are still silence's. */
const second = 16000;
const settling = 400;
const loud = 10000;

function decibels(part: number, whole: number): number {
	return 20 * Math.log10(part / whole);
}

describe("half-band filter", () => {
	it("halves: level up to 3.45 kHz, and nothing of what lies above 4.55 kHz comes back below", () => {
		for (let frequency = 100; frequency <= 3450; frequency += 335) {
			const narrow = halfband().halve(sine(frequency, loud, second, 0, 16000));
			assert.closeTo(decibels(amplitude(narrow.subarray(settling), frequency), loud), 0, 0.05, `${frequency} Hz`);
		}
		for (let frequency = 4550; frequency < 8000; frequency += 230) {
			const narrow = halfband().halve(sine(frequency, loud, second, 0, 16000));
			const alias = 8000 - frequency;
			assert.isBelow(decibels(amplitude(narrow.subarray(settling), alias), loud), -48, `${frequency} Hz`);
		}
	});

	it("doubles: level up to 3.45 kHz, without the mirror of it above 4.55", () => {
		for (let frequency = 100; frequency <= 3450; frequency += 335) {
			const wide = halfband()
				.double(sine(frequency, loud, second / 2))
				.subarray(settling);
			assert.closeTo(decibels(amplitude(wide, frequency, 16000), loud), 0, 0.05, `${frequency} Hz`);
			assert.isBelow(decibels(amplitude(wide, 8000 - frequency, 16000), loud), -48, `${frequency} Hz`);
		}
	});

	it("is late by 1.4 and 1.5 ms, and leaves a constant as it is", () => {
		const click = new Int16Array(320);
		click[160] = 20000;
		const narrow = halfband().halve(click);
		// between two samples at 8 kHz: both beside it are alike
		const at = (160 + 23 - 1) / 2;
		assert.equal(narrow.indexOf(Math.max(...narrow)), at);
		assert.closeTo(narrow[at] as number, narrow[at + 1] as number, 1);
		const low = new Int16Array(160);
		low[80] = 20000;
		const wide = halfband().double(low);
		assert.equal(wide.indexOf(20000), 160 + 24);
		const steady = halfband().halve(new Int16Array(second).fill(-7001)).subarray(settling);
		assert.isTrue(steady.every((sample) => Math.abs(sample + 7001) <= 1));
		const doubled = halfband().double(new Int16Array(second).fill(-7001)).subarray(settling);
		assert.isTrue(doubled.every((sample) => Math.abs(sample + 7001) <= 1));
	});

	it("is limited where a step overshoots, either way", () => {
		const square = Int16Array.from({ length: second }, (_, i) => ((i >> 5) & 1 ? 32767 : -32768));
		for (const sound of [halfband().halve(square), halfband().double(square)]) {
			assert.isAtLeast(peak(sound), 32767);
			// what wraps would jump
			let same = 0;
			for (let i = 1; i < sound.length; i++) if ((sound[i] as number) * (sound[i - 1] as number) > 0) same++;
			assert.isAbove(same / sound.length, 0.9);
		}
	});
});
