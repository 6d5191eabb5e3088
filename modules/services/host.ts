/*
 * What services need of the phone: handed in by app, so that this room knows neither calls nor messages.
 */
import type { Page } from "base/page";
import type { Clock, Pictures } from "hal/hardware";

export interface ServiceHost {
	readonly clock: Clock;
	readonly pictures: Pictures;
	/** Shows a page above the call plane, in place of the one before. */
	show(page: Page): void;
	/** What the page shows has changed. */
	pageChanged(): void;
	/** Takes the page away that {@link show} has shown; nothing where the user has left it already. */
	hide(): void;
	/** Says something for a moment on the prompt line: a word of base/words, or a text of a service. */
	notice(text: string): void;
	/** Says something on the prompt line of the idle phone as long as it holds (CiscoIPPhoneStatus); '' takes it away. */
	status(text: string): void;
	/** Chooses a ring of the phone's list by its name or file, or takes a background; '' or why not. */
	setRing(name: string): string;
	setBackground(url: string): string;
	/** A line of the log. */
	log(line: string): void;
}
