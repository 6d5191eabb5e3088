/*
 * Stands in for the SDK's Poco renderer on a PC: the same calls, the same arithmetic (RGB565, text with 16 greys blended
 * in 31 steps), sent to a panel as the display driver sends it. Where Poco would clip in silence, it notes what was cut.
 */
import type { Canvas, Font } from "hal/display/canvas";
import { displayListFor } from "hal/display/theme";
import type { BitmapFont, BitmapGlyph } from "./font.js";
import type { Panel } from "./panel.js";
import type { MadePictures } from "./pictures.js";

export interface Area {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Octets of Poco's display list for a character or rectangle, with something to spare. */
const command = 25.6;

/** What was drawn with one text. */
export interface Written extends Area {
	readonly text: string;
	readonly font: string;
	readonly within: Area;
	/** Which pixels have something of it, numbered in rows of 65536. */
	readonly ink: ReadonlySet<number>;
}

/** Grey 0-15 to a blend of 0-31, as Poco has it: the high bit again at the low end. */
function blendOf(grey: number): number {
	return (grey << 1) | (grey >> 3);
}

/** A colour over another, part by part, in 31 steps; the division by 31 is as near as Poco's shifts come. */
function mix(over: number, under: number, blend: number): number {
	const part = (shift: number, mask: number): number => {
		const a = (over >> shift) & mask;
		const b = (under >> shift) & mask;
		const sum = blend * a + (31 - blend) * b + 16;
		return ((sum + (sum >> 5)) >> 5) << shift;
	};
	return part(11, 31) | part(5, 63) | part(0, 31);
}

/** Throws where Poco would leave something out, or draw letters of its own choice: whoever draws a text has to see to it that it has glyphs. */
function glyphOf(character: string, font: Font): BitmapGlyph {
	const { glyphs, name } = font as BitmapFont;
	const code = character.codePointAt(0) as number;
	const glyph = glyphs.get(code);
	if (glyph === undefined) throw new Error(`${name} has no glyph for U+${code.toString(16)}`);
	return glyph;
}

/** The least area that has these pixels in it. */
function boxOf(ink: ReadonlySet<number>): Area {
	let left = Number.POSITIVE_INFINITY;
	let top = Number.POSITIVE_INFINITY;
	let right = Number.NEGATIVE_INFINITY;
	let bottom = Number.NEGATIVE_INFINITY;
	for (const pixel of ink) {
		const column = ((pixel + 32768) & 65535) - 32768;
		const row = (pixel - column) / 65536;
		left = Math.min(left, column);
		top = Math.min(top, row);
		right = Math.max(right, column + 1);
		bottom = Math.max(bottom, row + 1);
	}
	return { x: left, y: top, width: right - left, height: bottom - top };
}

export class PanelCanvas implements Canvas {
	/** Set, it is told of each text that was drawn. */
	onText: ((written: Written) => void) | undefined = undefined;
	/** Set, it is told of each area that was begun. */
	onArea: ((area: Area) => void) | undefined = undefined;
	readonly #panel: Panel;
	readonly #pictures: MadePictures | undefined;
	#area: Area | undefined = undefined;
	#pixels = new Uint16Array(0);
	#commands = 0;

	constructor(panel: Panel, pictures?: MadePictures) {
		this.#panel = panel;
		this.#pictures = pictures;
	}

	makeColor(red: number, green: number, blue: number): number {
		return ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3);
	}

	begin(x: number, y: number, width: number, height: number): void {
		if (this.#area !== undefined) throw new Error("begin() before end()");
		const whole = [x, y, width, height].every((value) => Number.isInteger(value));
		const { width: across, height: down } = this.#panel;
		if (!whole || x < 0 || y < 0 || width < 1 || height < 1 || x + width > across || y + height > down) {
			throw new Error(`area ${x},${y} ${width}x${height} is not within the panel`);
		}
		this.#area = { x, y, width, height };
		this.#commands = 0;
		this.#pixels = new Uint16Array(width * height);
		this.onArea?.(this.#area);
	}

	end(): void {
		const area = this.#drawing();
		const range = (from: number, count: number): Uint8Array => {
			const to = from + count - 1;
			return Uint8Array.of(from >> 8, from & 255, to >> 8, to & 255);
		};
		this.#panel.command(0x2a, range(area.x, area.width));
		this.#panel.command(0x2b, range(area.y, area.height));
		this.#panel.command(0x2c, new Uint8Array(0));
		const octets = new Uint8Array(this.#pixels.length * 2);
		this.#pixels.forEach((colour, i) => {
			octets[i * 2] = colour >> 8;
			octets[i * 2 + 1] = colour & 255;
		});
		this.#panel.data(octets);
		this.#area = undefined;
	}

	fillRectangle(colour: number, x: number, y: number, width: number, height: number): void {
		const area = this.#drawing();
		this.#command();
		const right = Math.min(x + width, area.x + area.width);
		const bottom = Math.min(y + height, area.y + area.height);
		for (let row = Math.max(y, area.y); row < bottom; row += 1) {
			for (let column = Math.max(x, area.x); column < right; column += 1) {
				this.#pixels[(row - area.y) * area.width + column - area.x] = colour;
			}
		}
	}

	drawText(text: string, font: Font, colour: number, x: number, y: number): void {
		const area = this.#drawing();
		const ink = this.onText === undefined ? undefined : new Set<number>();
		let pen = x;
		for (const character of text) {
			const glyph = glyphOf(character, font);
			const { greys, width } = glyph;
			if (greys.length > 0) this.#command();
			for (let i = 0; i < greys.length; i += 1) {
				const grey = greys[i] as number;
				if (grey === 0) continue;
				const column = pen + glyph.x + (i % width);
				const row = y + glyph.y + Math.floor(i / width);
				ink?.add(row * 65536 + column);
				this.#blend(column, row, colour, grey, area);
			}
			pen += glyph.advance;
		}
		if (ink === undefined || ink.size === 0) return;
		this.onText?.({ text, font: (font as BitmapFont).name, ...boxOf(ink), within: area, ink });
	}

	drawPicture(place: number, x: number, y: number): void {
		const area = this.#drawing();
		const picture = this.#pictures?.at(place);
		if (picture === undefined) return;
		this.#command();
		const { width, height, pixels } = picture;
		for (let row = Math.max(y, area.y); row < Math.min(y + height, area.y + area.height); row += 1) {
			for (let column = Math.max(x, area.x); column < Math.min(x + width, area.x + area.width); column += 1) {
				const pixel = pixels[(row - y) * width + column - x] as number;
				this.#pixels[(row - area.y) * area.width + column - area.x] = pixel;
			}
		}
	}

	getTextWidth(text: string, font: Font): number {
		let width = 0;
		for (const character of text) width += glyphOf(character, font).advance;
		return width;
	}

	#blend(x: number, y: number, colour: number, grey: number, area: Area): void {
		if (x < area.x || y < area.y || x >= area.x + area.width || y >= area.y + area.height) return;
		const at = (y - area.y) * area.width + x - area.x;
		this.#pixels[at] = grey === 15 ? colour : mix(colour, this.#pixels[at] as number, blendOf(grey));
	}

	/** Counts what Poco would keep in its display list, which is bounded on the boards (hal/esp32s3/screen.ts). */
	#command(): void {
		this.#commands += 1;
		const most = Math.floor(displayListFor(this.#panel.width) / command);
		if (this.#commands > most) throw new Error(`more than ${most} characters and rectangles in an area`);
	}

	#drawing(): Area {
		if (this.#area === undefined) throw new Error("drawing outside of begin() and end()");
		return this.#area;
	}
}
