// TFTP client against a server with the habits of real ones, over a network with the faults of real ones.
import { assert } from "chai";
import { Limits } from "limits";
import { Tftp } from "net/tftp";
import { Failure } from "net/transfer";
import { FakeConsumer, randomNumbers, sampleFile } from "../support/consumer.js";
import { FakeClock, FakeNetwork, type Packet } from "../support/fakes.js";
import { carry, type Fate, type Habits, serverAddress, TftpServer } from "../support/tftp-server.js";

function rig(length: number, habits: Partial<Habits> = {}) {
	const clock = new FakeClock();
	const network = new FakeNetwork();
	const server = new TftpServer(sampleFile(length), habits);
	const tftp = new Tftp(network, clock, new Uint8Array(Limits.transferBuffer));
	const consumer = new FakeConsumer();
	const get = (limit = 1 << 20, name = "file"): void => tftp.get(serverAddress, 69, name, consumer, limit);
	const run = (fate?: Fate): void => carry(clock, network.datagramSockets, server, () => !tftp.busy, fate);
	const whole = (): void => {
		assert.strictEqual(consumer.last, "end");
		assert.strictEqual(consumer.octets.length, server.file.length);
		assert.isTrue(
			consumer.octets.every((octet, i) => octet === server.file[i]),
			"content",
		);
	};
	return { clock, network, server, tftp, consumer, get, run, whole };
}

const codes = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const blockSizeName = codes("blksize\0");
const sizeName = codes("tsize\0");

/** A packet of the server by hand. */
function packet(octets: readonly number[], port = 5000, address = serverAddress): Packet {
	return { octets: Uint8Array.from(octets), address, port };
}

describe("TFTP client", () => {
	it("fetches files of all lengths around whole blocks, with options and without", () => {
		for (const options of [true, false]) {
			for (const length of [0, 1, 511, 512, 513, 1023, 1024, 1025, 2048, 5000]) {
				const { get, run, whole, server, tftp } = rig(length, { options });
				get();
				run();
				whole();
				const size = options ? 1024 : 512;
				assert.strictEqual(tftp.octets, length);
				assert.strictEqual(tftp.roundTrips, Math.floor(length / size) + 1 + 1, `${length} octets`);
				assert.deepEqual(server.errors, []);
				assert.deepEqual(server.requests, ["file octet blksize 1024 timeout 2 tsize 0"]);
			}
		}
	});

	it("tells the size when the server does, and takes the block size that the server grants", () => {
		for (const [habits, begin] of [
			[{}, "begin 3000"],
			[{ largest: 512 }, "begin 3000"],
			[{ largest: 8 }, "begin 3000"],
			[{ announced: 0 }, "begin -1"],
			[{ options: false }, "begin -1"],
		] as const) {
			const { get, run, whole, consumer } = rig(3000, habits);
			get();
			run();
			whole();
			assert.deepEqual(consumer.events, [begin, "end"]);
		}
	});

	it("asks again without options when the server refuses them", () => {
		for (const refuses of [8, 4]) {
			const { get, run, whole, server } = rig(3000, { refuses });
			get();
			run();
			whole();
			assert.deepEqual(server.requests, ["file octet blksize 1024 timeout 2 tsize 0", "file octet"]);
		}
	});

	it("goes on after block 65535, whether the server counts on from 0 or from 1", () => {
		for (const wrap of [0, 1]) {
			const { get, consumer, network, tftp } = rig(0);
			get();
			const socket = network.datagramSocket;
			socket.deliver(packet([0, 6, ...codes("blksize\x008\0")]));
			const octets = Uint8Array.of(0, 3, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
			const block = { octets, address: serverAddress, port: 5000 };
			const send = (number: number): void => {
				octets[2] = number >> 8;
				octets[3] = number & 255;
				socket.deliver(block);
				consumer.octets.length = 0;
				socket.writes.length = 0;
			};
			for (let number = 1; number <= 65535; number += 1) send(number);
			for (let number = wrap; number < 4; number += 1) send(number);
			socket.deliver(packet([0, 3, 0, 4]));
			assert.deepEqual(consumer.events, ["begin -1", "end"]);
			assert.strictEqual(tftp.octets, 8 * (65535 + 4 - wrap));
		}
	});

	it("brings the file whole over a network that loses, doubles and delays", () => {
		for (let seed = 1; seed <= 9; seed += 1) {
			const random = randomNumbers(seed);
			const { get, run, whole } = rig(9000, { options: seed % 3 !== 0, apprentice: seed % 2 === 0 });
			get();
			run(() => {
				const delay = 1 + Math.floor(random() * 900);
				const fate = random();
				if (fate < 0.15) return [];
				return fate < 0.3 ? [delay, delay + Math.floor(random() * 3000)] : [delay];
			});
			whole();
		}
	});

	it("does not have blocks sent twice by a server that answers every acknowledgement", () => {
		const { get, run, whole, server } = rig(40 * 1024, { apprentice: true });
		let count = 0;
		get();
		// the network doubles one packet
		run(() => (++count === 9 ? [1, 2] : [1]));
		whole();
		assert.isAtMost(server.blocks, 43);
	});

	it("asks five times with growing pauses, then gives up", () => {
		const { clock, network, get, consumer, tftp } = rig(0);
		get();
		const times: number[] = [];
		while (tftp.busy && clock.ticks < 60000) {
			for (const { octets } of network.datagramSocket.take()) {
				assert.strictEqual(octets[1], 1);
				times.push(clock.ticks);
			}
			clock.advance(250);
		}
		assert.deepEqual(times, [0, 1000, 3000, 7000, 15000]);
		assert.deepEqual(consumer.events, [`failed ${Failure.timedOut} TFTP: no answer from ${serverAddress}`]);
		assert.strictEqual(clock.ticks, 23000);
		assert.isTrue(network.datagramSocket.closed);
		assert.strictEqual(clock.pending, 0);
	});

	it("gives up when a server falls silent in the middle, and waits for a slow one", () => {
		const dead = rig(5000);
		let count = 0;
		dead.get();
		dead.run(() => (++count > 6 ? [] : [1]));
		assert.match(dead.consumer.last, /^failed 1 TFTP: no more after \d+ octets/);
		const slow = rig(5000);
		slow.get();
		slow.run(() => [3500]);
		slow.whole();
	});

	it("says no to files that are too large: announced, not announced, wrongly announced", () => {
		for (const [habits, taken] of [
			[{}, 0],
			[{ options: false }, 1536],
			[{ announced: 100 }, 1024],
		] as const) {
			const { get, run, consumer, server, clock, network } = rig(5000, habits);
			get(2000);
			run();
			carry(clock, network.datagramSockets, server, () => server.errors.length > 0, undefined, 1000);
			assert.match(consumer.last, /^failed 4 TFTP: file of .*at most 2000|^failed 4 TFTP: file of more than 2000/);
			assert.strictEqual(consumer.octets.length, taken);
			assert.match(server.errors[0] ?? "", /^3 file of/);
		}
	});

	it("refuses a file that ends before or after its announced size", () => {
		for (const announced of [4999, 5001, 6000]) {
			const { get, run, consumer } = rig(5000, { announced });
			get();
			run();
			assert.strictEqual(consumer.last, `failed 5 TFTP: file ended after 5000 of ${announced} octets`);
		}
	});

	it("tells a missing file from other errors, in the server's words", () => {
		const { get, run, consumer, tftp, network } = rig(0);
		get(100, "other");
		run();
		assert.deepEqual(consumer.events, ["failed 2 TFTP: File not found"]);
		for (const [octets, text] of [
			[[0, 5, 0, 2, 0x6e, 0x6f, 7, 0], "failed 3 TFTP: no?"],
			[[0, 5, 0, 0, 0], "failed 3 TFTP: error 0"],
			[[0, 5, 0, 9], "failed 3 TFTP: error 9"],
			[[0, 5, 0, 1, 0x41], "failed 2 TFTP: A"],
		] as const) {
			get();
			network.datagramSocket.deliver(packet(octets));
			assert.strictEqual(consumer.last, text);
			assert.isFalse(tftp.busy);
		}
	});

	it("answers packets of others with error 5 and does not mind them, and never answers their errors", () => {
		const { get, network, consumer } = rig(0);
		get();
		const socket = network.datagramSocket;
		const block = (port: number, address: string, value: number) =>
			packet([0, 3, 0, 1, ...new Array(512).fill(value)], port, address);
		socket.take();
		socket.deliver(block(69, "192.0.2.70", 9));
		assert.deepEqual(consumer.events, []);
		socket.deliver(block(5000, serverAddress, 1));
		socket.deliver(block(5001, serverAddress, 9), block(5000, "192.0.2.70", 9));
		socket.deliver(packet([0, 5, 0, 0, 0], 5001), packet([0, 3, 0, 2, 7], 5000));
		assert.deepEqual(
			socket.take().map(({ octets, address, port }) => `${address} ${port} ${octets[1]} ${octets[3]}`),
			["192.0.2.70 69 5 5", `${serverAddress} 5000 4 1`, `${serverAddress} 5001 5 5`, "192.0.2.70 5000 5 5"].concat(
				`${serverAddress} 5000 4 2`,
			),
		);
		assert.deepEqual(consumer.octets, [...new Array(512).fill(1), 7]);
		assert.strictEqual(consumer.last, "end");
	});

	it("gives up a server that sends one block for ever, in the middle and at the end", () => {
		for (const last of [false, true]) {
			const { clock, get, network, consumer } = rig(0);
			get();
			const socket = network.datagramSocket;
			const block = packet([0, 3, 0, 1, ...new Array<number>(last ? 7 : 512).fill(7)]);
			for (let i = 0; i < 100 && !socket.closed; i += 1) {
				socket.deliver(block);
				clock.advance(600);
			}
			assert.isTrue(socket.closed);
			assert.match(consumer.last, last ? /^end/ : /^failed 1 TFTP: block 1 again and again/);
			assert.strictEqual(clock.pending, 0);
		}
	});

	it("acknowledges the last block again when that comes again, for a while", () => {
		const { clock, get, network, consumer, tftp } = rig(0);
		get();
		const socket = network.datagramSocket;
		socket.deliver(packet([0, 3, 0, 1, 7]));
		assert.strictEqual(consumer.last, "end");
		assert.isFalse(tftp.busy);
		socket.take();
		clock.advance(2000);
		socket.deliver(packet([0, 3, 0, 1, 7]));
		assert.deepEqual(
			socket.take().map(({ octets }) => [...octets]),
			[[0, 4, 0, 1]],
		);
		clock.advance(6000);
		assert.isTrue(socket.closed);
		assert.strictEqual(clock.pending, 0);
		assert.strictEqual(consumer.events.length, 2);
	});

	it("stops when the consumer has enough, and lets it begin another transfer wherever it is called", () => {
		const { get, run, consumer, server, clock, network } = rig(5000);
		consumer.enough = 1500;
		get();
		run();
		carry(clock, network.datagramSockets, server, () => server.errors.length > 0, undefined, 1000);
		assert.deepEqual(consumer.events, ["begin 5000"]);
		assert.strictEqual(consumer.octets.length, 2048);
		assert.deepEqual(server.errors, ["0 cancelled"]);
		for (const moment of ["begin 5000", "data", "end"]) {
			const other = rig(5000);
			const second = new FakeConsumer();
			other.consumer.onEvent = (event) => {
				if (event !== moment) return;
				other.consumer.onEvent = undefined;
				other.tftp.get(serverAddress, 69, "file", second, 10000);
			};
			other.get();
			other.run();
			assert.deepEqual(second.events, ["begin 5000", "end"], moment);
			assert.deepEqual(second.octets, [...other.server.file]);
			assert.strictEqual(other.consumer.events.includes("end"), moment === "end");
			assert.strictEqual(other.consumer.events.length, moment === "end" ? 2 : 1);
		}
	});

	it("fails later, not at once, for what is no file name or when there is no socket", () => {
		for (const name of ["", "a\0b", "ä", "x".repeat(200)]) {
			const { get, clock, consumer, network } = rig(0);
			get(100, name);
			assert.deepEqual(consumer.events, []);
			clock.advance(1);
			assert.match(consumer.last, /^failed 2 TFTP: no file name/);
			assert.strictEqual(network.datagramSockets.length, 0);
		}
		const { get, consumer, network, tftp } = rig(0);
		get();
		network.datagramSocket.fail();
		assert.strictEqual(consumer.last, "failed 6 TFTP: no socket");
		assert.isFalse(tftp.busy);
	});

	it("withstands garbage: nothing throws, no file is longer than its limit, and the next transfer works", () => {
		const random = randomNumbers(4711);
		const { get, run, consumer, network, clock, tftp, whole, server } = rig(3000);
		for (let round = 0; round < 250; round += 1) {
			get(600);
			const socket = network.datagramSocket;
			for (let i = 0; i < 6; i += 1) {
				const length = Math.floor(random() ** 4 * 1400);
				const octets = Uint8Array.from({ length }, () => Math.floor(random() * 256));
				if (length > 3 && random() < 0.9) {
					octets[0] = 0;
					octets[1] = Math.floor(random() * 8);
					octets[2] = 0;
					octets[3] = Math.floor(random() * 4);
				}
				if (length > 16 && random() < 0.3) octets.set(random() < 0.5 ? blockSizeName : sizeName, 2);
				socket.deliver({ octets, address: serverAddress, port: 5000 + Math.floor(random() * 1.2) });
				clock.advance(Math.floor(random() * 900));
			}
			assert.isAtMost(consumer.octets.length, 600);
			consumer.octets.length = 0;
			network.datagramSockets.length = 0;
			tftp.cancel();
		}
		assert.strictEqual(clock.pending, 0);
		get(5000);
		run();
		whole();
		assert.deepEqual(server.errors, []);
	});
});
