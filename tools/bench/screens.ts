/*
 * `bench screens`: how many screens the scripts lead to, on how many displays they are pictured, and what a redraw of them costs: octets and
 * milliseconds of the display's SPI, and what a redraw takes of XS's heap in a second of a call.
 */

import { deskDisplay, pictureNames, touchDisplay } from "../display/draw.js";
import { milliseconds } from "../display/panel.js";
import { sceneNames, sceneOf } from "../display/scenes.js";
import type { Bits } from "../phone/project.js";
import { displayMemory, spiClock } from "./display.js";

export interface ScreensResult {
	/** Screens that the scripts note. */
	screens: number;
	/** Pictures of them on both displays, with the other pages of the one to touch. */
	pictures: number;
	/** What the redraw of a second of a call takes of the heap, of two calls, of the statistics, of a lamp, of a line of a menu. */
	heap_bytes_per_redraw: number;
	heap_bytes_per_redraw_by_change: Record<string, number>;
	/** Milliseconds of the SPI at 40 MHz that all of a screen takes, the longest of all. */
	longest_redraw_ms: number;
	/** Those of the change from each screen to the next one of its script, in the mean. */
	mean_change_ms: number;
	bits: Bits;
}

export function benchScreens(bits: Bits): ScreensResult {
	let [longest, changes] = [0, 0];
	for (const [make, lineKeys] of [
		[deskDisplay, 6],
		[touchDisplay, 4],
	] as const) {
		const followed = make();
		for (const name of sceneNames) {
			const screen = sceneOf(name, lineKeys, 4);
			const { panel, display } = make();
			display.show(screen);
			longest = Math.max(longest, panel.octets);
			followed.panel.octets = 0;
			followed.display.show(screen);
			changes += followed.panel.octets;
		}
	}
	const { garbage_bytes } = displayMemory(bits);
	return {
		screens: sceneNames.length,
		pictures: pictureNames.length,
		heap_bytes_per_redraw: garbage_bytes.call_second ?? Number.NaN,
		heap_bytes_per_redraw_by_change: garbage_bytes,
		longest_redraw_ms: Math.round(milliseconds(longest, spiClock) * 100) / 100,
		mean_change_ms: Math.round(milliseconds(changes / (2 * sceneNames.length), spiClock) * 100) / 100,
		bits,
	};
}
