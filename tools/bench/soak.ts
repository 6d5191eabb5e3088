/*
 * `bench soak`: the whole phone in XS takes in a million hostile frames and makes ten thousand calls, at four versions in turn. What it
 * throws and what its heap has grown by is nothing.
 */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bits, hostProgram, projectRoot } from "../phone/project.js";
import { writeBodyMap } from "./body-map.js";
import { captureNames, registrationOf, toFirstPhone, toPhones } from "./sccp.js";

export interface SoakResult {
	frames: number;
	calls: number;
	/** What the phone threw, on the way out of a message, a timer or a key. */
	exceptions: number;
	/** Screens of a monkey from which neither two presses nor the time-outs led to the idle one. */
	dead_ends: number;
	/** Heap in use at the end less that after a tenth of frames and calls, both at rest; the sum over the versions. */
	growth_bytes: number;
	/** Slots of the engine's stack in use at most, with those of the way from the benchmark to the phone. */
	stack_slots: number;
	/** Times that the phone registered. */
	registrations: number;
	versions: readonly number[];
	bits: Bits;
	seconds: number;
}

interface Run {
	frames: number;
	calls: number;
	exceptions: number;
	deadEnds: number;
	stack: number;
	growth: number;
	registrations: number;
	error?: string;
}

/** Versions and the captures whose registration is theirs. */
const captures: Readonly<Record<number, string>> = Object.freeze({
	3: "chan-sccp-2phones-p3",
	11: "chan-sccp",
	17: "chan-sccp-2phones-p17",
	22: "chan-sccp-2phones-p22",
});
const outputFolder = join(projectRoot, "build/bench");
/** Heaps with room for what frames and objects are made of; the stack is the device's. */
const heapOptions = ["--chunks", "16000000", "--slots", "500000"];
const runTimeout = 1_800_000;

/** Captured frames, one of each id and length. */
function everyFrame(): Buffer[] {
	const all = new Map<string, Buffer>();
	for (const name of captureNames())
		for (const said of toPhones(name))
			for (const message of said) {
				const key = `${message.readUInt32LE(8)} ${message.length}`;
				if (!all.has(key)) all.set(key, message);
			}
	return [...all.values()];
}

/** Makes the module bench/corpus of a version; gives its file. */
function writeCorpus(version: number, frames: number, calls: number, seed: number, monkey: boolean): string {
	const make = (part: Buffer) => `make("${part.toString("hex")}")`;
	const file = join(outputFolder, `soak-${version}-${process.pid}.js`);
	writeFileSync(
		file,
		`function make(text) {
	const octets = new Uint8Array(text.length / 2);
	for (let index = 0; index < octets.length; index++) octets[index] = parseInt(text.slice(index * 2, index * 2 + 2), 16);
	return octets;
}
export const corpus = {
	version: ${version},
	seed: ${seed},
	frames: ${frames},
	calls: ${calls},
	monkey: ${monkey},
	registration: [${registrationOf(toFirstPhone(captures[version] ?? ""))
		.map(make)
		.join(", ")}],
	captured: [${everyFrame().map(make).join(", ")}],
};
`,
	);
	return file;
}

function soak(bits: Bits, version: number, corpus: string, progress: (line: string) => void): Promise<Run> {
	const map = join(outputFolder, `soak-${version}-${process.pid}.map`);
	const compiled = (name: string) => join(projectRoot, `build/js/tools/bench/soak/${name}.js`);
	writeBodyMap(
		map,
		"build/js/tools/bench/soak/body.js",
		{ "bench/corpus": corpus },
		{
			"tools/bench/soak/frames": compiled("frames"),
			"tools/bench/soak/composer": compiled("composer"),
			"tools/bench/soak/monkey": compiled("monkey"),
		},
	);
	return new Promise((resolve, reject) => {
		const child = spawn(hostProgram(bits), ["--modules", map, ...heapOptions], {
			cwd: projectRoot,
			stdio: ["ignore", "ignore", "pipe"],
			timeout: runTimeout,
		});
		let errors = "";
		child.stderr.on("data", (data) => {
			errors += data;
		});
		child.on("error", reject);
		child.on("close", (status, signal) => {
			const line = /soak (\{.*\})/.exec(errors)?.[1];
			const run = line === undefined ? undefined : (JSON.parse(line) as Run);
			if (run === undefined) reject(new Error(`version ${version} ended with ${signal ?? status}: ${errors.trim()}`));
			else if (run.error !== undefined) reject(new Error(`version ${version}: ${run.error}`));
			else {
				for (const thrown of errors.match(/threw .*(\n at .*)*/g) ?? []) progress(`version ${version} ${thrown}`);
				resolve(run);
			}
		});
	});
}

/** Soaks the phone at each version with its part of the frames and calls; `progress` gets a line now and then. */
export async function benchSoak(
	bits: Bits,
	progress: (line: string) => void,
	frames = 1_000_000,
	calls = 10_000,
	versions: readonly number[] = Object.keys(captures).map(Number),
	monkey = false,
): Promise<SoakResult> {
	mkdirSync(outputFolder, { recursive: true });
	const start = performance.now();
	const result = {
		frames: 0,
		calls: 0,
		exceptions: 0,
		dead_ends: 0,
		growth_bytes: 0,
		stack_slots: 0,
		registrations: 0,
	};
	for (const [index, version] of versions.entries()) {
		const share = (all: number) =>
			Math.floor((all * (index + 1)) / versions.length) - Math.floor((all * index) / versions.length);
		progress(`version ${version}: ${share(frames)} frames, ${share(calls)} calls`);
		const run = await soak(
			bits,
			version,
			writeCorpus(version, share(frames), share(calls), 4711 + version, monkey),
			progress,
		);
		result.frames += run.frames;
		result.calls += run.calls;
		result.exceptions += run.exceptions;
		result.dead_ends += run.deadEnds;
		result.growth_bytes += run.growth;
		result.stack_slots = Math.max(result.stack_slots, run.stack);
		result.registrations += run.registrations;
	}
	return { ...result, versions, bits, seconds: Math.round((performance.now() - start) / 1000) };
}

export interface MonkeyResult {
	/** Keys, hook moves, messages, pushed objects, pages of web servers and time that passes. */
	events: number;
	exceptions: number;
	dead_ends: number;
	growth_bytes: number;
	stack_slots: number;
	registrations: number;
	bits: Bits;
	seconds: number;
}

/** Lets a monkey play with the whole phone, at one version after the other, on the device's own stack. */
export async function benchMonkey(
	bits: Bits,
	progress: (line: string) => void,
	events = 100_000,
	versions: readonly number[] = [17, 22],
): Promise<MonkeyResult> {
	const { frames, calls: _, versions: __, ...rest } = await benchSoak(bits, progress, events, 20, versions, true);
	return { events: frames, ...rest };
}
