/*
 * Touch controllers of FocalTech's FT6x36 family (FT6336, FT3168). The registers are those of FocalTech's FT6x36; both controllers count
 * on through them in one transfer, as the SDK's drivers ft6206.js and ft3168.js read them.
 */
import type { TouchController, TouchControllerOptions, TouchEvents } from "hal/drivers/common/chips";
import { Registers } from "hal/drivers/common/registers";

/** The count of fingers; after it come the first one's x and y, high octet first. */
const FINGERS = 0x02;
const FINGERS_MOST = 2;
/** What the high octet of x has besides: the finger was lifted. The other events come with a finger that is down. */
const LIFTED = 1;

/** Milliseconds of the reset, and until the controller answers after it (the SDK's ft3168.js). */
const RESET = 10;
const AWAKE = 300;

export class Ft6x36 implements TouchController {
	private readonly registers: Registers;

	/** Throws when the controller does not answer. */
	constructor(options: TouchControllerOptions) {
		const { reset, wait } = options;
		if (reset !== undefined) {
			const pin = new reset.io({ pin: reset.pin, mode: reset.io.Output, initialValue: 0 });
			wait(RESET);
			pin.write(1);
			wait(AWAKE);
		}
		this.registers = new Registers(options.i2c);
		this.registers.read(FINGERS);
	}

	/** All in one transfer: in two, the octets of a finger on its way from 255 to 256 would be those of 511. */
	sample(events: TouchEvents): void {
		const octets = this.registers.readFive(FINGERS);
		const fingers = (octets[0] as number) & 15;
		const xHigh = octets[1] as number;
		const yHigh = octets[3] as number;
		const x = ((xHigh & 15) << 8) | (octets[2] as number);
		const y = ((yHigh & 15) << 8) | (octets[4] as number);
		if (fingers === 0 || fingers > FINGERS_MOST || xHigh >> 6 === LIFTED) events.release();
		else events.touch(yHigh >> 4, x, y);
	}
}
