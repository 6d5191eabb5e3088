/*
 * The hook switch on a GPIO with its bounce taken away. Hung up only for a moment (a flash, as on an analogue line) it is the Hold
 * key: the call goes on hold, or comes back.
 */
import type { MakeTicker, Ticker } from "hal/esp32s3/ticker";
import { Key, type KeypadListener } from "hal/hardware";

export interface HookOptions {
	/** Opens the input, one of ECMA-419's; `changed` is called after each edge. */
	readonly open: (changed: () => void) => { read(): number };
	/** Level of the input while the handset is lifted. */
	readonly offHook: number;
	/** Milliseconds of a flash at most, 0 for none: hanging up counts only when the handset stays down longer. */
	readonly flash: number;
	readonly ticker: MakeTicker;
}

/** A switch stands still this long, in milliseconds, before its state counts. */
const SETTLING = 20;

export class HookSwitch {
	private readonly input: { read(): number };
	private readonly level: number;
	private readonly flash: number;
	private readonly ticker: Ticker;
	private told: boolean;
	private settling = false;
	/** The switch has settled on hook and may yet turn out to flash. */
	private flashing = false;
	private listener: KeypadListener | undefined;

	constructor(options: HookOptions) {
		this.level = options.offHook;
		this.flash = options.flash;
		this.ticker = options.ticker(() => this.ticked());
		this.input = options.open(() => {
			this.settling = true;
			this.ticker.every(SETTLING);
		});
		this.told = this.lifted;
	}

	get offHook(): boolean {
		return this.told;
	}

	start(listener: KeypadListener): void {
		this.listener = listener;
	}

	private get lifted(): boolean {
		return this.input.read() === this.level;
	}

	private ticked(): void {
		this.ticker.stop();
		const settled = this.settling;
		const lifted = this.lifted;
		this.settling = false;
		if (!this.flashing) {
			if (lifted || !this.told || this.flash === 0) this.report(lifted);
			else {
				this.flashing = true;
				this.ticker.every(this.flash);
			}
			return;
		}
		if (!lifted && settled) {
			// it has bounced and still hangs
			this.ticker.every(this.flash);
			return;
		}
		this.flashing = false;
		if (!lifted) {
			this.report(false);
			return;
		}
		this.listener?.key(Key.hold, true);
		this.listener?.key(Key.hold, false);
	}

	private report(offHook: boolean): void {
		if (offHook === this.told) return;
		this.told = offHook;
		this.listener?.hook(offHook);
	}
}
