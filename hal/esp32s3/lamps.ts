/*
 * Lamps in SCCP's modes: off, on, wink, flash and blink with the cadences that Cisco's phones have. One timer for all lamps, which
 * runs only while one of them is in a mode that moves. What shines is another's business.
 */
import type { MakeTicker, Ticker } from "hal/esp32s3/ticker";
import { Lamp, LampMode, type Lamps } from "hal/hardware";

/** What makes a lamp shine. */
export interface LampOutput {
	/** @param lamp number of `Lamp`. @param colour number of `LampColour`, of what the lamp has. */
	light(lamp: number, shines: boolean, colour: number): void;
}

/** Milliseconds of a mode's period, of its light, and between looks at the time; 0 where nothing moves. By mode. */
const PERIOD: readonly number[] = Object.freeze([0, 0, 0, 512, 64, 1024]);
const LIGHT: readonly number[] = Object.freeze([0, 0, 0, 448, 32, 512]);
const STEP: readonly number[] = Object.freeze([0, 0, 0, 64, 32, 512]);
/** All periods are over at once: the time that is counted stays small. */
const ROUND = 1024;

export class CadencedLamps implements Lamps {
	readonly #output: LampOutput;
	readonly #ticker: Ticker;
	readonly #modes = new Uint8Array(Lamp.count).fill(LampMode.off);
	readonly #colours = new Uint8Array(Lamp.count);
	/** Whether each lamp shines now. */
	readonly #shines = new Uint8Array(Lamp.count);
	#step = 0;
	#time = 0;

	constructor(output: LampOutput, ticker: MakeTicker) {
		this.#output = output;
		this.#ticker = ticker(() => this.#tick());
	}

	/** Lamps that start to move together keep step; a mode that is none of SCCP's is off. */
	set(lamp: number, mode: number, colour: number): void {
		if (lamp < 0 || lamp >= Lamp.count) return;
		const known = mode >= LampMode.off && mode <= LampMode.blink ? mode : LampMode.off;
		if (this.#modes[lamp] === known && this.#colours[lamp] === colour) return;
		const recolour = this.#colours[lamp] !== colour;
		this.#modes[lamp] = known;
		this.#colours[lamp] = colour;
		this.#pace();
		this.#show(lamp, recolour);
	}

	/** The shortest step that any lamp needs; a change begins all periods anew. */
	#pace(): void {
		let step = 0;
		for (let lamp = 0; lamp < Lamp.count; lamp++) {
			const own = STEP[this.#modes[lamp] as number] as number;
			if (own > 0 && (step === 0 || own < step)) step = own;
		}
		if (step === this.#step) return;
		this.#step = step;
		this.#time = 0;
		if (step === 0) this.#ticker.stop();
		else this.#ticker.every(step);
	}

	#tick(): void {
		this.#time = (this.#time + this.#step) % ROUND;
		for (let lamp = 0; lamp < Lamp.count; lamp++) this.#show(lamp, false);
	}

	#show(lamp: number, always: boolean): void {
		const mode = this.#modes[lamp] as number;
		const period = PERIOD[mode] as number;
		const shines = period === 0 ? mode === LampMode.on : this.#time % period < (LIGHT[mode] as number);
		if (!always && this.#shines[lamp] === Number(shines)) return;
		this.#shines[lamp] = Number(shines);
		this.#output.light(lamp, shines, this.#colours[lamp] as number);
	}
}
