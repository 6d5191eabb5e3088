/*
 * `bench screens`: how many screens the scripts lead to, on how many displays they are pictured, and what a redraw of them costs: octets and
 * milliseconds of the display's SPI, what a redraw takes of XS's heap in a second of a call, and its instructions on an emulated Xtensa.
 */

import { deskDisplay, pictureNames, touchDisplay } from "../display/draw.js";
import { milliseconds } from "../display/panel.js";
import { sceneNames, sceneOf } from "../display/scenes.js";
import { makeBuild } from "../phone/builds.js";
import { emulatorMissing } from "../phone/emulator.js";
import type { Bits } from "../phone/project.js";
import { displayInstructions, displayMemory, spiClock } from "./display.js";

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
	/**
	 * Instructions of the drawing code in XS that all of a screen takes, on an emulated Xtensa without the pixels, which the display's own C
	 * makes: the mean of all, the most, and which screen that is.
	 */
	instructions_per_redraw: number;
	largest_instructions_per_redraw: number;
	largest_redraw: string;
	/** Of the change from each screen to the next one, in the mean, and the most. */
	instructions_per_change: number;
	largest_instructions_per_change: number;
	/** Of what changes in daily use. */
	instructions_per_redraw_by_change: Record<string, number>;
	bits: Bits;
}

const mean = (values: readonly number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);

/** What is missing of Debian's packages for the emulated Xtensa. */
export const screensBenchMissing = emulatorMissing;

export async function benchScreens(bits: Bits): Promise<ScreensResult> {
	await makeBuild("xtensa");
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
	const { whole, change, kinds } = displayInstructions();
	const [largest, most] = Object.entries(whole).sort(([, one], [, other]) => other - one)[0] ?? ["", 0];
	return {
		screens: sceneNames.length,
		pictures: pictureNames.length,
		heap_bytes_per_redraw: garbage_bytes.call_second ?? Number.NaN,
		heap_bytes_per_redraw_by_change: garbage_bytes,
		longest_redraw_ms: Math.round(milliseconds(longest, spiClock) * 100) / 100,
		mean_change_ms: Math.round(milliseconds(changes / (2 * sceneNames.length), spiClock) * 100) / 100,
		instructions_per_redraw: mean(Object.values(whole)),
		largest_instructions_per_redraw: most,
		largest_redraw: largest,
		instructions_per_change: mean(Object.values(change)),
		largest_instructions_per_change: Math.max(...Object.values(change)),
		instructions_per_redraw_by_change: kinds,
		bits,
	};
}
