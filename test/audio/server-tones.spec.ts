/*
 * Tones of network locales as a server's g3-tones.xml has them, as heard: ten countries with the frequencies and cadences of ITU-T E.180
 * supplement 2, each as a file that is read and played; frequencies within 0.5 %, levels within 0.5 dB, cadences by frames. What the file
 * has not sounds as without it.
 */
import { assert } from "chai";
import { XmlDocument } from "provisioning/document";
import { networkLocaleOf } from "provisioning/locale";
import { ToneFile } from "provisioning/tone-file";
import { XmlReader } from "xml/reader";
import { Pipeline } from "./support/library.js";
import { beat, join, level, peak, peakFrequency } from "./support/signal.js";
import { assertNoClick, cadence, play } from "./support/tones.js";

/** A sine of so many Hz and dBm0. */
type Sine = readonly [frequency: number, level: number];
/** A burst of sines, or a pause, in ms; Infinity is for ever. */
type Part = readonly [time: number, ...sines: Sine[]];

interface Tone {
	readonly id: number;
	readonly type: string;
	readonly parts: readonly Part[];
	/** The first burst and its pause are played so often before the rest of it is, for ever. */
	readonly first?: number;
	/** Frames of sound and pause by turns, where rounding to frames leaves room: those that are to be heard. */
	readonly frames?: readonly number[];
}

/** Amplitude of a level; 0 dBm0 is 22657 of 32767. */
const amplitudeOf = (level: number): number => 22657 * 10 ** (level / 20);

/** The attributes of a generator: the cosine of its step, and its first sample, in 1/32768. */
function generator(number: number, [frequency, dbm0]: Sine): string {
	const step = (2 * Math.PI * frequency) / 8000;
	const first = -Math.round(amplitudeOf(dbm0) * Math.sin(step));
	return `c${number}="${Math.round(32768 * Math.cos(step))}" i${number}="${first}"`;
}

function fileOf(tones: readonly Tone[]): string {
	const written = tones.map(({ type, parts, first }) => {
		const bursts = parts.filter((part) => part.length > 1);
		const sines = bursts.flatMap((part) => part.slice(1) as Sine[]);
		const generators = sines.map((sine, i) => generator(i + 1, sine)).join(" ");
		const d = bursts.reduce((sum, part, i) => sum + (part.length - 1) * 16 ** i, 0);
		const lines = parts.map((part) => {
			const time = part[0] === Number.POSITIVE_INFINITY ? 65535 : part[0];
			return `\t<part m="${part.length > 1 ? "on" : "off"}" t="${time}"/>`;
		});
		const repeat = first === undefined ? "" : ` pc1="${first}" pc2="65535"`;
		return `<tone ${generators} d="${d}" t="${type}">\n${lines.join("\n")}\n\t<repeat c="65535"${repeat}/>\n</tone>`;
	});
	return `<tones>\n<trkLocaleName>Somewhere</trkLocaleName>\n${written.join("\n")}\n</tones>\n`;
}

const inside = { id: 0x21, type: "idial" };
const outside = { id: 0x22, type: "odial" };
const busy = { id: 0x23, type: "busy" };
const alerting = { id: 0x24, type: "ringing" };
const reorder = { id: 0x25, type: "reorder" };
const waiting = { id: 0x2a, type: "amwi" };
const recording = { id: 0x26, type: "recording" };
const ever = Number.POSITIVE_INFINITY;
const one = (frequency: number): Sine => [frequency, -12];
const two = (frequency: number): Sine => [frequency, -18];

const countries: readonly (readonly [name: string, ...tones: Tone[]])[] = [
	[
		"Netherlands",
		{ ...inside, parts: [[ever, one(425)]] },
		{ ...outside, parts: [[ever, two(150), two(450)]] },
		{ ...busy, parts: [[500, one(425)], [500]] },
		{ ...alerting, parts: [[1000, one(425)], [4000]] },
		{ ...reorder, parts: [[250, one(425)], [250]] },
		{ ...waiting, parts: [[500, one(425)], [50]] },
	],
	[
		"Italy",
		{ ...inside, parts: [[ever, two(350), two(425)]] },
		{ ...outside, parts: [[200, one(425)], [200], [600, one(425)], [1000]] },
		{ ...busy, parts: [[500, one(425)], [500]] },
		{ ...alerting, parts: [[1000, one(425)], [4000]] },
		{ ...reorder, parts: [[200, one(425)], [200]] },
	],
	[
		"Spain",
		{ ...inside, parts: [[ever, one(425)]] },
		{ ...busy, parts: [[200, one(425)], [200]] },
		{ ...alerting, parts: [[1500, one(425)], [3000]] },
		{ ...reorder, parts: [[200, one(425)], [200], [200, one(425)], [200], [200, one(425)], [600]] },
	],
	[
		"Poland",
		{ ...inside, parts: [[ever, one(425)]] },
		{ ...outside, parts: [[ever, two(425), two(350)]] },
		{ ...busy, parts: [[500, one(425)], [500]] },
		{ ...alerting, parts: [[1000, one(425)], [4000]] },
	],
	[
		"Sweden",
		{ ...inside, parts: [[ever, one(425)]] },
		{ ...busy, parts: [[250, one(425)], [250]] },
		{ ...alerting, parts: [[1000, one(425)], [5000]] },
		{ ...reorder, parts: [[250, one(425)], [750]] },
		{ ...waiting, parts: [[320, one(425)], [20]] },
	],
	[
		"Russian_Federation",
		{ ...inside, parts: [[ever, one(425)]] },
		{ ...busy, parts: [[375, one(425)], [375]], frames: [38, 37] },
		{ ...alerting, parts: [[800, one(425)], [3200]] },
		{ ...waiting, first: 10, parts: [[100, two(450), two(548)], [100], [ever, two(450), two(548)]] },
	],
	[
		"Greece",
		{ ...inside, parts: [[200, one(425)], [300], [700, one(425)], [800]] },
		{ ...outside, parts: [[ever, one(425)]] },
		{ ...busy, parts: [[300, one(425)], [300]] },
		{ ...alerting, parts: [[1000, one(425)], [4000]] },
		// two bursts of one frequency each, and not of the same
		{ ...waiting, parts: [[200, one(425)], [300], [700, one(450)], [800]] },
	],
	[
		"South_Africa",
		{ ...inside, parts: [[ever, two(450), two(550)]] },
		{ ...outside, parts: [[ever, [370, -15], [435, -19]]] },
		{ ...busy, parts: [[500, one(400)], [500]] },
		{ ...alerting, parts: [[400, two(370), two(435)], [200], [400, two(370), two(435)], [2000]] },
	],
	[
		"Singapore",
		{ ...inside, parts: [[ever, one(500)]] },
		{ ...busy, parts: [[750, one(425)], [750]] },
		// swells 24 times a second
		{ ...alerting, parts: [[400, two(401), two(425)], [200], [400, two(401), two(425)], [2000]] },
		{ ...reorder, parts: [[250, one(425)], [250]] },
	],
	[
		"Czech_Republic",
		{ ...inside, parts: [[ever, one(425)]] },
		{ ...outside, parts: [[330, one(425)], [330], [660, one(425)], [660]] },
		{ ...busy, parts: [[330, one(425)], [330]] },
		{ ...alerting, parts: [[1000, one(425)], [4000]] },
		{
			...waiting,
			first: 3,
			parts: [[165, one(425)], [165], [660, one(425)], [660]],
			frames: [17, 16, 17, 16, 17, 16, 66, 66, 66, 66],
		},
		{ ...recording, parts: [[425, one(1400)], [15_000]], frames: [43, 1500] },
	],
];

function read(text: string): ToneFile {
	const file = new ToneFile();
	const document = new XmlDocument(new XmlReader(), file);
	document.data(Buffer.from(text));
	assert.strictEqual(document.end(), "");
	return file;
}

/** Frames of sound and pause by turns of two rounds; [] for an endless tone. */
function heardOf(tone: Tone): number[] {
	if (tone.frames !== undefined) return [...tone.frames];
	const rounded = tone.parts.map((part) => part[0] / 10);
	const round = (): number[] => rounded.filter((frames) => frames !== ever);
	if (tone.first !== undefined) return Array.from({ length: tone.first }, round).flat();
	return rounded[0] === ever ? [] : [...round(), ...round()];
}

describe("tones of a server", () => {
	for (const [country, ...tones] of countries) {
		for (const tone of tones) {
			it(`${country}: ${tone.type}`, () => {
				const pipeline = new Pipeline();
				pipeline.setLocale(networkLocaleOf(country));
				assert.isTrue(pipeline.setTones(read(fileOf(tones)).table));
				assert.isTrue(pipeline.startTone(tone.id));
				const expected = heardOf(tone);
				const total = expected.reduce((sum, run) => sum + run, 0);
				const endless = tone.parts.some((part) => part[0] === ever);
				const frames = play(pipeline, total + (endless ? 300 : 0));
				assert.deepEqual(cadence(frames), endless ? [...expected, 300] : expected);
				let at = 0;
				const bursts = tone.first === undefined ? tone.parts : tone.parts.slice(0, 2);
				for (const [i, [time, ...sines]] of bursts.entries()) {
					const length = time === ever ? 200 : (expected[i] as number);
					const sound = join(frames.slice(at, at + Math.min(length, 200))).subarray(80, -80);
					at += length;
					for (const [frequency, dbm0] of sines) {
						// a short burst does not part close frequencies
						if (sines.length > 1 ? 8000 / sound.length > 10 : sound.length < 600) continue;
						const found = peakFrequency(sound, frequency, 5);
						assert.closeTo(found, frequency, frequency * 0.005, "frequency");
						if (sound.length >= 2000) assert.closeTo(level(sound, found), dbm0, 0.5, `level at ${frequency} Hz`);
					}
				}
				assertNoClick(join(frames), -60);
			});
		}
	}

	it("are modulated by frequencies close to each other", () => {
		const pipeline = new Pipeline();
		pipeline.setTones(read(fileOf([{ ...alerting, parts: [[1000, two(400), two(416)], [2000]] }])).table);
		pipeline.startTone(0x24);
		assert.closeTo(beat(join(play(pipeline, 100)).subarray(80, -80)), 16, 0.5);
	});

	it("as written: 30959 and -1879 are 425 Hz of -12 dBm0", () => {
		const file = `<tones><tone c1="30959" i1="-1879" d="1" t="busy"><part m="on" t="480"/><part m="off" t="480"/></tone></tones>`;
		const pipeline = new Pipeline();
		assert.isTrue(pipeline.setTones(read(file).table));
		pipeline.startTone(0x23);
		const frames = play(pipeline, 96);
		assert.deepEqual(cadence(frames), [48, 48]);
		const sound = join(frames.slice(0, 48)).subarray(80, -80);
		assert.closeTo(peakFrequency(sound, 425, 5), 425, 1);
		assert.closeTo(level(sound, 425), -12, 0.2);
	});

	it("stand in place of the country's own, and give way to them again", () => {
		const pipeline = new Pipeline();
		const frequencies = (id: number): number => {
			pipeline.stopTone(true);
			play(pipeline, 2);
			pipeline.startTone(id);
			return Math.round(peakFrequency(join(play(pipeline, 20)).subarray(80), 425, 60));
		};
		pipeline.setLocale(49);
		assert.strictEqual(frequencies(0x23), 425);
		assert.isTrue(pipeline.setTones(read(fileOf([{ ...busy, parts: [[480, one(450)], [480]] }])).table));
		assert.strictEqual(frequencies(0x23), 450);
		assert.strictEqual(frequencies(0x22), 425, "which the file has not");
		assert.isTrue(pipeline.setTones(new Uint16Array(0)));
		assert.strictEqual(frequencies(0x23), 425);
	});

	it("that are asked for by another number, or again, go on", () => {
		const pipeline = new Pipeline();
		pipeline.setTones(read(fileOf([{ ...alerting, parts: [[1000, one(425)], [2000]] }])).table);
		pipeline.startTone(0x24);
		const frames = play(pipeline, 50);
		pipeline.startTone(0x28);
		pipeline.startTone(0x24);
		frames.push(...play(pipeline, 250));
		assert.deepEqual(cadence(frames), [100, 200]);
	});

	it("begin anew where others come while they sound, and end where there are none", () => {
		const pipeline = new Pipeline();
		const first = read(fileOf([{ ...busy, parts: [[500, one(425)], [500]] }])).table;
		const second = read(fileOf([{ ...busy, parts: [[200, one(450)], [100]] }])).table;
		pipeline.setTones(first);
		pipeline.startTone(0x23);
		play(pipeline, 70);
		assert.isTrue(pipeline.setTones(second));
		assert.deepEqual(cadence(play(pipeline, 60)), [20, 10, 20, 10]);
		assert.isTrue(pipeline.setTones(new Uint16Array(0)));
		assert.strictEqual(peak(join(play(pipeline, 20))), 0);
		assert.isFalse(pipeline.active);
		// a signal that is to be heard to its end is no more, and what waits for it begins
		const call = [7, 0, 0, 20, 440, 0, 0, 0, 5000, 0, 0, 0];
		pipeline.setTones(Uint16Array.from(call));
		pipeline.startTone(0x2d);
		play(pipeline, 2);
		pipeline.stopTone();
		pipeline.startTone(0x21);
		assert.isTrue(pipeline.setTones(first));
		assert.deepEqual(cadence(play(pipeline, 50)), [50]);
	});

	it("that are no table are refused, and nothing changes", () => {
		const pipeline = new Pipeline();
		const change = (numbers: readonly number[], ...changes: [at: number, number: number][]): number[] =>
			numbers.map((number, at) => changes.find((one) => one[0] === at)?.[1] ?? number);
		const good = [2, 0, 0, 48, 425, 0, 0, 0, 5000, 0, 0, 0];
		const pause = [2, 0, 0, 48, 0, 0, 0, 0, 0, 0, 0, 0];
		const endless = change(good, [3, 0]);
		assert.isTrue(pipeline.setTones(Uint16Array.from([...good, ...pause])));
		const bad: Record<string, number[]> = {
			"not whole": [...good, ...pause.slice(1)],
			"too many steps": Array.from({ length: 65 }, () => good).flat(),
			"no such tone": change(good, [0, 10]),
			"a tone twice": [...good, ...change(good, [0, 3]), ...good],
			"repeats behind its end": change(good, [1, 1]),
			"more often than a number holds": change(good, [2, 256]),
			"goes on behind its end": [...endless, ...pause],
			"without sound": pause,
			"4 kHz": change(good, [4, 4000]),
			"a level without a frequency": change(good, [9, 100]),
			"a frequency without a level": change(good, [5, 450]),
			"a pause with a sound": change(good, [4, 0], [8, 0], [5, 425], [9, 100]),
			"too loud in all": change(good, [5, 450], [8, 20_000], [9, 20_000]),
		};
		for (const [name, numbers] of Object.entries(bad)) {
			assert.isFalse(pipeline.setTones(Uint16Array.from(numbers)), name);
			pipeline.startTone(0x23);
			assert.deepEqual(cadence(play(pipeline, 96)), [48, 48], name);
			pipeline.stopTone(true);
			play(pipeline, 2);
		}
		assert.isTrue(
			pipeline.setTones(Uint16Array.from(Array.from({ length: 64 }, (_, i) => change(good, [3, i + 1])).flat())),
		);
	});
});
