/*
 * The echo canceller's slot: what the canceller does in a synthetic room, what turns do where there is none, and that
 * both are off where there is no echo.
 */
import { assert } from "chai";
import { benchEcho, benchHalfDuplex, echoBenchMissing } from "../../tools/bench/echo.js";
import { Coder, decode, encode, FRAME, G722, MU_LAW, Pipeline } from "./support/library.js";
import { amplitude, join, peak, rtpPacket, sine } from "./support/signal.js";

const missing = echoBenchMissing();
const why = missing.length > 0 ? ` (needs ${missing.join(" ")})` : "";
const needs = why ? it.skip : it;

/** Amplitude of what is sent of a tone that comes back from the speaker after 40 ms, in the fourth second. */
function echoed(route: number, canceller: boolean, halfDuplex = false): number {
	const pipeline = new Pipeline(route, { echo: canceller ? 3 : undefined });
	pipeline.setHalfDuplex(halfDuplex);
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
		assert.isAtMost(result.alone_loss_db, 1.5);
		assert.isAtMost(result.interrupting_loss_db, 3);
	});

	needs(`has learned the room when a second call begins${why}`, () => {
		const result = benchEcho();
		// nothing is known at first, and what was known at the end is known at the beginning
		assert.isBelow(result.first_second_erle_db, 15);
		assert.isAtLeast(result.second_call_erle_db, result.worst_second_erle_db - 3);
		assert.isAtLeast(result.second_call_erle_db, 30);
	});

	needs(`works on the speaker route alone${why}`, () => {
		const plain = echoed(3, false);
		assert.isAbove(plain, 3500);
		assert.isBelow(echoed(3, true), plain / 18);
		for (const route of [1, 2]) assert.closeTo(echoed(route, true), plain, 1);
	});

	for (const [payloadType, rate] of [
		[MU_LAW, 8000],
		[G722, 16000],
	] as const)
		needs(`sends nothing of one call in the next at ${rate} Hz${why}`, () => {
			const pipeline = new Pipeline(3, { echo: 3 });
			const call = (mic: (at: number) => Int16Array, ticks: number): number => {
				const coder = new Coder(payloadType);
				let most = 0;
				pipeline.startTransmit(0, payloadType);
				for (let i = 0; i < ticks; i++) {
					pipeline.tick(mic((i * rate) / 100));
					const packet = pipeline.collect();
					if (packet) most = Math.max(most, peak(coder.decode(packet.slice(12))));
				}
				pipeline.stopTransmit();
				return most;
			};
			pipeline.setWideband(true);
			assert.isAbove(
				call((at) => sine(3000, 12000, rate / 100, at, rate), 201),
				8000,
			);
			assert.isBelow(
				call(() => new Int16Array(rate / 100), 40),
				50,
			);
			pipeline.close();
		});

	needs(`takes no time where a call begins on another route${why}`, () => {
		const [handset, speaker] = [1, 3].map((route) => {
			const pipeline = new Pipeline(route, { echo: 3 });
			const before = process.cpuUsage().user;
			for (let i = 0; i < 500; i++) {
				pipeline.startTransmit();
				pipeline.stopTransmit();
			}
			pipeline.close();
			return process.cpuUsage().user - before;
		}) as [number, number];
		assert.isBelow(handset, speaker / 3);
	});
});

describe("half duplex, where a loudspeaker has no canceller", function () {
	this.timeout(120000);

	it("lets nobody hear himself, from the first word on, and the user be heard when he talks alone or louder", () => {
		const result = benchHalfDuplex();
		for (const name of ["first_second_erle_db", "erle_db", "worst_second_erle_db", "second_call_erle_db"] as const)
			assert.isAtLeast(result[name], 35, name);
		assert.isAtMost(result.alone_loss_db, 0.5);
		assert.isAtMost(result.alone_late_frames, 1);
		assert.isAtMost(result.interrupting_loss_db, 3);
		assert.isAtMost(result.interrupting_late_frames, 50);
	});

	it("is on the speaker route alone, and where it is asked for", () => {
		for (const [route, halfDuplex, echo] of [
			[3, true, 22],
			[3, false, 4000],
			[1, true, 4000],
			[2, true, 4000],
		] as const) {
			assert.closeTo(echoed(route, false, halfDuplex), echo, echo / 6, `route ${route}`);
		}
	});
});
