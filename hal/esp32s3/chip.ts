/*
 * What the ESP32-S3 itself tells and does: its factory MAC address, the time since it started, the calendar, why it
 * started, a restart. The natives stand in chip.c and start.c.
 */

/**
 * @returns the phone's MAC address, 12 upper-case hexadecimal digits, known without a network: the one burnt into the chip, which
 * its maker prints and esptool shows. Wi-Fi's station has it anyhow, Ethernet is given it.
 */
export function macAddress(this: void): string {
	return native("xs_chip_mac").call(this);
}

/** @returns milliseconds since the chip started, a whole number that does not wrap. */
export function ticks(this: void): number {
	return native("xs_chip_ticks").call(this);
}

/** Sets the chip's calendar. @param seconds since 1970 UTC. */
export function setTime(this: void, seconds: number): void {
	native("xs_chip_set_time").call(this, seconds);
}

/** Restarts the chip; does not return. */
export function restart(this: void): void {
	native("xs_chip_restart").call(this);
}

/**
 * @returns why the chip started: 'power on', 'restart', 'crash', 'watchdog', 'low voltage' ... or why JavaScript gave up before,
 * such as 'JavaScript: memory full at note < keepCall'; that is told once, then it is a restart.
 */
export function startReason(this: void): string {
	return native("xs_chip_start_reason").call(this);
}

/** Fills an ArrayBuffer of `Memory.count` 32-bit words; the native stands in engine_memory.c. */
export function fillMemory(this: void, target: ArrayBuffer): void {
	native("xs_chip_memory").call(this, target);
}

/** @returns 32 bits of the chip's generator of random numbers. */
export function random(this: void): number {
	return native("xs_chip_random").call(this);
}
