// Codecs by their registers, as their data sheets have them: what is not documented refuses to be written, and each tells what
// comes out of it, worked out from the bits alone.

/** What a code of some bits stands for. */
function coded(meanings: readonly number[], code: number): number {
	const meaning = meanings[code];
	if (meaning === undefined) throw new Error(`code ${code} is reserved`);
	return meaning;
}

/** A chip with registers of one octet. */
class Chip {
	readonly registers = new Uint8Array(256);
	/** Register and value of each write, in order. */
	readonly writes: [number, number][] = [];
	broken = false;
	private readonly documented: (register: number) => boolean;

	constructor(documented: (register: number) => boolean) {
		this.documented = documented;
	}

	at(register: number): number {
		return this.registers[register] as number;
	}

	write(source: Uint8Array): void {
		if (this.broken) throw new Error("no answer");
		if (source.length !== 2) throw new Error(`a write of ${source.length} octets`);
		const [register, value] = [source[0] as number, source[1] as number];
		if (!this.documented(register)) throw new Error(`register ${register.toString(16)} is reserved`);
		this.writes.push([register, value]);
		this.registers[register] = value;
	}

	writeRead(source: Uint8Array, target: Uint8Array): void {
		if (this.broken) throw new Error("no answer");
		if (source.length !== 1 || target.length !== 1) throw new Error(`a read of ${target.length} octets`);
		target[0] = this.at(source[0] as number);
	}

	/** Index of the first write to a register from `from`, -1 when there is none. */
	written(register: number, from = 0): number {
		return this.writes.findIndex(([at], index) => index >= from && at === register);
	}
}

const ratios = [128, 192, 256, 384, 512, 576, 768, 1024, 1152, 1408, 1536];
const terminals = ["left1", "right1", "left2", "right2"] as const;

export class FakeEs8388 extends Chip {
	constructor() {
		// the last three are Espressif's own
		super((register) => (register <= 0x34 && register !== 0x2c) || [0x35, 0x37, 0x39].includes(register));
	}

	/** Level in dB of a full signal at an output; -Infinity where nothing comes out. */
	level(terminal: (typeof terminals)[number]): number {
		const side = terminals.indexOf(terminal) % 2;
		const power = this.at(0x04);
		const running = (this.at(0x00) & 0x07) === 0x05 && this.at(0x02) === 0 && (this.at(0x01) & 0x0f) === 0;
		const converter = (power & (side === 0 ? 0x80 : 0x40)) === 0;
		const amplifier = (power & coded([0x20, 0x10, 0x08, 0x04], terminals.indexOf(terminal))) !== 0;
		const mixer = this.at(side === 0 ? 0x27 : 0x2a);
		const muted = (this.at(0x19) & 0x04) !== 0;
		if (!running || !converter || !amplifier || (mixer & 0x80) === 0 || muted) return Number.NEGATIVE_INFINITY;
		if ((mixer & 0x40) !== 0 && !this.leads) throw new Error("an input goes past the converters");
		const output = this.at(0x2e + terminals.indexOf(terminal));
		if (output > 33) throw new Error(`output volume ${output} is reserved`);
		return -this.at(side === 0 ? 0x1a : 0x1b) / 2 + 1.5 * (output - 30);
	}

	/** Whether an input may go past the converters. */
	leads = false;

	/** What an output has of an input that goes past the converters: the terminal and its gain in dB; undefined for nothing. */
	past(output: (typeof terminals)[number]): { terminal: string; gain: number } | undefined {
		const side = terminals.indexOf(output) % 2;
		const mixer = this.at(side === 0 ? 0x27 : 0x2a);
		if (this.level(output) === Number.NEGATIVE_INFINITY || (mixer & 0x40) === 0) return undefined;
		const select = side === 0 ? (this.at(0x26) >> 3) & 7 : this.at(0x26) & 7;
		if (select > 1) throw new Error(`input ${select} is no microphone as it comes`);
		const volume = this.at(0x2e + terminals.indexOf(output));
		return { terminal: terminals[side + 2 * select] as string, gain: 6 - 3 * ((mixer >> 3) & 7) + 1.5 * (volume - 30) };
	}

	/** What the left slot carries: the terminal and its gain in dB; undefined for silence. */
	get recorded(): { terminal: string; gain: number } | undefined {
		const power = this.at(0x03);
		const format = this.at(0x0c);
		if ((format & 0x1f) !== 0x0c) throw new Error("not I2S of 16 bits");
		const side = [0, 0, 1, 1][format >> 6] as number;
		if ((power & (side === 0 ? 0xa0 : 0x50)) !== 0 || (power & 0x04) !== 0 || this.at(0x02) !== 0) return undefined;
		const select = side === 0 ? this.at(0x0a) >> 6 : (this.at(0x0a) >> 4) & 3;
		if (select > 1) throw new Error(`input ${select} is no microphone`);
		const gain = side === 0 ? this.at(0x09) >> 4 : this.at(0x09) & 15;
		if (gain > 8) throw new Error(`gain ${gain} is reserved`);
		return { terminal: terminals[side + 2 * select] as string, gain: 3 * gain - this.at(0x10 + side) / 2 };
	}

	/** Sample rates that the converters take the master clock for. */
	rates(mclk: number): [number, number] {
		if ((this.at(0x08) & 0x80) !== 0) throw new Error("the chip gives the clocks");
		return [mclk / coded(ratios, this.at(0x0d) & 0x1f), mclk / coded(ratios, this.at(0x18) & 0x1f)];
	}
}

export class FakeEs8311 extends Chip {
	/** Misses its first write, as the chip does now and then. */
	drowsy = false;

	override write(source: Uint8Array): void {
		if (this.drowsy) {
			this.drowsy = false;
			throw new Error("no answer");
		}
		super.write(source);
	}

	constructor() {
		super(
			(register) =>
				register <= 0x1c || (register >= 0x31 && register <= 0x37) || register === 0x44 || register === 0x45,
		);
	}

	private get running(): boolean {
		return (this.at(0x00) & 0x9f) === 0x80 && (this.at(0x01) & 0x3f) === 0x3f && (this.at(0x0d) & 0xfc) === 0;
	}

	get level(): number {
		if (!this.running || (this.at(0x12) & 2) !== 0 || (this.at(0x31) & 0x60) !== 0 || (this.at(0x09) & 0x40) !== 0)
			return Number.NEGATIVE_INFINITY;
		return this.at(0x32) / 2 - 95.5;
	}

	get gain(): number | undefined {
		if (!this.running || (this.at(0x0e) & 0x60) !== 0 || (this.at(0x0a) & 0x40) !== 0) return undefined;
		if ((this.at(0x14) & 0x70) !== 0x10 || (this.at(0x14) & 15) > 10) throw new Error("not the analogue microphone");
		return 3 * (this.at(0x14) & 15) + 6 * (this.at(0x16) & 7) + this.at(0x17) / 2 - 95.5;
	}

	/** What the chip works with inside, for a master clock. */
	inside(mclk: number): number {
		if ((this.at(0x01) & 0x80) !== 0) throw new Error("the bit clock is too slow at 8 kHz");
		return (mclk / ((this.at(0x02) >> 5) + 1)) * (1 << ((this.at(0x02) >> 3) & 3));
	}
}

export class FakeEs7210 extends Chip {
	/** Times that it began anew, and whether it has since its power and clocks were last changed. */
	restarts = 0;
	private restarted = false;

	constructor() {
		super((register) => register <= 0x23 || (register >= 0x3d && register <= 0x4c));
	}

	override write(source: Uint8Array): void {
		const before = this.at(0x00);
		super.write(source);
		const [register, value] = [source[0] as number, source[1] as number];
		if (register === 0x00 && before === 0x71 && value === 0x41) {
			this.restarts += 1;
			this.restarted = true;
		} else if (register <= 0x12 || register === 0x40 || register >= 0x47) this.restarted = false;
	}

	/** Gain of the first microphone in dB, undefined while it sleeps. */
	get gain(): number | undefined {
		const awake =
			this.restarted &&
			this.at(0x06) === 0 &&
			(this.at(0x01) & 0x4b) === 0 &&
			(this.at(0x40) & 0x80) === 0 &&
			this.at(0x4b) === 0 &&
			(this.at(0x47) & 0x80) === 0;
		const gain = this.at(0x43);
		if (!awake || (gain & 0x10) === 0) return undefined;
		if ((gain & 15) > 14) throw new Error("gain 15 is reserved");
		return [0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 34.5, 36, 37.5][gain & 15];
	}

	/** Rate of the converters by their clock and oversampling, and of the word clock by its divider. */
	rates(mclk: number): [number, number] {
		const main = this.at(0x02);
		// the delay-locked loop makes four of one, as all rows with it at other rates have it
		const inside = mclk * ((main & 0x80) !== 0 ? 1 : 4) * ((main & 0x40) !== 0 ? 2 : 1);
		const converters = inside / (main & 0x1f);
		return [converters / (16 * (this.at(0x07) & 0x3f)), mclk / ((this.at(0x04) << 8) | this.at(0x05))];
	}
}

/** Registers of two octets, big-endian; bits as `aw_pid_1852_reg.h` of Awinic's driver for Linux has them. */
export class FakeAw88298 {
	readonly registers = new Map<number, number>();
	readonly writes: [number, number][] = [];

	write(source: Uint8Array): void {
		if (source.length !== 3) throw new Error(`a write of ${source.length} octets`);
		const register = source[0] as number;
		const value = ((source[1] as number) << 8) | (source[2] as number);
		this.writes.push([register, value]);
		if (register === 0) {
			if (value !== 0x55aa) throw new Error("the id can only be written to reset the chip");
			this.registers.clear();
			// what the loop's register holds besides is its own
			this.registers.set(0x66, 0x5ac3);
		} else if (![0x03, 0x04, 0x05, 0x06, 0x09, 0x0a, 0x0b, 0x0c, 0x60, 0x61, 0x66].includes(register))
			throw new Error(`register ${register.toString(16)} is reserved`);
		else this.registers.set(register, value);
	}

	writeRead(source: Uint8Array, target: Uint8Array): void {
		const register = source[0] as number;
		if (target.length !== 2 || register !== 0x66) throw new Error(`register ${register.toString(16)} is not read here`);
		const value = this.registers.get(register) ?? 0;
		target[0] = value >> 8;
		target[1] = value;
	}

	get level(): number {
		const control = this.registers.get(0x04) ?? 3;
		if ((control & 3) !== 0 || (control & 0x40) === 0 || ((this.registers.get(0x05) ?? 0) & 0x10) !== 0)
			return Number.NEGATIVE_INFINITY;
		const volume = (this.registers.get(0x0c) ?? 0) >> 8;
		if ((volume & 15) > 11) throw new Error("a step of 6 dB has twelve of 0.5 dB");
		return -6 * (volume >> 4) - 0.5 * (volume & 15);
	}

	/** Sample rate, bits of a slot, bits of a sample. */
	get format(): [number, number, number] {
		const i2s = this.registers.get(0x06) ?? 0;
		if (((i2s >> 8) & 7) !== 4 || (i2s & 0x1000) === 0) throw new Error("does not receive I2S");
		const rates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
		return [coded(rates, i2s & 15), coded([16, 24, 32], (i2s >> 4) & 3), coded([16, 20, 24, 32], (i2s >> 6) & 3)];
	}
}
