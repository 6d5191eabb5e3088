/*
 * clang-tidy over all C of ours with the checks of .clang-tidy: code of the PC against the system's headers, that of the device
 * against the declarations that its test has (test/hal/declared). A file that passed is not looked at again until it, a header that
 * it includes or the checks change. What clang says goes to the terminal as it is.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import type { Project } from "./project.js";
import { missingProgram, type Outcome } from "./style.js";

const program = "clang-tidy";
const settings = ".clang-tidy";
const allSettings = /(^|\/)\.clang-tidy$/;
/** Whose includes or instructions clang does not have: the emulated Xtensa's, and what is others': SpeexDSP, which is fetched for an image, and miniz. */
const excluded = /^(tools\/lx106\/|audio\/port\/speexdsp\/|test\/audio\/xtensa\/|hal\/pictures\/port\/inflate_host)/;
const onHost = /^(hal\/host\/|audio\/port\/host|hal\/control\/port\/control_host)/;
const passedFile = "build/tidy.json";

const xs = "node_modules/@agoric/xsnap/moddable/xs";
const folders = ["audio", "hal/abort", "hal/control", "hal/dhcp", "hal/loads", "hal/pictures"].map(
	(folder) => `-I${folder}`,
);
/** What inflates pictures, of the engine's package. */
const miniz = ["-isystem", "node_modules/@agoric/xsnap/moddable/modules/data/zlib"];
const common = [
	...miniz,
	...["-std=gnu11", "-D_GNU_SOURCE", "-DINCLUDE_XSPLATFORM", '-DXSPLATFORM="xs_platform.h"', ...folders],
	...["includes", "platforms", "sources"].flatMap((folder) => ["-isystem", `${xs}/${folder}`]),
];
const host = [
	...common,
	...["-pthread", "-D_FILE_OFFSET_BITS=64", "-Ihal/host"],
	...["Debug", "NoConsole", "Run", "Parse", "BoundsCheck"].map((word) => `-Dmx${word}=1`),
];
const device = [
	...common,
	...["-Itest/hal/declared", "-DLINNET_METER", "-DMODDEF_EMULATOR_WIDTH=320", "-DMODDEF_EMULATOR_HEIGHT=240"],
];

/** Models of the chip's system that have some headers of their own, by the folder. */
const modelsOf: Readonly<Record<string, readonly string[]>> = {
	idf: ["start"],
	netif: ["dhcp", "closing"],
	sdk: ["service", "uart", "panel"],
};

/** Tests of what loads for the host hold. */
const packed = ["test/hal/loads.c", "test/fuzz/pack.c"];

/** The compiler's words for a file. */
function wordsFor(file: string): string[] {
	if (onHost.test(file)) return host;
	if (!file.startsWith("test/")) return device;
	const own = Object.keys(modelsOf).find((folder) => modelsOf[folder]?.some((name) => file === `test/hal/${name}.c`));
	const system = file.startsWith("test/hal/") ? ["-Itest/hal/declared"] : [];
	const packs = packed.includes(file) ? ["-Ihal/host"] : [];
	return [
		"-std=gnu11",
		"-D_GNU_SOURCE",
		...folders,
		...miniz,
		...packs,
		...(own === undefined ? [] : [`-Itest/hal/${own}`]),
		...system,
	];
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** Headers of the project by their names without folders; who includes one may mean any of that name. */
function headersOf(project: Project): Map<string, string[]> {
	const headers = new Map<string, string[]>();
	for (const file of project.matching(/\.h$/)) {
		const name = file.slice(file.lastIndexOf("/") + 1);
		headers.set(name, [...(headers.get(name) ?? []), file]);
	}
	return headers;
}

/** Says in one word what a file's judgement depends on: the file, its headers and theirs, and `rest`. */
function stateOf(
	project: Project,
	file: string,
	headers: ReadonlyMap<string, readonly string[]>,
	rest: string,
): string {
	const seen = new Set<string>();
	const queue = [file];
	let text = rest;
	for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
		if (seen.has(at)) continue;
		seen.add(at);
		const source = project.read(at);
		text += `\n${at}\n${source}`;
		for (const [, name = ""] of source.matchAll(/^\s*#\s*include\s*["<](?:[^">]*\/)?([^">/]+)[">]/gm))
			queue.push(...(headers.get(name) ?? []));
	}
	return hash(text);
}

function readPassed(path: string): Record<string, string> {
	try {
		return JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
	} catch {
		return {};
	}
}

/** What clang-tidy says of a file; '' when it finds nothing. */
function look(root: string, file: string): Promise<string> {
	const words = ["--quiet", file, "--", ...wordsFor(file)];
	const child = spawn(program, words, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	let errors = "";
	child.stdout.setEncoding("utf8").on("data", (text: string) => {
		said += text;
	});
	child.stderr.setEncoding("utf8").on("data", (text: string) => {
		errors += text;
	});
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (status) => resolve(status === 0 ? "" : said || errors));
	});
}

/** Looks at all C that has changed since it passed. */
export async function checkClangTidy(project: Project): Promise<Outcome> {
	const sources = project.matching(/\.c$/).filter((file) => !excluded.test(file));
	if (sources.length === 0 || !project.has(settings)) return "passed";
	const missing = missingProgram(program);
	if (missing !== undefined) return missing;
	const path = join(project.root, passedFile);
	const before = readPassed(path);
	const headers = headersOf(project);
	const rest = hash(
		project
			.matching(allSettings)
			.map((name) => project.read(name))
			.join("\n"),
	);
	const stateWith = (file: string) => stateOf(project, file, headers, rest + wordsFor(file).join(" "));
	const states = new Map(sources.map((file) => [file, stateWith(file)]));
	const queue = sources.filter((file) => before[file] !== states.get(file));
	const failed = new Set<string>();
	const work = async () => {
		for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
			const said = await look(project.root, file);
			if (said === "") continue;
			failed.add(file);
			process.stderr.write(said);
		}
	};
	await Promise.all(Array.from({ length: availableParallelism() }, work));
	const passed = Object.fromEntries([...states].filter(([file]) => !failed.has(file)));
	if (!existsSync(dirname(path))) mkdirSync(dirname(path));
	writeFileSync(path, JSON.stringify(passed));
	return failed.size > 0 ? "failed" : "passed";
}
