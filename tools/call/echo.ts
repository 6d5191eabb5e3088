/*
 * How late and how true an echo comes back: what was recorded is laid beside what was played, block by block at the lag that
 * fits best, since a jitter buffer moves its delay during a call, and the normalised cross-correlation of the whole is taken.
 */
import { sampleRate } from "./wav.js";

export interface Echo {
	/** Lag of the recording behind what was played, in milliseconds: the median of all blocks. */
	delay: number;
	/** -1 to 1; 1 is the same sound at any loudness. */
	correlation: number;
}

/** Longest lag looked at, and the length of sound that the first lag is sought with, in seconds. */
const longestLag = 1;
const searchLength = 1;
/** A block may differ in its lag from the block before by as much as a jitter buffer moves its delay; in seconds. */
const blockSeconds = 0.1;
const stepSeconds = 0.15;
/** A block that fits as well as this at the lag of the one before is not sought for elsewhere. */
const fits = 0.99;
/** Played sound quieter than this is not yet the sample. */
const activeLevel = 50;

interface Products {
	cross: number;
	played: number;
	recorded: number;
}

/** Products of played[from ...] and recorded[from + lag ...] over `length` samples. */
function products(played: Int16Array, recorded: Int16Array, from: number, length: number, lag: number): Products {
	const sum = { cross: 0, played: 0, recorded: 0 };
	for (let index = from; index < from + length; index++) {
		const p = played[index] as number;
		const r = recorded[index + lag] as number;
		sum.cross += p * r;
		sum.played += p * p;
		sum.recorded += r * r;
	}
	return sum;
}

function correlation({ cross, played, recorded }: Products): number {
	return played > 0 && recorded > 0 ? cross / Math.sqrt(played * recorded) : 0;
}

/** The lag from `first` to `last` at which a stretch fits best. */
function bestLag(
	played: Int16Array,
	recorded: Int16Array,
	from: number,
	length: number,
	first: number,
	last: number,
): number {
	let best = first;
	let highest = -2;
	for (let lag = first; lag <= last; lag++) {
		const value = correlation(products(played, recorded, from, length, lag));
		if (value <= highest) continue;
		best = lag;
		highest = value;
	}
	return best;
}

/**
 * Measures the echo. Sample n of both arrays is of the same instant; all of the played sound from its first audible sample
 * on counts, except for the end whose echo the recording cannot hold. Undefined when nothing was played, nothing recorded, or
 * less than a quarter of a second is left to compare.
 */
export function measureEcho(played: Int16Array, recorded: Int16Array, rate = sampleRate): Echo | undefined {
	const blockLength = rate * blockSeconds;
	const lagStep = rate * stepSeconds;
	const start = played.findIndex((sample) => Math.abs(sample) >= activeLevel);
	const end = Math.min(played.length, recorded.length);
	const lags = Math.min(longestLag * rate, Math.floor((end - start) / 2));
	if (start < 0 || end - start - lags < rate / 4 || recorded.every((sample) => sample === 0)) return undefined;
	let lag = bestLag(played, recorded, start, Math.min(searchLength * rate, end - start - lags), 0, lags);
	const sum = { cross: 0, played: 0, recorded: 0 };
	const blockLags: number[] = [];
	for (let from = start; from + blockLength + lag <= end; from += blockLength) {
		let block = products(played, recorded, from, blockLength, lag);
		if (correlation(block) < fits) {
			const last = Math.min(lag + lagStep, end - from - blockLength);
			lag = bestLag(played, recorded, from, blockLength, Math.max(0, lag - lagStep), last);
			block = products(played, recorded, from, blockLength, lag);
		}
		blockLags.push(lag);
		sum.cross += block.cross;
		sum.played += block.played;
		sum.recorded += block.recorded;
	}
	blockLags.sort((a, b) => a - b);
	const median = blockLags[blockLags.length >> 1];
	if (median === undefined) return undefined;
	return { delay: (median * 1000) / rate, correlation: correlation(sum) };
}
