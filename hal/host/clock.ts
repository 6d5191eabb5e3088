/*
 * The phone's clock on the host: monotonic time, the system's wall clock or the phone's own once it is set, timers on the loop.
 */

import type { Clock, TimerHandle } from "hal/hardware";
import { Program } from "hal/host/program";
import Time from "time";
import Timer from "timer";

type MutableTimer = Parameters<typeof Timer.clear>[0];

export class HostClock implements Clock {
	/** Seconds that the phone's clock is ahead of the system's. */
	private offset = 0;

	get ticks(): number {
		return Time.ticks;
	}

	get wallClock(): number {
		return Program.wallClock + this.offset;
	}

	/** The system's clock is not the phone's to set: what differs is kept here. */
	setWallClock(seconds: number): void {
		this.offset = seconds - Program.wallClock;
	}

	after(milliseconds: number, callback: () => void): TimerHandle {
		return Timer.set(callback, milliseconds);
	}

	every(milliseconds: number, callback: () => void): TimerHandle {
		return Timer.repeat(callback, milliseconds);
	}

	cancel(handle: TimerHandle | undefined): void {
		Timer.clear(handle as MutableTimer);
	}
}
