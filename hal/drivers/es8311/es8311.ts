/*
 * ES8311: a codec with one output and one microphone. After Everest Semiconductor's data sheet and user guide, and Espressif's drivers
 * (es8311.c of esp_codec_dev and of esp-bsp). It works inside at 256 times the sample rate, which it makes from the master clock. The
 * bit clock would not do at 8 kHz: by esp_codec_dev that takes 512 kHz, and two slots of 16 bits have 256.
 */
import {
	ClockTables,
	type CodecInput,
	type CodecOptions,
	type CodecOutput,
	type MasterClock,
	SAMPLE_RATE,
	stepOf,
	type Terminal,
	WIDE_RATE,
} from "hal/drivers/common/codec";
import { Registers } from "hal/drivers/common/registers";

const Register = Object.freeze({
	reset: 0x00,
	clocks: 0x01,
	multiple: 0x02,
	adcRate: 0x03,
	dacRate: 0x04,
	dividers: 0x05,
	bitClock: 0x06,
	wordClockHigh: 0x07,
	wordClockLow: 0x08,
	playFormat: 0x09,
	recordFormat: 0x0a,
	system1: 0x0b,
	system2: 0x0c,
	analogPower: 0x0d,
	inputPower: 0x0e,
	bias1: 0x10,
	bias2: 0x11,
	dacPower: 0x12,
	outputDrive: 0x13,
	microphone: 0x14,
	adcRamp: 0x15,
	adcScale: 0x16,
	adcVolume: 0x17,
	highPass1: 0x1b,
	highPass2: 0x1c,
	dacMute: 0x31,
	dacVolume: 0x32,
	dacRamp: 0x37,
	control: 0x44,
});

const HELD = 0x1f;
const RUNNING = 0x80;
/** Milliseconds for all state machines to come to rest. */
const RESET = 20;
const CLOCKS_ON = 0x3f;
/** I2C withstands noise; the high bits let the microphone into both slots. */
const STEADY = 0x08;

const WORD_16_BITS = 0x0c;
/** Mutes a direction on the serial port. */
const PORT_MUTED = 0x40;
const ANALOG_ON = 0x01;
const INPUT_ON = 0x02;
const INPUT_OFF = 0x62;
const DAC_ON = 0x00;
const DAC_OFF = 0x02;
const HEADPHONES = 0x10;
/** The analogue microphone between MIC1P and MIC1N; the low bits are its gain. */
const MICROPHONE = 0x10;
const MUTED = 0x60;

/** Volumes: 0.5 dB a step from -95.5 dB; 0xbf is 0 dB, and no more is asked for. */
const VOLUME_LEAST = -95.5;
const VOLUME_0_DB = 0xbf;
/** Microphone amplifier: 3 dB a step, at most 30 dB; then 6 dB a step, at most 42 dB, after the converter. */
const GAIN_STEP = 3;
const GAIN_MOST = 10;
const SCALE_STEP = 6;
const SCALE_MOST = 7;
/** The converter works in time with the serial port. */
const IN_TIME = 0x20;

/** @param divider 1 to 8. @param power of two by which the divided clock is multiplied, 0 to 3. */
function clock(rate: number, multiple: number, divider: number, power: number): MasterClock {
	return Object.freeze({
		rate,
		multiple,
		registers: Object.freeze([
			...[Register.multiple, ((divider - 1) << 5) | (power << 3)],
			// converters sample at 64 and 128 times the rate, single speed
			...[Register.adcRate, 0x10],
			...[Register.dacRate, 0x20],
			...[Register.dividers, 0],
			// what would count as master: the chip is not
			...[Register.bitClock, 0x03],
			...[Register.wordClockHigh, 0x00],
			...[Register.wordClockLow, 0xff],
		]),
	});
}

/**
 * Rows at 8 and 16 kHz of the table in esp_codec_dev. Not those of 384 times at 8 kHz, with which the chip would not work at 256 inside
 * (Linux's driver divides otherwise), and of 2304 and 1152 times, which divide for each converter.
 */
const CLOCKS: readonly MasterClock[] = Object.freeze([
	clock(SAMPLE_RATE, 128, 1, 1),
	clock(SAMPLE_RATE, 192, 3, 2),
	clock(SAMPLE_RATE, 256, 1, 0),
	clock(SAMPLE_RATE, 512, 2, 0),
	clock(SAMPLE_RATE, 768, 3, 0),
	clock(SAMPLE_RATE, 1024, 4, 0),
	clock(SAMPLE_RATE, 1536, 6, 0),
	clock(SAMPLE_RATE, 2048, 8, 0),
	clock(WIDE_RATE, 64, 1, 2),
	clock(WIDE_RATE, 96, 3, 3),
	clock(WIDE_RATE, 128, 1, 1),
	clock(WIDE_RATE, 192, 3, 2),
	clock(WIDE_RATE, 256, 1, 0),
	clock(WIDE_RATE, 384, 3, 1),
	clock(WIDE_RATE, 512, 2, 0),
	clock(WIDE_RATE, 768, 3, 0),
	clock(WIDE_RATE, 1024, 4, 0),
]);

export class Es8311 implements CodecOutput, CodecInput {
	static readonly clocks = CLOCKS;
	private readonly registers: Registers;
	private readonly clocks: ClockTables;

	/** Powers up, everything silent. Throws when the chip does not answer or does not take the master clock. */
	constructor(options: CodecOptions) {
		const clocks = new ClockTables("ES8311", CLOCKS, options.mclkMultiple);
		const registers = new Registers(options.i2c);
		this.registers = registers;
		this.clocks = clocks;
		// the chip misses a first write now and then (esp_codec_dev): whether it is there, the second one tells
		try {
			registers.write(Register.control, STEADY);
		} catch {
			// it may have missed it
		}
		registers.write(Register.control, STEADY);
		registers.write(Register.reset, HELD);
		options.wait(RESET);
		registers.writeTable([
			...[Register.reset, 0],
			...[Register.clocks, CLOCKS_ON],
			...clocks.at(SAMPLE_RATE),
			...[Register.playFormat, WORD_16_BITS],
			...[Register.recordFormat, WORD_16_BITS | PORT_MUTED],
			...[Register.system1, 0],
			...[Register.system2, 0],
			...[Register.bias1, 0x1f],
			...[Register.bias2, 0x7f],
			...[Register.reset, RUNNING],
			...[Register.analogPower, ANALOG_ON],
			...[Register.inputPower, INPUT_OFF],
			...[Register.dacPower, DAC_OFF],
			...[Register.outputDrive, HEADPHONES],
			...[Register.microphone, MICROPHONE],
			...[Register.adcRamp, 0x40],
			...[Register.adcScale, IN_TIME],
			...[Register.adcVolume, VOLUME_0_DB],
			// no direct current, no equalizers
			...[Register.highPass1, 0x0a],
			...[Register.highPass2, 0x6a],
			...[Register.dacMute, 0],
			...[Register.dacVolume, VOLUME_0_DB],
			// no equalizer and no ramp, which would take 1.5 s at 8 kHz (esp_codec_dev 1.1.0 has done away with it)
			...[Register.dacRamp, 0x08],
			...[Register.control, STEADY],
		]);
	}

	play(terminal: Terminal | undefined): void {
		this.registers.write(Register.dacPower, terminal === undefined ? DAC_OFF : DAC_ON);
	}

	record(terminal: Terminal | undefined): void {
		const off = terminal === undefined;
		this.registers.write(Register.inputPower, off ? INPUT_OFF : INPUT_ON);
		this.registers.write(Register.recordFormat, off ? WORD_16_BITS | PORT_MUTED : WORD_16_BITS);
	}

	setVolume(decibels: number): void {
		this.registers.write(Register.dacVolume, stepOf(decibels, VOLUME_LEAST, 0.5, VOLUME_0_DB));
	}

	mute(muted: boolean): void {
		this.registers.write(Register.dacMute, muted ? MUTED : 0);
	}

	setGain(decibels: number): void {
		const step = stepOf(decibels, 0, GAIN_STEP, GAIN_MOST);
		const rest = stepOf(decibels - step * GAIN_STEP, 0, SCALE_STEP, SCALE_MOST);
		this.registers.write(Register.microphone, MICROPHONE | step);
		this.registers.write(Register.adcScale, IN_TIME | rest);
	}

	/** The dividers alone, as esp_codec_dev does it while the chip runs. */
	setRate(rate: number): void {
		this.registers.writeTable(this.clocks.at(rate));
	}
}
