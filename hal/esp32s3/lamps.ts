/*
 * Lamps in SCCP's modes: off, on, wink, flash and blink with the cadences that Cisco's phones have. One timer for all lamps, which
 * runs only while one of them is in a mode that moves. What shines is another's business.
 */
import type { MakeTicker, Ticker } from "hal/esp32s3/ticker";
import { Lamp, LampColour, LampMode, type Lamps } from "hal/hardware";

/** What makes a lamp shine. */
export interface LampOutput {
	/** @param lamp number of `Lamp`. @param colour number of `LampColour`, of what the lamp has. */
	light(lamp: number, shines: boolean, colour: number): void;
}

/** Milliseconds of a mode's period, of its light, and between looks at the time; 0 where nothing moves. By mode. */
const PERIOD: readonly number[] = Object.freeze([0, 0, 0, 512, 64, 1024]);
const LIGHT: readonly number[] = Object.freeze([0, 0, 0, 448, 32, 512]);
const STEP: readonly number[] = Object.freeze([0, 0, 0, 64, 32, 512]);
/** Bits of a lamp's state. */
const MODE = 7;
const COLOUR = 3;
const SHINES = 0x20;
/** All periods are over at once: the time that is counted stays small. */
const ROUND = 1024;

export class CadencedLamps implements Lamps {
	private readonly output: LampOutput;
	private readonly ticker: Ticker;
	/** Of each lamp its mode in the low bits, then its colour, then whether it shines now. */
	private readonly lamps = new Uint8Array(Lamp.count).fill(LampMode.off);
	private step = 0;
	private time = 0;
	/** All lamps shine, to be looked at. */
	private testing = false;

	constructor(output: LampOutput, ticker: MakeTicker) {
		this.output = output;
		this.ticker = ticker(() => this.tick());
	}

	/** Lights every LED for so many milliseconds, for a person to look at; what is set meanwhile shows after them. */
	test(milliseconds: number): void {
		this.testing = true;
		for (let lamp = 0; lamp < Lamp.count; lamp++) this.output.light(lamp, true, LampColour.amber);
		this.ticker.every(milliseconds);
	}

	/** Lamps that start to move together keep step; a mode that is none of SCCP's is off. */
	set(lamp: number, mode: number, colour: number): void {
		if (lamp < 0 || lamp >= Lamp.count) return;
		const known = mode >= LampMode.off && mode <= LampMode.blink ? mode : LampMode.off;
		const old = this.lamps[lamp] as number;
		const wanted = known | ((colour & 3) << COLOUR) | (old & SHINES);
		if (wanted === old) return;
		this.lamps[lamp] = wanted;
		if (this.testing) return;
		this.pace();
		this.show(lamp, ((wanted ^ old) & ~MODE) !== 0);
	}

	/** The shortest step that any lamp needs; a change begins all periods anew. */
	private pace(): void {
		let step = 0;
		for (let lamp = 0; lamp < Lamp.count; lamp++) {
			const own = STEP[(this.lamps[lamp] as number) & MODE] as number;
			if (own > 0 && (step === 0 || own < step)) step = own;
		}
		if (step === this.step) return;
		this.step = step;
		this.time = 0;
		if (step === 0) this.ticker.stop();
		else this.ticker.every(step);
	}

	private tick(): void {
		if (this.testing) {
			this.testing = false;
			this.ticker.stop();
			this.pace();
			for (let lamp = 0; lamp < Lamp.count; lamp++) this.show(lamp, true);
			return;
		}
		this.time = (this.time + this.step) % ROUND;
		for (let lamp = 0; lamp < Lamp.count; lamp++) this.show(lamp, false);
	}

	private show(lamp: number, always: boolean): void {
		const state = this.lamps[lamp] as number;
		const mode = state & MODE;
		const period = PERIOD[mode] as number;
		const shines = period === 0 ? mode === LampMode.on : this.time % period < (LIGHT[mode] as number);
		if (!always && shines === ((state & SHINES) !== 0)) return;
		this.lamps[lamp] = shines ? state | SHINES : state & ~SHINES;
		this.output.light(lamp, shines, (state >> COLOUR) & 3);
	}
}
