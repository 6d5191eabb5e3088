/*
 * The displays in the panel's page: drawn by the boards' own code, as a desk phone's and as one to touch, pressed as those are, and to be had
 * by everybody. The phones behind them have no process.
 */
import { assert } from "chai";
import type { Locator } from "playwright-core";
import { ScreenValue } from "ui/screen";
import { Key } from "../../../hal/hardware.js";
import { deskDisplay, panelOf } from "../../../tools/display/draw.js";
import { recordedScene, sceneOf } from "../../../tools/display/scenes.js";
import { type Browser, chromiumPath, hasChromium, startBrowser } from "../../../tools/panel/browser.js";
import { PhoneKeeper } from "../../../tools/panel/keeper.js";
import type { Board, ShownScreen } from "../../../tools/panel/page/messages.js";
import { PanelServer } from "../../../tools/panel/server.js";
import { needs } from "../../support/optional.js";
import { contrasts, violations } from "./support/axe.js";
import { FakePhone } from "./support/fake-phone.js";
import { type PagePhone, PanelPage, timeout } from "./support/page.js";
import { until } from "./support/wait.js";

/** Scenes of phones at work; each is shown on both boards. */
const states = Object.freeze([
	...["idle", "dialling", "ringing", "talking", "two-calls", "settings", "statistics"],
	...["service-image", "service-icon-menu", "larger-text-talking"],
]);
const lineKeys: Readonly<Record<Board, number>> = Object.freeze({ desk: 6, touch: 4 });

/** What keys are called in English, by their numbers. */
const english = Array.from({ length: Key.pageDown }, (_, key) => new ScreenValue(0, 0).keyName(key));

/** What a phone's control channel says of a screen. */
function shown(name: string, board: Board): ShownScreen {
	const screen = sceneOf(name, lineKeys[board], 4);
	const { registration, time, number, buttons, calls, prompt, softkeys, overlay, volume, volumeName } = screen;
	const { route, signs, muted, messageWaiting, news } = screen;
	const { look } = recordedScene(name, board === "touch");
	const upper = { registration, time, number, buttons, calls, prompt, softkeys, overlay, look };
	return { ...upper, volume, volumeName, route, signs, muted, messageWaiting, news };
}

/** Run in the page: waits until each pixel of a display's panel has the colour that it should have, whatever the size of its canvas. */
const awaitGlass = `async (find, wanted) => {
	const rgb = Uint8Array.from(atob(wanted), (character) => character.charCodeAt(0));
	const same = () => {
		// a phone that turns into another board has another one
		const glass = find();
		if (!glass?.width) return false;
		const { width, height } = glass;
		const across = width / 320;
		const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
		context.drawImage(glass, 0, 0);
		const { data } = context.getImageData(0, 0, width, height);
		for (let i = 0; i < 320 * 240; i++) {
			const [x, y] = [i % 320, Math.floor(i / 320)];
			const at = (Math.floor((y + 0.5) * across) * width + Math.floor((x + 0.5) * across)) * 4;
			for (let part = 0; part < 3; part++) if (data[at + part] !== rgb[i * 3 + part]) return false;
		}
		return true;
	};
	const end = performance.now() + 30000;
	while (!same()) {
		if (performance.now() > end) return false;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	return true;
}`;

describe("displays of the panel", function () {
	this.timeout(120_000);

	let browser: Browser;
	let server: PanelServer;
	let fakes: FakePhone[];
	let keepers: PhoneKeeper[];
	let page: PanelPage;

	before(async function () {
		needs(this, hasChromium(), `no Chromium at ${chromiumPath}: install it or set CHROMIUM`);
		browser = await startBrowser();
	});

	after(async () => {
		await browser?.close();
	});

	/** Opens the page with these boards on it. */
	async function open(...boards: Board[]): Promise<PagePhone[]> {
		fakes = boards.map((board, index) => {
			const fake = new FakePhone(11 + index, `${1001 + index}`);
			fake.hello.lineKeys = lineKeys[board];
			fake.screen = { ...shown("idle", board), number: `${1001 + index}` };
			return fake;
		});
		keepers = fakes.map(
			(fake, index) =>
				new PhoneKeeper(
					`SEP024C696E6E0${(index + 1).toString(16).toUpperCase()}`,
					async (board) => {
						fake.hello.lineKeys = lineKeys[board];
						return fake.running;
					},
					() => {},
					boards[index],
				),
		);
		server = await PanelServer.start(undefined, "Call agent of the tests", keepers);
		for (const keeper of keepers) await keeper.start();
		page = await PanelPage.open(browser, server.url, boards.length);
		return [...page.phones];
	}

	afterEach(async () => {
		await page.page.close();
		for (const keeper of keepers) await keeper.stop();
		await server.close();
		assert.deepEqual(page.complaints, [], "the browser's console stays empty");
	});

	/** Has a phone show a scene. */
	function show(index: number, name: string, board: Board): void {
		const fake = fakes[index] as FakePhone;
		const { pictures = [], keyNames = english } = recordedScene(name, board === "touch");
		fake.names = keyNames;
		for (const picture of pictures) {
			fake.pictures.set(picture.place, picture);
			fake.events.emit("picture", picture);
		}
		fake.events.emit("screen", shown(name, board));
	}

	/** Waits until the page shows what the board's drawing code draws. */
	async function drawn(phone: PagePhone, rgb: Uint8Array, what: string): Promise<void> {
		await phone.root.locator(".glass").waitFor({ timeout });
		const glass = `() => document.querySelectorAll(".phone")[${page.phones.indexOf(phone)}].querySelector(".glass")`;
		const wanted = Buffer.from(rgb).toString("base64");
		assert.isTrue(await page.page.evaluate(`(${awaitGlass})(${glass}, "${wanted}")`), what);
	}

	/** Presses with the mouse at a point of a display's panel, and lets go. */
	async function press(phone: PagePhone, x: number, y: number): Promise<void> {
		const box = await phone.root.locator(".lcd").boundingBox();
		if (box === null) throw new Error("there is no display");
		await page.page.mouse.click(box.x + (x * box.width) / 320, box.y + (y * box.height) / 240);
	}

	const keys = (index: number): string[] =>
		(fakes[index] as FakePhone).told.filter((line) => !line.endsWith(" up")).map((line) => line.replace(" down", ""));

	async function pressed(index: number, ...wanted: string[]): Promise<void> {
		await until(wanted.join(), () => keys(index).length >= wanted.length);
		const found = keys(index);
		(fakes[index] as FakePhone).told.length = 0;
		assert.deepEqual(found, wanted);
	}

	it("are drawn to the pixel as on the boards, and leave axe-core nothing to say, in each state", async () => {
		const [desk, touch] = (await open("desk", "touch")) as [PagePhone, PagePhone];
		assert.deepEqual(await violations(page.page), []);
		for (const state of states) {
			show(0, state, "desk");
			show(1, state, "touch");
			await drawn(desk, panelOf(state).rgb(), `${state} on the desk phone`);
			await drawn(touch, panelOf(`touch-${state}`).rgb(), `${state} on the touch board`);
			// nothing else of the page changes
			assert.deepEqual(await violations(page.page, ".window, .softkeys"), [], state);
		}
	});

	it("have all texts of the page stand out by 4.5 to 1, by day and by night, on a small screen, too", async () => {
		await open("desk", "touch");
		show(0, "ringing", "desk");
		// a click would start the sound, whose button then changes its colours at any time
		await page.page.evaluate(`document.querySelector("#overview").click()`);
		for (const colorScheme of ["light", "dark"] as const) {
			for (const width of [1280, 360]) {
				await page.page.emulateMedia({ colorScheme });
				await page.page.setViewportSize({ width, height: 900 });
				const all = await contrasts(page.page);
				assert.isAbove(all.length, 20);
				assert.deepEqual(
					all.filter(({ least }) => least < 4.5),
					[],
					`${colorScheme}, ${width} pixels`,
				);
			}
		}
		assert.deepEqual(await violations(page.page), [], "by night, 360 pixels");
		await page.page.emulateMedia({ colorScheme: "light" });
	});

	it("draw letters that no font has as a frame, and cut what is too long", async () => {
		const [desk] = (await open("desk")) as [PagePhone];
		const odd = {
			softkeys: ["Переадресовать", "Sofort umleiten", "Wahlwiederholungstaste", "Halten"],
			prompt: "\u{10ffff}",
		};
		(fakes[0] as FakePhone).events.emit("screen", { ...shown("idle", "desk"), ...odd });
		const { display, panel } = deskDisplay();
		const screen = sceneOf("idle", 6, 4);
		screen.setPrompt(odd.prompt);
		odd.softkeys.forEach((label, index) => {
			screen.setSoftkey(index, label);
		});
		display.show(screen);
		await drawn(desk, panel.rgb(), "the odd screen");
	});

	it("are pressed where a desk phone's is: softkeys, line keys, calls, lines of lists, pictures", async () => {
		const [desk] = (await open("desk")) as [PagePhone];
		show(0, "two-calls", "desk");
		await drawn(desk, panelOf("two-calls").rgb(), "two calls");
		await press(desk, 40, 226);
		await pressed(0, "key softkey1");
		await press(desk, 290, 30);
		await pressed(0, "key line1");
		const selected = shown("two-calls", "desk").calls.filter(({ reference }) => reference !== 0)[0]?.selected === true;
		await press(desk, 100, selected ? 150 : 60);
		await pressed(0, selected ? "key down" : "key up");
		show(0, "settings", "desk");
		await drawn(desk, panelOf("settings").rgb(), "the settings");
		const { overlay } = shown("settings", "desk");
		const steps = 2 - ((overlay?.selected ?? 0) - (overlay?.first ?? 0));
		await press(desk, 100, 22 + 24 + 2 * 24 + 12);
		await pressed(
			0,
			...Array.from({ length: Math.abs(steps) }, () => (steps > 0 ? "key down" : "key up")),
			"key select",
		);
		show(0, "service-image", "desk");
		await drawn(desk, panelOf("service-image").rgb(), "the picture");
		await press(desk, 160, 120);
		await until("the point", () => (fakes[0] as FakePhone).told.some((line) => /^point \d+ \d+$/.test(line)));
	});

	it("have pages to turn on one to touch, and a button for each key there for who has no pointer", async () => {
		const [touch] = (await open("touch")) as [PagePhone];
		show(0, "talking", "touch");
		await drawn(touch, panelOf("touch-talking").rgb(), "a call");
		const target = (number: number): Locator => touch.root.locator(`[data-target="${number}"]`);
		await press(touch, 24, 22 + 176 * 0.875);
		await drawn(touch, panelOf("touch-keys").rgb(), "the other keys");
		await target(Key.hold).waitFor({ timeout });
		assert.equal(await target(Key.hold).getAttribute("aria-label"), "Hold");
		assert.deepEqual(await violations(page.page), []);
		await target(Key.transfer).press("Enter");
		await pressed(0, "key transfer");
		await touch.root.getByRole("button", { name: "Dial pad" }).press("Enter");
		await touch.root.getByRole("button", { name: "Pound" }).press(" ");
		await target(5).press("Enter");
		await pressed(0, "key #", "key 5");
		await page.page.mouse.move(0, 0);
		await page.page.keyboard.press("s");
		await pressed(0, "key speaker");
	});

	it("turn from one board into the other", async () => {
		const [phone] = (await open("desk")) as [PagePhone];
		show(0, "idle", "desk");
		await drawn(phone, panelOf("idle").rgb(), "the desk phone");
		(fakes[0] as FakePhone).screen = shown("idle", "touch");
		await phone.root.getByLabel("Kind of phone").selectOption("touch");
		await drawn(phone, panelOf("touch-idle").rgb(), "the touch board");
		assert.isFalse(await phone.root.getByRole("button", { name: "Handset" }).isVisible());
		await phone.root.getByLabel("Kind of phone").selectOption("desk");
		await phone.root.getByRole("button", { name: "Handset" }).waitFor({ timeout });
	});

	it("stand beside the chosen phone in an overview of four and more, and nothing is cut off at 360 pixels", async () => {
		const phones = await open("desk", "desk", "touch", "desk", "touch");
		const { page: tab } = page;
		assert.isTrue(await tab.evaluate("document.body.matches('.overview')"));
		const whole = async (): Promise<boolean[]> =>
			Promise.all(phones.map(async ({ root }) => ((await root.boundingBox())?.width ?? 0) > 450));
		assert.deepEqual(await whole(), [true, false, false, false, false]);
		await tab.getByRole("button", { name: "Turn to phone 1004, idle" }).click();
		assert.deepEqual(await whole(), [false, false, false, true, false]);
		assert.deepEqual(
			fakes.flatMap(({ told }) => told),
			[],
			"a click that chooses presses nothing",
		);
		await tab.keyboard.press(",");
		await tab.keyboard.press(",");
		assert.deepEqual(await whole(), [false, true, false, false, false]);
		assert.deepEqual(await violations(tab), []);
		await tab.setViewportSize({ width: 360, height: 740 });
		assert.equal(await tab.evaluate("document.documentElement.scrollWidth"), 360);
		for (const { root } of phones) {
			const box = await root.boundingBox();
			assert.isAtLeast(box?.x ?? -1, 0);
			assert.isAtMost((box?.x ?? 0) + (box?.width ?? 0), 360);
		}
	});

	it("have the tab say who rings and who is in a call", async () => {
		await open("desk", "touch");
		const icon = (): Promise<string | null> => page.page.locator("#icon").getAttribute("href");
		assert.equal(await page.page.title(), "Linnet");
		show(1, "talking", "touch");
		await until("the call", async () => (await page.page.title()).startsWith("In a call: "));
		assert.equal(await icon(), "/page/linnet-call.svg");
		show(0, "ringing", "desk");
		await until("the ringing", async () => (await page.page.title()).startsWith("Ringing: "));
		assert.equal(await icon(), "/page/linnet-ringing.svg");
		for (const fake of fakes) fake.events.emit("screen", fake.screen);
		await until("the end", async () => (await page.page.title()) === "Linnet");
		assert.equal(await icon(), "/page/linnet.svg");
	});
});
