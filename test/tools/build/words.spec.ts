/* What the words behind `npm test --` choose. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { assert } from "chai";
import { root } from "../../support/host.js";

const { readWords } = (await import(join(root, "tools/build/test.mjs"))) as {
	readWords(root: string, words: readonly string[]): { files: string[]; rest: string[]; chosen: boolean };
};

describe("The words of npm test", () => {
	const compiled = (name: string) => join(root, "build/js", name);
	const words = compiled("test/tools/build/words.spec.js");

	it("are all tests when there are none", () => {
		assert.deepEqual(readWords(root, []), { files: [], rest: [], chosen: false });
	});

	it("name a specification by its source, by what is made of it, from anywhere, and each once", () => {
		for (const name of [
			"test/tools/build/words.spec.ts",
			"build/js/test/tools/build/words.spec.js",
			join(root, "test/tools/build/words.spec.ts"),
		])
			assert.deepEqual(readWords(root, [name]), { files: [words], rest: [], chosen: true }, name);
		const two = readWords(root, [
			"test/tools/build/words.spec.ts",
			"test/tools/build/run.spec.ts",
			"build/js/test/tools/build/words.spec.js",
		]);
		assert.deepEqual(two.files, [words, compiled("test/tools/build/run.spec.js")]);
	});

	it("name all specifications of a folder", () => {
		const { files } = readWords(root, ["test/tools/build"]);
		assert.include(files, words);
		assert.isAbove(files.length, 5);
		for (const file of files) assert.match(file, /\/build\/js\/test\/tools\/build\/.*\.spec\.js$/);
	});

	it("go on to mocha, with their values", () => {
		const given = ["--grep", "the words", "test/tools/build/words.spec.ts", "--bail", "--timeout", "9000"];
		const rest = ["--grep", "the words", "--bail", "--timeout", "9000"];
		assert.deepEqual(readWords(root, given), { files: [words], rest, chosen: true });
		for (const option of [["-g", "a"], ["--grep=a"], ["-f", "a"], ["--fgrep", "a"]])
			assert.isTrue(readWords(root, option).chosen, option[0]);
		assert.isFalse(readWords(root, ["--bail"]).chosen);
	});

	it("of several files choose tests of some by their names, and fail where there is none of that name", () => {
		const npmTest = (text: string) =>
			spawnSync(
				process.execPath,
				[
					join(root, "tools/run.mjs"),
					"test",
					"test/tools/build/words.spec.ts",
					"test/tools/build/strict.spec.ts",
					"--grep",
					text,
				],
				{ encoding: "utf8" },
			);
		const one = npmTest("npm test name all specifications of a folder$");
		assert.strictEqual(one.status, 0, one.stdout + one.stderr);
		assert.match(one.stdout, /\n1 passed, 0 failed, 0 skipped\n$/);
		const none = npmTest("of no such name$");
		assert.strictEqual(none.status, 1);
		assert.include(none.stderr, "no test is chosen");
	});

	it("are refused where they name no specification", () => {
		for (const name of ["test/nowhere.spec.ts", "test/support/host.ts", "README.md", "hal/host"])
			assert.throws(() => readWords(root, [name]), `${name} is no specification`);
	});
});
