/*
 * npm test: the checks, all builds, then mocha over everything; the counts alone on the last line. With words that choose tests it
 * is these tests and nothing else; builds are then made by the tests that need them.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { all, build, missing } from "./builds.mjs";
import { Failure } from "./failure.mjs";
import { statusOf } from "./strict.mjs";

/** Options of mocha that choose tests, and take a text. */
const choosing = ["--grep", "-g", "--fgrep", "-f"];
/** Other options of mocha whose value stands behind them. */
const valued = ["--timeout", "-t", "--reporter", "-R", "--jobs", "-j", "--require", "-r", "--slow", "-s"];

/** Specifications in a folder of sources, compiled. */
function specificationsIn(root, folder) {
	return readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".spec.ts"))
		.sort()
		.map((name) => compiled(root, join(folder, name)));
}

/** Where the compiler puts a specification. A path of the compiler's own stays as it is. */
function compiled(root, source) {
	const path = relative(root, source);
	return join(root, path.startsWith(`build${sep}`) ? path : join("build/js", path.replace(/\.ts$/, ".js")));
}

/** A path as it was given, seen from the tree's top or from where npm was called. */
function find(root, word) {
	return [root, process.env.INIT_CWD ?? root].map((base) => resolve(base, word)).find((path) => existsSync(path));
}

/**
 * Takes the words apart: the compiled specifications they name, and what is left for mocha.
 * @throws {Failure} for a specification or folder that is not there
 */
export function readWords(root, words) {
	const files = [];
	const rest = [];
	let chosen = false;
	for (let i = 0; i < words.length; i++) {
		const word = words[i];
		if (word.startsWith("-")) {
			rest.push(word);
			if (choosing.includes(word.split("=")[0])) chosen = true;
			if ((choosing.includes(word) || valued.includes(word)) && i + 1 < words.length) rest.push(words[++i]);
			continue;
		}
		const path = find(root, word);
		const found =
			path === undefined ? [] : statSync(path).isDirectory() ? specificationsIn(root, path) : [compiled(root, path)];
		if (found.length === 0 || !found.every((file) => /\.spec\.js$/.test(file) && existsSync(file))) {
			throw new Failure(
				`${word} is no specification: a file such as test/modules/ui/ui.spec.ts, or a folder, is expected`,
			);
		}
		files.push(...found);
	}
	return { files: [...new Set(files)], rest, chosen: chosen || files.length > 0 };
}

/**
 * @param {string[]} words files, folders and arguments for mocha
 * @returns {Promise<number>} status: 0 when nothing failed (with CI=true: and nothing was pending that must not be)
 */
export async function test(root, resolver, words) {
	const { files, rest, chosen } = readWords(root, words);
	let checked = true;
	if (!chosen) {
		for (const name of all) if (missing(name) === "") await build(root, name);
		const check = join(root, "build/js/tools/check/main.js");
		checked = spawnSync(process.execPath, [check], { cwd: root, stdio: "inherit" }).status === 0;
	}
	const counts = join(root, "build/test", `counts-${process.pid}.json`);
	mkdirSync(join(root, "build/test"), { recursive: true });
	const mocha = spawnSync(
		process.execPath,
		[
			"--enable-source-maps",
			"--import",
			resolver,
			join(root, "node_modules/mocha/bin/mocha.js"),
			"--reporter",
			join(root, "tools/build/reporter.mjs"),
			"--timeout",
			"60000",
			// Most tests wait for a phone: three files at a time, on two processors, too, take little more of the machine.
			...(files.length === 1 ? [] : ["--parallel", "--jobs", "3"]),
			// What a failed test leaves behind must not keep the run from its end.
			"--exit",
			...rest,
			...(files.length > 0 ? files : specificationsIn(root, join(root, "test"))),
		],
		{ cwd: root, stdio: "inherit", env: { ...process.env, LINNET_TEST_COUNTS: counts } },
	);
	const finished = existsSync(counts);
	const { passes, failures, pending, excused } = finished
		? JSON.parse(readFileSync(counts, "utf8"))
		: { passes: 0, failures: 1, pending: 0, excused: 0 };
	rmSync(counts, { force: true });
	// Not left to mocha's --fail-zero, which side by side refuses each file without a chosen test.
	const none = finished && passes + failures + pending === 0;
	if (none) process.stderr.write(`no test is chosen by ${words.join(" ")}\n`);
	const failed = failures + (checked ? 0 : 1) + (none || (finished && !failures && mocha.status !== 0) ? 1 : 0);
	const strict = process.env.CI === "true";
	process.stdout.write(`${passes} passed, ${failed} failed, ${pending} skipped\n`);
	return statusOf({ failed, pending, excused }, strict);
}
