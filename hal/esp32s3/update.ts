/*
 * Loads of the ESP32-S3: an image goes into the slot that does not run, is checked as ESP-IDF checks it, and comes up at the next
 * start; unless it registers it makes way for the one before at the start after that. The natives stand in update.c.
 */
import type { Update } from "hal/hardware";

const Native = Object.freeze({
	begin(size: number): boolean {
		return native("xs_update_begin").call(this, size);
	},
	write(octets: Uint8Array): boolean {
		return native("xs_update_write").call(this, octets);
	},
	finish(): string {
		return native("xs_update_finish").call(this);
	},
	cancel(): void {
		native("xs_update_cancel").call(this);
	},
	confirm(): void {
		native("xs_update_confirm").call(this);
	},
	onTrial(): boolean {
		return native("xs_update_on_trial").call(this);
	},
	rolledBack(): boolean {
		return native("xs_update_rolled_back").call(this);
	},
});

export class OtaUpdate implements Update {
	readonly load: string;
	/** A load is made for one board: the same name in a configuration fits all, each asks for its own file. */
	readonly suffix: string;
	readonly resetReason: string;
	readonly onTrial: boolean;

	/**
	 * @param load name of the load that runs, such as 'linnet-0.1.0'.
	 * @param board the board's name, part of the files' names: 'linnet-0.1.0-deskphone.bin'.
	 * @param resetReason why the chip started.
	 */
	constructor(load: string, board: string, resetReason: string) {
		this.load = load;
		this.suffix = `-${board}.bin`;
		this.resetReason = Native.rolledBack() ? `roll-back after ${resetReason}` : resetReason;
		this.onTrial = Native.onTrial();
	}

	begin(_load: string, size: number): boolean {
		return Native.begin(size);
	}

	write(source: Uint8Array): boolean {
		return Native.write(source);
	}

	finish(): string {
		return Native.finish();
	}

	cancel(): void {
		Native.cancel();
	}

	confirm(): void {
		Native.confirm();
	}
}
