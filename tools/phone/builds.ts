/*
 * Native builds on demand (tools/build/builds.mjs), for tests and benchmarks: what asks for one gets it up to date.
 */
import { join } from "node:path";
import { type Build, projectRoot } from "./project.js";

/** Host programs, the phone for an emulated Xtensa, the audio libraries of the tests, the call agent and judge in Rust. */
export type BuildName = `${Build}` | "xtensa" | "audio" | "interop";

const builds = (await import(join(projectRoot, "tools/build/builds.mjs"))) as {
	missing(name: BuildName): string;
	build(root: string, name: BuildName): Promise<void>;
};

const ready = (await import(join(projectRoot, "tools/build/ready.mjs"))) as {
	readyPhone(root: string): Promise<void>;
};
let phone: Promise<void> | undefined;

/**
 * Sees to it that phones can run on this machine: once in a program, the first time on a machine it compiles for a minute. Rejects with
 * what is missing.
 */
export function makePhone(): Promise<void> {
	phone ??= ready.readyPhone(projectRoot);
	return phone;
}

/** What is missing on this machine to make a build, with what to install; '' when nothing is. */
export const buildMissing = builds.missing;

/** Makes a build or brings it up to date; throws when something is missing for it, or when it does not compile. */
export function makeBuild(name: BuildName): Promise<void> {
	return builds.build(projectRoot, name);
}
