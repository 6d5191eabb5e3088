/*
 * The serial line that the chip's USB has for its log: what comes over it, and octets that go out in one piece between the log's lines. The
 * natives stand in usbline.c.
 */

/**
 * Takes the line, once; `readable` is called each time when octets have come, until {@link readLine} has taken them.
 * @returns false where it cannot be had: the log goes elsewhere, or a debugger has it.
 */
export function openLine(this: void, readable: () => void): boolean {
	return native("xs_usbline_open").call(this, readable);
}

/** Reads into `target`. @returns the count of octets read, 0 when none wait. */
export function readLine(this: void, target: Uint8Array): number {
	return native("xs_usbline_read").call(this, target);
}

/** Writes all of `source` in one piece. @returns false when nobody reads the line. */
export function writeLine(this: void, source: Uint8Array): boolean {
	return native("xs_usbline_write").call(this, source);
}
