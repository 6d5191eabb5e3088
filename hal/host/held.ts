/*
 * A clock that stands still and moves when it is told to, for pictures and tests that are to be the same each time: all that the phone does
 * by time, it does in order while the clock is moved, however fast or busy the machine is.
 */
import type { Clock, TimerHandle } from "hal/hardware";
import Timer from "timer";

class HeldTimer {
	due: number;
	readonly period: number;
	readonly callback: () => void;

	constructor(due: number, period: number, callback: () => void) {
		this.due = due;
		this.period = period;
		this.callback = callback;
	}
}

export class HeldClock implements Clock {
	ticks = 0;
	/** Seconds since 1970 UTC at tick 0. */
	private start: number;
	private readonly timers: HeldTimer[] = [];

	/** @param start seconds since 1970 UTC at which it stands. */
	constructor(start: number) {
		this.start = start;
	}

	get wallClock(): number {
		return this.start + Math.floor(this.ticks / 1000);
	}

	setWallClock(seconds: number): void {
		this.start = seconds - Math.floor(this.ticks / 1000);
	}

	after(milliseconds: number, callback: () => void): TimerHandle {
		const timer = this.add(Math.max(0, milliseconds), 0, callback);
		// what is only to wait for the end of what runs now needs no time
		if (milliseconds <= 0) Timer.set(() => this.pass(0), 0);
		return timer;
	}

	every(milliseconds: number, callback: () => void): TimerHandle {
		const period = Math.max(1, milliseconds);
		return this.add(period, period, callback);
	}

	cancel(handle: TimerHandle | undefined): void {
		const index = this.timers.indexOf(handle as HeldTimer);
		if (index >= 0) this.timers.splice(index, 1);
	}

	/** Moves on; what falls due meanwhile is called in its order, each at its own time. */
	pass(milliseconds: number): void {
		const end = this.ticks + milliseconds;
		for (let next = this.next(end); next !== undefined; next = this.next(end)) {
			if (next.due > this.ticks) this.ticks = next.due;
			if (next.period > 0) next.due += next.period;
			else this.cancel(next);
			next.callback();
		}
		this.ticks = end;
	}

	private add(milliseconds: number, period: number, callback: () => void): HeldTimer {
		const timer = new HeldTimer(this.ticks + milliseconds, period, callback);
		this.timers.push(timer);
		return timer;
	}

	/** The timer that falls due first by `end`, of several the one that was set first. */
	private next(end: number): HeldTimer | undefined {
		let next: HeldTimer | undefined;
		for (let i = 0; i < this.timers.length; i += 1) {
			const timer = this.timers[i] as HeldTimer;
			if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
		}
		return next;
	}
}
