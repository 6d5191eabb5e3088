/* clang-tidy as a check: what it finds, what it need not look at again, and what becomes of it where it is not installed. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { Project } from "../../../tools/check/project.js";
import { checkClangFormat, type Outcome } from "../../../tools/check/style.js";
import { checkClangTidy } from "../../../tools/check/tidy.js";
import { projectRoot } from "../../../tools/phone/project.js";
import { needs } from "../../support/optional.js";

describe("check: clang-tidy", function () {
	this.timeout(180_000);
	let folder: string;
	const environment = { ...process.env };

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-tidy-"));
		writeFileSync(join(folder, ".clang-tidy"), readFileSync(join(projectRoot, ".clang-tidy")));
		mkdirSync(join(folder, "audio"));
	});
	afterEach(() => {
		for (const name of ["PATH", "CI"]) {
			if (environment[name] === undefined) delete process.env[name];
			else process.env[name] = environment[name];
		}
		rmSync(folder, { recursive: true, force: true });
	});

	const file = (name: string, text: string) => writeFileSync(join(folder, name), text);
	const check = (): Promise<Outcome> => checkClangTidy(new Project(folder));
	const passed = (): string[] => Object.keys(JSON.parse(readFileSync(join(folder, "build/tidy.json"), "utf8")));

	it("finds what no compiler's warning does, and looks again when a file or a header of it has changed", async function () {
		needs(this, spawnSync("clang-tidy", ["--version"]).status === 0, "needs clang-tidy: apt-get install clang-tidy");
		file("audio/zero.h", "#define START 1\n");
		file(
			"audio/a.c",
			'#include "zero.h"\nint a(void);\nint a(void) {\n    int *p = START ? (int[]){1} : 0;\n    return *p;\n}\n',
		);
		file("audio/b.c", "int b(void);\nint b(void) {\n    return 1;\n}\n");
		assert.strictEqual(await check(), "passed");
		assert.deepEqual(passed(), ["audio/a.c", "audio/b.c"]);
		file("audio/zero.h", "#define START 0\n");
		assert.strictEqual(await check(), "failed");
		assert.deepEqual(passed(), ["audio/b.c"]);
		// Failed is not forgotten.
		assert.strictEqual(await check(), "failed");
		file("audio/zero.h", "#define START 1\n");
		assert.strictEqual(await check(), "passed");
	});

	it("fails in CI where a program for C is not installed, and is a note elsewhere", async () => {
		file("audio/b.c", "int b(void);\n");
		process.env.PATH = folder;
		for (const [ci, outcome] of [
			["true", "failed"],
			["false", "skipped"],
		] as const) {
			process.env.CI = ci;
			assert.strictEqual(await check(), outcome);
			assert.strictEqual(checkClangFormat(new Project(folder)), outcome);
		}
	});
});
