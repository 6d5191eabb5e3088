/*
 * Makes a load for the PC's body: the phone's compiled modules with their map as a pack (hal/host/pack.h), signed.
 */
import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { moduleMap } from "../phone/project.js";
import { ownVersion, publicKey, signedLoad, signingKey } from "./signed.js";

/** What loads for the PC call the board that they are for. */
export const pcBoard = "pc";

export interface PackedFile {
	readonly path: string;
	readonly content: Buffer;
}

/** Files one behind the other, after a list of their sizes and paths. */
export function packFiles(files: readonly PackedFile[]): Buffer {
	const list = files.map(({ path, content }) => `${content.length} ${path}\n`);
	return Buffer.concat([
		Buffer.from(`linnet-pack 1\n${list.join("")}\n`, "latin1"),
		...files.map(({ content }) => content),
	]);
}

/** Modules and map as they have been built. */
function builtModules(): PackedFile[] {
	const folder = dirname(moduleMap);
	const paths = readFileSync(moduleMap, "utf8")
		.split("\n")
		.filter((line) => line.startsWith("module\t"))
		.map((line) => line.split("\t")[2] as string);
	return [relative(folder, moduleMap), ...paths].map((path) => ({
		path,
		content: readFileSync(join(folder, path)),
	}));
}

export interface PcLoad {
	/** package.json's when not given. */
	readonly counter?: number | undefined;
	/** The builder's when not given. */
	readonly key?: KeyObject | undefined;
	/** The modules as built when not given. */
	readonly content?: Buffer | undefined;
}

/**
 * A load for the PC's body.
 * @param name such as 'linnet-0.2.0'; phones ask for the file `NAME.load`.
 */
export function makeLoad(name: string, { counter, key, content }: PcLoad = {}): Buffer {
	const terms = { name, board: pcBoard, counter: counter ?? ownVersion().counter };
	const say = (line: string) => process.stderr.write(`${line}\n`);
	return signedLoad(terms, content ?? packFiles(builtModules()), key ?? signingKey(say));
}

/** Complains when phones that run the modules as built would take no load of this key any more. */
export function demandTrust(key: KeyObject, file: string): void {
	if (!readFileSync(moduleMap, "utf8").includes(publicKey(key)))
		throw new Error(`the modules as built do not trust the key in ${file}: npm run build, with the same key`);
}
