/*
 * How late and how true an echo comes back: the normalised cross-correlation of what was played with what was recorded, at
 * the lag where it is largest.
 */
import { sampleRate } from "./wav.js";

export interface Echo {
	/** Lag of the recording behind what was played, in milliseconds. */
	delay: number;
	/** -1 to 1; 1 is the same sound at any loudness. */
	correlation: number;
}

/** Longest lag looked at, in samples (1 s), and the length of sound that the lag is sought with (2 s). */
const longestLag = sampleRate;
const searchLength = 2 * sampleRate;
/** Played sound quieter than this is not yet the sample. */
const activeLevel = 50;

/** Normalised correlation of recorded[from + lag ...] with played[from ...] over `length` samples. */
function correlationAt(played: Int16Array, recorded: Int16Array, from: number, length: number, lag: number): number {
	let cross = 0;
	let playedPower = 0;
	let recordedPower = 0;
	for (let index = from; index < from + length; index++) {
		const p = played[index] as number;
		const r = recorded[index + lag] as number;
		cross += p * r;
		playedPower += p * p;
		recordedPower += r * r;
	}
	return playedPower > 0 && recordedPower > 0 ? cross / Math.sqrt(playedPower * recordedPower) : 0;
}

/**
 * Measures the echo. Sample n of both arrays is of the same instant; all of the played sound from its first audible sample
 * on counts, except for the end whose echo the recording cannot hold. Undefined when nothing was played, nothing recorded, or
 * less than a quarter of a second is left to compare.
 */
export function measureEcho(played: Int16Array, recorded: Int16Array): Echo | undefined {
	const from = played.findIndex((sample) => Math.abs(sample) >= activeLevel);
	const common = Math.min(played.length, recorded.length) - from;
	const lags = Math.min(longestLag, Math.floor(common / 2));
	if (from < 0 || common - lags < sampleRate / 4 || recorded.every((sample) => sample === 0)) return undefined;
	const length = Math.min(searchLength, common - lags);
	let best = 0;
	let bestCorrelation = -2;
	for (let lag = 0; lag < lags; lag++) {
		const correlation = correlationAt(played, recorded, from, length, lag);
		if (correlation <= bestCorrelation) continue;
		best = lag;
		bestCorrelation = correlation;
	}
	return {
		delay: (best * 1000) / sampleRate,
		correlation: correlationAt(played, recorded, from, common - best, best),
	};
}
