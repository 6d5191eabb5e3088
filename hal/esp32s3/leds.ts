/*
 * Lamps made of a red and a green LED each, or of one of them, on the outputs of an LED driver.
 */
import type { LedOutputs } from "hal/drivers/common/chips";
import type { LedDescription } from "hal/esp32s3/board";
import type { LampOutput } from "hal/esp32s3/lamps";
import { LampColour } from "hal/hardware";

/** Of 4095: LEDs are bright enough with a part of their current, and of two colours at once each gets less. */
const ALONE = 1400;
const RED_OF_AMBER = 1000;
const GREEN_OF_AMBER = 500;

export class LedLamps implements LampOutput {
	private readonly leds: LedOutputs;
	private readonly description: Pick<LedDescription, "green" | "red">;

	constructor(leds: LedOutputs, description: Pick<LedDescription, "green" | "red">) {
		this.leds = leds;
		this.description = description;
	}

	/** A lamp of one colour shines in the one it has. A chip that does not answer leaves the lamp as it is. */
	light(lamp: number, shines: boolean, colour: number): void {
		const red = this.description.red[lamp] ?? -1;
		const green = this.description.green[lamp] ?? -1;
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
			if (red >= 0) this.leds.set(red, redLevel);
			if (green >= 0) this.leds.set(green, greenLevel);
		} catch {
			// the next change sets it right
		}
	}
}
