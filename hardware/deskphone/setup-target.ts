/*
 * Runs once at boot, before the network comes up and before main. The supplies of this board need no program, and its chips are set
 * up by their drivers: there is nothing to do here.
 */

/** @param done called when the board is ready; boot goes on from there. */
export default function setupTarget(done: () => void): void {
	done();
}
