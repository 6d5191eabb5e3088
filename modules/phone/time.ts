/*
 * Calendar arithmetic for the time that the call agent gives (TimeDateRes: its local time, month 1-12). Seconds count
 * from 1970 in that local time.
 */

const monthDays = Object.freeze([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]);

export function isLeap(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of a year before the first of a month (1-12). */
export function daysBefore(year: number, month: number): number {
	return (monthDays[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);
}

/** Seconds since 1970 of a date (month 1-12, day 1-31) and time of day. */
export function toSeconds(
	year: number,
	month: number,
	day: number,
	hour: number,
	minute: number,
	second: number,
): number {
	const before = year - 1;
	// 477 leap days lie before 1970
	const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
	const days = (year - 1970) * 365 + leapDays + daysBefore(year, month) + day - 1;
	return days * 86400 + hour * 3600 + minute * 60 + second;
}
