/*
 * The echo canceller's slot: what the canceller does in a synthetic room, and that it is off where there is none to
 * cancel.
 */
import { assert } from "chai";
import { benchEcho, echoBenchMissing } from "../../tools/bench/echo.js";
import { decode, encode, FRAME, MU_LAW, Pipeline } from "./support/library.js";
import { amplitude, join, rtpPacket, sine } from "./support/signal.js";

const missing = echoBenchMissing();
const why = missing.length > 0 ? ` (needs ${missing.join(" ")})` : "";
const needs = why ? it.skip : it;

/** Amplitude of what is sent of a tone that comes back from the speaker after 40 ms, in the fourth second. */
function echoed(route: number, canceller: boolean): number {
	const pipeline = new Pipeline(route, { echo: canceller ? 3 : undefined });
	pipeline.openReceive(0, 0, 10);
	pipeline.startTransmit(0, 0, 10);
	const played: Int16Array[] = Array.from({ length: 4 }, () => new Int16Array(FRAME));
	const sent: Uint8Array[] = [];
	for (let i = 0; i < 400; i++) {
		const payload = encode(MU_LAW, sine(700, 8000, FRAME, i * FRAME));
		pipeline.deliver(rtpPacket({ sequence: i, timestamp: i * FRAME, payload }));
		played.push(pipeline.tick((played.shift() as Int16Array).map((sample) => sample / 2)));
		sent.push((pipeline.collect() as Uint8Array).subarray(12));
	}
	pipeline.close();
	return amplitude(join(sent.slice(300).map((codes) => decode(MU_LAW, codes))), 700);
}

describe("echo canceller", function () {
	this.timeout(120000);

	needs(`takes the echo out of a room's sound and leaves the near end in it${why}`, () => {
		const result = benchEcho();
		assert.isAtLeast(result.erle_db, 25);
		assert.isAtMost(result.double_talk_loss_db, 3);
		assert.isFalse(result.diverged);
		assert.isAtLeast(result.later_erle_db, 25);
	});

	needs(`works on the speaker route alone${why}`, () => {
		const plain = echoed(3, false);
		assert.isAbove(plain, 3500);
		assert.isBelow(echoed(3, true), plain / 18);
		for (const route of [1, 2]) assert.closeTo(echoed(route, true), plain, 1);
	});
});
