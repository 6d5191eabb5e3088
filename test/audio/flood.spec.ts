/*
 * Packets that nobody asked for, and packets that come all at once: what a call plays is what it plays without the ones,
 * and has all of the others. The engine over a port whose sockets hold as much as the chip's, in simulated time; and the
 * host's port with real sockets on the clock of its microphone.
 */
import { createSocket, type Socket } from "node:dgram";
import { closeSync, existsSync, readdirSync, readFileSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { Statistic } from "hal/hardware";
import {
	COUNTERS,
	connect,
	encode,
	FRAME,
	fakedEngine,
	MU_LAW,
	port,
	portStatistics,
	root,
	socketPair,
} from "./support/library.js";
import { join as joined, peak, random, rtpPacket, sine } from "./support/signal.js";

const PEER = { address: 0x0a000001, port: 5000 };
const LOOPBACK = 0x7f000001;
/** Packets that nobody asked for in a tick: 5,000 a second. */
const FLOOD = 50;

const sound = (sequence: number, samples = 160) =>
	rtpPacket({
		sequence,
		timestamp: sequence * samples,
		ssrc: 0x1234,
		payload: encode(MU_LAW, sine(400, 8000, samples, sequence * samples)),
	});

/** The same as a stream of somebody else's, or a copy of the call's. */
const alien = new Uint8Array(160).fill(0x20);
const foreign = (sequence: number, ssrc: number) =>
	rtpPacket({ sequence, timestamp: sequence * 160, ssrc, payload: alien });

type Flood = (index: number) => { octets: Uint8Array; address: number; port: number };

/** What a host may send, by the number of the packet. */
const floods: Readonly<Record<string, Flood>> = {
	"of one host, a stream in itself": (index) => ({ octets: foreign(index, 7), address: 0x0a000009, port: 5000 }),
	"that copies the call's source": (index) => ({ octets: foreign(index, 0x1234), address: 0x0a000009, port: 5000 }),
	"of addresses that are made up": (index) => ({
		octets: foreign(index, index),
		address: 0x0b000000 + index,
		port: 1024 + (index % 60000),
	}),
	"of what is no packet": (index) => ({
		octets: new Uint8Array(1 + (index % 500)).fill(index),
		address: 0x0a000009,
		port: 5000,
	}),
	"of reports that say that all is over": () => ({
		octets: new Uint8Array([0x80, 201, 0, 1, 0, 0, 0, 1, 0x81, 203, 0, 1, 0, 0, 0x12, 0x34]),
		address: 0x0a000009,
		port: 5001,
	}),
};

describe("a flood of 5,000 foreign packets a second", () => {
	let engine: ReturnType<typeof fakedEngine>;

	before(() => {
		engine = fakedEngine();
	});

	/** Ten seconds of a call over a network that hurries and loiters, and a flood beside it from a tick on. */
	function call(flood: Flood | undefined, from: number) {
		assert.isTrue(engine.start());
		engine.setReports(true);
		engine.setRoute(1);
		const local = engine.openReceive(0, 0, 20);
		engine.startTransmit(0, PEER.address, PEER.port, 0, 20, 0);
		const draw = random(3);
		const frames: Int16Array[] = [];
		let sequence = 0;
		let index = 0;
		for (let tick = 0; tick < 1000; tick++) {
			for (let i = 0; flood !== undefined && tick >= from && i < FLOOD; i++, index++) {
				const { octets, ...source } = flood(index);
				engine.deliver(local, octets, source);
				engine.deliver(local + 1, octets, source);
			}
			// each packet is a tick or two late at random, and one in fifty is lost
			while (sequence * 2 <= tick - Math.floor(draw() * 3)) {
				if (draw() > 0.02) assert.isTrue(engine.deliver(local, sound(sequence), PEER), "the socket has room");
				sequence++;
			}
			frames.push(engine.tick() as Int16Array);
			engine.log();
		}
		const counters = new Uint32Array(COUNTERS);
		engine.counters(0, counters, COUNTERS);
		engine.stop();
		engine.log();
		return { sound: joined(frames), counters };
	}

	for (const [name, flood] of Object.entries(floods)) {
		for (const from of [0, 200]) {
			it(`changes no sample of the call: ${name}, from tick ${from}`, () => {
				const calm = call(undefined, 0);
				assert.isAbove(peak(calm.sound), 7000);
				assert.isAbove(calm.counters[Statistic.packetsReceived] as number, 450);
				const flooded = call(flood, from);
				assert.deepEqual(flooded.sound, calm.sound);
				// nor a figure, but for those of what was not wanted
				for (const index of [Statistic.packetsStray, Statistic.packetsDiscarded]) {
					calm.counters[index] = 0;
					flooded.counters[index] = 0;
				}
				assert.deepEqual(flooded.counters, calm.counters);
			});
		}
	}

	it("changes no sample of the call: of the peer's own address, from another port", () => {
		const calm = call(undefined, 0);
		const flooded = call((index) => ({ octets: foreign(index, 7), address: PEER.address, port: 6000 }), 200);
		assert.deepEqual(flooded.sound, calm.sound);
		assert.strictEqual(flooded.counters[Statistic.packetsStray], 800 * FLOOD * 2);
	});

	it("is counted as stray, to the last packet", () => {
		const { counters } = call(floods["that copies the call's source"], 200);
		assert.strictEqual(counters[Statistic.packetsStray], 800 * FLOOD * 2);
	});

	it("has no part in a page, whose sender nobody has announced", () => {
		const page = (flooded: boolean): Int16Array => {
			assert.isTrue(engine.start());
			engine.setRoute(3);
			assert.isTrue(engine.openMulticast(0, 0xefff0001, 20000, 0, 20));
			const frames: Int16Array[] = [];
			for (let tick = 0; tick < 500; tick++) {
				if (tick % 2 === 0) engine.deliver(20000, sound(tick / 2), PEER);
				for (let i = 0; flooded && i < FLOOD; i++)
					engine.deliver(20000, foreign(tick * FLOOD + i, 7), { address: 0x0a000009, port: 5000 });
				frames.push(engine.tick() as Int16Array);
			}
			engine.stop();
			engine.log();
			return joined(frames);
		};
		const calm = page(false);
		assert.isAbove(peak(calm), 7000);
		assert.deepEqual(page(true), calm);
	});
});

describe("a burst after the network has stood still", () => {
	for (const [time, standstill] of [
		[20, 300],
		[20, 400],
		[10, 300],
		[10, 400],
	] as const) {
		it(`is taken whole: ${standstill} ms of packets of ${time} ms`, () => {
			const engine = fakedEngine();
			assert.isTrue(engine.start());
			engine.setRoute(1);
			const local = engine.openReceive(0, 0, time);
			engine.startTransmit(0, PEER.address, PEER.port, 0, time, 0);
			const every = time / 10;
			let sequence = 0;
			for (let tick = 0; tick < 500; tick++) {
				const stands = tick % 100 >= 100 - standstill / 10;
				while (!stands && sequence * every <= tick)
					assert.isTrue(engine.deliver(local, sound(sequence++, time * 8), PEER), "the socket has room");
				engine.tick();
			}
			while (sequence * every <= 500) engine.deliver(local, sound(sequence++, time * 8), PEER);
			engine.tick();
			const counters = new Uint32Array(COUNTERS);
			engine.counters(0, counters, COUNTERS);
			engine.stop();
			assert.strictEqual(counters[Statistic.packetsReceived], sequence);
			assert.strictEqual(counters[Statistic.packetsLost], 0);
		});
	}
});

describe("a board's sockets", () => {
	const folder = join(root, "hardware");
	const boards = readdirSync(folder).filter((name) => existsSync(join(folder, name, "sdkconfig/sdkconfig.defaults")));

	it("there are boards", () => assert.isAtLeast(boards.length, 3));

	for (const board of boards) {
		it(`hold a burst of 400 ms, and a tick of the flood: ${board}`, () => {
			const text = readFileSync(join(folder, board, "sdkconfig/sdkconfig.defaults"), "utf8");
			const size = Number(/^CONFIG_LWIP_UDP_RECVMBOX_SIZE=(\d+)$/m.exec(text)?.[1]);
			assert.isAtLeast(size, Math.max(40, FLOOD + 2));
			// and a tick empties it
			const most = /^#define DATAGRAMS_MOST (\d+)u$/m.exec(readFileSync(join(root, "audio/channel.c"), "utf8"));
			assert.isAtLeast(Number(most?.[1]), size);
		});
	}
});

describe("the host's sockets", function () {
	this.timeout(120_000);

	const socket = async (address: string): Promise<Socket> => {
		const made = createSocket("udp4");
		await new Promise<void>((done) => made.bind(0, address, done));
		return made;
	};
	/** Returns when the datagram is in the other socket. */
	const send = (from: Socket, octets: Uint8Array, to: number): Promise<void> =>
		new Promise((done) => from.send(octets, to, "127.0.0.1", () => done()));

	async function call(flooded: boolean): Promise<{ sound: Int16Array; counters: Uint32Array }> {
		const [ours, theirs] = socketPair();
		const [peer, stranger] = [await socket("127.0.0.1"), await socket("127.0.0.9")];
		const heard = new Int16Array(300 * FRAME);
		assert.isTrue(port.start());
		try {
			port.address(LOOPBACK);
			assert.strictEqual(connect("microphone", `clock:${theirs}`), "");
			assert.strictEqual(connect("speaker", `fd:${theirs}`), "");
			port.setRoute(1);
			const local = port.openReceive(0, 0, 20);
			assert.isTrue(port.startTransmit(0, LOOPBACK, peer.address().port, 0, 20, 0));
			const frame = Buffer.alloc(2 * FRAME);
			for (let tick = 0, index = 0; tick < 300; tick++) {
				for (let i = 0; flooded && i < FLOOD; i++) await send(stranger, foreign(index++, 7), local);
				if (tick % 2 === 0) await send(peer, sound(tick / 2), local);
				writeSync(ours, frame);
				assert.strictEqual(readSync(ours, frame), frame.length);
				for (let i = 0; i < FRAME; i++) heard[tick * FRAME + i] = frame.readInt16LE(2 * i);
				frame.fill(0);
			}
			return { sound: heard, counters: portStatistics() };
		} finally {
			port.stop();
			for (const each of [ours, theirs]) closeSync(each);
			for (const each of [peer, stranger]) each.close();
		}
	}

	it("let a flood of 5,000 foreign packets a second change no sample of the call", async () => {
		const calm = await call(false);
		assert.isAbove(peak(calm.sound), 7000);
		const flooded = await call(true);
		assert.deepEqual(flooded.sound, calm.sound);
		assert.strictEqual(flooded.counters[Statistic.packetsStray], 300 * FLOOD);
		flooded.counters[Statistic.packetsStray] = 0;
		assert.deepEqual(flooded.counters, calm.counters);
	});
});
