/*
 * An orderly end: the phone says good-bye to its call agent before the program goes, but not for ever.
 */

import type { Clock } from "hal/hardware";
import { Program, Status } from "hal/host/program";

/** Milliseconds after which the program ends whatever the phone still waits for. */
const quitTimeout = 2000;

export class Ending {
	private readonly clock: Clock;
	private listener: ((done: () => void) => void) | undefined;
	private begun = false;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	listen(listener: (done: () => void) => void): void {
		this.listener = listener;
	}

	/** Begins the end; a second time ends at once. */
	begin(): void {
		const exit = () => Program.exit(Status.quit);
		if (this.begun || !this.listener) {
			exit();
			return;
		}
		this.begun = true;
		this.clock.after(quitTimeout, exit);
		this.listener(exit);
	}
}
