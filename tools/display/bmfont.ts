/*
 * Reads a font of hal/display/fonts: AngelCode's BMFont format, binary, version 3, with its picture beside it
 * (https://www.angelcode.com/products/bmfont/doc/file_format.html).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import type { Font } from "hal/display/canvas";
import { projectRoot } from "../phone/project.js";

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

export const fontNames = Object.freeze({
	tiny: "linnet-tiny",
	small: "linnet-small",
	text: "linnet-text",
	large: "linnet-large",
	digits: "linnet-digits",
	icons: "linnet-icons",
	pictures: "linnet-pictures",
});

/** Throws when a file is missing or is no such font. */
export function readFont(name: string): BitmapFont {
	const path = join(projectRoot, "hal/display/fonts", name);
	const file = readFileSync(`${path}.fnt`);
	const sheet = decode(readFileSync(`${path}.png`));
	if (file.toString("latin1", 0, 3) !== "BMF" || file[3] !== 3)
		throw new Error(`${path}.fnt is no BMFont of version 3`);
	const glyphs = new Map<number, BitmapGlyph>();
	let height = 0;
	let ascent = 0;
	let octets = file.length;
	for (let at = 4; at < file.length; at += 5 + file.readUInt32LE(at + 1)) {
		const body = file.subarray(at + 5, at + 5 + file.readUInt32LE(at + 1));
		if (file[at] === 2) {
			height = body.readUInt16LE(0);
			ascent = body.readUInt16LE(2);
		}
		if (file[at] !== 4) continue;
		for (let entry = 0; entry < body.length; entry += 20) {
			const left = body.readUInt16LE(entry + 4);
			const top = body.readUInt16LE(entry + 6);
			const width = body.readUInt16LE(entry + 8);
			const rows = body.readUInt16LE(entry + 10);
			const greys = new Uint8Array(width * rows);
			for (let i = 0; i < greys.length; i += 1) {
				const pixel = (top + Math.floor(i / width)) * sheet.width + left + (i % width);
				greys[i] = (sheet.data[pixel * 4 + 3] as number) >> 4;
			}
			octets += (greys.length + 1) >> 1;
			glyphs.set(body.readUInt32LE(entry), {
				width,
				height: rows,
				x: body.readInt16LE(entry + 12),
				y: body.readInt16LE(entry + 14),
				advance: body.readInt16LE(entry + 16),
				greys,
			});
		}
	}
	return { name, height, ascent, glyphs, octets };
}

type Fonts = Record<keyof typeof fontNames, BitmapFont>;
let read: Readonly<Fonts> | undefined;

/** All fonts of the display, by use: read once, for every picture draws with them. */
export function readFonts(): Readonly<Fonts> {
	read ??= Object.freeze({
		tiny: readFont(fontNames.tiny),
		small: readFont(fontNames.small),
		text: readFont(fontNames.text),
		large: readFont(fontNames.large),
		digits: readFont(fontNames.digits),
		icons: readFont(fontNames.icons),
		pictures: readFont(fontNames.pictures),
	});
	return read;
}
