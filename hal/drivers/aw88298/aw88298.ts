/*
 * AW88298: a loudspeaker amplifier with its own converter, by words of 16 bits. After Awinic's data sheet and its driver for Linux
 * (aw882xx, where the chip is PID 1852, by its id). It makes its clock from I2S's bit clock, whatever the master clock, and plays the
 * left slot.
 */
import {
	type CodecOptions,
	type CodecOutput,
	SAMPLE_RATE,
	stepOf,
	type Terminal,
	type Wait,
	WIDE_RATE,
} from "hal/drivers/common/codec";
import { Registers } from "hal/drivers/common/registers";

const Register = Object.freeze({
	id: 0x00,
	control: 0x04,
	control2: 0x05,
	i2s: 0x06,
	volume: 0x0c,
	boost: 0x61,
	loop: 0x66,
});

const SOFT_RESET = 0x55aa;
/** Milliseconds after the reset. */
const RESET = 2;
/** Milliseconds until the phase-locked loop follows the bit clock, between power and amplifier (aw_device_start() of aw882xx). */
const LOCKED = 2;
/** Receives I2S; amplifier off; all off. */
const I2S_ON = 0x4040;
const AMPLIFIER_OFF = 0x0002;
const POWER_OFF = 0x0001;
/** No automatic gain; the bit that mutes. */
const PLAIN = 0x0008;
const MUTED = 0x0010;
/** 16 bits in slots of 16, I2S, left slot; with the codes of the rates. */
const FORMAT = 0x1400;
const RATE_8_KHZ = 0;
const RATE_16_KHZ = 3;
/** Clear at 8, 16 and 32 kHz, set at other rates and after a reset (aw882xx). */
const OTHER_RATES = 0x4000;
/** From the supply as it is, without the boost converter. */
const NO_BOOST = 0x0673;
/** Low half of the volume's register. */
const FADES = 0x64;
/** Volume downwards: 0.5 dB a step in the low four bits, 12 steps of which are one of 6 dB in the high four. */
const STEP = 0.5;
const STEPS_IN_6_DB = 12;
const LEAST = -96;

export class Aw88298 implements CodecOutput {
	private readonly registers: Registers;
	private readonly wait: Wait;
	private awake = false;

	/** Sets the chip up, silent. Throws when it does not answer. */
	constructor(options: Omit<CodecOptions, "mclkMultiple">) {
		const registers = new Registers(options.i2c);
		this.registers = registers;
		this.wait = options.wait;
		registers.writeWord(Register.id, SOFT_RESET);
		options.wait(RESET);
		registers.writeWord(Register.boost, NO_BOOST);
		registers.writeWord(Register.control2, PLAIN);
		this.setRate(SAMPLE_RATE);
		registers.updateWord(Register.loop, OTHER_RATES, 0);
		this.setVolume(0);
		this.play(undefined);
	}

	/** Off, the whole chip sleeps. */
	play(terminal: Terminal | undefined): void {
		const registers = this.registers;
		if (terminal === undefined) {
			this.awake = false;
			registers.writeWord(Register.control, I2S_ON | AMPLIFIER_OFF | POWER_OFF);
		} else if (!this.awake) {
			registers.writeWord(Register.control, I2S_ON | AMPLIFIER_OFF);
			this.wait(LOCKED);
			registers.writeWord(Register.control, I2S_ON);
			this.awake = true;
		}
	}

	setVolume(decibels: number): void {
		const down = stepOf(-decibels, 0, STEP, -LEAST / STEP - 1);
		const code = (Math.floor(down / STEPS_IN_6_DB) << 4) | (down % STEPS_IN_6_DB);
		this.registers.writeWord(Register.volume, (code << 8) | FADES);
	}

	mute(muted: boolean): void {
		this.registers.writeWord(Register.control2, muted ? PLAIN | MUTED : PLAIN);
	}

	/** Its loop follows the bit clock anew; both rates are those that clear {@link OTHER_RATES}. */
	setRate(rate: number): void {
		if (rate !== SAMPLE_RATE && rate !== WIDE_RATE) throw new RangeError(`AW88298: no sample rate of ${rate}`);
		this.registers.writeWord(Register.i2s, FORMAT | (rate === WIDE_RATE ? RATE_16_KHZ : RATE_8_KHZ));
	}
}
