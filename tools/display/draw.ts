/*
 * Brings the phone's drawing code, the fonts and the panel of a PC together.
 */
import { PocoDisplay } from "hal/display/display";
import { type BitmapFont, readFonts } from "./bmfont.js";
import { PanelCanvas } from "./canvas.js";
import { Panel } from "./panel.js";
import { sceneOf } from "./scenes.js";

export interface Desk {
	readonly panel: Panel;
	readonly canvas: PanelCanvas;
	readonly display: PocoDisplay;
	readonly fonts: Readonly<Record<string, BitmapFont>>;
}

/** A display with six line keys and four softkeys around it. */
export function deskDisplay(): Desk {
	const panel = new Panel(320, 240);
	const canvas = new PanelCanvas(panel);
	const fonts = readFonts();
	return { panel, canvas, display: new PocoDisplay({ canvas, fonts }), fonts };
}

/** A scene of tools/display/scenes.ts as a PNG. */
export function pictureOf(name: string): Buffer {
	const { panel, display } = deskDisplay();
	display.show(sceneOf(name, 6, 4));
	return panel.png();
}
