// Softkeys in their places: sets with empty positions, pages under 'more', masks, rows of the phone's own, and what each key sends.

import { assert } from "chai";
import { build, Rig } from "../support/rig.js";

const CallState = 0x111;
const SelectSoftKeys = 0x110;
const SoftKeyTemplateRes = 0x108;
const SoftKeySetRes = 0x109;
const all = 0xffffffff;
const versions = [3, 11, 17, 22];

/** Labels of the template by position; the events are chan-sccp's, wazo's or whoever's: none is its position. */
const labels = [
	"\x80\x01",
	"\x80\x02",
	"\x80\x03",
	"\x80\x04",
	"\x80\x05",
	"\x80\x08",
	"\x80\x09",
	"\x80\x0d",
	"\x80\x0e",
];
const eventOf = (position: number): number => 100 + 3 * position;

/** A phone with that template and a set 1 of positions from 1. */
function phone(softkeys: number, set: readonly number[], version = 17): Rig {
	const rig = new Rig(version, { softkeys });
	const keys = labels.flatMap((label, index) => [[label, 16] as const, eventOf(index + 1)]);
	rig.receive(build(SoftKeyTemplateRes, 0, labels.length, labels.length, ...keys));
	rig.receive(build(SoftKeySetRes, 0, 2, 2, ["", 48], [String.fromCharCode(...set), 48]));
	rig.receive(build(CallState, 5, 1, 7, 0, 0, 0), build(SelectSoftKeys, 1, 7, 1, all));
	rig.take();
	return rig;
}

function row(rig: Rig): string[] {
	return [...rig.screen.softkeys];
}

describe("softkeys keep their places", () => {
	for (const version of versions)
		it(`empty positions stay empty, and the key behind them is the one that it is on a 7960, version ${version}`, () => {
			const rig = phone(4, [0, 1, 9], version);
			assert.deepEqual(row(rig), ["", "Redial", "Park", ""]);
			rig.press("softkey2", "softkey3");
			assert.deepEqual(rig.sent(), [`26 ${eventOf(1)} 1 7`, `26 ${eventOf(9)} 1 7`]);
			rig.press("softkey1");
			assert.deepEqual(rig.sent(), []);
			assert.equal(rig.screen.prompt, "Key Is Not Active");
		});

	it("on boards of four and five softkeys, whole and page by page", () => {
		const cases: readonly (readonly [width: number, set: readonly number[], ...pages: readonly string[][]])[] = [
			[4, [0, 0, 9], ["", "", "Park", ""]],
			[5, [0, 0, 9, 4], ["", "", "Park", "Trnsfer", ""]],
			[4, [0, 0, 9, 4], ["", "", "Park", "Trnsfer"]],
			[4, [0, 7, 4], ["", "EndCall", "Trnsfer", ""]],
			[4, [3, 7, 4, 0, 8], ["Hold", "EndCall", "Trnsfer", "more"], ["", "Confrn", "", "more"]],
			[5, [3, 7, 4, 0, 8], ["Hold", "EndCall", "Trnsfer", "", "Confrn"]],
			[5, [3, 7, 4, 0, 8, 0, 9], ["Hold", "EndCall", "Trnsfer", "", "more"], ["Confrn", "", "Park", "", "more"]],
			[4, [3, 0, 0, 0, 0, 0, 9, 8], ["Hold", "", "", "more"], ["Park", "Confrn", "", "more"]],
			[4, [3, 7, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], ["Hold", "EndCall", "Trnsfer", ""]],
			[4, [], ["", "", "", ""]],
		];
		for (const [width, set, ...pages] of cases) {
			const rig = phone(width, set);
			for (const page of pages) {
				assert.deepEqual(row(rig), page, `${width}: ${set}`);
				if (page.includes("more")) rig.softkey("more");
			}
			assert.deepEqual(row(rig), pages[0], `${width}: ${set}, round again`);
			assert.deepEqual(rig.sent(), []);
		}
	});

	it("a key behind 'more' sends its own event", () => {
		const rig = phone(4, [3, 7, 4, 0, 8]);
		rig.softkey("more");
		rig.softkey("Confrn");
		assert.deepEqual(rig.sent(), [`26 ${eventOf(8)} 1 7`]);
	});

	it("what a mask hides leaves its place empty, and takes no page at the end", () => {
		const rig = phone(4, [3, 7, 4, 8, 9]);
		assert.equal(row(rig)[3], "more");
		rig.receive(build(SelectSoftKeys, 1, 7, 1, 0b01101));
		assert.deepEqual(row(rig), ["Hold", "", "Trnsfer", "Confrn"]);
		rig.receive(build(SelectSoftKeys, 1, 7, 1, 0b00000));
		assert.deepEqual(row(rig), ["", "", "", ""]);
	});

	it("of the selected call: line and reference are its own", () => {
		const rig = phone(4, [3, 7, 4]);
		rig.receive(
			build(CallState, 8, 1, 7, 0, 0, 0),
			build(CallState, 5, 2, 8, 0, 0, 0),
			build(SelectSoftKeys, 2, 8, 1, all),
		);
		rig.softkey("Hold");
		rig.press("hold", "transfer", "5");
		rig.press("up");
		rig.softkey("Hold");
		rig.press("hold");
		assert.deepEqual(rig.sent(), [
			`26 ${eventOf(3)} 2 8`,
			"5 3 2 8 0",
			"5 4 2 8 0",
			"3 5 2 8",
			`26 ${eventOf(3)} 1 7`,
			"5 3 1 7 0",
		]);
	});
});

describe("rows of the phone's own", () => {
	it("turn over with 'more' where the board has fewer softkeys", () => {
		const rig = new Rig(17, { softkeys: 2 });
		rig.press("1", "2");
		assert.deepEqual(row(rig), ["Dial", "more"]);
		rig.softkey("more");
		assert.deepEqual(row(rig), ["<<", "more"]);
		rig.softkey("<<");
		assert.deepEqual(rig.screen.overlay?.lines, ["1"]);
		assert.deepEqual(row(rig), ["<<", "more"], "the page stays");
		rig.softkey("more");
		assert.deepEqual(row(rig), ["Cancel", "more"]);
		rig.softkey("more");
		rig.softkey("Dial");
		assert.deepEqual(rig.sent(), ["6 0 0"]);
	});
});
