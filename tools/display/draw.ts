/*
 * Brings the phone's drawing code, the fonts and the panel of a PC together.
 */
import { PocoDisplay } from "hal/display/display";
import { Page } from "hal/display/target";
import { touchLayoutFor } from "hal/display/theme";
import { TouchDisplay } from "hal/display/touch";
import { ScreenValue } from "ui/screen";
import type { PlacedPicture, Screen } from "../phone/messages.js";
import { type BitmapFont, readFonts } from "./bmfont.js";
import { PanelCanvas } from "./drawing/canvas.js";
import type { MadePictures } from "./drawing/pictures.js";
import { fill } from "./fill.js";
import { guidePictures } from "./guide.js";
import { Panel } from "./panel.js";
import { speeches } from "./phrases.js";
import { shownPictures } from "./pictures.js";
import { recordedScene, sceneNames, sceneOf } from "./scenes.js";

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

/** Pages of a touch display other than the phone's, with a scene on which each is shown. */
const pages: Readonly<Record<string, readonly [scene: string, page: number]>> = Object.freeze({
	"touch-dial-pad": ["dialling", Page.dialPad],
	"touch-keys": ["talking", Page.functions],
	...Object.fromEntries(
		Object.keys(speeches).map((language) => [`touch-${language}-keys`, [`${language}-talking`, Page.functions]]),
	),
} as const);

/** What names of pictures of a touch display begin with, and those of an upright one with the same scenes and pages. */
const onTouch = "touch-";
const onUpright = "upright-";

/** All: scenes on a display with keys around it, the same on a display to touch, and that one's other pages. */
export const pictureNames: readonly string[] = Object.freeze([
	...sceneNames,
	...sceneNames.map((name) => onTouch + name),
	...Object.keys(pages),
]);

/** Pictures that are kept for the project's pages, by file; `npm run display` makes them anew. */
export const keptPictures: Readonly<Record<string, string>> = Object.freeze({
	"hardware/deskphone/pictures/idle.png": "idle",
	"hardware/deskphone/pictures/ringing.png": "ringing",
	"hardware/deskphone/pictures/in-call.png": "talking",
	"hardware/deskphone/pictures/menu.png": "settings",
	"hardware/deskphone/pictures/german.png": "german-ringing",
	"hardware/deskphone/pictures/greek.png": "greek-directories",
	"hardware/deskphone/pictures/polish.png": "polish-calls",
	"hardware/deskphone/pictures/russian.png": "russian-talking",
	"hardware/esp32_s3_box_3/pictures/ringing.png": "touch-ringing",
	"hardware/esp32_s3_box_3/pictures/in-call.png": "touch-conference",
	"hardware/esp32_s3_box_3/pictures/calls.png": "touch-missed-calls-several",
	"hardware/esp32_s3_box_3/pictures/dial-pad.png": "touch-dial-pad",
	"hardware/m5stack_cores3/pictures/in-call.png": "touch-talking",
	"hardware/m5stack_cores3/pictures/dial-pad.png": "touch-dial-pad",
	"hardware/m5stack_cores3/pictures/keys.png": "touch-keys",
	"hardware/m5stack_cores3/pictures/menu.png": "touch-settings",
	"hardware/m5stack_cores3/pictures/german.png": "touch-german-keys",
	"hardware/m5stack_cores3/pictures/greek.png": "touch-greek-ringing",
	"hardware/m5stack_cores3/pictures/polish.png": "touch-polish-idle",
	"hardware/m5stack_cores3/pictures/russian.png": "touch-russian-settings",
	"hardware/waveshare_amoled_206/pictures/idle.png": "upright-idle",
	"hardware/waveshare_amoled_206/pictures/in-call.png": "upright-talking",
	"hardware/waveshare_amoled_206/pictures/dial-pad.png": "upright-dial-pad",
	"hardware/waveshare_amoled_206/pictures/keys.png": "upright-keys",
	"hardware/waveshare_amoled_206/pictures/menu.png": "upright-directories",
	...guidePictures,
});

/** One of {@link pictureNames} on a panel; with `upright-` in place of `touch-` on a larger one. */
export function panelOf(wanted: string): Panel {
	const upright = wanted.startsWith(onUpright);
	const name = upright ? onTouch + wanted.slice(onUpright.length) : wanted;
	const [scene, page] = pages[name] ?? [name.slice(onTouch.length), Page.phone];
	if (!name.startsWith(onTouch)) {
		const { look, pictures = [] } = recordedScene(name);
		const { panel, display } = deskDisplay(shownPictures(pictures));
		display.setLook(look);
		display.show(sceneOf(name, 6, 4));
		return panel;
	}
	const { look, pictures = [] } = recordedScene(scene, true);
	const made = shownPictures(pictures);
	const { panel, display } = upright ? touchDisplay(410, 502, made) : touchDisplay(320, 240, made);
	display.setLook(look);
	display.turn(page);
	display.show(sceneOf(scene, 4, 4));
	return panel;
}

/** One of {@link pictureNames} as a PNG. */
export function pictureOf(name: string): Buffer {
	return panelOf(name).png();
}

/** What a display with keys around it shows of a phone's screen, as a PNG. */
export function pictureOfScreen(scene: Screen, pictures: readonly PlacedPicture[]): Buffer {
	const { panel, display } = deskDisplay(shownPictures(pictures));
	display.setLook(scene.look);
	const screen = new ScreenValue(scene.buttons.length, scene.softkeys.length);
	fill(screen, scene);
	display.show(screen);
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
