/*
 * Whose sound is played: the announced peer's, and where nothing comes of it, the one other source's that sends as a
 * call's does.
 */
import { assert } from "chai";
import { Statistic } from "hal/hardware";
import { A_LAW, encode, MU_LAW, Pipeline, peer } from "./support/library.js";
import { peak, random, rtpPacket, sine } from "./support/signal.js";

type Address = { address: number; port: number };

const relay: Address = { address: 0x0a000007, port: 7000 };
const other: Address = { address: 0x0a000008, port: 8000 };
/** Ticks of a second. */
const second = 100;

/** A sender of packets of 20 ms, from its first tick on. */
class Sender {
	sequence = 65500;
	timestamp = 0xffff0000;
	constructor(
		readonly from: Address,
		public ssrc: number,
		readonly type = MU_LAW,
	) {}
	next(octets = 160, type = this.type): Uint8Array {
		const payload = encode(type === A_LAW ? A_LAW : MU_LAW, sine(400, 8000, 160, this.timestamp % 8000)).subarray(
			0,
			octets,
		);
		const packet = rtpPacket({
			sequence: this.sequence & 0xffff,
			timestamp: this.timestamp >>> 0,
			ssrc: this.ssrc,
			payloadType: type,
			payload,
		});
		this.skip(1);
		return packet;
	}
	/** Packets that never leave. */
	skip(count: number): void {
		this.sequence += count;
		this.timestamp += 160 * count;
	}
}

class Call {
	readonly pipeline = new Pipeline();
	constructor(announced: Address | null = peer) {
		if (announced) this.pipeline.setPeer(announced.address, announced.port);
		this.pipeline.openReceive();
	}
	/** So many ticks in which each sender sends in step; returns the loudest sample. */
	run(ticks: number, ...senders: readonly Sender[]): number {
		let loudest = 0;
		for (let i = 0; i < ticks; i++) {
			if (i % 2 === 0) for (const sender of senders) this.send(sender);
			loudest = Math.max(loudest, peak(this.pipeline.tick()));
		}
		return loudest;
	}
	send(sender: Sender, packet = sender.next()): void {
		assert.isTrue(this.pipeline.deliver(packet, undefined, sender.from));
	}
	get received(): number {
		return this.pipeline.counters()[Statistic.packetsReceived] as number;
	}
	get stray(): number {
		return this.pipeline.counters()[Statistic.packetsStray] as number;
	}
	get foreign(): number {
		return this.pipeline.counters()[Statistic.packetsForeign] as number;
	}
}

describe("sound from another address than the announced one", () => {
	it("is played after a second where the announced one is silent, and told in the figures", () => {
		const call = new Call();
		const source = new Sender(relay, 1);
		assert.strictEqual(call.run(second, source), 0, "not at once");
		assert.deepEqual([call.received, call.foreign, call.stray], [0, 0, 50]);
		assert.isAbove(call.run(second, source), 7000);
		assert.deepEqual([call.received, call.foreign, call.stray], [50, 50, 50]);
	});

	for (const time of [10, 30, 60]) {
		it(`is played after a second or less in packets of ${time} ms`, () => {
			const call = new Call();
			const samples = time * 8;
			let sent = 0;
			for (let tick = 0; tick < 2 * second; tick++) {
				if (tick % (time / 10) !== 0) {
					call.pipeline.tick();
					continue;
				}
				const payload = encode(MU_LAW, sine(400, 8000, samples, sent * samples));
				call.pipeline.deliver(rtpPacket({ sequence: sent, timestamp: sent * samples, payload }), undefined, relay);
				sent++;
				call.pipeline.tick();
			}
			assert.isAtLeast(call.foreign, Math.floor((sent - 1) / 2));
			assert.isBelow(call.foreign, sent - 10);
		});
	}

	it("gives way to the announced one with its first packet, and is stray from then on", () => {
		const call = new Call();
		const [stand, announced] = [new Sender(relay, 1), new Sender(peer, 2)];
		call.run(2 * second, stand);
		const { foreign, received } = call;
		assert.isAbove(foreign, 0);
		call.run(4 * second, announced, stand);
		assert.strictEqual(call.foreign, foreign);
		assert.strictEqual(call.received, received + 200);
	});

	it("is never played while the announced one is heard, were it only now and then", () => {
		const call = new Call();
		const [foreign, announced] = [new Sender(relay, 1), new Sender(peer, 2)];
		for (let i = 0; i < 10; i++) {
			call.run(1, announced);
			call.run(4 * second, foreign);
		}
		assert.strictEqual(call.foreign, 0);
		assert.strictEqual(call.received, 10);
	});

	it("is played when the announced one has been silent for five seconds, and is again until it speaks", () => {
		const call = new Call();
		const [stand, announced] = [new Sender(relay, 1), new Sender(peer, 2)];
		call.run(second, announced);
		call.run(5 * second, stand);
		assert.strictEqual(call.foreign, 0);
		assert.isAbove(call.run(2 * second, stand), 7000);
		const { foreign } = call;
		assert.closeTo(foreign, 50, 2);
		announced.skip(350);
		call.run(second, announced, stand);
		assert.strictEqual(call.foreign, foreign);
		call.run(8 * second, stand);
		assert.closeTo(call.foreign - foreign, 100, 4, "as often as it is needed");
	});

	it("is not played in a pause that the announced one has told, however long", () => {
		const call = new Call();
		const [foreign, announced] = [new Sender(relay, 1), new Sender(peer, 2)];
		call.run(second, announced);
		call.send(announced, announced.next(1, 13));
		call.run(60 * second, foreign);
		assert.strictEqual(call.foreign, 0);
	});

	it("is not played while the announced one, which was heard, goes on reporting", () => {
		const report = new Uint8Array([0x80, 201, 0, 1, 0, 0, 0, 2]);
		const call = new Call();
		const [foreign, announced] = [new Sender(relay, 1), new Sender(peer, 2)];
		call.run(second, announced);
		for (let i = 0; i < 10; i++) {
			call.pipeline.deliver(report, undefined, { address: peer.address, port: peer.port + 1 });
			call.run(4 * second, foreign);
		}
		assert.strictEqual(call.foreign, 0);
		// reports of one that was never heard are no sound
		const unheard = new Call();
		for (let i = 0; i < 3; i++) {
			unheard.pipeline.deliver(report, undefined, { address: peer.address, port: peer.port + 1 });
			unheard.run(second, foreign);
		}
		assert.strictEqual(unheard.foreign, 100);
	});

	it("is taken from nobody as long as two send alike, and from the one that remains", () => {
		const call = new Call();
		const [one, two] = [new Sender(relay, 1), new Sender(other, 2)];
		call.run(10 * second, one, two);
		assert.strictEqual(call.foreign, 0);
		call.run(2 * second, two);
		assert.isAbove(call.foreign, 50);
		const { received } = call;
		// who comes later does not drive out whom the user hears
		call.run(4 * second, one, two);
		assert.strictEqual(call.received, received + 200);
	});

	it("changes hands when the one that stood in has been silent for a second", () => {
		const call = new Call();
		const [one, two] = [new Sender(relay, 1), new Sender(other, 2)];
		call.run(2 * second, one);
		const { foreign } = call;
		call.run(second, two);
		assert.strictEqual(call.foreign, foreign);
		call.run(2 * second, two);
		assert.closeTo(call.foreign - foreign, 50, 2);
	});

	it("may begin anew, with another source at the same address", () => {
		const call = new Call();
		const one = new Sender(relay, 1);
		call.run(2 * second, one);
		const { foreign } = call;
		one.ssrc = 9;
		one.sequence = 4000;
		call.run(second, one);
		assert.strictEqual(call.foreign, foreign + 49, "but for the first packet of the new one");
	});

	for (const [what, type, octets] of [
		["of a payload type that is no sound", 34, 160],
		["of another codec than the one agreed", A_LAW, 160],
		["without any sound", MU_LAW, 0],
		["of comfort noise alone", 13, 1],
	] as const) {
		it(`is not played ${what}`, () => {
			const call = new Call();
			const source = new Sender(relay, 1, type);
			for (let i = 0; i < 5 * second; i++) {
				if (i % 2 === 0) call.send(source, source.next(octets));
				call.pipeline.tick();
			}
			assert.deepEqual([call.received, call.stray], [0, 250]);
		});
	}

	it("is not played when it comes faster than sound, or says that no time passes", () => {
		const fast = new Call();
		const source = new Sender(relay, 1);
		for (let tick = 0; tick < 5 * second; tick++) {
			for (let i = 0; i < 8; i++) fast.send(source);
			fast.pipeline.tick();
		}
		assert.strictEqual(fast.foreign, 0);
		const still = new Call();
		for (let tick = 0; tick < 5 * second; tick++) {
			source.timestamp = 0;
			still.run(1, source);
		}
		assert.strictEqual(still.foreign, 0);
	});

	it("is steady enough with a packet lost or overtaken here and there, and not with gaps", () => {
		const call = new Call();
		const source = new Sender(relay, 1);
		for (let i = 0; i < 60; i++) {
			if (i % 9 === 4) source.skip(1);
			const [first, second] = [source.next(), source.next()];
			if (i % 7 === 3) {
				call.send(source, second);
				call.pipeline.tick();
				call.send(source, first);
			} else {
				call.send(source, first);
				call.pipeline.tick();
				call.send(source, second);
			}
			for (let tick = 0; tick < (i % 9 === 4 ? 5 : 3); tick++) call.pipeline.tick();
		}
		assert.isAbove(call.foreign, 40);
		const gaps = new Call();
		for (let i = 0; i < 20; i++) {
			gaps.run(60, source);
			source.skip(10);
			gaps.run(20);
		}
		assert.strictEqual(gaps.foreign, 0);
	});

	it("is found among packets of addresses that somebody makes up", () => {
		const call = new Call();
		const source = new Sender(relay, 1);
		const draw = random(5);
		for (let tick = 0; tick < 8 * second; tick++) {
			const turn = Math.floor(draw() * 5);
			for (let i = 0; i < 5; i++) {
				if (i === turn && tick % 2 === 0) call.send(source);
				else call.send(new Sender({ address: (draw() * 2 ** 32) >>> 0, port: 5000 + i }, (draw() * 2 ** 32) >>> 0));
			}
			call.pipeline.tick();
		}
		assert.isAbove(call.foreign, 100);
	});

	it("has reports of its own, which are stray before it is played", () => {
		const report = new Uint8Array([0x80, 201, 0, 1, 0, 0, 0, 1]);
		const call = new Call();
		const source = new Sender(relay, 1);
		const from = { address: relay.address, port: relay.port + 1 };
		call.pipeline.setReports(true);
		call.pipeline.startTransmit();
		call.pipeline.deliver(report, undefined, from);
		call.pipeline.tick();
		assert.strictEqual(call.stray, 1);
		call.run(2 * second, source);
		const { stray } = call;
		call.pipeline.deliver(report, undefined, from);
		call.pipeline.tick();
		assert.strictEqual(call.stray, stray);
		assert.strictEqual(call.pipeline.counters()[Statistic.packetsDiscarded], 0);
	});

	it("is taken from nobody as long as two send alike, were it for a quarter of an hour", () => {
		const call = new Call();
		call.run(15 * 60 * second, new Sender(relay, 1), new Sender(other, 2));
		assert.strictEqual(call.foreign, 0);
	}).timeout(60000);

	it("goes on without a gap when that address is announced after all, and begins anew after another one", () => {
		const call = new Call();
		const source = new Sender(relay, 1);
		call.run(2 * second, source);
		const { foreign, received } = call;
		call.pipeline.setPeer(0, 0);
		call.pipeline.setPeer(relay.address, relay.port);
		assert.isAbove(call.run(second, source), 7000);
		assert.deepEqual([call.foreign, call.received], [foreign, received + 50]);
		call.pipeline.setPeer(other.address, other.port);
		call.run(second, source);
		assert.deepEqual([call.foreign, call.received], [foreign, received + 50]);
		call.run(second, source);
		assert.deepEqual([call.foreign, call.received], [foreign + 50, received + 100]);
	});
});

describe("the announced peer", () => {
	it("may change in the middle of a call, which has lost what it had lost before", () => {
		const call = new Call();
		const [before, after] = [new Sender(peer, 1), new Sender(other, 2)];
		call.run(second, before);
		before.skip(3);
		call.run(second, before);
		const lost = (): number => call.pipeline.counters()[Statistic.packetsLost] as number;
		assert.strictEqual(lost(), 3);
		call.pipeline.setPeer(0, 0);
		call.pipeline.setPeer(other.address, other.port);
		call.run(second, after);
		assert.deepEqual([lost(), call.received], [3, 150]);
	});

	it("may move to another port when nothing has come from the one agreed for five seconds", () => {
		const call = new Call();
		const [agreed, moved] = [new Sender(peer, 1), new Sender({ ...peer, port: peer.port + 10 }, 2)];
		call.run(second, agreed);
		call.run(4 * second, moved);
		assert.strictEqual(call.received, 50);
		call.run(2 * second, moved);
		assert.closeTo(call.received, 100, 2);
		call.run(second, agreed, moved);
		assert.closeTo(call.received, 150, 3, "the one agreed is the better one");
	});
});

describe("whoever is heard first, while no peer is announced", () => {
	it("is heard alone until it has fallen silent", () => {
		const call = new Call(null);
		const [first, second_] = [new Sender(relay, 1), new Sender(other, 2)];
		call.run(10, first);
		for (let i = 0; i < second; i++) {
			// packets in sequence between those of the first
			for (let k = 0; k < 3; k++) call.send(second_);
			call.run(1, ...(i % 2 === 0 ? [first] : []));
		}
		assert.strictEqual(call.received, 55);
		call.run(10);
		call.run(20, second_);
		assert.strictEqual(call.received, 65);
	});

	it("keeps its place in a pause that it has told", () => {
		const call = new Call(null);
		const [first, other_] = [new Sender(relay, 1), new Sender(other, 2)];
		call.run(10, first);
		call.send(first, first.next(1, 13));
		call.run(4 * second, other_);
		assert.strictEqual(call.received, 6);
		call.run(2 * second, other_);
		assert.isAbove(call.received, 6);
	});
});
