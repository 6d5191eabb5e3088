/*
 * Runs inside XS: what the display holds of the heap there, and the garbage of redraws, on a canvas that draws nothing. Prints one
 * JSON object.
 */
import { PocoDisplay } from "hal/display/display";
import { TouchDisplay } from "hal/display/touch";
import type { Display, Screen } from "hal/hardware";
import { beforeChange, changes, type ScreenChange } from "../../display/changes.js";
import { sceneNames, sceneOf } from "../../display/scenes.js";
import { quietCanvas as canvas, fonts, native } from "./quiet.js";

/** Index of figures that the host program gives (HostFigures). */
const Figure = Object.freeze({ slots: 0, chunks: 3, collections: 8, slotSize: 11, count: 14 });
const repetitions = 20;
const figures = new Uint32Array(Figure.count);

/** Slots and chunks in use, in octets. */
function used(): number {
	native("xs_host_figures").call(undefined, figures.buffer);
	return (figures[Figure.slots] as number) * (figures[Figure.slotSize] as number) + (figures[Figure.chunks] as number);
}

function collect(): void {
	native("xs_host_collect").call(undefined);
}

/** What a display holds once it has shown all scenes. */
function held(make: () => Display): number {
	// once before, for what XS itself makes of first uses
	const first = make();
	first.show(sceneOf("idle", 6, 4));
	const screens = sceneNames.map((name) => sceneOf(name, 6, 4));
	collect();
	const before = used();
	const display = make();
	for (const screen of screens) display.show(screen);
	collect();
	const now = used();
	// both live until here
	first.show(screens[0] as Screen);
	display.show(screens[0] as Screen);
	return now - before;
}

/** Garbage of one redraw after a change, without that of the change itself. */
function garbage(name: string): number {
	const screen = beforeChange(name);
	const { change } = changes[name] as ScreenChange;
	const display = new PocoDisplay({ canvas, fonts });
	let sum = 0;
	for (let count = 0; count <= repetitions; count += 1) {
		change(screen, count);
		collect();
		const before = used();
		display.show(screen);
		const taken = used() - before;
		screen.dirty = 0;
		// the first round draws everything
		if (count > 0) sum += taken;
	}
	return sum / repetitions;
}

const result = {
	heap_bytes: held(() => new PocoDisplay({ canvas, fonts })),
	touch_heap_bytes: held(() => new TouchDisplay({ canvas, fonts })),
	garbage_bytes: Object.fromEntries(
		["idle_minute", "call_second", "two_calls_second", "statistics_second", "lamp", "prompt", "menu_line"].map(
			(name) => [name, garbage(name)],
		),
	),
};
native("xs_host_print").call(undefined, `${JSON.stringify(result)}\n`);
native("xs_host_exit").call(undefined, 0);
