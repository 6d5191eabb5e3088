/*
 * TCA8418: a chip that scans and debounces up to 8 x 10 keys and keeps ten events, over I2C with an interrupt line (low while it
 * has events). After Texas Instruments' data sheet SCPS215.
 */
import type { DigitalPin, KeyEvents, KeyScanner, KeyScannerOptions } from "hal/drivers/common/chips";
import { Registers } from "hal/drivers/common/registers";

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

export class Tca8418 implements KeyScanner {
	static readonly rows = 8;
	static readonly columns = COLUMNS;
	private readonly registers: Registers;
	private readonly line: DigitalPin;

	/** Sets the chip up; throws when it does not answer. */
	constructor(options: KeyScannerOptions) {
		const { columns, interrupt, rows } = options;
		const registers = new Registers(options.i2c);
		const bits = (1 << columns) - 1;
		this.registers = registers;
		registers.write(Register.configuration, 0);
		registers.write(Register.keypadRows, (1 << rows) - 1);
		registers.write(Register.keypadColumns, bits & 0xff);
		registers.write(Register.keypadColumnsHigh, bits >> 8);
		this.line = new interrupt.io({
			pin: interrupt.pin,
			mode: interrupt.io.InputPullUp,
			edge: interrupt.io.Falling,
			onReadable: options.onReadable,
		});
	}

	get readable(): boolean {
		return this.line.read() === 0;
	}

	start(): void {
		this.registers.write(Register.configuration, CONFIGURATION);
	}

	/** Takes all events out of the chip, then clears the interrupt; new ones may have come meanwhile. */
	read(events: KeyEvents): void {
		const registers = this.registers;
		for (let round = 0; round < ROUNDS; round++) {
			const status = registers.read(Register.interruptStatus);
			if (status === 0) return;
			for (let i = 0; i < EVENTS; i++) {
				const event = registers.read(Register.event);
				if (event === 0) break;
				const number = (event & ~PRESSED) - 1;
				events.change(Math.floor(number / COLUMNS), number % COLUMNS, (event & PRESSED) !== 0);
			}
			// what was lost may have been the release of a key
			if ((status & OVERFLOW) !== 0) events.releaseAll();
			registers.write(Register.interruptStatus, status);
		}
	}
}
