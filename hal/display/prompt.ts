/*
 * The prompt line, and in its place the volume bar while it is up.
 */

import type { Font } from "hal/display/canvas";
import { Picture } from "hal/display/icons";
import type { Painter } from "hal/display/painter";
import { type Box, Colour } from "hal/display/theme";
import type { Screen } from "hal/hardware";

const MARGIN = 8;
/** Where the volume's name begins and how wide it may be; the bar follows. How wide the room for the figure behind that is. */
const NAME_LEFT = 34;
export const NAME_MOST = 110;
const BAR_RIGHT = 44;
const BAR_HEIGHT = 8;
/** Rows of pixels that a line takes; what is more is left above and below. */
const LINE = 24;

export class Prompt {
	private readonly painter: Painter;
	private readonly box: Box;
	private text = "";
	private volume = -1;
	private volumeName = "";

	constructor(painter: Painter, box: Box) {
		this.painter = painter;
		this.box = box;
	}

	show(screen: Screen, anew: boolean): void {
		const named = this.volumeName === screen.volumeName;
		if (!anew && named && this.volume === screen.volume && (this.text === screen.prompt || screen.volume >= 0)) return;
		this.text = screen.volume >= 0 ? "" : screen.prompt;
		this.volume = screen.volume;
		this.volumeName = screen.volumeName;
		const { x, y, width, height } = this.box;
		const painter = this.painter;
		const { tiny, small, icons } = painter.reading;
		const whole = width - 2 * MARGIN;
		const line = y + (Math.max(0, height - LINE) >> 1);
		painter.begin(Colour.bar, x, y, width, height);
		if (screen.volume < 0) {
			const font = painter.fitting(screen.prompt, whole, small, tiny);
			painter.left(screen.prompt, font, Colour.text, x + MARGIN, line + above(font), whole);
		} else {
			const { volumeName } = screen;
			const font = painter.fitting(volumeName, NAME_MOST, small, tiny);
			const name = Math.min(painter.width(volumeName, font), NAME_MOST);
			const from = x + NAME_LEFT + name + MARGIN;
			const room = x + width - BAR_RIGHT - from;
			const top = y + ((height - BAR_HEIGHT) >> 1);
			painter.draw(Picture.speaker, icons, Colour.accent, x + MARGIN, line + 2);
			painter.left(volumeName, font, Colour.text, x + NAME_LEFT, line + above(font), NAME_MOST);
			painter.fill(Colour.selected, from, top, room, BAR_HEIGHT);
			painter.fill(Colour.accent, from, top, Math.round((room * Math.min(screen.volume, 100)) / 100), BAR_HEIGHT);
			painter.right(
				`${screen.volume}`,
				small,
				Colour.text,
				x + width - MARGIN,
				line + above(small),
				BAR_RIGHT - MARGIN,
			);
		}
		painter.end();
	}
}

/** Rows above a line of text, so that all fonts stand on one line. */
function above(font: Font): number {
	return Math.max(0, 20 - font.height);
}
