/*
 * The pictures that are kept are what the drawing code draws, and the fonts have what it draws with.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { iconText, Picture } from "hal/display/icons";
import { keyLayout, touchLayout } from "hal/display/theme";
import { Icon } from "hal/hardware";
import { readFonts } from "../../../tools/display/bmfont.js";
import { keptPictures, pictureOf } from "../../../tools/display/draw.js";
import { decodePng } from "../../../tools/display/png.js";
import { projectRoot } from "../../../tools/phone/project.js";

describe("the display's pictures", () => {
	for (const [file, name] of Object.entries(keptPictures)) {
		it(`${file} is up to date (npm run display)`, () => {
			const kept = decodePng(readFileSync(join(projectRoot, file)));
			const drawn = decodePng(pictureOf(name));
			assert.deepEqual([kept.width, kept.height], [drawn.width, drawn.height]);
			assert.isTrue(Buffer.from(kept.pixels).equals(Buffer.from(drawn.pixels)), "it shows something else");
		});
	}
});

describe("the display's fonts", () => {
	const fonts = readFonts();

	it("have Latin-1 and Latin Extended-A, an ellipsis and the euro in both sizes of text", () => {
		const code = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
		for (const font of [fonts.small, fonts.text]) {
			for (const letter of [...code(0x20, 0x7e), ...code(0xa0, 0x17f), 0x2026, 0x20ac]) {
				assert.isTrue(font.glyphs.has(letter), `${font.name} has no ${String.fromCodePoint(letter)}`);
			}
		}
	});

	it("have all icons in both sizes", () => {
		const icons = [
			...Object.values(Picture),
			...Object.values(Icon)
				.map(iconText)
				.filter((text) => text !== ""),
		];
		for (const font of [fonts.icons, fonts.pictures]) {
			for (const icon of icons)
				assert.isTrue(font.glyphs.has(icon.charCodeAt(0)), `${font.name}: ${icon.charCodeAt(0)}`);
		}
	});

	it("have digits of one width, so that a time stands still", () => {
		for (const font of [fonts.small, fonts.text, fonts.digits]) {
			const widths = [..."0123456789"].map((digit) => font.glyphs.get(digit.charCodeAt(0))?.advance);
			assert.lengthOf([...new Set(widths)], 1, font.name);
		}
	});

	it("have room in the prompt for all that one needs to set up Wi-Fi, whatever the access point's name", () => {
		const width = (text: string) =>
			[...text].reduce((sum, letter) => sum + (fonts.small.glyphs.get(letter.charCodeAt(0))?.advance ?? 1000), 0);
		const name = [..."0123456789ABCDEF"].sort((a, b) => width(b) - width(a))[0]?.repeat(4);
		for (const { prompt } of [keyLayout, touchLayout])
			assert.isAtMost(width(`Linnet-${name}, key 00000000, 192.168.4.1`), prompt.width - 16);
	});

	it("have their characters in ascending order, for the renderer looks them up by halves", () => {
		for (const font of Object.values(fonts)) {
			const codes = [...font.glyphs.keys()];
			assert.deepEqual(
				codes,
				[...codes].sort((a, b) => a - b),
				font.name,
			);
		}
	});
});
