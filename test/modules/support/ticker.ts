// A ticker of the board's drivers that a spec's clock moves.
import type { FakeClock } from "./fakes.js";

export class FakeTicker {
	/** Times that it was set, to see that nothing runs without need. */
	sets = 0;
	running = false;
	private readonly clock: FakeClock;
	private readonly callback: () => void;
	private handle: object | number | undefined = undefined;

	constructor(clock: FakeClock, callback: () => void) {
		this.clock = clock;
		this.callback = callback;
	}

	every(milliseconds: number): void {
		this.stop();
		this.sets += 1;
		this.running = true;
		this.handle = this.clock.every(milliseconds, this.callback);
	}

	stop(): void {
		this.clock.cancel(this.handle);
		this.handle = undefined;
		this.running = false;
	}
}
