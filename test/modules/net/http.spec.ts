// HTTP client: bodies of all kinds in any segmentation, and every way in which a server can fail.
import { assert } from "chai";
import { TcpEnd } from "hal/hardware";
import { Limits } from "limits";
import { Http } from "net/http";
import { Failure } from "net/transfer";
import { FakeConsumer, randomNumbers } from "../support/consumer.js";
import { FakeClock, FakeNetwork } from "../support/fakes.js";

const codes = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

function rig(limit = 10000, file = "SEP001122334455.cnf.xml") {
	const clock = new FakeClock();
	const network = new FakeNetwork();
	const http = new Http(network, clock, new Uint8Array(Limits.transferBuffer));
	const consumer = new FakeConsumer();
	http.get("192.0.2.69", 6970, file, consumer, limit);
	const socket = network.sockets[0];
	const text = (): string => String.fromCharCode(...consumer.octets);
	return { clock, network, http, consumer, socket: socket as NonNullable<typeof socket>, text };
}

/** What comes of a response, in segments; 'E' at its end stands for the end of the connection. */
function answer(response: string, segment = 0, limit = 10000) {
	const it = rig(limit);
	it.socket.writable();
	const ends = response.endsWith("E");
	it.socket.deliver(codes(ends ? response.slice(0, -1) : response), segment);
	if (ends && !it.socket.closed) it.socket.fail();
	return it;
}

const bodies: readonly (readonly [string, string, string])[] = [
	["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "begin 5", "hello"],
	["HTTP/1.0 200\r\ncontent-length:5\r\n\r\nhello and more", "begin 5", "hello"],
	["HTTP/1.1 200 OK\nServer: x\nCONTENT-LENGTH: \t 5 \n\nhello", "begin 5", "hello"],
	["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "begin 0", ""],
	["HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\n\r\nhelloE", "begin -1", "hello"],
	["HTTP/1.1 100 Continue\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "begin 2", "hi"],
	[
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nhel\r\n002;x=y\r\nlo\r\n0\r\nTrailer: 1\r\n\r\n",
		"begin -1",
		"hello",
	],
	[
		`HTTP/1.1 200 OK\r\nX: ${"y".repeat(500)}\r\nTransfer-Encoding: chunked\r\n\r\nA\nhellohello\n0\n\n`,
		"begin -1",
		"hellohello",
	],
];

describe("HTTP client", () => {
	it("asks for a file as RFC 9112 has it", () => {
		const { socket, network } = rig(1, "Ring list/a%b.xml");
		assert.deepEqual(socket.writes, []);
		socket.writable();
		assert.strictEqual(
			String.fromCharCode(...(socket.writes[0] as Uint8Array)),
			"GET /Ring%20list/a%25b.xml HTTP/1.1\r\nHost: 192.0.2.69:6970\r\nUser-Agent: Linnet\r\nConnection: close\r\n\r\n",
		);
		socket.writable();
		assert.strictEqual(socket.writes.length, 1);
		assert.strictEqual(network.socket.options.port, 6970);
	});

	it("takes bodies of all kinds, in any segmentation", () => {
		for (const [response, begin, text] of bodies) {
			for (let segment = 0; segment <= 40; segment += segment < 8 ? 1 : 16) {
				const it = answer(response, segment);
				assert.deepEqual(it.consumer.events, [begin, "end"], response);
				assert.strictEqual(it.text(), text);
				assert.isTrue(it.socket.closed || response.endsWith("E"));
				assert.isFalse(it.http.busy);
				assert.strictEqual(it.http.octets, text.length);
				assert.strictEqual(it.http.roundTrips, 1);
				assert.strictEqual(it.clock.pending, 0);
			}
		}
	});

	it("hands on a body larger than its buffer as it comes", () => {
		const body = "0123456789".repeat(700);
		for (const segment of [0, 1460, 100]) {
			const it = answer(`HTTP/1.1 200 OK\r\nContent-Length: 7000\r\n\r\n${body}`, segment);
			assert.strictEqual(it.text(), body);
			assert.strictEqual(it.consumer.last, "end");
		}
	});

	it("says why there is no file", () => {
		const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
		for (const [response, reason, expected] of [
			["HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno!", Failure.notFound, /404/],
			["HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\n\r\n", Failure.refused, /302, a redirection/],
			["HTTP/1.1 403 Forbidden\r\n\r\n", Failure.refused, /403/],
			["HTTP/1.1 500 \r\n\r\n", Failure.refused, /500/],
			["HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\n", Failure.tooLarge, /10001 octets, at most 10000/],
			[`HTTP/1.1 200 OK\r\n\r\n${"x".repeat(10001)}`, Failure.tooLarge, /more than 10000/],
			[`${chunked}2711\r\n${"x".repeat(10001)}\r\n`, Failure.tooLarge, /more than 10000/],
			["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelE", Failure.malformed, /ended after 3 of 5/],
			[`${chunked}5\r\nhelE`, Failure.malformed, /ended after 3 octets/],
			[`${chunked}3\r\nhel\r\nE`, Failure.malformed, /ended after 3 octets/],
			["HTTP/1.1 200 OK\r\nContent-Type: x\r\nE", Failure.malformed, /without a response/],
			["E", Failure.malformed, /without a response/],
			["SSH-2.0-OpenSSH\r\n", Failure.malformed, /not understood/],
			["HTTP/2 200 OK yes\r\n", Failure.malformed, /not understood/],
			["HTTP/1.1 20x OK\r\n", Failure.malformed, /not understood/],
			["HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n", Failure.malformed, /not understood/],
			["HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", Failure.malformed, /not understood/],
			["HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", Failure.malformed, /not understood/],
			["HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", Failure.malformed, /not understood/],
			["HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", Failure.malformed, /not understood/],
			[
				"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
				Failure.malformed,
				/not understood/,
			],
			["HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", Failure.malformed, /not understood/],
			["HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", Failure.malformed, /not asked for/],
			[`${chunked}\r\n`, Failure.malformed, /not understood/],
			[`${chunked}x\r\n`, Failure.malformed, /not understood/],
			[`${chunked}fffffffff\r\n`, Failure.malformed, /not understood/],
			[`${chunked}3\r\nhello\r\n`, Failure.malformed, /not understood/],
			[`${chunked}1;${"x".repeat(300)}\r\n`, Failure.malformed, /not understood/],
			[`HTTP/1.1 200 OK\r\nX: ${"y".repeat(9000)}`, Failure.malformed, /not understood/],
			[`HTTP/1.1 200 OK\r\n${"X: y\r\n".repeat(2000)}`, Failure.malformed, /not understood/],
			[`${chunked}0\r\n${"X: y\r\n".repeat(2000)}`, Failure.malformed, /not understood/],
		] as const) {
			for (const segment of [0, 1]) {
				const it = answer(response, segment);
				const last = it.consumer.last;
				assert.match(last, expected, response.slice(0, 100));
				assert.strictEqual(Number(last.split(" ")[1]), reason, response.slice(0, 100));
				assert.isFalse(it.http.busy);
				assert.isTrue(it.socket.closed);
				assert.strictEqual(it.clock.pending, 0);
			}
		}
	});

	it("gives a connection three seconds, an answer ten, and a dripping head twenty", () => {
		const wait = (it: ReturnType<typeof rig>, each: (ms: number) => void = () => {}): number => {
			let ms = 0;
			for (; it.http.busy && ms < 100000; ms += 500) {
				each(ms);
				it.clock.advance(500);
			}
			assert.match(it.consumer.last, /^failed 1 HTTP: no/);
			assert.isTrue(it.socket.closed);
			return ms;
		};
		assert.strictEqual(wait(rig()), 3000);
		const silent = rig();
		silent.socket.writable();
		assert.strictEqual(wait(silent), 10000);
		const drips = rig();
		drips.socket.writable();
		assert.strictEqual(
			wait(drips, () => drips.socket.deliver(codes("H"))),
			20000,
		);
	});

	it("says why there is no connection, and does not take a broken one for the end of a file", () => {
		const ends = [TcpEnd.refused, TcpEnd.timedOut, TcpEnd.networkUnreachable, TcpEnd.hostUnreachable, TcpEnd.noSocket];
		const texts = ends.map((end) => {
			const it = rig();
			it.socket.fail(end);
			return it.consumer.last;
		});
		assert.deepEqual(texts, [
			`failed ${Failure.unreachable} HTTP: 192.0.2.69 port 6970: connection refused`,
			`failed ${Failure.timedOut} HTTP: 192.0.2.69 port 6970: connection timed out`,
			`failed ${Failure.unreachable} HTTP: 192.0.2.69 port 6970: network unreachable`,
			`failed ${Failure.unreachable} HTTP: 192.0.2.69 port 6970: host unreachable`,
			`failed ${Failure.unreachable} HTTP: 192.0.2.69 port 6970: no socket free`,
		]);
		const silent = rig();
		silent.socket.writable();
		silent.socket.fail(TcpEnd.reset);
		assert.strictEqual(silent.consumer.last, "failed 5 HTTP: 192.0.2.69: connection reset without a response");
		for (const [end, last] of [
			[TcpEnd.closed, "end"],
			[TcpEnd.unknown, "end"],
			[TcpEnd.reset, "failed 5 HTTP: file ended after 2 octets, connection reset"],
			[TcpEnd.timedOut, "failed 5 HTTP: file ended after 2 octets, connection timed out"],
		] as const) {
			const it = answer("HTTP/1.1 200 OK\r\n\r\nhi");
			it.socket.fail(end);
			assert.strictEqual(it.consumer.last, last);
		}
	});

	it("fails at once when the connection is refused, and does not mind what comes for an older transfer", () => {
		const it = rig();
		it.socket.fail();
		assert.match(it.consumer.last, /^failed 6 HTTP: 192.0.2.69 port 6970: connection refused$/);
		const second = new FakeConsumer();
		it.http.get("192.0.2.69", 6970, "x", second, 100);
		it.socket.fail();
		it.socket.writable();
		assert.deepEqual(second.events, []);
		it.network.socket.deliver(codes("220 hello\r\n"));
		assert.match(second.last, /^failed 5/);
		for (const name of ["", "a\nb", "x".repeat(200)]) {
			it.http.get("192.0.2.69", 6970, name, second, 100);
			it.clock.advance(1);
			assert.match(second.last, /^failed 2 HTTP: no file name/);
		}
	});

	it("stops when the consumer has enough, and lets it begin another transfer wherever it is called", () => {
		const enough = rig();
		enough.consumer.enough = 3;
		enough.socket.writable();
		enough.socket.deliver(codes("HTTP/1.1 200 OK\r\n\r\nhello"), 1);
		assert.deepEqual(enough.consumer.events, ["begin -1"]);
		assert.strictEqual(enough.text(), "hel");
		assert.isTrue(enough.socket.closed);
		for (const moment of ["begin 5", "data", "end"]) {
			const it = rig();
			const second = new FakeConsumer();
			it.consumer.onEvent = (event) => {
				if (event !== moment) return;
				it.consumer.onEvent = undefined;
				it.http.get("192.0.2.69", 6970, "second", second, 100);
			};
			it.socket.writable();
			it.socket.deliver(codes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
			it.network.socket.writable();
			it.network.socket.deliver(codes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
			assert.deepEqual(second.events, ["begin 2", "end"], moment);
			assert.deepEqual(second.octets, codes("hi"));
		}
	});

	it("withstands garbage and mutated responses: nothing throws, nothing exceeds its limit", () => {
		const random = randomNumbers(6970);
		for (let round = 0; round < 600; round += 1) {
			const [response = ""] = bodies[round % bodies.length] ?? [];
			const octets = codes(response);
			for (let i = 0; i < 1 + random() * 4; i += 1) {
				const at = Math.floor(random() * octets.length);
				const kind = random();
				if (kind < 0.4) octets[at] = Math.floor(random() * 256);
				else if (kind < 0.7) octets.splice(at, Math.floor(random() * 9));
				else octets.splice(at, 0, ...octets.slice(0, Math.floor(random() * 40)));
			}
			const it = rig(8);
			it.socket.writable();
			it.socket.deliver(octets, Math.floor(random() * 9));
			if (!it.socket.closed) it.socket.fail();
			assert.isFalse(it.http.busy);
			assert.isAtMost(it.consumer.octets.length, 8);
			assert.match(it.consumer.last, /^end|^failed/);
			assert.strictEqual(it.clock.pending, 0);
		}
	});
});
