/*
 * The display's fonts, read from hal/display/fonts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import { projectRoot } from "../phone/project.js";
import { type BitmapFont, fontNames, parseFont } from "./drawing/font.js";

export { type BitmapFont, type BitmapGlyph, fontNames } from "./drawing/font.js";

/** Throws when a file is missing or is no such font. */
export function readFont(name: string): BitmapFont {
	const path = join(projectRoot, "hal/display/fonts", name);
	const { width, data } = decode(readFileSync(`${path}.png`));
	return parseFont(name, readFileSync(`${path}.fnt`), { width, pixels: Uint8Array.from(data) });
}

type Fonts = Record<keyof typeof fontNames, BitmapFont>;
let read: Readonly<Fonts> | undefined;

/** All fonts of the display, by use: read once, for every picture draws with them. */
export function readFonts(): Readonly<Fonts> {
	read ??= Object.freeze({
		tiny: readFont(fontNames.tiny),
		small: readFont(fontNames.small),
		text: readFont(fontNames.text),
		large: readFont(fontNames.large),
		digits: readFont(fontNames.digits),
		icons: readFont(fontNames.icons),
		pictures: readFont(fontNames.pictures),
	});
	return read;
}
