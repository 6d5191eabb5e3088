/*
 * `bench quality`: what real speech is worth (PESQ, ITU-T P.862.1) that has come over networks of many kinds, in simulated time,
 * as the pipeline plays it and as others play the same packets: buffers of 60 and 120 ms, and SpeexDSP's adaptive one, all with
 * SpanDSP's concealment. (PJMEDIA is not in Debian 12.) Delays are those that the buffer adds for a packet as early as the earliest, as test/audio/hear.c says.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";
import { type Network, networks, networkTrace } from "./networks.js";
import { buildFolder, hasHeader, make, missingPrograms } from "./programs.js";

interface Figures {
	pesq: number;
	delay_ms: number;
	concealed_percent: number;
	adaptations: number;
}

export interface NetworkFigures extends Figures {
	/** Not one of those that the means are over. */
	further?: true;
	/** PESQ below the best of the peers; above it where negative. */
	behind: number;
	peers: Record<string, { pesq: number; delay_ms: number }>;
}

export interface QualityResult {
	mean_pesq: number;
	mean_delay_ms: number;
	worst_behind_peer: number;
	worst_behind_network: string;
	peers: Record<string, { mean_pesq: number; mean_delay_ms: number }>;
	networks: Record<string, NetworkFigures>;
}

export interface QualityRequest {
	/** Names of networks, or all. */
	networks?: readonly string[];
	/** Fewer seeds and sentences. */
	fast?: boolean;
	progress(line: string): void;
}

const rate = 8000;
/** Where Debian's asterisk-core-sounds-en-wav has its prompts, and those of whole sentences. */
export const soundsFolder = "/usr/share/asterisk/sounds/en_US_f_Allison";
const prompts = ["demo-congrats", "vm-options", "demo-abouttotry", "dir-intro", "demo-moreinfo", "tt-allbusy"];
/** Seconds of each, and of silence between them. */
const sentence = 9;
const pause = 0.5;
const seeds = [1, 2, 3];
const processes = 2;
/** Who works at the machine goes first. */
const nice = ["-n", "2"];

/** Of what PyPI has: PESQ, and WebRTC's voice activity detector. */
export const python = join(buildFolder, "pesq/bin/python");

export function hasPesq(): boolean {
	return existsSync(python);
}

/** How to install PESQ, which Debian does not have. */
export const pesqInstall =
	"python3 -m venv build/pesq && PIP_CONSTRAINT=tools/bench/pesq.txt build/pesq/bin/pip install -r tools/bench/pesq.txt";

/** What of Debian's packages is missing for this bench. */
export function qualityBenchMissing(): string[] {
	const missing = missingPrograms("gcc", "make");
	if (!existsSync(soundsFolder)) missing.push("asterisk-core-sounds-en-wav");
	if (!hasHeader("speex/speex_jitter.h")) missing.push("libspeexdsp-dev");
	if (!hasHeader("spandsp.h")) missing.push("libspandsp-dev");
	return missing;
}

/** The samples of a WAV file of one channel, 16 bit, at the rate. */
export function readSpeech(name: string): Buffer {
	const file = readFileSync(join(soundsFolder, `${name}.wav`));
	if (file.readUInt16LE(22) !== 1 || file.readUInt32LE(24) !== rate || file.readUInt16LE(34) !== 16)
		throw new Error(`${name}.wav: 16 bit, one channel and ${rate} Hz are expected`);
	const data = file.indexOf("data", 12, "latin1");
	return file.subarray(data + 8, data + 8 + file.readUInt32LE(data + 4));
}

/** A call's speech: sentences, and a pause behind each. */
function makeSpeech(names: readonly string[]): Buffer {
	const parts = names.map((name) => {
		const part = Buffer.alloc((sentence + pause) * rate * 2);
		readSpeech(name).copy(part, 0, 0, sentence * rate * 2);
		return part;
	});
	return Buffer.concat(parts);
}

interface Heard {
	/** Mean delay in samples. */
	delay: number;
	concealed: number;
	frames: number;
	adaptations: number;
	scores: number[];
}

interface Job {
	network: Network;
	seed: number;
}

/** A program that answers each line with one. */
class Scorer {
	private readonly process = spawn("nice", [...nice, python, join(projectRoot, "tools/bench/score.py")], {
		stdio: ["pipe", "pipe", "inherit"],
	});
	private readonly waiting: { resolve(score: number): void; reject(error: Error): void }[] = [];
	private text = "";

	constructor() {
		this.process.stdout.setEncoding("utf8").on("data", (text: string) => {
			const lines = (this.text + text).split("\n");
			this.text = lines.pop() as string;
			for (const line of lines) this.waiting.shift()?.resolve(Number(line));
		});
		const fail = () => {
			for (const { reject } of this.waiting.splice(0)) reject(new Error(`PESQ failed: ${python}`));
		};
		this.process.on("close", fail);
		this.process.on("error", fail);
		this.process.stdin.on("error", fail);
	}
	score(...words: readonly (string | number)[]): Promise<number> {
		return new Promise((resolve, reject) => {
			this.waiting.push({ resolve, reject });
			this.process.stdin.write(`${words.join("\t")}\n`);
		});
	}
	end(): void {
		this.process.stdin.end();
	}
}

const cacheFile = join(buildFolder, "audio/quality-scores.txt");

/** Scores of sound that was judged before, a line each in a file that only grows, so that benches may run beside each other. */
class Scores {
	private readonly known = new Map<string, number>();

	constructor() {
		if (!existsSync(cacheFile)) return;
		for (const line of readFileSync(cacheFile, "utf8").split("\n")) {
			const [key = "", score] = line.split(" ");
			if (score !== undefined) this.known.set(key, Number(score));
		}
	}
	async of(parts: readonly Buffer[], judge: () => Promise<number>): Promise<number> {
		const hash = createHash("sha1");
		for (const part of parts) hash.update(part);
		const key = hash.digest("base64");
		const known = this.known.get(key);
		if (known !== undefined) return known;
		const score = await judge();
		this.known.set(key, score);
		appendFileSync(cacheFile, `${key} ${score}\n`);
		return score;
	}
}

/** Runs a program with this on its standard input; what it printed. */
function pipe(program: string, argv: readonly string[], input: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn("nice", [...nice, program, ...argv], { stdio: ["pipe", "pipe", "inherit"] });
		let output = "";
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
		child.on("error", reject);
		child.on("close", (status) => (status === 0 ? resolve(output) : reject(new Error(`${program} failed: ${status}`))));
		child.stdin.end(input);
	});
}

/** What each listener makes of a network. */
async function hear(job: Job, speech: Buffer, speechFile: string, folder: string, scorer: Scorer, known: Scores) {
	const milliseconds = (speech.length / 2 / rate) * 1000;
	const trace = networkTrace(job.network, job.seed, milliseconds);
	const lines = (await pipe(join(buildFolder, "audio/hear"), [speechFile, folder], trace)).trim().split("\n");
	const found = new Map<string, Heard>();
	const least = Number(lines.shift()?.split(" ")[1]);
	const packet = (job.network.packetTime ?? 20) * 8;
	const length = (sentence + pause) * rate;
	// Network and buffer are judged, not the codec.
	const sentFile = join(folder, "sent.pcm");
	const sent = readFileSync(sentFile);
	for (const line of lines) {
		const [name = "", ...figures] = line.split(" ");
		const [delay, concealed, frames, adaptations] = figures.map(Number) as [number, number, number, number];
		const file = join(folder, `${name}.pcm`);
		const sound = readFileSync(file);
		const scores = [];
		for (let from = 0; from < speech.length / 2; from += length) {
			const at = Math.round(from + packet + least);
			const parts = [sent.subarray(from * 2, (from + length) * 2), sound.subarray(at * 2, (at + length) * 2)];
			scores.push(await known.of(parts, () => scorer.score(rate, sentFile, from, file, at, length)));
		}
		found.set(name, { delay, concealed, frames, adaptations, scores });
	}
	return found;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function figures(all: readonly Heard[]): Figures {
	const sum = (pick: (heard: Heard) => number) => all.reduce((total, heard) => total + pick(heard), 0);
	return {
		pesq: round(mean(all.flatMap(({ scores }) => scores)), 3),
		delay_ms: round(mean(all.map(({ delay }) => delay)) / 8, 1),
		concealed_percent: round((100 * sum(({ concealed }) => concealed)) / sum(({ frames }) => frames), 2),
		adaptations: round(mean(all.map(({ adaptations }) => adaptations)), 1),
	};
}

function networkFigures(network: Network, runs: readonly ReadonlyMap<string, Heard>[]): NetworkFigures {
	const of = (name: string) => figures(runs.map((run) => run.get(name) as Heard));
	const names = [...(runs[0] as ReadonlyMap<string, Heard>).keys()].filter((name) => name !== "linnet");
	const own = of("linnet");
	const peers = Object.fromEntries(
		names.map((name) => {
			const { pesq, delay_ms } = of(name);
			return [name, { pesq, delay_ms }];
		}),
	);
	const behind = round(Math.max(...Object.values(peers).map(({ pesq }) => pesq)) - own.pesq, 3);
	return { ...own, ...(network.further ? { further: true } : {}), behind, peers };
}

function summary(found: Record<string, NetworkFigures>): QualityResult {
	const all = Object.entries(found);
	const counted = all.filter(([, { further }]) => !further);
	const rows = (counted.length > 0 ? counted : all).map(([, figures]) => figures);
	const [worst, { behind }] = (counted.length > 0 ? counted : all).reduce((a, b) =>
		b[1].behind > a[1].behind ? b : a,
	);
	const names = Object.keys(rows[0]?.peers ?? {});
	return {
		mean_pesq: round(mean(rows.map(({ pesq }) => pesq)), 3),
		mean_delay_ms: round(mean(rows.map(({ delay_ms }) => delay_ms)), 1),
		worst_behind_peer: behind,
		worst_behind_network: worst,
		peers: Object.fromEntries(
			names.map((name) => {
				const of = rows.map(({ peers }) => peers[name] as { pesq: number; delay_ms: number });
				return [
					name,
					{
						mean_pesq: round(mean(of.map(({ pesq }) => pesq)), 3),
						mean_delay_ms: round(mean(of.map(({ delay_ms }) => delay_ms)), 1),
					},
				];
			}),
		),
		networks: found,
	};
}

export async function benchQuality(request: QualityRequest): Promise<QualityResult> {
	if (!hasPesq()) throw new Error(`'quality' needs PESQ: ${pesqInstall}`);
	const chosen = networks.filter(({ name }) => request.networks?.includes(name) ?? true);
	const unknown = request.networks?.filter((name) => !networks.some((network) => network.name === name)) ?? [];
	if (unknown.length > 0 || chosen.length === 0)
		throw new Error(`no network '${unknown.join(" ")}': ${networks.map(({ name }) => name).join(", ")} are there`);
	make("hear");
	mkdirSync(join(buildFolder, "audio"), { recursive: true });
	const speech = makeSpeech(request.fast ? prompts.slice(0, 3) : prompts);
	const folder = mkdtempSync(join(tmpdir(), "linnet-quality-"));
	const speechFile = join(folder, "speech.pcm");
	writeFileSync(speechFile, speech);
	const jobs = chosen.flatMap((network) =>
		(request.fast ? seeds.slice(0, 1) : seeds).map((seed) => ({ network, seed })),
	);
	const runs = new Map<Network, Map<string, Heard>[]>(chosen.map((network) => [network, []]));
	const known = new Scores();
	const work = async (index: number) => {
		const scorer = new Scorer();
		const own = join(folder, `${index}`);
		mkdirSync(own);
		try {
			for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
				runs.get(job.network)?.push(await hear(job, speech, speechFile, own, scorer, known));
				request.progress(`${job.network.name} ${job.seed}`);
			}
		} finally {
			scorer.end();
		}
	};
	try {
		await Promise.all(Array.from({ length: processes }, (_, index) => work(index)));
	} finally {
		rmSync(folder, { recursive: true });
	}
	return summary(
		Object.fromEntries(chosen.map((network) => [network.name, networkFigures(network, runs.get(network) ?? [])])),
	);
}
