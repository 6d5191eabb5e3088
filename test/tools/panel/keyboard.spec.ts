/*
 * What the keys of the keyboard mean to a phone.
 */

import { languages } from "base/languages";
import { commonPhrase } from "base/phrases";
import { spoken, Word } from "base/words";
import { assert } from "chai";
import { labelMeanings } from "../../../tools/panel/labels.js";
import { keyboardAction } from "../../../tools/panel/page/keyboard.js";

describe("keyboard of the panel", () => {
	const none = ["", "", "", ""];

	it("dials digits, star and pound", () => {
		for (const key of ["0", "5", "9", "*", "#"]) assert.deepEqual(keyboardAction(key, none, false), { key });
	});

	it("lets Enter answer, dial or select, whichever the phone offers", () => {
		assert.deepEqual(keyboardAction("Enter", ["Answer", "DND", "", ""], false), { key: "softkey1" });
		assert.deepEqual(keyboardAction("Enter", ["<<", "Dial", "", ""], false), { key: "softkey2" });
		assert.deepEqual(keyboardAction("Enter", none, false), { key: "select" });
	});

	it("lets Escape leave a menu, end a call or put the handset down", () => {
		assert.deepEqual(keyboardAction("Escape", ["Select", "", "EndCall", "Exit"], false), { key: "softkey4" });
		assert.deepEqual(keyboardAction("Escape", ["Hold", "EndCall", "", ""], false), { key: "softkey2" });
		assert.deepEqual(keyboardAction("Escape", none, false), { hook: "on" });
	});

	it("lets Escape close a page over a call before it ends the call", () => {
		assert.deepEqual(keyboardAction("Escape", ["Hold", "EndCall", "Exit", "more"], true), { key: "softkey3" });
		assert.deepEqual(keyboardAction("Escape", ["Select", "Exit", "", ""], true), { key: "softkey2" });
		assert.deepEqual(keyboardAction("Escape", ["Dial", "<<", "Cancel", ""], true), { key: "softkey3" });
	});

	it("lets Escape look for the key that leaves behind 'more', and do nothing where a page has none", () => {
		assert.deepEqual(keyboardAction("Escape", ["Dial", "EditDial", "Details", "more"], true), { key: "softkey4" });
		assert.deepEqual(keyboardAction("Escape", ["Delete", "Clear", "Exit", "more"], true), { key: "softkey3" });
		assert.isUndefined(keyboardAction("Escape", ["Hold", "EndCall", "", ""], true));
		assert.isUndefined(keyboardAction("Escape", none, true));
	});

	it("knows Exit from EndCall in every language", () => {
		const meanings = labelMeanings();
		for (const { words, phrases, name } of languages) {
			assert.equal(meanings[spoken(Word.exit, words)], "Exit", name);
			assert.equal(meanings[spoken(Word.cancel, words)], "Cancel", name);
			assert.equal(meanings[spoken(Word.more, words)], "more", name);
			const endCall = commonPhrase(phrases, 109) || "EndCall";
			const row = [endCall, spoken(Word.exit, words), "", ""].map((label) => meanings[label] ?? label);
			assert.equal(row[0], "EndCall", `${name}: what ends a call and what leaves a page are not called the same`);
			assert.deepEqual(keyboardAction("Escape", row, true), { key: "softkey2" }, name);
		}
	});

	it("deletes a digit only while the phone offers it", () => {
		assert.deepEqual(keyboardAction("Backspace", ["Dial", "<<", "", ""], false), { key: "softkey2" });
		assert.isUndefined(keyboardAction("Backspace", none, false));
	});

	it("has a key without AltGr for what some keyboards have behind it", () => {
		assert.deepEqual(keyboardAction("a", none, false), keyboardAction("*", none, false));
		assert.deepEqual(keyboardAction("P", none, false), keyboardAction("#", none, false));
		for (const [key, step] of [
			[",", -1],
			[".", 1],
			["[", -1],
			["]", 1],
		] as const)
			assert.deepEqual(keyboardAction(key, none, true), { turn: step });
	});

	it("leaves other keys to the browser", () => {
		for (const key of ["Tab", "F5", "x", "Shift"]) assert.isUndefined(keyboardAction(key, none, false));
	});
});
