/*
 * PCA9685: sixteen LED outputs over I2C, here with LEDs between them and the supply, each with a brightness of its own. After
 * NXP's data sheet, revision 4.
 */
import type { LampOutput } from "hal/esp32s3/lamps";
import type { Registers } from "hal/esp32s3/registers";
import { LampColour } from "hal/hardware";

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

/** Of 4096: LEDs are bright enough with a part of their current, and of two colours at once each gets less. */
const ALONE = 1400;
const RED_OF_AMBER = 1000;
const GREEN_OF_AMBER = 500;

export interface Pca9685Options {
	readonly registers: Registers;
	/** Output of each lamp's red and green LED by `Lamp` number, -1 where it has none. */
	readonly red: readonly number[];
	readonly green: readonly number[];
	readonly wait: (milliseconds: number) => void;
}

export class Pca9685 implements LampOutput {
	readonly #registers: Registers;
	readonly #red: readonly number[];
	readonly #green: readonly number[];

	/** All LEDs are off at first. Throws when the chip does not answer. */
	constructor(options: Pca9685Options) {
		const { registers } = options;
		this.#registers = registers;
		this.#red = options.red;
		this.#green = options.green;
		// the frequency can only be set asleep; the address for all chips of this kind is switched off
		registers.write(Register.mode1, SLEEP | COUNT_ON);
		registers.write(Register.prescale, PRESCALE);
		registers.write(Register.mode2, DIRECT_LEDS);
		registers.write(Register.allOffHigh, FULL_OFF);
		registers.write(Register.mode1, COUNT_ON);
		options.wait(AWAKE);
	}

	/** A lamp of one colour shines in the one it has. A chip that does not answer leaves the lamp as it is. */
	light(lamp: number, shines: boolean, colour: number): void {
		const red = this.#red[lamp] ?? -1;
		const green = this.#green[lamp] ?? -1;
		let redLevel = 0;
		let greenLevel = 0;
		if (shines) {
			const both = red >= 0 && green >= 0;
			if (both && colour === LampColour.amber) {
				redLevel = RED_OF_AMBER;
				greenLevel = GREEN_OF_AMBER;
			} else if (both && colour === LampColour.red) redLevel = ALONE;
			else if (both) greenLevel = ALONE;
			else redLevel = greenLevel = ALONE;
		}
		try {
			this.#set(red, redLevel);
			this.#set(green, greenLevel);
		} catch {
			// the next change sets it right
		}
	}

	#set(output: number, level: number): void {
		if (output < 0) return;
		const off = level === 0 ? FULL_OFF : level >> 8;
		this.#registers.writeFour(Register.led0 + 4 * output, 0, 0, level & 0xff, off);
	}
}
