// The set-up page's requests and its HTML.

import { UNFINISHED } from "base/http-request";
import { assert } from "chai";
import { escaped, formPiece, messagePiece } from "hal/esp32s3/setup-html";
import { formField, SetupRequest } from "hal/esp32s3/setup-request";

function octets(text: string): Uint8Array {
	return Uint8Array.from([...text].map((character) => character.charCodeAt(0)));
}

/** Reads a request in parts of `size` octets. */
function read(text: string, size = 7): SetupRequest {
	const request = new SetupRequest();
	const all = octets(text);
	for (let i = 0; i < all.length; i += size) request.feed(all.subarray(i, i + size));
	return request;
}

const POST = "POST / HTTP/1.1\r\nHost: 192.168.4.1\r\nOrigin: http://192.168.4.1\r\n";

describe("Wi-Fi set-up: requests", () => {
	it("are read in parts of any size", () => {
		for (const size of [1, 7, 1000]) {
			const request = read(`${POST}Cookie: ${"x".repeat(3000)}\r\nCONTENT-LENGTH: 9\r\n\r\nssid=home`, size);
			assert.equal(request.status, 200);
			assert.equal(request.head.method, "POST");
			assert.equal(request.head.path, "/");
			assert.equal(request.head.host, "192.168.4.1");
			assert.equal(request.head.origin, "http://192.168.4.1");
			assert.equal(request.body, "ssid=home");
		}
		assert.equal(read("\r\nGET /scan HTTP/1.0\n\n").status, 200);
	});

	it("that are too long, or none, get the status that says so", () => {
		assert.equal(read(`${POST}Content-Length: 1501\r\n\r\n`).status, 413);
		assert.equal(read(`${POST}Content-Length: 99999999999\r\n\r\n`).status, 413);
		assert.equal(read(`${POST}Content-Length: 1e9\r\n\r\n`).status, 400);
		assert.equal(read(`${POST}Content-Length: -1\r\n\r\n`).status, 400);
		assert.equal(read(`${POST}Content-Length: nine\r\n\r\n`).status, 400);
		assert.equal(read(`${POST}\r\n`).status, 411);
		assert.equal(read(`${POST}Transfer-Encoding: chunked\r\n\r\n`).status, 411);
		assert.equal(read(`GET /${"x".repeat(600)} HTTP/1.1\r\n`).status, 414);
		assert.equal(read(`GET / HTTP/1.1\r\n${`Cookie: ${"x".repeat(90)}\r\n`.repeat(100)}`).status, 431);
		assert.equal(read("SSH-2.0-OpenSSH\r\n").status, 400);
		assert.equal(read("GET / HTTP/1.1\r\nnonsense\r\n").status, 400);
		assert.equal(read("GET / HTTP/1.1\r\nHost: a\r\n").status, UNFINISHED);
	});

	it("of any octets never throw", () => {
		let seed = 1;
		for (let round = 0; round < 200; round += 1) {
			const noise = new Uint8Array(400);
			for (let i = 0; i < noise.length; i += 1) {
				seed = (seed * 16807) % 2147483647;
				noise[i] = seed % 7 === 0 ? 10 : seed & 255;
			}
			assert.isNumber(new SetupRequest().feed(noise));
		}
	});

	it("carry forms", () => {
		const body = "ssid=caf%C3%A9+%26+bar&other=&password=a%2Bb%3D1";
		assert.equal(formField(body, "ssid"), "café & bar");
		assert.equal(formField(body, "other"), "");
		assert.equal(formField(body, "password"), "a+b=1");
		assert.equal(formField(body, "word"), "");
		assert.isUndefined(formField("ssid=%C3", "ssid"));
		assert.isUndefined(formField("ssid=%zz", "ssid"));
	});
});

describe("Wi-Fi set-up: page", () => {
	function whole(piece: (index: number) => string | undefined): string {
		let text = "";
		for (let index = 0; ; index += 1) {
			const part = piece(index);
			if (part === undefined) return text;
			text += part;
		}
	}

	const empty = { ssid: "", other: "", password: "", callAgent: "", port: "", version: "", tftp: "", events: "" };

	it("shows names as text, whatever they are", () => {
		const evil = "\"><script>alert('x')</script>&é😀";
		const page = whole((index) =>
			formPiece(index, {
				found: [{ ssid: evil, rssi: -40, open: true }],
				known: evil,
				values: { ...empty, callAgent: evil, other: evil, password: evil },
				problem: evil,
			}),
		);
		assert.lengthOf(page.split(escaped(evil)), 8, "each of them, a network's name twice");
		assert.notInclude(page, "<script");
		assert.include(page, escaped(evil));
		assert.include(page, "-40 dBm, open");
		for (const character of page) assert.isBelow(character.charCodeAt(0), 0x7f);
		assert.equal(escaped("é😀"), "&#233;&#128512;");
	});

	it("shows again what was sent, and what holds", () => {
		const found = [
			{ ssid: "home", rssi: -40, open: false },
			{ ssid: "work", rssi: -50, open: false },
		];
		const values = {
			...empty,
			ssid: "work",
			password: "a word",
			callAgent: "pbx",
			port: "2001",
			version: "11",
			tftp: "10.0.0.3",
		};
		const page = whole((index) => formPiece(index, { found, known: "home", values, problem: "" }));
		assert.include(page, 'name="ssid" value="work" checked>');
		assert.notInclude(page, 'value="home" checked>');
		for (const text of ["a word", "pbx", "2001", "11", "10.0.0.3"]) assert.include(page, `value="${text}"`);
		assert.include(page, "it stays with home.");
		const other = whole((index) =>
			formPiece(index, { found, known: "", values: { ...empty, other: "attic" }, problem: "" }),
		);
		assert.include(other, 'name="ssid" value="" checked>');
		assert.notInclude(other, "it stays");
	});

	it("says that none is heard, and what happened", () => {
		assert.include(
			whole((index) => formPiece(index, { found: [], known: "", values: empty, problem: "" })),
			"None is heard.",
		);
		assert.include(
			whole((index) => messagePiece(index, "Saved <b>")),
			"Saved &#60;b&#62;",
		);
	});
});
