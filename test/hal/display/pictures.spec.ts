/*
 * The pictures that are kept are what the drawing code draws, and the fonts have what it draws with.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { decode } from "fast-png";
import { iconText, Picture } from "hal/display/icons";
import { legible } from "hal/display/legible";
import { keyLayout, touchLayout } from "hal/display/theme";
import { Icon, usualRows } from "hal/hardware";
import { hasLetter } from "hal/letters";
import { usualRoom, usualWidth, wrap } from "hal/wrap";
import { readFonts } from "../../../tools/display/bmfont.js";
import { deskDisplay, keptPictures, pictureOf } from "../../../tools/display/draw.js";
import { guideFolder, guidePictures } from "../../../tools/display/guide.js";
import { placeOf, sheetOf, sheets } from "../../../tools/display/sheet.js";
import { projectRoot } from "../../../tools/phone/project.js";

describe("the display's pictures", () => {
	for (const [file, name] of Object.entries(keptPictures)) {
		it(`${file} is up to date (npm run display)`, () => {
			const kept = decode(readFileSync(join(projectRoot, file)));
			const drawn = decode(pictureOf(name));
			assert.deepEqual([kept.width, kept.height], [drawn.width, drawn.height]);
			assert.isTrue(Buffer.from(kept.data).equals(Buffer.from(drawn.data)), "it shows something else");
		});
	}
});

describe("the pictures of the user's guide", () => {
	it("are those that its pages show, and no others", () => {
		const files = readdirSync(join(projectRoot, guideFolder, "pictures")).map(
			(name) => `${guideFolder}/pictures/${name}`,
		);
		assert.isAbove(files.length, 50);
		assert.sameMembers(files, Object.keys(guidePictures));
	});
});

describe("the sheets of all screens", () => {
	for (const [file, names] of Object.entries(sheets)) {
		it(`${file} is up to date (npm run display)`, () => {
			const kept = decode(readFileSync(join(projectRoot, file)));
			const drawn = sheetOf(names);
			assert.deepEqual([kept.width, kept.height], [drawn.width, drawn.height]);
			const now = Buffer.from(drawn.rgb());
			const before = Buffer.from(kept.data);
			if (before.equals(now)) return;
			const different = names.filter((_, index) => {
				const { x, y, width, height } = placeOf(index);
				for (let row = y; row < y + height; row += 1) {
					const from = (row * kept.width + x) * 3;
					const line = (pixels: Buffer) => pixels.subarray(from, from + width * 3);
					if (!line(before).equals(line(now))) return true;
				}
				return false;
			});
			assert.fail(`these are drawn otherwise now: ${different.join(", ")}`);
		}).timeout(60_000);
	}
});

describe("the display's fonts", () => {
	const fonts = readFonts();

	it("have in all sizes of text the letters that the phone says its display draws, and no others (display-fonts)", () => {
		const { display } = deskDisplay();
		for (const font of [fonts.tiny, fonts.small, fonts.text]) {
			for (let letter = 0; letter < 0x11000; letter += 1) {
				assert.equal(font.glyphs.has(letter), display.draws(letter), `${font.name}: U+${letter.toString(16)}`);
			}
		}
	});

	it("are what a body without them measures pages of text by", () => {
		const { display } = deskDisplay();
		for (let code = 0x20; code < 0x7f; code += 1)
			assert.equal(
				usualWidth(String.fromCharCode(code)),
				fonts.small.glyphs.get(code)?.advance,
				`U+${code.toString(16)}`,
			);
		assert.deepEqual({ list: display.rows(true), page: display.rows(false) }, usualRows);
		const text =
			"It is a mirror of what its call agent has said last, and of nothing else that it has thought by itself.";
		for (let from = 0; from < text.length; from += 7)
			assert.equal(display.fits(text, from), wrap(text, from, usualWidth, usualRoom));
	});

	it("have each letter also where it comes with its marks apart, as Unicode takes it apart", () => {
		let count = 0;
		for (let letter = 0xa0; letter < 0x2000; letter += 1) {
			const whole = String.fromCodePoint(letter);
			const apart = whole.normalize("NFD");
			if (!hasLetter(letter) || apart === whole) continue;
			assert.equal(legible(apart), whole.normalize("NFC"), whole);
			count += 1;
		}
		assert.isAbove(count, 550);
	});

	it("have something to see of each letter, and no width of the marks that stand over or under one", () => {
		for (const font of [fonts.tiny, fonts.small, fonts.text]) {
			for (const [code, { greys, advance }] of font.glyphs) {
				const space = code === 0x20 || code === 0xa0 || code === 0x202f || (code >= 0x2000 && code <= 0x200a);
				const name = `${font.name}: U+${code.toString(16)}`;
				assert.equal(
					greys.some((grey) => grey > 3),
					!space,
					name,
				);
				assert.equal(advance === 0, code >= 0x300 && code <= 0x36f, name);
			}
		}
	});

	it("have lines of text no higher than one accent on a capital, above which the second of two stands out by two rows at most", () => {
		for (const [font, height] of [
			[fonts.tiny, 17],
			[fonts.small, 18],
			[fonts.text, 21],
		] as const) {
			assert.equal(font.height, height);
			for (const [code, { y, height }] of font.glyphs) {
				assert.isAtLeast(y, -2, `${font.name}: U+${code.toString(16)}`);
				assert.isAtMost(y + height, font.height, `${font.name}: U+${code.toString(16)}`);
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
