/*
 * A timer that is made once and then set and stopped as needed: unlike one made for each use, it makes no garbage.
 */
import Timer from "timer";

export interface Ticker {
	/** Calls back every so many milliseconds from now on, in place of what was set before. */
	every(milliseconds: number): void;
	stop(): void;
}

/** Makes a ticker that stands still; handed to drivers, which know no timers of their own. */
export type MakeTicker = (callback: () => void) => Ticker;

/** Any time: a new timer is held at once. */
const NEVER = 1000;

export class ChipTicker implements Ticker {
	private readonly timer: Timer;

	constructor(callback: () => void) {
		this.timer = Timer.repeat(callback, NEVER);
		Timer.schedule(this.timer);
	}

	every(milliseconds: number): void {
		Timer.schedule(this.timer, milliseconds, milliseconds);
	}

	stop(): void {
		Timer.schedule(this.timer);
	}
}
