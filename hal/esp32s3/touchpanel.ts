/*
 * A touch panel with a controller of FocalTech's FT6x36 family (FT6336, FT3168), looked at at regular times: on boards that can be
 * bought its interrupt goes through other chips. The registers are those of FocalTech's FT6x36; both controllers count on through them
 * in one transfer, as the SDK's drivers ft6206.js and ft3168.js read them.
 */
import type { Registers } from "hal/esp32s3/registers";
import type { MakeTicker } from "hal/esp32s3/ticker";

/** The count of fingers; after it come the first one's x and y, high octet first. */
const FINGERS = 0x02;
const FINGERS_MOST = 2;
/** What the high octet of x has besides: the finger was lifted. The other events come with a finger that is down. */
const LIFTED = 1;
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

export class TouchPanel {
	readonly #registers: Registers;
	readonly #listener: TouchListener;
	#silent = 0;
	/** The controller's number of the finger that was told last. */
	#finger = NOBODY;

	/** Throws when the controller does not answer. */
	constructor(registers: Registers, listener: TouchListener, ticker: MakeTicker) {
		this.#registers = registers;
		this.#listener = listener;
		registers.read(FINGERS);
		ticker(() => this.#look()).every(STEP);
	}

	#look(): void {
		try {
			this.#read();
			this.#silent = 0;
		} catch {
			this.#silent += 1;
			if (this.#silent === FORGIVEN) this.#release();
		}
	}

	/** All in one transfer: in two, the octets of a finger on its way from 255 to 256 would be those of 511. */
	#read(): void {
		const octets = this.#registers.readFive(FINGERS);
		const fingers = (octets[0] as number) & 15;
		const xHigh = octets[1] as number;
		const yHigh = octets[3] as number;
		const x = ((xHigh & 15) << 8) | (octets[2] as number);
		const y = ((yHigh & 15) << 8) | (octets[4] as number);
		if (fingers === 0 || fingers > FINGERS_MOST || xHigh >> 6 === LIFTED) {
			this.#release();
			return;
		}
		// one finger went up while another was down already: that is a press of its own
		const finger = yHigh >> 4;
		if (finger !== this.#finger && this.#finger !== NOBODY) this.#release();
		this.#finger = finger;
		this.#listener.touch(x, y);
	}

	#release(): void {
		this.#finger = NOBODY;
		this.#listener.release();
	}
}
