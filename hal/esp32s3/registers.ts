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

/** Views of one to five octets on one buffer. */
export class RegisterBuffers {
	readonly views: readonly Uint8Array[];
	readonly octets: Uint8Array;

	constructor() {
		this.octets = new Uint8Array(5);
		const views: Uint8Array[] = [];
		for (let size = 0; size <= this.octets.length; size++) views.push(new Uint8Array(this.octets.buffer, 0, size));
		this.views = views;
	}
}

export class Registers {
	readonly #device: I2cDevice;
	readonly #octets: Uint8Array;
	readonly #one: Uint8Array;
	readonly #two: Uint8Array;
	readonly #three: Uint8Array;
	readonly #five: Uint8Array;

	constructor(device: I2cDevice, buffers: RegisterBuffers) {
		this.#device = device;
		this.#octets = buffers.octets;
		[, this.#one, this.#two, this.#three, , this.#five] = buffers.views as [
			Uint8Array,
			Uint8Array,
			Uint8Array,
			Uint8Array,
			Uint8Array,
			Uint8Array,
		];
	}

	read(register: number): number {
		this.#octets[0] = register;
		this.#device.writeRead(this.#one, this.#one);
		return this.#octets[0] as number;
	}

	write(register: number, value: number): void {
		this.#octets[0] = register;
		this.#octets[1] = value;
		this.#device.write(this.#two);
	}

	/** Writes the bits of `mask` and leaves the others as they are. */
	update(register: number, mask: number, value: number): void {
		this.write(register, (this.read(register) & ~mask) | (value & mask));
	}

	writeWord(register: number, value: number): void {
		this.#octets[0] = register;
		this.#octets[1] = value >> 8;
		this.#octets[2] = value;
		this.#device.write(this.#three);
	}

	/** Writes four octets to `register` and those after it, on a chip that counts on by itself. */
	writeFour(register: number, a: number, b: number, c: number, d: number): void {
		this.#octets[0] = register;
		this.#octets[1] = a;
		this.#octets[2] = b;
		this.#octets[3] = c;
		this.#octets[4] = d;
		this.#device.write(this.#five);
	}

	/** Writes a table of register and value in turn, in its order. */
	writeTable(table: readonly number[]): void {
		for (let i = 0; i + 1 < table.length; i += 2) this.write(table[i] as number, table[i + 1] as number);
	}
}
