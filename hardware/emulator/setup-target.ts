/*
 * Runs once at boot, before the network comes up and before main. There is nothing to switch on.
 */

/** @param done called when the board is ready; boot goes on from there. */
export default function setupTarget(done: () => void): void {
	done();
}
