/*
 * The native builds of a tree by name, made when something asks for one: the host program, plain, of 32 bit and with sanitizers, the
 * phone for an emulated Xtensa, the audio libraries of the tests, and the call agent and judge in Rust that tests meet. Each knows
 * what it lacks on this machine.
 */
import { availableParallelism } from "node:os";
import { Failure } from "./failure.mjs";
import * as steps from "./steps.mjs";

/**
 * By name: the Debian packages without which it cannot be made (or in words what is lacking), whether they are there, and how it is
 * made; `own`: by a tool with a lock of its own, which takes what it builds from its own registry.
 */
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
	interop: {
		lack: `cargo ${steps.cargoVersion} or newer, which Debian 12 does not have: install Rust (rustup)`,
		present: steps.hasCargo,
		compile: steps.compileInterop,
		own: true,
	},
};

/** Names of the builds that a whole test run makes first; the others fetch what they need, which is for the tests that ask for them. */
export const all = Object.keys(builds).filter((name) => !builds[name].own);

/**
 * @param {string} name
 * @returns {string} what is missing to make a build, as a line that tells what to install; '' when nothing is
 */
export function missing(name) {
	const { packages, lack = `${packages}: apt-get install ${packages}`, present } = builds[name];
	return present() ? "" : `the ${name} build needs ${lack}`;
}

/**
 * Makes a build, or brings it up to date: a hundredth of a second when it is. Others that build in this tree wait.
 * @throws {Failure} when something is missing for it, or when it does not compile
 */
export async function build(root, name) {
	const lack = missing(name);
	if (lack !== "") throw new Failure(lack);
	const { own, compile } = builds[name];
	if (own) await compile(root);
	else await steps.locked(root, () => compile(root));
}
