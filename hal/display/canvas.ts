/*
 * What the display is drawn with: the part of the Moddable SDK's Poco renderer (`commodetto/Poco`) that is used, so that tests can
 * put a canvas of their own in its place. Coordinates are pixels from the top left; what lies outside of the area given to
 * begin() is clipped.
 */

/** A font in BMFont format as `commodetto/parseBMF` reads it. */
export interface Font {
	/** Rows of a line. */
	readonly height: number;
}

export interface Canvas {
	/** The panel's native number of a colour, each part 0-255. */
	makeColor(red: number, green: number, blue: number): number;
	/** Begins to redraw an area; nothing reaches the panel before end(). */
	begin(x: number, y: number, width: number, height: number): void;
	end(): void;
	fillRectangle(colour: number, x: number, y: number, width: number, height: number): void;
	/** Draws a line of text, its top left corner at `x`, `y`. All its characters have a glyph in the font: `legible` makes such texts. */
	drawText(text: string, font: Font, colour: number, x: number, y: number): void;
	getTextWidth(text: string, font: Font): number;
	/** Draws what `Pictures` keeps at a place, its top left corner at `x`, `y`; nothing where there is none. */
	drawPicture(place: number, x: number, y: number): void;
}

/** The fonts of hal/display/fonts, by use. */
export interface Fonts {
	/** Long pages of text: 12 pixels. */
	readonly tiny: Font;
	/** Labels, prompt, status line and pages: 14 pixels. */
	readonly small: Font;
	/** Names, menus and softkeys: 17 pixels. */
	readonly text: Font;
	/** Names and lists where larger text is wanted: 21 pixels. */
	readonly large: Font;
	/** Digits and the clock: 36 pixels. */
	readonly digits: Font;
	/** Icons of hal/display/icons in 18 and 28 pixels, with corners of radius 6 and 10. */
	readonly icons: Font;
	readonly pictures: Font;
}
