/*
 * TCA8418: a chip that scans and debounces up to 8 x 10 keys and keeps ten events, over I2C with an interrupt line (low while it
 * has events). After Texas Instruments' data sheet SCPS215.
 */

import { type KeySource, Keys } from "hal/esp32s3/keys";
import type { Registers } from "hal/esp32s3/registers";
import type { MakeTicker, Ticker } from "hal/esp32s3/ticker";
import type { KeypadListener } from "hal/hardware";

const Register = Object.freeze({
	configuration: 0x01,
	interruptStatus: 0x02,
	event: 0x04,
	keypadRows: 0x1d,
	keypadColumns: 0x1e,
	keypadColumnsHigh: 0x1f,
});

/** Interrupts for key events and for a full store; the line rises for 50 us and falls again while there are more. */
const CONFIGURATION = 0x19;
const OVERFLOW = 0x08;
const PRESSED = 0x80;
/** Keys are numbered from 1, ten a row. */
const COLUMNS = 10;
const EVENTS = 10;
/** Rounds of one interrupt: a chip that says more than that is broken, or nobody is there. */
const ROUNDS = 4;

/** Milliseconds between looks at the time, and at the interrupt line, while a key is down or the chip did not answer. */
const STEP = 50;

export interface Tca8418Options {
	readonly registers: Registers;
	readonly matrix: { readonly keys: readonly (readonly number[])[]; readonly diodes: boolean };
	/** Opens the interrupt line; `fallen` is called after each falling edge. */
	readonly interrupt: (fallen: () => void) => { read(): number };
	readonly ticker: MakeTicker;
	readonly log: (line: string) => void;
}

export class Tca8418 implements KeySource {
	readonly #registers: Registers;
	readonly #keys: Keys;
	readonly #log: (line: string) => void;
	readonly #ticker: Ticker;
	readonly #line: { read(): number };
	/** True after the chip did not answer: events may be lost. */
	#lost = false;

	/** Sets the chip up; throws when it does not answer. */
	constructor(options: Tca8418Options) {
		const { matrix, registers } = options;
		this.#registers = registers;
		this.#log = options.log;
		this.#keys = new Keys(matrix.keys, matrix.diodes);
		const columns = (1 << Math.max(...matrix.keys.map((row) => row.length))) - 1;
		registers.write(Register.configuration, 0);
		registers.write(Register.keypadRows, (1 << matrix.keys.length) - 1);
		registers.write(Register.keypadColumns, columns & 0xff);
		registers.write(Register.keypadColumnsHigh, columns >> 8);
		this.#ticker = options.ticker(() => this.#tick());
		this.#line = options.interrupt(() => this.#service());
	}

	/** Keys pressed before this are not told. */
	start(listener: KeypadListener): void {
		this.#service();
		this.#keys.releaseAll();
		this.#registers.write(Register.configuration, CONFIGURATION);
		this.#keys.start(listener);
		this.#watch();
	}

	#tick(): void {
		if (this.#lost || this.#line.read() === 0) this.#service();
		this.#keys.elapse(STEP);
		this.#watch();
	}

	#watch(): void {
		if (this.#lost || this.#keys.waiting || this.#line.read() === 0) this.#ticker.every(STEP);
		else this.#ticker.stop();
	}

	#service(): void {
		try {
			this.#take();
			this.#lost = false;
		} catch (error) {
			if (!this.#lost) this.#log(`keypad: ${error}; trying again`);
			this.#lost = true;
		}
		this.#watch();
	}

	/** Takes all events out of the chip, then clears the interrupt; new ones may have come meanwhile. */
	#take(): void {
		const registers = this.#registers;
		for (let round = 0; round < ROUNDS; round++) {
			const status = registers.read(Register.interruptStatus);
			if (status === 0) return;
			for (let i = 0; i < EVENTS; i++) {
				const event = registers.read(Register.event);
				if (event === 0) break;
				const number = (event & ~PRESSED) - 1;
				this.#keys.change(Math.floor(number / COLUMNS), number % COLUMNS, (event & PRESSED) !== 0);
			}
			// what was lost may have been the release of a key
			if ((status & OVERFLOW) !== 0) this.#keys.releaseAll();
			registers.write(Register.interruptStatus, status);
		}
	}
}
