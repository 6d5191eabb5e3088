/*
 * Moddable's `time` on the host: monotonic milliseconds and the difference of two of them.
 */
const Time = Object.freeze({
	get ticks(): number {
		return native("xs_time_ticks").call(Time);
	},

	/** Milliseconds from `start` to `end` (now when absent), across a wrap of {@link ticks}. */
	delta(start: number, end?: number): number {
		return ((end ?? Time.ticks) - start) & 0x7fffffff;
	},
});

export default Time;
