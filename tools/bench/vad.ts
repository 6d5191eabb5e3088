/*
 * `bench vad`: what silence suppression loses of real speech in noise, and what it sends of the noise, beside WebRTC's voice activity
 * detector (PyPI's webrtcvad) in each of its four modes. Linnet's figures are of the packets that its pipeline sends; WebRTC's
 * decisions get the same hangover, the same packets and the same packets sent late. What is speech the clean sound tells.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFolder, make, missingPrograms } from "./programs.js";
import { python, readSpeech, soundsFolder } from "./quality.js";
import { Random } from "./random.js";

const rate = 8000;
const frame = 80;
const framesInSecond = rate / frame;

/** Of WebRTC's decisions, as audio/activity.c and audio/transmitter.c have it: frames after one short burst and after talk, how many are talk, frames in a packet, packets sent late. */
const hangover = { short: 8, long: 25, talk: 4 };
const framesInPacket = 2;
const packetsLate = 2;
/** Frames at the beginning that are not judged, and those after speech that are neither speech nor pause. */
const unjudged = 100;
const after = 30;
/** Speech is what is less than this below the mean level of all speech; a beginning is the first 100 ms of it after 200 ms without. */
const depth = 25;
const beginning = { frames: 10, pause: 20 };

export const levels = [-16, -26, -36] as const;
export const ratios = [6, 12, 20, 30, 40] as const;

export interface Missed {
	/** Of frames of speech, those not sent. */
	speech_lost_percent: number;
	/** Beginnings of words of which a frame was not sent. */
	beginnings_cut: number;
	/** Of frames without speech, those sent. */
	noise_sent_percent: number;
}

export interface Cell {
	noise: string;
	/** Of speech, and that above the noise. */
	level_dbov: number;
	snr_db: number;
	beginnings: number;
	linnet: Missed;
	/** Its modes 0 to 3. */
	webrtc: Missed[];
}

export interface VadResult {
	linnet: Missed;
	webrtc: Missed[];
	/** Where a mode of WebRTC's loses less, or cuts less, and sends no more noise; or sends less noise and loses and cuts no more. */
	worse_anywhere: number;
	worse: string[];
	cells: Cell[];
}

export interface VadRequest {
	/** Some of noiseNames, or all. */
	noises?: readonly string[];
	/** One seed and half a minute, where else there are three and a minute. */
	fast?: boolean;
	progress(line: string): void;
}

/** What is missing for this bench of Debian's. */
export function vadBenchMissing(): string[] {
	return [...missingPrograms("gcc", "make"), ...(existsSync(soundsFolder) ? [] : ["asterisk-core-sounds-en-wav"])];
}

/** Whether WebRTC's detector is installed; as PESQ is. */
export function hasWebrtcVad(): boolean {
	const folder = join(buildFolder, "pesq/lib");
	if (!existsSync(folder)) return false;
	return readdirSync(folder).some((version) => existsSync(join(folder, version, "site-packages/webrtcvad.py")));
}

const power = (sound: Float64Array) => sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length;
const decibels = (value: number) => 10 * Math.log10(value + 1e-9);

/** So much sound of prompts, each as loud as all, with pauses between. */
function talk(random: Random, samples: number, pause: readonly [number, number], first: number): Float64Array {
	const names = readdirSync(soundsFolder)
		.filter((name) => name.endsWith(".wav"))
		.sort()
		.filter((name) => {
			const { size } = statSync(join(soundsFolder, name));
			return size > 6000 && size < 160000;
		});
	const sound = new Float64Array(samples);
	for (let at = Math.round(first * rate); at < samples; ) {
		const speech = readSpeech((names[Math.floor(random.next() * names.length)] as string).slice(0, -4));
		const part = Float64Array.from({ length: speech.length / 2 }, (_, i) => speech.readInt16LE(2 * i));
		const gain = 1 / Math.sqrt(power(part) + 1e-9);
		for (let i = 0; i < part.length && at + i < samples; i++) sound[at + i] = (part[i] as number) * gain;
		at += part.length + Math.round(random.between(...pause) * rate);
	}
	return sound;
}

/** White noise through low passes of first order, each with its weight. */
function coloured(random: Random, samples: number, filters: readonly (readonly [hertz: number, weight: number])[]) {
	const states = filters.map(() => 0);
	const steps = filters.map(([hertz]) => 1 - Math.exp((-2 * Math.PI * hertz) / rate));
	return Float64Array.from({ length: samples }, () => {
		const white = random.normal();
		let sum = 0;
		for (let i = 0; i < states.length; i++) {
			states[i] = (states[i] as number) + (white - (states[i] as number)) * (steps[i] as number);
			sum += (states[i] as number) * (filters[i]?.[1] as number);
		}
		return sum;
	});
}

const hum = (hertz: number) => (random: Random, samples: number) => {
	const harmonics = [1, 2, 3, 5, 7, 9, 11].map((order) => [order, order ** -1.3, random.next() * 7] as const);
	return Float64Array.from({ length: samples }, (_, i) => {
		let sum = 0.01 * random.normal();
		for (const [order, weight, phase] of harmonics)
			sum += weight * Math.sin((2 * Math.PI * hertz * order * i) / rate + phase);
		return sum;
	});
};

/** Noises by name, of any level. */
const noises: Readonly<Record<string, (random: Random, samples: number) => Float64Array>> = {
	white: (random, samples) => Float64Array.from({ length: samples }, () => random.normal()),
	pink: (random, samples) =>
		coloured(
			random,
			samples,
			[40, 80, 160, 320, 640, 1280, 2560].map((hertz) => [hertz, hertz ** -0.5]),
		),
	// An engine's rumble that swells and ebbs by some decibels.
	car: (random, samples) => {
		let swell = 0;
		return coloured(random, samples, [
			[120, 1],
			[3900, 0.003],
		]).map((sample, i) => {
			if (i % rate === 0) swell = Math.max(-3, Math.min(3, swell + random.normal() * 0.7));
			return sample * 10 ** (swell / 20);
		});
	},
	fan: (random, samples) =>
		coloured(random, samples, [[700, 1]]).map(
			(sample, i) =>
				sample * (1 + 0.1 * Math.sin((4 * Math.PI * i) / rate)) + 0.1 * Math.sin((2 * Math.PI * 290 * i) / rate),
		),
	// Eight people at once.
	babble: (random, samples) => {
		const voices = Array.from({ length: 8 }, () => talk(random, samples, [0, 0.3], 0));
		return Float64Array.from({ length: samples }, (_, i) =>
			voices.reduce((sum, voice) => sum + (voice[i] as number), 0),
		);
	},
	"hum-50": hum(50),
	"hum-60": hum(60),
	// Keys that are hit and let go, in a quiet room.
	clicks: (random, samples) => {
		const sound = Float64Array.from({ length: samples }, () => 0.02 * random.normal());
		const click = (from: number, weight: number) => {
			for (let i = 0; i < 240 && from + i < samples; i++)
				sound[from + i] = (sound[from + i] as number) + weight * Math.exp(-i / 30) * random.normal();
		};
		for (let at = 0; at < samples; at += Math.round(random.between(0.09, 0.5) * rate)) {
			click(at, random.between(0.5, 1));
			click(at + Math.round(random.between(300, 450)), random.between(0.2, 0.4));
		}
		return sound;
	},
};
export const noiseNames = Object.keys(noises);

interface Speech {
	sound: Float64Array;
	/** Of each frame: whether it is speech, and whether it is pause. */
	speech: boolean[];
	pause: boolean[];
	/** First frames of words. */
	beginnings: number[];
	/** Mean level of its speech in dBov. */
	level: number;
}

/** Sets runs of one value to the other that are no longer than so many frames, with others on both sides. */
function bridge(of: boolean[], value: boolean, most: number): void {
	for (let from = 0; from < of.length; ) {
		let to = from;
		while (to < of.length && of[to] === of[from]) to++;
		if (of[from] === value && from > 0 && to < of.length && to - from <= most) of.fill(!value, from, to);
		from = to;
	}
}

function listen(sound: Float64Array): Speech {
	const powers = Array.from({ length: sound.length / frame }, (_, i) =>
		power(sound.subarray(i * frame, (i + 1) * frame)),
	);
	let least = Math.max(...powers) / 1000;
	let mean = 0;
	for (let i = 0; i < 5; i++) {
		const loud = powers.filter((one) => one > least);
		mean = loud.reduce((sum, one) => sum + one, 0) / loud.length;
		least = mean / 10 ** (depth / 10);
	}
	const speech = powers.map((one) => one > least);
	bridge(speech, false, 5);
	bridge(speech, true, 2);
	const pause = speech.map(
		(_, i) => i >= unjudged && !speech.slice(Math.max(0, i - after), i + 6).some((voiced) => voiced),
	);
	const beginnings = speech.flatMap((voiced, i) =>
		voiced &&
		i >= unjudged &&
		i + beginning.frames < speech.length &&
		!speech.slice(i - beginning.pause, i).includes(true)
			? [i]
			: [],
	);
	return { sound, speech, pause, beginnings, level: decibels(mean) - decibels(32768 ** 2) };
}

/** What a phone sends by these decisions. */
function suppressed(decisions: string): string {
	let left = hangover.long;
	let run = 0;
	const voiced = [...decisions].map((decision) => {
		run = decision === "1" ? run + 1 : 0;
		if (run > 0) left = Math.max(left, run >= hangover.talk ? hangover.long : hangover.short);
		else if (left === 0) return false;
		else left--;
		return true;
	});
	const packets = Array.from({ length: Math.floor(voiced.length / framesInPacket) }, (_, i) =>
		voiced.slice(i * framesInPacket, (i + 1) * framesInPacket).includes(true),
	);
	return packets
		.map((_, i) => (packets.slice(i, i + packetsLate + 1).includes(true) ? "1" : "0").repeat(framesInPacket))
		.join("");
}

interface Count {
	lost: number;
	speech: number;
	cut: number;
	sent: number;
	pause: number;
}

function judge(sent: string, { speech, pause, beginnings }: Speech): Count {
	const count: Count = { lost: 0, speech: 0, cut: 0, sent: 0, pause: 0 };
	for (let i = unjudged; i < sent.length; i++) {
		const there = sent[i] === "1";
		if (speech[i]) count.speech++;
		if (speech[i] && !there) count.lost++;
		if (pause[i]) count.pause++;
		if (pause[i] && there) count.sent++;
	}
	count.cut = beginnings.filter((from) => sent.slice(from, from + beginning.frames).includes("0")).length;
	return count;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));

function missed(counts: readonly Count[]): Missed {
	const sum = (pick: (count: Count) => number) => counts.reduce((total, count) => total + pick(count), 0);
	return {
		speech_lost_percent: round((100 * sum(({ lost }) => lost)) / sum(({ speech }) => speech), 2),
		beginnings_cut: sum(({ cut }) => cut),
		noise_sent_percent: round((100 * sum(({ sent }) => sent)) / sum(({ pause }) => pause), 2),
	};
}

function mean(all: readonly Missed[]): Missed {
	const of = (pick: (one: Missed) => number) => round(all.reduce((sum, one) => sum + pick(one), 0) / all.length, 2);
	return {
		speech_lost_percent: of((one) => one.speech_lost_percent),
		beginnings_cut: of((one) => one.beginnings_cut),
		noise_sent_percent: of((one) => one.noise_sent_percent),
	};
}

/** Whether another detector is better in something, by more than chance, without being worse in anything else. */
function beaten(own: Missed, other: Missed): boolean {
	const lost = own.speech_lost_percent - other.speech_lost_percent;
	const cut = own.beginnings_cut - other.beginnings_cut;
	const sent = own.noise_sent_percent - other.noise_sent_percent;
	return ((lost > 0.05 || cut > 1) && sent >= 0) || (sent > 0.5 && lost >= 0 && cut >= 0);
}

/** What of each file is sent, and what WebRTC's modes decide. */
function decide(files: readonly string[]): { sent: string[]; webrtc: string[][] } {
	const lines = (program: string, argv: readonly string[]) =>
		execFileSync(program, argv, { encoding: "latin1", maxBuffer: 1 << 28 })
			.trim()
			.split("\n");
	return {
		sent: lines(join(buildFolder, "audio/voiced"), files),
		webrtc: lines(python, ["-W", "ignore", "tools/bench/vad.py", ...files]).map((line) => line.split(" ")),
	};
}

const row = ({ speech_lost_percent, beginnings_cut, noise_sent_percent }: Missed) =>
	`${speech_lost_percent.toFixed(2).padStart(6)} ${`${beginnings_cut}`.padStart(4)} ${noise_sent_percent.toFixed(1).padStart(6)}`;

export function benchVad(request: VadRequest): VadResult {
	if (!hasWebrtcVad())
		throw new Error("'vad' needs webrtcvad of PyPI: CONTRIBUTING.md says how it is installed, as PESQ is");
	make("voiced");
	const samples = (request.fast ? 30 : 60) * framesInSecond * frame;
	const speeches = (request.fast ? [1] : [1, 2, 3]).map((seed) => listen(talk(new Random(seed), samples, [0.3, 2], 2)));
	const beginnings = speeches.reduce((sum, speech) => sum + speech.beginnings.length, 0);
	const conditions = levels.flatMap((level) => ratios.map((ratio) => [level, ratio] as const));
	const folder = mkdtempSync(join(tmpdir(), "linnet-vad-"));
	const files = conditions.map((_, i) => join(folder, `${i}.pcm`));
	const cells: Cell[] = [];
	try {
		for (const name of request.noises ?? noiseNames) {
			const counts = conditions.map(() => Array.from({ length: 5 }, (): Count[] => []));
			for (const [seed, speech] of speeches.entries()) {
				const noise = (noises[name] as (typeof noises)[string])(new Random(100 + seed), samples);
				const loud = Math.sqrt(power(noise));
				for (const [i, [level, ratio]] of conditions.entries()) {
					const gain = 10 ** ((level - speech.level) / 20);
					const noiseGain = (32768 * 10 ** ((level - ratio) / 20)) / loud;
					const mixed = Int16Array.from({ length: samples }, (_, at) => {
						const sample = (speech.sound[at] as number) * gain + (noise[at] as number) * noiseGain;
						return Math.max(-32768, Math.min(32767, Math.round(sample)));
					});
					writeFileSync(files[i] as string, mixed);
				}
				const { sent, webrtc } = decide(files);
				for (const [i, of] of counts.entries()) {
					of[0]?.push(judge(sent[i] as string, speech));
					for (let mode = 0; mode < 4; mode++)
						of[1 + mode]?.push(judge(suppressed(webrtc[i]?.[mode] as string), speech));
				}
			}
			for (const [i, [level_dbov, snr_db]] of conditions.entries()) {
				const [linnet, ...webrtc] = (counts[i] as Count[][]).map(missed) as [Missed, ...Missed[]];
				cells.push({ noise: name, level_dbov, snr_db, beginnings, linnet, webrtc });
				request.progress(
					`${name.padEnd(7)}${level_dbov} dBov, ${`${snr_db}`.padStart(2)} dB: ${[linnet, ...webrtc].map(row).join(" |")}`,
				);
			}
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
	const worse = cells.flatMap(({ noise, level_dbov, snr_db, linnet, webrtc }) =>
		webrtc.flatMap((other, mode) =>
			beaten(linnet, other) ? [`${noise}, ${level_dbov} dBov, ${snr_db} dB: mode ${mode}`] : [],
		),
	);
	return {
		linnet: mean(cells.map(({ linnet }) => linnet)),
		webrtc: [0, 1, 2, 3].map((mode) => mean(cells.map(({ webrtc }) => webrtc[mode] as Missed))),
		worse_anywhere: worse.length,
		worse,
		cells,
	};
}
