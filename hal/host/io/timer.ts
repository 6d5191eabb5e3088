/*
 * Moddable's `timer` on the host, over hal/host/timer.c. Times are whole milliseconds.
 */
export type TimerCallback = (timer: object) => void;

const Timer = Object.freeze({
	/** Calls back after `interval` ms, then every `repeat` ms when that is not 0. */
	set(callback: TimerCallback, interval?: number, repeat?: number): object {
		return native("xs_timer_set").call(Timer, callback, interval ?? 0, repeat ?? 0);
	},

	repeat(callback: TimerCallback, interval: number): object {
		return native("xs_timer_repeat").call(Timer, callback, interval);
	},

	/** Sets anew when a timer runs; without `interval` it is held until scheduled again. */
	schedule(timer: object, interval?: number, repeat?: number): void {
		if (interval === undefined) native("xs_timer_schedule").call(Timer, timer);
		else native("xs_timer_schedule").call(Timer, timer, interval, repeat ?? 0);
	},

	/** Ends a timer; one that has ended already, undefined and null are fine. */
	clear(timer: object | undefined | null): void {
		native("xs_timer_clear").call(Timer, timer);
	},
});

export default Timer;
