/*
 * The module that `bench config` makes of files.
 */
declare module "bench/documents" {
	export const documents: readonly Uint8Array[];
	/** Numbers and texts of the phrases that a dictionary has. */
	export const expected: readonly (readonly (readonly [number, string])[])[];
}
