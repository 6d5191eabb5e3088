/*
 * Loads for the host: a signed header (hal/loads/signed_load.h) and a pack of the phone's modules with their map, host.map
 * (pack.h). Verification, slots and roll-back are hal/host/update.c's.
 */

import type { Update } from "hal/hardware";
import { counter, load } from "hal/load";

/** The board that loads for the host are made for. */
const board = "pc";

const Native = Object.freeze({
	get name(): string {
		return native("xs_update_name").call(Native);
	},
	get onTrial(): boolean {
		return native("xs_update_on_trial").call(Native);
	},
	get rolledBack(): boolean {
		return native("xs_update_rolled_back").call(Native);
	},
	begin(name: string, board: string, own: number, size: number): string {
		return native("xs_update_begin").call(Native, name, board, own, size);
	},
	write(octets: Uint8Array): string {
		return native("xs_update_write").call(Native, octets);
	},
	install(): string {
		return native("xs_update_install").call(Native);
	},
	cancel(): void {
		native("xs_update_cancel").call(Native);
	},
	confirm(own: number): void {
		native("xs_update_confirm").call(Native, own);
	},
});

export class HostUpdate implements Update {
	readonly load: string;
	readonly suffix = ".load";
	readonly resetReason: string;
	readonly onTrial: boolean;

	/** @param aborted what the program before this one left when its JavaScript gave up, '' for nothing. */
	constructor(aborted: string) {
		// not from a slot: the program's own modules
		this.load = Native.name || load;
		if (Native.rolledBack) this.resetReason = aborted === "" ? "roll-back" : `roll-back after ${aborted}`;
		else this.resetReason = aborted || "start";
		this.onTrial = Native.onTrial;
	}

	begin(load: string, size: number): string {
		return Native.begin(load, board, counter, size);
	}

	write(source: Uint8Array): string {
		return Native.write(source);
	}

	finish(): string {
		return Native.install();
	}

	cancel(): void {
		Native.cancel();
	}

	confirm(): void {
		Native.confirm(counter);
	}
}
