/*
 * Figures of the engine and of the emulated chip. The natives stand in emulator_chip.c.
 */

/** Begins to watch the engine's stack and collections. */
export function watchEngine(this: void): void {
	native("xs_emulator_begin").call(this);
}

/** Fills an ArrayBuffer of `Figure.count` 32-bit words (hal/control/engine). */
export function fillFigures(this: void, target: ArrayBuffer): void {
	native("xs_emulator_figures").call(this, target);
}

/** Collects garbage now. */
export function collectGarbage(this: void): void {
	native("xs_emulator_collect").call(this);
}

/** Tells the chip's memory, stacks and ticks in one line on the control channel. */
export function reportChip(this: void): void {
	native("xs_emulator_report").call(this);
}
