/*
 * `bench config`: what it takes to read a configuration file of 12 KB and whole dictionaries in XS, with the heap that the device has, and
 * how many of their phrases are shown. Memory is counted from before the reader is made, without a collection until the file is read:
 * all that was taken, not only what is kept.
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
	/** Of the phrases of all dictionaries, the least share of one that is shown. */
	phrases_shown_ratio: number;
	dictionaries: DictionaryResult[];
}

export interface DictionaryResult {
	locale: string;
	/** Length of the file, and its phrases. */
	octets: number;
	phrases: number;
	/** Share of the phrases that are shown as the file has them. */
	phrases_shown_ratio: number;
	/** To read it into flash. */
	ms: number;
	/** Slots and chunks taken meanwhile, and what of them stays. */
	peak_heap_bytes: number;
	kept_bytes: number;
	/** To show a phrase: microseconds, and garbage, which is the text itself. */
	lookup_us: number;
	lookup_garbage_bytes: number;
	/** After all phrases have been shown. */
	growth_bytes: number;
}

export interface DamageResult {
	files: number;
	refused: number;
	read: number;
	failure: string;
	heap_growth_bytes: number;
}

const fixtures = join(projectRoot, "test/fixtures/configuration");
const dictionaryFixtures = join(projectRoot, "test/fixtures/dictionary");
/** Dictionaries that are read, by their locales. */
const locales: readonly string[] = ["German_Germany", "French_France", "Russian_Russian_Federation", "Greek_Greece"];
const output = join(projectRoot, "build/bench");
const timeout = 600_000;

/** A configuration file of the tests. */
export function fixture(name: string): Buffer {
	return readFileSync(join(fixtures, name));
}

/** A dictionary of the tests. */
export function dictionaryFixture(locale: string): Buffer {
	return readFileSync(join(dictionaryFixtures, `${locale}.xml`));
}

/** Numbers and texts of a dictionary's phrases, read in another way than the phone's. */
export function phrasesOf(dictionary: Buffer): [number, string][] {
	const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
	return [...dictionary.toString("utf8").matchAll(/<phrase i="(\d+)" t="([^"]*)"\/>/g)].map(([, number, text]) => [
		Number(number),
		(text as string).replace(/&(\w+);/g, (_, name: string) => entities[name] as string),
	]);
}

/** Runs tools/bench/config/measure.ts in XS over files; gives what it printed. */
function measure(
	bits: Bits,
	files: readonly Buffer[],
	argv: readonly string[],
	options: readonly string[] = [],
): unknown {
	mkdirSync(output, { recursive: true });
	const documents = join(output, `documents-${process.pid}.js`);
	const make = (file: Buffer) => `make("${file.toString("hex")}")`;
	writeFileSync(
		documents,
		`function make(text) {
	const octets = new Uint8Array(text.length / 2);
	for (let index = 0; index < octets.length; index++) octets[index] = parseInt(text.slice(index * 2, index * 2 + 2), 16);
	return octets;
}
export const documents = [${files.map(make).join(", ")}];
export const expected = ${JSON.stringify(argv[0] === "dictionary" ? files.map(phrasesOf) : [])};
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

/** Reads the dictionaries of the tests in XS. */
export function dictionariesInXs(bits: Bits): DictionaryResult[] {
	// what is expected of them lies in the heap as well
	const argv = ["dictionary"];
	const room = ["--chunks", "250000", "--slots", "16384"];
	const results = measure(bits, locales.map(dictionaryFixture), argv, room) as Omit<DictionaryResult, "locale">[];
	return results.map((result, index) => ({ locale: locales[index] as string, ...result }));
}

export function benchConfig(bits: Bits): ConfigResult {
	const parsed = measure(bits, [fixture("callmanager-8.cnf.xml")], ["parse"]) as Omit<ConfigResult, "bits">;
	const dictionaries = dictionariesInXs(bits);
	const ratio = Math.min(...dictionaries.map(({ phrases_shown_ratio }) => phrases_shown_ratio));
	return { ...parsed, bits, phrases_shown_ratio: ratio, dictionaries };
}

/** Reads so many damaged copies of files in XS. */
export function damageInXs(bits: Bits, names: readonly string[], files: number): DamageResult {
	// damaged copies need room that the phone does not
	return measure(bits, names.map(fixture), ["damage", String(files)], ["--chunks", "250000"]) as DamageResult;
}
