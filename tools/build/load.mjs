/* The load's name, which says its version: package.json has it, hal/load.ts repeats it for the device's code. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeIfChanged } from "./manifest.mjs";

/** @returns {string} version in the package.json of the folder `root`, such as '0.1.0' */
export function versionOf(root) {
	return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}

/** The text of hal/load.ts for a version. */
export function loadModule(version) {
	return [
		"/*",
		" * Made from package.json by each build; committed so that mcconfig finds it in a tree that was never built.",
		" */",
		"",
		"/** Name of the load that this code is: what configuration files name, call agents are told and the display shows. */",
		`export const load = "linnet-${version}";`,
		"",
	].join("\n");
}

/** Brings hal/load.ts up to date. */
export function writeLoad(root) {
	return writeIfChanged(join(root, "hal/load.ts"), loadModule(versionOf(root)));
}
