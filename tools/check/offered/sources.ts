/*
 * C files that the Moddable SDK 8.2.3 compiles into an image of this project's manifests, besides the project's own. mcconfig puts all
 * objects into one folder and names them after their files alone.
 */
export const OF_SDK_C: readonly string[] = Object.freeze(
	`Resource _analog _i2c _pulsecount _pulsewidth _pwm buildinfo builtinCommon cfeBMF commodettoBitmap commodettoParseBMF
	commodettoParseBMP commodettoParseRLE commodettoPocoBlit commodettoPocoCore digital digitalbank e_pow esp32 modCo5300
	modGPIO modIli9341 modInstrumentation modLwipSafe modNet modPreference modResolve modSPI modSocket modTime modTimer
	modsntp serial spi system tcp timer udp xs6wifi xsHost xsHosts xsPlatform`
		.split(/\s+/)
		.map((name) => `${name}.c`),
);
