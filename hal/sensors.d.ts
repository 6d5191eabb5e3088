/*
 * The SDK's drivers of touch controllers that boards name, which typings of the SDK do not have: modules/drivers/sensors there, by their
 * manifests' names. The build of an image takes them as they are (`noImplicitAny` in manifest.json is for that).
 */

declare module "embedded:sensor/Touch/FT3168" {
	const FT3168: import("hal/drivers/common/chips").TouchDriver;
	export default FT3168;
}

declare module "embedded:sensor/Touch/FT6x06" {
	const FT6x06: import("hal/drivers/common/chips").TouchDriver;
	export default FT6x06;
}

declare module "embedded:sensor/Touch/GT911" {
	const GT911: import("hal/drivers/common/chips").TouchDriver;
	export default GT911;
}
