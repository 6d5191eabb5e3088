// Numbers from lists, from the dial pad on hook and from call agents' servers of every kind: what of a text is dialled, how, in which call,
// and that nothing is dialled which nobody asked for.

import { assert } from "chai";
import { Key } from "hal/hardware";
import { dialable } from "phone/digits";
import { Overlay } from "ui/overlay";
import { party } from "../support/calls.js";
import { build, enblocCall, Rig } from "../support/rig.js";

const CallState = 0x111;
const SelectSoftKeys = 0x110;
const DisplayPromptStatus = 0x112;
const ButtonTemplateRes = 0x97;
const SoftKeyTemplateRes = 0x108;
const SetSpeakerMode = 0x88;
const versions = [3, 11, 17, 22];
/** The template's keys and their events. */
const events = { Hold: 203, NewCall: 77, Trnsfer: 4 };
/** How long a number waits for its call, and a call agent may think about it. */
const waitTime = 5000;
const enblocTime = 3000;

function state(value: number, reference: number, line = 1): Uint8Array {
	return build(CallState, value, line, reference, 0, 0, 0);
}

/** A phone with softkeys, two lines and a speed dial. */
function phone(version = 17): Rig {
	const rig = new Rig(version);
	rig.receive(
		build(ButtonTemplateRes, 0, 3, 3, ["\x01\x09\x02\x09\x01\x02", 6]),
		build(
			SoftKeyTemplateRes,
			0,
			3,
			3,
			["\x80\x03", 16],
			events.Hold,
			["\x80\x02", 16],
			events.NewCall,
			["\x80\x04", 16],
			events.Trnsfer,
		),
		build(0x109, 0, 2, 2, ["\x02", 48], ["\x01\x03", 48]),
	);
	rig.take();
	return rig;
}

/** Puts calls into the list of placed calls and opens it. */
function open(rig: Rig, ...numbers: string[]): void {
	for (const number of [...numbers].reverse()) rig.desk.history.add(2, party(number));
	rig.press("directories", "3");
}

/** KeypadButton of each character of a number. */
function keypad(number: string, reference: number, line = 1): string[] {
	return [...number].map((character) => `3 ${"0123456789    *#+".indexOf(character)} ${line} ${reference}`);
}

describe("what of a text is dialled", () => {
	it("digits, star, pound and plus; separators are left out, and anything else leaves nothing", () => {
		const texts: Record<string, string> = {
			"1002": "1002",
			"+4930123456": "+4930123456",
			"1-555-0100": "15550100",
			"(030) 123.45/67": "0301234567",
			"+49\u00a030 12": "+493012",
			"+49 (0)30 12\u201334": "+49301234",
			"+49 (0) 30 12": "+493012",
			"\u202a+1 [555] 010\u20110100\u202c": "+15550100100",
			"(0)30 12": "03012",
			"*21*1002#": "*21*1002#",
			Anonymous: "",
			"sip:1002": "",
			"1-800-FLOWERS": "",
			"12a": "",
			"1002@example.net": "",
			"１２": "",
			"1;2": "",
			"1,2": "",
			"": "",
			" - ": "",
		};
		for (const [text, digits] of Object.entries(texts)) assert.equal(dialable(text), digits, text);
	});

	it("a name in a list is refused with a notice, and stays where another can be chosen", () => {
		for (const text of ["Anonymous", "sip:1002", "Unknown Number"]) {
			const rig = phone();
			open(rig, text, "1002");
			rig.softkey("Dial");
			assert.equal(rig.screen.prompt, `Not a number: ${text}`);
			assert.deepEqual(rig.sent(), []);
			rig.softkey("EditDial");
			assert.equal(rig.screen.overlay?.title, "Placed calls");
			rig.press("down");
			rig.softkey("Dial");
			assert.deepEqual(rig.sent(), ["6 0 0"]);
			rig.receive(state(1, 5));
			assert.deepEqual(rig.sent(), [enblocCall("1002")]);
		}
	});

	it("of an empty list there is nothing to dial", () => {
		const rig = phone();
		rig.press("directories", "3");
		assert.deepEqual([...rig.screen.softkeys], ["Exit", "", "", ""]);
		rig.press("select");
		assert.equal(rig.screen.prompt, "Key Is Not Active");
		rig.ui.notice("");
		rig.press("4");
		assert.equal(rig.screen.prompt, "Key Is Not Active");
		assert.deepEqual(rig.sent(), []);
		assert.equal(rig.screen.overlay?.title, "Placed calls");
	});

	it("EditDial lets the number be changed first", () => {
		const rig = phone();
		open(rig, "1-555-0100");
		rig.softkey("EditDial");
		assert.deepEqual(rig.screen.overlay?.lines, ["15550100"]);
		rig.softkey("<<");
		rig.press("9");
		rig.softkey("Dial");
		rig.receive(state(1, 5));
		assert.deepEqual(rig.sent(), ["6 0 0", enblocCall("15550109")]);
	});

	it("a long 0 or star on hook is a plus", () => {
		for (const key of [0, Key.star]) {
			const rig = phone();
			rig.keypad.press(key);
			rig.ui.held(key);
			rig.press("4", "9");
			assert.deepEqual(rig.screen.overlay?.lines, ["+49"]);
			rig.ui.held(key);
			assert.deepEqual(rig.screen.overlay?.lines, ["+49"], "another key has come since");
			rig.softkey("Dial");
			rig.receive(state(1, 5));
			assert.deepEqual(rig.sent(), ["6 0 0", enblocCall("+49")]);
		}
	});
});

describe("a long key", () => {
	it("is no plus in an address that is edited, nor in a call", () => {
		const rig = phone();
		rig.ui.overlays.open = Overlay.editor;
		rig.ui.overlays.digits = "10";
		rig.ui.held(0);
		assert.equal(rig.ui.overlays.digits, "10");
		rig.ui.overlays.close();
		rig.receive(state(5, 3));
		rig.press("0");
		rig.ui.held(0);
		assert.deepEqual(rig.sent(), ["3 0 1 3"]);
		assert.isUndefined(rig.screen.overlay);
	});
});

describe("a whole number", () => {
	for (const version of versions)
		it(`goes en bloc in the form of version ${version}, without a final pound`, () => {
			const rig = phone(version);
			open(rig, "+4930123456#");
			rig.softkey("Dial");
			assert.deepEqual(rig.sent(), ["6 0 0"]);
			rig.receive(state(1, 5), build(SelectSoftKeys, 1, 5, 4, 0xffffffff));
			assert.deepEqual(rig.sent(), [enblocCall("+4930123456", 1, version)]);
			assert.deepEqual(rig.calls, ["*1 +4930123456"]);
			// the call agent repeats itself, and goes on
			rig.receive(state(1, 5), state(12, 5), state(3, 5));
			rig.clock.advance(waitTime);
			assert.deepEqual(rig.sent(), []);
			assert.equal(rig.timers, 0);
		});

	it("has a line of its own where the form has one, else goes digit by digit beside the first line", () => {
		for (const version of versions) {
			const rig = phone(version);
			rig.press("1", "2", "line2");
			assert.deepEqual(rig.sent(), ["5 9 2 0 0"]);
			rig.receive(state(1, 5, 2));
			assert.deepEqual(rig.sent(), version < 17 ? keypad("12", 5, 2) : [enblocCall("12", 2, version)]);
		}
	});

	it("too long for the message, or with digits keyed before or behind it, goes digit by digit", () => {
		const rig = phone();
		open(rig, "012345678901234567890123");
		rig.softkey("Dial");
		rig.receive(state(1, 5));
		assert.deepEqual(rig.sent(), ["6 0 0", ...keypad("012345678901234567890123", 5)]);
		rig.receive(state(2, 5));
		rig.keypad.hook(true);
		rig.receive(state(1, 6));
		rig.press("9");
		open(rig, "1002");
		rig.take();
		rig.softkey("Dial");
		assert.deepEqual(rig.sent(), keypad("1002", 6), "behind a digit");
		rig.keypad.hook(false);
		rig.receive(state(2, 6));
		rig.take();
		open(rig, "1002");
		rig.softkey("Dial");
		rig.press("7");
		rig.receive(state(1, 7));
		assert.deepEqual(rig.sent(), ["6 0 0", ...keypad("10027", 7)], "before one");
	});

	it("goes digit by digit to chan_skinny, but for one with a plus, which that reads as a letter", () => {
		// the character 0 for a version
		const rig = new Rig(17, { acknowledged: 0x30 });
		open(rig, "1002", "+491002");
		rig.softkey("Dial");
		rig.receive(state(1, 5));
		assert.deepEqual(rig.sent(), ["6 0 0", ...keypad("1002", 5)]);
		rig.receive(state(2, 5));
		rig.press("directories", "3", "down");
		rig.softkey("Dial");
		rig.receive(state(1, 6));
		assert.deepEqual(rig.sent(), ["6 0 0", enblocCall("+491002")]);
	});

	it("goes digit by digit to a call agent from which nothing comes, then and for as long as the phone is registered with it", () => {
		const rig = phone();
		rig.press("6", "0", "#");
		rig.softkey("Dial");
		// what call agents say of any call that waits for a number
		rig.receive(state(1, 5), build(SelectSoftKeys, 1, 5, 4, 0xffffffff));
		rig.receive(build(DisplayPromptStatus, 0, ["\x80\x20", 32], 1, 5));
		rig.take();
		rig.clock.advance(enblocTime - 1);
		assert.deepEqual(rig.sent(), []);
		rig.clock.advance(1);
		assert.deepEqual(rig.sent(), keypad("60#", 5));
		assert.deepEqual(rig.calls, ["*1 60#"]);
		rig.receive(state(2, 5));
		rig.press("6", "0");
		rig.softkey("Dial");
		rig.receive(state(1, 6));
		assert.deepEqual(rig.sent(), ["6 0 0", ...keypad("60", 6)]);
		rig.lose();
		rig.register();
		rig.take();
		rig.press("6", "0");
		rig.softkey("Dial");
		rig.receive(state(1, 7));
		assert.deepEqual(rig.sent(), ["6 0 0", enblocCall("60")]);
	});

	it("is not keyed into another call that is up by then", () => {
		const rig = phone();
		rig.press("6", "0");
		rig.softkey("Dial");
		rig.receive(state(1, 5), state(4, 6), state(5, 6));
		rig.take();
		rig.clock.advance(enblocTime);
		assert.deepEqual(rig.sent(), []);
	});

	it("is not dialled again behind what was keyed since then", () => {
		const rig = phone();
		rig.press("6", "0", "#");
		rig.softkey("Dial");
		rig.receive(state(1, 5));
		rig.press("1");
		rig.take();
		rig.clock.advance(enblocTime);
		assert.deepEqual(rig.sent(), []);
	});

	it("is not dialled twice where the call agent has said anything of it", () => {
		const said: Record<string, Uint8Array> = {
			"chan-sccp: an unknown number, by a prompt alone": build(DisplayPromptStatus, 16, ["\x80\x38", 32], 1, 5),
			"digits follow": build(SelectSoftKeys, 1, 5, 6, 0xffffffff),
			proceeding: state(12, 5),
			"its number": build(0x11d, ["60", 24], 1, 5),
			"it is over": state(2, 5),
		};
		for (const [name, message] of Object.entries(said)) {
			const rig = phone();
			rig.press("6", "0");
			rig.softkey("Dial");
			rig.receive(state(1, 5));
			rig.take();
			rig.receive(message);
			rig.clock.advance(enblocTime);
			assert.deepEqual(rig.sent(), [], name);
		}
	});

	it("goes digit by digit where the configuration says so", () => {
		const rig = phone();
		rig.phone.dialler.configure({ useEnblocDialing: false });
		open(rig, "+491002");
		rig.softkey("Dial");
		rig.receive(state(1, 5));
		assert.deepEqual(rig.sent(), ["6 0 0", ...keypad("+491002", 5)]);
		rig.phone.dialler.configure({ useEnblocDialing: true });
		rig.receive(state(2, 5));
		rig.press("6");
		rig.softkey("Dial");
		rig.receive(state(1, 6));
		assert.deepEqual(rig.sent(), ["6 0 0", enblocCall("6")]);
	});

	it("that forwards calls at wazo-libsccp goes digit by digit: that reads it so alone", () => {
		const rig = phone();
		rig.receive(state(1, 5), build(SelectSoftKeys, 1, 5, 6, 0xffffffff));
		open(rig, "1002");
		rig.softkey("Dial");
		assert.deepEqual(rig.sent(), keypad("1002", 5));
	});
});

describe("a number chosen while there is a call", () => {
	it("holds the call that is up and goes into a new one", () => {
		const rig = phone();
		rig.receive(state(5, 3));
		rig.take();
		open(rig, "99999");
		rig.softkey("Dial");
		assert.isUndefined(rig.screen.overlay);
		assert.deepEqual(rig.sent(), [`26 ${events.Hold} 1 3`]);
		rig.receive(state(8, 3), build(SelectSoftKeys, 1, 3, 2, 0xffffffff), build(SetSpeakerMode, 2));
		assert.deepEqual(rig.sent(), [`26 ${events.NewCall} 1 3`]);
		rig.press("5");
		rig.receive(build(SetSpeakerMode, 1), state(1, 4));
		assert.deepEqual(rig.sent(), keypad("999995", 4));
		rig.clock.advance(waitTime);
		assert.deepEqual(rig.sent(), []);
	});

	it("without such softkeys: by the stimulus, then off hook", () => {
		const rig = new Rig(17);
		rig.receive(state(5, 3));
		open(rig, "99999");
		rig.softkey("Dial");
		assert.deepEqual(rig.sent(), ["5 3 1 3 0"]);
		rig.receive(state(8, 3));
		assert.deepEqual(rig.sent(), ["6 0 0"]);
		rig.receive(state(1, 4));
		assert.deepEqual(rig.sent(), [enblocCall("99999")]);
	});

	it("beside one that asks to be taken back goes into a new call, too", () => {
		const rig = phone();
		rig.receive(state(8, 3), state(15, 3));
		open(rig, "1005");
		rig.softkey("Dial");
		assert.deepEqual(rig.sent(), [`26 ${events.NewCall} 1 3`]);
	});

	it("beside a held one goes into a new call at once", () => {
		const rig = phone();
		rig.receive(state(5, 3), state(8, 3));
		rig.take();
		rig.press("6", "0");
		rig.softkey("Dial");
		assert.deepEqual(rig.sent(), [`26 ${events.NewCall} 1 3`]);
		rig.receive(state(1, 4));
		assert.deepEqual(rig.sent(), [enblocCall("60")]);
	});

	it("goes into the call that waits for a number: the second of a transfer", () => {
		const rig = phone();
		rig.receive(state(8, 3), state(10, 4), build(SelectSoftKeys, 1, 4, 9, 0xffffffff));
		open(rig, "1002");
		rig.softkey("Dial");
		assert.deepEqual(rig.sent(), [enblocCall("1002")]);
	});

	it("is never dialled by another key later", () => {
		const keys: Record<string, (rig: Rig) => void> = {
			"the Transfer key": (rig) => rig.press("transfer"),
			"a softkey": (rig) => rig.press("softkey2"),
			"the Conference key": (rig) => rig.press("conference"),
			"a speed dial": (rig) => rig.press("line3"),
			"another line": (rig) => rig.press("line2"),
			time: (rig) => rig.clock.advance(waitTime),
		};
		for (const [name, key] of Object.entries(keys)) {
			const rig = phone();
			rig.receive(state(5, 3), build(SelectSoftKeys, 1, 3, 1, 0xffffffff));
			open(rig, "99999");
			rig.softkey("Dial");
			key(rig);
			rig.take();
			rig.receive(state(8, 3), state(10, 4), state(1, 4));
			assert.deepEqual(rig.sent(), [], name);
			rig.clock.advance(waitTime);
			assert.deepEqual(rig.sent(), [], name);
		}
	});

	it("says why not while the call rings out, or another rings here", () => {
		const rig = phone();
		rig.receive(state(3, 3));
		open(rig, "99999");
		rig.softkey("Dial");
		assert.equal(rig.screen.prompt, "Please end call");
		rig.receive(state(2, 3), state(4, 4));
		open(rig, "99999");
		rig.softkey("Dial");
		assert.equal(rig.screen.prompt, "Key Is Not Active");
		assert.deepEqual(rig.sent(), []);
		rig.press("speaker");
		rig.receive(state(1, 4), state(5, 4));
		assert.deepEqual(rig.sent(), ["6 1 4"]);
	});

	it("says so when no call comes", () => {
		const rig = phone();
		open(rig, "99999");
		rig.softkey("Dial");
		rig.clock.advance(waitTime);
		assert.equal(rig.screen.prompt, "Not dialled: 99999");
		rig.receive(state(1, 4));
		assert.deepEqual(rig.sent(), ["6 0 0"]);
	});

	it("goes on when the call that is to be held ends meanwhile, but takes no call that rings", () => {
		const rig = phone();
		rig.receive(state(5, 3));
		open(rig, "99999");
		rig.softkey("Dial");
		rig.take();
		rig.receive(state(2, 3));
		assert.deepEqual(rig.sent(), ["6 0 0"]);
		rig.receive(state(1, 4));
		assert.deepEqual(rig.sent(), [enblocCall("99999")]);
		rig.receive(state(2, 4), state(5, 5));
		open(rig, "99999");
		rig.softkey("Dial");
		rig.take();
		rig.receive(state(9, 6), state(2, 5));
		assert.equal(rig.screen.prompt, "Not dialled: 99999");
		assert.deepEqual(rig.sent(), []);
		rig.keypad.hook(true);
		rig.receive(state(1, 6), state(5, 6));
		assert.deepEqual(rig.sent(), ["6 1 6"]);
	});

	it("is not said to a caller that the phone answers by itself meanwhile", () => {
		const rig = phone();
		open(rig, "99999");
		rig.softkey("Dial");
		rig.receive(state(4, 9), state(1, 9), state(5, 9));
		assert.deepEqual(rig.sent(), ["6 0 0"]);
	});
});

describe("digits collected on hook", () => {
	it("never run into a speed dial, a mailbox or another key's call", () => {
		for (const [key, stimulus] of [
			["line3", "5 2 1 0 0"],
			["messages", "5 15 1 0 0"],
			["transfer", "5 4 1 0 0"],
			["conference", "5 125 1 0 0"],
		] as const) {
			const rig = phone();
			rig.press("1", "2", key);
			assert.isUndefined(rig.screen.overlay);
			assert.deepEqual(rig.sent(), [stimulus], key);
			rig.receive(state(1, 5));
			assert.deepEqual(rig.sent(), [], key);
		}
	});

	it("are dialled by a line's key on that line, and by nothing else when that does not begin a call", () => {
		const rig = phone();
		rig.press("1", "2", "line1");
		assert.deepEqual(rig.sent(), ["5 9 1 0 0"]);
		rig.clock.advance(waitTime);
		assert.equal(rig.screen.prompt, "Not dialled: 12");
		rig.press("line1");
		rig.receive(state(1, 5));
		assert.deepEqual(rig.sent(), ["5 9 1 0 0"]);
	});
});
