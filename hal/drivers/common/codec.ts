/*
 * What drivers of codecs have in common: a way out, a way in, volume and microphone gain, the master clock. Sound itself goes past
 * JavaScript, over I2S, of which the codec is the slave.
 */
import type { I2cOptions } from "hal/drivers/common/registers";

/** Samples in a second that the drivers set their codecs up for at first: those of G.711, so that nothing needs to be converted. */
export const SAMPLE_RATE = 8000;
/** Those of G.722. The master clock stays: it is half as many times this rate. */
export const WIDE_RATE = 16000;

/** A master clock that a codec takes at a sample rate, out of its data sheet's or its maker's table. */
export interface MasterClock {
	/** {@link SAMPLE_RATE} or {@link WIDE_RATE}. */
	readonly rate: number;
	/** Times the sample rate. */
	readonly multiple: number;
	/** Register and value in turn: what the codec makes its own clocks by. */
	readonly registers: readonly number[];
}

/** How often a master clock goes in a sample of {@link WIDE_RATE} that does so `multiple` times at {@link SAMPLE_RATE}. */
export function wideMultiple(multiple: number): number {
	return (multiple * SAMPLE_RATE) / WIDE_RATE;
}

function find(clocks: readonly MasterClock[], rate: number, multiple: number): MasterClock | undefined {
	return clocks.find((clock) => clock.rate === rate && clock.multiple === multiple);
}

/**
 * What a codec makes its clocks by at either rate, with a master clock of `multiple` times {@link SAMPLE_RATE}. Throws an Error that names
 * what can be had instead; a codec that only lacks the wide rate does without it.
 */
export class ClockTables {
	private readonly codec: string;
	private readonly narrow: readonly number[];
	private readonly wide: readonly number[] | undefined;

	constructor(codec: string, clocks: readonly MasterClock[], multiple: number) {
		const narrow = find(clocks, SAMPLE_RATE, multiple);
		if (narrow === undefined) {
			const possible = clocks.filter(({ rate }) => rate === SAMPLE_RATE).map((clock) => clock.multiple);
			throw new Error(
				`${codec}: no master clock of ${multiple} times the sample rate; possible are ${possible.join(", ")}`,
			);
		}
		this.codec = codec;
		this.narrow = narrow.registers;
		this.wide = find(clocks, WIDE_RATE, wideMultiple(multiple))?.registers;
	}

	/** Register and value in turn. Throws a RangeError for a rate that the codec does not have. */
	at(rate: number): readonly number[] {
		const registers = rate === WIDE_RATE ? this.wide : rate === SAMPLE_RATE ? this.narrow : undefined;
		if (registers === undefined)
			throw new RangeError(`${this.codec}: no sample rate of ${rate} with this master clock`);
		return registers;
	}
}

/** Whether a driver's codec has {@link WIDE_RATE} with a master clock of `multiple` times {@link SAMPLE_RATE}. */
export function hasWideRate({ clocks }: CodecDriver<CodecInput> | CodecDriver<CodecOutput>, multiple: number): boolean {
	return clocks === undefined || find(clocks, WIDE_RATE, wideMultiple(multiple)) !== undefined;
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
	/** I2S has another sample rate from now on, {@link SAMPLE_RATE} or {@link WIDE_RATE}. Throws a RangeError where the codec lacks it. */
	setRate(rate: number): void;
}

export interface CodecInput {
	/** Records from this terminal alone, in the left slot of I2S; from none when left out. */
	record(terminal: Terminal | undefined): void;
	/** @param decibels gain before the converter, from 0; taken to the next step that the chip has. */
	setGain(decibels: number): void;
	/** As {@link CodecOutput.setRate}; a chip that does both is told once. */
	setRate(rate: number): void;
}

/** What a codec with both ways may have beside them. */
export interface CodecSidetone {
	/** Whether it can lead this input to this output past the converters. */
	hasSidetone(input: Terminal, output: Terminal): boolean;
	/**
	 * Leads the input that records to the output that plays, if it can.
	 * @param decibels from what is recorded to what would play as loud, taken to the next step that the chip has; off when left out.
	 */
	setSidetone(decibels: number | undefined): void;
}

/** Waits without giving up the processor; for the few milliseconds that chips ask for at boot. */
export type Wait = (milliseconds: number) => void;

export interface CodecOptions {
	readonly i2c: I2cOptions;
	/** Master clock as a multiple of {@link SAMPLE_RATE}. */
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
