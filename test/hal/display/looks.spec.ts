/*
 * What the user may want of the display: larger text and high contrast.
 */
import { assert } from "chai";
import { Colour, contrast, keyLayout, night } from "hal/display/theme";
import { Look, largerRows, usualRows } from "hal/hardware";
import { largerWidth, usualRoom, wrap } from "hal/wrap";
import { readFonts } from "../../../tools/display/bmfont.js";
import { deskDisplay, touchDisplay } from "../../../tools/display/draw.js";
import { emptyScreen } from "./support/random.js";

/** Relative luminance of WCAG 2.1. */
function luminance(colour: number): number {
	const [red = 0, green = 0, blue = 0] = [16, 8, 0].map((shift) => {
		const part = ((colour >> shift) & 0xff) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(a: number, b: number): number {
	const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (high + 0.05) / (low + 0.05);
}

const grounds = [Colour.background, Colour.bar, Colour.panel, Colour.selected, Colour.key, Colour.pressed];

describe("the usual colours", () => {
	it("have what is read at 4.5 to 1 from what it stands on, and signs at 3 to 1", () => {
		const of = (colour: number): number => night[colour] as number;
		for (const ground of grounds) {
			assert.isAtLeast(ratio(of(Colour.text), of(ground)), 4.5, `text on ${ground}`);
			// what is pressed has text alone on it
			if (ground === Colour.pressed) continue;
			assert.isAtLeast(ratio(of(Colour.dim), of(ground)), 4.5, `dim text on ${ground}`);
			for (const sign of [Colour.accent, Colour.green, Colour.amber, Colour.red])
				assert.isAtLeast(ratio(of(sign), of(ground)), 3, `${sign} on ${ground}`);
		}
		assert.isAtLeast(ratio(of(Colour.pressed), of(Colour.background)), 3, "what is chosen in a list");
		assert.isAtLeast(ratio(of(Colour.background), of(Colour.red)), 3, "the muted microphone");
	});
});

describe("high contrast", () => {
	it("has what is read at 7 to 1 from all that it stands on, and signs at 3 to 1", () => {
		assert.equal(contrast.length, night.length);
		for (const ground of grounds) {
			for (const ink of [Colour.text, Colour.dim])
				assert.isAtLeast(ratio(contrast[ink] as number, contrast[ground] as number), 7, `${ink} on ${ground}`);
			for (const sign of [Colour.accent, Colour.green, Colour.amber, Colour.red])
				if (ground !== Colour.pressed)
					assert.isAtLeast(ratio(contrast[sign] as number, contrast[ground] as number), 3, `${sign} on ${ground}`);
		}
	});

	it("changes all that is drawn, and changes it back", () => {
		const desk = deskDisplay();
		const screen = emptyScreen(6, 4);
		desk.display.show(screen);
		const before = desk.panel.pixels.slice();
		desk.display.setLook(Look.highContrast);
		screen.dirty = 0;
		desk.display.show(screen);
		const { x, y } = keyLayout.plane;
		assert.equal(desk.panel.pixels[(y + 2) * 320 + x + 2], 0);
		desk.display.setLook(0);
		desk.display.show(screen);
		assert.deepEqual([...desk.panel.pixels], [...before]);
	});
});

describe("larger text", () => {
	it("leaves room for fewer lines, by which texts are wrapped", () => {
		const { display } = deskDisplay();
		const rows = (): object => ({ list: display.rows(true), page: display.rows(false) });
		assert.deepEqual(rows(), usualRows);
		display.setLook(Look.largerText);
		assert.deepEqual(rows(), largerRows);
		const { text } = readFonts();
		for (let code = 0x20; code < 0x7f; code += 1)
			assert.equal(largerWidth(String.fromCharCode(code)), text.glyphs.get(code)?.advance, `U+${code.toString(16)}`);
		const said =
			"It is a mirror of what its call agent has said last, and of nothing else that it has thought by itself.";
		for (let from = 0; from < said.length; from += 7)
			assert.equal(display.fits(said, from), wrap(said, from, largerWidth, usualRoom));
	});

	it("is in larger letters in lists, pages, names, labels and prompts, on both displays", () => {
		for (const { canvas, display, fonts } of [deskDisplay(), touchDisplay()]) {
			const screen = emptyScreen(4, 4);
			screen.setPrompt("Prompt");
			screen.setButton(0, "Label", 1, 1, 0);
			screen.setCall(0, 1, 1, 5, 4, true, "Name (1002)");
			const drawn = new Map<string, string>();
			canvas.onText = ({ text, font }) => drawn.set(text, font);
			const fontsOf = (larger: boolean): (string | undefined)[] => {
				drawn.clear();
				display.setLook(larger ? Look.largerText : 0);
				screen.closeOverlay();
				display.show(screen);
				screen.openOverlay("Title", 1, 0);
				screen.setOverlayLine(0, "Item");
				display.show(screen);
				screen.openOverlay("Title", 2, -1);
				screen.setOverlayLine(0, "Line");
				screen.setOverlayLine(1, "Other");
				display.show(screen);
				return ["Item", "Name", "Line", "Label", "Prompt"].map((text) => drawn.get(text));
			};
			const { large, small, text } = fonts;
			assert.deepEqual(
				fontsOf(false),
				[text, text, small, small, small].map((font) => font?.name),
			);
			assert.deepEqual(
				fontsOf(true),
				[large, large, text, text, text].map((font) => font?.name),
			);
		}
	});
});
