// SNTP client and syslog sender over a fake network.
import { assert } from "chai";
import { Limits } from "limits";
import { Sntp } from "net/sntp";
import { Syslog } from "net/syslog";
import { randomNumbers } from "../support/consumer.js";
import { FakeClock, FakeNetwork, type Packet } from "../support/fakes.js";

const now = 1795000000;

function rig(hosts: readonly string[] = ["192.0.2.1"]) {
	const clock = new FakeClock();
	const network = new FakeNetwork();
	network.names.set("ntp.example.com", "192.0.2.9");
	const log: string[] = [];
	const sntp = new Sntp(network, clock, (line) => log.push(line), randomNumbers(123));
	sntp.start(hosts);
	return { clock, network, log, sntp };
}

type Rig = ReturnType<typeof rig>;

/** What a server answers to the newest request, with changes of octets. */
function answer(it: Rig, change: Readonly<Record<number, number>> = {}, seconds = now, fraction = 0): Packet {
	const request = it.network.datagramSocket.writes[0]?.octets ?? new Uint8Array(48);
	const octets = new Uint8Array(48);
	const view = new DataView(octets.buffer);
	octets[0] = 0x24;
	octets[1] = 2;
	octets.set(request.subarray(40, 48), 24);
	view.setUint32(40, (seconds + 2208988800) % 0x100000000);
	view.setUint32(44, fraction);
	for (const [place, value] of Object.entries(change)) octets[Number(place)] = value;
	return { octets, address: it.network.datagramSocket.writes[0]?.address ?? "", port: 123 };
}

/** Waits until the phone asks again; ms that it took. */
function nextRequest(it: Rig): number {
	const { clock, network } = it;
	const count = network.datagramSockets.length;
	const start = clock.ticks;
	while (network.datagramSockets.length === count && clock.ticks - start < 1e8) clock.advance(250);
	return clock.ticks - start;
}

describe("SNTP client", () => {
	it("asks as RFC 4330 has it and sets the clock from the answer", () => {
		const it = rig(["ntp.example.com"]);
		const socket = it.network.datagramSocket;
		const [request] = socket.writes;
		assert.strictEqual(`${request?.address}:${request?.port}`, "192.0.2.9:123");
		assert.strictEqual(request?.octets.length, 48);
		assert.deepEqual([...(request?.octets.subarray(0, 40) ?? [])], [0x23, ...new Array(39).fill(0)]);
		assert.isTrue(request?.octets.subarray(40).some((octet) => octet !== 0));
		socket.deliver(answer(it));
		assert.strictEqual(it.clock.wallClock, now);
		assert.isTrue(socket.closed);
		assert.match(it.log[0] ?? "", /time of ntp\.example\.com taken/);
	});

	it("rounds to the second, and knows the era that begins in 2036", () => {
		for (const [seconds, fraction, expected] of [
			[now, 0x7fffffff, now],
			[now, 0x80000000, now + 1],
			[2085978496, 5, 2085978496],
			[2085978495, 0, 2085978495],
			[2200000000, 0, 2200000000],
		] as const) {
			const it = rig();
			it.network.datagramSocket.deliver(answer(it, {}, seconds, fraction));
			assert.strictEqual(it.clock.wallClock, expected);
		}
	});

	it("asks again every hour or so, from a socket of its own each time", () => {
		const it = rig();
		for (let round = 0; round < 3; round += 1) {
			it.network.datagramSocket.deliver(answer(it));
			const pause = nextRequest(it);
			assert.isAtLeast(pause, 2700000);
			assert.isAtMost(pause, 4500250);
			assert.strictEqual(it.sntp.accepted, round + 1);
		}
		const [first, second] = it.network.datagramSockets.map((socket) => [...(socket.writes[0]?.octets ?? [])].join());
		assert.notStrictEqual(first, second);
	});

	it("believes nothing but the answer to its request", () => {
		const it = rig();
		const socket = it.network.datagramSocket;
		const right = answer(it);
		const wrong: Packet[] = [
			{ ...right, address: "192.0.2.2" },
			{ ...right, port: 124 },
			{ ...right, octets: right.octets.subarray(0, 47) },
			answer(it, { 0: 0x23 }),
			answer(it, { 0: 0x25 }),
			answer(it, { 0: 0x04 }),
			answer(it, { 0: 0x2c }),
			answer(it, { 24: ((right.octets[24] as number) + 1) & 255 }),
			answer(it, { 31: ((right.octets[31] as number) + 1) & 255 }),
		];
		for (const packet of wrong) socket.deliver(packet);
		assert.strictEqual(it.clock.wallClock, 0);
		assert.strictEqual(it.sntp.refused, wrong.length);
		assert.isFalse(socket.closed);
		socket.deliver(right);
		assert.strictEqual(it.clock.wallClock, now);
	});

	it("turns to the next server: silent, without a name, without the time, with a wrong one", () => {
		const it = rig(["192.0.2.1", "nowhere", "192.0.2.3", "192.0.2.4"]);
		assert.strictEqual(nextRequest(it), 4000);
		const third = it.network.datagramSocket;
		assert.strictEqual(third.writes[0]?.address, "192.0.2.3");
		third.deliver(answer(it, { 0: 0xe4 }));
		assert.strictEqual(it.network.datagramSocket.writes[0]?.address, "192.0.2.4");
		it.network.datagramSocket.deliver(answer(it, {}, 1500000000));
		assert.strictEqual(it.clock.wallClock, 0);
		assert.deepEqual(
			it.log.map((line) => line.slice(12)),
			[
				"192.0.2.1: no answer",
				"nowhere: name without an address",
				"192.0.2.3: it has no time itself",
				"192.0.2.4: its time is wrong",
			],
		);
		const pause = nextRequest(it);
		assert.isAtLeast(pause, 12000);
		assert.isAtMost(pause, 20250);
		assert.strictEqual(it.network.datagramSocket.writes[0]?.address, "192.0.2.1");
		it.network.datagramSocket.deliver(answer(it));
		assert.strictEqual(it.clock.wallClock, now);
	});

	it("asks less and less often when nobody answers", () => {
		const it = rig();
		let before = 0;
		for (let round = 0; round < 7; round += 1) {
			const pause = nextRequest(it);
			assert.isAbove(pause, before);
			before = pause * 1.1;
		}
		for (let round = 0; round < 3; round += 1) assert.isAtMost(nextRequest(it), 1024000 * 1.25 + 4250);
	});

	it("heeds a kiss-o'-death: DENY and RSTR for ever, RATE for a quarter of an hour", () => {
		const letters = (text: string) => ({
			1: 0,
			12: text.charCodeAt(0),
			13: text.charCodeAt(1),
			14: text.charCodeAt(2),
			15: text.charCodeAt(3),
		});
		for (const code of ["DENY", "RSTR", "RATE"]) {
			const it = rig(["192.0.2.1", "192.0.2.2"]);
			it.network.datagramSocket.deliver(answer(it, letters(code)));
			assert.include(it.log[0], `it sends ${code}`);
			const asked: string[] = [];
			while (it.clock.ticks < 3000000) {
				asked.push(`${it.network.datagramSocket.writes[0]?.address}`);
				nextRequest(it);
			}
			const again = asked.lastIndexOf("192.0.2.1");
			if (code === "RATE") assert.isAbove(again, 3);
			else assert.strictEqual(again, -1);
			assert.isAbove(asked.length, 5);
		}
	});

	it("stops, and starts with other servers, whatever was under way", () => {
		const it = rig();
		const first = it.network.datagramSocket;
		const late = answer(it);
		it.sntp.start(["192.0.2.7"]);
		assert.isTrue(first.closed);
		first.deliver(late);
		assert.strictEqual(it.network.datagramSocket.writes[0]?.address, "192.0.2.7");
		it.sntp.stop();
		assert.isTrue(it.network.datagramSocket.closed);
		assert.strictEqual(it.clock.pending, 0);
		it.sntp.start([]);
		assert.strictEqual(it.clock.pending, 0);
		it.sntp.start(new Array(Limits.timeServers + 3).fill("192.0.2.8"));
		it.network.datagramSocket.fail();
		assert.strictEqual(it.network.datagramSockets.length, 4);
	});

	it("withstands garbage", () => {
		const random = randomNumbers(5905);
		const it = rig();
		for (let round = 0; round < 500; round += 1) {
			const right = answer(it);
			const octets = right.octets.slice();
			for (let i = 0; i < 3; i += 1) octets[Math.floor(random() * 24)] = Math.floor(random() * 256);
			if (random() < 0.5) octets[40] = Math.floor(random() * 256);
			it.network.datagramSocket.deliver({ ...right, octets });
			assert.isTrue(it.clock.wallClock === 0 || it.clock.wallClock >= 1704067200);
			it.clock.advance(700);
		}
		assert.isAtMost(it.clock.pending, 1);
	});
});

describe("syslog", () => {
	function syslogRig() {
		const clock = new FakeClock();
		const network = new FakeNetwork();
		network.names.set("log.example.com", "192.0.2.5");
		const wall = { localSeconds: -1 };
		const syslog = new Syslog(network, clock, wall, "SEP001122334455");
		const lines = (): string[] => network.datagramSocket.take().map(({ octets }) => String.fromCharCode(...octets));
		return { clock, network, wall, syslog, lines };
	}

	it("sends lines as RFC 3164 has them, to the server's port", () => {
		const { clock, network, wall, syslog, lines } = syslogRig();
		syslog.log("before there is a server");
		syslog.start("log.example.com", 514);
		syslog.log("registered");
		const [packet] = network.datagramSocket.writes;
		assert.strictEqual(`${packet?.address}:${packet?.port}`, "192.0.2.5:514");
		assert.deepEqual(lines(), ["<190>linnet: registered"]);
		clock.setWallClock(Date.UTC(2026, 10, 2, 3, 4, 5) / 1000);
		syslog.log("two\nlines\x07");
		wall.localSeconds = clock.wallClock + 12 * 3600;
		syslog.log("");
		assert.deepEqual(lines(), [
			"<190>Nov  2 03:04:05 SEP001122334455 linnet: two lines ",
			"<190>Nov  2 15:04:05 SEP001122334455 linnet: ",
		]);
	});

	it("asks again for a server that has no address yet, and opens a socket that broke again", () => {
		const { clock, network, syslog, lines } = syslogRig();
		network.names.clear();
		syslog.start("log.example.com", 514);
		network.names.set("log.example.com", "192.0.2.5");
		syslog.log("too soon");
		assert.lengthOf(network.datagramSockets, 0);
		clock.advance(60000);
		syslog.log("found");
		assert.deepEqual(lines(), ["<190>linnet: found"]);
		network.datagramSocket.fail();
		syslog.log("lost");
		clock.advance(60000);
		syslog.log("back");
		assert.lengthOf(network.datagramSockets, 2);
		assert.deepEqual(lines(), ["<190>linnet: back"]);
		syslog.stop();
		clock.advance(60000);
		syslog.log("ended");
		assert.lengthOf(network.datagramSockets, 2);
	});

	it("writes UTF-8 and cuts long lines between characters", () => {
		const { syslog, lines } = syslogRig();
		syslog.start("192.0.2.5", 514);
		syslog.log("aä€😀b");
		assert.deepEqual(lines(), ["<190>linnet: a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80b"]);
		syslog.log("€".repeat(400));
		const [long = ""] = lines();
		assert.isAtMost(long.length, Limits.syslogPacket);
		assert.isAbove(long.length, Limits.syslogPacket - 3);
		assert.strictEqual((long.length - "<190>linnet: ".length) % 3, 0);
	});

	it("sends so many at once and no more, and says how many it held back", () => {
		const { clock, syslog, lines } = syslogRig();
		syslog.start("192.0.2.5", 514);
		for (let i = 0; i < 100; i += 1) syslog.log(`line ${i}`);
		assert.strictEqual(lines().length, 20);
		assert.strictEqual(syslog.dropped, 80);
		clock.advance(600);
		for (let i = 0; i < 9; i += 1) syslog.log(`later ${i}`);
		assert.deepEqual(lines(), [
			"<190>linnet: 80 lines before this one were not sent: too many at once",
			"<190>linnet: later 0",
			"<190>linnet: later 1",
			"<190>linnet: later 2",
		]);
		for (let i = 0; i < 50; i += 1) {
			clock.advance(1000);
			syslog.log("calm");
		}
		assert.strictEqual(lines().length, 51);
	});

	it("does not send what sending logs, and goes silent when its socket breaks or it is stopped", () => {
		const { network, syslog, lines } = syslogRig();
		syslog.start("192.0.2.5", 514);
		const socket = network.datagramSocket;
		const write = socket.write.bind(socket);
		socket.write = (octets, address, port) => {
			syslog.log("cannot send");
			write(octets, address, port);
		};
		syslog.log("a");
		assert.deepEqual(lines(), ["<190>linnet: a"]);
		socket.fail();
		assert.isTrue(socket.closed);
		syslog.log("b");
		syslog.start("nowhere", 514);
		syslog.log("c");
		assert.strictEqual(network.datagramSockets.length, 1);
		syslog.start("192.0.2.5", 514);
		syslog.log("d");
		assert.deepEqual(lines(), ["<190>linnet: d"]);
		syslog.stop();
		syslog.log("e");
		assert.isTrue(network.datagramSocket.closed);
	});
});
