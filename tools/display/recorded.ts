/*
 * Screens as phones held them when the scripts of tools/display/scripts were played (tools/display/record.ts): what pictures and measurements
 * of the display are made of. In XS a module that holds the same stands for this one (tools/bench/display.ts).
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlacedPicture, Screen } from "../phone/messages.js";
import { recordedFolder, touchFolder } from "./folders.js";

export interface RecordedScreen extends Screen {
	/** What keys are called, by their numbers, where that is not English. */
	readonly keyNames?: readonly string[];
	/** Those of services that it shows. */
	readonly pictures?: readonly PlacedPicture[];
}

function read(folder: string): Record<string, RecordedScreen> {
	const all: Record<string, RecordedScreen> = {};
	for (const file of readdirSync(folder).sort())
		if (file.endsWith(".json")) Object.assign(all, JSON.parse(readFileSync(join(folder, file), "utf8")));
	return all;
}

/** By name, in the order of the files and of the scripts. */
export const recorded: Readonly<Record<string, RecordedScreen>> = Object.freeze(read(recordedFolder));

/** Likewise those that are others on a display to touch. */
export const recordedToTouch: Readonly<Record<string, RecordedScreen>> = Object.freeze(read(touchFolder));
