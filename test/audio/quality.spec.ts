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

	it("begins anew with the next call", () => {
		const { pipeline } = play(6, (index) => index > 50 && index % 3 === 0);
		assert.isAbove(pipeline.counters()[Statistic.concealedSeconds] as number, 1);
		pipeline.openReceive();
		assert.deepEqual(values(pipeline.counters(), ...ofQuality), new Array(9).fill(0));
	});
});
