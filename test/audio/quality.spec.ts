/*
 * Figures of quality: the E-model's formulas of ITU-T G.107 in floating point beside the pipeline's integers, and seconds
 * and ratios of concealment over packets lost by script.
 */
import { assert } from "chai";
import { Statistic } from "hal/hardware";
import { encode, FRAME, MU_LAW, Pipeline, rating, score } from "./support/library.js";
import { rtpPacket, sine } from "./support/signal.js";

/** The counters that only an open receiver's sound moves. */
const ofQuality = Object.freeze([
	Statistic.concealedSeconds,
	Statistic.severelyConcealedSeconds,
	Statistic.concealmentRatio,
	Statistic.concealmentInterval,
	Statistic.concealmentIntervalMaximum,
	Statistic.mos,
	Statistic.mosAverage,
	Statistic.mosMinimum,
	Statistic.mosMaximum,
]);
const values = (counters: Uint32Array, ...indices: readonly number[]) => indices.map((index) => counters[index]);

/** Idd of G.107 clause 3.5. */
function delayImpairment(delay: number): number {
	if (delay <= 100) return 0;
	const x = Math.log2(delay / 100);
	return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}

/** R of G.711 with concealment (G.113 appendix I: Ie 0, Bpl 25.1), all else at its default. */
function expectedRating(gaps: number, frames: number, delay: number): number {
	const loss = (100 * gaps) / frames;
	return Math.max(0, 93.2 - delayImpairment(delay) - (95 * loss) / (loss + 25.1));
}

/** MOS of G.107 annex B. */
function expectedScore(r: number): number {
	if (r >= 100) return 4.5;
	return Math.max(1, 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r));
}

describe("figures of quality", () => {
	it("R follows G.107 over loss and delay within 0.3", () => {
		for (const frames of [1, 100, 333, 800]) {
			for (let gaps = 0; gaps <= frames; gaps += Math.max(1, frames >> 4)) {
				for (let delay = 0; delay <= 1000; delay += 7) {
					const found = rating(gaps, frames, delay) / 100;
					assert.closeTo(found, expectedRating(gaps, frames, delay), 0.3, `${gaps}/${frames}, ${delay} ms`);
				}
			}
		}
		assert.strictEqual(rating(0, 800, 100), 9320);
		assert.strictEqual(rating(0, 800, 100_000), rating(0, 800, 1000));
	});

	it("MOS follows annex B for every R", () => {
		for (let r = 0; r <= 10100; r++) assert.closeTo(score(r) / 10000, expectedScore(r / 100), 0.0003, String(r));
		assert.closeTo(score(9320) / 10000, 4.41, 0.005);
	});

	/** Plays packets of 20 ms for so many seconds without those that `lost` names by their number. */
	function play(seconds: number, lost: (index: number) => boolean): { pipeline: Pipeline; history: Uint32Array[] } {
		const pipeline = new Pipeline();
		const history: Uint32Array[] = [];
		pipeline.openReceive();
		for (let tick = 0; tick < seconds * 100; tick++) {
			if (tick % 2 === 0 && !lost(tick / 2)) {
				const timestamp = tick * FRAME;
				const payload = encode(MU_LAW, sine(400, 8000, 160, timestamp));
				pipeline.deliver(rtpPacket({ sequence: tick / 2, timestamp, payload }));
			}
			pipeline.tick();
			if (tick % 100 === 99) history.push(pipeline.counters());
		}
		return { pipeline, history };
	}

	it("a calm call has the best score, and nothing concealed", () => {
		const { pipeline } = play(4, () => false);
		const counters = pipeline.counters();
		for (const index of [
			Statistic.concealedSeconds,
			Statistic.severelyConcealedSeconds,
			Statistic.concealmentRatio,
			Statistic.concealmentInterval,
			Statistic.concealmentIntervalMaximum,
		])
			assert.strictEqual(counters[index], 0, String(index));
		for (const index of [Statistic.mos, Statistic.mosAverage, Statistic.mosMinimum, Statistic.mosMaximum])
			assert.closeTo((counters[index] as number) / 10000, 4.41, 0.005, String(index));
	});

	it("before anything is heard there is no score", () => {
		const { pipeline } = play(2, () => true);
		assert.deepEqual(values(pipeline.counters(), ...ofQuality), new Array(9).fill(0));
	});

	it("counts concealed and severely concealed seconds, ratios and what they cost", () => {
		// Two packets in each second are few enough to be light: 4 frames of 100. Ten together are severe.
		const light = (index: number) => index === 220 || index === 235;
		const severe = (index: number) => index >= 420 && index < 430;
		const { pipeline, history } = play(20, (index) => light(index) || severe(index));
		const counters = pipeline.counters();
		assert.strictEqual(counters[Statistic.concealedSeconds], 2);
		assert.strictEqual(counters[Statistic.severelyConcealedSeconds], 1);
		const [concealed = 0, played = 0] = [counters[Statistic.concealedFrames], counters[Statistic.framesPlayed]];
		assert.isAtLeast(concealed, 10, "at least until the concealment has faded");
		assert.closeTo(counters[Statistic.concealmentRatio] as number, (10000 * concealed) / played, 1);
		assert.strictEqual(counters[Statistic.concealmentInterval], 0, "the last three seconds were calm");

		const intervals = history.map((each) => each[Statistic.concealmentInterval] as number);
		assert.strictEqual(counters[Statistic.concealmentIntervalMaximum], Math.max(...intervals));
		assert.isAtLeast(Math.max(...intervals), 200);

		const scores = history.map((each) => each[Statistic.mos] as number).filter((each) => each > 0);
		assert.strictEqual(counters[Statistic.mosMinimum], Math.min(...scores));
		assert.strictEqual(counters[Statistic.mosMaximum], Math.max(...scores));
		assert.closeTo(
			counters[Statistic.mosAverage] as number,
			scores.reduce((sum, each) => sum + each) / scores.length,
			1,
		);
		assert.isBelow(Math.min(...scores), 43500, "loss is heard");
		assert.closeTo((counters[Statistic.mos] as number) / 10000, 4.41, 0.005, "and forgotten after eight seconds");
	});

	describe("of silence", () => {
		const MOS = [Statistic.mos, Statistic.mosAverage] as const;
		/** Score and mean score, concealed and severely concealed seconds, share of the call that is concealed. */
		function told(seconds: number, lost: (index: number) => boolean) {
			const counters = play(seconds, lost).pipeline.counters();
			const [mos = 0, average = 0] = values(counters, ...MOS).map((each = 0) => each / 10000);
			return {
				mos,
				average,
				seconds: counters[Statistic.concealedSeconds] as number,
				severe: counters[Statistic.severelyConcealedSeconds] as number,
				ratio: (counters[Statistic.concealmentRatio] as number) / 10000,
			};
		}

		for (const [name, lost] of [
			["the second half", (index: number) => index >= 1000],
			["every second packet", (index: number) => index % 2 === 1],
			["every second 200 ms", (index: number) => index % 20 >= 10],
			["every second second", (index: number) => index % 100 >= 50],
			["every second ten seconds", (index: number) => index % 1000 >= 500],
		] as const)
			it(`a call that misses half its packets is a bad one: ${name}`, () => {
				const { mos, average, ratio } = told(40, lost);
				assert.isAtMost(mos, 2.5);
				assert.isAtMost(average, 2.5);
				assert.closeTo(ratio, 0.5, 0.02);
			});

		it("a call that misses half of it in the middle says so in its mean, and may be well again", () => {
			const { mos, average, ratio } = told(40, (index) => index >= 500 && index < 1500);
			assert.closeTo(mos, 4.41, 0.01);
			assert.isAtMost(average, 2.5);
			assert.closeTo(ratio, 0.5, 0.02);
		});

		it("a call of which a tenth comes is far worse", () => {
			for (const lost of [(index: number) => index % 10 !== 0, (index: number) => index % 1000 >= 100]) {
				const { mos, average, ratio } = told(40, lost);
				assert.isAtMost(mos, 1.4);
				assert.isAtMost(average, 1.5);
				assert.closeTo(ratio, 0.9, 0.02);
			}
		});

		it("counts each second in which something is missing, and those without any sound", () => {
			const { seconds, severe, ratio } = told(30, (index) => index >= 500 && index < 1000);
			assert.closeTo(seconds, 10, 1);
			assert.closeTo(severe, 10, 1);
			assert.closeTo(ratio, 1 / 3, 0.01);
		});

		it("that nobody has ended is bad for as long as it lasts, and forgotten with what came before the first sound", () => {
			const { pipeline, history } = play(20, () => true);
			for (let second = 1; second <= 20; second++) {
				const at = history[second - 1] as Uint32Array;
				const [mos, average, least, most] = values(
					at,
					Statistic.mos,
					Statistic.mosAverage,
					Statistic.mosMinimum,
					Statistic.mosMaximum,
				);
				const expected = second < 5 ? 0 : 10000;
				assert.deepEqual([mos, average, least, most], [expected, expected, expected, expected], `second ${second}`);
				assert.strictEqual(at[Statistic.concealedSeconds], second < 5 ? 0 : second);
				assert.strictEqual(at[Statistic.concealmentRatio], second < 5 ? 0 : 10000);
			}
			// the far end has answered: from here on it is a good call
			for (let tick = 0; tick < 1000; tick++) {
				if (tick % 2 === 0) {
					const payload = encode(MU_LAW, sine(400, 8000, 160, tick * FRAME));
					pipeline.deliver(rtpPacket({ sequence: tick / 2, timestamp: tick * FRAME, payload }));
				}
				pipeline.tick();
			}
			const counters = pipeline.counters();
			assert.deepEqual(
				values(
					counters,
					Statistic.concealedSeconds,
					Statistic.severelyConcealedSeconds,
					Statistic.concealmentRatio,
					Statistic.concealmentInterval,
					Statistic.concealmentIntervalMaximum,
				),
				[0, 0, 0, 0, 0],
			);
			for (const index of [Statistic.mos, Statistic.mosAverage, Statistic.mosMinimum, Statistic.mosMaximum])
				assert.closeTo((counters[index] as number) / 10000, 4.41, 0.005, String(index));
		});

		/** A call in which something stands for ten seconds of sound. */
		function pause(during: (pipeline: Pipeline, tick: number, sequence: number, timestamp: number) => number) {
			const pipeline = new Pipeline();
			pipeline.openReceive();
			pipeline.receiveEvents(101);
			let sequence = 0;
			for (let tick = 0; tick < 3000; tick++) {
				const timestamp = tick * FRAME;
				if (tick >= 1000 && tick < 2000) sequence += during(pipeline, tick - 1000, sequence, timestamp);
				else if (tick % 2 === 0) {
					const payload = encode(MU_LAW, sine(400, 8000, 160, timestamp));
					pipeline.deliver(rtpPacket({ sequence: sequence++, timestamp, payload, marker: tick === 2000 }));
				}
				pipeline.tick();
			}
			return pipeline.counters();
		}

		it("that the sender has told is none of the call's", () => {
			const counters = pause((pipeline, tick, sequence, timestamp) => {
				if (tick > 0) return 0;
				pipeline.deliver(rtpPacket({ sequence, timestamp, payloadType: 13, payload: Uint8Array.of(60) }));
				return 1;
			});
			assert.strictEqual(counters[Statistic.concealedFrames], 0);
			assert.closeTo((counters[Statistic.mosMinimum] as number) / 10000, 4.41, 0.005);
		});

		it("is none while a key is told in place of sound, and is what follows it", () => {
			/** A key of so many ticks, told every 50 ms, and three times at its end. */
			const key =
				(ticks: number) =>
				(pipeline: Pipeline, tick: number, sequence: number, timestamp: number): number => {
					if (tick % 5 !== 0 || tick > ticks) return 0;
					const end = tick === ticks;
					for (let i = 0; i < (end ? 3 : 1); i++)
						pipeline.deliver(
							rtpPacket({
								sequence: sequence + i,
								timestamp: timestamp - tick * FRAME,
								payloadType: 101,
								payload: Uint8Array.of(5, end ? 0x80 : 0, (tick * FRAME) >> 8, (tick * FRAME) & 255),
							}),
						);
					return end ? 3 : 1;
				};
			assert.strictEqual(pause(key(995))[Statistic.concealedFrames], 0);
			assert.closeTo(pause(key(10))[Statistic.concealedFrames] as number, 900, 25);
		});

		it("is none while the call is held, and no more than it was when it is resumed", () => {
			const { pipeline } = play(10, (index) => index >= 400);
			const before = pipeline.counters();
			pipeline.closeReceive();
			pipeline.openReceive(1);
			for (let tick = 0; tick < 1000; tick++) pipeline.tick();
			assert.deepEqual(values(pipeline.counters(), ...ofQuality), values(before, ...ofQuality));
		});

		for (const [standstill, least] of [
			[30, 15],
			[60, 45],
			[200, 180],
		] as const)
			it(`of a standstill of ${standstill * 10} ms counts, and what is left out after it`, () => {
				const pipeline = new Pipeline();
				pipeline.openReceive();
				let sequence = 0;
				for (let tick = 0; tick < 1500; tick++) {
					while (sequence * 2 <= tick && !(tick >= 500 && tick < 500 + standstill)) {
						const timestamp = sequence * 160;
						const payload = encode(MU_LAW, sine(400, 8000, 160, timestamp));
						if (!pipeline.deliver(rtpPacket({ sequence, timestamp, payload }))) break;
						sequence++;
					}
					pipeline.tick();
				}
				const counters = pipeline.counters();
				assert.isAtLeast(counters[Statistic.concealedFrames] as number, least);
				assert.isAtLeast(counters[Statistic.severelyConcealedSeconds] as number, 1);
				assert.isBelow((counters[Statistic.mosMinimum] as number) / 10000, standstill > 100 ? 3 : 4.2);
			});
	});

	it("begins anew with the next call", () => {
		const { pipeline } = play(6, (index) => index > 50 && index % 3 === 0);
		assert.isAbove(pipeline.counters()[Statistic.concealedSeconds] as number, 1);
		pipeline.openReceive();
		assert.deepEqual(values(pipeline.counters(), ...ofQuality), new Array(9).fill(0));
	});
});
