// What the user sees and presses: softkeys, menus, routes, volume, time, dialling on hook, dictionary, dates.

import { toSeconds } from "base/calendar";
import { languageOf } from "base/languages";
import { english } from "base/words";
import { assert } from "chai";
import { Dirty, LampMode, Route, Statistic, usualRows } from "hal/hardware";
import { Text, textHead } from "sccp/text";
import { format } from "ui/date";
import { Dictionary } from "ui/dictionary";
import { chanSccpCaller, chanSkinnyCaller } from "../support/captured.js";
import { build, enblocCall, octetsOf, Rig } from "../support/rig.js";

const CallState = 0x111;
const SelectSoftKeys = 0x110;
const SetSpeakerMode = 0x88;
const SetMicroMode = 0x89;
const SetRinger = 0x85;
const TimeDateRes = 0x94;
const OpenReceiveChannel = 0x105;
const StopMediaTransmission = 0x8b;
const CloseReceiveChannel = 0x106;
const all = 0xffffffff;

function state(value: number, reference: number, line = 1): Uint8Array {
	return build(CallState, value, line, reference, 0, 0, 0);
}

function receiveChannel(reference: number): Uint8Array {
	return build(OpenReceiveChannel, reference, reference, 20, 4, 0, 0, reference);
}

/** A phone with the templates of a server. */
function withTemplates(lines: readonly string[], softkeys = 4): Rig {
	const rig = new Rig(17, { softkeys });
	for (const line of lines) {
		const octets = octetsOf(line);
		const id = (octets[8] as number) | ((octets[9] as number) << 8);
		if (line.startsWith("<") && [0x97, 0x108, 0x109, 0x92, 0x147].includes(id)) rig.receive(octets);
	}
	return rig;
}

describe("softkeys", () => {
	it("page by page under 'more' when there are more than fit", () => {
		const rig = withTemplates(chanSccpCaller);
		rig.receive(build(SelectSoftKeys, 0, 0, 0, all));
		const first = [...rig.screen.softkeys];
		assert.equal(first[3], "more");
		const seen = new Set<string>();
		for (let page = 0; page < 6; page += 1) {
			for (const label of rig.screen.softkeys) if (label !== "" && label !== "more") seen.add(label);
			rig.softkey("more");
		}
		assert.isAbove(seen.size, 4);
		while (rig.screen.softkeys[0] !== first[0]) rig.softkey("more");
		assert.deepEqual([...rig.screen.softkeys], first);
		// another set begins at its first page
		rig.softkey("more");
		rig.receive(state(5, 3), build(SelectSoftKeys, 1, 3, 1, all));
		assert.equal(rig.screen.softkeys[0], "Hold");
	});

	it("send the event number of the template, never one of their own", () => {
		const rig = new Rig(17);
		const key = (label: string, event: number): readonly (number | readonly [string, number])[] => [[label, 16], event];
		rig.receive(
			build(0x108, 0, 3, 3, ...key("\x80\x03", 203), ...key("Plain\0junk", 77), ...key("\x80\x3f", 20)),
			build(0x109, 0, 1, 1, 0x00020301, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		);
		assert.deepEqual([...rig.screen.softkeys], ["Hold", "DND", "Plain", ""]);
		rig.softkey("DND");
		rig.softkey("Plain");
		rig.receive(state(5, 9, 2), build(SelectSoftKeys, 2, 9, 0, all));
		rig.softkey("Hold");
		assert.deepEqual(rig.sent(), ["26 20 0 0", "26 77 0 0", "26 203 2 9"]);
		rig.press("softkey4");
		assert.deepEqual(rig.sent(), []);
	});

	it("a mask hides positions", () => {
		const rig = withTemplates(chanSkinnyCaller, 5);
		rig.receive(state(5, 3), build(SelectSoftKeys, 1, 3, 1, 0b101));
		const labels = [...rig.screen.softkeys].filter((label) => label !== "");
		assert.equal(labels.length, 2);
		assert.equal(labels[0], "Hold");
	});
});

describe("routes", () => {
	it("the handset and the Speaker key swap in a call without a gap; only the route in use hangs up", () => {
		const rig = new Rig();
		rig.press("speaker");
		assert.deepEqual(rig.sent(), ["6 0 0"]);
		assert.equal(rig.screen.route, Route.speaker);
		assert.equal(rig.lamp("speaker"), `${LampMode.on}/1`);
		rig.receive(build(SetSpeakerMode, 1), state(1, 4), state(5, 4), receiveChannel(4));
		rig.take();
		rig.keypad.hook(true);
		assert.equal(rig.screen.route, Route.handset);
		assert.equal(rig.lamp("speaker"), "off");
		rig.press("speaker");
		assert.equal(rig.screen.route, Route.speaker);
		rig.keypad.hook(false);
		assert.equal(rig.screen.route, Route.speaker);
		rig.press("headset");
		assert.equal(rig.screen.route, Route.headset);
		assert.equal(rig.lamp("headset"), `${LampMode.on}/1`);
		rig.press("speaker");
		assert.deepEqual(rig.sent(), []);
		rig.press("speaker");
		assert.deepEqual(rig.sent(), ["7 1 4"]);
		assert.equal(rig.screen.route, Route.none);
	});

	it("with the handset up, the Speaker key goes back to it", () => {
		const rig = new Rig();
		rig.keypad.hook(true);
		rig.receive(state(5, 4), receiveChannel(4));
		rig.press("speaker", "speaker");
		assert.equal(rig.screen.route, Route.handset);
		assert.deepEqual(
			rig.take().map(({ id }) => id),
			[6, 0x22],
		);
	});

	it("SetSpeakerMode off on hold is no hang-up and leaves the handset alone", () => {
		const rig = new Rig();
		rig.keypad.hook(true);
		rig.receive(build(SetSpeakerMode, 1), state(5, 4), receiveChannel(4));
		assert.equal(rig.screen.route, Route.handset, "on leaves it alone, too");
		rig.take();
		rig.receive(build(CloseReceiveChannel, 4, 4), build(StopMediaTransmission, 4, 4), state(8, 4));
		rig.receive(build(SetSpeakerMode, 2));
		assert.equal(rig.screen.route, Route.handset);
		assert.deepEqual(rig.sent(), []);
		assert.equal(rig.calls.length, 1);
	});

	it("a channel that opens without SetSpeakerMode is heard all the same", () => {
		const rig = new Rig();
		rig.receive(state(8, 4));
		assert.equal(rig.screen.route, Route.none);
		rig.receive(receiveChannel(4), state(5, 4));
		assert.equal(rig.screen.route, Route.speaker);
	});

	it("Speaker answers what rings", () => {
		const rig = new Rig();
		rig.receive(state(4, 31, 2), build(SetRinger, 2, 1, 2, 31));
		assert.equal(rig.audio.ringer, 2);
		rig.press("speaker");
		assert.deepEqual(rig.sent(), ["6 2 31"]);
	});

	it("a channel that opens after the user has hung up does not turn the microphone on again", () => {
		const rig = new Rig();
		rig.keypad.hook(true);
		rig.receive(state(3, 4));
		rig.keypad.hook(false);
		rig.receive(receiveChannel(4));
		assert.equal(rig.screen.route, Route.none);
		rig.receive(state(8, 4), state(5, 4), build(CloseReceiveChannel, 4, 4), receiveChannel(4));
		assert.equal(rig.screen.route, Route.speaker, "resumed");
	});

	it("SetMicroMode mutes and takes that back, but never what the user has muted", () => {
		const rig = new Rig();
		rig.press("speaker");
		rig.receive(state(5, 4), receiveChannel(4), build(SetMicroMode, 2));
		assert.isTrue(rig.audio.muted);
		rig.receive(build(SetMicroMode, 1));
		assert.isFalse(rig.audio.muted);
		rig.press("mute");
		rig.receive(build(SetMicroMode, 1));
		assert.isTrue(rig.audio.muted);
		rig.receive(build(SetMicroMode, 2), build(SetMicroMode, 1));
		assert.isTrue(rig.audio.muted);
		rig.press("mute");
		assert.isFalse(rig.audio.muted);
	});

	it("mute lights, silences at once and ends with the call", () => {
		const rig = new Rig();
		rig.press("mute");
		assert.isFalse(rig.screen.muted, "nothing to mute while idle");
		rig.press("speaker");
		rig.receive(state(5, 4), receiveChannel(4));
		rig.press("mute");
		assert.isTrue(rig.audio.muted);
		assert.equal(rig.lamp("mute"), `${LampMode.on}/3`);
		rig.receive(state(2, 4));
		assert.isFalse(rig.audio.muted);
		assert.equal(rig.lamp("mute"), "off");
	});
});

describe("dialling on hook", () => {
	it("collects, corrects, and sends the digits once the call agent shows the call", () => {
		const rig = withTemplates(chanSccpCaller);
		rig.press("6", "0", "1", "softkey2", "0");
		assert.deepEqual(rig.screen.overlay?.lines, ["600"]);
		assert.deepEqual([...rig.screen.softkeys], ["Dial", "<<", "Cancel", ""]);
		assert.deepEqual(rig.sent(), []);
		rig.softkey("Dial");
		assert.isUndefined(rig.screen.overlay);
		assert.deepEqual(rig.sent(), ["6 0 0"]);
		assert.equal(rig.screen.route, Route.speaker);
		rig.receive(state(1, 12));
		assert.deepEqual(rig.sent(), [enblocCall("600")]);
		assert.deepEqual(rig.calls, ["*1 600"]);
	});

	it("lifting the handset dials, a line key too, with its line", () => {
		const rig = withTemplates(chanSccpCaller);
		rig.press("5");
		rig.keypad.hook(true);
		assert.deepEqual(rig.sent(), ["6 0 0"]);
		rig.receive(state(1, 12));
		assert.deepEqual(rig.sent(), [enblocCall("5")]);
		rig.keypad.hook(false);
		rig.receive(state(2, 12));
		rig.take();
		rig.press("7", "line2");
		assert.deepEqual(rig.sent(), ["5 9 2 0 0"]);
		rig.receive(state(1, 13, 2));
		assert.deepEqual(rig.sent(), [enblocCall("7", 2)]);
	});

	it("lifting the handset answers a call that rings meanwhile and dials nothing", () => {
		const rig = new Rig();
		rig.press("5");
		rig.receive(state(4, 12));
		rig.keypad.hook(true);
		assert.deepEqual(rig.sent(), ["6 1 12"]);
		rig.receive(state(1, 12), state(5, 12));
		assert.deepEqual(rig.sent(), []);
	});

	it("digits typed while a line key's call is on its way go to that call, and to no other", () => {
		const rig = withTemplates(chanSccpCaller);
		rig.press("line1", "6", "0");
		rig.receive(state(1, 12));
		assert.isUndefined(rig.screen.overlay);
		assert.deepEqual(rig.sent(), ["5 9 1 0 0", "3 6 1 12", "3 0 1 12"]);
		rig.receive(state(2, 12));
		rig.press("7");
		rig.receive(state(4, 13));
		assert.isUndefined(rig.screen.overlay);
		assert.deepEqual(rig.sent(), []);
	});

	it("hanging up and dialling anew before the call agent has said that the call is over loses neither", () => {
		const rig = new Rig();
		rig.keypad.hook(true);
		rig.receive(state(5, 12), receiveChannel(12));
		rig.take();
		rig.keypad.hook(false);
		rig.keypad.hook(true);
		assert.deepEqual(rig.sent(), ["7 1 12", "6 0 0"]);
		rig.press("speaker");
		rig.press("speaker");
		rig.keypad.hook(false);
		rig.receive(build(CloseReceiveChannel, 12, 12), state(2, 12));
		rig.press("5");
		rig.softkey("Dial");
		rig.receive(state(2, 12), state(1, 13));
		assert.deepEqual(rig.sent().slice(-1), [enblocCall("5")]);
	});

	it("digits typed before the call agent shows the call are not lost", () => {
		const rig = new Rig();
		rig.keypad.hook(true);
		rig.press("1", "#");
		assert.deepEqual(rig.sent(), ["6 0 0"]);
		rig.receive(state(1, 12));
		assert.deepEqual(rig.sent(), ["3 1 1 12", "3 15 1 12"]);
	});

	it("the handset still up after the other side hung up: collects, and Dial goes off hook with it", () => {
		const rig = new Rig();
		rig.keypad.hook(true);
		rig.receive(state(5, 12), receiveChannel(12), build(CloseReceiveChannel, 12, 12), state(2, 12));
		rig.take();
		rig.press("5");
		assert.deepEqual(rig.sent(), []);
		rig.softkey("Dial");
		assert.deepEqual(rig.sent(), ["6 0 0"]);
		assert.equal(rig.screen.route, Route.handset);
		rig.receive(state(1, 13));
		assert.deepEqual(rig.sent(), [enblocCall("5")]);
	});

	it("is given up by Cancel or when left alone", () => {
		const rig = new Rig();
		rig.press("1");
		rig.softkey("Cancel");
		assert.isUndefined(rig.screen.overlay);
		rig.press("1");
		rig.clock.advance(61000);
		assert.isUndefined(rig.screen.overlay);
		rig.keypad.hook(true);
		rig.receive(state(1, 12));
		assert.deepEqual(rig.sent(), ["6 0 0"]);
	});
});

describe("menus and overlays", () => {
	it("Settings is a numbered list with the phone information", () => {
		const rig = new Rig();
		rig.press("settings");
		assert.equal(rig.screen.overlay?.title, "Settings");
		assert.match(rig.screen.overlay?.lines[0] ?? "", /^1 /);
		assert.equal(rig.screen.overlay?.selected, 0);
		rig.press("down");
		assert.equal(rig.screen.overlay?.selected, 1);
		rig.press("up", "up");
		assert.equal(rig.screen.overlay?.selected, (rig.screen.overlay?.count ?? 0) - 1);
		assert.deepEqual(
			rig.screen.overlay?.lines,
			["7 Display and keys", "8 Phone information", "9 Call statistics"],
			"those in view",
		);
		assert.equal(rig.screen.overlay?.first, 6);
		rig.press("down");
		assert.equal(rig.screen.overlay?.selected, 0);
		rig.press("up", "up", "select");
		assert.equal(rig.screen.overlay?.title, "Phone information");
		assert.include(rig.screen.overlay?.lines ?? [], "Device SEP001122334455");
		assert.include(rig.screen.overlay?.lines ?? [], "Call agent 127.0.0.2:2000");
		rig.softkey("Exit");
		assert.equal(rig.screen.overlay?.title, "Settings");
		rig.press("8");
		assert.equal(rig.screen.overlay?.title, "Phone information");
		rig.clock.advance(61000);
		assert.isUndefined(rig.screen.overlay, "closes by itself");
		assert.deepEqual(rig.sent(), []);
	});

	it("a list stands on what is in force, also when that comes late, until a key has moved the choice", () => {
		const rig = new Rig();
		let names = ["one", "two"];
		const list = {
			title: "List",
			locked: false,
			dials: false,
			get count() {
				return names.length;
			},
			get inForce() {
				return Math.max(names.indexOf("now"), 0);
			},
			line: (index: number) => names[index] ?? "",
			choose: () => "",
		};
		const selected = () => rig.screen.overlay?.selected;
		const show = () => {
			names = ["one", "two"];
			rig.ui.overlays.showMenu(list);
			rig.ui.menuChanged();
		};
		show();
		assert.equal(selected(), 0);
		names = ["one", "two", "three", "now"];
		rig.ui.menuChanged();
		assert.equal(selected(), 3);
		rig.press("down");
		assert.equal(selected(), 0);
		show();
		rig.press("down");
		names = ["one", "two", "three", "now"];
		rig.ui.menuChanged();
		assert.equal(selected(), 1, "where the user has gone");
		rig.softkey("Exit");
		assert.equal(selected(), 0, "the list below, as it was left");
		names = [];
		rig.ui.menuChanged();
		rig.press("down", "select");
		assert.equal(selected(), -1);
	});

	it("the call statistics come at the second press of help, follow the call, and go at the third", () => {
		const rig = new Rig();
		rig.press("speaker");
		rig.receive(state(5, 4), receiveChannel(4));
		rig.audio.counters.set([10, 1600, 20, 3200, 3, 1, 2, 0, 0, 40, 160, 40, 0, 0, 0, 0, 20, 20]);
		rig.press("help", "help");
		assert.lengthOf(rig.screen.overlay?.lines ?? [], usualRows.page);
		assert.deepEqual(rig.read(), [
			"Rcvr codec G.711u 20 ms",
			"Sender codec G.711u 20 ms",
			"Rcvr packets 20",
			"Sent packets 10",
			"Avg jitter 5 ms",
			"Max jitter 20 ms",
			"Rcvr lost packets 3",
			"Rcvr discarded 3",
			"Buffer delay 40 ms",
			"Round trip 0 ms",
			"MOS LQK none yet",
			"Avg MOS LQK none yet",
			"Min MOS LQK none yet",
			"Max MOS LQK none yet",
			"Conceal ratio 0.0000",
			"Conceal seconds 0",
			"Severe conceal 0",
		]);
		rig.audio.counters.set([2, 1, 123, 345, 456, 43750, 42108, 39999, 44000, 87], Statistic.concealedSeconds);
		rig.clock.advance(1000);
		assert.deepEqual(rig.read().slice(9), [
			"Round trip 87 ms",
			"MOS LQK 4.38",
			"Avg MOS LQK 4.21",
			"Min MOS LQK 4.00",
			"Max MOS LQK 4.40",
			"Conceal ratio 0.0123",
			"Conceal seconds 2",
			"Severe conceal 1",
		]);
		rig.audio.counters[Statistic.packetsForeign] = 5;
		rig.clock.advance(1000);
		assert.deepEqual(rig.read().slice(16), ["Severe conceal 1", "Other address 5"]);
		rig.audio.counters[Statistic.packetsForeign] = 0;
		rig.clock.advance(1000);
		assert.equal(rig.screen.overlay?.lines.at(-1), "Severe conceal 1", "no line is left empty");
		assert.deepEqual(rig.read().slice(16), ["Severe conceal 1"]);
		rig.press("pageUp", "pageUp", "up");
		rig.audio.counters[2] = 70;
		rig.display.take();
		rig.clock.advance(1000);
		assert.include(rig.screen.overlay?.lines ?? [], "Rcvr packets 70");
		assert.equal(rig.display.take() & Dirty.overlay, Dirty.overlay);
		rig.clock.advance(120000);
		assert.isDefined(rig.screen.overlay, "stays while there is a call");
		rig.press("help");
		assert.isUndefined(rig.screen.overlay);
	});

	it("menus make room for a new call, whoever begins it", () => {
		const begun: readonly ((rig: Rig) => void)[] = [
			(rig) => rig.receive(state(4, 12)),
			(rig) => rig.receive(state(1, 12)),
			(rig) => rig.keypad.hook(true),
		];
		for (const page of ["settings", "help"]) {
			for (const begin of begun) {
				const rig = new Rig();
				rig.press(page);
				rig.receive(state(2, 11));
				assert.isDefined(rig.screen.overlay);
				begin(rig);
				assert.isUndefined(rig.screen.overlay);
			}
		}
	});

	it("statistics close by themselves some time after the call, and no timer is left", () => {
		const rig = new Rig();
		rig.receive(state(5, 4), receiveChannel(4));
		rig.press("help", "help");
		rig.receive(build(CloseReceiveChannel, 4, 4), state(2, 4));
		assert.isDefined(rig.screen.overlay);
		rig.clock.advance(61000);
		assert.isUndefined(rig.screen.overlay);
		rig.clock.advance(1000);
		assert.equal(rig.timers, 0);
	});

	it("statistics on an idle phone can be left by a softkey, those of a call leave it its own beside it", () => {
		const rig = new Rig();
		rig.press("settings", "9");
		assert.equal(rig.screen.overlay?.title, "Call statistics");
		assert.equal(rig.screen.softkeys[0], "Exit");
		rig.press("softkey1");
		assert.equal(rig.screen.overlay?.title, "Settings");
		rig.press("settings");
		for (const line of chanSccpCaller) {
			const octets = octetsOf(line);
			if (line.startsWith("<") && octets[9] === 1 && (octets[8] === 8 || octets[8] === 9)) rig.receive(octets);
		}
		rig.receive(state(5, 4), receiveChannel(4), build(SelectSoftKeys, 1, 4, 1, all));
		const own = [...rig.screen.softkeys];
		assert.deepEqual([own[0], own[3]], ["Hold", "more"]);
		rig.press("help", "help");
		assert.equal(rig.screen.overlay?.title, "Call statistics");
		assert.deepEqual(rig.screen.softkeys, [...own.slice(0, 2), "Exit", "more"]);
		const keys = new Set<string>();
		for (let page = 0; page < 6; page += 1) {
			for (const label of rig.screen.softkeys) keys.add(label);
			rig.softkey("more");
		}
		for (const label of own) assert.include([...keys], label);
		while (rig.screen.softkeys[0] !== "Hold") rig.softkey("more");
		rig.sent();
		rig.softkey("Hold");
		assert.isNotEmpty(rig.sent(), "a key of the call");
		rig.softkey("Exit");
		assert.isUndefined(rig.screen.overlay);
		assert.deepEqual(rig.screen.softkeys, own);
		rig.press("help", "help");
		rig.receive(build(CloseReceiveChannel, 4, 4), state(2, 4));
		assert.equal(rig.screen.softkeys[0], "Exit");
	});

	it("the phone information stays open while the phone looks for its call agent", () => {
		const rig = new Rig();
		rig.lose();
		rig.press("settings", "8");
		rig.clock.advance(2000);
		assert.equal(rig.screen.overlay?.title, "Phone information");
	});

	it("keys without a function say so for a while", () => {
		const rig = new Rig();
		rig.press("services");
		assert.equal(rig.screen.prompt, "Key Is Not Active");
		rig.clock.advance(3000);
		assert.equal(rig.screen.prompt, "");
	});
});

describe("volume, time and timers", () => {
	it("volume acts on what sounds now and shows a bar for two seconds", () => {
		const rig = new Rig();
		const ringer = rig.audio.volumes[0] as number;
		rig.press("volumeUp");
		assert.equal(rig.audio.volumes[0], ringer + 1);
		assert.isAtLeast(rig.screen.volume, 0);
		rig.clock.advance(1999);
		assert.isAtLeast(rig.screen.volume, 0);
		rig.clock.advance(1);
		assert.equal(rig.screen.volume, -1);
		rig.keypad.hook(true);
		for (let i = 0; i < 40; i += 1) rig.press("volumeDown");
		assert.equal(rig.audio.volumes[Route.handset], 0);
		assert.equal(rig.screen.volume, 0);
		assert.equal(rig.audio.volumes[0], ringer + 1);
		// a second call rings silently while one is up: the route stays what is heard
		rig.receive(state(5, 4), state(4, 5), build(SetRinger, 5, 1, 1, 5));
		rig.press("volumeUp");
		assert.equal(rig.audio.volumes[Route.handset], 1);
	});

	it("the talk time goes on through hold; no timer runs without a call", () => {
		const rig = new Rig();
		assert.equal(rig.timers, 0);
		rig.receive(state(5, 4));
		assert.equal(rig.screen.calls[0]?.seconds, 0);
		rig.clock.advance(3000);
		assert.equal(rig.screen.calls[0]?.seconds, 3);
		rig.receive(state(8, 4));
		rig.clock.advance(2000);
		assert.equal(rig.screen.calls[0]?.seconds, 5);
		rig.receive(state(2, 4));
		assert.equal(rig.timers, 0);
	});

	it("the clock turns at the minute, drawing nothing in between", () => {
		const rig = new Rig(17, { dateTemplate: "D.M.YA" });
		rig.receive(build(TimeDateRes, 2026, 12, 4, 31, 23, 59, 30, 500, 0));
		assert.equal(rig.screen.time, "11:59p 31.12.26");
		rig.display.shown = 0;
		rig.clock.advance(29400);
		assert.equal(rig.display.shown, 0);
		rig.clock.advance(100);
		assert.equal(rig.screen.time, "12:00a 01.01.27");
		rig.clock.advance(59900);
		assert.equal(rig.display.shown, 1);
		assert.equal(rig.timers, 1);
	});

	it("parts that did not change are not drawn", () => {
		const rig = new Rig();
		rig.display.take();
		rig.receive(build(SetSpeakerMode, 1));
		assert.equal(rig.display.take(), Dirty.status);
		rig.receive(state(1, 4));
		assert.equal(rig.display.take() & (Dirty.volume | Dirty.overlay | Dirty.status), 0);
	});

	it("before registration the prompt says where it stands", () => {
		const rig = new Rig();
		rig.reject("No Authority");
		assert.equal(rig.screen.prompt, "Registration Rejected: No Authority");
		assert.equal(rig.screen.registration, 4);
		rig.press("1", "speaker", "line1", "hold", "softkey1");
		assert.isUndefined(rig.screen.overlay);
		assert.deepEqual(rig.sent(), []);
	});
});

describe("dictionary and dates", () => {
	it("phrases of both tables stand between plain text", () => {
		const dictionary = new Dictionary();
		const expand = (text: string): string => dictionary.expand(text);
		assert.equal(expand("\x80\x17Alice (1002)"), "From Alice (1002)");
		assert.equal(expand("\x80\x09"), "EndCall");
		assert.equal(expand("a \x1e\x22 b \x80\x18"), "a Call on hold b Connected");
		assert.equal(expand("plain"), "plain");
		assert.equal(expand("\x80"), "");
		assert.equal(expand("\x80\xff!"), "!");
	});

	it("texts of messages are shown by the same phrases, one that is a reference alone without a string of its own", () => {
		const dictionary = new Dictionary();
		const octets = new Uint8Array(64);
		const slot = Text.make(Text.prototypeOver(octets), 16 + textHead, 16);
		const shown = (text: string): string => {
			for (let i = 0; i < text.length; i += 1) octets[i] = text.charCodeAt(i);
			slot.store(0, text.length, false);
			return dictionary.show(slot);
		};
		assert.equal(shown("\x80\x17Alice (1002)"), "From Alice (1002)");
		assert.equal(shown("ab"), "ab");
		assert.equal(shown(""), "");
		let strings = 0;
		slot.toString = (): string => {
			strings += 1;
			return "";
		};
		assert.equal(shown("\x80\x09"), "EndCall");
		assert.equal(shown("\x1e\x22"), "Call on hold");
		assert.equal(strings, 0);
	});

	it("phrases of another language take their place where there are any", () => {
		const words: Readonly<Record<number, string>> = { 101: "Wahlwdh", 123: "Von ", 34: "Gehalten" };
		const rig = withTemplates(chanSccpCaller);
		rig.ui.setLanguage({ find: (number) => words[number] ?? "" }, english);
		const { dictionary } = rig.ui.screen;
		assert.equal(dictionary.expand("\x80\x17Alice (1002)"), "Von Alice (1002)");
		assert.equal(
			dictionary.expand("\x80\x01, \x80\x09, \x1e\x22, \x1e\x23"),
			"Wahlwdh, EndCall, Gehalten, Hold reversion",
		);
		rig.receive(build(SelectSoftKeys, 0, 0, 0, all));
		assert.include([...rig.screen.softkeys], "Wahlwdh");
		rig.ui.setLanguage(undefined, english);
		assert.include([...rig.screen.softkeys], "Redial");
	});

	it("phrases that the phone has by itself take their place where the dictionary has none, or is missing", () => {
		const german = languageOf("German_Germany", "");
		assert.isDefined(german);
		const { phrases, words } = german as NonNullable<typeof german>;
		const rig = withTemplates(chanSccpCaller);
		rig.ui.setLanguage(undefined, words, phrases);
		rig.receive(build(SelectSoftKeys, 0, 0, 0, all));
		assert.include([...rig.screen.softkeys], "Wahlwdh.");
		const { dictionary } = rig.ui.screen;
		assert.equal(dictionary.expand("\x80\x17Alice, \x1e\x22, \x1e\x02"), "Von Alice, Anruf gehalten, Acct");
		rig.ui.setLanguage({ find: (number) => (number === 101 ? "Nochmal" : "") }, words, phrases);
		assert.include([...rig.screen.softkeys], "Nochmal");
		assert.equal(dictionary.phrase(9), "Auflegen");
		rig.ui.setLanguage(undefined, english);
		assert.include([...rig.screen.softkeys], "Redial");
	});

	it("dates follow the template", () => {
		const seconds = toSeconds(2024, 2, 29, 0, 5, 59);
		assert.equal(seconds, Date.UTC(2024, 1, 29, 0, 5, 59) / 1000);
		assert.equal(format("M/D/Y", seconds), "00:05 02/29/24");
		assert.equal(format("Y-M-DA", seconds), "12:05a 24-02-29");
		assert.equal(format("nonsense", toSeconds(1999, 12, 31, 12, 0, 0)), "12:00 12/31/99");
		for (let day = 0; day < 40000; day += 17) {
			const date = new Date(day * 86400000);
			const own = toSeconds(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), 0, 0, 0);
			assert.equal(own, day * 86400);
			const two = (value: number): string => `0${value}`.slice(-2);
			const wanted = `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCFullYear() % 100)}`;
			assert.equal(format("D/M/Y", own).slice(6), wanted);
		}
	});
});
