/*
 * `bench config`: what it takes to read a configuration file of 12 KB in XS, with the heap that the device has. Memory is counted
 * from before the reader is made, without a collection until the file is read: all that was taken, not only what is kept.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bits, hostProgram, moduleMap, projectRoot } from "../phone/project.js";

export interface ConfigResult {
	bits: number;
	/** Length of the file. */
	octets: number;
	/** To read it. */
	ms: number;
	/** After 20 more readings, beyond what the first one left. */
	heap_growth_bytes: number;
	/** Slots and chunks taken when the file had been read: reader, buffer, configuration and garbage. */
	peak_heap_bytes: number;
	/** Of these, what stays: reader, buffer and configuration. */
	kept_bytes: number;
}

export interface DamageResult {
	files: number;
	refused: number;
	read: number;
	failure: string;
	heap_growth_bytes: number;
}

const fixtures = join(projectRoot, "test/fixtures/configuration");
const output = join(projectRoot, "build/bench");
const timeout = 600_000;

/** A configuration file of the tests. */
export function fixture(name: string): Buffer {
	return readFileSync(join(fixtures, name));
}

/** Runs tools/bench/config/measure.ts in XS over files; gives what it printed. */
function measure(
	bits: Bits,
	names: readonly string[],
	argv: readonly string[],
	options: readonly string[] = [],
): unknown {
	mkdirSync(output, { recursive: true });
	const documents = join(output, `documents-${process.pid}.js`);
	const make = (name: string) => `make("${fixture(name).toString("hex")}")`;
	writeFileSync(
		documents,
		`function make(text) {
	const octets = new Uint8Array(text.length / 2);
	for (let index = 0; index < octets.length; index++) octets[index] = parseInt(text.slice(index * 2, index * 2 + 2), 16);
	return octets;
}
export const documents = [${names.map(make).join(", ")}];
`,
	);
	const lines = readFileSync(moduleMap, "utf8")
		.split("\n")
		.filter((line) => line !== "");
	const all = lines.map((line) =>
		line.startsWith("module\t") ? line.replace(/\t([^/\t][^\t]*\t[^\t]*)$/, "\t../$1") : line,
	);
	const folder = "tools/bench/config";
	for (const name of ["measure", "trial", "mutations"]) {
		all.push(`module\t${folder}/${name}\t${join(projectRoot, `build/js/${folder}/${name}.js`)}\t${folder}/${name}.ts`);
	}
	all.push(`module\tbench/documents\t${documents}\tbench/documents`, "preload\tbench/documents");
	const map = join(output, `config-${process.pid}.map`);
	writeFileSync(map, `${all.join("\n")}\n`);
	const run = spawnSync(hostProgram(bits), ["--modules", map, "--main", `${folder}/measure`, ...options, ...argv], {
		encoding: "utf8",
		timeout,
		cwd: projectRoot,
	});
	if (run.status !== 0) throw new Error(`reading in XS ended with ${run.signal ?? run.status}: ${run.stderr.trim()}`);
	return JSON.parse(run.stdout);
}

export function benchConfig(bits: Bits): ConfigResult {
	return { bits, ...(measure(bits, ["callmanager-8.cnf.xml"], ["parse"]) as Omit<ConfigResult, "bits">) };
}

/** Reads so many damaged copies of files in XS. */
export function damageInXs(bits: Bits, names: readonly string[], files: number): DamageResult {
	// damaged copies need room that the phone does not
	return measure(bits, names, ["damage", String(files)], ["--chunks", "250000"]) as DamageResult;
}
