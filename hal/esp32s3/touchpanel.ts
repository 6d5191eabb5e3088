/*
 * A touch panel, looked at at regular times: on boards that can be bought the interrupt of its controller goes through other chips.
 */
import type { TouchController, TouchEvents } from "hal/drivers/common/chips";
import type { MakeTicker } from "hal/esp32s3/ticker";

const NOBODY = -1;

/** Milliseconds between looks: no finger is faster than two of them. */
const STEP = 25;
/** Looks without an answer that are forgiven: the controller sleeps, or the bus is busy. */
const FORGIVEN = 3;

export interface TouchListener {
	/** A finger is at this point of the panel. */
	touch(x: number, y: number): void;
	/** No finger is down. */
	release(): void;
}

export class TouchPanel implements TouchEvents {
	private readonly controller: TouchController;
	private readonly listener: TouchListener;
	private silent = 0;
	/** The controller's number of the finger that was told last. */
	private finger = NOBODY;

	constructor(controller: TouchController, listener: TouchListener, ticker: MakeTicker) {
		this.controller = controller;
		this.listener = listener;
		ticker(() => this.look()).every(STEP);
	}

	private look(): void {
		try {
			this.controller.sample(this);
			this.silent = 0;
		} catch {
			this.silent += 1;
			if (this.silent === FORGIVEN) this.release();
		}
	}

	touch(finger: number, x: number, y: number): void {
		// one finger went up while another was down already: that is a press of its own
		if (finger !== this.finger && this.finger !== NOBODY) this.release();
		this.finger = finger;
		this.listener.touch(x, y);
	}

	release(): void {
		this.finger = NOBODY;
		this.listener.release();
	}
}
