/*
 * What the keys of the keyboard mean to a phone.
 */
import { assert } from "chai";
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
		assert.deepEqual(keyboardAction("Escape", ["Hold", "EndCall", "", ""], true), { key: "help" });
		assert.deepEqual(keyboardAction("Escape", none, true), { key: "help" });
		assert.deepEqual(keyboardAction("Escape", ["Select", "Exit", "", ""], true), { key: "softkey2" });
		assert.deepEqual(keyboardAction("Escape", ["Dial", "<<", "Cancel", ""], true), { key: "softkey3" });
	});

	it("deletes a digit only while the phone offers it", () => {
		assert.deepEqual(keyboardAction("Backspace", ["Dial", "<<", "", ""], false), { key: "softkey2" });
		assert.isUndefined(keyboardAction("Backspace", none, false));
	});

	it("leaves other keys to the browser", () => {
		for (const key of ["Tab", "F5", "x", "Shift"]) assert.isUndefined(keyboardAction(key, none, false));
	});
});
