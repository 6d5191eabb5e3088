/*
 * What the audio tab draws: of the samples of a phone's sound the latest five minutes, as columns of numbers over time. Where no sound is
 * under way there are gaps.
 */
import type { AudioSample, AudioStream, Level } from "./messages.js";

/** Points that are kept: five minutes. */
export const mostPoints = 1200;
/** Samples that losses are counted over: a second. */
const span = 4;
/** Timestamp units in a millisecond. */
const units = 8;
const mosUnit = 10_000;

/** The columns by name; `time` in seconds since 1970, the others null where there is nothing. */
export const columns = [
	"time",
	"heard",
	"heardPeak",
	"spoken",
	"spokenPeak",
	"jitter",
	"remoteJitter",
	"lost",
	"concealed",
	"delay",
	"roundTrip",
	"mos",
] as const;
export type Column = (typeof columns)[number];
type Point = Readonly<Record<Column, number | null>>;

/** What losses are worked out of: the counters of a stream at one time. */
type Counted = Pick<
	AudioStream,
	"packetsReceived" | "packetsLost" | "packetsLate" | "packetsDiscarded" | "framesPlayed" | "concealedFrames"
>;

export class AudioSeries {
	/** The stream that was looked at last, open or not; undefined before any was. */
	stream: AudioStream | undefined;
	/** How many are open. */
	open = 0;
	readonly #points: Point[] = [];
	readonly #counted: Counted[] = [];

	add(sample: AudioSample): void {
		const { heard, spoken, streams } = sample;
		this.open = streams.filter(({ open }) => open).length;
		const stream = streams.find(({ open }) => open);
		this.stream = stream ?? this.stream;
		this.#points.push({ ...levels(heard, spoken), ...this.#network(stream), time: sample.time / 1000 });
		if (this.#points.length > mostPoints) this.#points.shift();
	}

	column(name: Column): (number | null)[] {
		return this.#points.map((point) => point[name]);
	}

	/** The latest value, null where there is none. */
	latest(name: Column): number | null {
		return this.#points.at(-1)?.[name] ?? null;
	}

	clear(): void {
		this.#points.length = 0;
		this.#counted.length = 0;
		this.stream = undefined;
	}

	#network(stream: AudioStream | undefined): Omit<Point, keyof ReturnType<typeof levels> | "time"> {
		if (stream === undefined) {
			this.#counted.length = 0;
			return { jitter: null, remoteJitter: null, lost: null, concealed: null, delay: null, roundTrip: null, mos: null };
		}
		const last = this.#counted.at(-1);
		// counters begin anew with each stream
		if (last !== undefined && stream.packetsReceived < last.packetsReceived) this.#counted.length = 0;
		this.#counted.push(stream);
		if (this.#counted.length > span + 1) this.#counted.shift();
		const before = this.#counted[0] as Counted;
		const grown = (name: keyof Counted): number => Math.max(0, stream[name] - before[name]);
		// what came too late was received, and not heard either
		const expected = grown("packetsReceived") + grown("packetsLost");
		const missing = grown("packetsLost") + grown("packetsLate") + grown("packetsDiscarded");
		return {
			jitter: stream.packetsReceived === 0 ? null : stream.jitter / units,
			remoteJitter: stream.roundTrip === 0 ? null : stream.remoteJitter / units,
			lost: percent(missing, expected),
			concealed: percent(grown("concealedFrames"), grown("framesPlayed")),
			delay: stream.packetsReceived === 0 ? null : stream.delay,
			roundTrip: stream.roundTrip === 0 ? null : stream.roundTrip,
			mos: stream.mos === 0 ? null : stream.mos / mosUnit,
		};
	}
}

function levels(heard: Level, spoken: Level) {
	return { heard: heard.mean, heardPeak: heard.peak, spoken: spoken.mean, spokenPeak: spoken.peak };
}

function percent(part: number, whole: number): number | null {
	return whole === 0 ? null : Math.min(100, (part / whole) * 100);
}

/** What people think of a connection with a mean opinion score (ITU-T G.107, annex B). */
export function satisfaction(mos: number): string {
	if (mos >= 4.34) return "very good";
	if (mos >= 4.03) return "good";
	if (mos >= 3.6) return "fair";
	if (mos >= 3.1) return "poor";
	return mos >= 2.58 ? "bad" : "unusable";
}
