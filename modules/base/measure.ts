/*
 * A measure for what anybody may cause at any rate: so many in a span of time, the rest is counted. Lines of the log go by it, since a
 * call agent, a server or a stranger can cause one with each message.
 */

export class Measure {
	private readonly most: number;
	private readonly span: number;
	private since: number;
	private count: number;

	/** @param most how many in `span` milliseconds. */
	constructor(most: number, span: number) {
		this.most = most;
		this.span = span;
		this.since = 0;
		this.count = 0;
	}

	/**
	 * One more. @param ticks the clock's, in ms.
	 * @returns below 0 when it is too many; otherwise how many were too many before it, since the last that was not.
	 */
	take(ticks: number): number {
		let over = 0;
		if (this.count === 0 || ticks - this.since >= this.span) {
			over = Math.max(this.count - this.most, 0);
			this.since = ticks;
			this.count = 0;
		}
		this.count += 1;
		return this.count > this.most ? -1 : over;
	}
}
