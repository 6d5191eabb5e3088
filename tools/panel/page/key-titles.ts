/*
 * What keys are called by whoever reads the page.
 */
import { keyNumber } from "hal/key-names";

/** By the keys' names on the control channel; digits are called what they are. */
export const titles: Readonly<Record<string, string>> = Object.freeze({
	"*": "Star",
	"#": "Pound",
	up: "Up",
	down: "Down",
	left: "Left",
	right: "Right",
	select: "Select",
	hold: "Hold",
	transfer: "Transfer",
	conference: "Conference",
	messages: "Messages",
	services: "Services",
	directories: "Directories",
	settings: "Settings",
	help: "Help and call statistics",
	headset: "Headset",
	speaker: "Speaker",
	mute: "Mute",
	volumeUp: "Volume up",
	volumeDown: "Volume down",
	pageUp: "Page up",
	pageDown: "Page down",
});

/** By their numbers. */
export const keyTitles: ReadonlyMap<number, string> = new Map(
	Object.entries(titles).map(([name, title]) => [keyNumber(name, 8, 5), title]),
);
