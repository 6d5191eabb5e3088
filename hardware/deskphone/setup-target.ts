/*
 * Runs once at boot, before the network comes up and before main: what the board itself needs. The bare ESP32-S3 module
 * that this target describes so far needs nothing; display, codec and keypad are set up here when the board has them.
 */

/** @param done called when the board is ready; boot goes on from there. */
export default function setupTarget(done: () => void): void {
	done();
}
