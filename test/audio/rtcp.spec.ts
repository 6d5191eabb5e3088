/*
 * RTCP reports, taken apart here after RFC 3550 and, where tshark is installed, by it: what they say of what was sent and
 * heard, when they come, what is learned from those of the far end, and that malformed ones teach nothing.
 */
import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { Statistic } from "hal/hardware";
import { Pipeline, peer, port } from "./support/library.js";
import { rtpPacket } from "./support/signal.js";
import { until } from "./support/until.js";

const seed = [0x01020304, 0x1000, 0xfffffff0];
const PEER = 0x55667788;
const isReport = (octets: Uint8Array) => (octets[1] as number) >= 200 && (octets[1] as number) <= 204;

interface Block {
	ssrc: number;
	fraction: number;
	lost: number;
	highest: number;
	jitter: number;
	lastReport: number;
	delay: number;
}

interface Report {
	type: number;
	ssrc: number;
	sent?: { seconds: number; fraction: number; timestamp: number; packets: number; octets: number };
	blocks: Block[];
	name: string;
}

/** A compound packet of one report and one source description. */
function parse(octets: Uint8Array): Report {
	const at = Buffer.from(octets);
	assert.strictEqual((at[0] as number) >> 6, 2);
	assert.strictEqual((at[0] as number) & 32, 0);
	const type = at[1] as number;
	const length = 4 * (at.readUInt16BE(2) + 1);
	const sender = type === 200;
	const blocks: Block[] = [];
	const first = sender ? 28 : 8;
	for (let i = 0; i < ((at[0] as number) & 31); i++) {
		const from = first + 24 * i;
		blocks.push({
			ssrc: at.readUInt32BE(from),
			fraction: at[from + 4] as number,
			lost: at.readIntBE(from + 5, 3),
			highest: at.readUInt32BE(from + 8),
			jitter: at.readUInt32BE(from + 12),
			lastReport: at.readUInt32BE(from + 16),
			delay: at.readUInt32BE(from + 20),
		});
	}
	assert.strictEqual(length, first + 24 * blocks.length);
	const description = at.subarray(length);
	assert.deepEqual([...description.subarray(0, 2)], [0x81, 202]);
	assert.strictEqual(4 * (description.readUInt16BE(2) + 1), description.length);
	assert.strictEqual(description.readUInt32BE(4), at.readUInt32BE(4));
	assert.strictEqual(description[8], 1, "CNAME");
	const name = description.toString("latin1", 10, 10 + (description[9] as number));
	assert.isTrue(description.subarray(10 + name.length).every((octet) => octet === 0));
	assert.isAbove(description.length, 10 + name.length);
	const sent = sender
		? {
				seconds: at.readUInt32BE(8),
				fraction: at.readUInt32BE(12),
				timestamp: at.readUInt32BE(16),
				packets: at.readUInt32BE(20),
				octets: at.readUInt32BE(24),
			}
		: undefined;
	return { type, ssrc: at.readUInt32BE(4), ...(sent ? { sent } : {}), blocks, name };
}

/** A far end's report with one block on `ssrc`. */
function report(options: {
	type?: number;
	middle?: number;
	about?: number;
	lost?: number;
	last?: number;
	delay?: number;
}) {
	const { type = 200 } = options;
	const head = type === 200 ? 28 : 8;
	const packet = Buffer.alloc(head + 24);
	packet[0] = 0x81;
	packet[1] = type;
	packet.writeUInt16BE(packet.length / 4 - 1, 2);
	packet.writeUInt32BE(PEER, 4);
	if (type === 200) packet.writeUInt32BE(options.middle ?? 0, 10);
	packet.writeUInt32BE(options.about ?? (seed[0] as number), head);
	packet.writeIntBE(options.lost ?? 0, head + 5, 3);
	packet.writeUInt32BE(24, head + 12);
	packet.writeUInt32BE(options.last ?? 0, head + 16);
	packet.writeUInt32BE(options.delay ?? 0, head + 20);
	return packet;
}

/** A pipeline in a call with reports on. */
function call(): Pipeline {
	const pipeline = new Pipeline();
	pipeline.setReports(true);
	pipeline.openReceive();
	pipeline.startTransmit(0, 0, 20, seed);
	return pipeline;
}

describe("RTCP", () => {
	/** Runs so many ticks, with packets of the far end but those lost; returns its reports and the ticks they came in. */
	function run(pipeline: Pipeline, ticks: number, lost: (index: number) => boolean = () => false) {
		const reports: { tick: number; octets: Uint8Array; packets: number }[] = [];
		let packets = 0;
		for (let i = 0; i < ticks; i++) {
			const { ticks: tick } = pipeline;
			const index = tick / 2;
			if (tick % 2 === 0 && !lost(index))
				pipeline.deliver(
					rtpPacket({ sequence: 65500 + index, timestamp: 160 * index, payload: new Uint8Array(160), ssrc: PEER }),
				);
			pipeline.tick();
			for (let octets = pipeline.collect(); octets; octets = pipeline.collect()) {
				if (isReport(octets)) reports.push({ tick: pipeline.ticks, octets, packets });
				else packets++;
			}
		}
		return reports;
	}

	it("is off unless asked for, and then reports count as nothing but discarded packets", () => {
		const pipeline = new Pipeline();
		pipeline.openReceive();
		pipeline.startTransmit(0, 0, 20, seed);
		pipeline.deliver(report({ lost: 7 }));
		assert.lengthOf(run(pipeline, 1500), 0);
		assert.strictEqual(pipeline.counters()[Statistic.remoteLost], 0);
		assert.strictEqual(pipeline.counters()[Statistic.packetsDiscarded], 1);
	});

	it("is no sound: a report where none is expected, and one of a stranger, leave the sound's source alone", () => {
		for (const reports of [false, true]) {
			const pipeline = new Pipeline();
			pipeline.setReports(reports);
			pipeline.setPeer(peer.address, peer.port);
			pipeline.openReceive();
			pipeline.startTransmit(0, 0, 20, seed);
			pipeline.deliver(report({ lost: 7 }));
			pipeline.deliver(report({ lost: 9 }), undefined, { address: 7, port: 7 });
			run(pipeline, 100);
			const counters = pipeline.counters();
			assert.strictEqual(counters[Statistic.packetsReceived], 50);
			assert.strictEqual(counters[Statistic.packetsStray], 1);
			assert.strictEqual(counters[Statistic.packetsDiscarded], reports ? 0 : 1);
			assert.strictEqual(counters[Statistic.remoteLost], reports ? 7 : 0);
		}
	});

	it("reports every 2.5 to 7.5 s what was sent and what was heard", () => {
		const pipeline = call();
		const reports = run(pipeline, 6000, (index) => index % 10 === 9);
		assert.isAtLeast(reports.length, 8);
		for (let i = 0; i < reports.length; i++) {
			const { tick, octets, packets } = reports[i] as (typeof reports)[0];
			const interval = tick - (reports[i - 1]?.tick ?? 0);
			assert.isAtLeast(interval, i === 0 ? 125 : 250);
			assert.isAtMost(interval, i === 0 ? 376 : 751);
			const { type, ssrc, sent, blocks, name } = parse(octets);
			assert.deepEqual([type, ssrc, blocks.length], [200, seed[0], 1]);
			assert.match(name, /^[0-9a-f]{16}$/);
			assert.strictEqual(sent?.packets, packets);
			assert.strictEqual(sent?.octets, packets * 160);
			assert.strictEqual(sent?.timestamp, ((seed[2] as number) + packets * 160) >>> 0);
			assert.closeTo((sent?.seconds ?? 0) + (sent?.fraction ?? 0) / 2 ** 32, tick / 100, 0.001);
			const [block] = blocks as [Block];
			const newest = Math.floor((tick - 1) / 2);
			const arrived = newest - (newest % 10 === 9 ? 1 : 0);
			assert.strictEqual(block.ssrc, PEER);
			assert.strictEqual(block.highest, 65500 + arrived, "sequence numbers wrap, the highest goes on");
			assert.strictEqual(block.lost, Math.floor(arrived / 10));
			assert.closeTo(block.fraction, 25.6, 4);
			assert.deepEqual([block.lastReport, block.delay], [0, 0]);
		}
	});

	it("learns losses, jitter and the round trip from the far end, and tells it when its report came", () => {
		const pipeline = call();
		const [first] = run(pipeline, 400);
		assert.isDefined(first);
		const { sent } = parse((first as { octets: Uint8Array }).octets);
		const middle = (((sent?.seconds ?? 0) << 16) | ((sent?.fraction ?? 0) >>> 16)) >>> 0;
		const since = pipeline.ticks - (first as { tick: number }).tick;
		// It held the report for all the time but 120 ms.
		const delay = Math.round(((since - 12) * 65536) / 100);
		pipeline.deliver(report({ middle: 0xabcd1234, lost: 17, last: middle, delay }));
		const received = pipeline.ticks;
		const [second] = run(pipeline, 760);
		const counters = pipeline.counters();
		assert.strictEqual(counters[Statistic.remoteLost], 17);
		assert.strictEqual(counters[Statistic.remoteJitter], 24);
		assert.closeTo(counters[Statistic.roundTrip] as number, 120, 11);
		const { blocks } = parse((second as { octets: Uint8Array }).octets);
		assert.strictEqual(blocks[0]?.lastReport, 0xabcd1234);
		const waited = (second as { tick: number }).tick - received;
		assert.closeTo((blocks[0]?.delay ?? 0) / 65536, waited / 100, 0.02);
	});

	it("a receiver report does as well; one about somebody else, from another time, or with gains teaches nothing wrong", () => {
		const pipeline = call();
		run(pipeline, 400);
		pipeline.deliver(report({ type: 201, lost: 5 }));
		pipeline.tick();
		assert.strictEqual(pipeline.counters()[Statistic.remoteLost], 5);
		pipeline.deliver(report({ type: 201, lost: 9, about: 99 }));
		pipeline.deliver(report({ type: 201, lost: 5, last: 0x90000000 }));
		pipeline.tick();
		assert.strictEqual(pipeline.counters()[Statistic.remoteLost], 5);
		pipeline.deliver(report({ type: 201, lost: -3 }));
		pipeline.tick();
		assert.strictEqual(pipeline.counters()[Statistic.remoteLost], 0);
		assert.isBelow(pipeline.counters()[Statistic.roundTrip] as number, 30_000);
		assert.strictEqual(pipeline.counters()[Statistic.packetsDiscarded], 0);
	});

	it("discards what is malformed: cut anywhere, of another version, beginning with something else", () => {
		const pipeline = call();
		const good = report({ lost: 3 });
		let count = 0;
		const refuse = (octets: Uint8Array, what: string) => {
			assert.isTrue(pipeline.deliver(octets));
			pipeline.tick();
			count++;
			assert.strictEqual(pipeline.counters()[Statistic.packetsDiscarded], count, what);
			assert.strictEqual(pipeline.counters()[Statistic.remoteLost], 0, what);
		};
		for (let length = 2; length < good.length; length++) refuse(good.subarray(0, length), `${length} octets`);
		refuse(
			Uint8Array.from(good, (octet, i) => (i === 0 ? 0x41 : octet)),
			"version 1",
		);
		refuse(
			Uint8Array.from(good, (octet, i) => (i === 0 ? 0x82 : octet)),
			"two blocks, one there",
		);
		refuse(
			Uint8Array.from(good, (octet, i) => (i === 1 ? 202 : octet)),
			"a description first",
		);
		refuse(
			Uint8Array.from(good, (octet, i) => (i === 2 ? 0xff : octet)),
			"length beyond the end",
		);
		pipeline.deliver(good);
		pipeline.tick();
		assert.strictEqual(pipeline.counters()[Statistic.remoteLost], 3);
	});

	it("goes out while sound is sent only, and takes leave at the end", () => {
		for (const odd of [0, 1]) {
			const pipeline = call();
			const [first] = run(pipeline, 400 + odd);
			assert.strictEqual(parse((first as { octets: Uint8Array }).octets).type, 200);
			pipeline.stopTransmit();
			const octets = Buffer.from(pipeline.collect() ?? []);
			// RFC 3550 section 6.1: a report and the name come first, the farewell last.
			const bye = octets.subarray(-8);
			assert.deepEqual([...bye], [0x81, 203, 0, 1, ...[1, 2, 3, 4]], "of the stream's source");
			assert.strictEqual(parse(octets.subarray(0, -8)).sent?.packets, 200);
			assert.lengthOf(run(pipeline, 1500), 0, "nobody to send to is known any more");
			pipeline.stopTransmit();
			assert.isUndefined(pipeline.collect(), "once");
		}
	});

	it("takes no leave where nothing was sent, or reports are off", () => {
		const silent = call();
		silent.stopTransmit();
		assert.isUndefined(silent.collect());
		const off = new Pipeline();
		off.startTransmit(0, 0, 20, seed);
		run(off, 400);
		off.stopTransmit();
		assert.isUndefined(off.collect());
	});

	it("a far end that takes leave gives way to the next at once; a farewell cut short, or of another, does nothing", () => {
		const bye = (...sources: number[]) => {
			const packet = Buffer.concat([report({ type: 201 }), Buffer.alloc(4 + 4 * sources.length)]);
			packet.set([0x80 | sources.length, 203, 0, sources.length], 32);
			for (const [i, ssrc] of sources.entries()) packet.writeUInt32BE(ssrc, 36 + 4 * i);
			return packet;
		};
		const sound = (sequence: number) =>
			rtpPacket({ sequence, timestamp: sequence * 160, payload: new Uint8Array(160), ssrc: 9 });
		const cut = bye(1, PEER).subarray(0, -4);
		for (const [farewell, at, discarded] of [
			[bye(PEER), 1, 0],
			[bye(1, 2, PEER), 1, 0],
			[bye(1, 2), 0, 0],
			[bye(), 0, 0],
			[cut, 0, 1],
		] as const) {
			const pipeline = call();
			run(pipeline, 100);
			pipeline.deliver(farewell);
			pipeline.deliver(sound(5000));
			pipeline.tick();
			const counters = pipeline.counters();
			assert.strictEqual(counters[Statistic.packetsReceived], 50 + at);
			assert.strictEqual(counters[Statistic.packetsStray], 1 - at);
			assert.strictEqual(counters[Statistic.packetsDiscarded], discarded);
		}
	});

	const tshark = spawnSync("tshark", ["--version"]).status === 0;
	(tshark ? it : it.skip)("tshark finds nothing wrong with a report", () => {
		const [first] = run(call(), 400, (index) => index % 10 === 9);
		const { octets } = first as { octets: Uint8Array };
		const folder = mkdtempSync(join(tmpdir(), "linnet-rtcp-"));
		try {
			// A capture file of one packet, link type 252: exported PDU, here a tag with the dissector's name.
			const tags = Buffer.concat([Buffer.from([0, 12, 0, 4]), Buffer.from("rtcp"), Buffer.alloc(4)]);
			const file = Buffer.alloc(40);
			file.writeUInt32LE(0xa1b2c3d4, 0);
			file.writeUInt16LE(2, 4);
			file.writeUInt16LE(4, 6);
			file.writeUInt32LE(65535, 16);
			file.writeUInt32LE(252, 20);
			file.writeUInt32LE(tags.length + octets.length, 32);
			file.writeUInt32LE(tags.length + octets.length, 36);
			writeFileSync(join(folder, "one.pcap"), Buffer.concat([file, tags, octets]));
			const { stdout } = spawnSync("tshark", ["-r", join(folder, "one.pcap"), "-V"], { encoding: "utf8" });
			assert.match(stdout, /Packet type: Sender Report \(200\)/);
			assert.match(stdout, /Cumulative number of packets lost: [1-9]/);
			assert.match(stdout, /Packet type: Source description \(202\)/);
			assert.match(stdout, /CNAME/);
			assert.notMatch(stdout, /malformed|expert info|incorrect/i);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});

describe("RTCP on the host's port", function () {
	this.timeout(180_000);

	it("goes from and to the port above RTP's", async () => {
		assert.isTrue(port.start());
		const peer = createSocket("udp4");
		const control = createSocket("udp4");
		const bound = (socket: typeof peer, number: number) =>
			new Promise<boolean>((resolve) => {
				socket.once("error", () => resolve(false));
				socket.bind(number, "127.0.0.1", () => resolve(true));
			});
		try {
			port.address(0x7f000001);
			port.setReports(true);
			assert.isTrue(await bound(peer, 0));
			const { port: peerPort } = peer.address();
			assert.isTrue(await bound(control, peerPort + 1), "the port above is free");
			const reports: { from: number; octets: Buffer }[] = [];
			control.on("message", (octets, from) => reports.push({ from: from.port, octets }));
			let misplaced = 0;
			peer.on("message", (octets) => {
				if (isReport(octets)) misplaced++;
			});
			const local = port.openReceive(0, 0, 20);
			assert.isTrue(port.startTransmit(0, 0x7f000001, peerPort, 0, 20, 0));
			await until(() => reports.length > 0, "a report");
			assert.strictEqual(reports[0]?.from, local + 1);
			assert.strictEqual(parse(reports[0]?.octets as Buffer).type, 200);
			assert.strictEqual(misplaced, 0);
			port.stopTransmit(0);
			const last = () => reports.at(-1)?.octets as Buffer;
			await until(() => last().at(-7) === 203, "a farewell");
			assert.deepEqual(last().subarray(-4), last().subarray(4, 8), "of the source that reported");
		} finally {
			port.setReports(false);
			port.stop();
			peer.close();
			control.close();
		}
	});
});
