/*
 * Brings all up to date for whoever runs a phone: in a tree of sources dependencies, TypeScript, module map and host program; of the
 * package that npm has installed only the host program is still to be made, on the machine that it is to run on.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeIfChanged } from "./manifest.mjs";
import { engineFolder, packageMap } from "./pack.mjs";
import * as steps from "./steps.mjs";

/** @param {string} root @returns {boolean} whether this is a tree of sources: npm packs no lock file */
export function isTree(root) {
	return existsSync(join(root, "package-lock.json"));
}

/**
 * What programs in Node need.
 * @param {string} root
 * @throws {import("./failure.mjs").Failure} in words for whoever called it
 */
export async function readyModules(root) {
	if (!isTree(root)) return;
	await steps.locked(root, async () => {
		steps.install(root);
		steps.compileTypeScript(root);
	});
}

/** What a phone on this computer needs. @param {string} root @throws likewise */
export async function readyPhone(root) {
	steps.checkCompiler();
	await steps.locked(root, async () => {
		if (isTree(root)) steps.writeMap(root);
		// phones that start now may be reading it
		else writeIfChanged(join(root, "build/host.map"), readFileSync(join(root, engineFolder, packageMap), "utf8"));
		await steps.compileHost(root, 64);
	});
}

/** Both. @param {boolean} host whether a phone is to run here */
export async function bringUpToDate(root, host = true) {
	if (host) steps.checkCompiler();
	await readyModules(root);
	if (host) await readyPhone(root);
}
