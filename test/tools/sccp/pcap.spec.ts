// Captures in all their forms: what was sent comes out as messages, whatever file, link, order of segments and gaps.
import { assert } from "chai";
import { type CapturedMessage, type Gap, readCapture } from "../../../tools/sccp/capture.js";
import { build } from "../../modules/support/rig.js";

const phone = "192.0.2.7";
const callAgent = "192.0.2.1";

interface Sent {
	readonly up?: boolean;
	readonly sequence: number;
	readonly octets?: Uint8Array;
	readonly synchronise?: boolean;
}

const SetLamp = 0x86;
const lamp = (i: number): Uint8Array => build(SetLamp, 9, i, 1);
const size = lamp(0).length;

function tcp({ up = false, sequence, octets = new Uint8Array(0), synchronise = false }: Sent): Buffer {
	const header = Buffer.alloc(20);
	header.writeUInt16BE(up ? 40000 : 2000, 0);
	header.writeUInt16BE(up ? 2000 : 40000, 2);
	header.writeUInt32BE(sequence >>> 0, 4);
	header[12] = 0x50;
	header[13] = synchronise ? 2 : 0x18;
	return Buffer.concat([header, octets]);
}

function ipv4(sent: Sent): Buffer {
	const header = Buffer.alloc(20);
	const body = tcp(sent);
	header[0] = 0x45;
	header.writeUInt16BE(20 + body.length, 2);
	header[9] = 6;
	const address = (text: string) => Buffer.from(text.split(".").map(Number));
	address(sent.up ? phone : callAgent).copy(header, 12);
	address(sent.up ? callAgent : phone).copy(header, 16);
	return Buffer.concat([header, body]);
}

function ipv6(sent: Sent): Buffer {
	const header = Buffer.alloc(40);
	const body = tcp(sent);
	header[0] = 0x60;
	header.writeUInt16BE(body.length, 4);
	header[6] = 6;
	header[23] = sent.up ? 7 : 1;
	header[39] = sent.up ? 1 : 7;
	return Buffer.concat([header, body]);
}

const zeros = (count: number): Buffer => Buffer.alloc(count);
const ethernet = (type: number, packet: Buffer, tag: readonly number[] = []): Buffer =>
	Buffer.concat([zeros(12), Buffer.from([...tag, type >> 8, type & 255]), packet]);

/** A file of libpcap's. */
function pcap(packets: readonly Buffer[], link = 101, big = false, nano = false): Buffer {
	const u32 = (...values: number[]) => {
		const octets = Buffer.alloc(4 * values.length);
		for (const [i, value] of values.entries()) {
			if (big) octets.writeUInt32BE(value, 4 * i);
			else octets.writeUInt32LE(value, 4 * i);
		}
		return octets;
	};
	const versions = big ? Buffer.from([0, 2, 0, 4]) : Buffer.from([2, 0, 4, 0]);
	return Buffer.concat([
		u32(nano ? 0xa1b23c4d : 0xa1b2c3d4),
		versions,
		u32(0, 0, 65535, link),
		...packets.flatMap((packet, i) => [u32(1000, i * (nano ? 1e6 : 1000), packet.length, packet.length), packet]),
	]);
}

/** A file of pcapng with two interfaces, the packets on the second. */
function pcapng(packets: readonly Buffer[], link: number, big: boolean): Buffer {
	const u16 = (value: number) => {
		const octets = Buffer.alloc(2);
		if (big) octets.writeUInt16BE(value);
		else octets.writeUInt16LE(value);
		return octets;
	};
	const u32 = (value: number) => {
		const octets = Buffer.alloc(4);
		if (big) octets.writeUInt32BE(value);
		else octets.writeUInt32LE(value);
		return octets;
	};
	const block = (type: number, ...parts: readonly Buffer[]) => {
		const body = Buffer.concat(parts);
		const padded = Buffer.concat([body, zeros(-body.length & 3)]);
		return Buffer.concat([u32(type), u32(padded.length + 12), padded, u32(padded.length + 12)]);
	};
	return Buffer.concat([
		block(0x0a0d0d0a, u32(0x1a2b3c4d), u16(1), u16(0), zeros(8)),
		block(1, u16(147), u16(0), u32(0)),
		// the time in units of 10^-9 s
		block(1, u16(link), u16(0), u32(0), u16(9), u16(1), Buffer.from([9, 0, 0, 0]), u16(0), u16(0)),
		block(4, zeros(4)),
		...packets.map((packet, i) => {
			const time = 1000n * 1_000_000_000n + BigInt(i) * 1_000_000n;
			const high = u32(Number(time >> 32n));
			const low = u32(Number(time & 0xffffffffn));
			return block(6, u32(1), high, low, u32(packet.length), u32(packet.length), packet);
		}),
	]);
}

/** Instances of the lamps that came out, and in brackets what is missing. */
function lampsOf(found: readonly (CapturedMessage | Gap)[]): (number | string)[] {
	return found.map((entry) => ("text" in entry ? entry.text : entry.octets.readUInt32LE(16)));
}

describe("sccp captures in all their forms", () => {
	const plain: Sent[] = [
		{ up: true, sequence: 99, synchronise: true },
		{ sequence: 0xfffffff0, synchronise: true },
		{ sequence: 0xfffffff1, octets: lamp(1) },
		// over the end of the sequence numbers
		{ sequence: 0xfffffff1 + size, octets: Buffer.concat([lamp(2), lamp(3).subarray(0, 5)]) },
		{ sequence: 0xfffffff1 + 2 * size + 5, octets: lamp(3).subarray(5) },
		{ up: true, sequence: 100, octets: lamp(4) },
	];

	it("files of either kind, either order of octets, any link", () => {
		const forms: [string, (sent: Sent) => Buffer, number][] = [
			["raw", ipv4, 101],
			["raw IPv6", ipv6, 101],
			["Ethernet", (sent) => ethernet(0x0800, ipv4(sent)), 1],
			["VLAN", (sent) => ethernet(0x0800, ipv4(sent), [0x81, 0, 0, 5]), 1],
			["two VLANs", (sent) => ethernet(0x86dd, ipv6(sent), [0x88, 0xa8, 0, 5, 0x81, 0, 0, 6]), 1],
			["loopback", (sent) => Buffer.concat([Buffer.from([2, 0, 0, 0]), ipv4(sent)]), 0],
			["cooked", (sent) => Buffer.concat([zeros(14), Buffer.from([8, 0]), ipv4(sent)]), 113],
			["cooked, version 2", (sent) => Buffer.concat([Buffer.from([8, 0]), zeros(18), ipv4(sent)]), 276],
		];
		for (const [name, form, link] of forms) {
			const packets = [Buffer.from("no packet of any kind"), ...plain.map(form)];
			const files = [false, true].flatMap((big) => [
				pcap(packets, link, big),
				pcap(packets, link, big, true),
				pcapng(packets, link, big),
			]);
			for (const [i, file] of files.entries()) {
				const found = readCapture(file, 2000);
				assert.deepEqual(lampsOf(found), [1, 2, 3, 4], `${name}, file ${i}`);
				assert.deepEqual(
					found.map(({ packet, toCallAgent }) => [packet, toCallAgent]),
					[
						[4, false],
						[5, false],
						[6, false],
						[7, true],
					],
				);
				assert.closeTo((found[3]?.time ?? 0) - (found[0]?.time ?? 0), 0.003, 1e-5);
				if (form === ipv4) assert.equal(found[0]?.phone, `${phone}:40000`);
			}
			// a file that was cut
			for (const file of files) assert.isAtMost(readCapture(file.subarray(0, file.length - 30), 2000).length, 3);
		}
	});

	it("segments in any order, sent again, overlapping", () => {
		const stream = Buffer.concat([1, 2, 3, 4, 5, 6].map(lamp));
		const cut = [0, 10, 30, 60, 61, 100, stream.length];
		const parts: Sent[] = cut
			.slice(0, -1)
			.map((from, i) => ({ sequence: 500 + from, octets: stream.subarray(from, cut[i + 1]) }));
		const orders = [
			[0, 1, 2, 3, 4, 5],
			[0, 2, 1, 4, 5, 3],
			[5, 4, 3, 2, 1, 0],
			[0, 0, 1, 2, 1, 3, 5, 4, 5],
		];
		for (const order of orders) {
			const packets: Sent[] = [{ sequence: 499, synchronise: true }, ...order.map((i) => parts[i] as Sent)];
			assert.deepEqual(lampsOf(readCapture(pcap(packets.map(ipv4)), 2000)), [1, 2, 3, 4, 5, 6], `${order}`);
		}
		const overlapping: Sent[] = [
			{ sequence: 499, synchronise: true },
			{ sequence: 500, octets: stream.subarray(0, 40) },
			{ sequence: 520, octets: stream.subarray(20, 90) },
			{ sequence: 500, octets: stream },
		];
		assert.deepEqual(lampsOf(readCapture(pcap(overlapping.map(ipv4)), 2000)), [1, 2, 3, 4, 5, 6]);
	});

	it("a beginning that was not captured, and segments that never were", () => {
		const stream = Buffer.concat([1, 2, 3, 4, 5, 6].map(lamp));
		const late: Sent[] = [{ sequence: 500, octets: stream.subarray(7) }];
		assert.deepEqual(lampsOf(readCapture(pcap(late.map(ipv4)), 2000)), [2, 3, 4, 5, 6]);
		const lost: Sent[] = [
			{ sequence: 499, synchronise: true },
			{ sequence: 500, octets: stream.subarray(0, size + 4) },
			{ sequence: 500 + 2 * size + 4, octets: stream.subarray(2 * size + 4) },
		];
		assert.deepEqual(lampsOf(readCapture(pcap(lost.map(ipv4)), 2000)), [1, `${size} octets are missing`, 4, 5, 6]);
		const long = Array.from({ length: 100 }, (_, i) => ({ sequence: 500 + i * size, octets: lamp(i) }));
		const holed = [{ sequence: 499, synchronise: true }, ...long.filter((_, i) => i !== 10)];
		const found = lampsOf(readCapture(pcap(holed.map(ipv4)), 2000));
		assert.equal(found.length, 100);
		assert.equal(found[10], `${size} octets are missing`);
		assert.equal(found[11], 11);
	});

	it("what is no SCCP, on another port, and no capture at all", () => {
		const wrong: Sent[] = [
			{ sequence: 499, synchronise: true },
			{ sequence: 500, octets: Buffer.concat([lamp(1), Buffer.alloc(40, 0xff), lamp(2)]) },
			{ sequence: 500 + 2 * size + 40, octets: lamp(3) },
		];
		assert.deepEqual(lampsOf(readCapture(pcap(wrong.map(ipv4)), 2000)), [
			1,
			"length 4294967295: no message of SCCP",
			3,
		]);
		assert.deepEqual(readCapture(pcap(plain.map(ipv4)), 2443), []);
		for (const file of [Buffer.alloc(0), Buffer.alloc(10), Buffer.from("a text that is longer than a header")])
			assert.throws(() => readCapture(file, 2000), /no capture file/);
	});
});
