/* What a call agent needs when phones come by the thousand: their numbers, and ports for the sound of calls that begin at once. */
import { assert } from "chai";
import { Device, Line } from "../../../tools/call-agent/device.js";
import { Numbering } from "../../../tools/call-agent/numbering.js";
import { RtpPorts } from "../../../tools/call-agent/rtp.js";

describe("numbers of thousands of phones", () => {
	const nobody: ReadonlySet<string> = new Set();

	function add(numbering: Numbering, number: string): Line {
		const device = new Device(`SEP${number.padStart(12, "0")}`);
		const line = new Line(device, 1, number, number, number);
		numbering.add(line);
		return line;
	}

	it("are given in order, those that are kept for others and those of services left out", () => {
		const numbering = new Numbering(598);
		const reserved = new Set(["603"]);
		const given = Array.from({ length: 5 }, () => add(numbering, numbering.next(reserved)).number);
		assert.deepEqual(given, ["598", "599", "604", "605", "608"]);
		assert.equal(numbering.next(nobody), "603");
	});

	it("are complete with their last digit, and no sooner", () => {
		const numbering = new Numbering(1001);
		for (let count = 0; count < 2000; count++) add(numbering, numbering.next(nobody));
		numbering.setPrefix("*5", () => {});
		numbering.setFeature("800", () => {});
		const matches = (digits: string) => [...digits].map((_, index) => numbering.match(digits.slice(0, index + 1)));
		assert.deepEqual(matches("3000"), ["more", "more", "more", "complete"]);
		assert.deepEqual(matches("3001"), ["more", "more", "more", "none"]);
		assert.deepEqual(matches("*51001"), ["more", "more", "more", "more", "more", "complete"]);
		assert.deepEqual(matches("*54"), ["more", "more", "none"]);
		assert.deepEqual(matches("800"), ["more", "more", "complete"]);
		assert.deepEqual(matches("600"), ["more", "more", "complete"]);
		assert.equal(numbering.match("4"), "none");
	});

	it("may be of several phones, and begin longer ones", () => {
		const numbering = new Numbering(1001);
		const lines = [add(numbering, "12"), add(numbering, "12"), add(numbering, "123")];
		assert.deepEqual(numbering.linesOf("12"), lines.slice(0, 2));
		assert.equal(numbering.match("12"), "more");
		assert.equal(numbering.match("123"), "complete");
	});
});

describe("ports for RTP", () => {
	it("are there at once however many are asked for, each even and of nobody else", () => {
		const one = new RtpPorts("127.0.0.1");
		const other = new RtpPorts("127.0.0.1");
		const taken = Array.from({ length: 50 }, () => [one.take(), other.take()]).flat();
		try {
			const ports = taken.map((port) => port?.port ?? 1);
			assert.isTrue(ports.every((port) => port % 2 === 0 && port >= 16384 && port < 32768));
			assert.equal(new Set(ports).size, 100);
		} finally {
			for (const port of taken) port?.close();
		}
	});

	it("are none at an address of another computer", () => {
		assert.isUndefined(new RtpPorts("192.0.2.1").take());
	});
});
