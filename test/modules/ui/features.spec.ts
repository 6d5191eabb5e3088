// Features of call agents as their softkeys offer them: each sends the event of the template with line and reference of the call that it is
// about, and the digits that it asks for go where it asked.

import { assert } from "chai";
import { CallState } from "hal/hardware";
import { build, Rig } from "../support/rig.js";

const CallStateMessage = 0x111;
const SelectSoftKeys = 0x110;
const DisplayPromptStatus = 0x112;
const ForwardStatRes = 0x90;
const all = 0xffffffff;
const versions = [3, 11, 17, 22];

/** Labels by position, as phrases of both tables or plain; events are the template's alone. */
const labels: Readonly<Record<string, string>> = {
	Redial: "\x80\x01",
	NewCall: "\x80\x02",
	Hold: "\x80\x03",
	Trnsfer: "\x80\x04",
	CFwdAll: "\x80\x05",
	"<<": "\x80\x08",
	EndCall: "\x80\x09",
	Resume: "\x80\x0a",
	Answer: "\x80\x0b",
	Confrn: "\x80\x0d",
	Park: "\x80\x0e",
	MeetMe: "\x80\x10",
	PickUp: "\x80\x11",
	GPickUp: "\x80\x12",
	OPickUp: "\x80\x5b",
	Private: "\x80\x36",
	Barge: "\x80\x43",
	cBarge: "\x80\x51",
	iDivert: "\x80\x50",
	DND: "\x80\x3f",
	CallBack: "\x80\x41",
	MCID: "\x80\x4c",
	ConfList: "\x80\x4f",
	RmLstC: "\x80\x39",
	Mobility: "\x1e\x2b",
	Record: "Record",
};
const names = Object.keys(labels);
const event = (name: string): number => 200 - 3 * names.indexOf(name);
/** Sets by number. */
const sets: Readonly<Record<number, readonly string[]>> = {
	0: [
		"Redial",
		"NewCall",
		"CFwdAll",
		"PickUp",
		"GPickUp",
		"OPickUp",
		"MeetMe",
		"DND",
		"Mobility",
		"Private",
		"CallBack",
	],
	1: ["Hold", "EndCall", "Trnsfer", "Confrn", "Park", "MCID", "Record", "ConfList", "RmLstC", "Mobility", "Private"],
	2: ["Resume", "NewCall", "EndCall"],
	3: ["Answer", "iDivert", "DND"],
	4: ["Redial", "EndCall", "PickUp", "GPickUp", "MeetMe"],
	6: ["<<", "EndCall"],
	10: ["NewCall", "Barge", "cBarge"],
};

function phone(version: number): Rig {
	const rig = new Rig(version);
	rig.receive(build(0x97, 0, 2, 2, 0x09020901));
	rig.receive(
		build(
			0x108,
			0,
			names.length,
			names.length,
			...names.flatMap((name) => [[labels[name] as string, 16] as const, event(name)]),
		),
	);
	const rows = Array.from({ length: 16 }, (_, set) =>
		String.fromCharCode(...(sets[set] ?? []).map((name) => names.indexOf(name) + 1)),
	);
	rig.receive(build(0x109, 0, 16, 16, ...rows.map((row) => [row, 48] as const)));
	rig.take();
	return rig;
}

/** Presses a softkey of the call agent, wherever 'more' has it. */
function softkey(rig: Rig, label: string): void {
	for (let page = 0; page < 8 && !rig.screen.softkeys.includes(label); page += 1) rig.softkey("more");
	rig.softkey(label);
}

function state(value: number, reference: number, line = 1): Uint8Array {
	return build(CallStateMessage, value, line, reference, 0, 0, 0);
}

function keys(set: number, reference: number, line = 1): Uint8Array {
	return build(SelectSoftKeys, line, reference, set, all);
}

for (const version of versions)
	describe(`features of the call agent, version ${version}`, () => {
		it("on the idle phone are about no call", () => {
			for (const name of sets[0] ?? []) {
				const rig = phone(version);
				softkey(rig, name);
				assert.deepEqual(rig.sent(), [`26 ${event(name)} 0 0`], name);
			}
		});

		it("in a call are about that call", () => {
			for (const name of sets[1] ?? []) {
				const rig = phone(version);
				rig.receive(state(CallState.hold, 5), state(CallState.connected, 7, 2), keys(1, 7, 2));
				softkey(rig, name);
				assert.deepEqual(rig.sent(), [`26 ${event(name)} 2 7`], name);
			}
		});

		it("while a call rings beside another are about the one that is selected", () => {
			const rig = phone(version);
			rig.receive(state(CallState.connected, 5), keys(1, 5), state(CallState.ringIn, 7, 2), keys(3, 7, 2));
			softkey(rig, "iDivert");
			rig.press("up");
			softkey(rig, "Hold");
			rig.press("down");
			softkey(rig, "Answer");
			assert.deepEqual(rig.sent(), [
				`26 ${event("iDivert")} 2 7`,
				`26 ${event("Hold")} 1 5`,
				`26 ${event("Answer")} 2 7`,
			]);
		});

		it("of a line that somebody else uses are to be had once its call is selected", () => {
			const rig = phone(version);
			rig.receive(state(CallState.inUseRemotely, 9), keys(10, 9));
			assert.equal(rig.screen.softkeys[0], "Redial", "the idle phone's keys stay");
			rig.press("down");
			softkey(rig, "Barge");
			softkey(rig, "cBarge");
			assert.deepEqual(rig.sent(), [`26 ${event("Barge")} 1 9`, `26 ${event("cBarge")} 1 9`]);
			rig.receive(state(CallState.onHook, 9));
			softkey(rig, "Redial");
			assert.deepEqual(rig.sent(), [`26 ${event("Redial")} 0 0`]);
		});

		it("that ask for a number get the digits: forwarding, meeting, picking up a call", () => {
			for (const name of ["CFwdAll", "MeetMe", "OPickUp", "PickUp"]) {
				const rig = phone(version);
				softkey(rig, name);
				rig.take();
				// the first digit may be keyed before the call agent has shown what it asks
				rig.press("1");
				rig.receive(state(CallState.offHook, 5), keys(6, 5), build(DisplayPromptStatus, 0, ["\x80\x20", 32], 1, 5));
				rig.press("0", "#");
				assert.deepEqual(rig.sent(), ["3 1 1 5", "3 0 1 5", "3 15 1 5"], name);
				assert.equal(rig.screen.prompt, "Enter number", name);
				softkey(rig, "<<");
				softkey(rig, "EndCall");
				assert.deepEqual(rig.sent(), [`26 ${event("<<")} 1 5`, `26 ${event("EndCall")} 1 5`], name);
				rig.receive(state(CallState.onHook, 5));
				assert.deepEqual(rig.calls, [], name);
			}
		});

		it("of the keypad's own keys: hold, transfer, conference and messages, with and without a call", () => {
			const rig = phone(version);
			rig.press("hold", "transfer", "conference", "messages");
			assert.deepEqual(rig.sent(), ["5 3 1 0 0", "5 4 1 0 0", "5 125 1 0 0", "5 15 1 0 0"]);
			rig.receive(state(CallState.connected, 7, 2), keys(1, 7, 2));
			rig.press("hold", "transfer", "conference", "messages");
			assert.deepEqual(rig.sent(), ["5 3 2 7 0", "5 4 2 7 0", "5 125 2 7 0", "5 15 2 7 0"]);
		});
	});

describe("the other line", () => {
	it("its key begins a call there; hook, digits and keys follow that call", () => {
		const rig = phone(17);
		rig.press("line2");
		rig.receive(build(0x88, 1), state(CallState.offHook, 7, 2), keys(4, 7, 2));
		rig.keypad.hook(true);
		rig.press("5");
		softkey(rig, "MeetMe");
		rig.keypad.hook(false);
		assert.deepEqual(rig.sent(), ["5 9 2 0 0", "3 5 2 7", `26 ${event("MeetMe")} 2 7`, "7 2 7"]);
	});

	it("its forwarding shows beside it", () => {
		const rig = phone(17);
		rig.receive(build(ForwardStatRes, 0, 2, 1, ["1002", 24], 0, ["", 24], 0, ["", 24]));
		assert.notEqual(rig.screen.buttons[1]?.icon, rig.screen.buttons[0]?.icon);
	});
});
