/*
 * PCA9685: sixteen LED outputs over I2C, here with LEDs between them and the supply, each with a brightness of its own. After
 * NXP's data sheet, revision 4.
 */
import type { LedDriverOptions, LedOutputs } from "hal/drivers/common/chips";
import { Registers } from "hal/drivers/common/registers";

const Register = Object.freeze({ mode1: 0x00, mode2: 0x01, led0: 0x06, allOffHigh: 0xfd, prescale: 0xfe });

const SLEEP = 0x10;
const COUNT_ON = 0x20;
/** Outputs sink the LEDs' current: inverted, open drain. */
const DIRECT_LEDS = 0x10;
const FULL_OFF = 0x10;
/** 25 MHz / (4096 x 1 kHz), less one: no flicker shows. */
const PRESCALE = 5;
/** Milliseconds that the oscillator takes to start, at most half of one. */
const AWAKE = 1;

export class Pca9685 implements LedOutputs {
	static readonly outputs = 16;
	private readonly registers: Registers;

	/** All LEDs are off at first. Throws when the chip does not answer. */
	constructor(options: LedDriverOptions) {
		const registers = new Registers(options.i2c);
		this.registers = registers;
		// the frequency can only be set asleep; the address for all chips of this kind is switched off
		registers.write(Register.mode1, SLEEP | COUNT_ON);
		registers.write(Register.prescale, PRESCALE);
		registers.write(Register.mode2, DIRECT_LEDS);
		registers.write(Register.allOffHigh, FULL_OFF);
		registers.write(Register.mode1, COUNT_ON);
		options.wait(AWAKE);
	}

	set(output: number, level: number): void {
		const off = level === 0 ? FULL_OFF : level >> 8;
		this.registers.writeFour(Register.led0 + 4 * output, 0, 0, level & 0xff, off);
	}
}
