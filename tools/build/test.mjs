/* npm test: the checks, then mocha over everything that was compiled; the counts alone on the last line. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { statusOf } from "./strict.mjs";

/**
 * @param {string[]} args further arguments for mocha, such as --grep TEXT or spec files
 * @returns {number} status: 0 when nothing failed (with CI=true: and nothing was pending that must not be)
 */
export function test(root, resolver, args) {
	const check = join(root, "build/js/tools/check/main.js");
	const checked =
		!existsSync(check) || spawnSync(process.execPath, [check], { cwd: root, stdio: "inherit" }).status === 0;
	const counts = join(root, "build/test", `counts-${process.pid}.json`);
	mkdirSync(join(root, "build/test"), { recursive: true });
	const files = args.filter((word) => word.endsWith(".spec.js"));
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
			// Most tests wait for a phone: two files at a time take little more of the machine, and half the time.
			"--parallel",
			"--jobs",
			"2",
			// What a failed test leaves behind must not keep the run from its end.
			"--exit",
			...args.filter((word) => !files.includes(word)),
			...(files.length ? files : [join(root, "build/js/test/**/*.spec.js")]),
		],
		{ cwd: root, stdio: "inherit", env: { ...process.env, LINNET_TEST_COUNTS: counts } },
	);
	const finished = existsSync(counts);
	const { passes, failures, pending, excused } = finished
		? JSON.parse(readFileSync(counts, "utf8"))
		: { passes: 0, failures: 1, pending: 0, excused: 0 };
	rmSync(counts, { force: true });
	const failed = failures + (checked ? 0 : 1) + (finished && !failures && mocha.status !== 0 ? 1 : 0);
	const strict = process.env.CI === "true";
	process.stdout.write(`${passes} passed, ${failed} failed, ${pending} skipped\n`);
	return statusOf({ failed, pending, excused }, strict);
}
