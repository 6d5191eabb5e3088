/*
 * What the console needs of the phone beside what its web pages are told: handed in by app, asked when a command wants it.
 */
import type { Site } from "services/web/site";

export interface ConsoleHost {
	readonly site: Site;
	/** Line keys and softkeys of the board. */
	readonly lineKeys: number;
	readonly softkeys: number;
	/** A number of `Registration`, and a line of how things stand, in the log's words; undefined behind the last. */
	readonly registration: number;
	status(index: number): string | undefined;
	/** All that is set in the phone's menus, `name=value` in lines. */
	readonly settings: string;
	/** Fills in figures by `Memory`; false where the body knows none. */
	memory(figures: Uint32Array): boolean;
	/** Presses a key of `Key`: it goes down, and stays so, comes up, or both (undefined). */
	press(key: number, direction: string | undefined): void;
	/** Lifts the handset or puts it down; nothing where it is so. */
	hook(offHook: boolean): void;
	/** Shows the next softkeys where there are more than the board has keys; false where there are not. */
	moreSoftkeys(): boolean;
	/** Starts the phone anew, a moment later. */
	restart(): void;
}
