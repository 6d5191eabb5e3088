// Heads of HTTP requests: what is read of them, and what is refused because somebody else could read it in another way.

import { COMPLETE, HttpRequest, UNFINISHED } from "base/http-request";
import { assert } from "chai";

/** Reads lines of so many characters. */
class Short extends HttpRequest {
	protected override get longest(): number {
		return 256;
	}
}

function octets(text: string): Uint8Array {
	return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Reads a text in parts of `size` octets, and says where its head ended. */
function read(text: string, size = 5, request: HttpRequest = new Short()): { request: HttpRequest; end: number } {
	const all = octets(text);
	let at = 0;
	while (at < all.length && request.status === UNFINISHED) {
		const to = Math.min(at + size, all.length);
		const end = request.feed(all, at, to);
		if (end < to) return { request, end };
		at = to;
	}
	return { request, end: at };
}

function status(...lines: readonly string[]): number {
	return read(`${lines.join("\r\n")}\r\n\r\n`).request.status;
}

const get = "GET /DeviceInformationX HTTP/1.1";
const host = "Host: 192.0.2.20";
const post = "POST /CGI/Execute HTTP/1.1";

describe("HTTP requests", () => {
	it("are read in parts of any size, up to the end of their head", () => {
		const head = `${post}\r\n${host}:8080\r\nAuthorization:Basic dTpw \r\nAccept: text/xml\r\ncontent-length: 7\r\n\r\n`;
		for (const size of [1, 2, 3, 50, 1000]) {
			const { request, end } = read(`${head}XML=<a/`, size);
			assert.equal(request.status, COMPLETE);
			assert.equal(end, head.length);
			assert.deepEqual(
				[request.method, request.path, request.host, request.authorization, request.length],
				["POST", "/CGI/Execute", "192.0.2.20:8080", "Basic dTpw", 7],
			);
		}
	});

	it("come one behind another on one connection", () => {
		const request: HttpRequest = new Short();
		const both = octets(`${get}\r\n${host}\r\n\r\n\r\nHEAD / HTTP/1.0\nOrigin: http://a\n\n`);
		const end = request.feed(both, 0, both.length);
		assert.deepEqual([request.status, request.method, request.begun], [COMPLETE, "GET", true]);
		request.clear();
		assert.isFalse(request.begun);
		assert.equal(request.feed(both, end, both.length), both.length);
		assert.deepEqual(
			[request.status, request.method, request.host, request.origin, request.modern],
			[COMPLETE, "HEAD", "", "http://a", false],
		);
	});

	it("say whether the connection goes on, and whether they wait for leave", () => {
		const told = (...lines: readonly string[]) => read(`${lines.join("\r\n")}\r\n\r\n`).request;
		assert.isTrue(told(get, host).persistent);
		assert.isFalse(told(get, host, "Connection: Close").persistent);
		assert.isFalse(told(get, host, "Connection: TE, close").persistent);
		assert.isFalse(told("GET / HTTP/1.0").persistent);
		assert.isTrue(told("GET / HTTP/1.0", "Connection: keep-alive").persistent);
		assert.isTrue(told(post, host, "Content-Length: 3", "Expect: 100-Continue").expects);
		assert.equal(status(post, host, "Content-Length: 3", "Expect: miracles"), 417);
	});

	it("may have a whole URL, whose host counts", () => {
		const { request } = read(`GET http://SEP001122334455/a?1 HTTP/1.1\r\n${host}\r\n\r\n`);
		assert.deepEqual([request.status, request.host, request.path], [COMPLETE, "SEP001122334455", "/a?1"]);
		assert.equal(read(`GET http://SEP001122334455 HTTP/1.1\r\n${host}\r\n\r\n`).request.path, "/");
		assert.equal(status("GET https://a/ HTTP/1.1", host), 400);
		assert.equal(status("GET http://a/ HTTP/1.1", host, host), 400);
	});

	it("that are none, or could be read in two ways, are refused", () => {
		assert.equal(status(get, host), COMPLETE);
		const refused: readonly (readonly [number, ...string[]])[] = [
			[400, "SSH-2.0-OpenSSH"],
			[400, " / HTTP/1.1", host],
			[400, "GET  HTTP/1.1", host],
			[400, "GET / / HTTP/1.1", host],
			[400, "GET index.html HTTP/1.1", host],
			[400, "OPTIONS * HTTP/1.1", host],
			[400, "GET / HTTP/11", host],
			[400, "GET /"],
			[505, "GET / HTTP/2.0", host],
			[400, "G(T / HTTP/1.1", host],
			[400, "GET /\x00 HTTP/1.1", host],
			[400, "GET /\rHost: a HTTP/1.1", host],
			[400, get],
			[400, get, host, host],
			[400, get, "Host : 192.0.2.20"],
			[400, get, host, " folded"],
			[400, get, host, "no colon"],
			[400, get, host, "Content-Length: 5"],
			[400, get, host, "Authorization: Basic YQ==", "Authorization: Basic Yg=="],
			[400, post, host, "Content-Length: 5", "Content-Length: 6"],
			[COMPLETE, post, host, "Content-Length: 5", "Content-Length: 5"],
			[400, post, host, "Content-Length: 5, 5"],
			[400, post, host, "Content-Length: -5"],
			[400, post, host, "Content-Length: +5"],
			[400, post, host, "Content-Length: 0x5"],
			[400, post, host, "Content-Length:"],
			[411, post, host],
			[411, post, host, "Transfer-Encoding: chunked"],
			[411, post, host, "Transfer-Encoding: identity", "Content-Length: 5"],
		];
		for (const [expected, ...lines] of refused) assert.equal(status(...lines), expected, lines.join(" | "));
	});

	it("that are too long are refused, and take no more room than there is", () => {
		const long = "x".repeat(300);
		assert.equal(status(`GET /${long} HTTP/1.1`, host), 414);
		assert.equal(status(get, `Host: ${long}`), 431);
		assert.equal(status(get, host, `Authorization: Basic ${long}`), 431);
		assert.equal(status(get, host, `Cookie: ${long}`), COMPLETE);
		assert.equal(status(get, host, ...new Array(400).fill("Cookie: abcdefghijklmnop")), 431);
		const endless = new Short();
		const part = octets("x".repeat(512));
		let fed = 0;
		while (endless.status === UNFINISHED) {
			endless.feed(part, 0, part.length);
			fed += part.length;
			assert.isAtMost((Reflect.get(endless, "part") as string).length, 260);
		}
		assert.equal(endless.status, 431);
		assert.isAtMost(fed, 8192 + 512);
	});
});
