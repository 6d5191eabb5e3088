/*
 * Days of the civil (Gregorian) calendar, counted from 1 January 1970. Nothing here makes garbage, as `Date` would.
 */

/** Weekday of day 0, 0 being Sunday. */
const firstWeekday = 4;

/** The day since 1970 of a date (month 1-12). */
export function daysTo(year: number, month: number, day: number): number {
	// March begins the year, so that a leap day ends it
	const shifted = month > 2 ? year : year - 1;
	const fromMarch = month > 2 ? month - 3 : month + 9;
	const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
	return shifted * 365 + leaps + Math.floor((153 * fromMarch + 2) / 5) + day - 719469;
}

/** The year in which a day lies. */
export function yearOf(days: number): number {
	const year = 1970 + Math.floor(days / 365.2425);
	if (days < daysTo(year, 1, 1)) return year - 1;
	return days >= daysTo(year + 1, 1, 1) ? year + 1 : year;
}

/** The month (1-12) in which a day lies. @param year in which it lies. */
export function monthOf(days: number, year = yearOf(days)): number {
	let month = 12;
	while (days < daysTo(year, month, 1)) month -= 1;
	return month;
}

/** The day of the month (1-31) of a day. @param year and month in which it lies. */
export function dayOf(days: number, year = yearOf(days), month = monthOf(days, year)): number {
	return days - daysTo(year, month, 1) + 1;
}

/** The weekday of a day, 0 Sunday to 6. */
export function weekdayOf(days: number): number {
	return (((days + firstWeekday) % 7) + 7) % 7;
}

/** Seconds since 1970 of a date (month 1-12) and time of day. */
export function toSeconds(
	year: number,
	month: number,
	day: number,
	hour: number,
	minute: number,
	second: number,
): number {
	return daysTo(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}
