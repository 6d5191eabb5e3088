/*
 * What a body says of the engine's memory on the control channel.
 */

/** Index of each figure that {@link Engine.figures} fills in; slots are counted, chunks are in octets. */
export const Figure = Object.freeze({
	slots: 0,
	slotsPeak: 1,
	slotsLimit: 2,
	chunks: 3,
	chunksPeak: 4,
	chunksLimit: 5,
	stackPeak: 6,
	stackLimit: 7,
	collections: 8,
	baselineSlots: 9,
	baselineChunks: 10,
	slotSize: 11,
	/** Of the engine alone, as it is made. */
	emptySlots: 12,
	emptyChunks: 13,
	count: 14,
});

export interface Engine {
	readonly bits: number;
	/** Fills an ArrayBuffer of `Figure.count` 32-bit words. */
	figures(target: ArrayBuffer): void;
	/** Collects garbage now. */
	collect(): void;
}
