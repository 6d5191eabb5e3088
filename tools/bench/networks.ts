/*
 * Networks for `bench quality`: what each does to the packets of a call, by models with seeds of their own.
 */
import { Random } from "./random.js";
import { burstLoss, congested, inOrder, jitter, least, lose, type Model, wifi } from "./traces.js";

export interface Network {
	readonly name: string;
	/** What it does, a few words. */
	readonly about: string;
	/** Milliseconds of sound in a packet, 20 unless told otherwise. */
	readonly packetTime?: number;
	/** How much faster the sender's clock runs, in millionths. */
	readonly skew?: number;
	/** Kinds of networks beside those that the means are over. */
	readonly further?: boolean;
	readonly model: Model;
	/** The part of packets that come a second time, up to 60 ms later. */
	readonly twice?: number;
}

/** Normal distribution about three deviations above the least, each packet by itself: later ones overtake. */
function gaussian(deviation: number): Model {
	return (random, packets) =>
		Array.from({ length: packets }, () => least + Math.max(0, deviation * (3 + random.normal())));
}

/** A network whose losses come on top. */
function lossy(rate: number, model: Model): Model {
	return (random, packets, packetTime) => lose(random, rate, model(random, packets, packetTime));
}

/** Some packets take a while longer, and the next ones overtake them. */
function reordering(rate: number, model: Model): Model {
	return (random, packets, packetTime) =>
		model(random, packets, packetTime).map((delay) =>
			delay !== undefined && random.next() < rate ? delay + packetTime * random.between(1.1, 2.5) : delay,
		);
}

/** Nothing comes for a while, then all of it at once. */
function standstills(every: number, length: number, model: Model): Model {
	return (random, packets, packetTime) => {
		const first = random.between(0.2, 0.8) * every;
		const delays = model(random, packets, packetTime).map((delay, index) => {
			const since = index * packetTime - first;
			const into = ((since % every) + every) % every;
			return delay === undefined || since < 0 ? delay : delay + Math.max(0, length - into);
		});
		return inOrder(delays, packetTime);
	};
}

/** The way becomes longer and shorter. */
function routes(steps: readonly number[], model: Model): Model {
	return (random, packets, packetTime) =>
		model(random, packets, packetTime).map((delay, index) =>
			delay === undefined ? delay : delay + (steps[Math.floor((index * steps.length) / packets)] as number),
		);
}

/** Lone delays, with what had come to wait behind them. */
function spikes(every: number, low: number, high: number, model: Model): Model {
	return (random, packets, packetTime) => {
		let next = random.between(0.3, 1) * every;
		let back = 0;
		const delays = model(random, packets, packetTime).map((delay, index) => {
			const time = index * packetTime;
			if (time >= next) {
				back = time + random.between(low, high);
				next = back + random.between(0.5, 1.5) * every;
			}
			return delay === undefined ? delay : delay + Math.max(0, back - time);
		});
		return inOrder(delays, packetTime);
	};
}

/** One network after the other in the course of a call. */
function inTurn(...models: readonly Model[]): Model {
	return (random, packets, packetTime) => {
		const all = models.map((model) => model(random, packets, packetTime));
		return Array.from({ length: packets }, (_, index) => all[Math.floor((index * all.length) / packets)]?.[index]);
	};
}

const wired = jitter(0.3);

export const networks: readonly Network[] = Object.freeze([
	{ name: "calm", about: "wired: jitter of 0.3 ms", model: wired },
	{ name: "jitter-5", about: "Gaussian jitter, deviation 5 ms", model: gaussian(5) },
	{ name: "jitter-20", about: "Gaussian jitter, deviation 20 ms", model: gaussian(20) },
	{ name: "jitter-40", about: "Gaussian jitter, deviation 40 ms", model: gaussian(40) },
	{ name: "loss-1", about: "1 % lost at random", model: lossy(0.01, wired) },
	{ name: "loss-3", about: "3 % lost at random", model: lossy(0.03, wired) },
	{ name: "loss-5", about: "5 % lost at random", model: lossy(0.05, wired) },
	{ name: "loss-10", about: "10 % lost at random", model: lossy(0.1, wired) },
	{ name: "burst-loss", about: "2 % lost in runs of four on average", model: burstLoss(0.005, 0.25) },
	{ name: "reordering", about: "5 % overtaken by one or two", model: reordering(0.05, wired) },
	{ name: "duplicates", about: "10 % come twice", model: jitter(2), twice: 0.1 },
	{ name: "standstill", about: "300 ms nothing every 5 s", model: standstills(5000, 300, wired) },
	{ name: "route-change", about: "60 ms longer, 20 longer, 60, 0", model: routes([0, 60, 20, 60, 0], jitter(1.5)) },
	{ name: "drift-fast", about: "sender's clock fast by 500 ppm", skew: 500, model: jitter(1) },
	{ name: "drift-slow", about: "sender's clock slow by 500 ppm", skew: -500, model: jitter(1) },
	{ name: "wifi", about: "retransmissions, scans of 20 to 90 ms", model: wifi },
	{ name: "congested", about: "a queue of up to 100 ms that others fill", model: congested },
	{ name: "wifi-loss", about: "the same Wi-Fi, 1 % lost", model: lossy(0.01, wifi) },
	{ name: "jitter-loss", about: "Gaussian jitter of 20 ms, 2 % lost", model: lossy(0.02, gaussian(20)) },
	{ name: "congested-loss", about: "the same queue, 1 % lost", model: lossy(0.01, congested) },
	{
		name: "drift-jitter",
		about: "300 ppm slow, jitter of 10 ms, 1 % lost",
		skew: -300,
		model: lossy(0.01, gaussian(10)),
	},
	{
		name: "standstill-loss",
		about: "300 ms nothing every 5 s, 1 % lost, jitter of 5 ms",
		model: standstills(5000, 300, lossy(0.01, gaussian(5))),
	},
	{
		name: "disorder",
		about: "5 % overtaken, 5 % twice, 1 % lost, jitter of 10 ms",
		model: reordering(0.05, lossy(0.01, gaussian(10))),
		twice: 0.05,
	},
	{
		name: "packets-10",
		about: "packets of 10 ms, Wi-Fi, 1 % lost",
		packetTime: 10,
		further: true,
		model: lossy(0.01, wifi),
	},
	{
		name: "packets-30",
		about: "packets of 30 ms, jitter of 20 ms, 3 % lost",
		packetTime: 30,
		further: true,
		model: lossy(0.03, gaussian(20)),
	},
	{
		name: "spikes",
		about: "150 to 600 ms nothing every 4 s or so",
		further: true,
		model: spikes(4000, 150, 600, jitter(2)),
	},
	{
		name: "changing",
		about: "calm, jitter of 30 ms, calm, Wi-Fi by turns",
		further: true,
		model: inTurn(wired, gaussian(30), wired, wifi),
	},
	{ name: "heavy-tail", about: "exponential jitter, mean 15 ms", further: true, model: jitter(15) },
	{
		name: "long-bursts",
		about: "5 % lost in runs of ten on average",
		further: true,
		model: burstLoss(0.0053, 0.1),
	},
]);

/** A network's trace as test/traces/README.md has it: packets of so many milliseconds of sound in all. */
export function networkTrace(network: Network, seed: number, milliseconds: number): string {
	const random = new Random(seed * 1000 + 17);
	const { packetTime = 20, skew = 0, twice = 0 } = network;
	// Packets are not full with a tick of the receiver's.
	const phase = random.between(0, packetTime);
	const delays = network.model(random, Math.floor(milliseconds / packetTime), packetTime);
	const words = delays.map((delay) => {
		if (delay === undefined) return "-";
		const first = ((delay + phase) * 8).toFixed(1);
		return random.next() < twice ? `${first}+${((delay + phase + random.between(0, 60)) * 8).toFixed(1)}` : first;
	});
	return `packet_time ${packetTime}\nskew_ppm ${skew}\n${words.join("\n")}\n`;
}
