/*
 * Sheets of all screens for the documentation: each as the display draws it, under its name. They are what the tests hold the drawing
 * against as well.
 */

import { readFonts } from "./bmfont.js";
import { panelOf, pictureNames } from "./draw.js";
import { PanelCanvas } from "./drawing/canvas.js";
import { Panel } from "./panel.js";
import { speeches } from "./phrases.js";

const columns = 5;
const gap = 8;
const caption = 22;
const width = 320;
const height = 240;
/** Behind the pictures, and their names (RGB565). */
const ground = 0x39e7;
const ink = 0xef7d;

const spoken = (name: string) => Object.keys(speeches).some((language) => name.includes(`${language}-`));
const touched = (name: string) => name.startsWith("touch-");

/** Which pictures are on which sheet, by file. */
export const sheets: Readonly<Record<string, readonly string[]>> = Object.freeze({
	"docs/screens/keys.png": pictureNames.filter((name) => !touched(name) && !spoken(name)),
	"docs/screens/touch.png": pictureNames.filter((name) => touched(name) && !spoken(name)),
	"docs/screens/languages.png": pictureNames.filter(spoken),
});

/** Where a picture stands on its sheet, by its place among the others. */
export function placeOf(index: number): { x: number; y: number; width: number; height: number } {
	const x = gap + (index % columns) * (width + gap);
	return { x, y: Math.floor(index / columns) * (height + caption) + caption, width, height };
}

/** Draws pictures, by their names, in rows. */
export function sheetOf(names: readonly string[]): Panel {
	const rows = Math.ceil(names.length / columns);
	const panel = new Panel(columns * (width + gap) + gap, rows * (height + caption) + gap);
	const canvas = new PanelCanvas(panel);
	const font = readFonts().small;
	if (font === undefined) throw new Error("there is no small font");
	panel.pixels.fill(ground);
	names.forEach((name, index) => {
		const { x, y } = placeOf(index);
		canvas.begin(x, y - caption, width, caption);
		canvas.fillRectangle(ground, x, y - caption, width, caption);
		canvas.drawText(name, font, ink, x, y - caption + 3);
		canvas.end();
		const { pixels } = panelOf(name);
		for (let row = 0; row < height; row += 1)
			panel.pixels.set(pixels.subarray(row * width, (row + 1) * width), (y + row) * panel.width + x);
	});
	return panel;
}
