// The lists of calls in storage: a hundred of each kind, through power cuts, rot and full storage, and those of earlier loads.
import { assert } from "chai";
import { decode } from "sccp/text";
import { type CallEntry, CallList, mostCalls } from "settings/call-list";
import { CallKind, History } from "settings/history";
import { pack, unpack } from "settings/packed-text";
import { Store } from "settings/store";
import { entriesOf, partiesOf, party } from "../support/calls.js";
import { FakeClock } from "../support/fakes.js";
import { build, Rig } from "../support/rig.js";
import { FakeStorage } from "../support/storage.js";

function listOver(storage: FakeStorage, log: (line: string) => void = () => {}): CallList {
	return new CallList(new Store(storage, log), "r");
}

function numbers(list: CallList): string[] {
	return [...list.places()].map((place) => list.read(place)?.number ?? "?");
}

function historyOver(storage: FakeStorage): History {
	return new History(new Store(storage, () => {}), new FakeClock(), decode, () => -1);
}

/** Fills a list: the latest has the greatest number. */
function filled(storage: FakeStorage, count: number): CallList {
	const list = listOver(storage);
	for (let i = 0; i < count; i += 1) list.add(party(`${1000 + i}`), 1);
	return list;
}

describe("texts in storage", () => {
	it("come back as they were, in ASCII, Greek and Cyrillic at two octets a letter", () => {
		const texts = [
			"",
			"Bob",
			"50 % ~x~ {|}",
			"Αλέξανδρος Παπαδόπουλος",
			"Ёж, Zoë Müller",
			"\x808",
			"\x1e\x4f!",
			"\u1ef9\u1ff5\u2013",
		];
		for (const text of texts) {
			const packed = pack(text);
			assert.equal(unpack(packed), text);
			for (let i = 0; i < packed.length; i += 1) {
				const code = packed.charCodeAt(i);
				assert.isTrue((code >= 0x20 && code < 0x7f && code !== 0x25) || code >= 0x1ff8, `${text}: ${packed}`);
			}
		}
		assert.lengthOf(pack("Александр"), 2 * 9 + 1);
		// every letter for itself
		for (let code = 0x20; code < 0x2100; code += code < 0x600 ? 1 : 17) {
			const letter = String.fromCharCode(code);
			assert.equal(unpack(pack(`a${letter}b`)), `a${letter}b`);
		}
	});
});

describe("a list of calls", () => {
	it("keeps a hundred, the latest first, and lets the oldest go", () => {
		const storage = new FakeStorage();
		const list = filled(storage, 105);
		const kept = numbers(list);
		assert.lengthOf(kept, mostCalls);
		assert.deepEqual([kept[0], kept[99]], ["1104", "1005"]);
		assert.deepEqual(numbers(listOver(storage)), kept, "across boots");
		assert.equal(storage.values.size, mostCalls);
	});

	it("writes one record of one call, whatever it holds, and reads no other to show one", () => {
		const storage = new FakeStorage();
		const list = filled(storage, mostCalls);
		const before = storage.writes;
		list.add({ number: "4930123456", name: "Zoë Müller", line: 2, at: 1_800_000_000, duration: 3725, count: 1 }, 1);
		assert.equal(storage.writes, before + 1);
		assert.isAtMost(Math.max(...[...storage.values.values()].map((value) => value.length)), 64);
		const long = {
			number: "1".repeat(25),
			name: "Ж".repeat(32),
			line: 8,
			at: 0xffffffff,
			duration: 0xffffff,
			count: 1,
		};
		list.add(long, 1);
		assert.isAtMost(Math.max(...[...storage.values.values()].map((value) => value.length)), 128);
		assert.deepEqual(list.read(list.places()[0] as number), long);
	});

	it("counts calls of one party in one entry, the latest, and not what only looks alike", () => {
		const list = listOver(new FakeStorage());
		const bob = { number: "1002", name: "Bob", line: 1, at: 100, duration: 5, count: 1 };
		list.add(bob, 1);
		list.add(party("100"), 1);
		list.add(party("", "1002"), 1);
		list.add(party("10022", "Bob"), 1);
		list.add({ ...bob, name: "Bob Miller", at: 200, duration: 7 }, 1);
		const entries = [...list.places()].map((place) => list.read(place));
		assert.deepEqual(entries[0], { ...bob, name: "Bob Miller", at: 200, duration: 7, count: 2 });
		assert.deepEqual(
			entries.map((entry) => entry?.number),
			["1002", "10022", "", "100"],
		);
		list.add(party("", "Anonymous"), 1);
		list.add(party("", "1002"), 1);
		assert.deepEqual(
			[...list.places()].slice(0, 2).map((place) => list.read(place)?.count),
			[2, 1],
			"who has no number is known by the name",
		);
		list.add(bob, 996);
		for (let i = 0; i < 3; i += 1) list.add(bob, 1);
		assert.equal(list.read(list.places()[0] as number)?.count, 999);
	});

	it("loses no call but the one that is written, wherever the power goes", () => {
		const full = new FakeStorage();
		const before = numbers(filled(full, mostCalls));
		for (let cut = 0; ; cut += 5) {
			const storage = new FakeStorage();
			for (const [key, value] of full.values) storage.values.set(key, value);
			storage.cutAfter(cut);
			// the store tells of a storage that refuses: nothing is done after the cut
			listOver(storage).add(party("77"), 1);
			const whole = storage.done < cut;
			storage.restore();
			const after = numbers(listOver(storage));
			if (after[0] === "77") after.shift();
			else assert.isFalse(whole, "a call that was written is there");
			assert.deepEqual(after.slice(0, 99), before.slice(0, 99), `after ${cut} steps`);
			listOver(storage).add(party("78"), 1);
			assert.equal(numbers(listOver(storage))[0], "78");
			if (whole) break;
		}
	});

	it("counts on after a power cut between a call and the earlier one of the same party", () => {
		const storage = new FakeStorage();
		const list = listOver(storage);
		list.add(party("1002"), 1);
		const [record] = [...storage.values.values()];
		storage.cutAfter((record?.length ?? 0) + 1);
		list.add(party("1002"), 1);
		storage.restore();
		assert.deepEqual(numbers(list), ["1002", "1002"], "rather twice than not at all");
	});

	it("leaves out what has rotted, and goes on", () => {
		const storage = new FakeStorage();
		const list = filled(storage, 3);
		storage.rot("r1", 12, 3);
		assert.deepEqual(numbers(list), ["1002", "1000"]);
		storage.values.set("r2", "");
		storage.values.set("r0", "nonsense that is no record");
		assert.deepEqual(numbers(list), []);
		list.add(party("5"), 1);
		assert.deepEqual(numbers(list), ["5"]);
	});

	it("takes the place of the oldest where the storage is full, and says so in the log", () => {
		const storage = new FakeStorage();
		const log: string[] = [];
		const list = listOver(storage, (line) => log.push(line));
		storage.capacity = 400;
		for (let i = 0; i < 40; i += 1) list.add(party(`${1000 + i}`), 1);
		const kept = numbers(list);
		assert.equal(kept[0], "1039");
		assert.isAbove(kept.length, 5);
		assert.match(log[0] ?? "", /^storage: cannot keep r\d+ \(\d+ octets\): no space left$/);
		storage.capacity = 0;
		list.add(party("7"), 1);
		assert.notInclude(numbers(list), "7");
	});

	it("forgets one, or all", () => {
		const storage = new FakeStorage();
		const list = filled(storage, 5);
		list.remove(list.places()[1] as number);
		assert.deepEqual(numbers(list), ["1004", "1002", "1001", "1000"]);
		new CallList(new Store(storage, () => {}), "p").add(party("9"), 1);
		list.clear();
		assert.deepEqual([...storage.values.keys()], ["p0"]);
	});
});

describe("lists of earlier loads", () => {
	const stored = "1003\tZoe\t*\n1002\t*\n\tAnonymous\n\t\x808\nnonsense\n";

	it("are taken over once, with what nobody has seen", () => {
		const storage = new FakeStorage();
		const store = new Store(storage, () => {});
		store.write("missed", stored);
		store.write("received", "1003\t*");
		store.write("placed", "77\tShop\n78\t");
		const history = historyOver(storage);
		assert.equal(history.missed, 1, "who is called * has not been missed");
		assert.deepEqual(partiesOf(history, CallKind.missed), ["1003\tZoe", "1002\t*", "\tAnonymous", "\t\x808"]);
		assert.deepEqual(partiesOf(history, CallKind.received), ["1003\t*"]);
		assert.deepEqual(entriesOf(history, CallKind.placed), [party("77", "Shop"), party("78")]);
		assert.isUndefined(store.read("missed"));
		assert.equal(historyOver(storage).missed, 0);
	});

	it("are there whole, each call once, after a power cut at any moment of that", () => {
		for (let cut = 0; ; cut += 7) {
			const storage = new FakeStorage();
			new Store(storage, () => {}).write("missed", stored);
			storage.cutAfter(cut);
			historyOver(storage);
			const whole = storage.done < cut;
			storage.restore();
			const history = historyOver(storage);
			assert.equal(history.missed, 1, `after ${cut} steps`);
			const entries = entriesOf(history, CallKind.missed);
			assert.deepEqual([...new Set(entries.map(({ number, name }) => `${number}\t${name}`))].sort(), [
				"\tAnonymous",
				"\t\x808",
				"1002\t*",
				"1003\tZoe",
			]);
			assert.isTrue(entries.every(({ count }) => count === 1));
			if (whole) break;
		}
	});
});

describe("a list of calls on the display", () => {
	const bob = { number: "1002", name: "Bob", line: 1, at: 1_795_957_500, duration: 3725, count: 1 };

	/** A phone with the list of missed calls open. */
	function opened(...entries: readonly CallEntry[]): Rig {
		const rig = new Rig(3);
		rig.receive(build(0x92, 1, ["1001", 24], ["Otto", 40], ["", 40]));
		for (const entry of [...entries].reverse()) rig.desk.history.add(CallKind.missed, entry);
		rig.press("directories", "1");
		return rig;
	}

	function lines(rig: Rig): readonly string[] | undefined {
		return rig.screen.overlay?.lines;
	}

	it("has six softkeys, of which one leads to the others, and one while it is empty", () => {
		const rig = opened(bob);
		assert.deepEqual([...rig.screen.softkeys], ["Dial", "EditDial", "Details", "more"]);
		rig.softkey("more");
		assert.deepEqual([...rig.screen.softkeys], ["Delete", "Clear", "Exit", "more"]);
		rig.softkey("Delete");
		assert.deepEqual([...rig.screen.softkeys], ["Exit", "", "", ""]);
		assert.deepEqual(lines(rig), ["None"]);
		rig.softkey("Exit");
		assert.equal(rig.screen.overlay?.title, "Directories");
	});

	it("tells all of a call, and what is not known is left out", () => {
		const rig = opened({ ...bob, count: 3 }, party("", "Anonymous"));
		assert.deepEqual(lines(rig), ["1 Bob 1002 (3)", "2 Anonymous"]);
		rig.softkey("Details");
		const details = ["Name Bob", "Number 1002", "Line 1001", "Time 13:05 29/11/26", "Duration 1:02:05", "Calls 3"];
		assert.deepEqual(lines(rig), details);
		assert.deepEqual([rig.screen.overlay?.title, rig.screen.overlay?.selected], ["Details", -1]);
		assert.deepEqual([...rig.screen.softkeys], ["Exit", "", "", ""]);
		rig.press("1");
		assert.equal(rig.screen.prompt, "Key Is Not Active", "nothing is chosen in a text");
		rig.softkey("Exit");
		rig.press("down");
		rig.softkey("Details");
		assert.deepEqual(lines(rig), ["Name Anonymous", "Number None", "Calls 1"]);
		rig.softkey("Exit");
		assert.equal(rig.screen.overlay?.selected, 1);
		rig.press("directories");
		assert.isUndefined(lines(rig));
	});

	it("dials no caller without a number, and says so", () => {
		const rig = opened(party("", "Anonymous"));
		for (const key of ["Dial", "EditDial"]) {
			rig.clock.advance(4000);
			rig.softkey(key);
			assert.equal(rig.screen.prompt, "This caller has no number");
			assert.deepEqual(lines(rig), ["1 Anonymous"]);
		}
		rig.press("2");
		assert.equal(rig.screen.prompt, "Key Is Not Active", "there is no second one");
		assert.deepEqual(rig.sent(), []);
	});

	it("forgets a call at once, and all of them when it is told so twice", () => {
		const rig = opened(bob, party("1003"), party("1004"));
		rig.press("down");
		rig.softkey("more");
		rig.softkey("Delete");
		assert.deepEqual(lines(rig), ["1 Bob 1002", "2 1004"]);
		for (const answer of ["1", "select", "Exit"]) {
			rig.softkey("Clear");
			assert.equal(rig.screen.overlay?.title, "Delete all calls");
			assert.deepEqual([lines(rig), rig.screen.overlay?.selected], [["1 No", "2 Yes"], 0]);
			if (answer === "Exit") rig.softkey(answer);
			else rig.press(answer);
			assert.deepEqual(lines(rig), ["1 Bob 1002", "2 1004"]);
			rig.softkey("more");
		}
		rig.softkey("Clear");
		rig.press("2");
		assert.deepEqual(lines(rig), ["None"]);
		assert.isEmpty(entriesOf(new Rig(3, { storage: rig.storage }).desk.history, CallKind.missed));
	});

	it("of a hundred has those that are in view on the screen, and in memory", () => {
		const rig = opened(...Array.from({ length: 100 }, (_, i) => party(`${1000 + i}`)));
		const rows = lines(rig)?.length ?? 0;
		assert.isBelow(rows, 20);
		assert.deepEqual([rig.screen.overlay?.first, rig.screen.overlay?.count], [0, 100]);
		rig.press("up");
		assert.equal(rig.screen.overlay?.selected, 99);
		assert.include(lines(rig) ?? [], "100 1099");
		rig.softkey("Dial");
		assert.isUndefined(lines(rig));
	});

	it("shows a call that ends while it is open", () => {
		const rig = opened(bob);
		rig.desk.history.add(CallKind.missed, { ...bob, at: -1 });
		rig.ui.menuChanged();
		assert.deepEqual(lines(rig), ["1 Bob 1002 (2)"]);
		rig.desk.history.add(CallKind.missed, party("1003"));
		rig.ui.menuChanged();
		assert.deepEqual(lines(rig), ["1 1003", "2 Bob 1002 (2)"]);
	});

	it("of missed calls is what the select key opens while the idle display tells of any", () => {
		const rig = new Rig(3);
		rig.desk.history.add(CallKind.missed, bob);
		rig.press("select");
		assert.equal(rig.screen.overlay?.title, "Missed calls");
		rig.press("directories", "select");
		assert.equal(rig.screen.prompt, "Key Is Not Active");
		assert.isUndefined(rig.screen.overlay);
	});

	it("has the time of the call agent, line and duration of a call that was up", () => {
		const rig = new Rig(3);
		rig.receive(build(0x94, 2026, 11, 0, 29, 14, 25, 0, 0, 0));
		rig.receive(
			build(0x111, 4, 2, 7),
			build(0x8f, ["Bob", 40], ["1002", 24], ["", 40], ["1001", 24], 2, 7, 1),
			build(0x111, 5, 2, 7),
		);
		rig.clock.advance(65_000);
		rig.receive(build(0x111, 2, 2, 7));
		rig.clock.advance(1000);
		const [entry] = entriesOf(rig.desk.history, CallKind.received);
		assert.deepEqual({ ...entry, at: 0 }, { number: "1002", name: "Bob", line: 2, at: 0, duration: 65, count: 1 });
		assert.approximately(entry?.at ?? 0, Date.UTC(2026, 10, 29, 14, 25, 0) / 1000, 1);
	});
});
