// The phone's web server under requests as nobody would write them, ten thousand in each run and the same each time: cut anywhere, put
// together of parts that are right and parts that are not, changed in single octets, in pieces of any size, over sockets that take little,
// by clients that go in the midst. Whatever comes, nothing throws, each answer is one, nothing is done by who is not known, no more
// connections are there than may be, and all is given back. A failure is shrunk to the least that fails.

import { assert } from "chai";
import fc from "fast-check";
import type { FakeServedSocket } from "../modules/support/fakes.js";
import { answerOf, fakeStream, WebRig } from "../modules/support/web.js";
import { latin1 } from "../modules/support/xml.js";

/** Another seed tries others, more runs take longer: LINNET_RUNS=1000000 is an evening. */
const seed = Number(process.env.LINNET_SEED ?? 4711);
const runs = Number(process.env.LINNET_RUNS ?? 10_000);

const method = fc.constantFrom("GET", "GET", "HEAD", "POST", "PUT", "get", "G T", "", "\u0000", "CONNECT");
const path = fc.oneof(
	fc.constantFrom(
		...[
			"/",
			"/DeviceInformationX",
			"/NetworkConfiguration",
			"/DeviceLogX?0",
			"/StreamingStatisticsX?1",
			"/CGI/Execute",
		],
		...[
			"/CGI/Screenshot",
			"/CGI/LineInfo",
			"/../x",
			"*",
			"http://a/",
			"http://192.0.2.20/CGI/Execute",
			"//",
			"/%",
			"?",
		],
		...["/CGI/Java/Serviceability?adapterX=device.statistics.streaming.0", `/${"x".repeat(400)}`],
	),
	fc.string({ maxLength: 30 }),
);
const version = fc.constantFrom("HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2", "HTTP/1.", "", "HTTP/1.1 x");
const field = fc.oneof(
	fc.constantFrom(
		...["Host: 192.0.2.20", "Host: evil.example", "Host:", "Content-Length: 4", "Content-Length: 999999999999"],
		...["Content-Length: -1", "Transfer-Encoding: chunked", "Connection: close", "Connection: keep-alive", " folded"],
		...["Expect: 100-continue", "Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic !", "Origin: http://evil"],
		...["no colon", ": x", "A\u0000: b", `Cookie: ${"c".repeat(300)}`],
	),
	fc.string({ maxLength: 40 }),
);
const end = fc.constantFrom("\r\n", "\r\n", "\r\n", "\n", "\r", "");
const body = fc.constantFrom(
	"",
	"XML=",
	"XML=%3CCiscoIPPhoneExecute%3E",
	"XML=%zz",
	"<CiscoIPPhoneText/>",
	"x".repeat(600),
);
const host = fc.constantFrom("Host: 192.0.2.20\r\n", "Host: 192.0.2.20\r\n", "");
const request = fc
	.tuple(method, path, version, host, fc.array(fc.tuple(field, end), { maxLength: 5 }), end, end, body)
	.map(([name, where, how, asked, fields, line, last, rest]) => {
		const lines = fields.map(([text, tail]) => text + tail).join("");
		return `${name} ${where} ${how}${line}${asked}${lines}${last}${rest}`;
	});
const octets = fc.oneof(
	{ weight: 6, arbitrary: request },
	{ weight: 2, arbitrary: fc.tuple(request, fc.nat(), fc.nat(255)).map(changed) },
	{ weight: 1, arbitrary: fc.tuple(request, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))) },
	{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((all) => String.fromCharCode(...all)) },
);

function changed([text, at, octet]: [string, number, number]): string {
	const place = at % Math.max(text.length, 1);
	return text.slice(0, place) + String.fromCharCode(octet) + text.slice(place + 1);
}

/** What a client does: what it sends, in what pieces, to a socket of what room, and whether it goes before the answer. */
const client = fc.record({
	text: octets,
	step: fc.constantFrom(0, 1, 13, 512),
	room: fc.constantFrom(0, 100, 600, 4096),
	goes: fc.boolean(),
	wait: fc.constantFrom(0, 0, 0, 400, 3000, 11_000),
});

describe("web server, under anything", function () {
	this.timeout(Math.max(120_000, runs * 20));

	function play(rig: WebRig, all: readonly (typeof client extends fc.Arbitrary<infer One> ? One : never)[]): void {
		const sockets: FakeServedSocket[] = [];
		const letGo = (socket: FakeServedSocket) => {
			if (!socket.closed) socket.fail();
			assert.isTrue(socket.closed);
		};
		for (const { text, step, room, goes, wait } of all) {
			const socket = rig.listener.connect(undefined, room);
			if (socket === undefined) throw new Error("not taken");
			sockets.push(socket);
			assert.isAtMost(rig.web.server.count, 4);
			if (!socket.closed) socket.deliver(latin1(text), step);
			if (goes && !socket.closed) letGo(socket);
			rig.clock.advance(wait);
			// who asked for leave hears of it first; nobody is known here, so nobody gets it
			const heard = rig.hear(socket, Math.max(room, 600));
			for (let rest = heard; rest !== "" && !goes; ) {
				const bare = answerOf(rest, true);
				// what is asked for by HEAD has no body, unless nobody could read that it was
				const without = text.includes("HEAD ") && (bare.rest === "" || bare.rest.startsWith("HTTP/1.1 "));
				const got = without ? bare : answerOf(rest);
				assert.include([200, 400, 401, 403, 404, 405, 408, 411, 413, 414, 417, 431, 503, 505], got.status);
				rest = got.rest;
			}
		}
		for (const socket of sockets) letGo(socket);
		rig.clock.advance(120_000);
		assert.equal(rig.web.server.count, 0);
		assert.equal(rig.clock.pending, 0);
		assert.lengthOf(rig.network.sockets, 0);
		assert.deepEqual(rig.services.ran, []);
	}

	it("answers, does nothing, and gives all back", () => {
		fc.assert(
			fc.property(fc.array(client, { minLength: 1, maxLength: 6 }), (all) => {
				const rig = new WebRig();
				rig.site.log = ["a line", "another"];
				rig.site.streams = [fakeStream()];
				play(rig, all);
			}),
			{ seed, numRuns: Math.ceil(runs / 3) },
		);
	});
});
