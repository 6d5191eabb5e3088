/*
 * Reads a font of hal/display/fonts: AngelCode's BMFont format, binary, version 3, with its picture beside it
 * (https://www.angelcode.com/products/bmfont/doc/file_format.html).
 */
import type { Font, Fonts } from "hal/display/canvas";

export interface BitmapGlyph {
	readonly width: number;
	readonly height: number;
	/** From the pen and the top of the line to the top left pixel. */
	readonly x: number;
	readonly y: number;
	readonly advance: number;
	/** Coverage 0-15, row by row. */
	readonly greys: Uint8Array;
}

export interface BitmapFont extends Font {
	readonly name: string;
	readonly ascent: number;
	readonly glyphs: ReadonlyMap<number, BitmapGlyph>;
	/** Octets of metrics and of the greys as they are, two to an octet. */
	readonly octets: number;
}

/** The picture beside a font: red, green, blue and alpha of each pixel, the coverage in alpha. */
export interface FontSheet {
	readonly width: number;
	readonly pixels: Uint8Array | Uint8ClampedArray;
}

/** The files of the display's fonts, by use. */
export const fontNames: Readonly<Record<keyof Fonts, string>> = Object.freeze({
	tiny: "linnet-tiny",
	small: "linnet-small",
	text: "linnet-text",
	large: "linnet-large",
	digits: "linnet-digits",
	icons: "linnet-icons",
	pictures: "linnet-pictures",
});

const COMMON = 2;
const CHARACTERS = 4;
/** Octets of a block's head, and of what stands of a character. */
const HEAD = 5;
const ENTRY = 20;

/** Throws when a file is no such font. */
export function parseFont(name: string, file: Uint8Array, sheet: FontSheet): BitmapFont {
	const view = new DataView(file.buffer, file.byteOffset, file.length);
	if (String.fromCharCode(...file.subarray(0, 3)) !== "BMF" || file[3] !== 3)
		throw new Error(`${name}.fnt is no BMFont of version 3`);
	const glyphs = new Map<number, BitmapGlyph>();
	let height = 0;
	let ascent = 0;
	let octets = file.length;
	for (let at = 4; at < file.length; at += HEAD + view.getUint32(at + 1, true)) {
		const from = at + HEAD;
		const end = from + view.getUint32(at + 1, true);
		if (file[at] === COMMON) {
			height = view.getUint16(from, true);
			ascent = view.getUint16(from + 2, true);
		}
		if (file[at] !== CHARACTERS) continue;
		for (let entry = from; entry < end; entry += ENTRY) {
			const left = view.getUint16(entry + 4, true);
			const top = view.getUint16(entry + 6, true);
			const width = view.getUint16(entry + 8, true);
			const rows = view.getUint16(entry + 10, true);
			const greys = new Uint8Array(width * rows);
			for (let i = 0; i < greys.length; i += 1) {
				const pixel = (top + Math.floor(i / width)) * sheet.width + left + (i % width);
				greys[i] = (sheet.pixels[pixel * 4 + 3] as number) >> 4;
			}
			octets += (greys.length + 1) >> 1;
			glyphs.set(view.getUint32(entry, true), {
				width,
				height: rows,
				x: view.getInt16(entry + 12, true),
				y: view.getInt16(entry + 14, true),
				advance: view.getInt16(entry + 16, true),
				greys,
			});
		}
	}
	return { name, height, ascent, glyphs, octets };
}
