/*
 * Finds the project's root from a compiled tool, wherever the build put it, and the host program in it.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function findRoot(): string {
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, "manifest.json"))) {
		const parent = dirname(folder);
		if (parent === folder) throw new Error(`no manifest.json above ${fileURLToPath(import.meta.url)}`);
		folder = parent;
	}
	return folder;
}

/** The folder that holds manifest.json and package.json. */
export const projectRoot = findRoot();

/** Word length of the engine that a host program embeds; 32 has the heap figures of the device. */
export type Bits = 32 | 64;

/** Builds of the host program: by word length, and the 64-bit one that sanitizers watch. */
export type Build = Bits | "64-asan";

/** Path of the host program, whether built or not. */
export function hostProgram(build: Build): string {
	return join(projectRoot, "build", `host${build}`, "linnet");
}

/** True when the host program has been built. 32 bit needs gcc-multilib, so it may be missing. */
export function hasHostProgram(build: Build): boolean {
	return existsSync(hostProgram(build));
}

/** The map of module specifiers that the build makes of manifest.json for the host program. */
export const moduleMap = join(projectRoot, "build/host.map");
