/*
 * What the audio pipeline has on the ESP32-S3 alone: the pins of I2S, and word of the route in force. The natives stand in
 * audio/port/esp32s3_xs.c.
 */

/**
 * Starts I2S at 8 kHz with these GPIO numbers (`mclk` -1: none), `multiple` being the master clock's to that rate. From now on it turns
 * to 16 kHz and back as the pipeline does, the master clock staying. False when it is refused: the pipeline then works on without microphone and loudspeaker.
 */
export function openI2s(
	this: void,
	unit: number,
	mclk: number,
	bclk: number,
	ws: number,
	dout: number,
	din: number,
	multiple: number,
): boolean {
	return native("xs_audio_chip_open").call(this, unit, mclk, bclk, ws, dout, din, multiple);
}

/**
 * Has `changed` called when another route comes into force (low two bits), sound begins or ends (bit 2), I2S gets 16 kHz (bit 3), or the user is to
 * hear himself (bit 4). Once only.
 */
export function listenToRoute(this: void, changed: (state: number) => void): void {
	native("xs_audio_chip_listen").call(this, changed);
}

/** Leaves it to the codec that the user hears himself, on these routes: bit 1 shifted by each `Route`. */
export function leaveSidetone(this: void, routes: number): void {
	native("xs_audio_chip_leaveSidetone").call(this, routes);
}
