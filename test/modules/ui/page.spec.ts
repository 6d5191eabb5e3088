// A page of another room above the call plane: its lines, keys and softkeys, and what becomes of it when calls come, menus open or nobody
// touches it.
import { Word } from "base/words";
import { assert } from "chai";
import { Key, usualRows } from "hal/hardware";
import { FakePage } from "../support/page.js";
import { build, Rig } from "../support/rig.js";

const CallState = 0x111;

function state(value: number, reference: number, line = 1): Uint8Array {
	return build(CallState, value, line, reference, 0, 0, 0);
}

function list(count: number): FakePage {
	const page = new FakePage(...Array.from({ length: count }, (_, i) => `Item ${i + 1}`));
	page.selected = 0;
	return page;
}

const lines = (rig: Rig): readonly string[] | undefined => rig.screen.overlay?.lines;
const title = (rig: Rig): string | undefined => rig.screen.overlay?.title;

describe("a page with a picture", () => {
	it("is told where the picture is touched, while it is in front", () => {
		const rig = new Rig();
		const page = new FakePage();
		rig.ui.showPage(page);
		rig.keypad.point(12, 34);
		assert.deepEqual(page.take(), ["touched 12 34"]);
		rig.press("settings");
		rig.keypad.point(12, 34);
		assert.deepEqual(page.take(), []);
	});
});

describe("a page of text", () => {
	const text =
		"Sunny in the morning, with a light wind from the west. Rain reaches the coast before noon and leaves in the night.";

	it("is wrapped at words by the display's measure, and words are in the user's language", () => {
		const rig = new Rig();
		const page = new FakePage("Today", text, "", Word.none);
		page.wraps = true;
		page.title = Word.status;
		rig.ui.showPage(page);
		assert.equal(title(rig), "Status");
		assert.deepEqual(lines(rig), [
			"Today",
			"Sunny in the morning, with a light wind from",
			"the west. Rain reaches the coast before noon",
			"and leaves in the night.",
			"",
			"None",
		]);
		assert.equal(rig.screen.overlay?.selected, -1);
		assert.equal(rig.screen.overlay?.count, 6);
	});

	it("scrolls by lines and by what is in view, to its end and no further, in both directions", () => {
		const rig = new Rig();
		const page = new FakePage(...Array.from({ length: 12 }, (_, i) => `${i} ${text}`));
		page.wraps = true;
		rig.ui.showPage(page);
		const all = rig.read();
		assert.lengthOf(all, 36);
		assert.equal(all.join(" "), page.lines.join(" "));
		const first = () => rig.screen.overlay?.first;
		assert.equal(first(), 36 - usualRows.page);
		rig.press("down");
		assert.equal(first(), 36 - usualRows.page);
		for (const [key, line] of [
			["up", 27],
			["pageUp", 19],
			["pageUp", 11],
			["down", 12],
			["pageUp", 4],
			["pageUp", 0],
			["up", 0],
		] as const) {
			rig.press(key);
			assert.equal(first(), line, key);
			assert.deepEqual(lines(rig), all.slice(line, line + usualRows.page), key);
		}
	});

	it("stays where it is while it grows, and ends where it has become shorter", () => {
		const rig = new Rig();
		const page = new FakePage(...Array.from({ length: 30 }, (_, i) => `Line ${i}`));
		page.wraps = true;
		rig.ui.showPage(page);
		rig.press("pageDown", "pageDown");
		assert.equal(lines(rig)?.[0], "Line 16");
		page.lines.push("Line 30");
		rig.ui.pageChanged();
		assert.equal(lines(rig)?.[0], "Line 16");
		assert.equal(rig.screen.overlay?.count, 31);
		page.lines.length = 10;
		rig.ui.pageChanged();
		assert.deepEqual(lines(rig), page.lines.slice(2));
		page.lines.length = 0;
		rig.ui.pageChanged();
		assert.deepEqual(lines(rig), []);
	});

	it("is cut and not wrapped where it says so, and goes to no other call by the keys that scroll", () => {
		const rig = new Rig();
		rig.receive(state(5, 4), state(8, 5));
		const page = new FakePage(text, "two");
		rig.ui.showPage(page);
		assert.deepEqual(lines(rig), [text, "two"]);
		const before = [...rig.calls];
		rig.press("down", "up", "select");
		assert.deepEqual(rig.calls, before);
	});
});

describe("a page's list", () => {
	it("shows what is in view of it, numbered, and turns over by its own keys", () => {
		const rig = new Rig();
		const page = list(100);
		rig.ui.showPage(page);
		assert.deepEqual(lines(rig), ["1 Item 1", "2 Item 2", "3 Item 3", "4 Item 4", "5 Item 5", "6 Item 6"]);
		rig.press("up");
		assert.deepEqual(lines(rig), ["97 Item 97", "98 Item 98", "99 Item 99", "100 Item 100"]);
		assert.deepEqual(
			[rig.screen.overlay?.first, rig.screen.overlay?.count, rig.screen.overlay?.selected],
			[96, 100, 99],
		);
		rig.press("pageUp");
		assert.equal(page.selected, 90);
		rig.press("pageDown", "pageDown");
		assert.equal(page.selected, 99);
		page.numbered = false;
		rig.ui.pageChanged();
		assert.equal(lines(rig)?.[3], "Item 100");
		rig.press("select");
		assert.deepEqual(page.take(), ["chosen 99"]);
	});
});

describe("keys of a page", () => {
	it("are offered to it that belong to no call, and do as always where it has no use for them", () => {
		const rig = new Rig();
		const page = list(3);
		page.keys = [1, Key.star, Key.right, Key.settings];
		rig.ui.showPage(page);
		rig.press("1", "*", "right", "settings");
		assert.deepEqual(page.take(), ["key 1", `key ${Key.star}`, `key ${Key.right}`, `key ${Key.settings}`]);
		page.keys = [Key.hold, Key.speaker, Key.mute, Key.volumeUp];
		rig.press("volumeUp", "speaker", "hold");
		assert.deepEqual(page.take(), []);
		assert.equal(rig.sent()[0], "6 0 0", "off hook");
	});

	it("are softkeys by its labels, the rest of them behind 'more', and Exit where it has none", () => {
		const rig = new Rig();
		const page = list(3);
		rig.ui.showPage(page);
		assert.deepEqual(rig.screen.softkeys, ["Exit", "", "", ""]);
		page.softkeys = ["\u0080N", "", "Search", "Update", Word.exit];
		rig.ui.pageChanged();
		assert.deepEqual(rig.screen.softkeys, ["Select", "", "Search", "more"]);
		rig.softkey("Search");
		rig.press("softkey2");
		rig.softkey("more");
		assert.deepEqual(rig.screen.softkeys, ["Update", "Exit", "", "more"]);
		rig.softkey("Exit");
		assert.deepEqual(page.take(), ["softkey 2", "softkey 4"]);
	});

	it("go back by Exit as long as there is something, and close it then", () => {
		const rig = new Rig();
		const page = list(3);
		page.behind = 1;
		rig.ui.showPage(page);
		rig.softkey("Exit");
		assert.deepEqual(page.take(), ["back"]);
		assert.isDefined(lines(rig));
		rig.softkey("Exit");
		assert.deepEqual(page.take(), ["back", "closed"]);
		assert.isUndefined(lines(rig));
		assert.equal(rig.timers, 0);
	});

	it("are digits of the call where it has no use for them, and dial on an idle phone", () => {
		const rig = new Rig();
		const page = new FakePage("text");
		rig.ui.showPage(page);
		rig.press("5");
		assert.deepEqual(lines(rig), ["5"]);
		rig.softkey("Cancel");
		assert.deepEqual(lines(rig), ["text"], "it was behind");
		rig.receive(state(5, 4));
		rig.ui.showPage(page);
		rig.sent();
		rig.press("7");
		assert.match(rig.sent()[0] ?? "", /^3 7 /);
		assert.deepEqual(lines(rig), ["text"]);
	});
});

describe("a page", () => {
	it("lies behind a call that comes and is there again when it has ended", () => {
		const rig = new Rig();
		const page = list(9);
		page.softkeys = ["Mine"];
		page.prompt = "Choose one";
		rig.ui.showPage(page);
		rig.press("down");
		assert.equal(rig.screen.prompt, "Choose one");
		rig.receive(state(4, 12));
		assert.isUndefined(lines(rig), "the call shows");
		assert.notEqual(rig.screen.prompt, "Choose one");
		assert.notInclude(rig.screen.softkeys, "Mine");
		rig.receive(state(2, 12));
		assert.equal(title(rig), "Weather");
		assert.equal(rig.screen.overlay?.selected, 1);
		assert.deepEqual([rig.screen.prompt, rig.screen.softkeys[0]], ["Choose one", "Mine"]);
		assert.deepEqual(page.take(), []);
	});

	it("is brought back over a call by its key, put away by it, and closed by it on an idle phone", () => {
		const rig = new Rig();
		const page = list(9);
		rig.ui.showPage(page);
		rig.receive(state(4, 12), state(5, 12));
		rig.press("services");
		assert.equal(title(rig), "Weather");
		rig.press("services");
		assert.isUndefined(lines(rig));
		rig.press("services");
		rig.receive(state(2, 12));
		assert.equal(title(rig), "Weather", "in front when the call ends");
		rig.press("services");
		assert.isUndefined(lines(rig));
		assert.deepEqual(page.take(), ["closed"]);
		rig.press("services");
		assert.equal(rig.screen.prompt, "Key Is Not Active");
	});

	it("comes in front of a call, which is reached by leaving it", () => {
		const rig = new Rig();
		rig.receive(state(5, 4));
		const page = list(2);
		rig.ui.showPage(page);
		assert.equal(title(rig), "Weather");
		rig.softkey("Exit");
		assert.isUndefined(lines(rig));
		assert.deepEqual(page.take(), ["back", "closed"]);
	});

	it("lies behind menus and statistics, and a menu that is open gives way to it", () => {
		const rig = new Rig();
		const page = list(2);
		rig.ui.showPage(page);
		rig.press("settings");
		assert.equal(title(rig), "Settings");
		rig.softkey("Exit");
		assert.equal(title(rig), "Weather");
		rig.press("directories");
		rig.clock.advance(61000);
		assert.equal(title(rig), "Weather", "the menu has closed by itself");
		rig.clock.advance(600000);
		assert.equal(title(rig), "Weather", "a page does not");
		rig.press("settings");
		const other = list(1);
		other.title = "Other";
		rig.ui.showPage(other);
		assert.equal(title(rig), "Other");
		assert.deepEqual(page.take(), ["closed"]);
		rig.ui.showPage(other);
		assert.deepEqual(other.take(), [], "the same again");
		rig.ui.closePage();
		assert.deepEqual(other.take(), ["closed"]);
		assert.isUndefined(lines(rig));
	});

	it("closes by itself after its lifetime without a key, and no timer is left", () => {
		const rig = new Rig();
		const page = list(2);
		page.lifetime = 5000;
		rig.ui.showPage(page);
		rig.clock.advance(4000);
		rig.press("down");
		rig.clock.advance(4000);
		assert.isDefined(lines(rig));
		rig.clock.advance(2000);
		assert.isUndefined(lines(rig));
		assert.deepEqual(page.take(), ["closed"]);
		assert.equal(rig.timers, 0);
	});

	it("goes with its pictures to the display", () => {
		const rig = new Rig();
		const page = list(2);
		const icons = [0, 3];
		Object.assign(page, { icon: (index: number) => icons[index] ?? 0, picture: { x: 3, y: -1 } });
		rig.ui.showPage(page);
		assert.deepEqual(rig.screen.overlay?.icons, [0, 3]);
		assert.deepEqual(rig.screen.overlay?.picture, { x: 3, y: -1 });
		rig.display.take();
		rig.ui.pageChanged();
		assert.notEqual(rig.display.take(), 0, "another picture may be in the same place");
		rig.press("settings");
		assert.isUndefined(rig.screen.overlay?.icons);
		assert.isUndefined(rig.screen.overlay?.picture);
	});
});
