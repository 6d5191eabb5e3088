/*
 * What the package holds beside files of the tree, made before `npm pack` packs them: the sources of the engine and of what inflates
 * pictures, and the module map. The engine comes along because its own package compiles another program when it is installed, and brings what
 * only that one needs.
 */
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hostMap, readManifest, writeIfChanged } from "./manifest.mjs";

/** Where it is made; tools/build/Makefile looks there where the engine's package is not installed. */
export const engineFolder = "build/engine";
/** The host program's map, as it is to lie in `build`. */
export const packageMap = "host.map";
const engine = "node_modules/@agoric/xsnap";
const parts = ["xs/sources", "xs/includes", "xs/platforms", "modules/data/zlib"];

/** @param {string} root of a tree that is up to date */
export function pack(root) {
	const folder = join(root, engineFolder);
	rmSync(folder, { recursive: true, force: true });
	for (const part of parts) cpSync(join(root, engine, "moddable", part), join(folder, part), { recursive: true });
	for (const name of readdirSync(join(root, engine)).filter((name) => name.startsWith("LICENSE")))
		cpSync(join(root, engine, name), join(folder, name));
	// no keys: who installs the package trusts no load of whoever packed it
	const manifest = readManifest(join(root, "manifest.json"), "host");
	writeIfChanged(join(folder, packageMap), hostMap(manifest, root, join(root, "build")));
}
