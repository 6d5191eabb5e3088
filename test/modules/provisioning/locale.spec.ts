// The list of rings that a server has.
import { assert } from "chai";
import { Limits } from "limits";
import { type Content, XmlDocument } from "provisioning/document";
import { RingList } from "provisioning/rings";
import { XmlReader } from "xml/reader";
import { latin1, utf8 } from "../support/xml.js";

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

	const kept = (list: RingList): string[] =>
		Array.from({ length: list.count }, (_, index) => `${list.name(index)}: ${list.file(index)}`);
	const listOf = (...rings: string[]): Uint8Array =>
		utf8(`<CiscoIPPhoneRingList>${rings.join("\n")}</CiscoIPPhoneRingList>`);

	it("come from a list", () => {
		const list = new RingList();
		const other = "<Other><DisplayName>a</DisplayName><FileName>b</FileName></Other>";
		const file = listOf(ring("Analog 1", "Analog1.raw"), ring(" Glöckchen &amp; Co ", "bell.raw"), other);
		assert.strictEqual(read(list, file), "");
		assert.deepEqual(kept(list), ["Analog 1: Analog1.raw", "Glöckchen & Co: bell.raw"]);
		for (const index of [-1, 2, Limits.rings, Number.NaN]) assert.equal(list.name(index) + list.file(index), "");
		assert.strictEqual(list.left, 0);
		assert.include(read(list, utf8("<RingList/>")), "<CiscoIPPhoneRingList> is expected");
		assert.isEmpty(kept(list));
		const western = `<CiscoIPPhoneRingList>${ring("Gl\xf6ckchen", "bell.raw")}</CiscoIPPhoneRingList>`;
		assert.strictEqual(read(list, latin1(western)), "");
		assert.deepEqual(kept(list), ["Glöckchen: bell.raw"]);
	});

	it("come from a list in which something is wrong with some", () => {
		const list = new RingList();
		const reversed = "<Ring><FileName>r.raw</FileName><DisplayName>Reversed</DisplayName></Ring>";
		const file = listOf(
			ring("", "tunes/Old Bell.raw"),
			ring("x".repeat(51), "y.raw"),
			ring("Ж".repeat(25), "z.raw"),
			ring(`x${"Ж".repeat(25)}`, "z.raw"),
			ring("no file", ""),
			"<Ring/>",
			reversed,
			"<Ring><FileName>only</FileName><Volume>3</Volume></Ring>",
			ring("", ".raw"),
			ring("too long", "f".repeat(65)),
		);
		assert.strictEqual(read(list, file), "");
		assert.deepEqual(kept(list), [
			"Old Bell: tunes/Old Bell.raw",
			`${"x".repeat(50)}: y.raw`,
			`${"Ж".repeat(25)}: z.raw`,
			`x${"Ж".repeat(24)}: z.raw`,
			"Reversed: r.raw",
			"only: only",
			".raw: .raw",
		]);
		assert.strictEqual(list.left, 3);
	});

	it("are kept as far as there is room, of which at least 50 are", () => {
		const list = new RingList();
		const rings = (count: number, name: string, path: string): string[] =>
			Array.from({ length: count }, (_, i) => ring(`${name}${i}`, `${path}${i}.raw`));
		assert.strictEqual(read(list, listOf(...rings(80, "Ring ", ""))), "");
		assert.deepEqual(
			kept(list),
			Array.from({ length: Limits.rings }, (_, i) => `Ring ${i}: ${i}.raw`),
		);
		assert.isAtLeast(Limits.rings, 58, "as many as lists in use have");
		assert.strictEqual(list.left, 80 - Limits.rings);
		const names = "n".repeat(23);
		for (const [files, least] of [
			[(i: number) => `${"folder/".repeat(8)}${i}.raw`, 60],
			[(i: number) => `ringtones/${i * 7919}-${"f".repeat(20)}.raw`, 50],
			[(i: number) => `${i}${"f".repeat(58)}.raw`, 30],
		] as const) {
			const long = Array.from({ length: 60 }, (_, i) => ring(`${names}${i % 10}`, files(i)));
			assert.strictEqual(read(list, listOf(...long)), "");
			assert.isAtLeast(list.count, least);
			assert.strictEqual(list.count + list.left, 60);
			for (const i of [list.count - 1, 0, 17, 3])
				assert.deepEqual([list.name(i), list.file(i)], [`${names}${i % 10}`, files(i)]);
		}
	});
});
