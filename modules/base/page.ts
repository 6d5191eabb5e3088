/*
 * A page: what a room other than the user interface shows above the call plane, with keys and softkeys of its own. An open service is one.
 */
export interface Page {
	readonly title: string;
	/** What the prompt line says while the page is open; '' leaves it to the phone. */
	readonly prompt: string;
	/** Items of a list, or paragraphs of a text. */
	readonly count: number;
	/** The chosen item, -1 where nothing can be chosen. */
	readonly selected: number;
	/** Lines are wrapped at words, by the display's measure; only where nothing can be chosen. */
	readonly wraps: boolean;
	/** Whether items show their numbers, from 1; they do where it is left out. */
	readonly numbered?: boolean;
	/** Milliseconds after which a page closes that nobody touches; 0 or left out: it stays until it is left. */
	readonly lifetime?: number;
	/** A picture in place of the lines, or behind them. */
	readonly picture?: { readonly x: number; readonly y: number } | undefined;
	/** Labels of the softkeys by position, from 0: words of base/words or texts; '' for a position that is free. */
	readonly softkeys: readonly string[];
	line(index: number): string;
	/** What is dialled when the user goes off hook: the number that the choice stands on, '' where that is none. */
	readonly number?: string;
	/** Place in `Pictures` of the icon before an item, 0 for none. */
	icon?(index: number): number;
	/** The softkey at a position was pressed, from 0. */
	softkey(position: number): void;
	/**
	 * A key of the phone was pressed that is none of a call: dial pad, navigation, or one that opens something. @param ticks the time, in ms.
	 * @returns false where the phone does with it as always: up and down scroll a text.
	 */
	key(key: number, ticks: number): boolean;
	/** An item was chosen, by touch or by its number. */
	choose(index: number): void;
	/** The picture was touched, at this point in pixels of its file. */
	point?(x: number, y: number): void;
	/** One step back. @returns false where there is nothing to go back to: the page is closed then. */
	back(): boolean;
	/** It is no longer shown: the user has left it, or another page is in its place. */
	closed(): void;
}
