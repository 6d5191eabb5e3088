// The help key: what it tells of what is chosen, the call statistics behind it, and where each press leads.
import { assert } from "chai";
import { FakePage } from "../support/page.js";
import { build, Rig } from "../support/rig.js";

const state = (value: number, reference: number): Uint8Array => build(0x111, value, 1, reference, 0, 0, 0);
const title = (rig: Rig): string | undefined => rig.screen.overlay?.title;
const lines = (rig: Rig): readonly string[] => rig.screen.overlay?.lines ?? [];

describe("the help key", () => {
	it("tells an idle phone's user what it is, then of the last call, and goes back", () => {
		const rig = new Rig();
		rig.press("help");
		assert.equal(title(rig), "Help");
		assert.include(lines(rig), "Device SEP001122334455");
		assert.include(rig.read(), "Press ? again for call statistics");
		assert.deepEqual(rig.screen.softkeys, ["Exit", "", "", ""]);
		rig.press("help");
		assert.equal(title(rig), "Call statistics");
		rig.press("help");
		assert.isUndefined(rig.screen.overlay);
		rig.press("help", "help");
		rig.softkey("Exit");
		assert.isUndefined(rig.screen.overlay);
		rig.clock.advance(1000);
		assert.equal(rig.timers, 0);
	});

	it("tells with whom a call is and how it is protected", () => {
		const rig = new Rig(3);
		const nobody = [
			["", 40],
			["", 24],
		] as const;
		const info = (security: number): Uint8Array =>
			build(
				0x8f,
				["Alice", 40],
				["1002", 24],
				...nobody,
				1,
				7,
				1,
				...nobody,
				["Bob", 40],
				["1003", 24],
				0,
				0,
				["", 96],
				1,
				security,
				0,
			);
		rig.receive(state(5, 7), info(3));
		rig.press("help");
		assert.equal(title(rig), "Help");
		assert.deepEqual(lines(rig).slice(0, 2), ["From Alice (1002)", "Forwarded by Bob"]);
		assert.deepEqual(lines(rig).slice(-2), ["Encrypted", "Press ? again for call statistics"]);
		rig.press("help");
		assert.equal(title(rig), "Call statistics");
		rig.press("help");
		assert.isUndefined(rig.screen.overlay);
		rig.receive(info(1));
		rig.press("help");
		assert.include(lines(rig), "Not encrypted");
		rig.receive(info(0));
		rig.press("help", "help", "help");
		assert.notInclude(lines(rig), "Not encrypted");
	});

	it("has an item's whole text, wrapped, and goes back to its list", () => {
		const rig = new Rig();
		rig.press("settings", "down", "down", "help");
		assert.equal(title(rig), "Settings");
		assert.deepEqual(lines(rig), ["Microphone", "Press ? again for call statistics"]);
		rig.softkey("Exit");
		assert.deepEqual([title(rig), rig.screen.overlay?.selected], ["Settings", 2]);
		rig.press("select", "help");
		assert.deepEqual([title(rig), lines(rig)[0]], ["Microphone", "Level control Off"]);
		rig.press("help");
		assert.equal(title(rig), "Call statistics");
		rig.press("help");
		assert.deepEqual([title(rig), rig.screen.overlay?.selected], ["Microphone", 0]);
		const page = new FakePage("Rain reaches the coast before noon and leaves again in the night, says the office");
		page.selected = 0;
		rig.ui.showPage(page);
		rig.press("help");
		assert.equal(lines(rig).slice(0, 2).join(" "), page.lines[0]);
		rig.softkey("Exit");
		assert.equal(title(rig), "Weather");
		assert.deepEqual(page.take(), []);
	});

	it("loses nothing of what is being typed", () => {
		const rig = new Rig();
		rig.press("1", "2", "help");
		assert.deepEqual(lines(rig), ["12"]);
		assert.equal(rig.screen.prompt, "Key Is Not Active");
	});

	it("makes room for a call, with what lies below", () => {
		const rig = new Rig();
		rig.press("settings", "help");
		rig.receive(state(4, 7));
		assert.isUndefined(rig.screen.overlay);
		rig.receive(state(2, 7));
		assert.isUndefined(rig.screen.overlay);
		rig.press("settings");
		rig.clock.advance(1000);
		rig.press("help");
		rig.clock.advance(61000);
		assert.isUndefined(rig.screen.overlay, "closes by itself");
	});
});
