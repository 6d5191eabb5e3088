/*
 * The panel's page by itself: that it shows a Screen as it is, passes keys on as they are pressed, and comes back when
 * the server was away. The phones behind it have no process.
 */
import { assert } from "chai";
import { Icon, LampColour, LampMode, Lamp as Lamps, Sign, usualRows } from "../../../hal/hardware.js";
import { type Browser, chromiumPath, hasChromium, startBrowser } from "../../../tools/panel/browser.js";
import { PhoneKeeper } from "../../../tools/panel/keeper.js";
import { PanelServer } from "../../../tools/panel/server.js";
import { needs } from "../../support/optional.js";
import { violations } from "./support/axe.js";
import { FakePhone, makeScreen } from "./support/fake-phone.js";
import { type PagePhone, PanelPage, timeout } from "./support/page.js";
import { until } from "./support/wait.js";

describe("panel page", function () {
	this.timeout(120_000);

	let browser: Browser;
	let server: PanelServer;
	let fakes: FakePhone[];
	let keepers: PhoneKeeper[];
	let page: PanelPage;
	let phone: PagePhone;

	const fake = (): FakePhone => fakes[0] as FakePhone;
	const show = (screen: object): void => {
		fake().events.emit("screen", { ...makeScreen("1001"), ...screen });
	};

	before(async function () {
		needs(this, hasChromium(), `no Chromium at ${chromiumPath}: install it or set CHROMIUM`);
		browser = await startBrowser();
	});

	after(async () => {
		await browser?.close();
	});

	beforeEach(async () => {
		fakes = [new FakePhone(11, "1001"), new FakePhone(12, "1002")];
		keepers = fakes.map(
			(one, index) =>
				new PhoneKeeper(
					`SEP024C696E6E0${index + 1}`,
					async () => one.running,
					() => {},
				),
		);
		server = await PanelServer.start(undefined, "Call agent of the tests", keepers);
		for (const keeper of keepers) await keeper.start();
		page = await PanelPage.open(browser, server.url, 2);
		phone = page.phones[0] as PagePhone;
	});

	afterEach(async () => {
		await page.page.close();
		for (const keeper of keepers) await keeper.stop();
		await server.close();
	});

	const quiet = (): void => assert.deepEqual(page.complaints, [], "the browser's console stays empty");
	const text = (place: string): Promise<string | null> => phone.root.locator(place).textContent();

	it("shows calls, labels, prompt, softkeys and status as the Screen has them", async () => {
		show({
			time: "11:59 PM",
			number: "4711",
			prompt: "Connected",
			softkeys: ["Hold", "EndCall", "", "more"],
			buttons: [
				{ label: "4711", icon: Icon.connected, lamp: LampMode.on, colour: LampColour.green },
				{ label: "", icon: Icon.none, lamp: LampMode.off, colour: LampColour.none },
				{ label: "<b>Echo</b>", icon: Icon.speedDial, lamp: LampMode.off, colour: LampColour.none },
			],
			calls: [
				{
					reference: 7,
					line: 1,
					state: 5,
					icon: Icon.connected,
					selected: true,
					detail: "",
					title: "To Bob (1002)",
					seconds: 3671,
				},
				{ reference: 0, line: 0, state: 2, icon: 0, selected: false, detail: "", title: "left over", seconds: 9 },
				{
					reference: 8,
					line: 1,
					state: 8,
					icon: Icon.held,
					selected: false,
					detail: "",
					title: "From Alice",
					seconds: -1,
				},
			],
		});
		await phone.registered("4711");
		assert.equal(await text(".time"), "11:59 PM");
		assert.equal(await text(".prompt"), "Connected");
		assert.deepEqual(await phone.root.locator(".softkey-labels li").allInnerTexts(), ["Hold", "EndCall", "", "more"]);
		assert.deepEqual(await phone.root.locator(".label-text").allInnerTexts(), ["4711", "", "<b>Echo</b>"]);
		assert.deepEqual(await phone.root.locator(".call:visible .call-title").allInnerTexts(), [
			"To Bob (1002)",
			"From Alice",
		]);
		assert.equal(await text(".call:visible >> nth=0 >> .call-time"), "1:01:11");
		assert.equal(await phone.root.locator(".call.selected:visible").count(), 1);
		assert.equal(await phone.root.getByRole("button", { name: "EndCall" }).getAttribute("data-key"), "softkey2");
		quiet();
	});

	it("opens and closes menus and the volume bar with the Screen", async () => {
		const overlay = phone.root.locator(".overlay");
		assert.isFalse(await overlay.isVisible());
		show({
			overlay: {
				title: "Settings",
				lines: ["7 Phone information", "8 Call statistics"],
				first: 6,
				count: 8,
				selected: 7,
			},
			volume: 40,
		});
		await overlay.waitFor({ timeout });
		assert.equal(await text(".overlay h2"), "Settings");
		assert.equal(await text(".overlay li.selected"), "8 Call statistics");
		assert.equal(await phone.root.locator(".overlay ol").getAttribute("start"), "7");
		assert.isTrue(await phone.root.locator(".volume-bar").isVisible());
		show({ overlay: { title: "Page", lines: ["one"], first: 0, count: 1, selected: -1 } });
		await phone.root.locator("h2", { hasText: "Page" }).waitFor({ timeout });
		assert.deepEqual(await phone.root.locator(".overlay li").allInnerTexts(), ["one"]);
		assert.isFalse(await phone.root.locator(".volume-bar").isVisible());
		show({});
		await overlay.waitFor({ state: "hidden", timeout });
		quiet();
	});

	it("shows signs, missed calls and which volume the bar is of", async () => {
		show({ signs: Sign.missed | Sign.ringerOff, news: "Missed calls: 2", volume: 40, volumeName: "Ringer" });
		await phone.root.locator(".sign").first().waitFor({ timeout });
		const names = phone.root.locator(".sign");
		assert.deepEqual(await names.allInnerTexts(), ["Ringer off", "Missed calls"]);
		assert.equal(await text(".news"), "Missed calls: 2");
		assert.equal(await text(".volume-bar b"), "Ringer");
		show({});
		await phone.root.locator(".sign").first().waitFor({ state: "detached", timeout });
		assert.isFalse(await phone.root.locator(".news").isVisible());
		quiet();
	});

	it("tells all lines of a page that are in view, and scrolls it by the wheel and the keyboard", async () => {
		const lines = Array.from({ length: usualRows.page }, (_, i) => `Sender codec G.722 ${i + 10} ms`);
		show({ overlay: { title: "Call statistics", lines, first: 2, count: 17, selected: -1 } });
		const items = phone.root.locator(".overlay li");
		await until("the page", async () => (await items.count()) === lines.length);
		await phone.root.locator(".lcd").hover();
		await page.page.mouse.wheel(0, 120);
		await page.page.keyboard.press("PageUp");
		const pressed = ["key pageDown down", "key pageDown up", "key pageUp down", "key pageUp up"];
		await until("both keys", async () => fake().told.length === pressed.length);
		assert.deepEqual(fake().told, pressed);
		quiet();
	});

	it("lights each lamp in its mode and colour", async () => {
		const { flash, on, wink } = LampMode;
		fake().events.emit("lamp", { lamp: Lamps.line1 + 5, mode: wink, colour: LampColour.green });
		fake().events.emit("lamp", { lamp: Lamps.message, mode: on, colour: LampColour.red });
		fake().events.emit("lamp", { lamp: Lamps.mute, mode: flash, colour: LampColour.amber });
		await phone.lamp(Lamps.line1 + 5, "wink", "green");
		await phone.lamp(Lamps.message, "on", "red");
		await phone.lamp(Lamps.mute, "flash", "amber");
		await phone.lamp(Lamps.line1, "off", "none");
		quiet();
	});

	it("holds a key as long as the mouse does, and lets go of all when the window loses the keyboard", async () => {
		await phone.root.locator('[data-key="5"]').hover();
		await page.page.mouse.down();
		await until("the key going down", () => fake().told.length === 1);
		await page.page.mouse.move(1, 1);
		await page.page.mouse.up();
		await until("the key coming up", () => fake().told.length === 2);
		await page.page.keyboard.down("9");
		await page.page.keyboard.down("9");
		await until("the digit", () => fake().told.length === 3);
		await page.page.evaluate("window.dispatchEvent(new Event('blur'))");
		await until("its release", () => fake().told.length === 4);
		await page.page.keyboard.up("9");
		await phone.handset();
		await until("the hook", () => fake().told.length === 5);
		assert.deepEqual(fake().told, ["key 5 down", "key 5 up", "key 9 down", "key 9 up", "hook off"]);
		quiet();
	});

	it("presses a button that the keyboard has moved to", async () => {
		await phone.root.locator('[data-key="messages"]').focus();
		await page.page.keyboard.press("Tab");
		await page.page.keyboard.press("Enter");
		await until("press and release", () => fake().told.length === 2);
		assert.deepEqual(fake().told, ["key directories down", "key directories up"]);
		quiet();
	});

	it("brings the phone that the keyboard turns to into a small window", async () => {
		await page.page.setViewportSize({ width: 460, height: 500 });
		const { root } = page.phones[1] as PagePhone;
		const inside = async (): Promise<boolean> => {
			const box = await root.boundingBox();
			return box !== null && box.x < 230 && box.y < 250 && box.x + box.width > 230 && box.y + box.height > 250;
		};
		assert.isFalse(await inside());
		await page.page.keyboard.press("]");
		const end = Date.now() + timeout;
		while (!(await inside()) && Date.now() < end) await page.page.evaluate("new Promise(requestAnimationFrame)");
		assert.isTrue(await inside());
		quiet();
	});

	it("closes a page over a call with Escape and leaves the call alone, in another language, too", async () => {
		const overlay = { title: "Call statistics", lines: ["Rcvr packets 1"], first: 0, count: 1, selected: -1 };
		show({ softkeys: ["Halten", "Auflegen", "Beenden", "Mehr"], overlay });
		await phone.root.locator(".overlay").waitFor({ timeout });
		await page.page.keyboard.press("Escape");
		await until("the key", () => fake().told.length === 2);
		show({ softkeys: ["Halten", "Auflegen", "", "Mehr"] });
		await phone.root.locator(".overlay").waitFor({ state: "hidden", timeout });
		await page.page.keyboard.press("Escape");
		await until("the next", () => fake().told.length === 4);
		assert.deepEqual(
			fake().told,
			["softkey3", "softkey2"].flatMap((key) => [`key ${key} down`, `key ${key} up`]),
		);
		quiet();
	});

	it("puts the phones side by side in a window of 1280 by 800, nothing cut off", async () => {
		const boxes = await Promise.all(page.phones.map(({ root }) => root.boundingBox()));
		const [left, right] = boxes;
		assert.isAbove(left?.x ?? 0, 0);
		assert.isAbove(right?.x ?? 0, (left?.x ?? 0) + (left?.width ?? 0));
		assert.isAtMost((right?.x ?? 0) + (right?.width ?? 0), 1280);
		assert.equal(right?.y, left?.y);
		const foot = await page.page.locator("footer").boundingBox();
		assert.isAtMost((left?.y ?? 0) + (left?.height ?? 0), foot?.y ?? 0);
		assert.isAtMost((foot?.y ?? 0) + (foot?.height ?? 0), 801);
		quiet();
	});

	it("shows a whole phone in a window of 360 pixels", async () => {
		await page.page.setViewportSize({ width: 360, height: 740 });
		for (const [index, name] of ["Network", "Audio"].entries())
			await (page.phones[index] as PagePhone).root.getByRole("button", { name }).click();
		for (const { root } of page.phones) {
			const box = await root.boundingBox();
			assert.isAtLeast(box?.x ?? -1, 0);
			assert.isAtMost((box?.x ?? 0) + (box?.width ?? 0), 360);
		}
		assert.equal(await page.page.evaluate("document.documentElement.scrollWidth"), 360);
		quiet();
	});

	it("shows messages from when it was opened, and keeps what is typed into their filter from the phone", async () => {
		const tell = (number: number, octets: Buffer): void => {
			const ends = { connection: 1, phone: "127.0.0.1", agent: "127.0.0.1", port: 2000 };
			const message = {
				...ends,
				sent: true,
				number,
				ticks: number * 10,
				version: 17,
				octets: octets.toString("base64"),
			};
			fake().events.emit("message", message);
		};
		const digit = (key: number): Buffer => {
			const octets = Buffer.alloc(24);
			[16, 17, 3, key, 1, 7].forEach((word, index) => {
				octets.writeUInt32LE(word, index * 4);
			});
			return octets;
		};
		await until("the page to look", () => fake().watched);
		for (let number = 1; number <= 3; number++) tell(number, digit(number));
		const rows = phone.root.locator(".ladder li");
		const briefs = (): Promise<string[]> => rows.locator(".brief").allTextContents();
		const texts = [1, 2, 3].map((key) => `kpButton=${key} lineInstance=1 callReference=7`);
		await phone.root.getByRole("button", { name: "Network" }).click();
		await until("the messages", async () => (await rows.count()) === 3);
		assert.deepEqual(await briefs(), texts);
		await phone.root.getByRole("searchbox").click();
		await page.page.keyboard.type("KpButton=2 7");
		await until("one of them", async () => (await rows.count()) === 1);
		assert.deepEqual(await briefs(), texts.slice(1, 2));
		tell(4, digit(2));
		tell(6, digit(2));
		await until("those that pass, too", async () => (await rows.count()) === 3);
		assert.equal(await rows.last().locator(".break").textContent(), "1 message was not looked at");
		await rows.first().locator("summary").click();
		await (page.phones[1] as PagePhone).root.getByRole("button", { name: "Audio" }).click();
		await rows.first().locator("pre").waitFor({ timeout });
		for (const colorScheme of ["light", "dark"] as const) {
			await page.page.emulateMedia({ colorScheme });
			assert.deepEqual(await violations(page.page, ".tabs"), [], colorScheme);
		}
		assert.deepEqual(fake().told, []);
		assert.isTrue(await phone.root.getByRole("button", { name: "Save as pcap" }).isEnabled());
		await phone.root.getByRole("button", { name: "Clear" }).click();
		await until("none", async () => (await rows.count()) === 0);
		assert.isTrue(await phone.root.getByRole("button", { name: "Save as pcap" }).isDisabled());
		await phone.root.getByRole("button", { name: "Network" }).click();
		assert.isFalse(await phone.root.locator(".network").isVisible());
		assert.equal(fake().asked, 0);
		quiet();
	});

	it("gives every button of the phones a name", async () => {
		const names = await page.page
			.locator("button")
			.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label") ?? button.textContent ?? ""));
		assert.isAbove(names.length, 60);
		assert.notInclude(names, "");
		quiet();
	});

	it("comes back by itself when the server was away", async () => {
		const { port } = server;
		await until("the page to look", () => fake().watched);
		await server.close();
		await until("nobody to look", () => !fake().watched);
		await phone.root.locator(".curtain", { hasText: "Waiting for the panel" }).waitFor({ timeout });
		server = await PanelServer.start(port, "Call agent of the tests", keepers);
		await phone.root.locator(".curtain").waitFor({ state: "hidden", timeout });
		await phone.key("5");
		await until("a key", () => fake().told.includes("key 5 up"));
		assert.isTrue(fake().watched);
	});
});
