/*
 * The keys of a matrix behind a scanner chip, read when its interrupt line falls; while a key is down or the chip did not answer, and for
 * an edge that was lost, also at regular times.
 */
import type { KeyScanner, KeyScannerDriver, KeyScannerOptions } from "hal/drivers/common/chips";
import type { KeyMatrix } from "hal/esp32s3/board";
import { type KeySource, Keys } from "hal/esp32s3/keys";
import type { MakeTicker, Ticker } from "hal/esp32s3/ticker";
import type { KeypadListener } from "hal/hardware";

/** Milliseconds between looks at the time, and at the interrupt line, while a key is down or the chip did not answer. */
const STEP = 50;

export interface ScannedKeysOptions extends Pick<KeyScannerOptions, "i2c" | "interrupt"> {
	readonly driver: KeyScannerDriver;
	readonly matrix: KeyMatrix;
	readonly ticker: MakeTicker;
	readonly log: (line: string) => void;
}

export class ScannedKeys implements KeySource {
	private readonly scanner: KeyScanner;
	private readonly keys: Keys;
	private readonly ticker: Ticker;
	private readonly log: (line: string) => void;
	/** True after the chip did not answer: events may be lost. */
	private lost = false;

	/** Throws when the chip does not answer. */
	constructor(options: ScannedKeysOptions) {
		const { driver, i2c, interrupt, matrix, ticker } = options;
		this.log = options.log;
		this.keys = new Keys(matrix.keys, matrix.diodes);
		this.scanner = new driver({
			i2c,
			interrupt,
			rows: matrix.keys.length,
			columns: Math.max(...matrix.keys.map((row) => row.length)),
			onReadable: () => this.service(),
		});
		this.ticker = ticker(() => this.tick());
	}

	/** Keys pressed before this are not told. */
	start(listener: KeypadListener): void {
		this.service();
		this.keys.releaseAll();
		this.scanner.start();
		this.keys.start(listener);
		this.watch();
	}

	private tick(): void {
		if (this.lost || this.scanner.readable) this.service();
		this.keys.elapse(STEP);
		this.watch();
	}

	private watch(): void {
		if (this.lost || this.keys.waiting || this.scanner.readable) this.ticker.every(STEP);
		else this.ticker.stop();
	}

	private service(): void {
		try {
			this.scanner.read(this.keys);
			this.lost = false;
		} catch (error) {
			if (!this.lost) this.log(`keypad: ${error}; trying again`);
			this.lost = true;
		}
		this.watch();
	}
}
