// What the phone is told of its lines: labels and numbers as each server fills them in, calls that are forwarded, waiting messages; and
// prompts that say nothing.
import { assert } from "chai";
import { Icon, LampMode } from "hal/hardware";
import { build, Rig } from "../support/rig.js";

const ButtonTemplateRes = 0x97;
const ForwardStatRes = 0x90;
const LineStatRes = 0x92;
const LineStatV2Res = 0x147;
const SetLamp = 0x86;
const CallState = 0x111;
const currentOptions = "\x80\x13";

/** LineStatRes in the form of a version. */
function lineStat(version: number, number: string, name: string, label: string, line = 1): Uint8Array {
	return version < 17
		? build(LineStatRes, line, [number, 24], [name, 40], [label, 40], 0)
		: build(LineStatV2Res, line, 0, [number, 0], [name, 0], [label, 0]);
}

/** A registered phone with two lines, both on keys. */
function twoLines(version: number): Rig {
	const rig = new Rig(version);
	rig.receive(build(ButtonTemplateRes, 0, 2, 2, 0x09020901));
	rig.receive(lineStat(version, "1001", "", ""), lineStat(version, "1009", "", "", 2));
	return rig;
}

function prompt(version: number, text: string, line = 0, reference = 0): Uint8Array {
	return version < 8 ? build(0x112, 0, [text, 32], line, reference) : build(0x145, 0, line, reference, [text, 0]);
}

it("a board with as many keys as there can be has room for all texts", () => {
	const rig = new Rig(17, { lineKeys: 8, softkeys: 5 });
	assert.lengthOf(rig.screen.buttons, 8);
});

for (const version of [3, 11, 17, 22])
	describe(`status, version ${version}`, () => {
		it("a line has the label that a server gives it, wherever that stands", () => {
			for (const [number, name, label, shown, own] of [
				// CallManager and chan-sccp
				["1001", "Alice Smith", "Alice 1001", "Alice 1001", "1001"],
				["1001", "", "", "1001", "1001"],
				["1001", "1001", "", "1001", "1001"],
				["1001", '"" <1001>', "", "1001", "1001"],
				["1001", "8165551001", "", "1001", "1001"],
				// chan_skinny
				["1001", "200", "", "200", "1001"],
				["1001", "Reception", "", "Reception", "1001"],
				["1001", "Desk 1001", "", "Desk 1001", "1001"],
				["1001", "Алиса", "", "Алиса", "1001"],
				["", "Reception", "", "Reception", ""],
				// FreeSWITCH
				["Line 1", "1001", "Alice", "Alice", "1001"],
				["Line 1", "1001", "", "Line 1", "1001"],
				["Line 1", "Alice", "", "Alice", "Line 1"],
			] as const) {
				const rig = twoLines(version);
				const utf8 = String.fromCharCode(...[...name].flatMap((letter) => utf8Of(letter)));
				for (let again = 0; again < 2; again += 1) rig.receive(lineStat(version, number, utf8, label));
				assert.equal(rig.screen.buttons[0]?.label, shown);
				assert.equal(rig.screen.number, own);
			}
		});

		it("calls that are forwarded: the icon, and the idle prompt says whereto", () => {
			const rig = twoLines(version);
			const stat = (line: number, all: string, busy: string, noAnswer: string): Uint8Array =>
				forwardStat(version, line, all, busy, noAnswer);
			rig.receive(prompt(version, currentOptions));
			assert.equal(rig.screen.prompt, "Your current options");
			rig.receive(stat(1, "1003", "", ""));
			assert.equal(rig.screen.prompt, "Forwarded to 1003");
			assert.equal(rig.screen.buttons[0]?.icon, Icon.forwarded);
			rig.receive(stat(1, "+4930123456789012345678", "1004", "1005"));
			assert.equal(rig.screen.prompt, "Forwarded to +4930123456789012345678");
			rig.receive(stat(1, "", "1004", "1005"));
			assert.equal(rig.screen.prompt, "Your current options", "calls still ring here first");
			assert.equal(rig.screen.buttons[0]?.icon, Icon.forwarded);
			assert.equal(String(rig.phone.lines.line(1)?.forwardedTo), "1004");
			rig.receive(stat(1, "", "", "1005"));
			assert.equal(String(rig.phone.lines.line(1)?.forwardedTo), "1005");
			rig.receive(stat(2, "1006", "", ""), build(0x116, 2));
			assert.equal(rig.screen.prompt, "Forwarded to 1006", "of the line whose plane is active");
			rig.receive(prompt(version, "Night service", 2));
			assert.equal(rig.screen.prompt, "Night service", "what the call agent has to say goes before it");
			rig.receive(prompt(version, "", 2));
			assert.equal(rig.screen.prompt, "Forwarded to 1006");
			rig.receive(build(CallState, 1, 1, 7));
			assert.equal(rig.screen.prompt, "Your current options");
			rig.receive(build(CallState, 2, 1, 7));
			// so FreeSWITCH takes all back
			rig.receive(stat(0, "", "", ""));
			assert.equal(rig.screen.prompt, "Your current options");
			assert.deepEqual([rig.screen.buttons[0]?.icon, rig.screen.buttons[1]?.icon], [Icon.onHook, Icon.onHook]);
			assert.equal(String(rig.phone.lines.line(1)?.forwardedTo), "");
			rig.receive(stat(0, "1007", "", ""), stat(9, "1008", "", ""));
			assert.equal(rig.screen.prompt, "Forwarded to 1007");
		});

		it("the light of waiting messages shines as it is told, for the phone before its lines", () => {
			const rig = twoLines(version);
			for (const mode of [LampMode.blink, LampMode.wink, LampMode.flash, LampMode.on]) {
				rig.receive(build(SetLamp, 15, 2, mode));
				assert.equal(rig.lamp("message"), `${mode}/3`);
				assert.isTrue(rig.screen.messageWaiting);
				assert.equal(rig.screen.buttons[1]?.icon, Icon.envelope);
			}
			rig.receive(build(SetLamp, 15, 0, LampMode.blink));
			assert.equal(rig.lamp("message"), `${LampMode.blink}/3`);
			rig.receive(build(SetLamp, 15, 0, LampMode.off));
			assert.equal(rig.lamp("message"), `${LampMode.on}/3`);
			rig.receive(build(SetLamp, 15, 2, LampMode.off));
			assert.equal(rig.lamp("message"), "off");
			assert.isFalse(rig.screen.messageWaiting);
		});

		it("a lamp without an instance is that of each key of its kind, and no line's", () => {
			const rig = new Rig(version);
			rig.receive(build(ButtonTemplateRes, 0, 2, 2, 0x05010901), build(SetLamp, 5, 0, LampMode.on));
			assert.equal(rig.lamp("line2"), `${LampMode.on}/2`);
			rig.receive(build(SetLamp, 9, 0, LampMode.on), build(SetLamp, 5, 0, LampMode.off));
			assert.equal(rig.lamp("line1"), "off");
			assert.equal(rig.lamp("line2"), "off");
		});

		it("a prompt or a notification that says nothing covers nothing", () => {
			for (const blank of ["", "\x05", " ", "\x1b\x07"]) {
				const rig = twoLines(version);
				rig.receive(prompt(version, currentOptions));
				rig.receive(version < 8 ? build(0x120, 10, 5, [blank, 32]) : build(0x144, 10, 5, [blank, 0]));
				rig.receive(version < 8 ? build(0x114, 10, [blank, 32]) : build(0x143, 10, [blank, 0]));
				rig.receive(build(0x99, [blank, 32]), prompt(version, blank, 1));
				assert.equal(rig.screen.prompt, "Your current options");
				rig.receive(build(CallState, 4, 1, 7), prompt(version, "\x80\x17Alice", 1, 7));
				assert.equal(rig.screen.prompt, "From Alice");
				rig.receive(prompt(version, blank, 1, 7));
				assert.equal(rig.screen.prompt, "Your current options");
			}
		});
	});

/** ForwardStatRes with 24 octets a number, from version 18 on with 25 and the next field right behind them. */
describe("what a configuration or a load lacks", () => {
	it("is told on the display at once, though nothing else happens there, and not for ever", () => {
		const rig = twoLines(17);
		const { prompt: before } = rig.screen;
		const boot = { progress: "", notice: "Load linnet-2: it is not signed", missing: false, setRegistered: () => {} };
		Object.assign(rig.desk, { provisioning: { boot, report: () => {} } });
		rig.desk.bootChanged();
		assert.equal(rig.screen.prompt, boot.notice);
		rig.clock.advance(5000);
		assert.equal(rig.screen.prompt, before);
	});
});

function forwardStat(version: number, line: number, all: string, busy: string, noAnswer: string): Uint8Array {
	const size = version < 18 ? 24 : 25;
	const active = [all, busy, noAnswer].some((number) => number !== "");
	const fields = [all, busy, noAnswer].flatMap((number): (number | readonly [string, number])[] => [
		number === "" ? 0 : 1,
		[number, size],
	]);
	return build(ForwardStatRes, active ? 1 : 0, line, ...fields);
}

function utf8Of(letter: string): number[] {
	const code = letter.charCodeAt(0);
	return code < 0x80 ? [code] : [0xc0 | (code >> 6), 0x80 | (code & 0x3f)];
}
