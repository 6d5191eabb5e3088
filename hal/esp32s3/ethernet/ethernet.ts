/*
 * Ethernet through a W5500 on SPI. The natives stand in ethernet.c.
 */
import type { EthernetDescription } from "hal/esp32s3/board";

/** The native with what it takes, in its order: only so can the compiler link the two. */
function start(
	this: void,
	unit: number,
	hz: number,
	clk: number,
	mosi: number,
	miso: number,
	cs: number,
	interrupt: number,
	reset: number,
	changed: () => void,
): string {
	return native("xs_ethernet_start_w5500").call(this, unit, hz, clk, mosi, miso, cs, interrupt, reset, changed);
}

/**
 * Sets the chip up and starts it; `changed` is called whenever its cable gets or loses link.
 * @returns '' or what is wrong: the phone goes on without.
 */
export function startEthernet(pins: EthernetDescription, changed: () => void): string {
	const { unit, hz, clk, mosi, miso, cs, interrupt, reset } = pins;
	return start(unit, hz, clk, mosi, miso, cs, interrupt, reset, changed);
}

/** @returns whether the cable has link. */
export function hasLink(this: void): boolean {
	return native("xs_ethernet_has_link").call(this);
}
