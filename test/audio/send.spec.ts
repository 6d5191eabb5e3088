/*
 * What the phone sends beside plain sound: comfort noise in pauses (RFC 3389) and keys as telephone events (RFC 4733).
 */
import { assert } from "chai";
import { Statistic } from "hal/hardware";
import { Coder, decode, encode, FRAME, G722, MU_LAW, Pipeline } from "./support/library.js";
import { join, level, random, sine } from "./support/signal.js";

interface Packet {
	tick: number;
	marker: boolean;
	type: number;
	sequence: number;
	timestamp: number;
	payload: Buffer;
}

function parse(octets: Uint8Array, tick: number): Packet {
	const packet = Buffer.from(octets);
	assert.strictEqual(packet[0], 0x80);
	return {
		tick,
		marker: (packet.readUInt8(1) & 0x80) !== 0,
		type: packet.readUInt8(1) & 0x7f,
		sequence: packet.readUInt16BE(2),
		timestamp: packet.readUInt32BE(4),
		payload: packet.subarray(12),
	};
}

/** Ticks over frames of a microphone; all packets sent on the way. */
function send(pipeline: Pipeline, frames: Int16Array[], before?: (tick: number) => void): Packet[] {
	const packets: Packet[] = [];
	for (const [tick, frame] of frames.entries()) {
		before?.(tick);
		pipeline.tick(frame);
		for (let octets = pipeline.collect(); octets; octets = pipeline.collect()) packets.push(parse(octets, tick));
	}
	for (let i = 1; i < packets.length; i++) {
		assert.strictEqual(packets[i]?.sequence, ((packets[i - 1] as Packet).sequence + 1) & 0xffff, "sequence");
	}
	return packets;
}

/** White noise of a level below the overload point (dBov: full scale's square), uniform. */
function noise(level: number, frames: number, seed = 3): Int16Array[] {
	const next = random(seed);
	const amplitude = 32768 * 10 ** (level / 20) * Math.sqrt(3);
	return Array.from({ length: frames }, () =>
		Int16Array.from({ length: FRAME }, () => Math.round((next() * 2 - 1) * amplitude)),
	);
}

function mixed(a: Int16Array[], b: Int16Array[]): Int16Array[] {
	return a.map((frame, i) => frame.map((sample, j) => sample + ((b[i] as Int16Array)[j] as number)));
}

/** Something like a word: a buzz of 140 Hz with a formant's ring, at about -20 dBov. */
function word(frames: number): Int16Array[] {
	return Array.from({ length: frames }, (_, frame) =>
		Int16Array.from({ length: FRAME }, (_, i) => {
			const at = (frame * FRAME + i) % 57;
			return Math.round(12000 * Math.exp(-at / 20) * Math.sin((2 * Math.PI * 600 * at) / 8000));
		}),
	);
}

const silence = (frames: number): Int16Array[] => Array.from({ length: frames }, () => new Int16Array(FRAME));

function started(packetTime = 20, suppress = true, events = 0): Pipeline {
	const pipeline = new Pipeline();
	pipeline.startTransmit(0, 0, packetTime, [7, 100, 5000]);
	pipeline.setTransmit(suppress, events);
	return pipeline;
}

describe("silence suppression", () => {
	for (const packetTime of [10, 20, 30, 60]) {
		for (const background of [-70, -60, -50]) {
			it(`sends talk whole and pauses as noise of the right level: ${packetTime} ms, ${background} dBov`, () => {
				const frames = [
					...noise(background, 300, 1),
					...mixed(noise(background, 60, 2), word(60)),
					...noise(background, 300, 3),
				];
				const packets = send(started(packetTime), frames);
				const perPacket = packetTime / 10;

				// Of the talk, and of the packets that its ends fall into, nothing is missing.
				const talk = packets.filter((packet) => packet.type === 0);
				for (let frame = 300; frame < 360; frame++) {
					const timestamp = 5000 + Math.floor(frame / perPacket) * packetTime * 8;
					const packet = talk.find((one) => one.timestamp === timestamp);
					assert.isDefined(packet, `frame ${frame} is there`);
					const at = (frame % perPacket) * FRAME;
					assert.deepEqual(
						new Uint8Array(packet?.payload.subarray(at, at + FRAME) ?? []),
						encode(MU_LAW, frames[frame] as Int16Array),
					);
				}
				// It goes on for a quarter of a second, then it is quiet.
				const last = Math.max(...talk.filter((packet) => packet.tick < 600).map((packet) => packet.tick));
				assert.isAtLeast(last, 360 + 20);
				assert.isAtMost(last, 360 + 35);
				// Two and a half seconds of the first pause and as much of the second one, twice a second at least.
				const pauses = packets.filter((packet) => packet.type === 13);
				assert.isAtLeast(pauses.length, 6);
				assert.isAtMost(pauses.length, 40);
				for (const packet of pauses) {
					assert.isFalse(packet.marker);
					assert.strictEqual(packet.payload.length, 1, "level alone");
					assert.strictEqual((packet.timestamp - 5000) % (packetTime * 8), 0);
					assert.strictEqual(packet.timestamp, 5000 + Math.floor(packet.tick / perPacket) * packetTime * 8);
				}
				for (const packet of pauses.filter((one) => one.tick > 200 && (one.tick < 300 || one.tick > 450))) {
					assert.closeTo(-packet.payload.readUInt8(0), background, 1.5, "level");
				}
				// Talk after a pause is marked, and only its first packet.
				for (let i = 1; i < packets.length; i++) {
					const [before, now] = [packets[i - 1] as Packet, packets[i] as Packet];
					assert.strictEqual(now.marker, now.type === 0 && before.type === 13);
				}
				// 660 frames, of which talk, its end and the first moments are sent.
				assert.isBelow(talk.length * perPacket, 60 + 2 * 40 + perPacket * 4);
			});
		}
	}

	for (const packetTime of [10, 20, 30, 60]) {
		it(`sends two packets or 40 ms of before late when a word begins, and is in time again: ${packetTime} ms`, () => {
			const perPacket = packetTime / 10;
			const units = packetTime * 8;
			const frames = [...noise(-60, 301, 1), ...mixed(noise(-60, 100, 2), word(100))];
			const packets = send(started(packetTime), frames);
			const begin = packets.findIndex((packet) => packet.tick > 290 && packet.type === 0);
			const first = packets[begin] as Packet;
			const burst = packets.slice(begin).filter((packet) => packet.tick === first.tick);
			assert.lengthOf(burst, Math.max(2, 4 / perPacket) + 1);
			assert.strictEqual(packets[begin - 1]?.type, 13);
			for (const [i, packet] of packets.slice(begin).entries()) {
				assert.strictEqual(packet.type, 0);
				assert.strictEqual(packet.marker, i === 0);
				assert.strictEqual(packet.timestamp, first.timestamp + i * units);
				if (i >= burst.length - 1)
					assert.strictEqual(packet.timestamp, 5000 + Math.floor(packet.tick / perPacket) * units, "in time");
				const from = (packet.timestamp - 5000) / FRAME;
				const sound = join(frames.slice(from, from + perPacket));
				assert.deepEqual(new Uint8Array(packet.payload), encode(MU_LAW, sound));
			}
			// The word began in the 302nd frame.
			assert.isAtMost(first.timestamp, 5000 + 301 * FRAME);
		});
	}

	it("holds nothing back that came before a key, or before suppression was turned off and on", () => {
		for (const [happens, least] of [
			[(pipeline: Pipeline) => pipeline.sendEvent(1, 40), 302],
			[(pipeline: Pipeline) => pipeline.setTransmit(true, 101), 300],
		] as const) {
			const pipeline = started(20, true, 101);
			const frames = [...noise(-60, 300, 1), ...mixed(noise(-60, 60, 2), word(60))];
			const packets = send(pipeline, frames, (tick) => {
				if (tick === 300) happens(pipeline);
			});
			const talk = packets.filter((packet) => packet.type === 0 && packet.tick >= 300);
			assert.isAtLeast(Math.min(...talk.map((packet) => packet.timestamp)), 5000 + least * FRAME);
		}
	});

	it("sends the newest of what was held back, and what comes then, where there is no room for all", () => {
		for (let room = 1; room <= 4; room++) {
			const pipeline = started(20);
			const pause = noise(-60, 1000, 1);
			send(pipeline, pause.slice(0, 200));
			// Comfort noise, twice a second, fills the ring but for so many.
			let waiting = 0;
			let tick = 200;
			for (; waiting < 8 - room && tick < 1000; tick++) {
				const before = pipeline.counters()[Statistic.packetsSent] as number;
				pipeline.tick(pause[tick]);
				waiting += (pipeline.counters()[Statistic.packetsSent] as number) - before;
			}
			assert.strictEqual(waiting, 8 - room);
			for (const frame of mixed(noise(-60, 20, 2), word(20))) pipeline.tick(frame);
			const packets: Packet[] = [];
			for (let octets = pipeline.collect(); octets; octets = pipeline.collect()) packets.push(parse(octets, tick));
			assert.lengthOf(packets, 8);
			const talk = packets.filter((packet) => packet.type === 0);
			assert.lengthOf(talk, room);
			assert.isTrue(talk[0]?.marker);
			for (let i = 1; i < 8; i++) {
				const [before, now] = [packets[i - 1] as Packet, packets[i] as Packet];
				assert.strictEqual(now.sequence, before.sequence + 1);
				if (now.type === 0 && before.type === 0) assert.strictEqual(now.timestamp, before.timestamp + 160);
			}
			// The packet in which voice was found is among them.
			assert.isAtLeast(talk[Math.min(room, 3) - 1]?.timestamp as number, 5000 + tick * FRAME);
		}
	});

	it("does so with wideband sound, too: the same beginning and end, what is sent late coded in its order", () => {
		const narrow = [...noise(-60, 301, 1), ...mixed(noise(-60, 100, 2), word(100)), ...noise(-60, 99, 3)];
		// Each sample twice is the same sound, and what is above it.
		const wide = narrow.map((frame) => Int16Array.from({ length: 2 * FRAME }, (_, i) => frame[i >> 1] as number));
		const pipeline = new Pipeline();
		pipeline.setWideband(true);
		assert.isTrue(pipeline.startTransmit(0, G722, 20, [7, 100, 5000]));
		pipeline.setTransmit(true, 0);
		pipeline.rate = pipeline.suits;
		assert.strictEqual(pipeline.rate, 16);
		const sound = (packets: Packet[], type: number) => packets.filter((packet) => packet.type === type);
		const talk = sound(send(pipeline, wide), G722);
		const alike = sound(send(started(20), narrow), MU_LAW);
		assert.deepEqual(
			talk.map(({ timestamp, tick, marker }) => [timestamp, tick, marker]),
			alike.map(({ timestamp, tick, marker }) => [timestamp, tick, marker]),
		);
		const codes = new Coder(G722).encode(join(wide));
		for (const { timestamp, payload } of talk)
			assert.deepEqual(new Uint8Array(payload), codes.slice(timestamp - 5000, timestamp - 5000 + 160));
	});

	it("leaves a receiver's delay as it was: what is sent late is made up for, and not taken for the network's doing", () => {
		const here = started(20);
		const there = new Pipeline();
		there.openReceive();
		const underway: { tick: number; octets: Uint8Array }[] = [];
		let tick = 0;
		const call = (frames: Int16Array[]) => {
			let most = 0;
			for (const frame of frames) {
				here.tick(frame);
				for (let octets = here.collect(); octets; octets = here.collect()) underway.push({ tick: tick + 3, octets });
				while (underway[0] !== undefined && underway[0].tick <= tick)
					there.deliver((underway.shift() as { octets: Uint8Array }).octets);
				there.tick();
				most = Math.max(most, there.delay().now);
				tick++;
			}
			return most;
		};
		for (let spurt = 0; spurt < 10; spurt++) {
			call(noise(-60, 150, spurt));
			const before = there.delay().now;
			const most = call(mixed(noise(-60, 200, 100 + spurt), word(200)));
			assert.isAtLeast(most, 320, "plays the beginning");
			assert.isAtMost(most, before + 400);
			assert.isAtMost(there.delay().wanted, 160);
			if (spurt > 0) assert.isAtMost(there.delay().now, there.delay().wanted + 200);
		}
		assert.strictEqual(there.counters()[Statistic.packetsLate], 0);
	});

	it("sends everything while it is off", () => {
		const packets = send(started(20, false), noise(-65, 300));
		assert.lengthOf(packets, 150);
		assert.isTrue(packets.every((packet) => packet.type === 0));
	});

	it("tells a change of the background within a second, and gets used to a much louder one within ten", () => {
		for (const [to, within] of [
			[-65, 400],
			[-75, 400],
			[-56, 1300],
		] as const) {
			const packets = send(started(), [...noise(-70, 300, 1), ...noise(to, 1100, 2)]);
			const later = packets.filter((packet) => packet.type === 13 && packet.tick > within);
			assert.isNotEmpty(later, `to ${to}`);
			for (const packet of later) assert.closeTo(-packet.payload.readUInt8(0), to, 1.5);
		}
	});

	it("takes a steady tone for talk", () => {
		const tone = sine(440, 4000, 1000 * FRAME);
		const frames = Array.from({ length: 1000 }, (_, i) => tone.subarray(i * FRAME, (i + 1) * FRAME));
		assert.isTrue(send(started(), frames).every((packet) => packet.type === 0));
	});

	it("tells digital silence by the lowest levels and full scale by no number out of range", () => {
		const quiet = send(started(), silence(300)).filter((packet) => packet.type === 13);
		assert.isNotEmpty(quiet);
		assert.isTrue(quiet.slice(-3).every((packet) => packet.payload.readUInt8(0) >= 75));
		const loud = Array.from({ length: 100 }, () => new Int16Array(FRAME).fill(-32768));
		assert.isTrue(send(started(), loud).every((packet) => packet.type === 0));
	});
});

describe("a tone for the far end", () => {
	const far = (pipeline: Pipeline, frames: Int16Array[]) => {
		const heard = frames.map((frame) => pipeline.tick(frame));
		const sent: Int16Array[] = [];
		return { heard: join(heard), sent, packets: collect(pipeline, sent) };
	};
	/** Decodes what waits to be sent; ticks are few enough for the ring to hold. */
	function collect(pipeline: Pipeline, sent: Int16Array[]): number {
		for (let octets = pipeline.collect(); octets; octets = pipeline.collect())
			sent.push(decode(MU_LAW, octets.subarray(12)));
		return sent.length;
	}

	it("is sent with the microphone, under mute too, and is not heard in the handset or as sidetone", () => {
		for (const [direction, user, network] of [
			[0, true, false],
			[1, false, true],
			[2, true, true],
		] as const) {
			for (const muted of [false, true]) {
				const pipeline = started(20, false);
				pipeline.setSidetone(16);
				pipeline.setMute(muted);
				const voice = Array.from({ length: 14 }, (_, i) => sine(400, 4000, FRAME, i * FRAME));
				far(pipeline, voice);
				pipeline.startTone(0x5f, direction);
				const { heard, sent } = far(pipeline, voice);
				const all = join(sent).subarray(FRAME);
				assert.strictEqual(level(all, 1004) > -1, network, `direction ${direction}`);
				if (muted) assert.isBelow(level(all, 400), -60);
				else assert.closeTo(level(all, 400), level(sine(400, 4000, 800), 400), 0.5);
				assert.strictEqual(level(heard.subarray(FRAME), 1004) > -1, user, `direction ${direction}`);
				pipeline.stopTone();
				far(pipeline, voice);
				assert.isBelow(level(join(far(pipeline, voice).sent), 1004), -40);
			}
		}
	});

	it("counts as talk where silence is suppressed, and need not be listened to", () => {
		const pipeline = started(20, true);
		send(pipeline, silence(100));
		pipeline.startTone(0x5f, 1);
		const packets = send(pipeline, silence(20)).slice(1);
		assert.isTrue(packets.every((packet) => packet.type === 0));
		pipeline.stopTransmit();
		assert.isFalse(pipeline.active, "by itself it keeps no clock running");
	});
});

describe("telephone events", () => {
	for (const packetTime of [10, 20, 30, 60]) {
		it(`${packetTime} ms: growing durations, three ends, one timestamp, then sound again`, () => {
			const pipeline = started(packetTime, false, 101);
			const sound = noise(-20, 100);
			const packets = send(pipeline, sound, (tick) => {
				if (tick === 6) assert.isTrue(pipeline.sendEvent(5, 100));
			});
			const samples = packetTime * 8;
			const events = packets.filter((packet) => packet.type === 101);
			const updates = Math.ceil(100 / packetTime);
			assert.lengthOf(events, updates + 2);
			const first = events[0] as Packet;
			// The event begins with the packet that was being filled when the key came.
			assert.strictEqual(first.timestamp, 5000 + Math.floor(60 / packetTime) * samples);
			for (const [i, packet] of events.entries()) {
				const end = i >= updates - 1;
				assert.strictEqual(packet.marker, i === 0);
				assert.strictEqual(packet.timestamp, first.timestamp);
				assert.deepEqual([...packet.payload.subarray(0, 2)], [5, (end ? 0x80 : 0) | 10]);
				assert.strictEqual(packet.payload.readUInt16BE(2), Math.min(i + 1, updates) * samples);
				assert.lengthOf(packet.payload, 4);
				if (i > 0) assert.strictEqual(packet.tick - (events[i - 1] as Packet).tick, packetTime / 10);
			}
			const after = packets[packets.indexOf(events.at(-1) as Packet) + 1] as Packet;
			assert.strictEqual(after.type, 0);
			assert.isTrue(after.marker);
			assert.strictEqual(after.timestamp, first.timestamp + (updates + 2) * samples);
			const at = (after.timestamp - 5000) / FRAME;
			assert.deepEqual(
				decode(MU_LAW, new Uint8Array(after.payload.subarray(0, FRAME))),
				decode(MU_LAW, encode(MU_LAW, sound[at] as Int16Array)),
			);
		});
	}

	it("keys typed at once follow one another", () => {
		const pipeline = started(20, false, 96);
		const keys = [1, 10, 11, 15, 0];
		const packets = send(pipeline, silence(200), (tick) => {
			if (tick === 0) for (const key of keys) assert.isTrue(pipeline.sendEvent(key, 60));
		});
		const begun = packets.filter((packet) => packet.type === 96 && packet.marker);
		assert.deepEqual(
			begun.map((packet) => packet.payload[0]),
			keys,
		);
		assert.deepEqual(
			begun.map((packet) => (packet.timestamp - 5000) / 160),
			[0, 5, 10, 15, 20],
		);
		assert.lengthOf(
			packets.filter((packet) => packet.type === 96 && ((packet.payload[1] as number) & 0x80) !== 0),
			15,
		);
	});

	it("are sent under mute and in a pause that is suppressed", () => {
		const pipeline = started(20, true, 101);
		pipeline.setMute(true);
		const packets = send(pipeline, silence(200), (tick) => {
			if (tick === 100) pipeline.sendEvent(9, 40);
		});
		assert.deepEqual(
			packets.filter((packet) => packet.type === 101).map((packet) => packet.payload.readUInt16BE(2)),
			[160, 320, 320, 320],
		);
		const after = packets[packets.map((packet) => packet.type).lastIndexOf(101) + 1] as Packet;
		assert.strictEqual(after.type, 13, "the pause is told anew");
	});

	it("are refused when off, out of range or too many", () => {
		const off = started(20, false, 0);
		assert.isFalse(off.sendEvent(1, 100));
		for (const type of [0, 8, 13, 95, 128, 256 + 101]) {
			off.setTransmit(false, type);
			assert.isFalse(off.sendEvent(1, 100), `payload type ${type}`);
		}
		const pipeline = started(20, false, 101);
		assert.isFalse(pipeline.sendEvent(17, 100));
		assert.isFalse(pipeline.sendEvent(1, 9));
		assert.isFalse(pipeline.sendEvent(1, 8001));
		assert.isFalse(pipeline.sendEvent(1, 100, 2));
		for (let i = 0; i < 16; i++) assert.isTrue(pipeline.sendEvent(i, 8000));
		assert.isFalse(pipeline.sendEvent(1, 100));
		pipeline.stopTransmit();
		assert.isFalse(new Pipeline().sendEvent(1, 100));
		// Starting anew forgets what waited.
		pipeline.startTransmit();
		assert.isFalse(pipeline.sendEvent(1, 100));
		assert.isTrue(send(pipeline, silence(4)).every((packet) => packet.type === 0));
	});

	it("that still wait are dropped when events are turned off", () => {
		const pipeline = started(20, false, 101);
		const packets = send(pipeline, silence(40), (tick) => {
			if (tick === 0) for (let key = 0; key < 3; key++) assert.isTrue(pipeline.sendEvent(key, 100));
			if (tick === 10) pipeline.setTransmit(false, 0);
		});
		for (const { tick, type, payload } of packets)
			assert.deepEqual([type, payload.length], tick < 10 ? [101, 4] : [0, 160], `tick ${tick}`);
	});

	it("the longest event does not overflow its duration", () => {
		const pipeline = started(60, false, 101);
		pipeline.sendEvent(2, 8000);
		const durations = send(pipeline, silence(1000))
			.filter((packet) => packet.type === 101)
			.map((packet) => packet.payload.readUInt16BE(2));
		assert.strictEqual(Math.max(...durations), 134 * 480);
	});
});
