/*
 * What drivers of codecs have in common: a way out, a way in, volume and microphone gain, the master clock. Sound itself goes past
 * JavaScript, over I2S, of which the codec is the slave.
 */
import type { I2cOptions } from "hal/drivers/common/registers";

/** Samples in a second that the drivers set their codecs up for: those of G.711, so that nothing needs to be converted. */
export const SAMPLE_RATE = 8000;

/** A master clock that a codec takes at {@link SAMPLE_RATE}, out of its data sheet's or its maker's table. */
export interface MasterClock {
	/** Times the sample rate. */
	readonly multiple: number;
	/** Register and value in turn: what the codec makes its own clocks by. */
	readonly registers: readonly number[];
}

/** Registers for a master clock of `multiple` times the sample rate; throws an Error that names what can be had instead. */
export function registersFor(codec: string, clocks: readonly MasterClock[], multiple: number): readonly number[] {
	const found = clocks.find((clock) => clock.multiple === multiple);
	if (found !== undefined) return found.registers;
	const possible = clocks.map((clock) => clock.multiple).join(", ");
	throw new Error(`${codec}: no master clock of ${multiple} times the sample rate; possible are ${possible}`);
}

/** Analogue terminals by name: of an ES8388 LOUT1/LIN1, ROUT1/RIN1, LOUT2/LIN2, ROUT2/RIN2; of an ES7210 microphones 1 to 4. */
export type Terminal = "left1" | "right1" | "left2" | "right2";

export interface CodecOutput {
	/** Plays through this terminal alone; through none when left out. */
	play(terminal: Terminal | undefined): void;
	/** @param decibels relative to full scale, at most 0; taken to the next step that the chip has. */
	setVolume(decibels: number): void;
	/** Silences the output at once, without losing the volume. */
	mute(muted: boolean): void;
}

export interface CodecInput {
	/** Records from this terminal alone, in the left slot of I2S; from none when left out. */
	record(terminal: Terminal | undefined): void;
	/** @param decibels gain before the converter, from 0; taken to the next step that the chip has. */
	setGain(decibels: number): void;
}

/** Waits without giving up the processor; for the few milliseconds that chips ask for at boot. */
export type Wait = (milliseconds: number) => void;

export interface CodecOptions {
	readonly i2c: I2cOptions;
	/** Master clock as a multiple of the sample rate. */
	readonly mclkMultiple: number;
	readonly wait: Wait;
}

/** The class of a driver. Its constructor throws when the chip does not answer or does not take the master clock. */
export interface CodecDriver<Codec extends CodecInput | CodecOutput> {
	new (options: CodecOptions): Codec;
	/** The master clocks that the chip takes; left out where it makes its own of the bit clock. */
	readonly clocks?: readonly MasterClock[];
}

/** The step of a chip nearest to `decibels`: whole steps of `size` from `least`, between 0 and `most`. */
export function stepOf(decibels: number, least: number, size: number, most: number): number {
	return Math.max(0, Math.min(most, Math.round((decibels - least) / size)));
}
