/*
 * The IANA time zone database as the package tzdata has it (zone lines and rule lines as JSON), worked out: when the clocks of a
 * zone change, and by which yearly rules they go on changing.
 */
import { createRequire } from "node:module";

/** Minutes west of Greenwich, name of the rules (or '-', or a saving such as '1:00'), format, end in ms since 1970 (null: none). */
type ZoneLine = readonly [offset: string, rules: string, format: string, until: string | number | null];
/** First and last year, type, month, day, [hour, minute, second, kind of time], minutes saved, letter. */
type RuleLine = readonly [
	string,
	string,
	string,
	string,
	string,
	readonly [string, string, string, string | null],
	string,
	string,
];

interface Database {
	readonly version: string;
	readonly zones: Readonly<Record<string, string | readonly ZoneLine[]>>;
	readonly rules: Readonly<Record<string, readonly RuleLine[]>>;
}

const database = createRequire(import.meta.url)("tzdata") as Database;

/** Release of the database, such as '2026d'. */
export const databaseVersion = database.version;

/** A change every year: on the first `weekday` (0 Sunday; -1 any) from `day` of `month` (1-12) on, `minutes` UTC from its midnight. */
export interface YearlyChange {
	readonly month: number;
	readonly day: number;
	readonly weekday: number;
	readonly minutes: number;
	/** Minutes east of Greenwich from then on. */
	readonly offset: number;
}

/** A single change. */
export interface Change {
	/** Minutes since 1970 UTC. */
	readonly at: number;
	readonly offset: number;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const minutesOfDay = 1440;

function daysOf(month: number): number {
	// 29 February never matters: no rule looks for the last weekday of February
	return [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] as number;
}

/** The day of a rule as 'first weekday from a day on'. */
function dayOf(text: string, month: number): { day: number; weekday: number } {
	const last = /^last(\w{3})$/.exec(text);
	if (last) return { day: daysOf(month) - 6, weekday: weekdays.indexOf(last[1] as string) };
	const relative = /^(\w{3})([<>])=(\d+)$/.exec(text);
	if (!relative) return { day: Number(text), weekday: -1 };
	const day = Number(relative[3]);
	return { day: relative[2] === ">" ? day : day - 6, weekday: weekdays.indexOf(relative[1] as string) };
}

/** Minutes since 1970 of a yearly change in a year. */
export function changeIn(year: number, { month, day, weekday, minutes }: YearlyChange): number {
	const first = Date.UTC(year, month - 1, day) / 60_000;
	const ahead = weekday < 0 ? 0 : (weekday - new Date(first * 60_000).getUTCDay() + 7) % 7;
	return first + ahead * minutesOfDay + minutes;
}

function appliesIn(year: number, [from, to]: RuleLine): boolean {
	return Number(from) <= year && (to === "max" || (to === "only" ? Number(from) === year : Number(to) >= year));
}

/** Names of all zones, and of each the one whose clocks it shares. */
export function zoneNames(): [name: string, zone: string][] {
	const target = (name: string): string => {
		const entry = database.zones[name];
		return typeof entry === "string" ? target(entry) : name;
	};
	return Object.keys(database.zones)
		.filter((name) => name !== "Factory")
		.map((name) => [name, target(name)]);
}

/** A rule line as a yearly change: `standard` is the zone's offset, `saving` what holds before the change. */
function yearly([, , , monthName, dayText, time, saved]: RuleLine, standard: number, saving: number): YearlyChange {
	const month = months.indexOf(monthName) + 1;
	const local = Number(time[0]) * 60 + Number(time[1]);
	const behind = time[3] === "u" ? 0 : time[3] === "s" ? standard : standard + saving;
	return { month, ...dayOf(dayText, month), minutes: local - behind, offset: standard + Number(saved) };
}

/** Rule lines of a year in the order in which they come. */
function rulesIn(year: number, name: string): RuleLine[] {
	const lines = (database.rules[name] ?? []).filter((line) => appliesIn(year, line));
	const place = (line: RuleLine) => changeIn(year, yearly(line, 0, 0));
	return lines.sort((first, second) => place(first) - place(second));
}

function linesOf(zone: string): readonly ZoneLine[] {
	const entry = database.zones[zone];
	if (entry === undefined) throw new Error(`the time zone database has no ${zone}`);
	return typeof entry === "string" ? linesOf(entry) : entry;
}

/** Minutes of a saving such as '1:00'; undefined for the name of rules. */
function fixedSaving(rules: string): number | undefined {
	if (rules === "-") return 0;
	const match = /^(\d+):(\d+)$/.exec(rules);
	return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** All changes of a zone up to the end of a year; the first holds from the beginning of time. */
export function changesOf(zone: string, lastYear: number): Change[] {
	const changes: Change[] = [];
	const add = (at: number, offset: number) => {
		const previous = changes[changes.length - 1];
		if (previous?.at === at) changes.pop();
		if (changes[changes.length - 1]?.offset !== offset) changes.push({ at, offset });
	};
	let from = Number.NEGATIVE_INFINITY;
	let saving = 0;
	for (const [west, rules, , until] of linesOf(zone)) {
		const standard = -Math.round(Number(west));
		const to = until === null ? Date.UTC(lastYear + 1, 0) / 60_000 : Number(until) / 60_000;
		const fixed = fixedSaving(rules);
		if (fixed !== undefined) saving = fixed;
		else if (from > Number.NEGATIVE_INFINITY) saving = savingAt(rules, standard, from);
		add(from, standard + saving);
		for (let year = 1900; fixed === undefined && year <= lastYear; year += 1) {
			for (const line of rulesIn(year, rules)) {
				const change = yearly(line, standard, saving);
				const at = changeIn(year, change);
				if (at < from || at >= to) continue;
				saving = Number(line[6]);
				add(at, change.offset);
			}
		}
		from = to;
	}
	return changes;
}

/** What rules save at a moment, in minutes: by the latest of their changes before it. */
function savingAt(rules: string, standard: number, moment: number): number {
	let saving = 0;
	const until = new Date(moment * 60_000).getUTCFullYear();
	for (let year = 1900; year <= until; year += 1) {
		for (const line of rulesIn(year, rules)) {
			if (changeIn(year, yearly(line, standard, saving)) <= moment) saving = Number(line[6]);
		}
	}
	return saving;
}

/** The yearly changes of a zone as they are in a year; none where the clocks stay. */
export function yearlyChanges(zone: string, year: number): YearlyChange[] {
	const last = linesOf(zone).at(-1) as ZoneLine;
	if (fixedSaving(last[1]) !== undefined) return [];
	const standard = -Math.round(Number(last[0]));
	const lines = rulesIn(year, last[1]);
	let saving = Number(lines.at(-1)?.[6] ?? 0);
	return lines.map((line) => {
		const change = yearly(line, standard, saving);
		saving = Number(line[6]);
		return change;
	});
}
