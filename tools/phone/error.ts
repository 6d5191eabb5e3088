/** A wait that did not come true, or a phone that ended; the message holds the last screen and log lines. */
export class PhoneError extends Error {
	override readonly name = "PhoneError";
}
