/*
 * The phone's clock over the SDK's timers and the chip's microsecond counter.
 */
import { setTime, ticks } from "hal/esp32s3/chip";
import type { Clock, TimerHandle } from "hal/hardware";
import Timer from "timer";

/** Before this the chip's calendar has not been set since it lost power: 2024-01-01 in seconds since 1970. */
const EARLIEST = 1704067200;

export class ChipClock implements Clock {
	get ticks(): number {
		return ticks();
	}

	get wallClock(): number {
		const now = Math.floor(Date.now() / 1000);
		return now < EARLIEST ? 0 : now;
	}

	setWallClock(seconds: number): void {
		setTime(seconds);
	}

	after(milliseconds: number, callback: () => void): TimerHandle {
		return Timer.set(callback, milliseconds);
	}

	every(milliseconds: number, callback: () => void): TimerHandle {
		return Timer.repeat(callback, milliseconds);
	}

	/** Clearing a timer that has fired, or was cleared before, does nothing. */
	cancel(handle: TimerHandle | undefined): void {
		if (handle !== undefined) Timer.clear(handle as Timer);
	}
}
