/* The pure specifications of test/modules again, inside the engine: one mocha test for each of theirs. */

import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { root, run, type Variant, writeSpecificationMap } from "../../support/host.js";
import { needsBuild } from "../../support/optional.js";

interface Result {
	type: string;
	path?: string[];
	error?: string;
	count?: number;
}

interface Report {
	tests: { path: string[]; error: string | undefined }[];
	/** What is wrong with the run as a whole. */
	failure: string | undefined;
}

const compiled = join(root, "build/js");
const folder = "test/modules";

function listModules(path: string): string[] {
	return (
		readdirSync(join(compiled, path), { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith(".js"))
			.map((name) => `${path}/${name.slice(0, -3)}`)
			// what the compiler made of a source that is gone stays behind
			.filter((specifier) => existsSync(join(root, `${specifier}.ts`)))
			.sort()
	);
}

/** Runs one specification in a host of its own. A run that does not come to its end is a failure, whatever it printed. */
function runSpecification(map: string, specifier: string, variant: Variant = "64"): Report {
	const { status, signal, stdout, stderr } = run(map, ["--main", "mocha", specifier], variant);
	const tests: Report["tests"] = [];
	let count = -1;
	for (const line of stdout.split("\n").filter((text) => text !== "")) {
		const result = JSON.parse(line) as Result;
		if (result.type === "test") tests.push({ path: result.path ?? [], error: result.error });
		else if (result.type === "end") count = result.count ?? -1;
	}
	let failure: string | undefined;
	if (status !== 0 || count !== tests.length) failure = `ended with status ${status ?? signal}\n${stderr}`;
	else if (count === 0) failure = "holds no tests";
	return { tests, failure };
}

describe("specifications inside XS", function () {
	this.timeout(120_000);
	const modules: Record<string, string> = {};
	for (const specifier of listModules(folder)) modules[specifier] = join(compiled, `${specifier}.js`);
	// the ESP32-S3's body and the drivers know no chip of Espressif's: what they drive is handed in
	for (const room of ["hal/drivers", "hal/esp32s3"])
		for (const specifier of listModules(room)) modules[specifier] = join(compiled, `${specifier}.js`);
	const specifications = Object.keys(modules).filter((specifier) => specifier.endsWith(".spec"));
	const map = writeSpecificationMap(modules);
	after(() => rmSync(map, { force: true }));

	it("there are some", () => assert.isAbove(specifications.length, 0));

	for (const specifier of specifications) {
		describe(specifier, () => {
			const report = runSpecification(map, specifier);
			for (const { path, error } of report.tests) {
				it(path.join(" "), () => {
					if (error !== undefined) throw new Error(error);
				});
			}
			it("comes to its end", () => assert.isUndefined(report.failure));
			it("holds on the 32-bit engine, too", async function () {
				await needsBuild(this, "32");
				const { tests, failure } = runSpecification(map, specifier, "32");
				assert.isUndefined(failure);
				assert.deepEqual(
					tests.filter(({ error }) => error !== undefined),
					[],
				);
				assert.strictEqual(tests.length, report.tests.length);
			});
		});
	}
});

describe("running specifications inside XS", () => {
	const fixture = join(root, `build/test/fixture-${process.pid}.js`);
	let map = "";

	function report(source: string): Report {
		writeFileSync(fixture, source);
		map = writeSpecificationMap({ fixture });
		return runSpecification(map, "fixture");
	}

	after(() => {
		rmSync(fixture, { force: true });
		rmSync(map, { force: true });
	});

	it("tells a failing test with its error, and runs those after it", () => {
		const { tests, failure } = report(`
			import { assert } from "chai";
			describe("a", () => {
				it("fails", () => assert.strictEqual(1, 2));
				it("passes", () => {});
			});`);
		assert.isUndefined(failure);
		assert.deepEqual(
			tests.map(({ path }) => path),
			[
				["a", "fails"],
				["a", "passes"],
			],
		);
		assert.match(tests[0]?.error ?? "", /AssertionError: expected 1 to equal 2/);
		assert.isUndefined(tests[1]?.error);
	});

	it("fails when the specification does not compile", () => {
		assert.match(report("describe('a', () => {").failure ?? "", /status 1\n.*SyntaxError/);
	});

	it("fails when a module is missing", () => {
		assert.match(report("import 'nowhere'; it('a', () => {});").failure ?? "", /nowhere/);
	});

	it("fails when the specification throws while it describes", () => {
		assert.match(report("it('a', () => {}); throw new Error('early');").failure ?? "", /early/);
	});

	it("fails when there are no tests", () => {
		assert.strictEqual(report("describe('a', () => {});").failure, "holds no tests");
	});

	it("fails a test that returns a promise, and all under a failing hook", () => {
		const { tests } = report(`
			it("waits", async () => {});
			describe("b", () => {
				before(() => { throw new Error("no ground"); });
				it("stands", () => {});
			});`);
		assert.match(tests[0]?.error ?? "", /promise/);
		assert.match(tests[1]?.error ?? "", /no ground/);
	});
});
