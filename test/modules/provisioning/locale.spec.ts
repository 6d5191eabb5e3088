// Files of rings: the list of them, and what may be one.
import { assert } from "chai";
import { Limits } from "limits";
import { type Content, XmlDocument } from "provisioning/document";
import { RingList, ringFileProblem } from "provisioning/rings";
import { XmlReader } from "xml/reader";
import { utf8 } from "../support/xml.js";

/** Reads a file in small pieces; what is wrong with it. */
function read(content: Content, octets: Uint8Array): string {
	const file = new XmlDocument(new XmlReader(), content);
	let good = true;
	for (let at = 0; at < octets.length; at += 11) good = file.data(octets.subarray(at, at + 11)) && good;
	const problem = file.end();
	if (!good) assert.notStrictEqual(problem, "");
	return problem;
}

describe("rings", () => {
	const ring = (name: string, file: string): string =>
		`<Ring><DisplayName>${name}</DisplayName><FileName>${file}</FileName></Ring>`;

	it("come from a list", () => {
		const list = new RingList();
		const file = `<CiscoIPPhoneRingList>\n${ring("Analog 1", "Analog1.raw")}
			${ring(" Glöckchen &amp; Co ", "bell.raw")}${ring("", "x.raw")}${ring("x".repeat(26), "y.raw")}${ring("no file", "")}
			<Other><DisplayName>a</DisplayName><FileName>b</FileName></Other></CiscoIPPhoneRingList>`;
		assert.strictEqual(read(list, utf8(file)), "");
		const kept = () => Array.from({ length: list.count }, (_, index) => `${list.name(index)}: ${list.file(index)}`);
		assert.deepEqual(kept(), ["Analog 1: Analog1.raw", "Glöckchen & Co: bell.raw"]);
		for (const index of [-1, 2, Limits.rings, Number.NaN]) assert.equal(list.name(index) + list.file(index), "");
		assert.strictEqual(list.left, 3);
		const many = Array.from({ length: 40 }, (_, i) => ring(`Ring ${i}`, `${i}.raw`)).join("");
		assert.strictEqual(read(list, utf8(`<CiscoIPPhoneRingList>${many}</CiscoIPPhoneRingList>`)), "");
		const most = Array.from({ length: Limits.rings }, (_, i) => `Ring ${i}: ${i}.raw`);
		assert.deepEqual(kept(), most);
		assert.strictEqual(list.left, 40 - Limits.rings);
		assert.include(read(list, utf8("<RingList/>")), "<CiscoIPPhoneRingList> is expected");
		assert.isEmpty(kept());
		const longest = ring("n".repeat(25), "f".repeat(64)).repeat(Limits.rings) + ring("n".repeat(25), "f".repeat(65));
		assert.strictEqual(read(list, utf8(`<CiscoIPPhoneRingList>${longest}</CiscoIPPhoneRingList>`)), "");
		assert.deepEqual(kept(), new Array(Limits.rings).fill(`${"n".repeat(25)}: ${"f".repeat(64)}`));
		assert.strictEqual(list.left, 1);
	});

	it("are raw sound of certain lengths", () => {
		for (const octets of [240, 480, 16080]) assert.strictEqual(ringFileProblem(octets), "");
		for (const octets of [0, 239, 241, 16320, 100000]) assert.include(ringFileProblem(octets), `not ${octets}`);
	});
});
