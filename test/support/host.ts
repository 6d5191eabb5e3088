/*
 * Runs the host program on modules of a test's own: writes them and their map to a folder, starts the program, collects what
 * it says.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Top level of the project; this file runs from build/js/test/support. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../../../..");

/** The host program: 64 or 32 bit, or the 64-bit one with sanitizers. */
export type Variant = "64" | "32" | "64-asan";

export function program(variant: Variant = "64"): string {
	return join(root, `build/host${variant}/linnet`);
}

export interface Limits {
	chunks?: number;
	slots?: number;
	stack?: number;
	keys?: number;
}

export interface Outcome {
	status: number | null;
	signal: NodeJS.Signals | null;
	stdout: string;
	stderr: string;
}

/** A folder with modules beside those of manifest.json's host platform; `remove` it in the end. */
export class HostFolder {
	readonly path = mkdtempSync(join(tmpdir(), "linnet-host-"));
	readonly map = join(this.path, "map");

	/** @param modules sources by specifier; `main` starts. Their names in stacks are `SPECIFIER.js`. */
	constructor(modules: Readonly<Record<string, string>>, limits: Limits = {}) {
		const { chunks = 65536, slots = 8192, stack = 512, keys = 64 } = limits;
		const known = readFileSync(join(root, "build/host.map"), "utf8").split("\n");
		const lines = [`creation\t${chunks}\t${slots}\t${stack}\t${keys}`];
		for (const line of known) {
			const [kind, specifier = "", file = "", source = ""] = line.split("\t");
			if (kind === "module" && !(specifier in modules)) {
				lines.push(`module\t${specifier}\t${join(root, "build", file)}\t${source}`);
			} else if (kind === "preload") lines.push(line);
		}
		for (const [specifier, source] of Object.entries(modules)) {
			const file = join(this.path, `${specifier.replaceAll(/[:/]/g, "_")}.js`);
			writeFileSync(file, source);
			lines.push(`module\t${specifier}\t${file}\t${specifier}.js`);
		}
		lines.sort((first, second) => order(first) - order(second));
		writeFileSync(this.map, `${lines.join("\n")}\n`);
	}

	/** Runs to the end, at most for a minute. */
	run(args: readonly string[] = [], variant: Variant = "64"): Outcome {
		return run(this.map, args, variant);
	}

	/** Starts with a control channel on descriptor 3. */
	start(args: readonly string[] = [], variant: Variant = "64"): ChildProcess {
		return spawn(program(variant), ["--modules", this.map, ...args], { stdio: ["ignore", "pipe", "pipe", "pipe"] });
	}

	remove(): void {
		rmSync(this.path, { recursive: true, force: true });
	}
}

/* modules before what preloads: the host refuses to preload what it does not know */
function order(line: string): number {
	return ["creation", "module", "preload"].findIndex((kind) => line.startsWith(`${kind}\t`));
}

export function run(map: string, args: readonly string[], variant: Variant = "64"): Outcome {
	const { status, signal, stdout, stderr } = spawnSync(program(variant), ["--modules", map, ...args], {
		encoding: "utf8",
		timeout: 60_000,
		maxBuffer: 1 << 26,
	});
	return { status, signal, stdout, stderr };
}

/** Source lines that every test module may begin with: a log line on stderr and a line on stdout. */
export const prelude = `
const print = (text) => { native("xs_host_print").call(globalThis, String(text)); };
const exit = (status) => { native("xs_host_exit").call(globalThis, status); };
`;

/** Writes a map with generous limits for running specifications inside the host; returns its path. */
export function writeSpecificationMap(modules: Readonly<Record<string, string>>): string {
	const known = readFileSync(join(root, "build/host.map"), "utf8").split("\n");
	const lines = ["creation\t33554432\t500000\t8192\t8192"];
	const add = (specifier: string, file: string, source: string) =>
		lines.push(`module\t${specifier}\t${file}\t${source}`);
	for (const line of known) {
		const [kind, specifier = "", file = "", source = ""] = line.split("\t");
		if (kind === "module") add(specifier, join(root, "build", file), source);
	}
	add("chai", join(root, "node_modules/chai/index.js"), "chai");
	add("mocha", join(root, "build/js/test/xs/mocha.js"), "test/xs/mocha.ts");
	for (const [specifier, file] of Object.entries(modules)) add(specifier, file, `${specifier}.ts`);
	const folder = join(root, "build/test");
	mkdirSync(folder, { recursive: true });
	const map = join(folder, `specifications-${process.pid}.map`);
	writeFileSync(map, `${lines.join("\n")}\n`);
	return map;
}
