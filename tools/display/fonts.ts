/*
 * Makes the display's fonts: anti-aliased bitmaps with 16 greys in AngelCode's BMFont format (binary, version 3, as Poco reads
 * it), from Roboto (Apache-2.0), DejaVu Sans (Bitstream Vera's licence) and Material Design Icons (SIL OFL 1.1).
 * `node tools/run.mjs display-fonts`. Needs FreeType, Debian's fonts-roboto-hinted, fonts-dejavu-core and
 * fonts-materialdesignicons-webfont. What it makes is kept in hal/display/fonts, so nobody who builds the phone needs them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "fast-png";
import { letterRuns, missing } from "hal/letters";
import { projectRoot } from "../phone/project.js";
import { type Glyph, OutlineFont } from "./freetype.js";
import { corner, FIRST_CORNER, FIRST_ICON, ICONS } from "./icons.js";

const usage = `node tools/run.mjs display-fonts

Makes hal/display/fonts anew from Debian's fonts-roboto-hinted, fonts-dejavu-core and fonts-materialdesignicons-webfont with
FreeType, with the letters that hal/letters.ts names.
`;

const dejavu = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
const roboto = "/usr/share/fonts/truetype/roboto/hinted";
const icons = "/usr/share/fonts/truetype/materialdesignicons-webfont/materialdesignicons-webfont.ttf";
const style = "/usr/share/fonts-materialdesignicons-webfont/css/materialdesignicons.css";
const folder = join(projectRoot, "hal/display/fonts");
/** Pixels across the sheet on which a font's glyphs lie. */
const sheetWidth = 256;

function range(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** All that hal/letters.ts says that the displays have. */
const letters = letterRuns.flatMap((first, i) => (i % 2 === 0 ? range(first, letterRuns[i + 1] as number) : []));
/** A line is as high as these are, one accent on a capital included: of two, such as Vietnamese has, the upper one stands out above it. */
const lineLetters: ReadonlySet<number> = new Set([...range(0x20, 0x7e), ...range(0xa0, 0x17f)]);
/** What is dialled, times, and the letters of a 12-hour clock. */
const dialled = [..."#*+,-./0123456789:ABCDPap"].map((letter) => letter.charCodeAt(0));

interface Entry {
	readonly code: number;
	readonly glyph: Glyph;
}

interface Face {
	readonly name: string;
	readonly height: number;
	readonly ascent: number;
	readonly entries: readonly Entry[];
}

/** Throws when a letter is neither in Roboto nor, a symbol, in DejaVu Sans. */
function textFace(name: string, file: string, size: number, codes: readonly number[]): Face {
	const fonts = [join(roboto, file), dejavu].map((path) => {
		const font = new OutlineFont(path);
		font.setSize(size);
		return font;
	});
	const entries = codes.map((code) => {
		if (code === missing) return { code, glyph: box(size) };
		const font = fonts.find((one) => one.has(code)) as OutlineFont;
		return { code, glyph: font.draw(code, true) };
	});
	const lines = entries.filter(({ code }) => lineLetters.has(code)).map(({ glyph }) => glyph);
	const ascent = Math.max(...lines.map(({ top }) => top));
	const descent = Math.max(...lines.map(({ height, top }) => height - top));
	return { name, height: ascent + descent, ascent, entries };
}

/** The sign for what there is no letter for: a frame as high as a capital. */
function box(size: number): Glyph {
	const height = Math.round(size * 0.71);
	const width = Math.round(size * 0.5);
	const pixels = new Uint8Array(width * height);
	for (let i = 0; i < pixels.length; i += 1) {
		const x = i % width;
		const y = Math.floor(i / width);
		if (x === 0 || y === 0 || x === width - 1 || y === height - 1) pixels[i] = 255;
	}
	return { width, height, left: 1, top: height, advance: width + 2, pixels };
}

/** Icons lie in a square of `size` pixels each, in its middle, whatever the font says of their place. */
function iconFace(name: string, size: number, radius: number): Face {
	const font = new OutlineFont(icons);
	font.setSize(size);
	const sheet = readFileSync(style, "utf8");
	const entries = ICONS.map((icon, i) => {
		const code = new RegExp(`\\.mdi-${icon}:before \\{\\s*content: "\\\\([0-9A-F]+)"`, "i").exec(sheet)?.[1];
		if (code === undefined) throw new Error(`${style} has no icon ${icon}`);
		const glyph = font.draw(Number.parseInt(code, 16), false);
		const left = Math.round((size - glyph.width) / 2);
		const top = size - Math.round((size - glyph.height) / 2);
		return { code: FIRST_ICON + i, glyph: { ...glyph, left, top, advance: size } };
	});
	for (let i = 0; i < 4; i += 1) {
		const glyph = corner(i, radius);
		entries.push({ code: FIRST_CORNER + i, glyph: { ...glyph, top: size } });
	}
	return { name, height: size, ascent: size, entries };
}

/** Puts the glyphs in rows on a sheet; returns where each lies and how high the sheet is. */
function arrange(entries: readonly Entry[]): { places: { x: number; y: number }[]; height: number } {
	const places: { x: number; y: number }[] = [];
	let x = 0;
	let y = 0;
	let row = 0;
	for (const { glyph } of entries) {
		// An even place keeps a glyph's first pixel in the high half of an octet of two.
		const width = glyph.width + (glyph.width & 1);
		if (x + width > sheetWidth) {
			x = 0;
			y += row;
			row = 0;
		}
		places.push({ x, y });
		x += width;
		row = Math.max(row, glyph.height);
	}
	return { places, height: Math.max(1, y + row) };
}

function block(type: number, data: Buffer): Buffer {
	const head = Buffer.alloc(5);
	head[0] = type;
	head.writeUInt32LE(data.length, 1);
	return Buffer.concat([head, data]);
}

function write(face: Face): void {
	const entries = [...face.entries].sort((a, b) => a.code - b.code);
	const { places, height } = arrange(entries);
	const pixels = new Uint8Array(sheetWidth * height * 4);
	const chars = Buffer.alloc(entries.length * 20);
	entries.forEach(({ code, glyph }, i) => {
		const { x, y } = places[i] as { x: number; y: number };
		for (let row = 0; row < glyph.height; row += 1) {
			for (let column = 0; column < glyph.width; column += 1) {
				const grey = (glyph.pixels[row * glyph.width + column] as number) >> 4;
				pixels[((y + row) * sheetWidth + x + column) * 4 + 3] = grey * 17;
			}
		}
		const at = i * 20;
		chars.writeUInt32LE(code, at);
		chars.writeUInt16LE(x, at + 4);
		chars.writeUInt16LE(y, at + 6);
		chars.writeUInt16LE(glyph.width, at + 8);
		chars.writeUInt16LE(glyph.height, at + 10);
		chars.writeInt16LE(glyph.left, at + 12);
		chars.writeInt16LE(face.ascent - glyph.top, at + 14);
		chars.writeInt16LE(glyph.advance, at + 16);
		chars[at + 18] = 0;
		chars[at + 19] = 0;
	});
	const info = Buffer.concat([Buffer.alloc(14), Buffer.from(`${face.name}\0`)]);
	info.writeInt16LE(face.height, 0);
	const common = Buffer.alloc(15);
	common.writeUInt16LE(face.height, 0);
	common.writeUInt16LE(face.ascent, 2);
	common.writeUInt16LE(sheetWidth, 4);
	common.writeUInt16LE(height, 6);
	common.writeUInt16LE(1, 8);
	const pages = Buffer.from(`${face.name}.png\0`);
	writeFileSync(
		join(folder, `${face.name}.fnt`),
		Buffer.concat([Buffer.from("BMF\x03"), block(1, info), block(2, common), block(3, pages), block(4, chars)]),
	);
	writeFileSync(join(folder, `${face.name}.png`), encode({ width: sheetWidth, height, channels: 4, data: pixels }));
	process.stderr.write(`${face.name}: ${entries.length} glyphs, ${face.height} rows, ascent ${face.ascent}\n`);
}

if (process.argv.includes("--help")) {
	process.stdout.write(usage);
	process.exit(0);
}
write(textFace("linnet-tiny", "Roboto-Regular.ttf", 12, letters));
write(textFace("linnet-small", "Roboto-Regular.ttf", 14, letters));
write(textFace("linnet-text", "Roboto-Medium.ttf", 17, letters));
write(textFace("linnet-large", "Roboto-Medium.ttf", 21, letters));
write(textFace("linnet-digits", "Roboto-Light.ttf", 36, dialled));
write(iconFace("linnet-icons", 18, 6));
write(iconFace("linnet-pictures", 28, 10));
