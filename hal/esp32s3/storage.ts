/*
 * The phone's settings in the chip's non-volatile storage (NVS), one namespace for all. A write returns when it is in
 * flash. NVS writes a value whole or not at all, which is more than `Storage` promises; one whose octets have rotted it drops.
 */
import type { Storage } from "hal/hardware";
import Preference from "preference";

const NAMESPACE = "linnet";

/** NVS keeps keys of at most 15 characters. */
const KEY_LENGTH = 15;

function checked(key: string): string {
	if (key.length === 0 || key.length > KEY_LENGTH) {
		throw new RangeError(`storage key "${key}": NVS takes 1 to ${KEY_LENGTH} characters`);
	}
	return key;
}

export class NvsStorage implements Storage {
	read(key: string): string | undefined {
		const value = Preference.get(NAMESPACE, checked(key));
		return typeof value === "string" ? value : undefined;
	}

	/** Throws when NVS is full or `value` exceeds its 4000 octets. */
	write(key: string, value: string): void {
		Preference.set(NAMESPACE, checked(key), value);
	}

	delete(key: string): void {
		Preference.delete(NAMESPACE, checked(key));
	}
}
