/*
 * Brings the phone's drawing code, the fonts and the panel of a PC together.
 */
import { PocoDisplay } from "hal/display/display";
import { touchLayoutFor } from "hal/display/theme";
import { Page, TouchDisplay } from "hal/display/touch";
import type { ScreenValue } from "ui/screen";
import { type BitmapFont, readFonts } from "./bmfont.js";
import { PanelCanvas } from "./canvas.js";
import { languageSceneOf, languageScenes } from "./languages.js";
import { Panel } from "./panel.js";
import { speeches } from "./phrases.js";
import type { MadePictures } from "./pictures.js";
import { sceneOf, scenes } from "./scenes.js";

export interface Desk {
	readonly panel: Panel;
	readonly canvas: PanelCanvas;
	readonly display: PocoDisplay;
	readonly fonts: Readonly<Record<string, BitmapFont>>;
}

/** A display with six line keys and four softkeys around it. */
export function deskDisplay(pictures?: MadePictures): Desk {
	const panel = new Panel(320, 240);
	const canvas = new PanelCanvas(panel, pictures);
	const fonts = readFonts();
	return { panel, canvas, display: new PocoDisplay({ canvas, fonts, pictures }), fonts };
}

/** All pictures: scenes on a display with keys around it, and scenes on pages of a touch display. */
const touched: Readonly<Record<string, readonly [scene: string, page: number]>> = Object.freeze({
	"touch-idle": ["idle", Page.phone],
	"touch-ringing": ["ringing", Page.phone],
	"touch-diverted": ["diverted", Page.phone],
	"touch-in-call": ["in-call", Page.phone],
	"touch-two-calls": ["two-calls", Page.phone],
	"touch-many-calls": ["many-calls", Page.phone],
	"touch-menu": ["menu", Page.phone],
	"touch-statistics": ["statistics", Page.phone],
	"touch-dial-pad": ["dialling", Page.dialPad],
	"touch-keys": ["in-call", Page.functions],
	...Object.fromEntries(
		Object.keys(speeches).map((language) => [`touch-${language}-keys`, [`${language}-connected`, Page.functions]]),
	),
} as const);

/** What names of pictures of a touch display begin with. */
const onTouch = "touch-";

/** Those in English. */
export const pictureNames: readonly string[] = Object.freeze([...Object.keys(scenes), ...Object.keys(touched)]);

/** The picture of a scene in another language on a display to touch. */
export function touchNameOf(scene: string): string {
	return onTouch + scene;
}

/** Pictures that are kept for the project's pages, by file; `npm run display` makes them anew. */
export const keptPictures: Readonly<Record<string, string>> = Object.freeze({
	"hardware/deskphone/pictures/idle.png": "idle",
	"hardware/deskphone/pictures/ringing.png": "ringing",
	"hardware/deskphone/pictures/in-call.png": "in-call",
	"hardware/deskphone/pictures/menu.png": "menu",
	"hardware/deskphone/pictures/german.png": "german-ringing",
	"hardware/deskphone/pictures/greek.png": "greek-menu",
	"hardware/deskphone/pictures/polish.png": "polish-calls",
	"hardware/deskphone/pictures/russian.png": "russian-connected",
	"hardware/m5stack_cores3/pictures/in-call.png": "touch-in-call",
	"hardware/m5stack_cores3/pictures/dial-pad.png": "touch-dial-pad",
	"hardware/m5stack_cores3/pictures/keys.png": "touch-keys",
	"hardware/m5stack_cores3/pictures/menu.png": "touch-menu",
	"hardware/m5stack_cores3/pictures/german.png": "touch-german-keys",
	"hardware/m5stack_cores3/pictures/greek.png": "touch-greek-ringing",
	"hardware/m5stack_cores3/pictures/polish.png": "touch-polish-idle",
	"hardware/m5stack_cores3/pictures/russian.png": "touch-russian-settings",
});

/** One of {@link pictureNames}, a scene in another language or its {@link touchNameOf}, as a PNG. */
export function pictureOf(name: string): Buffer {
	const touch = touched[name];
	if (touch !== undefined) return touchPictureOf(...touch);
	if (name.startsWith(onTouch)) return touchPictureOf(name.slice(onTouch.length), Page.phone);
	const { panel, display } = deskDisplay();
	display.show(anySceneOf(name, 6, 4));
	return panel.png();
}

/** A touch display with four line keys and four softkeys on it. */
export function touchDisplay(
	width = 320,
	height = 240,
	pictures?: MadePictures,
): Desk & { readonly display: TouchDisplay } {
	const panel = new Panel(width, height);
	const canvas = new PanelCanvas(panel, pictures);
	const fonts = readFonts();
	const layout = touchLayoutFor(width, height);
	return { panel, canvas, display: new TouchDisplay({ canvas, fonts, layout, pictures }), fonts };
}

/** A page (a number of `Page`) of a touch display with a scene on it, as a PNG. */
function touchPictureOf(name: string, page: number): Buffer {
	const { panel, display } = touchDisplay();
	display.turn(page);
	display.show(anySceneOf(name, 4, 4));
	return panel.png();
}

function anySceneOf(name: string, lineKeys: number, softkeyCount: number): ScreenValue {
	const scene = languageScenes.includes(name) ? languageSceneOf : sceneOf;
	return scene(name, lineKeys, softkeyCount);
}
