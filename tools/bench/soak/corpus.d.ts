/*
 * The module that `bench soak` makes of the captures.
 */
declare module "bench/corpus" {
	export const corpus: {
		/** Version that the phone declares. */
		readonly version: number;
		readonly seed: number;
		/** Hostile frames and calls of the whole run. */
		readonly frames: number;
		readonly calls: number;
		/** Frames are events of a monkey: keys, hook moves, messages, objects. */
		readonly monkey: boolean;
		/** What a call agent of that version sends up to the end of the registration, in TCP segments. */
		readonly registration: readonly Uint8Array[];
		/** What call agents send: captured frames of every id and length. */
		readonly captured: readonly Uint8Array[];
	};
}
