// Servers that would hold a transfer for ever, by all means of either protocol; and slow ones that mean it well.
import { assert } from "chai";
import { Limits } from "limits";
import { Http } from "net/http";
import { Tftp } from "net/tftp";
import type { Consumer, Transfer } from "net/transfer";
import { Fetch } from "provisioning/fetch";
import { FakeClock, FakeNetwork, type Packet } from "../support/fakes.js";

const address = "192.0.2.69";
/** What the limit for the whole comes to: twice the patience, and the limit of octets at the least rate (s). */
const most = (limit: number): number => 60 + limit / 512 + 1;
const load = 1 << 20;
/** Octets of the largest load. */
const largest = 0x3e0000;

const codes = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

/** Counts what comes, however much. */
class Counter implements Consumer {
	sizes: number[] = [];
	count = 0;
	last = "";
	begin(size: number): void {
		this.sizes.push(size);
		this.count = 0;
	}
	data(octets: Uint8Array): boolean {
		this.count += octets.length;
		return true;
	}
	end(): void {
		this.last = "end";
	}
	failed(reason: number, text: string): void {
		this.last = `failed ${reason} ${text}`;
	}
}

abstract class Ground {
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	readonly counter = new Counter();
	readonly buffer = new Uint8Array(Limits.transferBuffer);
	abstract readonly transfer: Transfer;
	/** Whether the socket is. */
	abstract get closed(): boolean;

	/** Has the server do something every so many ms until the transfer is over; seconds. */
	last(every: number, act: (turn: number) => void): number {
		const { clock, transfer } = this;
		const start = clock.ticks;
		for (let turn = 0; transfer.busy && clock.ticks - start < 100_000_000; turn += 1) {
			act(turn);
			clock.advance(every);
		}
		assert.isFalse(transfer.busy, "it never ends");
		return (clock.ticks - start) / 1000;
	}
}

class TftpGround extends Ground {
	readonly transfer = new Tftp(this.network, this.clock, this.buffer);
	blockSize = 512;
	private packet = new Uint8Array(0);

	constructor(limit: number) {
		super();
		this.transfer.get(address, 69, "file", this.counter, limit);
	}

	get closed(): boolean {
		return this.network.datagramSocket.closed;
	}

	send(octets: readonly number[] | Uint8Array): void {
		const packet = octets instanceof Uint8Array ? octets : Uint8Array.from(octets);
		this.network.datagramSocket.deliver({ octets: packet, address, port: 5000 });
		this.network.datagramSocket.take();
	}

	acknowledge(...options: string[]): void {
		this.send([0, 6, ...codes(options.map((word) => `${word}\0`).join(""))]);
	}

	block(number: number, size = this.blockSize): void {
		if (this.packet.length !== 4 + size) this.packet = new Uint8Array(4 + size);
		const octets = this.packet;
		octets[1] = 3;
		octets[2] = number >> 8;
		octets[3] = number;
		this.send(octets);
	}
}

class HttpGround extends Ground {
	readonly transfer = new Http(this.network, this.clock, this.buffer);

	constructor(limit: number) {
		super();
		this.transfer.get(address, 6970, "file", this.counter, limit);
	}

	get closed(): boolean {
		return this.network.socket.closed;
	}

	send(text: string | Uint8Array): void {
		const octets = typeof text === "string" ? codes(text) : text;
		if (!this.network.socket.closed) this.network.socket.deliver(octets);
	}
}

const block = new Uint8Array(512);
const head = "HTTP/1.1 200 OK\r\n\r\n";
const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

interface Kind<G> {
	readonly title: string;
	/** What the server does first, and then every so many ms. */
	readonly first?: (ground: G) => void;
	readonly every: number;
	readonly act: (ground: G, turn: number) => void;
	/** Seconds that it may last for a configuration file, and for a load where that is longer. */
	readonly within: number;
	readonly loadWithin?: number;
}

const file = Limits.configurationFile;

const tftpKinds: readonly Kind<TftpGround>[] = [
	{ title: "nothing at all", every: 1000, act: () => {}, within: 24 },
	{ title: "option acknowledgements for ever", every: 100, act: (it) => it.acknowledge("tsize", "9000"), within: 31 },
	{
		title: "an option acknowledgement now and then",
		every: 7000,
		act: (it) => it.acknowledge("tsize", "9000"),
		within: 31,
	},
	{
		title: "blocks of 8 octets, one every 7 s",
		first: (it) => {
			it.acknowledge("blksize", "8");
			it.blockSize = 8;
		},
		every: 7000,
		act: (it, turn) => it.block(turn + 1),
		within: 40,
	},
	{ title: "whole blocks, one every 7 s", every: 7000, act: (it, turn) => it.block(turn + 1), within: 60 },
	{
		title: "whole blocks as fast as the least rate, for ever",
		every: 1000,
		act: (it, turn) => it.block((turn + 1) & 0xffff),
		within: most(file),
		loadWithin: most(load),
	},
	{
		title: "half a file, then a block every 7 s",
		first: (it) => {
			for (let i = 1; i <= 64; i += 1) it.block(i);
		},
		every: 7000,
		act: (it, turn) => it.block(65 + turn),
		within: 60,
	},
	{ title: "the first block for ever", every: 600, act: (it) => it.block(1), within: 30 },
	{ title: "the first block for ever, fast", every: 20, act: (it) => it.block(1), within: 30 },
	{ title: "blocks from the wrong end", every: 500, act: (it, turn) => it.block(65000 - turn), within: 30 },
	{
		title: "one good block, then blocks of other numbers",
		first: (it) => it.block(1),
		every: 500,
		act: (it, turn) => it.block(1000 + turn),
		within: 30,
	},
	{
		title: "acknowledgements and requests in place of blocks",
		every: 200,
		act: (it, turn) => it.send([0, turn % 2 === 0 ? 4 : 1, 0, 1]),
		within: 30,
	},
	{
		title: "its dislike of options, for ever",
		every: 500,
		act: (it) => it.send([0, 5, 0, 8, 0]),
		within: 2,
	},
	{
		title: "blocks from port after port",
		every: 300,
		act: (it, turn) => {
			const packet: Packet = { octets: Uint8Array.of(0, 3, 0, 2, 1), address, port: 6000 + turn };
			it.network.datagramSocket.deliver(packet);
			it.network.datagramSocket.take();
		},
		within: 30,
	},
];

const httpKinds: readonly Kind<HttpGround>[] = [
	{ title: "a head, octet by octet", every: 1000, act: (it, turn) => it.send(turn === 0 ? "H" : "T"), within: 21 },
	{
		title: "interim responses for ever",
		every: 200,
		act: (it) => it.send("HTTP/1.1 100 Continue\r\n\r\n"),
		within: 21,
	},
	{
		title: "headers for ever",
		first: (it) => it.send("HTTP/1.1 200 OK\r\n"),
		every: 5,
		act: (it) => it.send("X: y\r\n"),
		within: 21,
	},
	{
		title: "one header line for ever",
		first: (it) => it.send("HTTP/1.1 200 OK\r\nX: "),
		every: 500,
		act: (it) => it.send("y"),
		within: 21,
	},
	{ title: "nothing behind the head", first: (it) => it.send(head), every: 1000, act: () => {}, within: 11 },
	{
		title: "an octet of the body every 8 s",
		first: (it) => it.send(head),
		every: 8000,
		act: (it) => it.send("x"),
		within: 40,
	},
	{
		title: "an octet of a body of 60,000 every 8 s",
		first: (it) => it.send("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n"),
		every: 8000,
		act: (it) => it.send("x"),
		within: 40,
	},
	{
		title: "half a body, then an octet every second",
		first: (it) => it.send(`${head}${"x".repeat(30000)}`),
		every: 1000,
		act: (it) => it.send("x"),
		within: 32,
	},
	{
		title: "a body as fast as the least rate, for ever",
		first: (it) => it.send(head),
		every: 1000,
		act: (it) => it.send(block),
		within: most(file),
		loadWithin: most(load),
	},
	{
		title: "carriage returns behind a chunk, for ever",
		first: (it) => it.send(`${chunked}1\r\nx`),
		every: 100,
		act: (it) => it.send("\r\r\r\r"),
		within: 4,
	},
	{
		title: "carriage returns behind a chunk, slowly",
		first: (it) => it.send(`${chunked}1\r\nx`),
		every: 5000,
		act: (it) => it.send("\r"),
		within: 36,
	},
	{
		title: "noughts of a chunk's size, for ever",
		first: (it) => it.send(chunked),
		every: 100,
		act: (it) => it.send("0000"),
		within: 4,
	},
	{
		title: "a chunk's extension, for ever",
		first: (it) => it.send(`${chunked}5;x=`),
		every: 100,
		act: (it) => it.send("y"),
		within: 14,
	},
	{
		title: "a chunk's extension, slowly",
		first: (it) => it.send(`${chunked}5;x=`),
		every: 3000,
		act: (it) => it.send("y"),
		within: 34,
	},
	{
		title: "trailers, for ever",
		first: (it) => it.send(`${chunked}0\r\n`),
		every: 10,
		act: (it) => it.send("X: y\r\n"),
		within: 15,
	},
	{
		title: "a trailer, octet by octet",
		first: (it) => it.send(`${chunked}0\r\n`),
		every: 2000,
		act: (it) => it.send("X"),
		within: 33,
	},
	{
		title: "chunks of one octet, one a second",
		first: (it) => it.send(chunked),
		every: 1000,
		act: (it) => it.send("1\r\nx\r\n"),
		within: 32,
	},
];

describe("a transfer that a server would hold for ever", () => {
	/** Whether it ends in time, for a configuration file and for a load. */
	function check<G extends Ground>(kind: Kind<G>, make: (limit: number) => G): void {
		for (const limit of [file, load]) {
			const ground = make(limit);
			kind.first?.(ground);
			const seconds = ground.last(kind.every, (turn) => kind.act(ground, turn));
			assert.isAtMost(seconds, limit === load ? (kind.loadWithin ?? kind.within) : kind.within);
			assert.match(ground.counter.last, /^failed/);
			assert.strictEqual(ground.clock.pending, 0);
			assert.isTrue(ground.closed);
		}
	}

	for (const kind of tftpKinds) {
		it(`is given up over TFTP: ${kind.title}`, () => check(kind, (limit) => new TftpGround(limit)));
	}

	for (const kind of httpKinds) {
		it(`is given up over HTTP: ${kind.title}`, () =>
			check(kind, (limit) => {
				const ground = new HttpGround(limit);
				ground.network.socket.writable();
				return ground;
			}));
	}

	it("is told of by TFTP to the server, which would go on otherwise", () => {
		const ground = new TftpGround(file);
		const { datagramSocket } = ground.network;
		ground.last(7000, (turn) => {
			datagramSocket.take();
			datagramSocket.deliver({
				octets: Uint8Array.of(0, 3, 0, turn + 1, ...new Array<number>(512)),
				address,
				port: 5000,
			});
		});
		const { octets, port } = datagramSocket.take().at(-1) as Packet;
		assert.deepEqual([octets[1], port], [5, 5000]);
		assert.match(
			ground.counter.last,
			/^failed 1 TFTP: given up after \d+ octets from 192\.0\.2\.69: less than 512 a second/,
		);
	});

	it("does not stop the phone by a flood of packets: those that come meanwhile wait for their turn", () => {
		const ground = new TftpGround(file);
		const { datagramSocket } = ground.network;
		let reads = 0;
		const packet = { octets: Uint8Array.of(0, 3, 9, 9, 0), address, port: 5000 };
		const read = datagramSocket.read.bind(datagramSocket);
		datagramSocket.read = (target) => {
			reads += 1;
			// for each that is read another one comes, up to a number that would never end in truth
			if (reads < 10_000) (datagramSocket as unknown as { waiting: Packet[] }).waiting.push(packet);
			return read(target);
		};
		datagramSocket.deliver(packet, packet, packet);
		assert.strictEqual(reads, 3);
	});
});

describe("a slow transfer", () => {
	it("of a whole load comes to its end: blocks of 512 over a way of half a second, and a packet lost now and then", () => {
		const ground = new TftpGround(largest);
		const blocks = largest / 512;
		let next = 1;
		const seconds = ground.last(500, () => {
			// every fortieth block is lost, and sent again after two seconds
			if (next % 40 === 0) ground.clock.advance(2000);
			ground.block(next & 0xffff, next === blocks ? 511 : 512);
			next += 1;
		});
		assert.strictEqual(ground.counter.last, "end");
		assert.isAbove(seconds, 4000);
	});

	it("of a megabyte comes to its end: HTTP over a modem that stalls for eight seconds each minute", () => {
		const ground = new HttpGround(load);
		ground.network.socket.writable();
		ground.send(`HTTP/1.1 200 OK\r\nContent-Length: ${load}\r\n\r\n`);
		const second = new Uint8Array(2000);
		ground.last(1000, (turn) => {
			if (turn % 60 < 52) ground.send(second);
		});
		assert.strictEqual(ground.counter.last, "end");
		assert.strictEqual(ground.counter.count, load);
	});

	it("may stand still for as long as TFTP asks again, and as long as a body takes to erase its flash", () => {
		const ground = new TftpGround(load);
		const begin = ground.counter.begin.bind(ground.counter);
		ground.counter.begin = (size) => {
			begin(size);
			ground.clock.ticks += 40_000;
		};
		for (let number = 1; number < 50; number += 1) {
			ground.block(number);
			ground.clock.advance(number % 24 === 9 ? 20_000 : 100);
			assert.isTrue(ground.transfer.busy, `block ${number}`);
		}
		ground.block(50, 7);
		assert.strictEqual(ground.counter.last, "end");
	});
});

describe("a server that holds both protocols", () => {
	it("holds a file for no longer than both together take", () => {
		for (const [accepts, seconds] of [
			[true, 34],
			[false, 27],
		] as const) {
			const clock = new FakeClock();
			const network = new FakeNetwork();
			const counter = new Counter();
			const buffer = new Uint8Array(Limits.transferBuffer);
			const fetch = new Fetch((overHttp) =>
				overHttp ? new Http(network, clock, buffer) : new Tftp(network, clock, buffer),
			);
			fetch.use(address, 69);
			fetch.get("file", counter, file);
			if (accepts) network.socket.writable();
			while (fetch.busy && clock.ticks < 1_000_000) clock.advance(250);
			assert.match(counter.last, /^failed 1 TFTP: no answer/);
			assert.isAtMost(clock.ticks / 1000, seconds);
			// the next file of this server is asked for by TFTP alone
			const start = clock.ticks;
			fetch.get("another", counter, file);
			while (fetch.busy) clock.advance(250);
			assert.strictEqual(clock.ticks - start, 23_000);
		}
	});
});
