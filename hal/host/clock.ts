/*
 * The phone's clock on the host: monotonic time, the system's wall clock, timers on the loop.
 */

import type { Clock, TimerHandle } from "hal/hardware";
import { Program } from "hal/host/program";
import Time from "time";
import Timer from "timer";

type MutableTimer = Parameters<typeof Timer.clear>[0];

export class HostClock implements Clock {
	get ticks(): number {
		return Time.ticks;
	}

	get wallClock(): number {
		return Program.wallClock;
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
