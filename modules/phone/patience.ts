/*
 * How long the user waits for the call agent to answer a key before the display says that it does not. Any message is an answer; digits
 * of a number after the first one have none, and those of a call have none at all.
 */
import type { Clock, TimerHandle } from "hal/hardware";

/** In ms. */
const limit = 4000;

export class Patience {
	private readonly clock: Clock;
	private readonly heard: () => number;
	private before = 0;
	private timer: TimerHandle | undefined = undefined;
	private readonly expire: () => void;

	/** @param heard counts messages of the call agent. @param unanswered is called when none has come in time. */
	constructor(clock: Clock, heard: () => number, unanswered: () => void) {
		this.clock = clock;
		this.heard = heard;
		this.expire = () => {
			this.timer = undefined;
			if (this.heard() === this.before) unanswered();
		};
	}

	/** A key has gone to the call agent. */
	begin(): void {
		const heard = this.heard();
		// the first key without an answer counts
		if (this.timer !== undefined && heard === this.before) return;
		this.end();
		this.before = heard;
		this.timer = this.clock.after(limit, this.expire);
	}

	/** There is nobody to wait for. */
	end(): void {
		this.clock.cancel(this.timer);
		this.timer = undefined;
	}
}
