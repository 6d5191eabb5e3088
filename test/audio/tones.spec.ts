/*
 * Tones and rings as heard: frequencies within 0.5 %, levels within 0.5 dB, cadences by frames, no clicks. Values are those
 * of the US network (ANSI T1.401).
 */
import { assert } from "chai";
import { Pipeline } from "./support/library.js";
import { amplitude, join, level, peak, peakFrequency } from "./support/signal.js";

function play(pipeline: Pipeline, frames: number): Int16Array[] {
	return Array.from({ length: frames }, () => pipeline.tick());
}

/** Lengths of sound and pause by turns, in frames, beginning with sound. */
function cadence(frames: Int16Array[]): number[] {
	const runs: number[] = [];
	let sounding = true;
	let count = 0;
	for (const frame of frames) {
		if (peak(frame) > 0 !== sounding) {
			runs.push(count);
			sounding = !sounding;
			count = 0;
		}
		count++;
	}
	runs.push(count);
	return runs;
}

interface Expected {
	id: number;
	name: string;
	frequencies: number[];
	/** Of each frequency, in dBm0. */
	level: number;
	/** Lengths of sound and pause in frames over the first `frames` frames. */
	frames: number;
	cadence: number[];
}

const expected: Expected[] = [
	{ id: 0x21, name: "inside dial", frequencies: [350, 440], level: -13, frames: 3000, cadence: [3000] },
	{ id: 0x22, name: "outside dial", frequencies: [350, 440], level: -13, frames: 1000, cadence: [1000] },
	{ id: 0x23, name: "busy", frequencies: [480, 620], level: -24, frames: 200, cadence: [50, 50, 50, 50] },
	{ id: 0x24, name: "alerting", frequencies: [440, 480], level: -19, frames: 1200, cadence: [200, 400, 200, 400] },
	{ id: 0x25, name: "reorder", frequencies: [480, 620], level: -24, frames: 100, cadence: [25, 25, 25, 25] },
	{ id: 0x2d, name: "call waiting", frequencies: [440], level: -13, frames: 2000, cadence: [30, 970, 30, 970] },
	{
		id: 0x29,
		name: "receiver off hook",
		frequencies: [1400, 2060, 2450, 2600],
		level: -13,
		frames: 40,
		cadence: [10, 10, 10, 10],
	},
	{
		id: 0x30,
		name: "recall dial",
		frequencies: [350, 440],
		level: -13,
		frames: 560,
		cadence: [10, 10, 10, 10, 10, 10, 500],
	},
	{ id: 0x31, name: "zip zip", frequencies: [480], level: -13, frames: 100, cadence: [15, 10, 15, 60] },
	{ id: 0x32, name: "zip", frequencies: [480], level: -13, frames: 100, cadence: [30, 70] },
	{ id: 0x5f, name: "milliwatt", frequencies: [1004], level: 0, frames: 500, cadence: [500] },
	{ id: 5, name: "DTMF 5", frequencies: [770, 1336], level: -8, frames: 100, cadence: [100] },
	{ id: 15, name: "DTMF #", frequencies: [941, 1477], level: -8, frames: 100, cadence: [100] },
];

describe("tones", () => {
	for (const tone of expected) {
		it(`${tone.name} (0x${tone.id.toString(16)})`, () => {
			const pipeline = new Pipeline();
			pipeline.startTone(tone.id);
			const frames = play(pipeline, tone.frames);
			assert.deepEqual(cadence(frames), tone.cadence);

			// Within the longest burst, without the ramps at its ends.
			const bursts = tone.cadence.map((length, i) => (i % 2 === 0 ? length : 0));
			const longest = bursts.indexOf(Math.max(...bursts));
			const from = tone.cadence.slice(0, longest).reduce((sum, length) => sum + length, 0);
			const sound = join(frames.slice(from, from + Math.min(tone.cadence[longest] as number, 100))).subarray(80, -80);
			for (const frequency of tone.frequencies) {
				const found = peakFrequency(sound, frequency);
				assert.closeTo(found, frequency, frequency * 0.005, "frequency");
				// A short window does not part close frequencies well enough to measure their levels.
				if (sound.length >= 2000) assert.closeTo(level(sound, found), tone.level, 0.5, `level at ${frequency} Hz`);
			}
		});
	}

	it("beep-bonk goes from a high to a low note and ends", () => {
		const pipeline = new Pipeline();
		pipeline.startTone(0x33);
		const frames = play(pipeline, 60);
		assert.deepEqual(cadence(frames), [32, 28]);
		assert.closeTo(peakFrequency(join(frames.slice(1, 11)), 800), 800, 4);
		assert.closeTo(peakFrequency(join(frames.slice(13, 31)), 400), 400, 2);
		assert.isFalse(pipeline.active);
	});

	for (const id of [0, 0x0b, 0x7f, 0x83, 0xffffffff]) {
		it(`0x${id.toString(16)} is silence and leaves the pipeline idle`, () => {
			const pipeline = new Pipeline();
			pipeline.startTone(id);
			assert.deepEqual(cadence(play(pipeline, 10)), [0, 10]);
			assert.isFalse(pipeline.active);
		});
	}

	it("a silent id ends the tone before", () => {
		const pipeline = new Pipeline();
		pipeline.startTone(0x21);
		play(pipeline, 50);
		pipeline.startTone(0x7f);
		assert.deepEqual(cadence(play(pipeline, 5)), [1, 4]);
		assert.isFalse(pipeline.active);
	});

	it("does not click at beginnings, ends and changes", () => {
		const pipeline = new Pipeline();
		const frames = play(pipeline, 2);
		for (const id of [0x21, 0x25, 0x23, 0x01, 0x33, 0x21]) {
			pipeline.startTone(id);
			frames.push(...play(pipeline, 73));
		}
		pipeline.stopTone();
		frames.push(...play(pipeline, 3));
		const sound = join(frames);
		assert.strictEqual(peak(sound.subarray(-80)), 0);
		// No tone here has anything near 3.8 kHz; a click has.
		for (let at = 0; at + 160 <= sound.length; at += 80) {
			assert.isBelow(20 * Math.log10((amplitude(sound.subarray(at, at + 160), 3800) + 1e-9) / 32768), -60, `at ${at}`);
		}
	});

	it("goes on without a break when the same tone is started again", () => {
		const once = new Pipeline();
		const twice = new Pipeline();
		once.startTone(0x21);
		twice.startTone(0x21);
		play(once, 10);
		play(twice, 10);
		twice.startTone(0x21);
		assert.deepEqual(twice.tick(), once.tick());
	});

	it("plays no tone on route none", () => {
		const pipeline = new Pipeline(0);
		pipeline.startTone(0x21);
		play(pipeline, 1);
		assert.strictEqual(peak(join(play(pipeline, 20))), 0);
	});
});

describe("rings", () => {
	const cycles: { mode: number; cadence: number[] }[] = [
		{ mode: 2, cadence: [200, 400] },
		{ mode: 3, cadence: [80, 40, 80, 400] },
		{ mode: 4, cadence: [40, 20, 40, 20, 80, 400] },
		{ mode: 6, cadence: [40, 20] },
		{ mode: 7, cadence: [200, 400] },
		{ mode: 8, cadence: [80, 40, 80, 400] },
		{ mode: 9, cadence: [40, 20, 40, 20, 80, 400] },
		{ mode: 10, cadence: [32, 20, 100, 20, 32, 400] },
	];

	for (const { mode, cadence: cycle } of cycles) {
		it(`mode ${mode} repeats its cadence until it is turned off`, () => {
			const pipeline = new Pipeline(0);
			pipeline.ring(mode);
			const length = cycle.reduce((sum, run) => sum + run, 0);
			assert.deepEqual(cadence(play(pipeline, 2 * length)), [...cycle, ...cycle]);
			pipeline.ring(1);
			play(pipeline, 2);
			assert.isFalse(pipeline.active);
		});

		it(`mode ${mode} once ends after one round`, () => {
			const pipeline = new Pipeline(0);
			pipeline.ring(mode, true);
			const length = cycle.reduce((sum, run) => sum + run, 0);
			assert.deepEqual(cadence(play(pipeline, length)), cycle);
			assert.isFalse(pipeline.active);
		});
	}

	it("mode 11 is a single splash", () => {
		const pipeline = new Pipeline(0);
		pipeline.ring(11);
		assert.deepEqual(cadence(play(pipeline, 200)), [52, 148]);
		assert.isFalse(pipeline.active);
	});

	for (const mode of [0, 1, 5, 12]) {
		it(`mode ${mode} is silent`, () => {
			const pipeline = new Pipeline();
			pipeline.ring(mode);
			assert.deepEqual(cadence(play(pipeline, 5)), [0, 5]);
			assert.isFalse(pipeline.active);
		});
	}

	it("rings at its own volume, not the route's", () => {
		const pipeline = new Pipeline(1);
		pipeline.setVolume(1, 0);
		pipeline.ring(2);
		play(pipeline, 1);
		const loud = peak(join(play(pipeline, 100)));
		pipeline.setVolume(0, 8);
		play(pipeline, 1);
		assert.closeTo(20 * Math.log10(loud / peak(join(play(pipeline, 90)))), 12, 0.2);
	});
});
