/*
 * Loads of the ESP32-S3: a signed header (hal/loads/signed_load.h) and an image. The image goes into the slot that does not run, is
 * checked against its header and as ESP-IDF checks it, and comes up at the next start; unless it registers it makes way for the one
 * before at the start after that. The natives stand in update.c.
 */
import type { Update } from "hal/hardware";
import { counter } from "hal/load";

const Native = Object.freeze({
	begin(name: string, board: string, keys: string, own: number, size: number): string {
		return native("xs_update_begin").call(this, name, board, keys, own, size);
	},
	write(octets: Uint8Array): string {
		return native("xs_update_write").call(this, octets);
	},
	finish(): string {
		return native("xs_update_finish").call(this);
	},
	cancel(): void {
		native("xs_update_cancel").call(this);
	},
	confirm(own: number): void {
		native("xs_update_confirm").call(this, own);
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
	private readonly board: string;
	private readonly keys: string;

	/**
	 * @param load name of the load that runs, such as 'linnet-0.1.0'.
	 * @param board the board's name, part of the files' names: 'linnet-0.1.0-deskphone.bin'.
	 * @param keys the public keys that this build trusts, as hal/loads/signed_load.h reads them; '' for none.
	 * @param resetReason why the chip started.
	 */
	constructor(load: string, board: string, keys: string, resetReason: string) {
		this.load = load;
		this.board = board;
		this.keys = keys;
		this.suffix = `-${board}.bin`;
		this.resetReason = Native.rolledBack() ? `roll-back after ${resetReason}` : resetReason;
		this.onTrial = Native.onTrial();
	}

	begin(load: string, size: number): string {
		return Native.begin(load, this.board, this.keys, counter, size);
	}

	write(source: Uint8Array): string {
		return Native.write(source);
	}

	finish(): string {
		return Native.finish();
	}

	cancel(): void {
		Native.cancel();
	}

	confirm(): void {
		Native.confirm(counter);
	}
}
