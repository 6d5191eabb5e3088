/*
 * The tick at 16 kHz: G.722 in and out, tones, volumes and routes at that rate, streams of both rates at once, changes of the rate
 * in the middle of sound, and the canceller, which hears the lower half of the band.
 */
import { spawnSync } from "node:child_process";
import { assert } from "chai";
import { needs } from "../support/optional.js";
import { Coder, FRAME, G722, MU_LAW, Pipeline } from "./support/library.js";
import { amplitude, join, peak, random, rtpPacket, sine } from "./support/signal.js";

const WIDE = 2 * FRAME;
const PACKET = 160;

function wideband(route = 1, options: { echo?: number } = {}): Pipeline {
	const pipeline = new Pipeline(route, options);
	pipeline.setWideband(true);
	return pipeline;
}

/** Sends what a far end would: a packet of 20 ms every other tick. */
class FarEnd {
	readonly #coder: Coder;
	#sequence = 0;
	#sent = 0;
	constructor(
		readonly payloadType: number,
		readonly sound: (at: number, count: number) => Int16Array,
		readonly stream = 0,
	) {
		this.#coder = new Coder(payloadType);
	}
	before(pipeline: Pipeline): void {
		if (pipeline.ticks % 2 === 1) return;
		const samples = PACKET * (this.payloadType === G722 ? 2 : 1);
		const payload = this.#coder.encode(this.sound(this.#sent, samples));
		const packet = { sequence: this.#sequence, timestamp: this.#sequence * PACKET, payload, ssrc: 7 + this.stream };
		pipeline.deliver(
			rtpPacket({ ...packet, marker: this.#sequence === 0, payloadType: this.payloadType }),
			pipeline.ticks * FRAME,
			undefined,
			this.stream,
		);
		this.#sequence++;
		this.#sent += samples;
	}
}

const steady =
	(frequency: number, loud: number, rate: number) =>
	(at: number, count: number): Int16Array =>
		sine(frequency, loud, count, at, rate);

/** Ticks with all that far ends send; what the speaker gave. */
function run(pipeline: Pipeline, ticks: number, far: readonly FarEnd[] = [], mic?: (at: number) => Int16Array) {
	return join(
		Array.from({ length: ticks }, (_, i) => {
			for (const end of far) end.before(pipeline);
			return pipeline.tick(mic?.(i * 10 * pipeline.rate));
		}),
	);
}

/** All that a stream has sent, decoded. */
function sentBy(pipeline: Pipeline, payloadType: number, stream = 0): () => Int16Array {
	const coder = new Coder(payloadType);
	return () => {
		const parts: Int16Array[] = [];
		for (let packet = pipeline.collect(stream); packet; packet = pipeline.collect(stream))
			parts.push(coder.decode(packet.slice(12)));
		return join(parts);
	};
}

const decibels = (value: number, of: number): number => 20 * Math.log10(Math.max(value, 1e-3) / of);

/** Sums of two sines. */
const both = (one: Int16Array, other: Int16Array): Int16Array => one.map((sample, i) => sample + (other[i] as number));

describe("the tick at 16 kHz", () => {
	it("is what suits a stream of G.722 while it is open, in either direction, and nothing else", () => {
		const pipeline = wideband();
		assert.strictEqual(pipeline.suits, 8);
		pipeline.openReceive(0, MU_LAW);
		pipeline.startTransmit(0, MU_LAW);
		assert.strictEqual(pipeline.suits, 8);
		pipeline.openReceive(1, G722);
		assert.strictEqual(pipeline.suits, 16);
		pipeline.closeReceive(1);
		assert.strictEqual(pipeline.suits, 8);
		pipeline.startTransmit(1, G722);
		assert.strictEqual(pipeline.suits, 16);
		pipeline.stopTransmit(1);
		assert.strictEqual(pipeline.suits, 8);
	});

	it("is never needed where converters have 8 kHz only: G.722 is refused", () => {
		const pipeline = new Pipeline();
		assert.isFalse(pipeline.openReceive(0, G722));
		assert.isFalse(pipeline.startTransmit(0, G722));
		assert.isFalse(pipeline.active);
	});

	for (const frequency of [350, 3000, 4100, 6500]) {
		it(`plays and sends ${frequency} Hz of G.722`, () => {
			const pipeline = wideband();
			pipeline.openReceive(0, G722);
			pipeline.startTransmit(0, G722);
			pipeline.rate = 16;
			const sent = sentBy(pipeline, G722);
			const parts: Int16Array[] = [];
			const heard = run(pipeline, 100, [new FarEnd(G722, steady(frequency, 6000, 16000))], (at) => {
				parts.push(sent());
				return sine(frequency, 6000, WIDE, at, 16000);
			});
			assert.closeTo(decibels(amplitude(heard.subarray(4800), frequency, 16000), 6000), 0, 0.5);
			assert.closeTo(decibels(amplitude(join(parts).subarray(4800), frequency, 16000), 6000), 0, 0.5);
		});
	}

	it("sends packets of as many octets, and counts as many units of time, as at 8 kHz", () => {
		const pipeline = wideband();
		pipeline.startTransmit(0, G722, 20, [1, 0, 1000]);
		pipeline.rate = 16;
		const packets: Buffer[] = [];
		for (let i = 0; i < 6; i++) {
			pipeline.tick(new Int16Array(WIDE));
			const packet = pipeline.collect();
			if (packet) packets.push(Buffer.from(packet));
		}
		assert.deepEqual(
			packets.map((packet) => [packet.length, (packet[1] as number) & 127, packet.readUInt32BE(4)]),
			[0, 1, 2].map((i) => [172, G722, 1000 + 160 * i]),
		);
	});

	it("conceals what is lost of G.722", () => {
		const pipeline = wideband();
		pipeline.openReceive(0, G722);
		pipeline.rate = 16;
		const far = new FarEnd(G722, steady(440, 8000, 16000));
		run(pipeline, 60, [far]);
		run(pipeline, 4);
		const counters = pipeline.counters();
		assert.isAbove(counters[12] as number, 0, "concealed");
		assert.isAbove(peak(run(pipeline, 20, [far]).subarray(1600)), 4000);
	});

	for (const [id, frequencies] of [
		[0x21, [350, 440]],
		[0x24, [440, 480]],
		[0x25, [480, 620]],
		[0x01, [697, 1209]],
	] as const) {
		it(`plays tone ${id.toString(16)} as at 8 kHz, and nothing above it`, () => {
			const [narrow, wide] = [8, 16].map((rate) => {
				const pipeline = wideband();
				pipeline.startTone(id);
				pipeline.rate = rate;
				return run(pipeline, 40).subarray(100 * rate);
			}) as [Int16Array, Int16Array];
			for (const frequency of frequencies) {
				const level = amplitude(narrow, frequency);
				assert.isAbove(level, 500);
				assert.closeTo(decibels(amplitude(wide, frequency, 16000), level), 0, 0.05);
				assert.isBelow(decibels(amplitude(wide, 8000 - frequency, 16000), level), -60);
			}
		});
	}

	it("keeps the cadence of tones", () => {
		const lengths = [8, 16].map((rate) => {
			const pipeline = wideband();
			pipeline.startTone(0x25);
			pipeline.rate = rate;
			return Array.from({ length: 300 }, () => peak(pipeline.tick()) > 0);
		});
		assert.deepEqual(lengths[0], lengths[1]);
		assert.isTrue(lengths[0]?.includes(false));
	});

	it("rings with a file's samples and those between", () => {
		const codes = new Coder(MU_LAW).encode(sine(400, 8000, 2400));
		const pipeline = wideband(0);
		assert.isTrue(pipeline.setRingFile(codes));
		pipeline.ring(2);
		pipeline.rate = 16;
		const rung = run(pipeline, 60).subarray(1600);
		assert.closeTo(amplitude(rung, 400, 16000), 8000, 200);
		assert.isBelow(decibels(amplitude(rung, 7600, 16000), 8000), -40);
	});

	it("turns volumes and routes as at 8 kHz", () => {
		const pipeline = wideband();
		pipeline.openReceive(0, G722);
		pipeline.rate = 16;
		pipeline.setVolume(1, 12);
		const far = new FarEnd(G722, steady(5000, 8000, 16000));
		const quiet = run(pipeline, 60, [far]).subarray(4800);
		assert.closeTo(decibels(amplitude(quiet, 5000, 16000), 8000), -6, 0.5);
		pipeline.setRoute(0);
		run(pipeline, 2, [far]);
		assert.strictEqual(peak(run(pipeline, 10, [far])), 0);
	});

	it("limits sums of two streams", () => {
		const pipeline = wideband();
		pipeline.openReceive(0, G722);
		pipeline.openReceive(1, G722);
		pipeline.rate = 16;
		const far = [0, 1].map((stream) => new FarEnd(G722, steady(1000, 30000, 16000), stream));
		const heard = run(pipeline, 100, far).subarray(8000);
		assert.isAtMost(peak(heard), 26100);
		assert.isBelow(decibels(amplitude(heard, 3000, 16000), 26000), -40, "without distortion");
	});
});

describe("a conference of both rates", () => {
	it("hears both, without mirrors", () => {
		const pipeline = wideband();
		pipeline.openReceive(0, G722);
		pipeline.openReceive(1, MU_LAW);
		pipeline.rate = pipeline.suits;
		const far = [new FarEnd(G722, steady(5600, 5000, 16000)), new FarEnd(MU_LAW, steady(1000, 5000, 8000), 1)];
		const heard = run(pipeline, 100, far).subarray(4800);
		assert.closeTo(decibels(amplitude(heard, 5600, 16000), 5000), 0, 0.5);
		assert.closeTo(decibels(amplitude(heard, 1000, 16000), 5000), 0, 0.5);
		assert.isBelow(decibels(amplitude(heard, 7000, 16000), 5000), -45);
	});

	it("sends each what it can hear, the narrow one without aliases", () => {
		const pipeline = wideband();
		pipeline.startTransmit(0, G722);
		pipeline.startTransmit(1, MU_LAW);
		pipeline.rate = pipeline.suits;
		const [wide, narrow] = [sentBy(pipeline, G722, 0), sentBy(pipeline, MU_LAW, 1)];
		const parts: Int16Array[][] = [[], []];
		for (let i = 0; i < 100; i++) {
			pipeline.tick(both(sine(1500, 5000, WIDE, i * WIDE, 16000), sine(6000, 5000, WIDE, i * WIDE, 16000)));
			parts[0]?.push(wide());
			parts[1]?.push(narrow());
		}
		const [first, second] = parts.map((part) => join(part)) as [Int16Array, Int16Array];
		assert.closeTo(decibels(amplitude(first.subarray(4800), 1500, 16000), 5000), 0, 0.5);
		assert.closeTo(decibels(amplitude(first.subarray(4800), 6000, 16000), 5000), 0, 0.5);
		assert.closeTo(decibels(amplitude(second.subarray(2400), 1500), 5000), 0, 0.5);
		assert.isBelow(decibels(amplitude(second.subarray(2400), 2000), 5000), -40, "6 kHz as 2 kHz");
	});

	it("plays G.722 without its upper half where a port is late to turn its converters", () => {
		const pipeline = wideband();
		pipeline.openReceive(0, G722);
		const sound = (at: number, count: number) =>
			both(sine(1000, 5000, count, at, 16000), sine(6000, 5000, count, at, 16000));
		const heard = run(pipeline, 100, [new FarEnd(G722, sound)]).subarray(2400);
		assert.closeTo(decibels(amplitude(heard, 1000), 5000), 0, 0.5);
		assert.isBelow(decibels(amplitude(heard, 2000), 5000), -40);
	});
});

/** Largest step between neighbours, as if at 16 kHz, over frames of either rate. */
function steepest(frames: readonly Int16Array[]): number {
	let [last, width] = [frames[0]?.[0] ?? 0, 1];
	let most = 0;
	for (const frame of frames) {
		for (const sample of frame) {
			most = Math.max(most, Math.abs(sample - last) / width);
			// What comes behind a sample is as far away as that one's own rate has it.
			[last, width] = [sample, frame.length === FRAME ? 2 : 1];
		}
	}
	return most;
}

describe("a change of rate", () => {
	it("keeps the phase of a tone", () => {
		const pipeline = wideband();
		pipeline.startTone(0x01);
		const before = run(pipeline, 20);
		pipeline.rate = 16;
		const after = run(pipeline, 20);
		const reference = wideband();
		reference.rate = 16;
		reference.startTone(0x01);
		const whole = run(reference, 40);
		const expected = [...before.map((_, i) => whole[2 * i] as number), ...whole.subarray(20 * WIDE, 40 * WIDE)];
		const found = [...before, ...after];
		// In the first frame the volume rises, by steps of each rate's own.
		const off = Math.max(...found.slice(FRAME).map((sample, i) => Math.abs(sample - (expected[i + FRAME] as number))));
		assert.isAtMost(off, 12);
	});

	it("is not heard in a stream of 8 kHz, there and back", () => {
		const pipeline = wideband();
		pipeline.openReceive(0, MU_LAW);
		const far = new FarEnd(MU_LAW, steady(400, 8000, 8000));
		const frames: Int16Array[] = [];
		for (const rate of [8, 16, 8, 16]) {
			pipeline.rate = rate;
			for (let i = 0; i < 15; i++) {
				far.before(pipeline);
				frames.push(pipeline.tick());
			}
		}
		// The sine's own steepest step, and what mu-law adds.
		assert.isAtMost(steepest(frames.slice(10)), ((2 * Math.PI * 400) / 16000) * 8000 * 1.25);
		assert.isAbove(peak(join(frames.slice(10))), 7500);
	});

	it("is not heard by the far end of a stream of 8 kHz", () => {
		const pipeline = wideband();
		pipeline.startTransmit(0, MU_LAW, 10);
		const sent = sentBy(pipeline, MU_LAW);
		let at = 0;
		const parts: Int16Array[] = [];
		for (const rate of [8, 16, 8, 16]) {
			pipeline.rate = rate;
			for (let i = 0; i < 15; i++, at += 2 * FRAME) {
				// The same sine at either rate, whose time is in samples at 16 kHz.
				const wide = sine(400, 8000, WIDE, at, 16000);
				pipeline.tick(rate === 16 ? wide : wide.filter((_, k) => k % 2 === 0));
				parts.push(sent());
			}
		}
		const frames = parts.slice(5);
		assert.isAtMost(steepest(frames), ((2 * Math.PI * 400) / 16000) * 8000 * 1.25);
		assert.isAbove(peak(join(frames)), 7500);
	});

	it("leaves no sound of before behind silence", () => {
		const pipeline = wideband();
		pipeline.openReceive(0, MU_LAW);
		pipeline.rate = 16;
		const far = new FarEnd(MU_LAW, steady(400, 8000, 8000));
		run(pipeline, 40, [far]);
		run(pipeline, 40);
		assert.strictEqual(peak(run(pipeline, 5)), 0);
		pipeline.rate = 8;
		assert.strictEqual(peak(run(pipeline, 5)), 0);
	});
});

describe("the canceller at 16 kHz", function () {
	this.timeout(60_000);

	before(function () {
		needs(this, spawnSync("pkg-config", ["--exists", "speexdsp"]).status === 0, "apt-get install libspeexdsp-dev");
	});

	/** Both bands of noise that changes from word to word. */
	const noise = random(3);
	const far = Int16Array.from({ length: 16000 * 6 }, (_, i) =>
		Math.floor(i / 4800) % 3 === 2 ? 0 : Math.round((noise() - 0.5) * 12000),
	);

	it("takes the echo out of the lower band, and turns the upper one down while the far end talks", () => {
		const pipeline = wideband(3, { echo: 1 });
		pipeline.openReceive(0, G722);
		pipeline.startTransmit(0, G722);
		pipeline.rate = 16;
		const sent = sentBy(pipeline, G722);
		const end = new FarEnd(G722, (at, count) => far.slice(at, at + count));
		let echo: Int16Array = new Int16Array(WIDE);
		let [there, back] = [0, 0];
		for (let i = 0; i < 290; i++) {
			end.before(pipeline);
			const mic = echo.map((sample) => sample / 2);
			echo = pipeline.tick(mic);
			const out = sent();
			if (i < 200) continue;
			for (const sample of mic) there += sample * sample;
			for (const sample of out) back += sample * sample;
		}
		assert.isAbove(there, 1e9);
		assert.isBelow(10 * Math.log10(back / there), -15);
		pipeline.close();
	});

	it("lets both bands pass as they are where the far end is silent", () => {
		const pipeline = wideband(3, { echo: 1 });
		pipeline.openReceive(0, G722);
		pipeline.startTransmit(0, G722);
		pipeline.rate = 16;
		const sent = sentBy(pipeline, G722);
		const parts: Int16Array[] = [];
		for (let i = 0; i < 100; i++) {
			pipeline.tick(sine(6000, 6000, WIDE, i * WIDE, 16000));
			parts.push(sent());
		}
		assert.closeTo(decibels(amplitude(join(parts).subarray(12800), 6000, 16000), 6000), 0, 0.6);
		pipeline.close();
	});
});
