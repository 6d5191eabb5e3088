/*
 * The registers of a chip on an I2C bus, one octet or one big-endian word each, over ECMA-419's I2C class. The buffers are
 * made once for all chips: a transfer is over before the next begins.
 */

/** The part of `embedded:io/i2c` used here; throws when the chip does not answer. */
export interface I2cDevice {
	write(source: Uint8Array): unknown;
	/** Writes, then reads as many octets as fit `target` without releasing the bus. */
	writeRead(source: Uint8Array, target: Uint8Array): unknown;
}

/** Where a chip is: the options of ECMA-419's I2C, with the class that they are for. */
export interface I2cOptions {
	readonly io: new (options: I2cOptions) => I2cDevice;
	/** GPIO numbers. */
	readonly data: number;
	readonly clock: number;
	readonly hz: number;
	/** Of 7 bits. */
	readonly address: number;
	/** Shared by all chips of a program. */
	readonly buffers: RegisterBuffers;
}

/** One buffer, and views of as many octets as transfers have. */
export class RegisterBuffers {
	readonly five = new Uint8Array(5);
	readonly one: Uint8Array;
	readonly two: Uint8Array;
	readonly three: Uint8Array;

	constructor() {
		const { buffer } = this.five;
		this.one = new Uint8Array(buffer, 0, 1);
		this.two = new Uint8Array(buffer, 0, 2);
		this.three = new Uint8Array(buffer, 0, 3);
	}
}

export class Registers {
	private readonly device: I2cDevice;
	private readonly buffers: RegisterBuffers;

	constructor(options: I2cOptions) {
		this.device = new options.io(options);
		this.buffers = options.buffers;
	}

	read(register: number): number {
		const { one } = this.buffers;
		one[0] = register;
		this.device.writeRead(one, one);
		return one[0] as number;
	}

	write(register: number, value: number): void {
		const { two } = this.buffers;
		two[0] = register;
		two[1] = value;
		this.device.write(two);
	}

	/** Writes the bits of `mask` and leaves the others as they are. */
	update(register: number, mask: number, value: number): void {
		this.write(register, (this.read(register) & ~mask) | (value & mask));
	}

	readWord(register: number): number {
		const { one, two } = this.buffers;
		one[0] = register;
		this.device.writeRead(one, two);
		return ((two[0] as number) << 8) | (two[1] as number);
	}

	/** Writes the bits of `mask` in a word and leaves the others as they are. */
	updateWord(register: number, mask: number, value: number): void {
		this.writeWord(register, (this.readWord(register) & ~mask) | (value & mask));
	}

	writeWord(register: number, value: number): void {
		const { three } = this.buffers;
		three[0] = register;
		three[1] = value >> 8;
		three[2] = value;
		this.device.write(three);
	}

	/** Writes four octets to `register` and those after it, on a chip that counts on by itself. */
	writeFour(register: number, a: number, b: number, c: number, d: number): void {
		const { five } = this.buffers;
		five[0] = register;
		five[1] = a;
		five[2] = b;
		five[3] = c;
		five[4] = d;
		this.device.write(five);
	}

	/** Writes a table of register and value in turn, in its order. */
	writeTable(table: readonly number[]): void {
		for (let i = 0; i + 1 < table.length; i += 2) this.write(table[i] as number, table[i + 1] as number);
	}
}
