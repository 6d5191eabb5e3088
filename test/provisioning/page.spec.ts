/* The page about elements of cnf.xml is made from their table, and names each that the phone knows. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { elements, Kind } from "provisioning/elements";
import { commentsOf, makePage } from "../../tools/docs/elements.js";
import { root } from "../support/host.js";

const page = readFileSync(join(root, "modules/provisioning/README.md"), "utf8");
const rows = [...page.matchAll(/^\| `([^`]+)` \| (\w+) \| (.+) \|$/gm)].map(([, path, treatment, text]) => ({
	path: path as string,
	treatment: treatment as string,
	text: text as string,
}));

/** What the page may say of an element of a kind. */
function treatments(kind: number): string[] {
	if (kind === Kind.ignored) return ["ignored"];
	return kind === Kind.alias ? ["alias"] : ["used", "kept"];
}

describe("page about elements of configuration files", () => {
	it("is up to date: npm run docs makes it", () => {
		assert.strictEqual(makePage(root), page);
	});

	it("is made anew of whatever table it holds, and of that alone", () => {
		const stale = page.replace(/^\| `idleTimeout`.*\n/m, "").replace(" | used | RTCP", " | kept | RTCP");
		assert.notStrictEqual(stale, page);
		assert.strictEqual(makePage(root, stale), page);
	});

	it("needs a comment on the line of each element", () => {
		const source = readFileSync(join(root, "modules/provisioning/elements.ts"), "utf8");
		const without = source.replace(/^(\tflag\("rtcp".*\),).*$/m, "$1");
		assert.notStrictEqual(without, source);
		assert.throws(() => commentsOf(without), /vendorConfig\/rtcp has no comment/);
	});

	it("lists the same elements as the code, each once", () => {
		const known = elements.filter(({ kind }) => kind !== Kind.group).map(({ path }) => path);
		assert.sameMembers(
			rows.map(({ path }) => path),
			known,
		);
		assert.strictEqual(new Set(known).size, known.length);
	});

	it("says of each what is done with it", () => {
		for (const { path, treatment, text } of rows) {
			const element = elements.find((candidate) => candidate.path === path);
			assert.include(treatments(element?.kind ?? -1), treatment, path);
			assert.isAbove(text.length, 2, path);
		}
	});

	it("tells ranges as they are", () => {
		for (const { kind, path, minimum, maximum } of elements) {
			if (kind !== Kind.number) continue;
			const text = rows.find((row) => row.path === path)?.text ?? "";
			assert.include(text, `${minimum}-${maximum}`, path);
		}
	});
});
