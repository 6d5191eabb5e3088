/*
 * The touch display: every key can be found where it is drawn and is large enough, pages turn as a user expects, and what is redrawn
 * equals a redraw of all.
 */

import { assert } from "chai";
import { Page, Target } from "hal/display/target";
import { touchLayout, touchLayoutFor } from "hal/display/theme";
import { TouchKeys } from "hal/display/touchkeys";
import { Key, Look, Route } from "hal/hardware";
import { touchDisplay } from "../../../tools/display/draw.js";
import { sceneOf } from "../../../tools/display/scenes.js";
import { change, emptyScreen, Random } from "./support/random.js";

/** Every point's target and the area that each target has. */
function targets(
	scene: string,
	page: number,
	width = 320,
	height = 240,
): Map<number, { width: number; height: number }> {
	const { display } = touchDisplay(width, height);
	display.turn(page);
	display.show(sceneOf(scene, 4, 4));
	const found = new Map<number, { left: number; right: number; top: number; bottom: number }>();
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const target = display.hit(x, y);
			const box = found.get(target) ?? { left: x, right: x, top: y, bottom: y };
			found.set(target, {
				left: Math.min(box.left, x),
				right: Math.max(box.right, x),
				top: Math.min(box.top, y),
				bottom: Math.max(box.bottom, y),
			});
		}
	}
	return new Map(
		[...found].map(([target, box]) => [target, { width: box.right - box.left + 1, height: box.bottom - box.top + 1 }]),
	);
}

/** A display and its keys on a scene; `presses` gathers what the phone hears, releases as `-` and the number. */
function touching(scene: string): {
	display: ReturnType<typeof touchDisplay>["display"];
	screen: ReturnType<typeof sceneOf>;
	keys: TouchKeys;
	presses: string[];
} {
	const { display } = touchDisplay();
	const screen = sceneOf(scene, 4, 4);
	display.show(screen);
	screen.dirty = 0;
	const keys = new TouchKeys(display, 4, 4);
	const presses: string[] = [];
	keys.start({
		key: (key, pressed) => {
			presses.push(pressed ? `${key}` : `-${key}`);
		},
		hook: () => assert.fail("there is no hook switch"),
	});
	return { display, screen, keys, presses };
}

describe("the touch display", () => {
	const always = [Key.speaker, Key.mute, Target.page + Page.dialPad, Target.page + Page.functions];

	it("has its keys on the phone's page, wide enough for a finger", () => {
		const found = targets("idle", Page.phone);
		for (const key of [...always, 16, 17, 18, 19, 24, 25, 26, 27]) {
			const box = found.get(key);
			assert.isDefined(box, `key ${key}`);
			assert.isAtLeast(box?.width ?? 0, 48, `width of key ${key}`);
			assert.isAtLeast(box?.height ?? 0, 36, `height of key ${key}`);
		}
	});

	it("has the twelve keys of the dial pad on its page", () => {
		const found = targets("dialling", Page.dialPad);
		for (const key of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, Key.star, Key.pound, ...always, 16, 17]) {
			assert.isAtLeast(found.get(key)?.width ?? 0, 48, `width of key ${key}`);
			assert.isAtLeast(found.get(key)?.height ?? 0, 36, `height of key ${key}`);
		}
		assert.isFalse(found.has(18), "a softkey without a label is none");
		assert.isFalse(found.has(24), "line keys are on another page");
	});

	it("has the other keys on their page", () => {
		const found = targets("talking", Page.functions);
		for (const key of [40, 41, 42, 43, 44, 45, 46, 47, Key.volumeUp, Key.volumeDown, ...always]) {
			assert.isAtLeast(found.get(key)?.width ?? 0, 48, `width of key ${key}`);
			assert.isAtLeast(found.get(key)?.height ?? 0, 36, `height of key ${key}`);
		}
	});

	it("calls the other keys what they are in the user's language", () => {
		for (const [scene, names] of [
			[
				"german-talking",
				"Halten Weiterleiten Konferenz Info Nachrichten Verzeichnisse Dienste Einstellungen Leiser Lauter",
			],
			["greek-talking", "Αναμονή Μεταφορά Διάσκεψη Πληρ. Μηνύματα Κατάλογοι Υπηρεσίες Ρυθμίσεις Χαμηλότερα Δυνατότερα"],
		] as const) {
			const { canvas, display, fonts } = touchDisplay();
			const { page } = touchLayout;
			const written: string[] = [];
			canvas.onText = ({ text, font, within }) => {
				const below = within.y >= page.y && within.y < page.y + page.height && within.x >= page.x;
				if (below && font !== fonts.icons?.name && font !== fonts.pictures?.name) written.push(text);
			};
			display.turn(Page.functions);
			display.show(sceneOf(scene, 4, 4));
			assert.equal(written.join(" "), names);
		}
	});

	it("has lines of a menu and calls to touch", () => {
		const lines = targets("settings", Page.phone);
		for (let line = 0; line < 4; line += 1) assert.isTrue(lines.has(Target.line + line), `line ${line}`);
		assert.isFalse(lines.has(Target.line + 4), "a line out of view");
		const calls = targets("many-calls", Page.phone);
		for (let call = 0; call < 4; call += 1) assert.isTrue(calls.has(Target.call + call), `call ${call}`);
	});

	it("fills an upright panel: all of it is drawn, and every key is larger than on a small one", () => {
		for (const [scene, page, keys] of [
			["idle", Page.phone, [16, 17, 18, 19, 24, 25, 26, 27]],
			["dialling", Page.dialPad, [0, 5, 9, Key.star, Key.pound]],
			["talking", Page.functions, [40, 47, Key.volumeUp, Key.volumeDown]],
		] as const) {
			const { panel, display } = touchDisplay(410, 502);
			panel.pixels.fill(0xf81f);
			display.turn(page);
			display.show(sceneOf(scene, 4, 4));
			assert.isFalse(panel.pixels.includes(0xf81f), `${scene}: a part of the panel was never drawn`);
			const [small, large] = [targets(scene, page), targets(scene, page, 410, 502)];
			for (const key of [...always, ...keys]) {
				const [before, box] = [small.get(key), large.get(key)];
				assert.isAbove(box?.width ?? 0, before?.width ?? 999, `width of key ${key}`);
				assert.isAbove(box?.height ?? 0, before?.height ?? 999, `height of key ${key}`);
			}
		}
		const { display } = touchDisplay(410, 502);
		display.show(sceneOf("idle", 4, 4));
		for (const [x, y] of [
			[10, 10],
			[400, 10],
			[8, 490],
			[402, 490],
		] as const)
			assert.equal(display.hit(x, y), Target.none, "a round corner");
	});

	it("cuts no text on an upright panel that a small one has whole, with larger text neither", () => {
		const cut = (scene: string, width: number, height: number): string[] => {
			const { canvas, display } = touchDisplay(width, height);
			const found: string[] = [];
			canvas.onText = ({ text }) => text.includes("…") && found.push(text);
			display.setLook(Look.largerText);
			display.show(sceneOf(scene, 4, 4));
			display.turn(Page.functions);
			return found;
		};
		for (const scene of ["idle", "talking", "settings", "german-talking", "greek-settings", "russian-idle"])
			assert.isAtMost(cut(scene, 410, 502).length, cut(scene, 320, 240).length, scene);
	});

	it("covers areas that touch and never overlap, on either panel, and leaves no key outside of it", () => {
		for (const [width, height] of [
			[320, 240],
			[410, 502],
		] as const) {
			const layout = touchLayoutFor(width, height);
			const areas = [layout.status, layout.rail, layout.plane, layout.labels, layout.prompt, layout.softkeys];
			for (const [i, a] of areas.entries()) {
				for (const size of [a.x, a.y, a.width, a.height]) assert.equal(size % 2, 0);
				assert.isTrue(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height, `area ${i}`);
				for (const b of areas.slice(i + 1))
					assert.isTrue(
						a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
						`area ${i} overlaps another`,
					);
			}
			const { overlay, page, plane, prompt } = layout;
			assert.equal(overlay.height + prompt.height, page.height);
			assert.equal(layout.rail.height % 8, 0, "four keys of even rows");
			assert.equal((page.height - 32) % 8, 0, "four rows of the dial pad");
			assert.equal(plane.height % 8, 0, "four rows of calls");
		}
	});

	it("presses and releases the key under a finger, and no other while it moves", () => {
		const { display, screen, keys, presses } = touching("dialling");
		keys.touch(24, 90);
		keys.release();
		assert.equal(display.page, Page.dialPad);
		keys.touch(100, 70);
		keys.touch(300, 230);
		keys.release();
		keys.release();
		assert.deepEqual(presses, ["1", "-1"]);
		screen.setCall(0, 0, 0, 0, 0, false, "");
		display.show(screen);
		assert.equal(display.page, Page.phone, "the end of the last call leaves the dial pad");
	});

	it("goes to the dial pad when the phone is taken off hook, not when it rings", () => {
		const idle = touching("idle");
		idle.keys.touch(24, 40);
		assert.deepEqual(idle.presses, [`${Key.speaker}`]);
		assert.equal(idle.display.page, Page.dialPad);
		const ringing = touching("ringing");
		ringing.keys.touch(24, 40);
		assert.deepEqual(ringing.presses, [`${Key.speaker}`]);
		assert.equal(ringing.display.page, Page.phone);
		const talking = touching("talking");
		assert.equal(talking.screen.route, Route.speaker);
		talking.keys.touch(24, 40);
		assert.equal(talking.display.page, Page.phone);
	});

	it("goes to a line of a menu with the keys of navigation and selects it", () => {
		const { display, screen, keys, presses } = touching("settings");
		keys.start({
			key: (key, pressed) => {
				presses.push(pressed ? `${key}` : `-${key}`);
				const overlay = screen.overlay;
				if (!pressed || overlay === undefined) return;
				const step = key === Key.up ? -1 : key === Key.down ? 1 : 0;
				screen.openOverlay(overlay.title, overlay.lines.length, overlay.selected + step);
				display.show(screen);
				screen.dirty = 0;
			},
			hook: () => assert.fail("there is no hook switch"),
		});
		keys.touch(150, 124);
		keys.release();
		const down = [`${Key.down}`, `-${Key.down}`];
		assert.deepEqual(presses, [...down, ...down, `${Key.select}`, `-${Key.select}`]);
	});

	it("scrolls a long list by its bar, chooses beside it, and scrolls by a finger that moves", () => {
		const { keys, presses, screen } = touching("settings");
		const tap = (x: number, y: number, ...on: readonly number[]): string[] => {
			presses.length = 0;
			keys.touch(x, y);
			for (const further of on) keys.touch(x, further);
			keys.release();
			keys.release();
			return presses.filter((press) => !press.startsWith("-"));
		};
		assert.isBelow(screen.overlay?.lines.length ?? 9, screen.overlay?.count ?? 0);
		assert.deepEqual(tap(310, 60), [`${Key.pageUp}`]);
		assert.deepEqual(tap(310, 160), [`${Key.pageDown}`]);
		assert.deepEqual(tap(150, 60), [`${Key.select}`], "the line that is chosen");
		assert.deepEqual(tap(150, 60, 68), [`${Key.select}`], "a finger that trembles");
		assert.deepEqual(tap(150, 160, 140, 120), [`${Key.pageDown}`], "up");
		assert.deepEqual(tap(150, 60, 100), [`${Key.pageUp}`], "down");
		assert.deepEqual(tap(150, 170, 130, 90), [`${Key.pageDown}`, `${Key.pageDown}`], "far");
	});

	it("scrolls a long page of text by its halves, and nothing where all is in view", () => {
		const { display, keys, presses } = touching("statistics");
		const { overlay } = touchLayout;
		for (const y of [60, 160]) {
			keys.touch(overlay.x + 100, y);
			keys.release();
		}
		assert.deepEqual(
			presses,
			[Key.pageUp, Key.pageDown].flatMap((key) => [`${key}`, `-${key}`]),
		);
		display.show(sceneOf("information", 4, 4));
		assert.equal(display.hit(overlay.x + 100, 160), Target.none);
	});

	it("leaves the page of other keys after a key, but not for the volume", () => {
		const { display, keys, presses } = touching("talking");
		keys.touch(24, 180);
		keys.release();
		assert.equal(display.page, Page.functions);
		keys.touch(100, 180);
		keys.release();
		assert.equal(display.page, Page.functions);
		keys.touch(80, 40);
		keys.release();
		assert.equal(display.page, Page.phone);
		assert.deepEqual(
			presses,
			[Key.volumeDown, Key.hold].flatMap((key) => [`${key}`, `-${key}`]),
		);
	});

	for (const [seed, width, height, steps] of [
		[5, 320, 240, 150],
		[6, 320, 240, 150],
		[7, 410, 502, 50],
	] as const) {
		it(`redraws what changed as a redraw of all would, whichever page and key (seed ${seed}, ${width} x ${height})`, () => {
			const kept = touchDisplay(width, height);
			const anew = touchDisplay(width, height);
			const random = new Random(seed);
			const screen = emptyScreen(4, 4);
			kept.display.show(screen);
			anew.display.show(screen);
			for (let step = 0; step < steps; step += 1) {
				for (let changes = random.below(3); changes > 0; changes -= 1) change(screen, random);
				const page = random.below(4) === 0 ? random.below(3) : kept.display.page;
				const target = random.below(3) > 0 ? -1 : kept.display.hit(random.below(width), random.below(height));
				kept.display.show(screen);
				screen.dirty = 0;
				kept.display.turn(page);
				kept.display.press(target);
				anew.display.press(target);
				anew.display.turn(page);
				anew.display.forget();
				anew.display.show(screen);
				kept.display.show(screen);
				const differs = kept.panel.pixels.findIndex((pixel, i) => pixel !== anew.panel.pixels[i]);
				assert.equal(differs, -1, `step ${step}, page ${page}, pressed ${target}`);
			}
		}).timeout(60_000);
	}
});
