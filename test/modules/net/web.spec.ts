// The HTTP client of services: URLs, redirections, passwords, cookies, a proxy, bodies that are sent, and servers that mean it ill.
import { assert } from "chai";
import { Limits } from "limits";
import { Failure } from "net/transfer";
import { Web } from "net/web";
import { FakeConsumer, randomNumbers } from "../support/consumer.js";
import { FakeClock, FakeNetwork, type FakeSocket } from "../support/fakes.js";

const codes = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const page = (body: string, more = ""): string =>
	`HTTP/1.1 200 OK\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;
const moved = (to: string, status = 302, more = ""): string =>
	`HTTP/1.1 ${status} X\r\nLocation: ${to}\r\n${more}Content-Length: 0\r\n\r\n`;

class WebRig {
	readonly clock = new FakeClock();
	readonly network = new FakeNetwork();
	readonly web = new Web(this.network, this.clock, new Uint8Array(Limits.transferBuffer));
	consumer = new FakeConsumer();
	private answered = 0;

	constructor() {
		this.network.names.set("services.example", "192.0.2.80");
		this.network.names.set("other.example", "192.0.2.81");
		this.network.names.set("proxy.example", "192.0.2.82");
	}

	get(url: string, body?: string, limit = 10000): void {
		this.consumer = new FakeConsumer();
		this.web.fetch(url, this.consumer, limit, body);
	}

	get socket(): FakeSocket {
		return this.network.socket;
	}

	/** What has been asked of the newest connection, which takes it now if it has not. */
	get request(): string {
		const { socket } = this;
		let text = "";
		if (socket.writes.length === 0) socket.writable();
		if (socket.writes.length === 0) throw new Error("nothing was asked");
		for (const octets of socket.writes) text += String.fromCharCode(...octets);
		return text;
	}

	/** 'address:port' and the first line of each request, in order. */
	get ways(): string[] {
		return this.network.sockets.map((socket) => {
			const line = String.fromCharCode(...(socket.writes[0] ?? [])).split("\r\n")[0];
			return `${socket.options.address}:${socket.options.port} ${line}`;
		});
	}

	/** The server of the newest connection takes the request and answers. */
	answer(response: string, segment = 0): void {
		assert.isAbove(this.network.sockets.length, this.answered, "nothing was asked");
		this.answered = this.network.sockets.length;
		this.socket.writable();
		this.socket.deliver(codes(response), segment);
	}

	get text(): string {
		return String.fromCharCode(...this.consumer.octets);
	}

	/** It is over, and nothing of it is left. */
	over(): void {
		assert.isFalse(this.web.busy);
		assert.strictEqual(this.clock.pending, 0);
		assert.isTrue(this.network.sockets.every((socket) => socket.closed));
	}
}

describe("HTTP client of services", () => {
	it("asks for a URL, and says what asks", () => {
		const it = new WebRig();
		it.web.asker = { headers: "Accept: x-CiscoIPPhone/*\r\n" };
		it.get("http://services.example:8080/menu.php?name=SEP001122334455#top");
		it.answer(page("hello", "Content-Type: text/xml; charset=utf-8\r\nRefresh: 10; url=http://x/y\r\n"), 7);
		assert.strictEqual(
			it.request,
			"GET /menu.php?name=SEP001122334455 HTTP/1.1\r\nHost: services.example:8080\r\n" +
				"Accept: x-CiscoIPPhone/*\r\nConnection: close\r\n\r\n",
		);
		assert.deepEqual(it.consumer.events, ["begin 5", "end"]);
		assert.strictEqual(it.text, "hello");
		assert.strictEqual(it.web.contentType, "text/xml; charset=utf-8");
		assert.strictEqual(it.web.refresh, "10; url=http://x/y");
		it.over();
		it.get("http://services.example/");
		it.answer(page("x"));
		assert.strictEqual(it.web.refresh, "");
	});

	it("sends a body, in pieces where the connection takes no more", () => {
		const it = new WebRig();
		const body = `XML=${"0123456789".repeat(200)}`;
		it.get("http://192.0.2.80/x", body);
		const { socket } = it;
		socket.writable(100);
		assert.isTrue(it.web.busy);
		while (socket.room === 0) socket.writable(700);
		const [head, sent] = it.request.split("\r\n\r\n");
		assert.strictEqual(sent, body);
		assert.match(head as string, /^POST \/x HTTP\/1.1\r\n/);
		assert.include(head, `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}`);
		socket.deliver(codes(page("")));
		assert.strictEqual(it.consumer.last, "end");
		it.over();
	});

	it("follows redirections, by GET but for those that keep the way", () => {
		for (const [status, second] of [
			[301, "GET"],
			[302, "GET"],
			[303, "GET"],
			[307, "POST"],
			[308, "POST"],
		] as const) {
			const it = new WebRig();
			it.get("http://services.example/a/b", "x=1");
			it.answer(moved("../c?d=e", status));
			it.answer(moved("http://other.example:81/", status), 1);
			it.answer(page("here"));
			assert.deepEqual(it.ways, [
				"192.0.2.80:80 POST /a/b HTTP/1.1",
				`192.0.2.80:80 ${second} /c?d=e HTTP/1.1`,
				`192.0.2.81:81 ${second} / HTTP/1.1`,
			]);
			assert.strictEqual(it.request.endsWith("x=1"), second === "POST");
			assert.strictEqual(it.web.url, "http://other.example:81/");
			assert.deepEqual(it.consumer.events, ["begin 4", "end"]);
			it.over();
		}
	});

	it("follows five of them at most, and none to anything but http", () => {
		const loop = new WebRig();
		loop.get("http://services.example/");
		for (let i = 0; i < 6; i += 1) loop.answer(moved("/"));
		assert.strictEqual(loop.consumer.last, `failed ${Failure.refused} HTTP: more than 5 redirections`);
		assert.strictEqual(loop.network.sockets.length, 6);
		loop.over();
		for (const [to, reason] of [
			["https://services.example/", Failure.secure],
			["ftp://services.example/", Failure.badUrl],
			["Dial:1002", Failure.badUrl],
			["file:///etc/passwd", Failure.badUrl],
			[`/${"x".repeat(370)}`, 0],
			["http://no host/", Failure.badUrl],
		] as const) {
			const it = new WebRig();
			it.get("http://services.example/");
			it.answer(moved(to));
			if (reason === 0) continue;
			assert.match(it.consumer.last, new RegExp(`^failed ${reason} `), to);
			it.over();
		}
		const none = new WebRig();
		none.get("http://services.example/");
		none.answer("HTTP/1.1 302 Found\r\n\r\n");
		assert.match(none.consumer.last, /^failed 3 /);
	});

	it("says what is no URL, and which host nobody knows", () => {
		const it = new WebRig();
		for (const [url, reason] of [
			["https://services.example/", Failure.secure],
			["gopher://services.example/", Failure.badUrl],
			["", Failure.badUrl],
			[`http://services.example/${"x".repeat(600)}`, Failure.badUrl],
			["http://nobody.example/", Failure.unknownHost],
		] as const) {
			it.get(url);
			assert.deepEqual(it.consumer.events, [], "it calls back at once");
			it.clock.advance(1);
			assert.match(it.consumer.last, new RegExp(`^failed ${reason} `), url);
			it.over();
		}
	});

	it("does not mind an address that comes when nobody waits for it any more", () => {
		const it = new WebRig();
		const waiting: ((address: string | undefined) => void)[] = [];
		it.network.resolve = (_host, done) => waiting.push(done);
		it.get("http://first.example/");
		it.get("http://second.example/");
		assert.strictEqual(it.network.sockets.length, 0);
		waiting[0]?.("192.0.2.1");
		assert.strictEqual(it.network.sockets.length, 0);
		waiting[1]?.("192.0.2.2");
		assert.strictEqual(it.socket.options.address, "192.0.2.2");
		it.get("http://third.example/");
		it.clock.advance(10_000);
		assert.match(it.consumer.last, /^failed 7 HTTP: no name server answers/);
		waiting[2]?.("192.0.2.3");
		assert.strictEqual(it.network.sockets.length, 1);
		it.over();
	});

	it("says who asks where that is wanted, to that host alone", () => {
		const it = new WebRig();
		const wanted = 'HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm="Phone book"\r\nContent-Length: 0\r\n\r\n';
		it.get("http://services.example/book");
		it.answer(wanted);
		assert.strictEqual(it.consumer.last, `failed ${Failure.unauthorised} HTTP: 401, who asks?`);
		assert.strictEqual(it.web.realm, "Phone book");
		assert.notInclude(it.request, "Authorization");
		it.web.authorise("Aladdin:open sesame");
		it.get("http://services.example/book");
		assert.include(it.request, "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n");
		it.answer(moved("http://other.example/book"));
		assert.include(it.request, "Host: other.example\r\n");
		assert.notInclude(it.request, "Authorization");
		it.answer(moved("http://services.example:8080/book"));
		assert.include(it.request, "Host: services.example:8080\r\n");
		assert.notInclude(it.request, "Authorization", "another port is another server");
		it.answer(moved("http://services.example/book"));
		assert.include(it.request, "Host: services.example\r\n");
		it.answer(wanted);
		assert.include(it.request, "Authorization: Basic QWxh");
		assert.match(it.consumer.last, /^failed 8 HTTP: 401, user or password refused/);
		it.over();
	});

	it("takes a password of the URL, and shows it to nobody else", () => {
		const it = new WebRig();
		it.get("http://ann:secret@services.example/x?y");
		it.answer(moved("/z"));
		it.answer(page("x"));
		assert.include(it.request, "Authorization: Basic YW5uOnNlY3JldA==\r\n");
		assert.notInclude(it.request, "secret");
		assert.strictEqual(it.web.url, "http://services.example/z");
		it.get("http://services.example/d");
		it.answer('HTTP/1.1 401 X\r\nWWW-Authenticate: Digest realm="x", nonce="y"\r\n\r\n');
		assert.match(it.consumer.last, /^failed 3 HTTP: 401, and Basic/);
		it.get("http://services.example/d");
		it.answer('HTTP/1.1 401 X\r\nWWW-Authenticate: Digest realm="x"\r\nWWW-Authenticate: Basic realm="y"\r\n\r\n');
		assert.match(it.consumer.last, /^failed 8/);
		assert.strictEqual(it.web.realm, "y");
	});

	it("keeps cookies for their host and path, four of them, and no longer than it lives", () => {
		const it = new WebRig();
		const set = (...lines: string[]): string => page("x", lines.map((line) => `Set-Cookie: ${line}\r\n`).join(""));
		const cookies = (url: string): string => {
			it.get(url);
			it.answer(page("x"));
			return /Cookie: (.*)\r\n/.exec(it.request)?.[1] ?? "";
		};
		it.get("http://services.example/app/menu.php?x");
		it.answer(set("PHPSESSID=abc123; path=/; HttpOnly", "deep=1", "safe=1; Secure", "=x", "bare"));
		assert.strictEqual(cookies("http://services.example/"), "PHPSESSID=abc123");
		assert.strictEqual(cookies("http://services.example/app/x"), "PHPSESSID=abc123; deep=1");
		assert.strictEqual(cookies("http://services.example/apple"), "PHPSESSID=abc123");
		assert.strictEqual(cookies("http://services.example:8080/app/x"), "");
		assert.strictEqual(cookies("http://other.example/app/x"), "");
		it.get("http://services.example/app/");
		it.answer(
			set(
				"PHPSESSID=new; Path=/; Domain=.example",
				"deep=; expires=Thu, 01-Jan-1970 00:00:01 GMT",
				`huge=${"x".repeat(300)}; path=/`,
				`more=${"x".repeat(5000)}`,
			),
		);
		assert.strictEqual(cookies("http://services.example/app/x"), "PHPSESSID=new");
		it.get("http://services.example/");
		it.answer(set("a=1", "b=2", "c=3", "d=4", "e=5", "a=; Max-Age=0"));
		assert.strictEqual(cookies("http://services.example/"), "b=2; c=3; d=4; e=5");
		const long = (name: string): string => `${name}=${"x".repeat(200)}`;
		it.get("http://services.example/");
		it.answer(set(long("f"), long("g"), long("h")));
		assert.strictEqual(
			cookies("http://services.example/"),
			long("h"),
			"no more octets than an open service has room for",
		);
		assert.strictEqual(new WebRig().web.url, "");
	});

	it("sends a cookie of a redirection on", () => {
		const it = new WebRig();
		it.get("http://services.example/login", "user=1");
		it.answer(moved("/home", 303, "Set-Cookie: sid=7; path=/\r\n"));
		it.answer(page("x"));
		assert.include(it.request, "Cookie: sid=7\r\n");
	});

	it("says whether what came was out of date", () => {
		for (const [head, expired] of [
			["", false],
			["Expires: -1\r\n", true],
			["Expires: 0\r\n", true],
			["Expires: Thu, 19 Nov 1981 08:52:00 GMT\r\n", true],
			["Date: Sun, 29 Nov 2026 10:00:00 GMT\r\nExpires: Sun, 29 Nov 2026 09:59:00 GMT\r\n", true],
			["Expires: Sun, 29 Nov 2026 09:59:00 GMT\r\nDate: Sun, 29 Nov 2026 10:00:00 GMT\r\n", true],
			["Date: Sun, 29 Nov 2026 10:00:00 GMT\r\nExpires: Tue, 01 Dec 2026 00:00:00 GMT\r\n", false],
			["Date: Wed, 30 Dec 2026 10:00:00 GMT\r\nExpires: Sat, 02 Jan 2027 00:00:00 GMT\r\n", false],
		] as const) {
			const it = new WebRig();
			it.get("http://services.example/");
			it.answer(page("x", head));
			assert.strictEqual(it.web.expired, expired, head);
		}
	});

	it("asks a proxy for all", () => {
		const it = new WebRig();
		it.web.proxy = { host: "proxy.example", port: 3128, path: "/", user: "" };
		it.get("http://hidden.example:81/x?y");
		it.answer(moved("http://deeper.example/z"));
		it.answer(page("x"));
		assert.deepEqual(it.ways, [
			"192.0.2.82:3128 GET http://hidden.example:81/x?y HTTP/1.1",
			"192.0.2.82:3128 GET http://deeper.example/z HTTP/1.1",
		]);
		assert.include(it.request, "Host: deeper.example\r\n");
	});

	it("is done within half a minute, whatever the servers do", () => {
		const slow = new WebRig();
		slow.get("http://services.example/");
		for (let i = 0; slow.web.busy && i < 100; i += 1) {
			if (i % 8 === 7) slow.answer(moved("/"));
			slow.clock.advance(900);
		}
		assert.isAtMost(slow.clock.ticks, 31_000);
		slow.over();
		for (const [first, drip] of [
			["HTTP/1.1 200 OK\r\n\r\n", "x"],
			["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", `200\r\n${"x".repeat(512)}\r\n`],
			["HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", "xxxxxxxxxx"],
			["HTTP/1.1 302 Found\r\n", "Set-Cookie: a=b\r\n"],
			["", "H"],
		] as const) {
			const it = new WebRig();
			it.get("http://services.example/", undefined, 1_000_000);
			it.socket.writable();
			it.socket.deliver(codes(first));
			for (let i = 0; it.web.busy && i < 200; i += 1) {
				it.socket.deliver(codes(drip));
				if (it.web.busy) it.clock.advance(300);
			}
			assert.isAtMost(it.clock.ticks, 31_000, first);
			assert.match(it.consumer.last, /^failed [15] /);
			it.over();
		}
	});

	it("withstands garbage and mutated answers: it ends, within its limit, and lets go of all", () => {
		const random = randomNumbers(407);
		const answers = [
			page("hello", "Set-Cookie: a=b; path=/\r\nRefresh: 3; url=/x\r\n"),
			moved("/other", 302, "Set-Cookie: c=d\r\n"),
			moved("http://other.example:81/x?y=z#w", 307),
			'HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n',
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nExpires: -1\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
		];
		for (let round = 0; round < 400; round += 1) {
			const it = new WebRig();
			it.get("http://services.example/a/b?c", round % 3 === 0 ? "x=1" : undefined, 64);
			for (let turn = 0; it.web.busy && turn < 8; turn += 1) {
				const octets = codes(answers[Math.floor(random() * answers.length)] ?? "");
				for (let i = 0; i < random() * 4; i += 1) {
					const at = Math.floor(random() * octets.length);
					const kind = random();
					if (kind < 0.4) octets[at] = Math.floor(random() * 256);
					else if (kind < 0.7) octets.splice(at, Math.floor(random() * 9));
					else octets.splice(at, 0, ...octets.slice(0, Math.floor(random() * 40)));
				}
				const { socket } = it;
				socket.writable();
				socket.deliver(octets, Math.floor(random() * 9));
				if (socket === it.socket && !socket.closed) socket.fail();
				it.clock.advance(1);
			}
			it.clock.advance(31_000);
			assert.match(it.consumer.last, /^(end|failed)/);
			assert.isAtMost(it.consumer.octets.length, 64);
			it.over();
		}
	});

	it("takes no more than its limit", () => {
		const it = new WebRig();
		it.get("http://services.example/", undefined, 100);
		it.answer(page("x".repeat(101)));
		assert.match(it.consumer.last, /^failed 4 /);
		it.get("http://services.example/", undefined, 100);
		it.answer(`HTTP/1.1 200 OK\r\n\r\n${"x".repeat(5000)}`);
		assert.match(it.consumer.last, /^failed 4 /);
		assert.isAtMost(it.consumer.octets.length, 100);
		it.over();
	});
});
