/*
 * The hours of the display's light as a configuration gives them: the time of day at which it goes on, for how long, and days on which it
 * does not, as on Cisco's 7970. Outside of them an idle phone is dark.
 */
import { weekdayOf } from "base/calendar";

/** What a configuration says of them, in its own words. */
export interface DisplayHours {
	/** Days without any, a mask: bit 0 Sunday. */
	readonly daysDisplayNotActive: number;
	/** Minutes after midnight, -1 for midnight. */
	readonly displayOnTime: number;
	/** Minutes; 0 and -1 last until midnight. */
	readonly displayOnDuration: number;
}

const minutesOfDay = 1440;

/** Whether a moment, in seconds since 1970 in local time, lies within the hours of its day, or in those of the day before that go on beyond midnight. */
export function isLit(seconds: number, hours: DisplayHours): boolean {
	const { daysDisplayNotActive: days, displayOnTime, displayOnDuration } = hours;
	const minutes = Math.floor(seconds / 60);
	const day = Math.floor(minutes / minutesOfDay);
	const minute = minutes - day * minutesOfDay;
	const weekday = weekdayOf(day);
	const from = Math.max(displayOnTime, 0);
	const to = displayOnDuration > 0 ? from + displayOnDuration : minutesOfDay;
	if (minute >= from && minute < to && (days & (1 << weekday)) === 0) return true;
	return minute + minutesOfDay < to && (days & (1 << ((weekday + 6) % 7))) === 0;
}
