/*
 * Routes, volumes, sidetone, mute and the limiter as heard.
 */
import { assert } from "chai";
import { decode, encode, FRAME, MU_LAW, Pipeline } from "./support/library.js";
import { amplitude, join, peak, rtpPacket, sine } from "./support/signal.js";

/** A pipeline in a call that plays a sine. */
function inCall(frequency: number, loudness: number, route = 1) {
	const pipeline = new Pipeline(route);
	pipeline.openReceive(0, 0, 10);
	pipeline.startTransmit(0, 0, 10);
	let sequence = 0;
	const next = (mic?: Int16Array): Int16Array => {
		const payload = encode(MU_LAW, sine(frequency, loudness, FRAME, sequence * FRAME));
		pipeline.deliver(rtpPacket({ sequence, timestamp: sequence * FRAME, payload }));
		sequence++;
		return pipeline.tick(mic);
	};
	for (let i = 0; i < 20; i++) next();
	return { pipeline, next };
}

const sent = (pipeline: Pipeline): Int16Array => decode(MU_LAW, (pipeline.collect() as Uint8Array).subarray(12));

/** What a click has and a low sine has not, in dBFS. */
function clicks(sound: Int16Array): number {
	let most = -200;
	for (let at = 0; at + 160 <= sound.length; at += 40) {
		most = Math.max(most, 20 * Math.log10((amplitude(sound.subarray(at, at + 160), 3700) + 1e-9) / 32768));
	}
	return most;
}

describe("routes", () => {
	it("are switched in silence, without a click on either side", () => {
		const { pipeline, next } = inCall(400, 12000);
		pipeline.setVolume(2, 10);
		pipeline.setVolume(3, 20);
		while (pipeline.collect());
		const heard: Int16Array[] = [];
		const said: Int16Array[] = [];
		let at = 0;
		const step = () => {
			const before = pipeline.routed;
			heard.push(next(sine(300, 12000, FRAME, at++ * FRAME)));
			said.push(sent(pipeline));
			// Where hardware would be turned, nothing sounds: the end of the frame before, the beginning of this one.
			if (pipeline.routed !== before) {
				assert.isBelow(Math.abs(heard.at(-2)?.[FRAME - 1] ?? 0), 50);
				assert.isBelow(Math.abs(heard.at(-1)?.[0] ?? 0), 300);
				assert.isBelow(Math.abs(said.at(-2)?.[FRAME - 1] ?? 0), 50);
			}
		};
		for (const route of [3, 2, 1, 3, 0, 1]) {
			for (let i = 0; i < 10; i++) step();
			pipeline.setRoute(route);
			step();
			step();
			assert.strictEqual(pipeline.routed, route);
		}
		for (let i = 0; i < 10; i++) step();
		assert.isBelow(clicks(join(heard)), -50);
		assert.isBelow(clicks(join(said)), -50);
	});

	it("change twice in one tick: the last one counts", () => {
		const { pipeline, next } = inCall(400, 8000);
		pipeline.setRoute(3);
		pipeline.setRoute(2);
		next();
		next();
		assert.strictEqual(pipeline.routed, 2);
		pipeline.setRoute(3);
		pipeline.setRoute(2);
		assert.isAbove(peak(next()), 7000);
	});

	it("are in force at once while nothing sounds", () => {
		const pipeline = new Pipeline(0);
		for (const route of [1, 3, 2, 0, 7]) {
			pipeline.setRoute(route);
			assert.strictEqual(pipeline.routed, route === 7 ? 0 : route);
		}
	});

	it("muting and unmuting do not click, volumes neither", () => {
		const { pipeline, next } = inCall(400, 8000);
		while (pipeline.collect());
		const heard: Int16Array[] = [];
		const said: Int16Array[] = [];
		for (let i = 0; i < 200; i++) {
			if (i % 7 === 0) pipeline.setMute(i % 2 === 0);
			if (i % 11 === 0) pipeline.setVolume(1, (i * 5) % 18);
			heard.push(next(sine(300, 12000, FRAME, i * FRAME)));
			said.push(sent(pipeline));
		}
		assert.isBelow(clicks(join(said)), -50);
		assert.isBelow(clicks(join(heard)), -50);
	});
});

describe("sidetone", () => {
	for (const route of [1, 2]) {
		it(`is the own voice at its level, whatever the volume: route ${route}`, () => {
			const pipeline = new Pipeline(route);
			pipeline.startTransmit();
			pipeline.setVolume(route, 5);
			for (const step of [24, 16, 8, 1]) {
				pipeline.setSidetone(step);
				pipeline.tick(sine(500, 20000, FRAME));
				const heard = join(Array.from({ length: 10 }, (_, i) => pipeline.tick(sine(500, 20000, FRAME, i * FRAME))));
				assert.closeTo(20 * Math.log10(amplitude(heard, 500) / 20000), (step - 16) * 1.5 - 24.08, 0.5, `step ${step}`);
			}
			pipeline.setMute(true);
			pipeline.tick(sine(500, 20000, FRAME));
			assert.strictEqual(peak(pipeline.tick(sine(500, 20000, FRAME))), 0, "muted");
			pipeline.setMute(false);
			pipeline.setSidetone(0);
			pipeline.tick(sine(500, 20000, FRAME));
			assert.strictEqual(peak(pipeline.tick(sine(500, 20000, FRAME))), 0, "off");
		});
	}

	it("is the body's on routes that are left to it, which it is told when to begin and end it", () => {
		const pipeline = new Pipeline(1);
		const voice = sine(500, 20000, FRAME);
		pipeline.leaveSidetone(1 << 1);
		pipeline.setSidetone(16);
		pipeline.tick(voice);
		assert.isFalse(pipeline.hasSidetone, "no call");
		pipeline.startTransmit();
		pipeline.tick(voice);
		assert.isTrue(pipeline.hasSidetone);
		assert.strictEqual(peak(pipeline.tick(voice)), 0, "handset");
		pipeline.setMute(true);
		pipeline.tick(voice);
		assert.isFalse(pipeline.hasSidetone, "muted");
		pipeline.setMute(false);
		pipeline.setRoute(3);
		for (let i = 0; i < 3; i++) pipeline.tick(voice);
		assert.isFalse(pipeline.hasSidetone, "speaker");
		pipeline.setRoute(2);
		for (let i = 0; i < 3; i++) pipeline.tick(voice);
		assert.isTrue(pipeline.hasSidetone);
		assert.isAbove(peak(pipeline.tick(voice)), 1000, "headset");
		pipeline.stopTransmit();
		assert.isFalse(pipeline.hasSidetone, "the call is over");
	});

	it("is not heard on the speaker, nor without a call", () => {
		const pipeline = new Pipeline(3);
		pipeline.setSidetone(24);
		pipeline.startTransmit();
		for (let i = 0; i < 3; i++) assert.strictEqual(peak(pipeline.tick(sine(500, 20000, FRAME))), 0);
		pipeline.stopTransmit();
		pipeline.setRoute(1);
		for (let i = 0; i < 3; i++) assert.strictEqual(peak(pipeline.tick(sine(500, 20000, FRAME))), 0);
	});
});

describe("limiter", () => {
	it("leaves what is not too loud as it is", () => {
		const { pipeline, next } = inCall(400, 9000);
		const plain = join(Array.from({ length: 20 }, () => next()));
		pipeline.setVolume(1, 20);
		next();
		const sound = join(Array.from({ length: 20 }, () => next()));
		assert.closeTo(20 * Math.log10(amplitude(sound, 400) / amplitude(plain, 400)), 6, 0.05);
		assert.isBelow(amplitude(sound, 1200), amplitude(plain, 1200) * 2.1);
	});

	it("turns down what is too loud instead of cutting it off", () => {
		const { pipeline, next } = inCall(400, 28000);
		pipeline.setVolume(1, 24);
		for (let i = 0; i < 10; i++) next();
		const sound = join(Array.from({ length: 40 }, () => next()));
		assert.isAtMost(peak(sound), 26100);
		assert.isAtLeast(peak(sound), 24000);
		// Cut off, the third harmonic would be some 10 dB below the sine.
		assert.isBelow(20 * Math.log10(amplitude(sound, 1200) / amplitude(sound, 400)), -40);
	});

	it("comes back within a second once it is quiet, without a click", () => {
		const { pipeline, next } = inCall(400, 6000);
		pipeline.startTone(5);
		pipeline.setVolume(1, 24);
		const frames: Int16Array[] = [];
		for (let i = 0; i < 50; i++) frames.push(next());
		pipeline.stopTone();
		pipeline.setVolume(1, 16);
		for (let i = 0; i < 100; i++) frames.push(next());
		assert.isAtMost(peak(join(frames)), 32767);
		assert.isBelow(clicks(join(frames)), -40);
		const sound = join(Array.from({ length: 20 }, () => next()));
		assert.closeTo(20 * Math.log10(amplitude(sound, 400) / 6000), 0, 0.1);
	});

	it("has keys of a phone at rest as loud as its ringer, and in the handset as loud as that", () => {
		const loud = (route: number, step: number): number => {
			const pipeline = new Pipeline();
			pipeline.setRoute(route);
			pipeline.setVolume(route, step);
			pipeline.keyTone(5);
			return peak(join(Array.from({ length: 8 }, () => pipeline.tick(new Int16Array(FRAME)))));
		};
		assert.isAbove(loud(0, 16), 1000);
		assert.closeTo(20 * Math.log10(loud(0, 16) / loud(0, 8)), 12, 0.5);
		assert.closeTo(20 * Math.log10(loud(0, 16) / loud(1, 16)), 0, 0.5);
	});

	it("takes the largest sum there can be", () => {
		const pipeline = new Pipeline();
		pipeline.setVolume(1, 24);
		pipeline.setVolume(0, 24);
		pipeline.setSidetone(24);
		pipeline.startTone(0x5f);
		pipeline.keyTone(1);
		pipeline.ring(2);
		pipeline.startTransmit();
		const payload = encode(MU_LAW, new Int16Array(FRAME).fill(32767));
		for (const stream of [0, 1]) pipeline.openReceive(stream, 0, 10);
		for (let i = 0; i < 50; i++) {
			for (const stream of [0, 1]) {
				pipeline.deliver(rtpPacket({ sequence: i, timestamp: i * FRAME, payload }), undefined, undefined, stream);
			}
			const frame = pipeline.tick(new Int16Array(FRAME).fill(32767));
			// Both streams push upwards, and far outweigh the rest: nothing may have turned over.
			if (i > 30) assert.isAbove(Math.min(...frame), 0);
		}
	});
});
