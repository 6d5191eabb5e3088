/* The load's name and its counter, both made of the version: package.json has it, hal/load.ts repeats them for the device's code. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeIfChanged } from "./manifest.mjs";

/** @returns {string} version in the package.json of the folder `root`, such as '0.1.0' */
export function versionOf(root) {
	return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}

/**
 * The counter of a version's loads, which grows with it: major, minor and patch with three digits for each of the latter. What
 * follows a hyphen makes no difference.
 * @param {string} version such as '0.1.0' @returns {number} such as 1000 @throws {Error} when it is no such version
 */
export function counterOf(version) {
	const [, major, minor, patch] = (/^(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:[-+].*)?$/.exec(version) ?? []).map(Number);
	if (patch === undefined) throw new Error(`${version} is no version of three numbers below 1000, such as 0.1.0`);
	return (major * 1000 + minor) * 1000 + patch;
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
		"/** Of this code when it was not installed as a load: loads with a lower counter are older. */",
		`export const counter = ${counterOf(version)};`,
		"",
	].join("\n");
}

/** Brings hal/load.ts up to date. */
export function writeLoad(root) {
	return writeIfChanged(join(root, "hal/load.ts"), loadModule(versionOf(root)));
}
