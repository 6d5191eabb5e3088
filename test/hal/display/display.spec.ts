/*
 * The display's drawing on a panel of the PC: what is redrawn after a change equals a redraw of all, pixel for pixel.
 */
import { assert } from "chai";
import { Picture } from "hal/display/icons";
import { Page } from "hal/display/target";
import { Look, Registration, Route, type Screen, Sign } from "hal/hardware";
import type { BitmapFont } from "../../../tools/display/bmfont.js";
import { type Desk, deskDisplay, touchDisplay } from "../../../tools/display/draw.js";
import type { Area, Written } from "../../../tools/display/drawing/canvas.js";
import { sceneNames, sceneOf } from "../../../tools/display/scenes.js";
import { change, emptyScreen, Random } from "./support/random.js";

/** A colour that the theme does not have. */
const unwritten = 0xf81f;
/** The corners in the fonts of icons. */
const corners = /^[\ue0f0-\ue0f3]$/;

function overlap(a: Area, b: Area): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether texts lie over each other: a line may reach with its p and q as far down as the next one with its d and Ü up, beside them. */
function touches(a: Written, b: Written): boolean {
	// what leaves its area is cut off, and areas do not overlap
	if (a.within !== b.within || !overlap(a, b)) return false;
	const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
	for (const pixel of a.ink) if (b.ink.has(pixel)) return true;
	return a.font !== "linnet-tiny" || shared > 3;
}

function describeArea({ x, y, width, height }: Area): string {
	return `${x},${y} ${width}x${height}`;
}

/** Draws all of a scene and returns the areas and texts of it. */
function record(desk: Desk, draw: () => void): { areas: Area[]; texts: Written[] } {
	const areas: Area[] = [];
	const texts: Written[] = [];
	desk.canvas.onArea = (area) => areas.push(area);
	desk.canvas.onText = (written) => {
		// round corners lie over what they round
		if (!corners.test(written.text)) texts.push(written);
	};
	draw();
	desk.canvas.onArea = undefined;
	desk.canvas.onText = undefined;
	return { areas, texts };
}

/** Where two panels differ, as a text; '' when they do not. */
function difference(one: Uint16Array, other: Uint16Array): string {
	for (let i = 0; i < one.length; i += 1) {
		if (one[i] !== other[i]) return `pixel ${i % 320},${Math.floor(i / 320)}: ${one[i]} and ${other[i]}`;
	}
	return "";
}

/** Scenes that are looked at in larger text as well: one of each kind of screen. */
const larger: readonly string[] = [
	...["idle", "dialling", "ringing", "talking", "volume", "statistics", "two-calls", "many-calls", "rejected"],
	...["directories", "missed-calls", "settings", "network-configuration", "letters", "status", "information"],
];

/** All scenes, in all languages on a display with keys and on one to touch. */
function* everyScene(): Generator<[string, Desk, Screen]> {
	for (const name of sceneNames) {
		yield [name, deskDisplay(), sceneOf(name, 6, 4)];
		yield [`${name}, to touch`, touchDisplay(), sceneOf(name, 4, 4)];
		if (larger.includes(name))
			for (const [desk, keys] of [
				[deskDisplay(), 6],
				[touchDisplay(), 4],
			] as const) {
				desk.display.setLook(Look.largerText | Look.highContrast);
				yield [`${name}, larger with ${keys} keys`, desk, sceneOf(name, keys, 4)];
			}
		if (!name.endsWith("talking")) continue;
		const keys = touchDisplay();
		keys.display.turn(Page.functions);
		yield [`${name}, other keys to touch`, keys, sceneOf(name, 4, 4)];
	}
}

describe("the display's drawing", () => {
	for (const seed of [1, 2, 3, 4]) {
		it(`redraws what changed as a redraw of all would (seed ${seed})`, () => {
			const kept = deskDisplay();
			const anew = deskDisplay();
			const random = new Random(seed);
			const screen = emptyScreen(6, 4);
			for (let step = 0; step < 150; step += 1) {
				for (let changes = random.below(3); changes >= 0; changes -= 1) change(screen, random);
				kept.display.show(screen);
				screen.dirty = 0;
				anew.display.forget();
				anew.display.show(screen);
				assert.equal(difference(kept.panel.pixels, anew.panel.pixels), "", `step ${step}`);
			}
		}).timeout(60_000);
	}

	it("sends nothing when nothing has changed", () => {
		const desk = deskDisplay();
		const screen = sceneOf("two-calls", 6, 4);
		desk.display.show(screen);
		desk.panel.octets = 0;
		desk.display.show(screen);
		assert.equal(desk.panel.octets, 0);
	});

	it("has as many signs in the status line as there is room for, the most important first", () => {
		const order = [
			...[Picture.searching, Picture.muted, Picture.speaker, Picture.poorNetwork, Picture.secure],
			...[
				Picture.doNotDisturb,
				Picture.ringerOff,
				Picture.forwarded,
				Picture.missed,
				Picture.envelope,
				Picture.wideband,
			],
		];
		const all = Object.values(Sign).reduce((bits, bit) => bits | bit, 0);
		for (const [time, number, least] of [
			["", "", 11],
			["13:05 22/11/26", "1001", 7],
			["13:05 22/11/26", "+431555010099", 5],
			["1 text that is longer than any date", "+431555010099123456", 4],
		] as const)
			for (const { display, canvas } of [deskDisplay(), touchDisplay()]) {
				const screen = emptyScreen(6, 4);
				screen.setStatus(Registration.registering, time, number);
				screen.setSigns(Route.speaker, all);
				const icons: Written[] = [];
				canvas.onText = (written) => {
					if (written.within.y === 0 && order.includes(written.text)) icons.push(written);
				};
				display.show(screen);
				canvas.onText = undefined;
				assert.isAtLeast(icons.length, least, `${time} ${number}`);
				assert.deepEqual(
					icons.map(({ text }) => text),
					order.slice(0, icons.length),
				);
				for (const { x, width, within } of icons)
					assert.isTrue(x >= within.x && x + width <= within.x + within.width, `${time} ${number}`);
			}
	});

	for (const [name, desk, screen] of everyScene()) {
		it(`covers the panel once and keeps texts in their places: ${name}`, () => {
			desk.panel.pixels.fill(unwritten);
			const { areas, texts } = record(desk, () => desk.display.show(screen));
			assert.isFalse(desk.panel.pixels.includes(unwritten), "a part of the panel was never drawn");
			areas.forEach((area, i) => {
				for (const other of areas.slice(i + 1)) {
					assert.isFalse(overlap(area, other), `${describeArea(area)} and ${describeArea(other)}`);
				}
			});
			texts.forEach((written, i) => {
				const { within, text } = written;
				assert.isTrue(
					written.x >= within.x && written.x + written.width <= within.x + within.width,
					`"${text}" at ${describeArea(written)} leaves ${describeArea(within)} sideways`,
				);
				assert.isTrue(
					written.y >= within.y && written.y + written.height <= within.y + within.height,
					`"${text}" at ${describeArea(written)} leaves ${describeArea(within)}`,
				);
				for (const other of texts.slice(i + 1)) {
					assert.isFalse(touches(written, other), `"${text}" lies over "${other.text}"`);
				}
			});
		});
	}

	it("draws a frame for each letter that is missing, as wide as it is told, and cuts a text by its glyphs", () => {
		const desk = deskDisplay();
		const screen = emptyScreen(6, 4);
		const prompt = (text: string): Written => {
			screen.setPrompt(text);
			const { texts } = record(desk, () => desk.display.show(screen));
			screen.dirty = 0;
			return texts.find(({ within }) => within.y >= 190 && within.y < 212) as Written;
		};
		const box = "\ufffd";
		assert.equal(prompt("From 李明 \u{1f600}").text, `From ${box}${box} ${box}`);
		assert.equal(prompt("Zoe\u0308 \u202e(1002)\u202c").text, "Zoë (1002)");
		const one = prompt("李");
		const two = prompt("李明");
		const advance = desk.fonts.small?.glyphs.get(0xfffd)?.advance as number;
		assert.isAtLeast(one.width, 5, "a frame is seen");
		assert.equal(two.width - one.width, advance);
		for (const [text, glyph] of [
			["\u{1f600}", box],
			["e\u0308", "ë"],
			["ж", "ж"],
			["q\u0301", "q\u0301"],
		] as const) {
			const cut = prompt(text.repeat(100));
			const count = Math.round((cut.text.length - 1) / glyph.length);
			assert.equal(cut.text, `${glyph.repeat(count)}…`);
			// what does not fit in small letters is cut in tiny ones
			assert.equal(cut.font, "linnet-tiny");
			const width = (letters: string) => desk.canvas.getTextWidth(letters, desk.fonts.tiny as BitmapFont);
			assert.isAtMost(width(cut.text), 304);
			assert.isAbove(width(`${glyph.repeat(count + 1)}…`), 304, "there was room for one more");
		}
	});

	it("shows a long label whole where it can: in smaller letters, in two lines, and cuts it last", () => {
		const written = (desk: Desk, label: string): string[] => {
			const screen = emptyScreen(4, 4);
			screen.setSoftkey(1, label);
			const { texts } = record(desk, () => desk.display.show(screen));
			return texts
				.filter(({ within }) => within.y + within.height === 240)
				.map(({ text, font }) => `${font.slice("linnet-".length)} ${text}`);
		};
		for (const [label, keys, touch] of [
			["Halten", ["text Halten"], ["text Halten"]],
			["Weiterleiten", ["small Weiterleiten"], ["small Weiterleiten"]],
			["Nouvel appel", ["tiny Nouvel appel"], ["small Nouvel", "small appel"]],
			["Sofort umleiten", ["tiny Sofort", "tiny umleiten"], ["small Sofort", "small umleiten"]],
			["Не беспокоить", ["tiny Не", "tiny беспокоить"], ["tiny Не", "tiny беспокоить"]],
			["Переадресация", ["tiny Переадрес…"], ["tiny Переадрес…"]],
			[
				"Konferenz beitretende Teilnehmer",
				["tiny Konferenz", "tiny beitretende…"],
				["tiny Konferenz", "tiny beitretende…"],
			],
		] as const) {
			assert.deepEqual(written(deskDisplay(), label), [...keys]);
			assert.deepEqual(written(touchDisplay(), label), [...touch]);
		}
	});

	it("works with eight line keys and five softkeys, and with none", () => {
		for (const [lineKeys, softkeys] of [
			[8, 5],
			[0, 0],
		] as const) {
			const desk = deskDisplay();
			desk.panel.pixels.fill(unwritten);
			const screen = emptyScreen(lineKeys, softkeys);
			if (softkeys > 0) screen.setSoftkey(4, "more");
			desk.display.show(screen);
			assert.isFalse(desk.panel.pixels.includes(unwritten), `${lineKeys} line keys`);
		}
	});
});
