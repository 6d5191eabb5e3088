/*
 * Makes a load file for the host body (hal/host/update.ts): the phone's compiled modules with their map, archived by tar, behind a
 * header with name, size and SHA-256.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { moduleMap } from "../phone/project.js";

/** Header and archive of a load. @param name such as 'linnet-0.2.0'; phones ask for the file `NAME.load`. */
export function packLoad(name: string, archive: Buffer): Buffer {
	const digest = createHash("sha256").update(archive).digest("hex");
	return Buffer.concat([
		Buffer.from(`linnet-load 1\nname ${name}\nsize ${archive.length}\nsha256 ${digest}\n\n`),
		archive,
	]);
}

/** An archive of files below a folder. Throws with what tar says when it cannot. */
export function archive(folder: string, files: readonly string[]): Buffer {
	const { status, stdout, stderr, error } = spawnSync("tar", ["-czf", "-", "-C", folder, "--", ...files], {
		maxBuffer: 1 << 26,
	});
	if (status !== 0) throw new Error(`tar: ${error?.message ?? stderr.toString()}`);
	return stdout;
}

/** The load of the modules as they have been built. */
export function makeLoad(name: string): Buffer {
	const folder = dirname(moduleMap);
	const files = readFileSync(moduleMap, "utf8")
		.split("\n")
		.filter((line) => line.startsWith("module\t"))
		.map((line) => line.split("\t")[2] as string);
	return packLoad(name, archive(folder, [relative(folder, moduleMap), ...files]));
}
