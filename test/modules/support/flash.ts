// Flash whose power can be cut: writing clears bits and no more, octet by octet; a block is erased octet by octet, too.
import type { Flash } from "hal/hardware";
import { PowerCut } from "./storage.js";

export class FakeFlash implements Flash {
	readonly block = 4096;
	readonly octets: Uint8Array;
	/** Octets written and blocks erased. */
	written = 0;
	erased = 0;
	/** Whether it still can be written. */
	works = true;
	#left = Number.POSITIVE_INFINITY;

	constructor(size = 65536) {
		this.octets = new Uint8Array(size).fill(0xff);
	}

	/** Has the power go after so many octets. */
	cutAfter(octets: number): void {
		this.#left = octets;
	}

	erase(at: number): boolean {
		if (!this.works || at % this.block !== 0 || at < 0 || at >= this.octets.length) return false;
		this.erased += 1;
		for (let i = 0; i < this.block; i += 1) {
			this.#step();
			this.octets[at + i] = 0xff;
		}
		return true;
	}

	write(at: number, source: Uint8Array): boolean {
		if (!this.works || at < 0 || at + source.length > this.octets.length) return false;
		source.forEach((octet, i) => {
			this.#step();
			this.written += 1;
			this.octets[at + i] = (this.octets[at + i] as number) & octet;
		});
		return true;
	}

	#step(): void {
		if (this.#left <= 0) throw new PowerCut("the power is gone");
		this.#left -= 1;
	}
}
