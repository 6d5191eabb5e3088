/*
 * Network traces: how long each packet of a steady sender is on its way, by models of networks with fixed seeds. The files of
 * test/traces are made here (`npm run -s bench -- traces` writes them anew); test/traces/README.md says what they hold.
 */

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

/** Repeatable random numbers below 1 (xorshift of 32 bits). */
class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = Math.imul(seed, 0x9e3779b1) | 1;
		for (let i = 0; i < 16; i += 1) this.next();
	}
	next(): number {
		this.#state ^= this.#state << 13;
		this.#state ^= this.#state >>> 17;
		this.#state ^= this.#state << 5;
		return (this.#state >>> 0) / 4294967296;
	}
	/** Exponential distribution. */
	exponential(mean: number): number {
		return -mean * Math.log(1 - this.next());
	}
	between(low: number, high: number): number {
		return low + (high - low) * this.next();
	}
}

/** Time on the way that no packet goes below, in milliseconds. */
const least = 20;
const packetTime = 20;

type Model = (random: Random, packets: number) => (number | undefined)[];

/** A delay for each packet by itself: a little jitter, mostly none. */
function jitter(mean: number): Model {
	return (random, packets) => Array.from({ length: packets }, () => least + random.exponential(mean));
}

/** Packets that cannot overtake each other: each arrives no earlier than the one before. */
function inOrder(delays: number[]): number[] {
	let before = 0;
	return delays.map((delay, index) => {
		before = Math.max(before, index * packetTime + delay);
		return before - index * packetTime;
	});
}

/** Wi-Fi: retransmissions, and every few seconds the station is away for a scan and all that waited comes at once. */
function wifi(random: Random, packets: number): (number | undefined)[] {
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
	return inOrder(delays).map((delay) => (random.next() < 0.003 ? undefined : delay));
}

/** A queue that others fill: it grows and drains in spells of some seconds, and what it does not hold is lost. */
function congested(random: Random, packets: number): (number | undefined)[] {
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
	return inOrder(delays).map((delay, index) => (lost.has(index) ? undefined : delay));
}

/** Losses in runs of four packets on average (a chain of two states after Gilbert), 2 % of all. */
function burstLoss(random: Random, packets: number): (number | undefined)[] {
	let bad = false;
	return Array.from({ length: packets }, () => {
		bad = bad ? random.next() >= 0.25 : random.next() < 0.005;
		const delay = least + random.exponential(2);
		return bad ? undefined : delay;
	});
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
		model: burstLoss,
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
	const milliseconds = model(new Random(seed), (seconds * 1000) / packetTime);
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
