/* The page about elements of cnf.xml names each that the phone knows, and says of each what the table does with it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { elements, Kind } from "provisioning/elements";
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
			assert.include(text, `${minimum}`, path);
			if (!text.startsWith("0 none") && !text.startsWith("0 on")) assert.include(text, `${minimum}-${maximum}`, path);
		}
	});
});
