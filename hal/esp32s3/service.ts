/*
 * The type of service of what the SDK opens. The native stands in service.c.
 */

function setService(this: void, type: number): void {
	native("xs_network_service").call(this, type);
}

/** Calls `open`, and has the connection or socket that it opens send with a ToS byte; 0 is the usual one. */
export function withService<Opened>(this: void, type: number, open: () => Opened): Opened {
	setService(type);
	try {
		return open();
	} finally {
		setService(0);
	}
}
