/*
 * The echo measurement: delay to the sample even where it changes, correlation of 1 for the same sound and near 0 for another.
 */
import { assert } from "chai";
import { measureEcho } from "../../tools/call/echo.js";
import { makeSpeech } from "../../tools/call/speech.js";

describe("The echo measurement", () => {
	const played = makeSpeech(2);

	function delayed(samples: number, gain: number): Int16Array {
		return Int16Array.from(played, (_, index) => Math.round((played[index - samples] ?? 0) * gain));
	}

	for (const lag of [0, 1, 480, 3999]) {
		it(`finds a delay of ${lag} samples at any loudness`, () => {
			const echo = measureEcho(played, delayed(lag, 0.3));
			assert.strictEqual(echo?.delay, lag / 8);
			assert.isAbove(echo?.correlation ?? 0, 0.9999);
		});
	}

	it("looks at the sound from its first audible sample on", () => {
		const quiet = new Int16Array(played.length + 4000);
		quiet.set(played, 4000);
		const recorded = new Int16Array(quiet.length);
		recorded.set(quiet.subarray(0, -400), 400);
		// What is heard before the sample was played is no echo of it.
		recorded.fill(9000, 0, 2000);
		const echo = measureEcho(quiet, recorded);
		assert.strictEqual(echo?.delay, 50);
		assert.isAbove(echo?.correlation ?? 0, 0.9999);
	});

	it("follows a delay that changes on the way", () => {
		const long = makeSpeech(4);
		const recorded = new Int16Array(long.length);
		recorded.set(long.subarray(0, 12000), 640);
		// 20 ms are left out, and the delay is less by as much from then on.
		recorded.set(long.subarray(12000 + 160, -480), 12640);
		const echo = measureEcho(long, recorded);
		assert.strictEqual(echo?.delay, 60);
		assert.isAbove(echo?.correlation ?? 0, 0.98);
	});

	it("sees a hole of a quarter", () => {
		const recorded = delayed(480, 1);
		recorded.fill(0, 4000, 8000);
		assert.isBelow(measureEcho(played, recorded)?.correlation ?? 1, 0.99);
	});

	it("takes another sound for no echo", () => {
		const other = Int16Array.from(played, (_, index) =>
			Math.round(5000 * Math.sin((2 * Math.PI * 1004 * index) / 8000)),
		);
		assert.isBelow(measureEcho(played, other)?.correlation ?? 1, 0.5);
	});

	it("takes another voice for no echo", () => {
		const other = makeSpeech(12).subarray(10 * 8000);
		assert.isBelow(measureEcho(played, other)?.correlation ?? 1, 0.7);
	});

	it("measures nothing in silence", () => {
		assert.isUndefined(measureEcho(played, new Int16Array(played.length)));
		assert.isUndefined(measureEcho(new Int16Array(played.length), played));
		assert.isUndefined(measureEcho(played.subarray(0, 100), played.subarray(0, 100)));
	});
});
