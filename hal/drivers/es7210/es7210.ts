/*
 * ES7210: four microphone amplifiers and converters, of which one is used. After Everest Semiconductor's data sheet and user
 * guide, and Espressif's drivers (es7210.c of esp_codec_dev and of esp-bsp). It is the first
 * microphone, which is in I2S's left slot.
 */
import {
	ClockTables,
	type CodecInput,
	type CodecOptions,
	type MasterClock,
	SAMPLE_RATE,
	stepOf,
	type Terminal,
	WIDE_RATE,
} from "hal/drivers/common/codec";
import { Registers } from "hal/drivers/common/registers";

const Register = Object.freeze({
	reset: 0x00,
	clocksOff: 0x01,
	mainClock: 0x02,
	wordClockHigh: 0x04,
	wordClockLow: 0x05,
	powerDown: 0x06,
	oversampling: 0x07,
	mode: 0x08,
	timeState: 0x09,
	timePower: 0x0a,
	format: 0x11,
	slots: 0x12,
	highPass34Second: 0x20,
	highPass34First: 0x21,
	highPass12Second: 0x22,
	highPass12First: 0x23,
	analog: 0x40,
	bias12: 0x41,
	bias34: 0x42,
	gain1: 0x43,
	power1: 0x47,
	power12: 0x4b,
	power34: 0x4c,
});

const HELD = 0xff;
const RUNNING = 0x41;
/** Its state machines and clocks begin anew, and registers stay as they are. */
const RESTART = 0x71;
/** All clocks off but those that set-up needs; then those of microphones 1 and 2 run too. */
const CLOCKS_SET_UP = 0x3f;
const CLOCKS_12 = 0x34;
const CLOCKS_OFF = 0x7f;
/** 3.3 V, VMID by 5 kilohms: starts fast. */
const ANALOG_ON = 0x43;
const ANALOG_OFF = 0xc0;
/** 2.87 V for the microphones. */
const BIAS = 0x70;
const OFF = 0xff;
const ON = 0x00;
/** An amplifier works at normal power. */
const AMPLIFIER = 0x08;
const SELECTED = 0x10;
const WORD_16_BITS = 0x60;
/** Bits of the main clock's register: no delay-locked loop, and a doubler before the divider. */
const BYPASS = 0x80;
const DOUBLER = 0x40;

/** @param mainClock divider, doubler and bypass. @param oversampling as the register has it. */
function clock(rate: number, multiple: number, mainClock: number, oversampling: number): MasterClock {
	return Object.freeze({
		rate,
		multiple,
		registers: Object.freeze([
			...[Register.oversampling, oversampling],
			...[Register.mainClock, mainClock],
			...[Register.wordClockHigh, multiple >> 8],
			...[Register.wordClockLow, multiple & 0xff],
		]),
	});
}

/**
 * Rows at 8 and 16 kHz of the table in Espressif's drivers: less than 512 times 8 kHz is none of them. Not that of 1200 times 16 kHz, which
 * gives the word clock 1152.
 */
const CLOCKS: readonly MasterClock[] = Object.freeze([
	clock(SAMPLE_RATE, 512, BYPASS | 1, 0x20),
	clock(SAMPLE_RATE, 1536, BYPASS | 3, 0x20),
	clock(SAMPLE_RATE, 2048, BYPASS | 4, 0x20),
	clock(SAMPLE_RATE, 2400, DOUBLER | 30, 0x28),
	clock(WIDE_RATE, 256, BYPASS | DOUBLER | 1, 0x20),
	clock(WIDE_RATE, 768, BYPASS | DOUBLER | 3, 0x20),
	clock(WIDE_RATE, 1024, BYPASS | 2, 0x20),
]);

/** 3 dB a step to 30 dB, then steps of their own. */
const GAIN_STEP = 3;
const GAIN_30_DB = 10;
const ABOVE_30_DB: readonly number[] = Object.freeze([33, 34.5, 36, 37.5]);

export class Es7210 implements CodecInput {
	static readonly clocks = CLOCKS;
	private readonly registers: Registers;
	private readonly clocks: ClockTables;
	private gain = 0;
	private awake = false;

	/** Sets the chip up and lets it sleep. Throws when it does not answer or does not take the master clock. */
	constructor(options: Omit<CodecOptions, "wait">) {
		const clocks = new ClockTables("ES7210", CLOCKS, options.mclkMultiple);
		const registers = new Registers(options.i2c);
		this.registers = registers;
		this.clocks = clocks;
		registers.writeTable([
			...[Register.reset, HELD],
			...[Register.reset, RUNNING],
			...[Register.clocksOff, CLOCKS_SET_UP],
			...[Register.timeState, 0x30],
			...[Register.timePower, 0x30],
			...[Register.highPass12First, 0x2a],
			...[Register.highPass12Second, 0x0a],
			...[Register.highPass34Second, 0x0a],
			...[Register.highPass34First, 0x2a],
			// takes its clocks from I2S
			...[Register.mode, 0x10],
			...[Register.analog, ANALOG_ON],
			...[Register.bias12, BIAS],
			...[Register.bias34, BIAS],
			// this value first: it also clears the doubler's state (esp_codec_dev)
			...[Register.mainClock, BYPASS | DOUBLER | 1],
			...clocks.at(SAMPLE_RATE),
			...[Register.format, WORD_16_BITS],
			...[Register.slots, 0],
		]);
		this.sleep();
	}

	/** @param terminal `left1`, the first microphone; throws a RangeError for another one. */
	record(terminal: Terminal | undefined): void {
		if (terminal !== undefined && terminal !== "left1") throw new RangeError(`ES7210: ${terminal} is not recorded`);
		if (terminal === undefined) {
			this.awake = false;
			this.sleep();
		} else if (!this.awake) {
			// once: the restart would be heard in what is being recorded
			this.wake();
			this.awake = true;
		}
	}

	setGain(decibels: number): void {
		let step = stepOf(decibels, 0, GAIN_STEP, GAIN_30_DB);
		for (let i = 0; i < ABOVE_30_DB.length; i++) if (decibels >= (ABOVE_30_DB[i] as number)) step = GAIN_30_DB + 1 + i;
		this.gain = step;
		if (this.awake) this.registers.write(Register.gain1, SELECTED | step);
	}

	/** While it records it begins anew, as at a start. */
	setRate(rate: number): void {
		const registers = this.registers;
		registers.writeTable(this.clocks.at(rate));
		if (!this.awake) return;
		registers.write(Register.reset, RESTART);
		registers.write(Register.reset, RUNNING);
	}

	/** In the order of es7210_start() in esp_codec_dev, which also ends with the restart. */
	private wake(): void {
		const registers = this.registers;
		registers.write(Register.clocksOff, CLOCKS_12);
		registers.write(Register.powerDown, 0);
		registers.write(Register.analog, ANALOG_ON);
		registers.write(Register.power1, AMPLIFIER);
		registers.write(Register.power12, ON);
		registers.write(Register.gain1, SELECTED | this.gain);
		registers.write(Register.reset, RESTART);
		registers.write(Register.reset, RUNNING);
	}

	private sleep(): void {
		const registers = this.registers;
		for (let i = 0; i < 4; i++) {
			registers.write(Register.gain1 + i, 0);
			registers.write(Register.power1 + i, OFF);
		}
		registers.write(Register.power12, OFF);
		registers.write(Register.power34, OFF);
		registers.write(Register.analog, ANALOG_OFF);
		registers.write(Register.clocksOff, CLOCKS_OFF);
		registers.write(Register.powerDown, 0x07);
	}
}
