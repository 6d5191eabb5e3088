/*
 * The phone's flash on the host: a file in the folder of the storage, or memory alone when no folder is given.
 */
import type { Flash } from "hal/hardware";

const Native = Object.freeze({
	open(path: string): ArrayBuffer {
		return native("xs_flash_open").call(Native, path);
	},
	erase(at: number): boolean {
		return native("xs_flash_erase").call(Native, at);
	},
	write(at: number, source: Uint8Array): boolean {
		return native("xs_flash_write").call(Native, at, source);
	},
});

export class HostFlash implements Flash {
	readonly block = 4096;
	readonly octets: Uint8Array;

	/** @param folder of the storage, '' for memory alone. Throws when its file cannot be used. */
	constructor(folder: string) {
		this.octets = new Uint8Array(Native.open(folder === "" ? "" : `${folder}/.flash`));
	}

	erase(at: number): boolean {
		return Native.erase(at);
	}

	write(at: number, source: Uint8Array): boolean {
		return Native.write(at, source);
	}
}
