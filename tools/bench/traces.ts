/*
 * Network traces: how long each packet of a steady sender is on its way, by models of networks with fixed seeds. The files of
 * test/traces are made here (`npm run -s bench -- traces` writes them anew); test/traces/README.md says what they hold.
 */
import { Random } from "./random.js";

export interface Trace {
	name: string;
	/** What the network does, one line. */
	about: string;
	seed: number;
	/** Milliseconds of sound in a packet. */
	packetTime: number;
	/** How much faster the sender's clock runs, in millionths. */
	skew: number;
	/** Time on the way in samples of 1/8000 s, undefined when the packet is lost. */
	delays: (number | undefined)[];
}

/** Time on the way that no packet goes below, in milliseconds. */
export const least = 20;
const packetTime = 20;

/** Milliseconds that each of so many packets is on its way, undefined for one that is lost. */
export type Model = (random: Random, packets: number, packetTime: number) => (number | undefined)[];

/** A delay for each packet by itself: a little jitter, mostly none. */
export function jitter(mean: number): Model {
	return (random, packets) => Array.from({ length: packets }, () => least + random.exponential(mean));
}

/** Packets that cannot overtake each other: each arrives no earlier than the one before. */
export function inOrder(delays: readonly (number | undefined)[], packetTime: number): (number | undefined)[] {
	let before = 0;
	return delays.map((delay, index) => {
		if (delay === undefined) return undefined;
		before = Math.max(before, index * packetTime + delay);
		return before - index * packetTime;
	});
}

/** Loses this part of packets. */
export function lose(random: Random, rate: number, delays: (number | undefined)[]): (number | undefined)[] {
	return delays.map((delay) => (random.next() < rate ? undefined : delay));
}

/** Wi-Fi: retransmissions, and every few seconds the station is away for a scan and all that waited comes at once. */
export function wifi(random: Random, packets: number, packetTime: number): (number | undefined)[] {
	const delays: number[] = [];
	let away = random.between(1000, 3000);
	let back = 0;
	for (let time = 0; time < packets * packetTime; time += packetTime) {
		if (time >= away) {
			back = time + random.between(20, 90);
			away = back + random.between(1000, 4000);
		}
		delays.push(Math.max(back - time, 0) + least + random.exponential(random.next() < 0.1 ? 12 : 2));
	}
	return lose(random, 0.003, inOrder(delays, packetTime));
}

/** A queue that others fill: it grows and drains in spells of some seconds, and what it does not hold is lost. */
export function congested(random: Random, packets: number, packetTime: number): (number | undefined)[] {
	const delays: number[] = [];
	const lost = new Set<number>();
	let queue = 0;
	let load = 0;
	for (let index = 0; index < packets; index += 1) {
		if (random.next() < 0.01) load = random.next() < 0.5 ? 0.6 : 1.05;
		queue = Math.max(0, queue + random.exponential(packetTime * load) - packetTime);
		if (queue > 100) {
			queue = 100;
			if (random.next() < 0.3) lost.add(index);
		}
		delays.push(least + queue + random.exponential(1));
	}
	return inOrder(delays, packetTime).map((delay, index) => (lost.has(index) ? undefined : delay));
}

/** Losses in runs (a chain of two states after Gilbert): the chance that one begins, and that it ends, with each packet. */
export function burstLoss(begins: number, ends: number): Model {
	return (random, packets) => {
		let bad = false;
		return Array.from({ length: packets }, () => {
			bad = bad ? random.next() >= ends : random.next() < begins;
			const delay = least + random.exponential(2);
			return bad ? undefined : delay;
		});
	};
}

/** The way becomes longer by 60 ms after a quarter of the time, shorter again after half, longer by 35 ms after three quarters. */
function routeChange(random: Random, packets: number): (number | undefined)[] {
	return Array.from({ length: packets }, (_, index) => {
		const longer = [0, 60, 0, 35][Math.floor((index * 4) / packets)] as number;
		return least + longer + random.exponential(1.5);
	});
}

interface Recipe {
	about: string;
	seed: number;
	seconds: number;
	skew: number;
	model: Model;
}

const recipes: Readonly<Record<string, Recipe>> = Object.freeze({
	calm: { about: "a wired network: jitter of 0.3 ms", seed: 1, seconds: 120, skew: 0, model: jitter(0.3) },
	wifi: {
		about: "retransmissions, and scans of 20 to 90 ms every few seconds",
		seed: 2,
		seconds: 120,
		skew: 0,
		model: wifi,
	},
	congested: { about: "a queue of up to 100 ms that others fill", seed: 3, seconds: 120, skew: 0, model: congested },
	"burst-loss": {
		about: "losses in runs of four packets, 2 % of all",
		seed: 4,
		seconds: 120,
		skew: 0,
		model: burstLoss(0.005, 0.25),
	},
	"route-change": {
		about: "the way is longer by 60 ms from 30 to 60 s, by 35 ms from 90 s on",
		seed: 5,
		seconds: 120,
		skew: 0,
		model: routeChange,
	},
	"drift-fast": {
		about: "the sender's clock is fast by 500 ppm",
		seed: 6,
		seconds: 300,
		skew: 500,
		model: jitter(1),
	},
	"drift-slow": {
		about: "the sender's clock is slow by 500 ppm",
		seed: 7,
		seconds: 300,
		skew: -500,
		model: jitter(1),
	},
});

export const traceNames: readonly string[] = Object.freeze(Object.keys(recipes));

/** Makes a trace; the same one every time. */
export function makeTrace(name: string): Trace {
	const recipe = recipes[name];
	if (!recipe) throw new Error(`no trace '${name}': one of ${traceNames.join(", ")}`);
	const { about, seed, seconds, skew, model } = recipe;
	const milliseconds = model(new Random(seed), (seconds * 1000) / packetTime, packetTime);
	const delays = milliseconds.map((delay) => (delay === undefined ? undefined : Math.round(delay * 8)));
	return { name, about, seed, packetTime, skew, delays };
}

/** Packets on one line of a file: a second of them. */
const perLine = 50;

/** The text of a trace's file. */
export function writeTrace(trace: Trace): string {
	const lines = [
		`# ${trace.name}: ${trace.about} (seed ${trace.seed})`,
		`packet_time ${trace.packetTime}`,
		`skew_ppm ${trace.skew}`,
	];
	for (let from = 0; from < trace.delays.length; from += perLine) {
		const words = trace.delays.slice(from, from + perLine).map((delay) => (delay === undefined ? "-" : String(delay)));
		lines.push(words.join(" "));
	}
	return `${lines.join("\n")}\n`;
}
