/*
 * In place of Ethernet's driver on a board with Wi-Fi alone.
 */
import type { EthernetDescription } from "hal/esp32s3/board";

/** @returns what is wrong: nothing was to be started. */
export function startEthernet(this: void, { kind }: EthernetDescription, _changed: () => void): string {
	return `the image has no driver for ${kind}`;
}

/** @returns whether the cable has link: there is none. */
export function hasLink(this: void): boolean {
	return false;
}
