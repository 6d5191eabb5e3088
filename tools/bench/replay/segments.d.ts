/*
 * The module that `bench sccp` makes of a capture for the replay.
 */
declare module "bench/segments" {
	export const segments: {
		/** Version that the phone of the capture declared. */
		readonly protocol: number;
		/** What the call agent sent up to the end of the registration, in TCP segments. */
		readonly registration: readonly Uint8Array[];
		/** What is replayed. */
		readonly repeated: Uint8Array;
		/** Messages in `repeated`. */
		readonly messages: number;
	};
}
