/*
 * ES8388: a codec with two stereo outputs and two stereo inputs, of which one each is used at a time. After Everest
 * Semiconductor's data sheet and user guide, and Espressif's driver (es8388.c of esp_codec_dev). The chip takes its clocks from I2S
 * and runs on the master clock.
 */
import {
	ClockTables,
	type CodecInput,
	type CodecOptions,
	type CodecOutput,
	type CodecSidetone,
	type MasterClock,
	SAMPLE_RATE,
	stepOf,
	type Terminal,
	WIDE_RATE,
} from "hal/drivers/common/codec";
import { Registers } from "hal/drivers/common/registers";

const Register = Object.freeze({
	control1: 0x00,
	control2: 0x01,
	chipPower: 0x02,
	adcPower: 0x03,
	dacPower: 0x04,
	master: 0x08,
	micGain: 0x09,
	inputs: 0x0a,
	inputMode: 0x0b,
	adcFormat: 0x0c,
	adcRate: 0x0d,
	adcVolumeLeft: 0x10,
	adcVolumeRight: 0x11,
	alc: 0x12,
	dacFormat: 0x17,
	dacRate: 0x18,
	dacMute: 0x19,
	dacVolumeLeft: 0x1a,
	dacVolumeRight: 0x1b,
	mixerInputs: 0x26,
	mixerLeft: 0x27,
	mixerRight: 0x2a,
	clocks: 0x2b,
	outputImpedance: 0x2d,
	left1Volume: 0x2e,
	right1Volume: 0x2f,
	left2Volume: 0x30,
	right2Volume: 0x31,
	loop1: 0x35,
	loop2: 0x37,
	loop3: 0x39,
});

/** Registers that the chip resets to zero by this, and then leaves. */
const RESET = 0x80;
/** VMID from 50 kilohms, reference on. */
const REFERENCE = 0x05;
/** Outputs survive a short circuit. */
const PROTECTED = 0x40;
/** State machines held, digital parts off; then all running. */
const HELD = 0xf3;
const RUNNING = 0x00;
const SLAVE = 0x00;
/** Both converters work by the same word clock. */
const ONE_CLOCK = 0x80;
/** Converters to the mixers, nothing past them; the bit of it that is the converter's. */
const DAC_TO_MIXER = 0xb8;
const DAC_ALONE = 0x80;
/** The bit that lets an input past them, and its level: 3 dB a step downwards from 6 dB. */
const INPUT_TO_MIXER = 0x40;
const PAST_MOST = 6;
const PAST_STEP = 3;
const PAST_LEAST = 7;

const DAC_OFF = 0xc0;
/** Volume ramps; the bit that mutes. */
const SOFT = 0x22;
const MUTED = 0x04;
/** Microphone bias stays; left and right input and converter are bits 7 to 4, off when set. */
const ADC_OFF = 0xf0;
const ADC_LEFT = 0x50;
const ADC_RIGHT = 0xa0;

/** 16 bits I2S; whose samples go to both slots. */
const ADC_16_BITS = 0x0c;
const BOTH_LEFT = 0x40;
const BOTH_RIGHT = 0x80;
const DAC_16_BITS = 0x18;

/** Bits that the chip has set after its reset, and that have to stay: no differential input, both channels as they come. */
const INPUT_MODE = 0x02;

/** @param code of the multiple, in single speed, which both rates are. */
function clock(rate: number, multiple: number, code: number): MasterClock {
	return Object.freeze({
		rate,
		multiple,
		registers: Object.freeze([...[Register.adcRate, code], ...[Register.dacRate, code]]),
	});
}

/** Multiples of single speed in the data sheet (slave mode), and 1536, as Linux's es8328.c has it at 8 kHz; codes as there. */
const CLOCKS: readonly MasterClock[] = Object.freeze([
	clock(SAMPLE_RATE, 256, 2),
	clock(SAMPLE_RATE, 384, 3),
	clock(SAMPLE_RATE, 512, 4),
	clock(SAMPLE_RATE, 768, 6),
	clock(SAMPLE_RATE, 1024, 7),
	clock(SAMPLE_RATE, 1536, 10),
	clock(WIDE_RATE, 256, 2),
	clock(WIDE_RATE, 384, 3),
	clock(WIDE_RATE, 512, 4),
	clock(WIDE_RATE, 768, 6),
	clock(WIDE_RATE, 1024, 7),
]);

/** Output amplifiers: 1.5 dB a step from -45 dB, 0 dB. Volume of the converters: 0.5 dB a step downwards to -96 dB. */
const OUTPUT_0_DB = 30;
const DAC_LEAST = 192;
/** Microphone amplifiers: 3 dB a step, at most 24 dB. */
const GAIN_STEP = 3;
const GAIN_MOST = 8;

interface Way {
	/** Bit in dacPower, on when set. */
	readonly output: number;
	/** Inputs of both sides, powered side, and the side whose samples are taken. */
	readonly input: number;
	readonly power: number;
	readonly slots: number;
	/** The side's mixer, which has either input of its side and neither of the other's; and that input for both of them. */
	readonly mixer: number;
	readonly past: number;
}

const WAYS: Readonly<Record<Terminal, Way>> = Object.freeze({
	left1: Object.freeze({
		output: 0x20,
		input: 0x00,
		power: ADC_LEFT,
		slots: BOTH_LEFT,
		mixer: Register.mixerLeft,
		past: 0x00,
	}),
	right1: Object.freeze({
		output: 0x10,
		input: 0x00,
		power: ADC_RIGHT,
		slots: BOTH_RIGHT,
		mixer: Register.mixerRight,
		past: 0x00,
	}),
	left2: Object.freeze({
		output: 0x08,
		input: 0x50,
		power: ADC_LEFT,
		slots: BOTH_LEFT,
		mixer: Register.mixerLeft,
		past: 0x09,
	}),
	right2: Object.freeze({
		output: 0x04,
		input: 0x50,
		power: ADC_RIGHT,
		slots: BOTH_RIGHT,
		mixer: Register.mixerRight,
		past: 0x09,
	}),
});

export class Es8388 implements CodecOutput, CodecInput, CodecSidetone {
	static readonly clocks = CLOCKS;
	private readonly registers: Registers;
	private readonly clocks: ClockTables;
	private output: Terminal | undefined;
	private input: Terminal | undefined;
	private gain = 0;
	private sidetone: number | undefined;
	/** The mixer that an input is led to, 0 for none, which input, and what it holds. */
	private mixer = 0;
	private past = 0;
	private mixed = DAC_TO_MIXER;

	/**
	 * Powers up in the order of the user guide, everything silent. Throws when the chip does not answer or does not take the
	 * master clock.
	 */
	constructor(options: CodecOptions) {
		const clocks = new ClockTables("ES8388", CLOCKS, options.mclkMultiple);
		const registers = new Registers(options.i2c);
		this.registers = registers;
		this.clocks = clocks;
		registers.write(Register.control1, RESET);
		options.wait(1);
		registers.write(Register.control1, 0);
		registers.writeTable([
			...[Register.master, SLAVE],
			...[Register.chipPower, HELD],
			...[Register.clocks, ONE_CLOCK],
			// not in the data sheet: without its delay-locked loop the chip does better at 8 kHz (esp_codec_dev)
			...[Register.loop1, 0xa0],
			...[Register.loop2, 0xd0],
			...[Register.loop3, 0xd0],
			...clocks.at(SAMPLE_RATE),
			...[Register.control1, REFERENCE],
			...[Register.control2, PROTECTED],
			...[Register.adcPower, ADC_OFF],
			...[Register.inputs, 0],
			...[Register.inputMode, INPUT_MODE],
			...[Register.micGain, 0],
			...[Register.adcFormat, ADC_16_BITS | BOTH_LEFT],
			...[Register.adcVolumeLeft, 0],
			...[Register.adcVolumeRight, 0],
			// no automatic level: the pipeline has its own gains
			...[Register.alc, 0x38],
			...[Register.dacPower, DAC_OFF],
			...[Register.dacFormat, DAC_16_BITS],
			...[Register.dacMute, SOFT],
			...[Register.dacVolumeLeft, 0],
			...[Register.dacVolumeRight, 0],
			...[Register.mixerInputs, 0],
			...[Register.mixerLeft, DAC_TO_MIXER],
			...[Register.mixerRight, DAC_TO_MIXER],
			...[Register.outputImpedance, 0],
			...[Register.left1Volume, OUTPUT_0_DB],
			...[Register.right1Volume, OUTPUT_0_DB],
			...[Register.left2Volume, OUTPUT_0_DB],
			...[Register.right2Volume, OUTPUT_0_DB],
			...[Register.chipPower, RUNNING],
		]);
	}

	play(terminal: Terminal | undefined): void {
		this.output = terminal;
		this.mix();
		this.registers.write(Register.dacPower, terminal === undefined ? DAC_OFF : WAYS[terminal].output);
	}

	record(terminal: Terminal | undefined): void {
		this.input = terminal;
		this.mix();
		if (terminal === undefined) {
			this.registers.write(Register.adcPower, ADC_OFF);
			return;
		}
		const { input, power, slots } = WAYS[terminal];
		this.registers.write(Register.inputs, input);
		this.registers.write(Register.adcFormat, ADC_16_BITS | slots);
		this.registers.write(Register.adcPower, power);
	}

	setVolume(decibels: number): void {
		const down = DAC_LEAST - stepOf(decibels, -DAC_LEAST / 2, 0.5, DAC_LEAST);
		this.registers.write(Register.dacVolumeLeft, down);
		this.registers.write(Register.dacVolumeRight, down);
	}

	mute(muted: boolean): void {
		this.registers.write(Register.dacMute, muted ? SOFT | MUTED : SOFT);
	}

	setGain(decibels: number): void {
		const step = stepOf(decibels, 0, GAIN_STEP, GAIN_MOST);
		this.registers.write(Register.micGain, (step << 4) | step);
		this.gain = step * GAIN_STEP;
		this.mix();
	}

	/** A mixer has the inputs of its own side. */
	hasSidetone(input: Terminal, output: Terminal): boolean {
		return WAYS[input].mixer === WAYS[output].mixer;
	}

	setSidetone(decibels: number | undefined): void {
		this.sidetone = decibels;
		this.mix();
	}

	/** Sets the mixer of what plays. The input comes to it from before the microphone's amplifier. */
	private mix(): void {
		const { input, output, sidetone } = this;
		let mixer = 0;
		let past = 0;
		let mixed = DAC_TO_MIXER;
		if (sidetone !== undefined && input !== undefined && output !== undefined && this.hasSidetone(input, output)) {
			const step = stepOf(sidetone + this.gain, PAST_MOST - PAST_LEAST * PAST_STEP, PAST_STEP, PAST_LEAST);
			({ mixer } = WAYS[output]);
			({ past } = WAYS[input]);
			mixed = DAC_ALONE | INPUT_TO_MIXER | ((PAST_LEAST - step) << 3);
		}
		if (mixer === this.mixer && past === this.past && mixed === this.mixed) return;
		if (this.mixer !== 0 && mixer !== this.mixer) this.registers.write(this.mixer, DAC_TO_MIXER);
		if (mixer !== 0) {
			this.registers.write(Register.mixerInputs, past);
			this.registers.write(mixer, mixed);
		}
		this.mixer = mixer;
		this.past = past;
		this.mixed = mixed;
	}

	/** State machines are held meanwhile, as at power-up. */
	setRate(rate: number): void {
		const table = this.clocks.at(rate);
		this.registers.write(Register.chipPower, HELD);
		this.registers.writeTable(table);
		this.registers.write(Register.chipPower, RUNNING);
	}
}
