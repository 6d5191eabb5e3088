/*
 * The type of service of what the SDK opens. The native stands in service.c.
 */

/** Calls `open`, and has the connection or socket that it opens send with a ToS byte; 0 is the usual one. */
export function withService<Opened>(this: void, type: number, open: () => Opened): Opened {
	native("xs_network_service").call(this, type);
	try {
		return open();
	} finally {
		native("xs_network_service").call(this, 0);
	}
}
