/*
 * Runs inside XS on an emulated Xtensa: what the display's drawing code costs there in instructions, on a canvas that draws nothing. Prints
 * one JSON object.
 */
import { PocoDisplay } from "hal/display/display";
import type { Screen } from "hal/hardware";
import { beforeChange, changes, type ScreenChange } from "../../display/changes.js";
import { sceneNames, sceneOf } from "../../display/scenes.js";
import { fonts, native, quietCanvas } from "./quiet.js";

/** About what letters are wide. */
const letterWidth = 7;
/** How often a change is made, the first time not counted. */
const repetitions = 4;

const canvas = { ...quietCanvas, getTextWidth: (text: string) => text.length * letterWidth };
const count = native("xs_meter_instructions");

/** Instructions of a redraw. A collection of garbage before it lets none fall into it. */
function cost(display: PocoDisplay, screen: Screen): number {
	native("xs_host_collect").call(undefined);
	const before = count.call(undefined) as number;
	display.show(screen);
	return (count.call(undefined) as number) - before;
}

const whole: Record<string, number> = {};
const change: Record<string, number> = {};
const followed = new PocoDisplay({ canvas, fonts });
for (const name of sceneNames) {
	const screen = sceneOf(name, 6, 4);
	whole[name] = cost(new PocoDisplay({ canvas, fonts }), screen);
	change[name] = cost(followed, screen);
}
const kinds: Record<string, number> = {};
for (const name of Object.keys(changes)) {
	const display = new PocoDisplay({ canvas, fonts });
	const screen = beforeChange(name);
	display.show(screen);
	let sum = 0;
	for (let turn = 0; turn <= repetitions; turn += 1) {
		screen.dirty = 0;
		(changes[name] as ScreenChange).change(screen, turn);
		const taken = cost(display, screen);
		if (turn > 0) sum += taken;
	}
	kinds[name] = Math.round(sum / repetitions);
}
native("xs_host_print").call(undefined, `${JSON.stringify({ whole, change, kinds })}\n`);
native("xs_host_exit").call(undefined, 0);
