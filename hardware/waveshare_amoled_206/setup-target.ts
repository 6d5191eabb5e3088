/*
 * Runs once at boot, before the network comes up and before main. The power chip of this board starts with the rails that its
 * display and codecs need, and their drivers do their own resets: there is nothing to do here.
 */
export default function setupTarget(done: () => void): void {
	done();
}
