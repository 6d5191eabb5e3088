/*
 * What measurements of the display in XS draw on: a canvas that draws nothing, with fonts of the right heights; and the host program's natives.
 */
import type { Canvas, Fonts } from "hal/display/canvas";

type Native = (name: string) => (...values: unknown[]) => unknown;
/** The host program's natives, by name. */
export const { native } = globalThis as unknown as { native: Native };

/** Pixels that the canvas says of every text: to look at a text's length would make garbage in XS. */
const textWidth = 60;

export const quietCanvas: Canvas = {
	makeColor: (red, green, blue) => ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3),
	begin() {},
	end() {},
	fillRectangle() {},
	drawText() {},
	getTextWidth: () => textWidth,
	drawPicture() {},
};
const line = (height: number) => ({ height });
export const fonts: Fonts = {
	tiny: line(16),
	small: line(18),
	text: line(21),
	large: line(26),
	digits: line(34),
	icons: line(18),
	pictures: line(28),
};
