/*
 * The engine over a port that writes down what it is asked for: the order of things between pipeline and sockets, which is
 * the same on every body.
 */
import { assert } from "chai";
import { Statistic } from "hal/hardware";
import { COUNTERS, encode, FRAME, fakedEngine, MU_LAW } from "./support/library.js";
import { amplitude, join, rtpPacket, sine } from "./support/signal.js";

const PEER = 0x0a000001;
const OTHER = 0x0a000002;
const EF = 0xb8;

describe("audio engine", () => {
	let engine: ReturnType<typeof fakedEngine>;

	before(() => {
		engine = fakedEngine();
	});

	beforeEach(() => {
		assert.isTrue(engine.start());
		assert.deepEqual(engine.log(), ["start"]);
	});

	afterEach(() => {
		engine.busy(0);
		engine.none(false);
		engine.stop();
		engine.log();
	});

	const ticks = (count: number) => {
		for (let i = 0; i < count; i++) assert.isDefined(engine.tick());
	};
	const counters = (stream = 0) => {
		const target = new Uint32Array(COUNTERS);
		engine.counters(stream, target, target.length);
		return target;
	};
	const sound = (sequence: number) =>
		rtpPacket({ sequence, timestamp: sequence * 160, payload: encode(MU_LAW, sine(400, 8000, 160)) });
	/** Opens a stream with reports on, so that it has two ports; the first of them. */
	const openBoth = (): number => {
		engine.setReports(true);
		const port = engine.openReceive(0, 0, 20);
		assert.deepEqual(engine.log(), [`bind ${port}`, `bind ${port + 1}`, "wake"]);
		return port;
	};

	it("opens a stream on an even port, and the next one on the next", () => {
		const first = engine.openReceive(0, 0, 20);
		assert.isAtLeast(first, 20480);
		assert.strictEqual(first % 2, 0);
		assert.strictEqual(engine.openReceive(1, 8, 30), first + 2);
		assert.strictEqual(engine.openReceive(0, 8, 20), first, "open already");
		assert.deepEqual(engine.log(), [`bind ${first}`, "wake", `bind ${first + 2}`, "wake", "wake"]);
	});

	it("goes past a port that somebody has, for sound or for reports, and gives up where there is no socket", () => {
		const first = engine.openReceive(1, 0, 20);
		engine.busy(first + 2);
		const port = engine.openReceive(0, 0, 20);
		assert.strictEqual(port, first + 4);
		engine.closeReceive(0);
		engine.setReports(true);
		engine.busy(port + 3);
		engine.log();
		assert.strictEqual(engine.openReceive(0, 0, 20), port + 4);
		assert.deepEqual(engine.log(), [
			...[`bind ${port + 2}`, `bind ${port + 3}`, `close ${port + 2}`],
			...[`bind ${port + 4}`, `bind ${port + 5}`, "wake"],
		]);
		engine.closeReceive(0);
		engine.none(true);
		engine.log();
		assert.strictEqual(engine.openReceive(0, 0, 20), 0);
		assert.isFalse(engine.startTransmit(0, PEER, 5000, 0, 20, EF));
		assert.strictEqual(engine.log().filter((line) => line.startsWith("bind")).length, 2);
		assert.strictEqual(engine.open(0), 0);
	});

	it("sends sound and reports with the type of service asked for, the octet whole", () => {
		const port = openBoth();
		assert.isTrue(engine.startTransmit(0, PEER, 5000, 0, 20, 0x1b8));
		assert.deepEqual(engine.log(), [`service ${port} b8`, `service ${port + 1} b8`, "wake"]);
	});

	it("sends sound to the peer's port and reports to the one above, each from its own", () => {
		const port = openBoth();
		engine.startTransmit(0, PEER, 5000, 0, 20, EF);
		engine.log();
		ticks(800);
		const sent = engine.log();
		assert.include(sent, `send ${port} type 0 octets 172 to a000001 5000`);
		const reports = sent.filter((line) => line.startsWith(`send ${port + 1} type 200`));
		assert.isNotEmpty(reports);
		assert.isTrue(reports.every((line) => line.endsWith("to a000001 5001")));
	});

	it("says goodbye to the old peer before it turns to a new one, and at the end", () => {
		const port = openBoth();
		engine.startTransmit(0, PEER, 5000, 0, 20, EF);
		ticks(4);
		engine.log();
		engine.startTransmit(0, OTHER, 6000, 0, 20, EF);
		const [goodbye, ...aimed] = engine.log();
		assert.match(goodbye as string, new RegExp(`^send ${port + 1} type 200 octets \\d+ to a000001 5001$`));
		assert.deepEqual(aimed, [`service ${port} b8`, `service ${port + 1} b8`, "wake"]);
		ticks(4);
		engine.log();
		engine.stopTransmit(0);
		assert.match((engine.log() as [string])[0], / to a000002 6001$/);
	});

	it("leaves what is open as it is when it refuses", () => {
		openBoth();
		engine.startTransmit(0, PEER, 5000, 0, 20, EF);
		ticks(4);
		engine.log();
		for (const [stream, address, port, payloadType, packetTime] of [
			[0, OTHER, 6000, 18, 20],
			[0, OTHER, 6000, 0, 25],
			[0, OTHER, 0, 0, 20],
			[0, OTHER, 65536, 0, 20],
			[0, 0, 6000, 0, 20],
			[2, OTHER, 6000, 0, 20],
		] as const) {
			assert.isFalse(engine.startTransmit(stream, address, port, payloadType, packetTime, EF));
		}
		assert.strictEqual(engine.openReceive(0, 18, 20), 0);
		assert.strictEqual(engine.openReceive(0, 0, 25), 0);
		assert.strictEqual(engine.openReceive(2, 0, 20), 0);
		assert.isFalse(engine.openMulticast(0, 0xefff0001, 20000, 0, 20));
		engine.closeReceive(2);
		engine.stopTransmit(2);
		assert.deepEqual(
			engine.log().filter((line) => line !== "wake"),
			[],
		);
		assert.strictEqual(engine.open(0), 3);
		ticks(2);
		assert.match(engine.log().join(), /to a000001 5000/);
	});

	it("hears nothing of what came before the stream was opened, and of what came while it only sent", () => {
		engine.startTransmit(0, PEER, 5000, 0, 20, EF);
		const port = Number(/bind (\d+)/.exec(engine.log().join())?.[1]);
		const from = { address: PEER, port: 5000 };
		assert.isTrue(engine.deliver(port, sound(1), from));
		ticks(1);
		assert.include(engine.log(), `flush ${port} of 1`);
		for (let i = 2; i < 5; i++) assert.isTrue(engine.deliver(port, sound(i), from));
		assert.strictEqual(engine.openReceive(0, 0, 20), port);
		assert.deepEqual(engine.log(), [`flush ${port} of 3`, "wake"]);
		ticks(1);
		assert.strictEqual(counters()[Statistic.packetsReceived], 0);
		assert.isTrue(engine.deliver(port, sound(5), from));
		ticks(1);
		assert.strictEqual(counters()[Statistic.packetsReceived], 1);
	});

	it("plays the peer alone, from the start of sending to its end", () => {
		const port = openBoth();
		engine.startTransmit(0, PEER, 5000, 0, 20, EF);
		engine.deliver(port, sound(1), { address: OTHER, port: 5000 });
		ticks(1);
		assert.strictEqual(counters()[Statistic.packetsStray], 1);
		engine.stopTransmit(0);
		engine.deliver(port, sound(2), { address: OTHER, port: 5000 });
		ticks(1);
		assert.strictEqual(counters()[Statistic.packetsReceived], 1);
	});

	it("closes both sockets when neither direction is open", () => {
		for (const first of ["closeReceive", "stopTransmit"] as const) {
			const port = openBoth();
			engine.startTransmit(0, PEER, 5000, 0, 20, EF);
			engine.log();
			engine[first](0);
			assert.deepEqual(engine.log(), []);
			engine.closeReceive(0);
			engine.stopTransmit(0);
			assert.deepEqual(engine.log(), [`close ${port}`, `close ${port + 1}`]);
			engine.closeReceive(0);
			engine.stopTransmit(0);
			assert.deepEqual(engine.log(), []);
		}
	});

	it("joins a multicast group with a stream that is closed, and with no other", () => {
		assert.isTrue(engine.openMulticast(1, 0xefff0001, 20000, 0, 20));
		assert.isFalse(engine.openMulticast(1, 0xefff0002, 20002, 0, 20), "open");
		assert.isFalse(engine.openMulticast(0, 0x7f000001, 20000, 0, 20), "no group");
		assert.isFalse(engine.openMulticast(0, 0xefff0001, 0, 0, 20), "no port");
		assert.isFalse(engine.openMulticast(0, 0xefff0001, 20000, 18, 20), "no codec");
		engine.closeReceive(1);
		engine.none(true);
		assert.isFalse(engine.openMulticast(1, 0xefff0001, 20000, 0, 20), "no socket");
		assert.deepEqual(
			engine.log().filter((line) => line !== "wake"),
			["join efff0001 20000", "close 20000", "join efff0001 20000"],
		);
		assert.strictEqual(engine.open(1), 0);
	});

	it("hears what is sent to a port that is named", () => {
		assert.isTrue(engine.openMulticast(0, 0, 24000, 0, 20));
		engine.closeReceive(0);
		engine.none(true);
		assert.isFalse(engine.openMulticast(0, 0, 24000, 0, 20), "no socket");
		assert.deepEqual(
			engine.log().filter((line) => line !== "wake"),
			["bind 24000", "close 24000", "bind 24000"],
		);
	});

	it("wakes the clock for what is to be heard or sent, and for nothing else", () => {
		engine.setRoute(1);
		engine.setMute(false);
		engine.closeReceive(0);
		assert.deepEqual(engine.log(), []);
		assert.isUndefined(engine.tick());
		engine.startTone(0x21, 0);
		assert.deepEqual(engine.log(), ["wake"]);
		assert.isDefined(engine.tick());
	});

	it("gives the user the sidetone of the body", () => {
		engine.setRoute(1);
		engine.startTransmit(0, PEER, 5000, 0, 20, EF);
		const mic = (i: number) => sine(500, 20000, FRAME, i * FRAME);
		engine.tick(mic(0));
		const heard = join(Array.from({ length: 10 }, (_, i) => engine.tick(mic(i + 1)) as Int16Array));
		assert.closeTo(20 * Math.log10(amplitude(heard, 500) / 20000), -24.08, 0.5);
	});

	it("closes all at its end, and begins anew", () => {
		const port = openBoth();
		engine.startTransmit(0, PEER, 5000, 0, 20, EF);
		engine.setRoute(1);
		engine.startTone(0x21, 0);
		ticks(2);
		engine.log();
		engine.stop();
		assert.deepEqual(engine.log(), ["stop", `close ${port}`, `close ${port + 1}`]);
		engine.stop();
		assert.deepEqual(engine.log(), []);
		assert.isTrue(engine.start());
		assert.deepEqual(engine.log(), ["start"]);
		assert.isUndefined(engine.tick());
		assert.strictEqual(counters()[Statistic.packetsSent], 0);
	});
});
