/*
 * `bench sccp`: how many received messages a second go through reader, dispatch and mirror, and what garbage a message makes.
 * Each capture of the fixtures is replayed to the whole phone on a body without face and sound, in XS and in Node.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bits, hostProgram, projectRoot } from "../phone/project.js";
import { readCapture } from "../sccp/capture.js";
import { writeBodyMap } from "./body-map.js";

export interface SccpResult {
	messages_per_second_xs: number;
	messages_per_second_node: number;
	/** Slots and chunks taken from the XS heap for one message, measured without a collection in between. */
	garbage_bytes_per_message: number;
	bits: number;
	captures: number;
}

interface Replay {
	messages: number;
	milliseconds: number;
	garbage?: { bytes: number; messages: number };
}

const agentPort = 2000;
const captureFolder = join(projectRoot, "test/fixtures/captures");
const outputFolder = join(projectRoot, "build/bench");
/** Octets that one read from the socket gives at most. */
const segmentSize = 1460;
/** Messages that end or begin a registration: RegisterAck, RegisterReject, Reset, UnregisterAck. They are not replayed. */
const unrepeated = new Set([0x81, 0x9d, 0x9f, 0x118]);
/** DefineTimeDate is the last answer of the registration. */
const lastOfRegistration = 0x94;
/** Heap of the replay: large enough that nothing is collected while garbage is measured. */
const heapOptions = ["--chunks", "16000000", "--slots", "500000"];
const replayTimeout = 60_000;

function split(list: readonly Buffer[]): Buffer[] {
	const parts: Buffer[] = [];
	for (const message of list)
		for (let at = 0; at < message.length; at += segmentSize) parts.push(message.subarray(at, at + segmentSize));
	return parts;
}

/** What the call agents of a capture said, for each phone. */
export function toPhones(name: string): Buffer[][] {
	const phones = new Map<string, Buffer[]>();
	for (const entry of readCapture(readFileSync(join(captureFolder, `${name}.pcap`)), agentPort)) {
		if (!("octets" in entry) || entry.toCallAgent) continue;
		const said = phones.get(entry.phone);
		if (said) said.push(entry.octets);
		else phones.set(entry.phone, [entry.octets]);
	}
	return [...phones.values()];
}

/** What the call agent said to the first phone of a capture. */
export function toFirstPhone(name: string): Buffer[] {
	return toPhones(name)[0] ?? [];
}

const id = (message: Buffer) => message.readUInt32LE(8);

/** What a call agent says up to the end of a registration, as it comes in segments. */
export function registrationOf(all: readonly Buffer[]): Buffer[] {
	const end = all.findIndex((message) => id(message) === lastOfRegistration);
	return split(all.slice(0, end < 0 ? all.length : end + 1));
}

/** Makes the module bench/segments of what one phone was told; gives its file. */
function writeSegments(name: string, all: readonly Buffer[]): string {
	const repeated = all.filter((message) => !unrepeated.has(id(message)));
	const protocol = Number(/-p(\d+)/.exec(name)?.[1] ?? 11);
	const make = (part: Buffer) => `make("${part.toString("hex")}")`;
	const text = `function make(text) {
	const octets = new Uint8Array(text.length / 2);
	for (let index = 0; index < octets.length; index++) octets[index] = parseInt(text.slice(index * 2, index * 2 + 2), 16);
	return octets;
}
export const segments = {
	protocol: ${protocol},
	registration: [${registrationOf(all).map(make).join(", ")}],
	repeated: ${make(Buffer.concat(repeated))},
	messages: ${repeated.length},
};
`;
	const file = join(outputFolder, `${name}.js`);
	writeFileSync(file, text);
	return file;
}

/** Runs a program that reports a replay on standard error. */
function run(program: string, options: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Replay> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, options, {
			cwd: projectRoot,
			stdio: ["ignore", "ignore", "pipe"],
			env: { ...process.env, ...environment },
			timeout: replayTimeout,
		});
		let errors = "";
		child.stderr.on("data", (data) => {
			errors += data;
		});
		child.on("error", reject);
		child.on("close", (status) => {
			const line = /replay (\{.*\})/.exec(errors)?.[1];
			const replay = line === undefined ? undefined : (JSON.parse(line) as Replay & { error?: string });
			if (replay === undefined) reject(new Error(`the replay ended with status ${status}: ${errors.trim()}`));
			else if (replay.error !== undefined) reject(new Error(`the replay failed: ${replay.error}`));
			else resolve(replay);
		});
	});
}

function replayInXs(bits: Bits, name: string, segments: string): Promise<Replay> {
	const map = join(outputFolder, `${name}.map`);
	writeBodyMap(map, "build/js/tools/bench/replay/body.js", { "bench/segments": segments });
	return run(hostProgram(bits), ["--modules", map, ...heapOptions]);
}

function replayInNode(segments: string): Promise<Replay> {
	const resolver = join(projectRoot, "tools/build/resolver.mjs");
	const program = join(projectRoot, "build/js/tools/bench/replay/node-main.js");
	return run(process.execPath, ["--import", resolver, program], { LINNET_BENCH_SEGMENTS: segments });
}

const perSecond = (replays: readonly Replay[]) => {
	const sum = (part: "messages" | "milliseconds") => replays.reduce((total, replay) => total + replay[part], 0);
	return Math.round((sum("messages") * 1000) / sum("milliseconds"));
};

/** Names of the captures there are. */
export function captureNames(): string[] {
	return readdirSync(captureFolder)
		.filter((name) => name.endsWith(".pcap"))
		.map((name) => name.replace(/\.pcap$/, ""))
		.sort();
}

/** Makes the replay of a capture's first phone; gives the file of its segments. */
function prepare(name: string): string {
	mkdirSync(outputFolder, { recursive: true });
	const told = toFirstPhone(name);
	if (told.length === 0) throw new Error(`${name}: no call agent speaks in it`);
	return writeSegments(name, told);
}

/** Bytes that one received message of a capture takes from the XS heap. */
export async function measureGarbage(bits: Bits, name: string): Promise<number> {
	const { garbage } = await replayInXs(bits, name, prepare(name));
	if (!garbage) throw new Error(`${name}: the replay did not measure garbage`);
	return garbage.bytes / garbage.messages;
}

/** Measures all captures, one after the other. */
export async function benchSccp(bits: Bits, progress: (line: string) => void): Promise<SccpResult> {
	const names = captureNames();
	if (names.length === 0) throw new Error(`${captureFolder}: no captures there`);
	const xs: Replay[] = [];
	const node: Replay[] = [];
	for (const name of names) {
		progress(name);
		const segments = prepare(name);
		xs.push(await replayInXs(bits, name, segments));
		node.push(await replayInNode(segments));
	}
	let [bytes, count] = [0, 0];
	for (const { garbage } of xs) {
		bytes += garbage?.bytes ?? Number.NaN;
		count += garbage?.messages ?? 0;
	}
	return {
		messages_per_second_xs: perSecond(xs),
		messages_per_second_node: perSecond(node),
		garbage_bytes_per_message: Math.round((bytes / count) * 1000) / 1000,
		bits,
		captures: names.length,
	};
}
