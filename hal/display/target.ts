/*
 * What a finger may be on, and the calls that it counts.
 */
import type { Screen, ScreenCall } from "hal/hardware";

/**
 * What is at a point: below 64 a number of `Key`; a page of the rail from `page` on; a line of the menu from `line` on; a call,
 * counted among those there are, from `call` on; the picture of a service.
 */
export const Target = Object.freeze({ none: -1, page: 64, line: 128, call: 1024, picture: 4096 });

/** Pages of a display to touch. */
export const Page = Object.freeze({ phone: 0, dialPad: 1, functions: 2 });

/** A display that a finger or a pointer can be on. */
export interface Touchable {
	/** A number of {@link Page}; displays with keys around them have the phone's alone. */
	readonly page: number;
	/** The phone's screen, once it has been shown. */
	readonly screen: Screen | undefined;
	turn(page: number): void;
	/** Shows what a finger is on, a number of {@link Target}. */
	press(target: number): void;
	/** What is at a point of the panel, a number of {@link Target}. */
	hit(x: number, y: number): number;
	/** A point of the panel on the picture that is shown, in pixels of its file, across or down. */
	across(x: number): number;
	down(y: number): number;
}

export function countCalls(screen: Screen): number {
	let count = 0;
	for (let i = 0; i < screen.calls.length; i += 1) if ((screen.calls[i] as ScreenCall).reference !== 0) count += 1;
	return count;
}

/** Which call is selected, counted among those there are; 0 when none is. */
export function selectedCall(screen: Screen): number {
	let count = 0;
	for (let i = 0; i < screen.calls.length; i += 1) {
		const call = screen.calls[i] as ScreenCall;
		if (call.reference === 0) continue;
		if (call.selected) return count;
		count += 1;
	}
	return 0;
}
