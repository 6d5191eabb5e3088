/*
 * How loud a stretch of sound was: peak, and root of the mean square, in dB of full scale.
 */
import { type Level, silence } from "./page/tabs/messages.js";

const fullScale = 32768;

function decibels(part: number): number {
	return part > 0 ? Math.max(silence, 20 * Math.log10(part)) : silence;
}

export class LevelMeter {
	#peak = 0;
	#energy = 0;
	#count = 0;

	/** Takes samples, signed 16-bit little-endian. */
	take(samples: Buffer): void {
		for (let at = 0; at + 1 < samples.length; at += 2) {
			const sample = samples.readInt16LE(at);
			this.#peak = Math.max(this.#peak, Math.abs(sample));
			this.#energy += sample * sample;
			this.#count++;
		}
	}

	/** The level of what was taken since it was read last. */
	read(): Level {
		const mean = this.#count === 0 ? 0 : Math.sqrt(this.#energy / this.#count);
		const level = { peak: decibels(this.#peak / fullScale), mean: decibels(mean / fullScale) };
		this.#peak = 0;
		this.#energy = 0;
		this.#count = 0;
		return level;
	}
}
