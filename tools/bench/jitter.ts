/*
 * What the jitter buffer makes of each network trace, beside buffers of a fixed depth over the same trace. Delays are those
 * that the buffer adds: from the earliest time at which a packet could have come to the time at which it is played.
 */
import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot as root } from "../phone/project.js";
import { buildFolder, make } from "./programs.js";
import { makeTrace, type Trace, traceNames, writeTrace } from "./traces.js";

export interface JitterFigures {
	mean_delay_ms: number;
	p99_delay_ms: number;
	/** Packets that came too late to be played, of those received. */
	late_percent: number;
	/** Time in which there was no sound from the network, lost packets included. */
	concealed_percent: number;
	/** Times that the delay was changed. */
	adaptations: number;
}

export interface TraceFigures extends JitterFigures {
	fixed_60: JitterFigures;
	fixed_120: JitterFigures;
}

const frame = 80;
/** Milliseconds for the replay of a trace, which takes a part of a second. */
const replayTimeout = 60_000;
const file = (name: string) => join(root, "test/traces", `${name}.txt`);

/** Writes the files of all traces. */
export function writeTraces(): object {
	for (const name of traceNames) writeFileSync(file(name), writeTrace(makeTrace(name)));
	return { traces: traceNames.length };
}

/** Reads a trace's file. */
export function readTrace(name: string): Trace {
	const [comment = "", packetTime = "", skew = "", ...lines] = readFileSync(file(name), "utf8").trim().split("\n");
	const words = lines.join(" ").split(" ");
	return {
		name,
		about: comment.replace(/^# [^:]*: | \(seed.*$/g, ""),
		seed: Number(/seed (\d+)/.exec(comment)?.[1]),
		packetTime: Number(packetTime.split(" ")[1]),
		skew: Number(skew.split(" ")[1]),
		delays: words.map((word) => (word === "-" ? undefined : Number(word))),
	};
}

function round(value: number, digits = 1): number {
	return Number(value.toFixed(digits));
}

function figures(delays: number[], late: number, received: number, concealed: number, all: number, changes: number) {
	const sorted = [...delays].sort((a, b) => a - b);
	return {
		mean_delay_ms: round(delays.reduce((sum, delay) => sum + delay, 0) / delays.length / 8),
		p99_delay_ms: round((sorted[Math.floor(sorted.length * 0.99)] as number) / 8),
		late_percent: round((100 * late) / received, 2),
		concealed_percent: round((100 * concealed) / all, 2),
		adaptations: changes,
	};
}

/** When the sender sends what begins with a timestamp, in samples of the receiver's clock. */
function sent(trace: Trace, timestamp: number): number {
	return (timestamp + trace.packetTime * 8) / (1 + trace.skew / 1e6);
}

function leastDelay(trace: Trace): number {
	return Math.min(...trace.delays.filter((delay) => delay !== undefined));
}

/** The pipeline itself over a trace. */
function adaptive(trace: Trace): JitterFigures {
	const input = openSync(file(trace.name), "r");
	const output = execFileSync(join(buildFolder, "audio/replay"), {
		encoding: "utf8",
		timeout: replayTimeout,
		stdio: [input, "pipe", "inherit"],
		maxBuffer: 1 << 26,
	});
	closeSync(input);
	const lines = output.trim().split("\n");
	const counters = (lines.pop() as string).split(" ").map(Number);
	const [received, late, changes] = counters as [number, number, number];
	const least = leastDelay(trace);
	const end = trace.delays.length * trace.packetTime * 8;
	const delays: number[] = [];
	let missing = 0;
	for (const line of lines) {
		const [tick, timestamp, sounds] = line.split(" ").map(Number) as [number, number, number];
		// Before the first packet's sound and after the last one's there is nothing to play.
		if (timestamp < 0 || timestamp >= end) continue;
		delays.push(tick * frame - sent(trace, timestamp) - least);
		if (sounds === 0) missing += 1;
	}
	return figures(delays, late, received, missing, delays.length, changes);
}

/** Packets in a row that come too late, or the depth exceeded so many times, before a fixed buffer begins anew. */
const lateRun = 3;
const depthMost = 2;

/** A buffer that plays each packet a fixed time after the first one came, and begins anew when that has run away. */
function fixed(trace: Trace, milliseconds: number): JitterFigures {
	const depth = milliseconds * 8;
	const samples = trace.packetTime * 8;
	const least = leastDelay(trace);
	const delays: number[] = [];
	let offset: number | undefined;
	let run = 0;
	let late = 0;
	let lost = 0;
	let anew = 0;
	trace.delays.forEach((delay, index) => {
		if (delay === undefined) {
			lost += 1;
			return;
		}
		const arrival = sent(trace, index * samples) + delay;
		const early = offset === undefined ? 0 : index * samples + offset - arrival;
		run = early < 0 ? run + 1 : 0;
		if (offset === undefined || run >= lateRun || early > depthMost * depth) {
			if (offset !== undefined) anew += 1;
			offset = arrival + depth - index * samples;
			run = 0;
		} else if (early < 0) {
			late += 1;
			return;
		}
		delays.push(index * samples + offset - sent(trace, index * samples) - least);
	});
	const count = trace.delays.length;
	return figures(delays, late, count - lost, lost + late, count, anew);
}

/** Figures of every trace, by its name. */
export function benchJitter(): Record<string, TraceFigures> {
	make("../build/audio/replay");
	const result: Record<string, TraceFigures> = {};
	for (const name of traceNames) {
		const trace = readTrace(name);
		result[name] = { ...adaptive(trace), fixed_60: fixed(trace, 60), fixed_120: fixed(trace, 120) };
	}
	return result;
}
