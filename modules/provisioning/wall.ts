/*
 * The time on the wall: the body's clock (UTC, set by NTP) in the time zone of the configuration, with daylight saving. Zones bear
 * the names of Windows, of CallManager, which writes 'W. Europe Standard/Daylight Time' for 'W. Europe Standard Time', or of the IANA
 * database, such as 'Europe/Berlin'.
 */
import { daysTo, weekdayOf, yearOf } from "base/calendar";
import type { Clock } from "hal/hardware";
import { places, rules, zones } from "provisioning/zones";

/** CallManager's own names, in small letters, and what Windows calls those zones. */
const aliases: readonly (readonly [string, string])[] = Object.freeze([
	["jerusalem standard time", "Israel Standard Time"],
	["saudi arabia standard time", "Arab Standard Time"],
	["mexico standard time", "Central Standard Time (Mexico)"],
	["mexico standard time 2", "Mountain Standard Time (Mexico)"],
	["mid-atlantic standard time", "UTC-02"],
	["south america standard time", "E. South America Standard Time"],
	["armenian standard time", "Caucasus Standard Time"],
	["gmt", "UTC"],
] as const);
for (const alias of aliases) Object.freeze(alias);

const both = " standard/daylight time";
const daylight = " daylight time";
const standard = " standard time";
const minutesOfDay = 1440;
/** Numbers of one yearly change in `rules`: month, day, weekday, minutes, offset. */
const ruleLength = 5;
/** Where single changes begin in a zone's row. */
const firstSingle = 3;

function normalised(name: string): string {
	const small = name.trim().toLowerCase();
	for (const ending of [both, daylight]) {
		const at = small.indexOf(ending);
		if (at > 0) return small.slice(0, at) + standard + small.slice(at + ending.length);
	}
	return small;
}

/** Number of the zone with a name of Windows, of CallManager or of the IANA database, -1 when there is none. */
export function findZone(name: string): number {
	let wanted = normalised(name);
	for (const [alias, windows] of aliases) if (alias === wanted) wanted = windows.toLowerCase();
	for (let zone = 0; zone < zones.length; zone += 1) {
		if (zones[zone]?.[0].toLowerCase() === wanted) return zone;
	}
	const place = ` ${wanted} `;
	// no place has a space in its name
	return wanted === "" || wanted.includes(" ") ? -1 : places.findIndex((names) => names.includes(place));
}

/** Minutes since 1970 UTC of a yearly change, which begins at `from` of a row of `rules`, in a year. */
function changeIn(year: number, rule: readonly number[], from: number): number {
	let day = daysTo(year, rule[from] as number, rule[from + 1] as number);
	const weekday = rule[from + 2] as number;
	if (weekday >= 0) day += (weekday - weekdayOf(day) + 7) % 7;
	return day * minutesOfDay + (rule[from + 3] as number);
}

/** Minutes east of Greenwich of a zone (its number) at a moment in seconds since 1970 UTC. Makes no garbage. */
export function offsetAt(zone: number, seconds: number): number {
	const row = zones[zone];
	if (row === undefined) return 0;
	const minutes = Math.floor(seconds / 60);
	let offset = row[1];
	let index = firstSingle;
	for (; index < row.length && (row[index] as number) <= minutes; index += 2) {
		offset = row[index + 1] as number;
	}
	const rule = rules[row[2]];
	if (rule === undefined || index < row.length) return offset;
	const year = yearOf(Math.floor(minutes / minutesOfDay));
	const first = changeIn(year, rule, 0);
	const second = changeIn(year, rule, ruleLength);
	if (minutes >= first && minutes < second) return rule[ruleLength - 1] as number;
	return rule[2 * ruleLength - 1] as number;
}

/** The body's clock in a zone. */
export class WallTime {
	private readonly clock: Clock;
	private zone = -1;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	/** Sets the zone by its name; '' for none. False when the name is not known, and then there is none. */
	setZone(name: string): boolean {
		this.zone = name === "" ? -1 : findZone(name);
		return name === "" || this.zone >= 0;
	}

	/** Seconds since 1970 in local time, -1 while zone or clock are not known. */
	get localSeconds(): number {
		const { wallClock } = this.clock;
		return this.zone < 0 || wallClock <= 0 ? -1 : wallClock + offsetAt(this.zone, wallClock) * 60;
	}
}
