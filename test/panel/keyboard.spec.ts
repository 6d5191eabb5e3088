/*
 * What the keys of the keyboard mean to a phone.
 */
import { assert } from "chai";
import { keyboardAction } from "../../tools/panel/page/keyboard.js";

describe("keyboard of the panel", () => {
	const none = ["", "", "", ""];

	it("dials digits, star and pound", () => {
		for (const key of ["0", "5", "9", "*", "#"]) assert.deepEqual(keyboardAction(key, none), { key });
	});

	it("lets Enter answer, dial or select, whichever the phone offers", () => {
		assert.deepEqual(keyboardAction("Enter", ["Answer", "DND", "", ""]), { key: "softkey1" });
		assert.deepEqual(keyboardAction("Enter", ["<<", "Dial", "", ""]), { key: "softkey2" });
		assert.deepEqual(keyboardAction("Enter", none), { key: "select" });
	});

	it("lets Escape leave a menu, end a call or put the handset down", () => {
		assert.deepEqual(keyboardAction("Escape", ["Select", "", "EndCall", "Exit"]), { key: "softkey4" });
		assert.deepEqual(keyboardAction("Escape", ["Hold", "EndCall", "", ""]), { key: "softkey2" });
		assert.deepEqual(keyboardAction("Escape", none), { hook: "on" });
	});

	it("deletes a digit only while the phone offers it", () => {
		assert.deepEqual(keyboardAction("Backspace", ["Dial", "<<", "", ""]), { key: "softkey2" });
		assert.isUndefined(keyboardAction("Backspace", none));
	});

	it("leaves other keys to the browser", () => {
		for (const key of ["Tab", "F5", "x", "Shift"]) assert.isUndefined(keyboardAction(key, none));
	});
});
