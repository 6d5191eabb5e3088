/*
 * For tests that need a tool which a developer may lack: they become pending, with the reason behind their title. In CI (CI=true)
 * pending counts as failure.
 */
import { existsSync } from "node:fs";
import { type BuildName, buildMissing, makeBuild } from "../../tools/phone/builds.js";

/** Milliseconds that a build takes at most, on a slow machine with others at work. */
const buildTime = 600_000;

/** Makes the running test, or all of a suite when called in its `before`, pending unless `available`. */
export function needs(context: Mocha.Context, available: boolean, reason: string): void {
	if (available) return;
	const runnable = context.test;
	const explain = (test: Mocha.Runnable) => {
		test.title += ` (${reason})`;
	};
	if (/^"before (all|each)" hook/.test(runnable?.title ?? "")) runnable?.parent?.eachTest(explain);
	else if (runnable) explain(runnable);
	context.skip();
}

/** Whether mbedTLS is there, without which the PC's phone takes no load: tools/build/Makefile looks for the same files. */
export function verifiesLoads(): boolean {
	return ["/usr", "/usr/local"].some((prefix) => existsSync(`${prefix}/include/psa/crypto.h`));
}

/**
 * Makes a build that the running test, or all of a suite when called in its `before`, needs; pending where this machine has not what
 * the build takes.
 */
export async function needsBuild(context: Mocha.Context, build: BuildName): Promise<void> {
	const missing = buildMissing(build);
	needs(context, missing === "", missing);
	context.timeout(Math.max(context.timeout(), buildTime));
	await makeBuild(build);
}
