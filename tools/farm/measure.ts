/*
 * Figures: ranges of those that are given, percentiles of many measurements by the nearest-rank method, so that each is a value that was measured.
 */

/** Of times in milliseconds. All are 0 where nothing was measured. */
export interface Spread {
	readonly count: number;
	readonly mean: number;
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
	readonly max: number;
}

/** Throws a RangeError for a number that is none, or out of a range. */
export function checkRange(name: string, value: number, least: number, most: number): void {
	if (!(value >= least && value <= most))
		throw new RangeError(`${name}: a number from ${least} to ${most} expected, not ${value}`);
}

function rounded(value: number): number {
	return Math.round(value * 100) / 100;
}

/** The value that so many percent (above 0) of the others do not exceed; `sorted` rises. 0 for none. */
export function percentile(sorted: readonly number[], percent: number): number {
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

export function spread(values: readonly number[]): Spread {
	const sorted = [...values].sort((one, other) => one - other);
	const sum = sorted.reduce((all, value) => all + value, 0);
	const at = (percent: number) => rounded(percentile(sorted, percent));
	return {
		count: sorted.length,
		mean: sorted.length === 0 ? 0 : rounded(sum / sorted.length),
		p50: at(50),
		p95: at(95),
		p99: at(99),
		max: at(100),
	};
}
