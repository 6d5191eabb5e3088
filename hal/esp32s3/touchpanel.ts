/*
 * A touch panel with a controller of FocalTech's FT6x36 family (FT6336, FT3168), looked at at regular times: on boards that can be
 * bought its interrupt goes through other chips.
 */
import type { Registers } from "hal/esp32s3/registers";
import type { MakeTicker } from "hal/esp32s3/ticker";

const Register = Object.freeze({ fingers: 0x02, xHigh: 0x03, xLow: 0x04, yHigh: 0x05, yLow: 0x06 });

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

export class TouchPanel {
	readonly #registers: Registers;
	readonly #listener: TouchListener;
	#silent = 0;

	/** Throws when the controller does not answer. */
	constructor(registers: Registers, listener: TouchListener, ticker: MakeTicker) {
		this.#registers = registers;
		this.#listener = listener;
		registers.read(Register.fingers);
		ticker(() => this.#look()).every(STEP);
	}

	#look(): void {
		try {
			this.#read();
			this.#silent = 0;
		} catch {
			this.#silent += 1;
			if (this.#silent === FORGIVEN) this.#listener.release();
		}
	}

	#read(): void {
		const registers = this.#registers;
		const fingers = registers.read(Register.fingers) & 15;
		if (fingers === 0 || fingers > 2) {
			this.#listener.release();
			return;
		}
		const x = ((registers.read(Register.xHigh) & 15) << 8) | registers.read(Register.xLow);
		const y = ((registers.read(Register.yHigh) & 15) << 8) | registers.read(Register.yLow);
		this.#listener.touch(x, y);
	}
}
