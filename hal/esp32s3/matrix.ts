/*
 * A key matrix right on the chip's pins. While all keys are up all rows are low and an edge on any column begins the scan: rows
 * go low one by one (open drain, so that two keys of a column do no harm) until all keys are up again.
 */

import { type KeySource, Keys } from "hal/esp32s3/keys";
import type { MakeTicker, Ticker } from "hal/esp32s3/ticker";
import type { KeypadListener } from "hal/hardware";

/** Milliseconds between scans, and how many equal scans in turn make a row's state count: 20 ms outlast any key's bounce. */
const STEP = 5;
const EQUAL = 4;

export interface MatrixOptions {
	readonly matrix: { readonly keys: readonly (readonly number[])[]; readonly diodes: boolean };
	/** Opens a row, an open-drain output; 1 lets it float. */
	readonly row: (index: number) => { write(level: number): void };
	/** Opens a column, an input with pull-up; `fallen` is called after each falling edge. */
	readonly column: (index: number, fallen: () => void) => { read(): number };
	readonly ticker: MakeTicker;
}

export class KeyMatrixScan implements KeySource {
	private readonly keys: Keys;
	private readonly rows: readonly { write(level: number): void }[];
	private readonly columns: readonly { read(): number }[];
	private readonly ticker: Ticker;
	/** Bits by column for each row: what counts, what the last scan saw, and for how many scans. */
	private readonly stable: Uint16Array;
	private readonly seen: Uint16Array;
	private readonly count: Uint8Array;
	private scanning = false;
	private started = false;

	constructor(options: MatrixOptions) {
		const { keys, diodes } = options.matrix;
		this.keys = new Keys(keys, diodes);
		this.stable = new Uint16Array(keys.length);
		this.seen = new Uint16Array(keys.length);
		this.count = new Uint8Array(keys.length);
		this.ticker = options.ticker(() => this.scan());
		const fallen = (): void => this.begin();
		const width = Math.max(...keys.map((row) => row.length));
		this.rows = keys.map((_row, index) => options.row(index));
		this.columns = Array.from({ length: width }, (_, index) => options.column(index, fallen));
		this.rest();
	}

	start(listener: KeypadListener): void {
		this.keys.start(listener);
		this.started = true;
		this.begin();
	}

	private begin(): void {
		if (this.scanning || !this.started) return;
		this.scanning = true;
		for (let i = 0; i < this.rows.length; i++) this.rows[i]?.write(1);
		this.ticker.every(STEP);
	}

	/** All keys are up: any that goes down shall pull its column low. */
	private rest(): void {
		this.scanning = false;
		this.ticker.stop();
		for (let i = 0; i < this.rows.length; i++) this.rows[i]?.write(0);
	}

	private readRow(row: number): number {
		let bits = 0;
		this.rows[row]?.write(0);
		for (let i = 0; i < this.columns.length; i++) if (this.columns[i]?.read() === 0) bits |= 1 << i;
		this.rows[row]?.write(1);
		return bits;
	}

	private scan(): void {
		let busy = false;
		for (let row = 0; row < this.rows.length; row++) {
			const bits = this.readRow(row);
			if (bits !== this.seen[row]) {
				this.seen[row] = bits;
				this.count[row] = 1;
			} else if ((this.count[row] as number) < EQUAL) this.count[row] = (this.count[row] as number) + 1;
			if (bits !== 0 || this.stable[row] !== 0 || (this.count[row] as number) < EQUAL) busy = true;
		}
		// releases first: a key that went up can make no ghost of one that comes down
		for (let row = 0; row < this.rows.length; row++) this.settle(row, false);
		for (let row = 0; row < this.rows.length; row++) this.settle(row, true);
		this.keys.elapse(STEP);
		if (busy) return;
		this.rest();
		// a key may have gone down after its row was read, and the column's edge before rows were at rest
		for (let i = 0; i < this.columns.length; i++) if (this.columns[i]?.read() === 0) this.begin();
	}

	private settle(row: number, closed: boolean): void {
		if ((this.count[row] as number) < EQUAL) return;
		const seen = this.seen[row] as number;
		const stable = this.stable[row] as number;
		const changed = closed ? seen & ~stable : stable & ~seen;
		if (changed === 0) return;
		this.stable[row] = stable ^ changed;
		for (let column = 0; column < this.columns.length; column++)
			if ((changed & (1 << column)) !== 0) this.keys.change(row, column, closed);
	}
}
