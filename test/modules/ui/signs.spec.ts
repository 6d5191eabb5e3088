// Signs of the status line, what the idle display says beside the time, and which volume the bar is of.

import { languageOf } from "base/languages";
import { assert } from "chai";
import { Key, LampMode, Sign, Statistic } from "hal/hardware";
import { inEnglish } from "../support/english.js";
import { build, Rig } from "../support/rig.js";

const OpenReceiveChannel = 0x105;
const CloseReceiveChannel = 0x106;
const SetLamp = 0x86;
const ButtonTemplateRes = 0x97;
const ForwardStatRes = 0x90;
const FeatureStatRes = 0x11f;
const CallState = 0x111;
const CallInfo = 0x8f;
const g722 = 6;
const g711 = 4;

/** The names of the signs that show. */
function signs(rig: Rig): string[] {
	return Object.entries(Sign)
		.filter(([, bit]) => (rig.screen.signs & bit) !== 0)
		.map(([name]) => name);
}

/** A call that has come and is up on line 1, heard in a codec. */
function answered(rig: Rig, codec: number): void {
	rig.receive(build(CallState, 4, 1, 7));
	rig.keypad.hook(true);
	rig.receive(build(CallState, 5, 1, 7), build(OpenReceiveChannel, 7, 7, 20, codec, 0, 0, 7));
	rig.clock.advance(1000);
}

/** The call agent ends it. */
function over(rig: Rig): void {
	rig.receive(build(CloseReceiveChannel, 7, 7, 7), build(CallState, 2, 1, 7));
	rig.keypad.hook(false);
}

/** Somebody calls and is not answered. */
function missedFrom(rig: Rig, number: string, reference: number): void {
	rig.receive(
		build(CallState, 4, 1, reference),
		build(CallInfo, ["", 40], [number, 24], ["", 40], ["1001", 24], 1, reference, 1),
		build(CallState, 2, 1, reference),
	);
	rig.clock.advance(1000);
}

describe("signs", () => {
	it("a phone at rest has none; mute has one while there is sound", () => {
		const rig = new Rig(17);
		assert.deepEqual(signs(rig), []);
		rig.keypad.hook(true);
		rig.press("mute");
		assert.deepEqual(signs(rig), ["muted"]);
		assert.isTrue(rig.screen.muted);
		rig.keypad.hook(false);
		assert.deepEqual(signs(rig), []);
	});

	it("the ringer at nought, as soon as it is and at the next start", () => {
		const rig = new Rig(17);
		for (let i = 0; i < 15; i += 1) rig.press("volumeDown");
		assert.deepEqual(signs(rig), []);
		rig.press("volumeDown");
		assert.deepEqual(signs(rig), ["ringerOff"]);
		rig.softkey("Save");
		rig.clock.advance(3000);
		assert.deepEqual(signs(new Rig(17, { storage: rig.storage })), ["ringerOff"]);
		rig.press("volumeUp");
		assert.deepEqual(signs(rig), []);
	});

	it("all calls of any line forwarded, not those to a busy line alone", () => {
		const rig = new Rig(17);
		const forward = (line: number, all: string, busy: string): Uint8Array =>
			build(ForwardStatRes, 1, line, all === "" ? 0 : 1, [all, 24], busy === "" ? 0 : 1, [busy, 24], 0, ["", 24]);
		rig.receive(forward(1, "", "1003"));
		assert.deepEqual(signs(rig), []);
		rig.receive(forward(2, "1003", ""));
		assert.deepEqual(signs(rig), ["forwarded"]);
		rig.receive(forward(2, "", ""));
		assert.deepEqual(signs(rig), []);
	});

	it("do not disturb: a key of that kind that is lit, or the prompt of the idle phone", () => {
		const rig = new Rig(3);
		rig.receive(
			build(ButtonTemplateRes, 0, 2, 2, ["\x01\x09\x01\x82", 4]),
			build(FeatureStatRes, 1, 0x82, ["DND", 40], 1),
		);
		assert.deepEqual(signs(rig), ["doNotDisturb"]);
		rig.receive(build(FeatureStatRes, 1, 0x82, ["DND", 40], 0));
		assert.deepEqual(signs(rig), []);
		rig.receive(build(SetLamp, 0x82, 1, LampMode.on));
		assert.deepEqual(signs(rig), ["doNotDisturb"]);
		rig.receive(build(SetLamp, 0x82, 1, LampMode.off));
		assert.deepEqual(signs(rig), []);
		for (const text of [">>> \x80\x3f (Silent) <<<", "\x1e\x39"]) {
			rig.receive(build(0x112, 0, [text, 32], 0, 0));
			assert.deepEqual(signs(rig), ["doNotDisturb"], inEnglish(text));
			rig.receive(build(0x112, 0, ["\x80\x13", 32], 0, 0));
			assert.deepEqual(signs(rig), []);
		}
	});

	it("messages that wait", () => {
		const rig = new Rig(17);
		rig.receive(build(SetLamp, 15, 1, LampMode.on));
		assert.deepEqual(signs(rig), ["message"]);
		assert.isTrue(rig.screen.messageWaiting);
	});

	it("wideband, while a call is heard so", () => {
		const rig = new Rig(17, { before: ({ audio }) => (audio.wideband = true) });
		answered(rig, g722);
		assert.deepEqual(signs(rig), ["wideband"]);
		over(rig);
		assert.deepEqual(signs(rig), []);
		answered(rig, g711);
		assert.deepEqual(signs(rig), []);
	});

	it("a call that is authenticated or encrypted, while it is selected", () => {
		const rig = new Rig(17);
		answered(rig, g711);
		for (const [security, shown] of [
			[0, []],
			[1, []],
			[2, ["secure"]],
			[3, ["secure"]],
		] as const) {
			const call = rig.phone.calls.find(7);
			if (call === undefined) throw new Error("there is a call");
			call.security = security;
			rig.ui.changed(2);
			rig.ui.refresh();
			assert.deepEqual(signs(rig), [...shown]);
		}
		over(rig);
		assert.deepEqual(signs(rig), []);
	});

	it("a poor network from 5 % of lost sound or a bad score on, until it is good again, and with the call", () => {
		const rig = new Rig(17);
		answered(rig, g711);
		for (const [concealed, score, shown] of [
			[0, 0, []],
			[0, 44000, []],
			[499, 44000, []],
			[500, 44000, ["poorNetwork"]],
			[300, 44000, ["poorNetwork"]],
			[200, 44000, []],
			[300, 44000, []],
			[0, 30999, ["poorNetwork"]],
			[0, 33000, ["poorNetwork"]],
			[0, 34000, []],
			[900, 20000, ["poorNetwork"]],
		] as const) {
			rig.audio.counters[Statistic.concealmentInterval] = concealed;
			rig.audio.counters[Statistic.mos] = score;
			rig.clock.advance(1000);
			assert.deepEqual(signs(rig), [...shown], `${concealed} ${score}`);
		}
		over(rig);
		assert.deepEqual(signs(rig), []);
	});

	it("nothing that a call agent said stays when it is gone", () => {
		const rig = new Rig(17);
		rig.receive(build(ForwardStatRes, 1, 1, 1, ["1003", 24], 0, ["", 24], 0, ["", 24]), build(SetLamp, 15, 1, 2));
		assert.deepEqual(signs(rig), ["forwarded", "message"]);
		rig.lose();
		assert.deepEqual(signs(rig), []);
	});
});

describe("missed calls", () => {
	it("show with their count and a sign, over restarts, until somebody looks at them", () => {
		const rig = new Rig(3);
		missedFrom(rig, "1002", 7);
		assert.equal(rig.screen.news, "Missed calls: 1");
		missedFrom(rig, "1002", 8);
		assert.equal(rig.screen.news, "Missed calls: 2");
		assert.deepEqual(signs(rig), ["missed"]);
		const again = new Rig(3, { storage: rig.storage });
		assert.equal(again.screen.news, "Missed calls: 2");
		assert.deepEqual(signs(again), ["missed"]);
		again.press("directories");
		assert.deepEqual(signs(again), ["missed"]);
		again.press("1");
		assert.deepEqual(again.screen.overlay?.lines, ["1 1002 (2)"]);
		assert.deepEqual([again.screen.news, ...signs(again)], [""]);
		assert.equal(new Rig(3, { storage: rig.storage }).screen.news, "");
	});

	it("make room for a call, and for what the way to registration says", () => {
		const rig = new Rig(3);
		missedFrom(rig, "1002", 7);
		rig.receive(build(CallState, 4, 1, 9));
		assert.equal(rig.screen.news, "");
		rig.receive(build(CallState, 2, 1, 9));
		assert.include(rig.screen.news, "Missed calls: ");
		rig.lose();
		assert.equal(rig.screen.news, "");
		assert.deepEqual(signs(rig), ["missed"]);
	});

	it("speak the user's language", () => {
		const rig = new Rig(3);
		missedFrom(rig, "1002", 7);
		const german = languageOf("German_Germany", "de");
		rig.ui.setLanguage(undefined, german?.words ?? []);
		assert.equal(rig.screen.news, "Entgangene Anrufe: 1");
	});
});

describe("the volume bar", () => {
	it("says which volume it is of", () => {
		const rig = new Rig(17);
		const name = (): string => rig.screen.volumeName;
		rig.press("volumeUp");
		assert.equal(name(), "Ringer");
		rig.clock.advance(2000);
		assert.deepEqual([rig.screen.volume, name()], [-1, ""]);
		rig.keypad.hook(true);
		rig.press("volumeUp");
		assert.equal(name(), "Handset");
		rig.press("speaker", "volumeDown");
		assert.equal(name(), "Speaker");
		rig.press("headset", "volumeDown");
		assert.equal(name(), "Headset");
		rig.receive(build(CallState, 2, 1, 7));
		rig.keypad.press(Key.volumeUp);
		assert.isAbove(rig.screen.volume, 0);
	});
});
