// Each menu of Settings and Directories, key by key: what the list has, what each key does with an item, where back, Exit, the menu's own
// key and a minute without a key lead. A menu without a row of its own here fails.
import { assert } from "chai";
import { lease } from "../support/provisioning.js";
import { build, Rig } from "../support/rig.js";

const softkeys = { list: ["Select", "Exit", "", ""], calls: ["Dial", "EditDial", "Details", "more"] } as const;

interface Row {
	/** Items that it has, at least. */
	readonly items: number;
	/** Its softkeys, undefined for a page of text, which has Exit alone. */
	readonly keys?: readonly string[];
	/**
	 * What choosing each item does, by the title and the first line then (or the prompt, behind '!'), in order; the rest stay in the menu.
	 * '=' stays as it was but for its line.
	 */
	readonly choices?: readonly string[];
}

/** By the key that opens the list, then by title. */
const rows: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
	settings: {
		"Ring type": { items: 4, keys: softkeys.list, choices: ["=", "=", "=", "="] },
		Brightness: { items: 5, keys: softkeys.list, choices: ["=", "=", "=", "=", "="] },
		Microphone: { items: 2, keys: softkeys.list, choices: ["=", "="] },
		"Network configuration": { items: 7, keys: softkeys.list, choices: Array<string>(7).fill("!Locked: **# unlocks") },
		"Call agent": { items: 3, keys: softkeys.list, choices: Array<string>(3).fill("!Locked: **# unlocks") },
		"Wi-Fi": { items: 1, keys: softkeys.list, choices: ["!Locked: **# unlocks"] },
		Status: { items: 4, keys: softkeys.list },
		"Display and keys": { items: 3, keys: softkeys.list, choices: ["=", "=", "="] },
		"Phone information": { items: 6 },
		"Call statistics": { items: 17 },
	},
	directories: {
		"Missed calls": { items: 1, keys: softkeys.calls },
		"Received calls": { items: 1, keys: softkeys.calls },
		"Placed calls": { items: 1, keys: softkeys.calls },
		"Personal directory": { items: 1, keys: softkeys.list },
	},
};

/** A phone with Wi-Fi and a call in each list, at rest. */
function phone(): Rig {
	const rig = new Rig(17, {
		before: ({ network }) => {
			network.lease = lease({ dns: ["10.0.0.2"] });
			Object.assign(network, { setUp: () => "" });
		},
	});
	const { history } = rig.desk;
	for (const kind of [0, 1, 2])
		history.add(kind, { number: "1002", name: "Alice", line: 0, at: -1, duration: -1, count: 1 });
	return rig;
}

const title = (rig: Rig): string => (rig.screen.overlay?.title ?? "").replace(" (locked)", "");
const listed = (line: string): string => line.replace(/^\d+ /, "").replace(/ \(\d+ new\)$/, "");

for (const [key, menus] of Object.entries(rows)) {
	describe(`menus of the key ${key}`, () => {
		it("are those that have a row here", () => {
			const rig = phone();
			rig.press(key);
			assert.deepEqual(rig.read().map(listed), Object.keys(menus));
		});

		for (const [index, [name, row]] of Object.entries(menus).entries()) {
			const enter = (): Rig => {
				const rig = phone();
				rig.press(key);
				for (let i = 0; i < index; i += 1) rig.press("down");
				rig.press("select");
				assert.equal(title(rig), name);
				return rig;
			};

			it(`${name}: has its items in reach of up, down and the keys that turn it over`, () => {
				const rig = enter();
				const all = rig.read();
				assert.isAtLeast(all.length, row.items);
				assert.deepEqual([...rig.screen.softkeys], [...(row.keys ?? ["Exit", "", "", ""])]);
				if (row.keys === undefined) return;
				assert.equal(rig.screen.overlay?.selected, all.length - 1);
				rig.press("down");
				const seen: string[] = [];
				for (let i = 0; i < all.length; i += 1) {
					const { first = 0, lines = [], selected = -1 } = rig.screen.overlay ?? {};
					seen.push(lines[selected - first] ?? "");
					rig.press("down");
				}
				assert.deepEqual(seen, all);
				assert.equal(rig.screen.overlay?.selected, 0, "round");
				rig.press("up");
				assert.equal(rig.screen.overlay?.selected, all.length - 1);
			});

			for (const by of ["select", "number"] as const)
				it(`${name}: does what an item says, by its ${by}`, () => {
					for (const [item, choice] of (row.choices ?? []).entries()) {
						const rig = enter();
						rig.read();
						rig.press("down");
						const before = rig.screen.overlay?.lines.length;
						if (by === "number") rig.press(`${item + 1}`);
						else {
							for (let i = 0; i < item; i += 1) rig.press("down");
							rig.press("select");
						}
						assert.equal(title(rig), name, `item ${item + 1}`);
						if (choice === "=") assert.equal(rig.screen.overlay?.lines.length, before);
						else assert.equal(rig.screen.prompt, choice.slice(1));
					}
				});

			it(`${name}: goes back one level by Exit, all the way by its key, and by itself after a minute`, () => {
				const rig = enter();
				while (!rig.screen.softkeys.includes("Exit")) rig.softkey("more");
				rig.softkey("Exit");
				assert.deepEqual([rig.screen.overlay?.selected, title(rig) === name], [index, false]);
				rig.softkey("Exit");
				assert.isUndefined(rig.screen.overlay);
				const again = enter();
				again.press(key);
				if (again.screen.overlay !== undefined) again.press(key);
				assert.isUndefined(again.screen.overlay, "two presses at most");
				const left = enter();
				left.clock.advance(59_000);
				assert.isDefined(left.screen.overlay);
				left.press("down");
				left.clock.advance(59_000);
				assert.isDefined(left.screen.overlay, "from the last key on");
				left.clock.advance(2000);
				assert.isUndefined(left.screen.overlay);
				left.clock.advance(5000);
				assert.equal(left.timers, 0);
				assert.deepEqual(left.sent(), []);
			});

			it(`${name}: gives way to a call, and help tells of its item and comes back`, () => {
				const rig = enter();
				rig.press("help");
				if (row.keys !== undefined) {
					assert.notEqual(rig.screen.overlay?.selected, 0);
					rig.softkey("Exit");
					assert.equal(title(rig), name);
				}
				rig.receive(build(0x111, 4, 1, 7, 0, 0, 0));
				assert.isUndefined(rig.screen.overlay);
			});
		}
	});
}

describe("a list of more than nine items", () => {
	/** A phone whose placed calls are open, 2001 to 2012, the latest first, and what it dials. */
	function calls(): { rig: Rig; dialled: string[] } {
		const rig = phone();
		for (let i = 12; i >= 1; i -= 1)
			rig.desk.history.add(2, { number: `${2000 + i}`, name: "", line: 0, at: -1, duration: -1, count: 1 });
		const dialled: string[] = [];
		Object.assign(rig.desk.phone.dialler, {
			dial: (number: string) => {
				dialled.push(number);
				return "";
			},
		});
		rig.press("directories");
		rig.press("3");
		assert.equal(rig.screen.overlay?.count, 13);
		return { rig, dialled };
	}

	it("waits for a second digit where there may be one", () => {
		const { rig, dialled } = calls();
		rig.press("1");
		assert.deepEqual([dialled, rig.screen.overlay?.selected], [[], 0]);
		rig.press("2");
		assert.deepEqual(dialled, ["2012"]);
		const once = calls();
		once.rig.press("1");
		once.rig.clock.advance(1400);
		assert.deepEqual(once.dialled, []);
		once.rig.clock.advance(100);
		assert.deepEqual(once.dialled, ["2001"]);
		const other = calls();
		other.rig.press("2");
		assert.deepEqual(other.dialled, ["2002"]);
	});

	it("forgets the first digit when anything else is done, or there is no such item", () => {
		for (const key of ["down", "help", "directories", "settings"]) {
			const { rig, dialled } = calls();
			rig.press("1");
			rig.press(key);
			rig.clock.advance(2000);
			assert.deepEqual(dialled, [], key);
		}
		const { rig, dialled } = calls();
		rig.press("1");
		rig.press("9");
		rig.clock.advance(2000);
		assert.deepEqual([dialled, rig.screen.overlay?.selected], [[], 0]);
		rig.press("0");
		assert.deepEqual(dialled, []);
		const gone = calls();
		gone.rig.press("1");
		gone.rig.receive(build(0x111, 4, 1, 7, 0, 0, 0));
		gone.rig.clock.advance(2000);
		assert.deepEqual(gone.dialled, []);
	});
});
