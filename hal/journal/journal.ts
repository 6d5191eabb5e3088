/*
 * The latest lines of the phone's log (journal.c): 4 KB outside of the engine's memory, so that keeping them costs it nothing.
 */
import type { Journal } from "hal/hardware";

function add(this: void, line: string, ticks: number): void {
	native("xs_journal_add").call(this, line, ticks);
}

function line(this: void, index: number): string | undefined {
	return native("xs_journal_line").call(this, index);
}

export const journal: Journal = Object.freeze({ add, line });
