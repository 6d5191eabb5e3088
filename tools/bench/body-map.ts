/*
 * Module maps of the host program in which another body stands for its own: the whole phone of main.ts on it, in XS.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { moduleMap, projectRoot } from "../phone/project.js";

/**
 * Writes a map into build/bench. @param body the compiled body, from the project's top. @param made modules that a benchmark has made
 * for it, by specifier: they are preloaded. @param more compiled modules that it imports beside, by specifier.
 */
export function writeBodyMap(
	map: string,
	body: string,
	made: Readonly<Record<string, string>>,
	more: Readonly<Record<string, string>> = {},
): void {
	const lines = readFileSync(moduleMap, "utf8")
		.split("\n")
		.filter((line) => line !== "" && !line.startsWith("module\thal/body\t"))
		.map((line) => (line.startsWith("module\t") ? line.replace(/\t([^/\t][^\t]*\t[^\t]*)$/, "\t../$1") : line));
	const add = (specifier: string, file: string) => lines.push(`module\t${specifier}\t${file}\t${specifier}`);
	add("hal/body", join(projectRoot, body));
	add("tools/bench/still", join(projectRoot, "build/js/tools/bench/still.js"));
	for (const [specifier, file] of Object.entries({ ...made, ...more })) add(specifier, file);
	for (const specifier of Object.keys(made)) lines.push(`preload\t${specifier}`);
	writeFileSync(map, `${lines.join("\n")}\n`);
}
