/*
 * The moment at which the clocks of a script's phones stand: the same time of day on every run, whatever the computer's clock and zone are.
 */

/** The zone that configuration files of scripts name (tools/boot/files.ts). */
const zone = "Europe/Berlin";

export class Moment {
	/** Milliseconds since 1970 UTC. */
	private readonly start: number;
	/** Milliseconds that have passed since. */
	passed = 0;

	/** @param text of ISO 8601, such as 2026-11-22T12:05Z. Throws when it is no time. */
	constructor(text: string) {
		this.start = Date.parse(text);
		if (!Number.isFinite(this.start) || this.start < 0)
			throw new Error(`'${text}' is no time such as 2026-11-22T12:05Z`);
	}

	/** For a phone's clock: minutes since 1970 UTC. */
	get minutes(): number {
		return Math.floor(this.start / 60_000);
	}

	/** What a call agent in the zone tells: a date whose local fields are the zone's. */
	get local(): Date {
		const parts = new Intl.DateTimeFormat("en-GB", {
			timeZone: zone,
			hourCycle: "h23",
			year: "numeric",
			month: "numeric",
			day: "numeric",
			hour: "numeric",
			minute: "numeric",
			second: "numeric",
		}).formatToParts(this.start + this.passed);
		const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
		return new Date(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
	}
}
