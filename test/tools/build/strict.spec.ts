/*
 * A strict run (CI=true) of the tests: whatever is pending makes it fail, but for the two suites that are excused.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { assert } from "chai";
import { root } from "../../support/host.js";

interface Counts {
	passes: number;
	failures: number;
	pending: number;
	excused: number;
}

const { statusOf } = (await import(join(root, "tools/build/strict.mjs"))) as {
	statusOf(counts: { failed: number; pending: number; excused: number }, strict: boolean): number;
};

describe("A strict run of the tests", function () {
	this.timeout(60_000);
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-strict-"));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	/**
	 * Runs specifications as `npm test` runs them, and gives what its reporter counted. @param path where programs are found.
	 */
	function count(specifications: Readonly<Record<string, string>>, path = process.env.PATH): Counts {
		const files = Object.entries(specifications).map(([name, text]) => {
			const file = join(folder, "build/js/test", name);
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, text);
			return file;
		});
		const counts = join(folder, "counts.json");
		const reporter = ["--reporter", join(root, "tools/build/reporter.mjs"), "--parallel", "--jobs", "2"];
		const mocha = join(root, "node_modules/mocha/bin/mocha.js");
		const { stdout, stderr } = spawnSync(process.execPath, [mocha, ...reporter, ...files], {
			encoding: "utf8",
			env: { ...process.env, LINNET_TEST_COUNTS: counts, PATH: path },
		});
		try {
			return JSON.parse(readFileSync(counts, "utf8"));
		} catch {
			throw new Error(`${stdout}${stderr}`);
		}
	}

	const skips = (title: string) =>
		`describe("${title}", () => { before(function () { this.skip(); }); it("one", () => {}); it("two", () => {}); });`;

	it("excuses the pending tests of the emulated chip, which stay counted", () => {
		const counts = count({
			"phones/chip/chip.spec.js": skips("chip"),
			"phone/one.spec.js": 'it("passes", () => {});',
		});
		assert.deepEqual(counts, { passes: 1, failures: 0, pending: 2, excused: 2 });
		assert.strictEqual(statusOf({ failed: 0, ...counts }, true), 0);
	});

	it("excuses nothing else: no neighbour, and no other suite with that title", () => {
		for (const name of ["phones/chip/other.spec.js", "phones/chip.spec.js", "chip/chip.spec.js"]) {
			const counts = count({ [name]: skips("chip") });
			assert.deepEqual(counts, { passes: 0, failures: 0, pending: 2, excused: 0 }, name);
			assert.strictEqual(statusOf({ failed: 0, ...counts }, true), 1, name);
			assert.strictEqual(statusOf({ failed: 0, ...counts }, false), 0, name);
		}
	});

	it("excuses no failure in that suite", () => {
		const counts = count({ "phones/chip/chip.spec.js": `${skips("chip")} it("fails", () => { throw new Error(); });` });
		assert.deepEqual(counts, { passes: 0, failures: 1, pending: 2, excused: 2 });
		assert.strictEqual(statusOf({ failed: counts.failures, ...counts }, true), 1);
	});

	it("excuses the pending tests in Rust only where cargo is missing or old", () => {
		const suites = { "interop/agent.spec.js": skips("agent"), "interop.spec.js": skips("none") };
		for (const [version, excused] of [
			["1.95.0", 0],
			["2.0.1", 0],
			["1.94.9", 2],
			["", 2],
		] as const) {
			const cargo = join(folder, "cargo");
			writeFileSync(cargo, `#!/bin/sh\n${version ? `echo cargo ${version}` : "exit 127"}\n`, { mode: 0o755 });
			const counts = count(suites, `${folder}:${process.env.PATH}`);
			assert.deepEqual(counts, { passes: 0, failures: 0, pending: 4, excused }, version);
		}
	});

	it("fails for one pending test beside excused ones", () => {
		assert.strictEqual(statusOf({ failed: 0, pending: 13, excused: 12 }, true), 1);
	});
});
