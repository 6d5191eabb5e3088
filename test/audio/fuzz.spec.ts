/*
 * Random packets with a fixed seed: valid ones changed in a few octets, cut, lengthened and repeated, and plain noise, at
 * random times. Whatever comes, the tick goes on and counts every packet exactly once. The sanitizers' run of this test
 * (sanitizers.spec.ts) shows that no octet beyond a buffer is touched.
 */
import { assert } from "chai";
import { FRAME, Pipeline } from "./support/library.js";
import { random, rtpPacket } from "./support/signal.js";

describe("received packets at random", function () {
	this.timeout(60000);
	for (const seed of [1, 2, 3]) {
		it(`survives 6,000 packets, seed ${seed}`, () => {
			const next = random(seed);
			const below = (limit: number) => Math.floor(next() * limit);
			const pipeline = new Pipeline();
			let delivered = 0;
			let sequence = below(65536);
			let timestamp = below(2 ** 32);
			let ssrc = 1;
			let law = 0;

			const valid = () => {
				if (below(50) === 0) sequence += below(5000);
				if (below(50) === 0) timestamp += below(20000);
				if (below(500) === 0) timestamp = below(2 ** 32);
				if (below(200) === 0) ssrc = below(4);
				if (below(200) === 0) law = 8 - law;
				const payload = Uint8Array.from({ length: below(10) === 0 ? below(549) : 160 }, () => below(256));
				const packet = rtpPacket({
					sequence: sequence++,
					timestamp,
					payload,
					ssrc,
					marker: below(100) === 0,
					payloadType: below(20) === 0 ? below(128) : law,
				});
				timestamp += payload.length;
				return packet;
			};
			const packet = () => {
				if (below(20) === 0) return Uint8Array.from({ length: below(700) }, () => below(256));
				let made = valid();
				for (let i = below(5) === 0 ? below(6) : 0; i > 0; i--) {
					made[Math.min(below(16), made.length - 1)] = below(256);
				}
				if (below(20) === 0) made = made.subarray(0, below(made.length + 1));
				return made;
			};

			const noise = Int16Array.from({ length: FRAME }, () => below(65536) - 32768);
			pipeline.startTransmit();
			pipeline.openReceive();
			let last = valid();
			while (delivered < 6000) {
				// One packet every other tick as a rule, and now and then a burst.
				for (let i = below(20) === 0 ? below(10) : pipeline.ticks % 2; i > 0; i--) {
					const octets = below(15) === 0 ? last : packet();
					const arrival = below(100) === 0 ? below(2 ** 32) : pipeline.ticks * FRAME - below(80);
					if (pipeline.deliver(octets, arrival)) delivered++;
					last = octets;
				}
				if (below(10) === 0) pipeline.setRoute(below(5));
				if (below(10) === 0) pipeline.setVolume(below(5), below(30));
				if (below(100) === 0) pipeline.startTone(below(256));
				if (below(100) === 0) pipeline.ring(below(14), below(2) === 0);
				assert.lengthOf(pipeline.tick(noise), FRAME);
				pipeline.collect();
			}
			pipeline.tick();

			const counters = pipeline.counters();
			const [received = 0, discarded = 0, duplicate = 0, stray = 0] = [2, 6, 7, 8].map((i) => counters[i]);
			// Received ones may be discarded as well, for their codec or their time.
			assert.isAtMost(received + duplicate + stray, delivered);
			assert.isAtLeast(received + discarded + duplicate + stray, delivered);
			assert.isAbove(counters[13] as number, 100, "some of it was played");
		});
	}
});
