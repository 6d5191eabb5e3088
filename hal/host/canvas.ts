/*
 * A canvas for pictures of the display on a PC: canvas.c draws, with the display's fonts, where a board has the SDK's renderer.
 */
import type { Canvas, Font, Fonts } from "hal/display/canvas";

const Native = Object.freeze({
	open(): boolean {
		return native("xs_canvas_open").call(this);
	},
	close(): undefined {
		return native("xs_canvas_close").call(this);
	},
	height(font: number): number {
		return native("xs_canvas_height").call(this, font);
	},
	begin(x: number, y: number, width: number, height: number): undefined {
		return native("xs_canvas_begin").call(this, x, y, width, height);
	},
	end(): undefined {
		return native("xs_canvas_end").call(this);
	},
	fill(colour: number, x: number, y: number, width: number, height: number): undefined {
		return native("xs_canvas_fill").call(this, colour, x, y, width, height);
	},
	text(text: string, font: number, colour: number, x: number, y: number): undefined {
		return native("xs_canvas_text").call(this, text, font, colour, x, y);
	},
	width(text: string, font: number): number {
		return native("xs_canvas_width").call(this, text, font);
	},
	picture(place: number, x: number, y: number): undefined {
		return native("xs_canvas_picture").call(this, place, x, y);
	},
});

/** A font by its number in fonts.c. */
class HostFont implements Font {
	readonly number: number;
	readonly height: number;

	constructor(number: number) {
		this.number = number;
		this.height = Native.height(number);
	}
}

export class HostCanvas implements Canvas {
	readonly fonts: Fonts;

	/** Throws when the fonts cannot be read. */
	constructor() {
		if (!Native.open()) throw new Error("the display's fonts cannot be read");
		this.fonts = {
			tiny: new HostFont(0),
			small: new HostFont(1),
			text: new HostFont(2),
			digits: new HostFont(3),
			icons: new HostFont(4),
			pictures: new HostFont(5),
			large: new HostFont(6),
		};
	}

	makeColor(red: number, green: number, blue: number): number {
		return ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3);
	}

	begin(x: number, y: number, width: number, height: number): void {
		Native.begin(x, y, width, height);
	}

	end(): void {
		Native.end();
	}

	fillRectangle(colour: number, x: number, y: number, width: number, height: number): void {
		Native.fill(colour, x, y, width, height);
	}

	drawText(text: string, font: Font, colour: number, x: number, y: number): void {
		Native.text(text, (font as HostFont).number, colour, x, y);
	}

	getTextWidth(text: string, font: Font): number {
		return Native.width(text, (font as HostFont).number);
	}

	drawPicture(place: number, x: number, y: number): void {
		Native.picture(place, x, y);
	}

	close(): void {
		Native.close();
	}
}
