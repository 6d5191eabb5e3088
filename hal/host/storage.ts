/*
 * The phone's storage on the host: a folder of files, or memory alone when none is given.
 */
import KeyValue from "embedded:storage/key-value";
import type { Storage } from "hal/hardware";

class Memory implements Storage {
	private readonly values = new Map<string, string>();

	read(key: string): string | undefined {
		return this.values.get(key);
	}

	write(key: string, value: string): void {
		this.values.set(key, value);
	}

	delete(key: string): void {
		this.values.delete(key);
	}
}

/** Storage in a folder, which is made when it is missing; '' keeps values until the program ends. */
export function openStorage(folder: string): Storage {
	return folder === "" ? new Memory() : KeyValue.open({ path: folder });
}
