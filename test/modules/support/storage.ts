// A storage whose power can be cut: at any octet of a write, at any operation; its octets can rot and it can be full.
import type { Storage } from "hal/hardware";

/** Thrown where the power goes: nothing of the phone runs after it. */
export class PowerCut extends Error {}

export class FakeStorage implements Storage {
	/** What lies there, a text an octet a character. */
	readonly values = new Map<string, string>();
	/** Octets and operations done since the last {@link FakeStorage.cutAfter}. */
	done = 0;
	/** Octets that all values together may take. */
	capacity = Number.POSITIVE_INFINITY;
	writes = 0;
	#cut = Number.POSITIVE_INFINITY;

	/** Has the power go after so many octets and operations: a write is one operation to begin it and one for each octet. */
	cutAfter(steps: number): void {
		this.done = 0;
		this.#cut = steps;
	}

	/** The power is back. */
	restore(): void {
		this.cutAfter(Number.POSITIVE_INFINITY);
	}

	read(key: string): string | undefined {
		return this.values.get(key);
	}

	/** Writes octet after octet over what was there, as flash without any care would. */
	write(key: string, value: string): void {
		this.#step();
		this.writes += 1;
		let taken = value.length;
		for (const [other, text] of this.values) if (other !== key) taken += text.length;
		if (taken > this.capacity) throw new Error("no space left");
		this.values.set(key, "");
		for (let i = 1; i <= value.length; i += 1) {
			this.#step();
			this.values.set(key, value.slice(0, i));
		}
	}

	delete(key: string): void {
		this.#step();
		this.values.delete(key);
	}

	/** Turns one bit of a value over. */
	rot(key: string, octet: number, bit: number): void {
		const value = this.values.get(key) ?? "";
		const turned = String.fromCharCode(value.charCodeAt(octet) ^ (1 << bit));
		this.values.set(key, value.slice(0, octet) + turned + value.slice(octet + 1));
	}

	#step(): void {
		if (this.done >= this.#cut) throw new PowerCut("the power is gone");
		this.done += 1;
	}
}
