/*
 * A list as the user interface shows it above the call plane and whoever has one keeps it.
 */

/** What the text of an item is typed of. */
export const Entry = Object.freeze({
	/** Digits and dots. */
	address: 0,
	/** Digits. */
	number: 1,
	/** Letters, too: a name or an address. */
	host: 2,
	/** Fields of an input of services: any characters, capitals, small letters, digits with star and pound, digits with signs of sums. */
	text: 3,
	upper: 4,
	lower: 5,
	telephone: 6,
	equation: 7,
});

export interface Menu {
	readonly title: string;
	/** Items now. */
	readonly count: number;
	/** Whether its items can only be changed once it has been unlocked. */
	readonly locked: boolean;
	/** Whether its items are numbers to be dialled. */
	readonly dials: boolean;
	/** Its lines are a text to be read: none can be chosen. */
	readonly plain?: boolean;
	/** It is a question: with the answer it closes. */
	readonly asks?: boolean;
	/** The item that is in force: on it the list opens, and on the first one where there is none. */
	readonly inForce?: number;
	/** It is about to be shown, or is no longer. */
	open?(): void;
	close?(): void;
	/** Text of an item. */
	line(index: number): string;
	/** An item was chosen. @returns the menu that it opens, '' when it has done its work, or why it has not. */
	choose(index: number): Menu | string;
	/** The text that an item lets edit now in place of being chosen; undefined for none. */
	text?(index: number): string | undefined;
	/** What such a text is typed of, a number of {@link Entry}. */
	entry?(index: number): number;
	/** Takes the edited text of an item. @returns '' or why not: nothing has changed then. */
	enter?(index: number, text: string): string;
	/** Number to dial for an item of a menu that dials, '' for one without. */
	number?(index: number): string;
	/** What else there is to be known of such an item, as a text; forgets it; asks whether to forget all. */
	details?(index: number): Menu;
	remove?(index: number): void;
	clear?(): Menu;
}

/** An item of a list of lists that is none itself: choosing it does something. */
export interface Shortcut {
	readonly title: string;
	/** @returns '' or why not. */
	go(): string;
}

/** Menus of which each is made when it is opened. */
export interface MenuList {
	readonly count: number;
	/** Title of the menu in a place, from 0 on. */
	title(index: number): string;
	menu(index: number): Menu;
}
