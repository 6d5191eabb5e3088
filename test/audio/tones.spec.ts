/*
 * Tones and rings as heard: frequencies within 0.5 %, levels within 0.5 dB, cadences by frames, no clicks. Values are those
 * of the US network (ANSI T1.401).
 */
import { assert } from "chai";
import { countries, networkLocaleOf } from "provisioning/locale";
import { decode, encode, FRAME, hasTone, MU_LAW, Pipeline } from "./support/library.js";
import { amplitude, beat, join, level, peak, peakFrequency, sine } from "./support/signal.js";
import { assertNoClick, cadence, play } from "./support/tones.js";

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

	it("tells which ids it knows", () => {
		const pipeline = new Pipeline();
		for (const id of [0, 0x01, 0x21, 0x33, 0x5f, 0x7f]) assert.isTrue(pipeline.startTone(id), String(id));
		for (const id of [0x0b, 0x34, 0x83, 0xffffffff]) assert.isFalse(pipeline.startTone(id), String(id));
	});

	it("signals are heard to their end though they are stopped in the same breath", () => {
		for (const [id, heard] of [
			[0x2d, [30]],
			[0x40, [30]],
			[0x41, [10, 10, 10, 10, 10]],
			[0x2e, [10, 10, 10, 10, 10]],
			[0x2f, [30]],
			[0x31, [15, 10, 15]],
			[0x32, [30]],
			[0x33, [32]],
		] as const) {
			for (const before of [0, 1, 5]) {
				const pipeline = new Pipeline();
				pipeline.startTone(id);
				const frames = play(pipeline, before);
				pipeline.stopTone();
				pipeline.stopTone();
				frames.push(...play(pipeline, 100 - before));
				const bursts = cadence(frames);
				assert.deepEqual(bursts.slice(0, -1), [...heard], `0x${id.toString(16)}`);
				assert.isFalse(pipeline.active);
			}
		}
		const germany = new Pipeline();
		germany.setLocale(49);
		germany.startTone(0x2d);
		germany.stopTone();
		assert.deepEqual(cadence(play(germany, 100)), [20, 20, 20, 40]);
		assert.isFalse(germany.active);
	});

	it("other tones, and the pause of a signal that repeats itself, end at once", () => {
		for (const id of [0x21, 0x23, 0x24, 0x25, 0x26]) {
			const pipeline = new Pipeline();
			pipeline.startTone(id);
			play(pipeline, 5);
			pipeline.stopTone();
			play(pipeline, 1);
			assert.isFalse(pipeline.active);
		}
		const waiting = new Pipeline();
		waiting.startTone(0x2d);
		play(waiting, 50);
		waiting.stopTone();
		play(waiting, 1);
		assert.isFalse(waiting.active);
	});

	it("a signal that was stopped is heard before the next tone, one that was not gives way to it, and both to silence", () => {
		const stopped = new Pipeline();
		stopped.startTone(0x32);
		stopped.stopTone();
		stopped.startTone(0x23);
		assert.deepEqual(cadence(play(stopped, 200)), [80, 50, 50, 20]);
		const replaced = new Pipeline();
		replaced.startTone(0x32);
		play(replaced, 5);
		replaced.startTone(0x23);
		assert.deepEqual(cadence(play(replaced, 106)), [51, 50, 5]);
		for (const end of [
			(pipeline: Pipeline) => pipeline.stopTone(true),
			(pipeline: Pipeline) => pipeline.startTone(0x7f),
		]) {
			const cut = new Pipeline();
			cut.startTone(0x32);
			cut.stopTone();
			cut.startTone(0x23);
			play(cut, 5);
			end(cut);
			play(cut, 1);
			assert.isFalse(cut.active);
		}
		// stopped again, nothing comes after it
		const twice = new Pipeline();
		twice.startTone(0x32);
		twice.stopTone();
		twice.startTone(0x23);
		twice.stopTone();
		assert.deepEqual(cadence(play(twice, 100)), [30, 70]);
	});

	it("a signal to the far end does not wait there for the next call", () => {
		const pipeline = new Pipeline();
		pipeline.startTone(0x32, 1);
		pipeline.stopTone();
		pipeline.startTransmit();
		let sent = 0;
		for (let i = 0; i < 10; i += 1) {
			pipeline.tick();
			for (let packet = pipeline.collect(); packet !== undefined; packet = pipeline.collect()) {
				sent += 1;
				assert.isTrue(packet.subarray(12).every((code) => code === 0xff || code === 0x7f));
			}
		}
		assert.strictEqual(sent, 5);
	});

	it("a ringer mode tells how long it sounds once", () => {
		const pipeline = new Pipeline();
		for (const [mode, length] of [
			[1, 0],
			[2, 2000],
			[3, 2000],
			[4, 2000],
			[5, 0],
			[6, 400],
			[10, 2040],
			[11, 520],
		] as const) {
			assert.strictEqual(pipeline.ring(mode, true), length);
			assert.strictEqual(pipeline.ring(mode, false), 0);
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

/** Cadences are in hundredths of a second, as frames; frequencies of the first burst; the level of each in dBm0; how often a second it swells. */
const networks: {
	name: string;
	tones: { id: number; frequencies: number[]; level: number; cadence: number[]; swells?: number }[];
}[] = [
	{
		name: "United_Kingdom",
		tones: [
			{ id: 0x21, frequencies: [350, 440], level: -13, cadence: [] },
			{ id: 0x22, frequencies: [350, 440], level: -13, cadence: [] },
			{ id: 0x23, frequencies: [400], level: -10, cadence: [37, 38] },
			{ id: 0x24, frequencies: [400, 450], level: -13, cadence: [40, 20, 40, 200], swells: 50 },
			{ id: 0x25, frequencies: [400], level: -10, cadence: [40, 35, 22, 53] },
			{ id: 0x2b, frequencies: [400], level: -10, cadence: [] },
			{ id: 0x2d, frequencies: [400], level: -13, cadence: [10, 300] },
		],
	},
	{
		name: "Germany",
		tones: [
			{ id: 0x21, frequencies: [425], level: -10, cadence: [20, 30, 20, 30, 20, 80] },
			{ id: 0x22, frequencies: [425], level: -10, cadence: [] },
			{ id: 0x23, frequencies: [425], level: -10, cadence: [48, 48] },
			{ id: 0x24, frequencies: [425], level: -10, cadence: [100, 400] },
			{ id: 0x25, frequencies: [425], level: -10, cadence: [24, 24] },
			{ id: 0x30, frequencies: [400, 425], level: -13, cadence: [], swells: 25 },
			{ id: 0x2d, frequencies: [425], level: -13, cadence: [20, 20, 20, 500] },
		],
	},
	{
		name: "France",
		tones: [
			{ id: 0x21, frequencies: [330, 440], level: -13, cadence: [] },
			{ id: 0x22, frequencies: [440], level: -10, cadence: [] },
			{ id: 0x23, frequencies: [440], level: -10, cadence: [50, 50] },
			{ id: 0x24, frequencies: [440], level: -10, cadence: [150, 350] },
			{ id: 0x25, frequencies: [440], level: -10, cadence: [25, 25] },
			{ id: 0x2d, frequencies: [440], level: -13, cadence: [30, 1000] },
		],
	},
	{
		name: "Australia",
		tones: [
			{ id: 0x21, frequencies: [450, 550], level: -13, cadence: [] },
			{ id: 0x22, frequencies: [400, 425], level: -13, cadence: [], swells: 25 },
			{ id: 0x23, frequencies: [425], level: -10, cadence: [37, 38] },
			{ id: 0x24, frequencies: [400, 450], level: -13, cadence: [40, 20, 40, 200], swells: 50 },
			{ id: 0x25, frequencies: [400], level: -10, cadence: [37, 38] },
			{ id: 0x2a, frequencies: [400, 425], level: -13, cadence: [10, 4] },
			{ id: 0x2d, frequencies: [425], level: -13, cadence: [20, 20, 20, 440] },
		],
	},
	{
		name: "Japan",
		tones: [
			{ id: 0x21, frequencies: [400], level: -10, cadence: [25, 25] },
			{ id: 0x22, frequencies: [400], level: -10, cadence: [] },
			{ id: 0x23, frequencies: [400], level: -10, cadence: [50, 50] },
			// Of the modulated tones the carrier, which has two thirds of the power.
			{ id: 0x24, frequencies: [400], level: -12, cadence: [100, 200], swells: 16 },
			{ id: 0x25, frequencies: [400], level: -10, cadence: [50, 50] },
			{ id: 0x2d, frequencies: [400], level: -12, cadence: [50, 400], swells: 16 },
		],
	},
];

describe("tones of networks", () => {
	for (const network of networks) {
		for (const tone of network.tones) {
			it(`${network.name}: 0x${tone.id.toString(16)}`, () => {
				const pipeline = new Pipeline();
				pipeline.setLocale(networkLocaleOf(network.name));
				pipeline.startTone(tone.id);
				const period = tone.cadence.length ? tone.cadence.reduce((sum, run) => sum + run, 0) : 300;
				const frames = play(pipeline, 2 * period);
				const whole = tone.cadence.length ? [...tone.cadence, ...tone.cadence] : [600];
				assert.deepEqual(cadence(frames), whole);
				const sound = join(frames.slice(0, Math.min(whole[0] as number, 200))).subarray(80, -80);
				for (const frequency of tone.frequencies) {
					// A short burst does not part close frequencies.
					const close = tone.frequencies.length > 1 ? 8000 / sound.length > 10 : sound.length < 600;
					if (close) continue;
					const found = peakFrequency(sound, frequency, 5);
					assert.closeTo(found, frequency, frequency * 0.005, "frequency");
					if (sound.length >= 2000) assert.closeTo(level(sound, found), tone.level, 0.5, `level at ${frequency} Hz`);
				}
				if (tone.swells !== undefined) assert.closeTo(beat(sound), tone.swells, 0.5, "swells");
				assertNoClick(join(frames), -60);
			});
		}
	}

	it("are those of the countries that a configuration can name, and of no other", () => {
		const codes = Array.from({ length: 1000 }, (_, code) => code).filter((code) => hasTone(code, 0x21));
		const named = countries.map(([, code]) => code).filter((code) => code !== networkLocaleOf("United_States"));
		assert.sameMembers(named, codes);
		assert.sameMembers(
			networks.map((network) => networkLocaleOf(network.name)),
			codes,
		);
	});

	it("Japan: the ringback tone is 400 Hz modulated wholly at 16 Hz, as loud in all as one frequency", () => {
		const pipeline = new Pipeline();
		pipeline.setLocale(81);
		pipeline.startTone(0x24);
		const sound = join(play(pipeline, 100)).subarray(80, -80);
		for (const side of [384, 416]) assert.closeTo(level(sound, 400) - level(sound, side), 6, 0.2);
		const power = sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length;
		assert.closeTo(10 * Math.log10((2 * power) / 32636 ** 2) + 3.17, -10, 0.5);
		// It falls silent once in 500 samples.
		const runs = Array.from({ length: 15 }, (_, i) => sound.subarray(i * 500, i * 500 + 500));
		for (const run of runs) {
			const parts = Array.from({ length: 10 }, (_, i) => peak(run.subarray(i * 50, i * 50 + 50)));
			assert.isBelow(Math.min(...parts), 800);
			assert.isAbove(Math.max(...parts), 11000);
		}
	});

	it("the United Kingdom's dial tone is one inside and outside, and goes on from one to the other", () => {
		const [changed, steady] = [new Pipeline(), new Pipeline()];
		for (const pipeline of [changed, steady]) {
			pipeline.setLocale(44);
			pipeline.startTone(0x21);
			play(pipeline, 10);
		}
		changed.startTone(0x22);
		assert.deepEqual(join(play(changed, 10)), join(play(steady, 10)));
	});

	it("Germany: the special information tone is three notes in a row", () => {
		const pipeline = new Pipeline();
		pipeline.setLocale(49);
		pipeline.startTone(0x2b);
		const frames = play(pipeline, 398);
		assert.deepEqual(cadence(frames), [99, 100, 99, 100]);
		for (const [i, frequency] of [950, 1400, 1800].entries()) {
			const note = join(frames.slice(33 * i + 1, 33 * i + 32));
			assert.closeTo(peakFrequency(note, frequency), frequency, frequency * 0.005);
		}
	});

	it("what a network has not, and an unknown network, sound as in the US", () => {
		for (const [country, id] of [
			[33, 0x32],
			[81, 5],
			[1, 0x21],
			[0, 0x21],
			[7, 0x21],
			[65536 + 44, 0x24],
		] as const) {
			const there = new Pipeline();
			there.setLocale(country);
			const here = new Pipeline();
			for (const pipeline of [there, here]) pipeline.startTone(id);
			assert.deepEqual(join(play(there, 50)), join(play(here, 50)));
		}
	});

	it("a change of network leaves what sounds as it is", () => {
		const pipeline = new Pipeline();
		pipeline.startTone(0x21);
		play(pipeline, 10);
		pipeline.setLocale(49);
		assert.isAbove(amplitude(join(play(pipeline, 50)), 350), 4000);
		pipeline.startTone(0x21);
		play(pipeline, 2);
		assert.isBelow(amplitude(join(play(pipeline, 50)), 350), 100);
	});
});

describe("key feedback", () => {
	const rows = [697, 770, 852, 941];
	const columns = [1209, 1336, 1477, 1633];
	const keys = ["123A", "456B", "789C", "*0#D"];
	for (const [event, key] of [..."0123456789*#ABCD"].entries()) {
		it(`key ${key} sounds for 100 ms with its two frequencies`, () => {
			const row = keys.findIndex((word) => word.includes(key));
			const column = (keys[row] as string).indexOf(key);
			const pipeline = new Pipeline();
			pipeline.keyTone(event);
			const frames = play(pipeline, 20);
			assert.deepEqual(cadence(frames), [10, 10]);
			assert.isFalse(pipeline.active);
			const sound = join(frames.slice(1, 9));
			for (const frequency of [rows[row] as number, columns[column] as number]) {
				assert.closeTo(peakFrequency(sound, frequency, 12), frequency, frequency * 0.005);
				assert.closeTo(level(sound, frequency), -19, 0.5);
			}
		});
	}

	it("sounds over a tone that goes on, without a click, and again at once for the next key", () => {
		const pipeline = new Pipeline();
		pipeline.startTone(0x21);
		const frames = play(pipeline, 20);
		for (let i = 0; i < 5; i++) {
			pipeline.keyTone(8);
			frames.push(...play(pipeline, 7));
		}
		frames.push(...play(pipeline, 20));
		for (const from of [21, 28, 35, 42, 49]) assert.isAbove(amplitude(join(frames.slice(from, from + 5)), 852), 1500);
		assert.isBelow(amplitude(join(frames.slice(-15)), 852), 50);
		assert.isAbove(amplitude(join(frames.slice(-15)), 440), 4000);
		assertNoClick(join(frames), -50);
	});

	it("there is no key 16", () => {
		const pipeline = new Pipeline();
		pipeline.keyTone(16);
		assert.strictEqual(peak(join(play(pipeline, 3))), 0);
		assert.isFalse(pipeline.active);
	});
});

describe("sounds of the ringer", () => {
	it("four bells, each its own, the first for an unknown number", () => {
		const sounds = [0, 1, 2, 3, 4].map((bell) => {
			const pipeline = new Pipeline(0);
			pipeline.setBell(bell);
			pipeline.ring(2);
			const frames = play(pipeline, 600);
			assert.deepEqual(cadence(frames), [200, 400]);
			assert.isAbove(peak(join(frames)), 5000);
			assertNoClick(join(frames), -50);
			return join(frames);
		});
		for (let i = 0; i < 4; i++) for (let j = 0; j < i; j++) assert.notDeepEqual(sounds[i], sounds[j]);
		assert.deepEqual(sounds[4], sounds[0]);
	});

	/** A ring file of a note that repeats whole, as mu-law. */
	const file = (octets: number, frequency: number): Uint8Array => encode(MU_LAW, sine(frequency, 8000, octets));

	for (const octets of [80, 240, 720, 16080]) {
		it(`a ring file of ${octets} samples sounds in the ringer's cadence, over and over`, () => {
			const pipeline = new Pipeline(0);
			const codes = file(octets, 500);
			assert.isTrue(pipeline.setRingFile(codes));
			pipeline.ring(3);
			const frames = play(pipeline, 600);
			assert.deepEqual(cadence(frames), [80, 40, 80, 400]);
			const samples = decode(MU_LAW, codes);
			for (const begin of [0, 120]) {
				const sound = join(frames.slice(begin, begin + 80));
				for (let i = 40; i < sound.length - 40; i++)
					assert.closeTo(sound[i] as number, samples[i % octets] as number, 2);
			}
			assertNoClick(join(frames), -60);
			pipeline.ring(1);
			play(pipeline, 1);
			assert.isFalse(pipeline.active);
			pipeline.setBell(0);
			pipeline.ring(2);
			assert.isAbove(amplitude(join(play(pipeline, 4)), 784), 3000);
		});
	}

	for (const octets of [0, 1, 79, 241, 16399, 16480, 1 << 20]) {
		it(`refuses a ring file of ${octets} samples and keeps the bell`, () => {
			const pipeline = new Pipeline(0);
			assert.isFalse(pipeline.setRingFile(new Uint8Array(octets)));
			pipeline.ring(2);
			assert.isAbove(amplitude(join(play(pipeline, 4)), 784), 3000);
		});
	}

	it("takes another file while it rings", () => {
		const pipeline = new Pipeline(0);
		pipeline.setRingFile(file(16080, 500));
		pipeline.ring(2);
		play(pipeline, 150);
		pipeline.setRingFile(file(240, 1000));
		const sound = join(play(pipeline, 40));
		assert.isAbove(amplitude(sound, 1000), 7000);
		assert.strictEqual(sound.length, 40 * FRAME);
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
		const pipeline = new Pipeline(3);
		pipeline.setVolume(3, 0);
		pipeline.ring(2);
		play(pipeline, 1);
		const loud = peak(join(play(pipeline, 100)));
		pipeline.setVolume(0, 8);
		play(pipeline, 1);
		assert.closeTo(20 * Math.log10(loud / peak(join(play(pipeline, 90)))), 12, 0.2);
	});
});
