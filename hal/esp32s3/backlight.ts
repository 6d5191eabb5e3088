/*
 * Lights behind displays: by the width of a pulse, or by the voltage of a rail of the AXP2101 power chip.
 */
import type { Registers } from "hal/esp32s3/registers";
import type { Backlight } from "hal/hardware";

/** The part of `embedded:io/pwm` used here. */
export interface PwmOutput {
	/** Bits of the value. */
	readonly resolution: number;
	write(value: number): void;
}

export class PwmBacklight implements Backlight {
	readonly #output: PwmOutput;

	constructor(output: PwmOutput) {
		this.#output = output;
		output.write(0);
	}

	/** The eye sees the square root of the light: percent are squared. */
	set(percent: number): void {
		const part = within(percent) / 100;
		this.#output.write(Math.round(part * part * ((1 << this.#output.resolution) - 1)));
	}
}

/** Rail DLDO1, as X-Powers' data sheet of the AXP2101 has it. */
const Axp2101 = Object.freeze({ enable: 0x90, dldo1Voltage: 0x99, dldo1: 0x80 });
/** Steps of 0.1 V from 0.5 V: light begins at 2.4 V and is full at 3.3 V. */
const DARKEST = 19;
const BRIGHTEST = 28;

export class Axp2101Backlight implements Backlight {
	readonly #registers: Registers;

	constructor(registers: Registers) {
		this.#registers = registers;
	}

	/** A chip that does not answer leaves the light as it is. */
	set(percent: number): void {
		const part = within(percent) / 100;
		try {
			this.#registers.write(Axp2101.dldo1Voltage, Math.round(DARKEST + part * (BRIGHTEST - DARKEST)));
			this.#registers.update(Axp2101.enable, Axp2101.dldo1, part > 0 ? Axp2101.dldo1 : 0);
		} catch {
			// the next change sets it right
		}
	}
}

function within(percent: number): number {
	return Math.min(100, Math.max(0, percent));
}
