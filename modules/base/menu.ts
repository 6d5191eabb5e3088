/*
 * A list as the user interface shows it above the call plane and whoever has one keeps it.
 */
export interface Menu {
	readonly title: string;
	/** Items now. */
	readonly count: number;
	/** Whether its items can only be changed once `**#` has been typed. */
	readonly locked: boolean;
	/** Whether its items are numbers to be dialled. */
	readonly dials: boolean;
	/** It is about to be shown, or is no longer. */
	open?(): void;
	close?(): void;
	/** Text of an item. */
	line(index: number): string;
	/** An item was chosen. @returns the menu that it opens, the text that it lets edit, or undefined when it has done its work. */
	choose(index: number): Menu | string | undefined;
	/** Takes the edited text of an item. @returns '' or why not. */
	enter(index: number, text: string): string;
	/** Number to dial for an item of a menu that dials. */
	number?(index: number): string;
}
