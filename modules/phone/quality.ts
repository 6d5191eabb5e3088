/*
 * The text on quality in ConnectionStatisticsRes, in the form that call agents read by the version of the message's header
 * (as chan-sccp tells them apart): names and values joined by semicolons, another order of them from version 22, and the
 * log line of versions 20 and 21.
 */
import { Statistic } from "hal/hardware";
import type { Writer } from "sccp/writer";

/** A name as it stands in the text, and the counter whose value follows; scores and ratios are in 1/10000. */
type Named = readonly [name: string, statistic: number, fraction: boolean];

/** The same with the name's octets: to take them from a string, the engine makes an object each time. */
type Item = readonly [octets: readonly number[], statistic: number, fraction: boolean];

/** Stands for the version of the algorithm, in 1/10000, where a counter would stand. */
const algorithm = -1;
/** 0.95, which Cisco's phones tell for scores from concealment. */
const algorithmVersion = 9500;

function octets(name: string): readonly number[] {
	return Object.freeze(Array.from(name, (letter) => letter.charCodeAt(0)));
}

function list(...items: readonly Named[]): readonly Item[] {
	return Object.freeze(items.map((item) => Object.freeze([octets(item[0]), item[1], item[2]] as const)));
}

const early = list(
	["MLQK=", Statistic.mos, true],
	[";MLQKav=", Statistic.mosAverage, true],
	[";MLQKmn=", Statistic.mosMinimum, true],
	[";MLQKmx=", Statistic.mosMaximum, true],
	[";MLQKvr=", algorithm, true],
	[";CCR=", Statistic.concealmentRatio, true],
	[";ICR=", Statistic.concealmentInterval, true],
	[";ICRmx=", Statistic.concealmentIntervalMaximum, true],
	[";CS=", Statistic.concealedSeconds, false],
	[";SCS=", Statistic.severelyConcealedSeconds, false],
);

const logged = list(
	["Log 1: mos ", Statistic.mos, true],
	[", avgMos ", Statistic.mosAverage, true],
	[", maxMos ", Statistic.mosMaximum, true],
	[", minMos ", Statistic.mosMinimum, true],
	[", CS ", Statistic.concealedSeconds, false],
	[", SCS ", Statistic.severelyConcealedSeconds, false],
	[", CCR ", Statistic.concealmentRatio, true],
	[", ICR ", Statistic.concealmentInterval, true],
	[", maxCR ", Statistic.concealmentIntervalMaximum, true],
);

const late = list(
	["MLQK=", Statistic.mos, true],
	[";MLQKav=", Statistic.mosAverage, true],
	[";MLQKmn=", Statistic.mosMinimum, true],
	[";MLQKmx=", Statistic.mosMaximum, true],
	[";ICR=", Statistic.concealmentInterval, true],
	[";CCR=", Statistic.concealmentRatio, true],
	[";ICRmx=", Statistic.concealmentIntervalMaximum, true],
	[";CS=", Statistic.concealedSeconds, false],
	[";SCS=", Statistic.severelyConcealedSeconds, false],
	[";MLQKvr=", algorithm, true],
);

/** Writes `digits` digits or as many as the number has; returns where they end. No string is made. */
function writeNumber(writer: Writer, at: number, value: number, digits: number): number {
	let count = digits;
	for (let limit = 10 ** digits; value >= limit; limit *= 10) count += 1;
	let rest = value;
	for (let i = count - 1; i >= 0; i -= 1) {
		writer.u8(at + i, 0x30 + (rest % 10));
		rest = Math.floor(rest / 10);
	}
	return at + count;
}

/**
 * Writes the text at an offset of the message begun, in the form of the writer's version.
 * @returns its length in octets.
 */
export function writeQuality(writer: Writer, offset: number, counters: Uint32Array): number {
	const items = writer.version < 20 ? early : writer.version < 22 ? logged : late;
	let at = offset;
	for (let i = 0; i < items.length; i += 1) {
		const item = items[i] as Item;
		const name = item[0];
		const statistic = item[1];
		for (let k = 0; k < name.length; k += 1, at += 1) writer.u8(at, name[k] as number);
		const value = statistic === algorithm ? algorithmVersion : (counters[statistic] as number);
		if (!item[2]) {
			at = writeNumber(writer, at, value, 1);
			continue;
		}
		at = writeNumber(writer, at, Math.floor(value / 10000), 1);
		writer.u8(at, 0x2e);
		at = writeNumber(writer, at + 1, value % 10000, 4);
	}
	return at - offset;
}
