/*
 * Where the ringer sounds: on the loudspeaker while nothing else is listened to, and never in an ear, where a short beep
 * of call waiting stands for it.
 */
import { assert } from "chai";
import { encode, FRAME, MU_LAW, Pipeline } from "./support/library.js";
import { amplitude, join, peak, rtpPacket, sine } from "./support/signal.js";

/** A partial of the first bell, Hz, and the tone of call waiting in the US and in the UK. */
const bell = 784;
const waiting = 440;
const waitingUk = 400;
/** Peak of a tone of -13 dBm0 at the volume that changes nothing. */
const beepPeak = 5130;

const play = (pipeline: Pipeline, ticks: number): Int16Array[] => Array.from({ length: ticks }, () => pipeline.tick());

/** Loudest stretch of 100 ms at a frequency. */
function loudest(frames: readonly Int16Array[], frequency: number): number {
	let most = 0;
	for (let i = 0; i + 10 <= frames.length; i++)
		most = Math.max(most, amplitude(join(frames.slice(i, i + 10)), frequency));
	return most;
}

/** Runs of ticks that sound, and do not, in turn. */
function runs(frames: readonly Int16Array[]): number[] {
	const found: number[] = [];
	let sounds = true;
	let count = 0;
	for (const frame of frames) {
		if (peak(frame) > 0 !== sounds) {
			found.push(count);
			sounds = !sounds;
			count = 0;
		}
		count++;
	}
	return [...found, count];
}

/** Rings as loud as it can. */
function ringing(route: number): Pipeline {
	const pipeline = new Pipeline(route);
	pipeline.setVolume(0, 24);
	pipeline.ring(2);
	return pipeline;
}

describe("the ringer", () => {
	for (const [name, route] of [
		["no route", 0],
		["the speaker", 3],
	] as const) {
		it(`sounds on ${name}`, () => {
			assert.isAbove(loudest(play(ringing(route), 100), bell), 8000);
		});
	}

	for (const [name, route] of [
		["handset", 1],
		["headset", 2],
	] as const) {
		it(`never sounds in the ${name}: a beep of call waiting does, at the route's volume`, () => {
			for (const country of [1, 44]) {
				const pipeline = ringing(route);
				pipeline.setLocale(country);
				pipeline.setVolume(route, 12);
				const frames = play(pipeline, 2500);
				assert.closeTo(peak(join(frames)), beepPeak / 2, 120, "6 dB less");
				assert.isBelow(loudest(frames, bell), 300);
				assert.isAbove(loudest(frames, country === 44 ? waitingUk : waiting), 2000);
				assert.deepEqual(runs(frames).slice(0, 5), country === 44 ? [0, 20, 10, 300, 10] : [0, 20, 30, 970, 30]);
			}
		});

		it(`falls silent as the sound goes to the ${name}, before the call agent has said so`, () => {
			const pipeline = ringing(0);
			play(pipeline, 50);
			pipeline.setRoute(route);
			const [last, ...then] = play(pipeline, 20) as [Int16Array, ...Int16Array[]];
			// it fades where it was, and only then is there another route
			assert.isAbove(peak(last), 1000);
			assert.isBelow(Math.abs(last[FRAME - 1] as number), 400);
			assert.strictEqual(pipeline.routed, route);
			assert.strictEqual(peak(join(then)), 0);
			// nothing is left to be heard of it once it is turned off in time
			pipeline.ring(1);
			assert.strictEqual(peak(join(play(pipeline, 100))), 0);
			assert.isFalse(pipeline.active);
		});

		it(`is heard again, and fades in, when the ${name} is hung up and it still rings`, () => {
			const pipeline = ringing(route);
			play(pipeline, 30);
			pipeline.setRoute(0);
			const frames = play(pipeline, 500);
			assert.isAbove(loudest(frames.slice(10), bell), 8000);
			assert.isBelow(Math.abs((frames[0] as Int16Array)[0] as number), beepPeak);
		});
	}

	/** Ticks of a call that plays a note of 1 kHz. */
	function talk(pipeline: Pipeline, ticks: number, from: number): Int16Array[] {
		return Array.from({ length: ticks }, (_, i) => {
			const sequence = from + i;
			const payload = encode(MU_LAW, sine(1000, 4000, FRAME, sequence * FRAME));
			pipeline.deliver(rtpPacket({ sequence, timestamp: sequence * FRAME, payload }));
			return pipeline.tick();
		});
	}

	for (const [name, route] of [
		["handset", 1],
		["headset", 2],
		["speaker", 3],
	] as const) {
		it(`is a beep in a call on the ${name}, and rings aloud once the call is over`, () => {
			const pipeline = new Pipeline(route);
			pipeline.setVolume(0, 24);
			pipeline.openReceive(0, 0, 10);
			pipeline.startTransmit(0, 0, 10);
			talk(pipeline, 50, 0);
			pipeline.ring(2);
			const frames = talk(pipeline, 100, 50);
			assert.isBelow(peak(join(frames)), 4000 + beepPeak + 200);
			assert.isBelow(loudest(frames, bell), 400);
			assert.isAbove(loudest(frames, waiting), 4500);
			pipeline.closeReceive();
			pipeline.stopTransmit();
			pipeline.setRoute(0);
			// a whole round of its cadence, of which the time went by in the call as well
			assert.isAbove(loudest(play(pipeline, 600), bell), 8000);
		});
	}

	it("is a beep beside a tone that the user listens to on the speaker", () => {
		const pipeline = new Pipeline(3);
		pipeline.setVolume(0, 24);
		pipeline.startTone(0x21);
		play(pipeline, 10);
		pipeline.ring(2);
		assert.isBelow(loudest(play(pipeline, 100), bell), 400);
		pipeline.stopTone(true);
		assert.isAbove(loudest(play(pipeline, 600), bell), 8000);
	});

	it("leaves the beep to the call agent where that sends a signal of its own", () => {
		const pipeline = ringing(1);
		pipeline.startTone(0x2d);
		const frames = play(pipeline, 3000);
		assert.deepEqual(runs(frames).slice(0, 5), [30, 970, 30, 970, 30]);
	});

	it("beeps once where it rings once", () => {
		const pipeline = new Pipeline(1);
		pipeline.ring(2, true);
		const frames = play(pipeline, 3000);
		assert.deepEqual(runs(frames), [0, 20, 30, 2950]);
		assert.isFalse(pipeline.active);
	});

	it("that is silent is silent in a call as well", () => {
		const pipeline = new Pipeline(1);
		pipeline.ring(5);
		assert.strictEqual(peak(join(play(pipeline, 100))), 0);
	});

	it("ends with a beep that is under way, without a click", () => {
		const pipeline = ringing(1);
		play(pipeline, 35);
		pipeline.ring(1);
		const frames = play(pipeline, 5);
		const sounding = frames.filter((frame) => peak(frame) > 0);
		assert.isBelow(Math.abs((sounding.at(-1) as Int16Array)[FRAME - 1] as number), 200);
		assert.strictEqual(peak(join(frames.slice(2))), 0);
		assert.isFalse(pipeline.active);
	});
});
