/*
 * The module that `bench config` makes of configuration files.
 */
declare module "bench/documents" {
	export const documents: readonly Uint8Array[];
}
