/*
 * Small numbers that lie together in one, since each property of an object takes memory on the board, and lines and calls are there
 * many times over.
 */

/** Fields of up to 32 bits in all. */
export class Packed {
	/** All fields: another number when one has changed. */
	facts: number;

	constructor(facts: number) {
		this.facts = facts;
	}

	/** A field that has `mask` from bit `from` on. */
	protected get(from: number, mask: number): number {
		return (this.facts >> from) & mask;
	}

	/** Sets a field, which takes as much of `value` as fits. */
	protected put(from: number, mask: number, value: number): void {
		this.facts = (this.facts & ~(mask << from)) | ((value & mask) << from);
	}
}
