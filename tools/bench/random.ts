/*
 * Random numbers that are the same every time.
 */

/** Xorshift of 32 bits, from a seed. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = Math.imul(seed, 0x9e3779b1) | 1;
		for (let i = 0; i < 16; i += 1) this.next();
	}
	/** At least 0 and below 1. */
	next(): number {
		this.#state ^= this.#state << 13;
		this.#state ^= this.#state >>> 17;
		this.#state ^= this.#state << 5;
		return (this.#state >>> 0) / 4294967296;
	}
	/** Exponential distribution. */
	exponential(mean: number): number {
		return -mean * Math.log(1 - this.next());
	}
	/** Normal distribution about 0 with deviation 1 (Box and Muller). */
	normal(): number {
		return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
	}
	between(low: number, high: number): number {
		return low + (high - low) * this.next();
	}
}
