/*
 * In the place of the SDK's own step before main, which joins the build's network once and holds up the start until then: the phone
 * starts at once and sees to its networks itself (hal/esp32s3/uplink).
 */

export default function setupNetwork(done: () => void): void {
	done();
}
