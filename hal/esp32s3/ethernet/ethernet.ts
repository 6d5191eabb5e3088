/*
 * Ethernet of a board, whatever its chip. The natives stand in ethernet.c, the chip's driver in a folder beside it.
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
	return native("xs_ethernet_start").call(this, unit, hz, clk, mosi, miso, cs, interrupt, reset, changed);
}

/**
 * Sets the chip up and starts it; `changed` is called whenever its cable gets or loses link.
 * @returns '' or what is wrong: the phone goes on without.
 */
export function startEthernet(this: void, chip: EthernetDescription, changed: () => void): string {
	if (chip.kind === "openeth") return start(-1, 0, -1, -1, -1, -1, -1, -1, changed);
	const { unit, hz, clk, mosi, miso, cs, interrupt, reset } = chip;
	return start(unit, hz, clk, mosi, miso, cs, interrupt, reset, changed);
}

/** @returns whether the cable has link. */
export function hasLink(this: void): boolean {
	return native("xs_ethernet_has_link").call(this);
}
