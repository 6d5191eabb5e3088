// The phone's web server: connections, and clients that are slow, rude or many.
import { assert } from "chai";
import { TcpEnd } from "hal/hardware";
import { answerOf, type FakeSite, WebRig } from "../support/web.js";
import { latin1 } from "../support/xml.js";

const host = "Host: 192.0.2.20\r\n";
const get = `GET /DeviceInformationX HTTP/1.1\r\n${host}\r\n`;

/** Octets that a server holds while nobody is connected: none. */
function atRest(rig: WebRig): void {
	const { server } = rig.web;
	assert.equal(server.count, 0);
	for (const name of ["buffer", "callbacks", "timer"]) assert.isUndefined(Reflect.get(server, name), name);
	assert.equal(rig.clock.pending, 0);
}

function answers(text: string): number[] {
	const found: number[] = [];
	for (let rest = text; rest !== ""; ) {
		const got = answerOf(rest);
		found.push(got.status);
		rest = got.rest;
	}
	return found;
}

describe("web server: connections", () => {
	it("answers requests in parts of any size, one after another, and keeps nothing when the last has gone", () => {
		const rig = new WebRig();
		for (const step of [0, 1, 7]) {
			const socket = rig.connect();
			for (let i = 0; i < 3; i += 1) {
				const got = answerOf(rig.say(socket, get, step));
				assert.equal(got.status, 200);
				assert.include(got.head, "\r\nConnection: keep-alive\r\n");
				assert.match(got.body, /^<\?xml[\s\S]*<DeviceInformation>[\s\S]*<\/DeviceInformation>\n$/);
				assert.equal(got.rest, "");
			}
			assert.isFalse(socket.closed);
			socket.fail(TcpEnd.closed);
			assert.isTrue(socket.closed);
			atRest(rig);
		}
	});

	it("answers what comes all at once in its order, each once", () => {
		const rig = new WebRig();
		const socket = rig.connect();
		const bad = `GET /nothing HTTP/1.1\r\n${host}\r\n`;
		const head = `HEAD / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
		const text = rig.say(socket, get + bad + get + head + get);
		const first = answerOf(text);
		const second = answerOf(first.rest);
		const third = answerOf(second.rest);
		const last = answerOf(third.rest, true);
		assert.deepEqual([first.status, second.status, third.status, last.status, last.rest], [200, 404, 200, 200, ""]);
		// what follows the one that was to be the last is nobody's
		assert.isTrue(socket.closed);
		atRest(rig);
	});

	it("sends no more than the socket takes, and goes on where it stopped", () => {
		const rig = new WebRig();
		const whole = rig.ask("GET /NetworkConfiguration").body;
		for (const room of [600, 700, 1400]) {
			const socket = rig.connect(undefined, room);
			socket.deliver(latin1(`GET /NetworkConfiguration HTTP/1.1\r\n${host}\r\n`));
			assert.equal(answerOf(rig.hear(socket, room)).body, whole);
			socket.fail();
		}
	});

	it("ends the body with the connection for clients that know no chunks", () => {
		const rig = new WebRig();
		const socket = rig.connect();
		const got = answerOf(rig.say(socket, "GET /DeviceInformationX HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
		assert.notInclude(got.head, "chunked");
		assert.include(got.head, "\r\nConnection: close\r\n");
		assert.match(got.body, /<\/DeviceInformation>\n$/);
		assert.isTrue(socket.closed);
		const again = rig.connect();
		const short = answerOf(rig.say(again, "GET /none HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
		assert.include(short.head, "\r\nConnection: keep-alive\r\n");
		again.fail();
		atRest(rig);
	});

	it("ends a connection after a hundred requests", () => {
		const rig = new WebRig();
		const socket = rig.connect();
		let last = "";
		let count = 0;
		while (!socket.closed) {
			last = rig.say(socket, `GET /none HTTP/1.1\r\n${host}\r\n`);
			count += 1;
		}
		assert.equal(count, 100);
		assert.include(last, "\r\nConnection: close\r\n");
		atRest(rig);
	});

	it("says with each answer what browsers are to do with it", () => {
		const { head } = new WebRig().ask("GET /");
		for (const line of [
			"Content-Type: text/html; charset=utf-8",
			"Cache-Control: no-store",
			"X-Content-Type-Options: nosniff",
			"Referrer-Policy: no-referrer",
			"Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'",
		])
			assert.include(head, `\r\n${line}\r\n`);
	});

	it("is closed where the configuration says so, with all who are connected", () => {
		const rig = new WebRig();
		const socket = rig.connect();
		rig.say(socket, "GET /Dev");
		rig.web.configure(1);
		assert.isTrue(socket.closed);
		assert.isTrue(rig.listener.closed);
		atRest(rig);
		rig.web.configure(0);
		assert.isFalse(rig.listener.closed);
		assert.lengthOf(rig.network.listeners, 2);
		assert.equal(rig.ask("GET /").status, 200);
	});

	it("does without a listener where a body has none", () => {
		const rig = new WebRig(1);
		rig.network.listens = false;
		rig.web.configure(0);
		rig.web.configure(1);
		atRest(rig);
	});
});

describe("web server: clients that take what they can", () => {
	it("are four at most; a fifth is told to come later", () => {
		const rig = new WebRig();
		const four = [1, 2, 3, 4].map((i) => rig.connect(`192.0.2.10${i}`));
		for (const socket of four) rig.say(socket, "POST /CGI/Execute HTTP/1.1\r\nHost: ");
		const fifth = rig.connect("192.0.2.200");
		const text = rig.hear(fifth);
		assert.deepEqual(answers(text), [503]);
		assert.include(text, "\r\nRetry-After: 5\r\n");
		assert.isTrue(fifth.closed);
		for (const socket of four) assert.isFalse(socket.closed);
		assert.equal(rig.web.server.count, 4);
	});

	it("give way where they have sent nothing, the one that came first", () => {
		const rig = new WebRig();
		const first = rig.connect();
		rig.say(first, get);
		rig.clock.advance(100);
		const second = rig.connect();
		rig.clock.advance(100);
		rig.say(first, get);
		rig.connect();
		rig.connect();
		const fifth = rig.connect();
		assert.equal(answerOf(rig.say(fifth, get)).status, 200);
		assert.isFalse(first.closed);
		assert.isTrue(second.closed);
	});

	it("give way where a head of theirs has taken two seconds", () => {
		const rig = new WebRig();
		const four = [0, 1, 2, 3].map(() => rig.connect());
		for (const socket of four) rig.say(socket, "GET / HT");
		assert.deepEqual(answers(rig.hear(rig.connect())), [503]);
		rig.clock.advance(2000);
		assert.equal(answerOf(rig.say(rig.connect("192.0.2.5"), get)).status, 200);
		assert.lengthOf(
			four.filter((socket) => socket.closed),
			1,
		);
	});

	it("give way where all that they are waiting for is the end", () => {
		const rig = new WebRig();
		for (let i = 0; i < 4; i += 1) assert.equal(answerOf(rig.say(rig.connect(), "nonsense\r\n")).status, 400);
		assert.equal(rig.web.server.count, 4);
		assert.equal(answerOf(rig.say(rig.connect(), get)).status, 200);
	});

	it("leave one connection to somebody else", () => {
		const rig = new WebRig();
		const four = [0, 1, 2, 3].map(() => rig.connect("192.0.2.66"));
		for (const socket of four) rig.say(socket, "GET / HT");
		assert.deepEqual(answers(rig.hear(rig.connect("192.0.2.66"))), [503]);
		assert.equal(answerOf(rig.say(rig.connect("192.0.2.67"), get)).status, 200);
	});

	it("are cut when they send their head, their body or nothing too slowly", () => {
		const rig = new WebRig();
		const silent = rig.connect();
		const head = rig.connect();
		for (let i = 0; i < 25; i += 1) {
			rig.clock.advance(500);
			if (!head.closed) rig.say(head, "x");
		}
		assert.isTrue(silent.closed);
		assert.isTrue(head.closed);
		const idle = rig.connect();
		rig.say(idle, get);
		rig.clock.advance(5500);
		assert.isTrue(idle.closed);
		atRest(rig);
	});

	it("are cut, the eldest first, when what they have sent and cannot be answered yet is too much for the phone", () => {
		const rig = new WebRig();
		const begun = `GET /x HTTP/1.1\r\n${host}Authorization: Basic ${"A".repeat(120)}\r\nX: ${"y".repeat(400)}`;
		const four = [0, 1, 2, 3].map(() => {
			rig.clock.advance(100);
			const socket = rig.connect();
			rig.say(socket, begun);
			return socket;
		});
		assert.deepEqual(
			four.map((socket) => socket.closed),
			[true, true, false, false],
		);
		// what is said there is answered, and asks for no more room than it has
		assert.equal(answerOf(rig.say(four[3] as (typeof four)[0], "\r\n\r\n")).status, 404);
		assert.isFalse(four[2]?.closed);
		for (const socket of four.slice(2)) socket.fail();
		// one that reads nothing, and asks again and again
		const slow = [0, 1, 2].map(() => rig.connect(undefined, 600));
		for (const socket of slow) socket.deliver(latin1(get.repeat(9)));
		assert.isTrue(slow.some((socket) => socket.closed));
		assert.isFalse(slow[0]?.closed);
		for (const socket of slow) if (!socket.closed) socket.fail();
		atRest(rig);
	});

	it("are told when a head took too long", () => {
		const rig = new WebRig();
		const socket = rig.connect();
		rig.say(socket, "GET / HTTP/1.1\r\n");
		rig.clock.advance(10_500);
		assert.deepEqual(answers(rig.hear(socket)), [408]);
		rig.clock.advance(2_000);
		assert.isTrue(socket.closed);
		atRest(rig);
	});

	it("are cut when they do not read, also when they read one packet now and then", () => {
		const rig = new WebRig();
		const stopped = rig.connect(undefined, 600);
		stopped.deliver(latin1(get));
		rig.clock.advance(10_500);
		assert.isTrue(stopped.closed);
		const slow = rig.connect(undefined, 600);
		rig.site.log = Array.from({ length: 2000 }, (_, i) => `a line of the log, number ${i}`);
		slow.deliver(latin1(`GET /DeviceLogX?0 HTTP/1.1\r\n${host}\r\n`));
		let seconds = 0;
		for (; !slow.closed && seconds < 100; seconds += 5) {
			rig.clock.advance(5000);
			if (!slow.closed) slow.writable(30);
		}
		assert.isAtMost(seconds, 65);
		atRest(rig);
	});

	it("do not hold the phone when they send without end", () => {
		const rig = new WebRig();
		const socket = rig.connect();
		let reads = 0;
		const read = socket.read.bind(socket);
		socket.read = (target) => {
			reads += 1;
			return read(target);
		};
		socket.deliver(latin1("x".repeat(100_000)));
		assert.isAtMost(reads, 8);
		socket.fail();
		atRest(rig);
	});

	it("lose nothing of an answer that is still on its way out when they are to be closed", () => {
		const rig = new WebRig();
		const socket = rig.connect();
		socket.deliver(latin1(`GET /none HTTP/1.1\r\n${host}Connection: close\r\n\r\n`));
		assert.isFalse(socket.closed);
		socket.writable(2000);
		assert.isFalse(socket.closed);
		socket.writable(4096);
		assert.isTrue(socket.closed);
	});
});

describe("web server: requests that are not for it", () => {
	function status(request: string, ...lines: readonly string[]): number {
		return new WebRig().ask(request, lines).status;
	}

	it("are for another host, or come from another page", () => {
		for (const name of [
			"192.0.2.20",
			"192.0.2.20:8080",
			"10.0.0.1",
			"localhost:81",
			"SEP001122334455",
			"sep001122334455:80",
		])
			assert.equal(status("GET /", `Host: ${name}`), 200, name);
		for (const name of ["evil.example", "192.0.2.20.evil.example", "SEP001122334455.evil.example", "[::1]", "xn--a"])
			assert.equal(status("GET /", `Host: ${name}`), 403, name);
		assert.equal(status("GET http://evil.example/", "Host: 192.0.2.20"), 403);
		assert.equal(status("GET /", "Host: 192.0.2.20", "Origin: http://evil.example"), 403);
		assert.equal(status("GET /", "Host: 192.0.2.20", "Origin: null"), 403);
		assert.equal(status("GET /", "Host: 192.0.2.20:8080", "Origin: http://192.0.2.20:8080"), 200);
	});

	it("may name the phone in its own domain", () => {
		const rig = new WebRig();
		const { lease } = rig.site;
		if (lease === undefined) throw new Error("no lease");
		(rig.site as FakeSite).lease = { ...lease, domain: "Phones.Example" };
		assert.equal(rig.ask("GET /", ["Host: sep001122334455.phones.example"]).status, 200);
		assert.equal(rig.ask("GET /", ["Host: sep001122334455.other.example"]).status, 403);
	});

	it("are answered by what is wrong with them, and nothing after them is looked at", () => {
		const rig = new WebRig();
		for (const [expected, text] of [
			[400, "nonsense\r\n\r\n"],
			[414, `GET /${"x".repeat(1000)} HTTP/1.1\r\n\r\n`],
			[431, `GET / HTTP/1.1\r\n${"Cookie: x\r\n".repeat(1000)}`],
			[505, "GET / HTTP/3.0\r\n\r\n"],
			[411, `POST /CGI/Execute HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
			[405, `DELETE / HTTP/1.1\r\n${host}\r\n`],
			[405, `OPTIONS / HTTP/1.1\r\n${host}\r\n`],
			[404, `POST / HTTP/1.1\r\n${host}Content-Length: ${get.length}\r\n\r\n`],
			[413, `POST /CGI/Execute HTTP/1.1\r\n${host}Content-Length: 5000\r\n\r\n`],
		] as const) {
			const socket = rig.connect();
			// as bodies tell of what is left
			const got = answerOf(rig.say(socket, text + get, 512));
			assert.equal(got.status, expected, text.slice(0, 30));
			assert.equal(got.rest, "", text.slice(0, 30));
			assert.include(got.head, "\r\nConnection: close\r\n");
			rig.clock.advance(2000);
			assert.isTrue(socket.closed);
		}
		atRest(rig);
	});

	it("play tricks with paths, behind which there is nothing", () => {
		for (const path of [
			"/../../etc/passwd",
			"/..%2f..%2fetc/passwd",
			"/%2e%2e/",
			"//DeviceInformationX",
			"/./DeviceInformationX",
			"/DeviceInformationX/",
			"/DeviceInformationX/..",
			"/DeviceInformationX%00",
			"/deviceinformationx",
			"/DeviceInformation.html",
			"/DeviceInformationXX",
			"/CGI/",
			"/CGI/../CGI/Execute",
			"/cgi/execute",
			"/X",
			"/?",
			"/DeviceLog?-1",
			"/DeviceLog?1e1",
			"/DeviceLog?99999999999999999999",
			"/StreamingStatisticsX?3",
			"/PortInformationX?2",
			"/CGI/Java/Serviceability?adapter=../../DeviceInformation",
			"/CGI/Java/Serviceability?adapter=device.statistics.streaming.",
			"/CGI/Java/Serviceability?adapter=device.statistics.streaming.-1",
			"/CGI/Java/Serviceability",
		])
			assert.include(path === "/?" ? [200] : [404], status(`GET ${path}`, "Host: 192.0.2.20"), path);
	});
});
