/*
 * AXP2101: a power chip; of its many functions the rails that others' voltages come from. After X-Powers' data sheet.
 */
import type { PowerChipOptions, PowerRails } from "hal/drivers/common/chips";
import { Registers } from "hal/drivers/common/registers";

/** The rail's bit in the register that switches them, and its register of those of voltages. */
export const Rail = Object.freeze({ aldo1: 0, aldo2: 1, aldo3: 2, aldo4: 3, bldo1: 4, bldo2: 5, dldo1: 7 });

const Register = Object.freeze({ enable: 0x90, voltage: 0x92 });
/** Millivolts of the lowest voltage, and of a step; steps up to 3.3 V, which all of these rails have. */
const LOWEST = 500;
const STEP = 100;
const STEPS = 28;

export class Axp2101 implements PowerRails {
	private readonly registers: Registers;

	constructor(options: PowerChipOptions) {
		this.registers = new Registers(options.i2c);
	}

	/** @param rail one of {@link Rail}. */
	setVoltage(rail: number, millivolts: number): void {
		const bit = 1 << rail;
		if (millivolts > 0) {
			const step = Math.round((millivolts - LOWEST) / STEP);
			this.registers.write(Register.voltage + rail, Math.min(STEPS, Math.max(0, step)));
		}
		this.registers.update(Register.enable, bit, millivolts > 0 ? bit : 0);
	}
}
