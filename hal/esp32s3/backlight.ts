/*
 * Lights behind displays: by the width of a pulse, or by the voltage of a power chip's rail.
 */
import type { PowerRails } from "hal/drivers/common/chips";
import type { RailBacklightDescription } from "hal/esp32s3/board";
import type { Backlight } from "hal/hardware";

/** The part of `embedded:io/pwm` used here. */
export interface PwmOutput {
	/** Bits of the value. */
	readonly resolution: number;
	write(value: number): void;
}

export class PwmBacklight implements Backlight {
	private readonly output: PwmOutput;

	constructor(output: PwmOutput) {
		this.output = output;
		output.write(0);
	}

	/** The eye sees the square root of the light: percent are squared. */
	set(percent: number): void {
		const part = within(percent) / 100;
		this.output.write(Math.round(part * part * ((1 << this.output.resolution) - 1)));
	}
}

type RailRange = Pick<RailBacklightDescription, "brightest" | "darkest" | "rail">;

export class RailBacklight implements Backlight {
	private readonly power: PowerRails;
	private readonly range: RailRange;

	constructor(power: PowerRails, range: RailRange) {
		this.power = power;
		this.range = range;
	}

	/** A chip that does not answer leaves the light as it is. */
	set(percent: number): void {
		const { brightest, darkest, rail } = this.range;
		const part = within(percent) / 100;
		try {
			this.power.setVoltage(rail, part > 0 ? darkest + part * (brightest - darkest) : 0);
		} catch {
			// the next change sets it right
		}
	}
}

function within(percent: number): number {
	return Math.min(100, Math.max(0, percent));
}
