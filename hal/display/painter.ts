/*
 * Draws in the theme's colours and fonts on a canvas: areas, round keys, fitted text, times. What is drawn over and over makes no
 * garbage: only a text too long for its place is cut into a new string.
 */
import type { Canvas, Font, Fonts } from "hal/display/canvas";
import { corners } from "hal/display/icons";
import { legible } from "hal/display/legible";
import type { Theme } from "hal/display/theme";

/** Digits as strings, for a string indexed would be a new one each time. */
const digits: readonly string[] = Object.freeze(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);

/** Each of the fonts for text in the next larger size, as far as there is one. */
export function largerOf(fonts: Fonts): Fonts {
	const { large, small, text } = fonts;
	return { ...fonts, tiny: small, small: text, text: large };
}

export class Painter {
	readonly fonts: Fonts;
	/** Fonts of what is read at leisure: those, or larger ones where the user wants them. */
	reading: Fonts;
	private canvas: Canvas;
	private readonly colours: Uint16Array;
	/** The latest text that was measured or fitted, and as it can be drawn. */
	private source = "";
	private shown = "";

	constructor(canvas: Canvas, fonts: Fonts, theme: Theme) {
		this.fonts = fonts;
		this.reading = fonts;
		this.canvas = canvas;
		this.colours = new Uint16Array(theme.length);
		this.setTheme(theme);
	}

	/** Has what is read at leisure in larger letters from now on, or not. */
	setLarger(larger: boolean): void {
		this.reading = larger ? largerOf(this.fonts) : this.fonts;
	}

	/** Draws in other colours from now on. */
	setTheme(theme: Theme): void {
		const { canvas } = this;
		for (let i = 0; i < theme.length; i += 1) {
			const colour = theme[i] as number;
			this.colours[i] = canvas.makeColor(colour >> 16, (colour >> 8) & 0xff, colour & 0xff);
		}
	}

	/** Draws on another canvas with the same colours and fonts from now on. @returns the one before. */
	drawOn(canvas: Canvas): Canvas {
		const before = this.canvas;
		this.canvas = canvas;
		return before;
	}

	/** Begins an area and fills it. Colours are numbers of `Colour`. */
	begin(colour: number, x: number, y: number, width: number, height: number): void {
		this.canvas.begin(x, y, width, height);
		this.fill(colour, x, y, width, height);
	}

	end(): void {
		this.canvas.end();
	}

	fill(colour: number, x: number, y: number, width: number, height: number): void {
		if (width > 0 && height > 0) this.canvas.fillRectangle(this.native(colour), x, y, width, height);
	}

	/** Fills an area with round corners of radius 6, or 10 when `large`; what lies outside of them has the colour `outside`. */
	round(colour: number, outside: number, x: number, y: number, width: number, height: number, large: boolean): void {
		const font = large ? this.fonts.pictures : this.fonts.icons;
		const radius = large ? 10 : 6;
		const native = this.native(outside);
		const right = x + width - radius;
		// A corner lies at the top of its line of text.
		const bottom = y + height - radius;
		this.fill(colour, x, y, width, height);
		this.canvas.drawText(corners[0] as string, font, native, x, y);
		this.canvas.drawText(corners[1] as string, font, native, right, y);
		this.canvas.drawText(corners[2] as string, font, native, x, bottom);
		this.canvas.drawText(corners[3] as string, font, native, right, bottom);
	}

	/** Draws icons, or a text of letters that the font is known to have. */
	draw(text: string, font: Font, colour: number, x: number, y: number): void {
		if (text !== "") this.canvas.drawText(text, font, this.native(colour), x, y);
	}

	/** Draws a text from `x` on as far as there are letters for it, frames for the rest, cut with an ellipsis where it exceeds `width`. */
	left(text: string, font: Font, colour: number, x: number, y: number, width: number): void {
		this.draw(this.fit(text, font, width), font, colour, x, y);
	}

	/** Draws a text that ends at `x`. */
	right(text: string, font: Font, colour: number, x: number, y: number, width: number): void {
		const fitted = this.fit(text, font, width);
		this.draw(fitted, font, colour, x - this.canvas.getTextWidth(fitted, font), y);
	}

	/** Draws a text in the middle between `x` and `x + width`. */
	centre(text: string, font: Font, colour: number, x: number, y: number, width: number): void {
		const fitted = this.fit(text, font, width);
		this.draw(fitted, font, colour, x + ((width - this.canvas.getTextWidth(fitted, font)) >> 1), y);
	}

	/** Draws a picture of `Pictures`. */
	picture(place: number, x: number, y: number): void {
		this.canvas.drawPicture(place, x, y);
	}

	/** Pixels that a text takes as {@link left}, {@link right} and {@link centre} draw it whole. */
	width(text: string, font: Font): number {
		return this.canvas.getTextWidth(this.drawable(text, font), font);
	}

	/** The largest of two or three fonts in which all of a text fits, the smallest if it fits in none. */
	fitting(text: string, width: number, larger: Font, smaller: Font, smallest = smaller): Font {
		if (this.width(text, larger) <= width) return larger;
		return smaller === smallest || this.width(text, smaller) <= width ? smaller : smallest;
	}

	/** Width of {@link time}. All digits of a font are as wide as its 0. */
	timeWidth(seconds: number, font: Font): number {
		const hours = seconds >= 3600 ? (seconds >= 36000 ? (seconds >= 360000 ? 3 : 2) : 1) : 0;
		const colons = hours > 0 ? 2 : 1;
		return (hours + 4) * this.canvas.getTextWidth("0", font) + colons * this.canvas.getTextWidth(":", font);
	}

	/** Draws minutes and seconds, with hours when there are some, from left to right: '00:05', '1:02:03'. */
	time(seconds: number, font: Font, colour: number, x: number, y: number): void {
		const hours = Math.floor(seconds / 3600);
		let at = x;
		if (hours > 0) {
			if (hours >= 100) at = this.digit(Math.floor(hours / 100), font, colour, at, y);
			if (hours >= 10) at = this.digit(Math.floor(hours / 10), font, colour, at, y);
			at = this.digit(hours, font, colour, at, y);
			at = this.colon(font, colour, at, y);
		}
		at = this.digit(Math.floor(seconds / 600) % 6, font, colour, at, y);
		at = this.digit(Math.floor(seconds / 60), font, colour, at, y);
		at = this.colon(font, colour, at, y);
		at = this.digit(Math.floor(seconds / 10) % 6, font, colour, at, y);
		this.digit(seconds, font, colour, at, y);
	}

	private digit(value: number, font: Font, colour: number, x: number, y: number): number {
		this.draw(digits[value % 10] as string, font, colour, x, y);
		return x + this.canvas.getTextWidth("0", font);
	}

	private colon(font: Font, colour: number, x: number, y: number): number {
		this.draw(":", font, colour, x, y);
		return x + this.canvas.getTextWidth(":", font);
	}

	private native(colour: number): number {
		return this.colours[colour] as number;
	}

	/** Icons are characters without a letter: their fonts have no others. */
	private drawable(text: string, font: Font): string {
		if (font === this.fonts.icons || font === this.fonts.pictures) return text;
		if (text !== this.source) {
			this.source = text;
			this.shown = legible(text);
		}
		return this.shown;
	}

	private fit(source: string, font: Font, width: number): string {
		const text = this.drawable(source, font);
		if (this.canvas.getTextWidth(text, font) <= width) return text;
		// each place of a legible text is one glyph, a mark over a letter one without width
		let low = 0;
		let high = text.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (this.canvas.getTextWidth(`${text.slice(0, middle)}…`, font) <= width) low = middle;
			else high = middle - 1;
		}
		return `${text.slice(0, low).trimEnd()}…`;
	}
}
