/*
 * The C builds of a tree by name, made when something asks for one: the host program, plain, of 32 bit and with sanitizers, the
 * phone for an emulated Xtensa, and the audio libraries of the tests. Each knows what it lacks on this machine.
 */
import { availableParallelism } from "node:os";
import { Failure } from "./failure.mjs";
import * as steps from "./steps.mjs";

/** By name: the Debian packages without which it cannot be made, whether they are there, and how it is made. */
const builds = {
	64: { packages: "gcc libc6-dev make", present: () => true, compile: (root) => steps.compileHost(root, 64) },
	32: { packages: "gcc-multilib", present: steps.has32, compile: (root) => steps.compileHost(root, 32) },
	"64-asan": {
		packages: "gcc libc6-dev make",
		present: () => true,
		compile: (root) => steps.compileHost(root, 64, true),
	},
	xtensa: {
		packages: "gcc-xtensa-lx106 picolibc-xtensa-lx106-elf",
		present: steps.hasXtensa,
		compile: steps.compileXtensa,
	},
	audio: {
		packages: "gcc libc6-dev make",
		present: () => true,
		compile: (root) => steps.compileQuietly(root, "audio", ["-C", "audio", `-j${availableParallelism()}`]),
	},
};

/** Names of all builds. */
export const all = Object.keys(builds);

/**
 * @param {string} name
 * @returns {string} what is missing to make a build, as a line that tells what to install; '' when nothing is
 */
export function missing(name) {
	const { packages, present } = builds[name];
	return present() ? "" : `the ${name} build needs ${packages}: apt-get install ${packages}`;
}

/**
 * Makes a build, or brings it up to date: a hundredth of a second when it is. Others that build in this tree wait.
 * @throws {Failure} when something is missing for it, or when it does not compile
 */
export async function build(root, name) {
	const lack = missing(name);
	if (lack !== "") throw new Failure(lack);
	await steps.locked(root, () => builds[name].compile(root));
}
