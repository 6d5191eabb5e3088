/*
 * Makes modules/provisioning/zones.ts: Windows' names of time zones (CLDR's table windowsZones) and how their clocks go (the
 * IANA database), as small as the phone needs it. From a first year on each zone is one pair of yearly changes, or none; what
 * does not follow them stands there change by change up to the last year.
 */
import { createRequire } from "node:module";
import {
	type Change,
	changeIn,
	changesOf,
	databaseVersion,
	type YearlyChange,
	yearlyChanges,
	zoneNames,
} from "./rules.js";

interface Cldr {
	readonly supplemental: {
		readonly windowsZones: {
			readonly mapTimezones: readonly {
				readonly mapZone: { readonly _other: string; readonly _type: string; readonly _territory: string };
			}[];
		};
	};
}

const require = createRequire(import.meta.url);
const cldr = require("cldr-core/supplemental/windowsZones.json") as Cldr;
const { version: cldrVersion } = require("cldr-core/package.json") as { version: string };

/** Years for which zones are worked out; after the last one the yearly changes go on. */
export const firstYear = 2024;
export const lastYear = 2037;

/** Windows' names with the IANA zone of each, in order. */
export function windowsZones(): [name: string, zone: string][] {
	const all = cldr.supplemental.windowsZones.mapTimezones.map(({ mapZone }) => mapZone);
	const first = all.filter(({ _territory }) => _territory === "001");
	return first
		.map(({ _other, _type }): [string, string] => [_other, _type.split(" ")[0] as string])
		.sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What the clocks of a zone show in the years that are worked out, as a text to compare. */
function clocksOf(iana: string): string {
	const begin = Date.UTC(firstYear, 0) / 60_000;
	const changes = changesOf(iana, lastYear);
	const { offset } = changes.filter(({ at }) => at < begin).at(-1) as Change;
	return JSON.stringify([offset, changes.filter(({ at }) => at >= begin)]);
}

/**
 * The IANA names of Windows' zones: those of CLDR's table, and those that the database gives the clocks of one of these. Where CLDR's
 * zone is only one that is near (Casey, Scoresbysund), the name has none.
 */
export function placesOf(): ReadonlyMap<string, readonly string[]> {
	const windows = new Map<string, string>();
	for (const { mapZone } of cldr.supplemental.windowsZones.mapTimezones)
		for (const name of mapZone._type.split(" ")) windows.set(name, mapZone._other);
	const names = zoneNames();
	const shared = new Map<string, string>();
	for (const [name, zone] of names) {
		const known = windows.get(name);
		if (known !== undefined && (name === zone || !shared.has(zone))) shared.set(zone, known);
	}
	const places = new Map<string, string[]>();
	const clocks = new Map(windowsZones().map(([windowsName, iana]) => [windowsName, clocksOf(iana)]));
	for (const [name, zone] of names) {
		const known = windows.get(name) ?? shared.get(zone);
		if (known !== undefined && clocks.get(known) === clocksOf(name))
			places.set(known, [...(places.get(known) ?? []), name]);
	}
	return places;
}

/** Longer lines are broken. */
const lineLength = 110;

interface Zone {
	readonly name: string;
	/** Offset at the beginning of the first year. */
	readonly offset: number;
	readonly singles: readonly Change[];
	readonly yearly: readonly YearlyChange[];
}

/** Whether a year's changes are those that the yearly ones say. */
function follows(changes: readonly Change[], yearly: readonly YearlyChange[], year: number): boolean {
	const begin = Date.UTC(year, 0) / 60_000;
	const end = Date.UTC(year + 1, 0) / 60_000;
	const actual = changes.filter(({ at }) => at >= begin && at < end);
	return (
		actual.length === yearly.length &&
		yearly.every((change, i) => actual[i]?.at === changeIn(year, change) && actual[i].offset === change.offset)
	);
}

function zoneOf(name: string, iana: string): Zone {
	const changes = changesOf(iana, lastYear);
	const candidate = yearlyChanges(iana, lastYear);
	const begin = Date.UTC(firstYear, 0) / 60_000;
	const offset = (changes.filter(({ at }) => at < begin).at(-1) as Change).offset;
	// two changes a year or none; all else is written out
	const yearly = candidate.length === 2 && follows(changes, candidate, lastYear) ? candidate : [];
	let year = lastYear;
	while (year >= firstYear && follows(changes, yearly, year)) year -= 1;
	const end = Date.UTC(year + 1, 0) / 60_000;
	const singles = changes.filter(({ at }) => at >= begin && at < end);
	// where yearly changes begin only later, a last single one that changes nothing says when
	if (yearly.length > 0 && year >= firstYear) singles.push({ at: end, offset: (singles.at(-1) ?? { offset }).offset });
	return { name, offset, singles, yearly };
}

/** The module's source. */
export function generate(): string {
	const zones = windowsZones().map(([name, iana]) => zoneOf(name, iana));
	const rules: string[] = [];
	const ruleOf = ({ yearly }: Zone): number => {
		if (yearly.length === 0) return -1;
		const text = yearly
			.map(({ month, day, weekday, minutes, offset }) => `${month}, ${day}, ${weekday}, ${minutes}, ${offset}`)
			.join(", ");
		if (!rules.includes(text)) rules.push(text);
		return rules.indexOf(text);
	};
	const lines = zones.map((zone) => {
		const numbers = [zone.offset, ruleOf(zone), ...zone.singles.flatMap(({ at, offset }) => [at, offset])];
		const parts = [`"${zone.name}"`, ...numbers.map(String)];
		const line = `\t[${parts.join(", ")}],`;
		// as the formatter has it
		return line.length < lineLength ? line : `\t[\n${parts.map((part) => `\t\t${part},`).join("\n")}\n\t],`;
	});
	const places = placesOf();
	const placeLines = zones.map(({ name }) => `\t" ${[...(places.get(name) ?? [])].sort().join(" ").toLowerCase()} ",`);
	return `/*
 * Time zones by Windows' names: made by tools/zones of CLDR ${cldrVersion} and the IANA database ${databaseVersion}. Do not change it by hand; \`npm run
 * zones\` writes it anew. Right from ${firstYear} on.
 */

/**
 * Two changes a year in order, each as month (1-12), day and weekday (0 Sunday: the first one from that day on; -1: that day),
 * minutes UTC from the midnight that begins it, and minutes east of Greenwich from then on.
 */
export const rules: readonly (readonly number[])[] = Object.freeze([
${rules.map((text) => `\t[${text}],`).join("\n")}
]);
for (const rule of rules) Object.freeze(rule);

/**
 * Zones in alphabetical order: name, minutes east of Greenwich at first, index of the yearly changes (-1 when there are none), then
 * single changes as minutes since 1970 UTC and minutes east of Greenwich from then on. Yearly changes hold after the last one.
 */
export const zones: readonly (readonly [string, number, number, ...number[]])[] = Object.freeze([
${lines.join("\n")}
] as const);
for (const zone of zones) Object.freeze(zone);

/** The names that the IANA database has for each of these, in small letters with a space before and behind. */
export const places: readonly string[] = Object.freeze([
${placeLines.join("\n")}
]);
`;
}
