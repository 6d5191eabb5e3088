// What the mirror does with single messages: call waiting as both servers do it, prompts, hints, lamps, softkeys, media and
// its answers, statistics, too many calls, garbage.
import { assert } from "chai";
import { Icon, LampMode, Route, Statistic } from "hal/hardware";
import { Limits } from "limits";
import { chanSccpCaller, chanSkinnyCaller } from "../support/captured.js";
import { build, octetsOf, Rig } from "../support/rig.js";

const CallState = 0x111;
const CallInfoV2 = 0x14a;
const SelectSoftKeys = 0x110;
const DisplayPromptStatus = 0x112;
const DisplayPromptStatusV2 = 0x145;
const DisplayNotifyV2 = 0x143;
const DisplayPriNotifyV2 = 0x144;
const ClearPriNotify = 0x121;
const ClearPromptStatus = 0x113;
const SetLamp = 0x86;
const SetRinger = 0x85;
const SetSpeakerMode = 0x88;
const StartTone = 0x82;
const StopTone = 0x83;
const OpenReceiveChannel = 0x105;
const CloseReceiveChannel = 0x106;
const StartMediaTransmission = 0x8a;
const StopMediaTransmission = 0x8b;
const ConnectionStatisticsReq = 0x107;
const StartMulticastMediaReception = 0x101;
const StopMulticastMediaReception = 0x103;
const ActivateCallPlane = 0x116;
const DeactivateCallPlane = 0x117;
const ButtonTemplateRes = 0x97;
const BackSpaceRes = 0x119;
const all = 0xffffffff;

function callState(state: number, line: number, reference: number): Uint8Array {
	return build(CallState, state, line, reference, 0, 0, 0);
}

function callInfo(line: number, reference: number, type: number, ...texts: string[]): Uint8Array {
	return build(
		CallInfoV2,
		line,
		reference,
		type,
		0,
		0,
		0,
		0,
		0,
		...Array.from({ length: 12 }, (_, i) => [texts[i] ?? "", 0] as const),
	);
}

/** A phone with the templates that a server sent. */
function withTemplates(lines: readonly string[], version: number): Rig {
	const rig = new Rig(version);
	for (const line of lines) {
		if (!line.startsWith("<")) continue;
		const octets = octetsOf(line);
		if ([0x97, 0x108, 0x109, 0x92, 0x147].includes((octets[8] as number) | ((octets[9] as number) << 8)))
			rig.receive(octets);
	}
	return rig;
}

/** A connected call, as chan-sccp brings it up. */
function connect(rig: Rig, reference: number, party: number): void {
	rig.receive(
		callState(5, 1, reference),
		callInfo(1, reference, 2, "1001", "1002", "", "", "", "", "", "", "Alice", "Bob"),
		build(SelectSoftKeys, 1, reference, 1, all),
		build(OpenReceiveChannel, reference, party, 20, 4, 0, 0, reference, 0, 0, 0, 0, 0, 0, 0),
	);
}

describe("call waiting", () => {
	it("as chan-sccp: the new call rings beside, answering holds the first", () => {
		const rig = withTemplates(chanSccpCaller, 11);
		rig.keypad.hook(true);
		connect(rig, 10, 0xfffffffe);
		rig.receive(
			callState(4, 1, 11),
			callInfo(1, 11, 1, "1003", "1001", "", "", "", "", "", "", "Carol", "Alice"),
			build(SetRinger, 5, 1, 1, 11),
			build(SelectSoftKeys, 1, 11, 3, all),
			build(StartTone, 0x2d, 0, 1, 11),
		);
		assert.deepEqual(rig.calls, ["5 To Bob (1002)", "*4 From Carol (1003)"]);
		assert.equal(rig.lamp("line1"), `${LampMode.blink}/2`);
		assert.equal(rig.audio.tone, 0x2d);
		assert.equal(rig.audio.route, Route.handset);
		rig.take();
		// digits belong to the call that is up
		rig.press("7");
		assert.deepEqual(rig.sent(), ["3 7 1 10"]);
		rig.softkey("Answer");
		assert.deepEqual(rig.sent(), ["26 11 1 11"]);
		rig.receive(
			build(CloseReceiveChannel, 10, 0xfffffffe, 10, 0),
			callState(8, 1, 10),
			build(SelectSoftKeys, 1, 10, 2, all),
			build(SetRinger, 1, 1, 1, 11),
			build(StopTone, 1, 11, 0),
			callState(5, 1, 11),
			build(SelectSoftKeys, 1, 11, 1, all),
		);
		assert.deepEqual(rig.calls, ["8 To Bob (1002)", "*5 From Carol (1003)"]);
		assert.include(rig.screen.softkeys, "Hold");
		rig.press("up");
		assert.deepEqual(rig.calls, ["*8 To Bob (1002)", "5 From Carol (1003)"]);
		assert.include(rig.screen.softkeys, "Resume");
		// the other side of the second call hangs up: the held one is what is left
		rig.press("down");
		rig.receive(callState(2, 1, 11));
		assert.deepEqual(rig.calls, ["*8 To Bob (1002)"]);
		assert.equal(rig.lamp("line1"), `${LampMode.wink}/1`);
	});

	it("as chan_skinny: ring-in turns into call waiting, answering drops the first", () => {
		const rig = withTemplates(chanSkinnyCaller, 17);
		rig.keypad.hook(true);
		connect(rig, 20, 20);
		rig.receive(callState(4, 1, 21), callState(9, 1, 21), build(SelectSoftKeys, 1, 21, 3, all));
		assert.deepEqual(
			rig.calls.map((call) => call.slice(0, 2)),
			["5 ", "*9"],
		);
		rig.receive(callState(2, 1, 20), callState(1, 1, 21), callState(5, 1, 21));
		assert.deepEqual(rig.calls, ["*5 "]);
		assert.equal(rig.phone.selected?.reference, 21);
	});
});

describe("the order of calls", () => {
	it("is that of their coming, whatever went before", () => {
		const rig = new Rig();
		rig.receive(callState(8, 1, 1), callState(8, 1, 2), callState(2, 1, 1), callState(4, 1, 3));
		assert.deepEqual(
			rig.screen.calls.map(({ reference }) => reference),
			[2, 3, 0, 0, 0, 0, 0, 0],
		);
		rig.press("up");
		assert.equal(rig.phone.selected?.reference, 2);
		rig.press("up");
		assert.equal(rig.phone.selected?.reference, 2);
		rig.press("down");
		assert.equal(rig.phone.selected?.reference, 3);
	});
});

describe("prompts", () => {
	it("a priority notification covers the prompt for its time-out", () => {
		const rig = new Rig();
		rig.receive(build(DisplayPromptStatusV2, 0, 0, 0, ["\x80\x13", 0]));
		assert.equal(rig.screen.prompt, "Your current options");
		rig.receive(build(DisplayPriNotifyV2, 10, 5, ["\x80\x171001", 0]));
		assert.equal(rig.screen.prompt, "From 1001");
		rig.receive(build(DisplayNotifyV2, 0, ["below", 0]), build(DisplayPriNotifyV2, 5, 6, ["\x1e\x22", 0]));
		assert.equal(rig.screen.prompt, "Call on hold");
		rig.clock.advance(5100);
		assert.equal(rig.screen.prompt, "From 1001");
		rig.clock.advance(5000);
		assert.equal(rig.screen.prompt, "below");
		rig.receive(build(0x115));
		assert.equal(rig.screen.prompt, "Your current options");
	});

	it("a notification without a letter covers nothing", () => {
		const rig = new Rig();
		rig.receive(build(DisplayNotifyV2, 0, ["below", 0]), build(DisplayPriNotifyV2, 10, 5, ["\x05", 0]));
		assert.equal(rig.screen.prompt, "below");
		rig.receive(build(DisplayNotifyV2, 0, ["\x07 ", 0]), build(DisplayPriNotifyV2, 10, 6, ["now", 0]));
		assert.equal(rig.screen.prompt, "now");
		rig.receive(build(DisplayPriNotifyV2, 10, 6, ["\x1b", 0]));
		assert.notInclude([" ", "now"], rig.screen.prompt);
	});

	it("ClearPriNotify ends the one of its priority", () => {
		const rig = new Rig();
		rig.receive(build(DisplayPriNotifyV2, 0, 5, ["five", 0]), build(DisplayPriNotifyV2, 0, 2, ["two", 0]));
		assert.equal(rig.screen.prompt, "five");
		rig.receive(build(ClearPriNotify, 5));
		assert.equal(rig.screen.prompt, "two");
		rig.receive(build(ClearPriNotify, 5), build(ClearPriNotify, 2));
		assert.equal(rig.screen.prompt, "");
	});

	it("of the line whose call plane is active show while there is no call", () => {
		const rig = new Rig();
		rig.receive(
			build(DisplayPromptStatusV2, 0, 1, 0, ["first", 0]),
			build(DisplayPromptStatusV2, 0, 2, 0, ["second", 0]),
		);
		assert.equal(rig.screen.prompt, "first");
		rig.receive(build(ActivateCallPlane, 2));
		assert.equal(rig.screen.prompt, "second");
		rig.receive(callState(1, 1, 7), build(DisplayPromptStatusV2, 0, 1, 7, ["\x80\x20", 0]));
		assert.equal(rig.screen.prompt, "Enter number");
		rig.receive(callState(2, 1, 7), build(DeactivateCallPlane));
		assert.equal(rig.screen.prompt, "first");
	});

	it("belong to a call or to the idle phone, in the old form with garbage behind the text", () => {
		const rig = new Rig(3);
		rig.receive(build(DisplayPromptStatus, 0, ["\x80\x13\0rubbish", 32], 0, 0));
		rig.receive(callState(1, 1, 7), build(DisplayPromptStatus, 0, ["\x80\x20", 32], 1, 7));
		assert.equal(rig.screen.prompt, "Enter number");
		rig.receive(build(ClearPromptStatus, 1, 7));
		assert.equal(rig.screen.prompt, "Your current options");
		rig.receive(build(DisplayPromptStatus, 2, ["soon gone", 32], 1, 7));
		assert.equal(rig.screen.prompt, "soon gone");
		rig.clock.advance(2100);
		assert.equal(rig.screen.prompt, "Your current options");
		assert.equal(rig.timers, 0);
	});

	it("more of them than places: the oldest goes, nothing breaks", () => {
		const rig = new Rig();
		for (let i = 1; i <= 30; i += 1) rig.receive(build(DisplayPromptStatusV2, 0, 1, i, [`prompt ${i}`, 0]));
		rig.receive(callState(5, 1, 30));
		assert.equal(rig.screen.prompt, "prompt 30");
		for (let i = 0; i < 10; i += 1) rig.receive(build(DisplayPriNotifyV2, 0, i, [`priority ${i}`, 0]));
		assert.equal(rig.screen.prompt, "priority 9");
	});
});

describe("lines and keys", () => {
	it("hint buttons come as call states without a reference", () => {
		const rig = withTemplates(chanSkinnyCaller, 17);
		assert.equal(rig.screen.buttons[1]?.icon, Icon.onHook);
		rig.receive(callState(13, 2, 0), build(SetLamp, 9, 2, 2));
		assert.deepEqual(rig.calls, []);
		assert.equal(rig.screen.buttons[1]?.icon, Icon.remoteInUse);
		assert.equal(rig.lamp("line2"), `${LampMode.on}/3`);
		rig.receive(callState(2, 2, 0), build(SetLamp, 9, 2, 1));
		assert.equal(rig.screen.buttons[1]?.icon, Icon.onHook);
		assert.equal(rig.lamp("line2"), "off");
	});

	it("a busy lamp field shows its status", () => {
		const rig = new Rig(17);
		rig.receive(build(ButtonTemplateRes, 0, 2, 2, 0x15010901));
		const feature = (status: number): Uint8Array => build(0x146, 1, 0x15, status, ["Bob", 121]);
		for (const [status, icon, lamp] of [
			[1, Icon.onHook, "off"],
			[2, Icon.busy, `${LampMode.on}/3`],
			[3, Icon.busy, `${LampMode.on}/2`],
			[4, Icon.ringing, `${LampMode.blink}/2`],
			[0, Icon.speedDial, "off"],
		] as const) {
			rig.receive(feature(status));
			assert.equal(rig.screen.buttons[1]?.label, "Bob");
			assert.equal(rig.screen.buttons[1]?.icon, icon);
			assert.equal(rig.lamp("line2"), lamp);
		}
		rig.press("line2");
		assert.deepEqual(rig.sent(), ["5 21 1 0 0"]);
	});

	it("waiting messages: the lamp of the phone, the envelope of the line, also before registration is acknowledged", () => {
		const rig = new Rig(17);
		rig.receive(build(ButtonTemplateRes, 0, 1, 1, 0x0901), build(SetLamp, 15, 0, 2));
		assert.isTrue(rig.screen.messageWaiting);
		assert.equal(rig.lamp("message"), `${LampMode.on}/3`);
		rig.receive(build(SetLamp, 15, 0, 1));
		assert.isFalse(rig.screen.messageWaiting);
		rig.receive(build(SetLamp, 15, 1, 2));
		assert.equal(rig.screen.buttons[0]?.icon, Icon.envelope);
		assert.isTrue(rig.screen.messageWaiting);
		rig.register();
		assert.isTrue(rig.screen.messageWaiting);
		rig.press("messages");
		assert.deepEqual(rig.sent().slice(-1), ["5 15 1 0 0"]);
	});

	it("the light of waiting messages flashes while the phone rings and then shows what it showed before", () => {
		for (const waiting of [1, 2]) {
			const rig = new Rig(17);
			const before = waiting === 2 ? `${LampMode.on}/3` : "off";
			rig.receive(build(SetLamp, 15, 0, waiting));
			rig.receive(callState(4, 1, 7), build(SetRinger, 2, 1, 1, 7));
			assert.equal(rig.lamp("message"), `${LampMode.flash}/3`);
			assert.equal(rig.screen.messageWaiting, waiting === 2);
			rig.receive(build(SetRinger, 1, 1, 1, 7));
			assert.equal(rig.lamp("message"), before);
			rig.receive(build(SetRinger, 3, 1, 1, 7));
			rig.lose();
			assert.equal(rig.lamp("message"), "off");
		}
	});

	it("CallManager 3.x holds by the lamp alone", () => {
		const rig = new Rig(3);
		rig.receive(build(ButtonTemplateRes, 0, 1, 1, 0x0901), build(CallState, 5, 1, 9), build(SetLamp, 9, 1, 3));
		assert.equal(rig.screen.buttons[0]?.icon, Icon.held);
		assert.equal(rig.lamp("line1"), `${LampMode.wink}/1`);
		rig.receive(build(SetLamp, 9, 1, 2));
		assert.equal(rig.screen.buttons[0]?.icon, Icon.connected);
	});

	it("a tone goes to whom the call agent means it for", () => {
		const rig = withTemplates(chanSccpCaller, 11);
		connect(rig, 10, 1);
		const heard = (direction: number) => {
			rig.receive(build(StopTone, 1, 10), build(StartTone, 0x26, direction, 1, 10));
			return [rig.audio.tone, rig.audio.networkTone];
		};
		assert.deepEqual(heard(0), [0x26, 0]);
		assert.deepEqual(heard(1), [0, 0x26]);
		assert.deepEqual(heard(2), [0x26, 0x26]);
		rig.receive(build(StopTone, 1, 10));
		assert.deepEqual([rig.audio.tone, rig.audio.networkTone], [0, 0]);
	});

	it("a tone belongs to the call that started it", () => {
		const rig = withTemplates(chanSccpCaller, 11);
		const { audio } = rig;
		// wazo-libsccp: a consultation that is put on hold, without StopTone
		rig.receive(callState(8, 1, 1), callState(1, 1, 2), build(StartTone, 0x21, 0, 1, 2));
		rig.receive(callState(8, 1, 2), callState(5, 1, 1));
		assert.equal(audio.tone, 0);
		rig.receive(callState(2, 1, 1), callState(2, 1, 2));
		// a waiting call that gives up does not silence the ringback of another
		rig.receive(callState(3, 1, 5), build(StartTone, 0x24, 0, 1, 5), callState(4, 1, 6), build(StopTone, 1, 6));
		assert.equal(audio.tone, 0x24);
		// with no reference it is any
		rig.receive(build(StopTone, 0, 0));
		assert.equal(audio.tone, 0);
		// a call that ends takes its tone along, also one that was started without its reference
		rig.receive(build(StartTone, 0x25, 0, 0, 0), callState(2, 1, 6));
		assert.equal(audio.tone, 0x25);
		rig.receive(callState(2, 1, 5));
		assert.equal(audio.tone, 0);
		// nobody's tone is anybody's
		rig.receive(build(StartTone, 0x25, 0, 0, 0), build(StopTone, 1, 9));
		assert.equal(audio.tone, 0);
	});

	it("call waiting and other signals interrupt the tone of another call, which then goes on", () => {
		const rig = withTemplates(chanSccpCaller, 11);
		const { audio } = rig;
		rig.receive(callState(3, 1, 5), build(StartTone, 0x24, 0, 1, 5), callState(4, 1, 6));
		audio.toneCalls.length = 0;
		rig.receive(build(StartTone, 0x2d, 0, 1, 6), build(StopTone, 1, 6));
		assert.deepEqual(audio.toneCalls, ["start 2d", "stop", "start 24"]);
		audio.toneCalls.length = 0;
		rig.receive(build(StartTone, 0x32, 0, 1, 6));
		assert.deepEqual(audio.toneCalls, ["start 32", "stop", "start 24"]);
		// what was interrupted ends meanwhile
		rig.receive(build(StartTone, 0x2d, 0, 1, 6), build(StopTone, 1, 5));
		assert.equal(audio.tone, 0x2d);
		rig.receive(build(StopTone, 1, 6));
		assert.equal(audio.tone, 0);
		// of the same call it replaces it
		rig.receive(build(StartTone, 0x21, 0, 1, 5), build(StartTone, 0x33, 0, 1, 5));
		assert.equal(audio.tone, 0x33);
		rig.receive(build(StopTone, 1, 5));
		assert.equal(audio.tone, 0);
		// a tone of another kind is meant to replace it
		rig.receive(build(StartTone, 0x24, 0, 1, 5), build(StartTone, 0x21, 0, 1, 7), build(StopTone, 1, 7));
		assert.equal(audio.tone, 0);
	});

	it("a call that ends takes the speaker along where nothing else sounds, whatever the call agent forgets", () => {
		for (const key of ["speaker", "headset"]) {
			const rig = new Rig();
			rig.press(key);
			rig.receive(callState(1, 1, 5), callState(4, 1, 6), callState(2, 1, 6));
			assert.notEqual(rig.audio.route, Route.none);
			rig.receive(callState(2, 1, 5));
			assert.equal(rig.audio.route, Route.none);
			assert.equal(rig.lamp("speaker"), "off");
			// the next one begins where the user has it
			rig.press(key);
			assert.notEqual(rig.audio.route, Route.none);
			// one that ends meanwhile is not the one asked for
			rig.receive(callState(13, 1, 7), callState(2, 1, 7));
			assert.notEqual(rig.audio.route, Route.none);
		}
	});

	it("a call whose channels close after its end takes the speaker along with them", () => {
		const open = build(OpenReceiveChannel, 5, 9, 20, 4, 0, 0, 5);
		const start = build(StartMediaTransmission, 5, 9, 0x0200007f, 4000, 20, 4, 0, 0, 0, 0, 5);
		const rig = new Rig(11);
		rig.receive(callState(5, 1, 5), open, start);
		assert.equal(rig.audio.route, Route.speaker);
		rig.receive(callState(2, 1, 5), build(CloseReceiveChannel, 5, 9, 5), build(StopMediaTransmission, 5, 9, 5));
		assert.equal(rig.audio.route, Route.none);
		rig.receive(callState(5, 1, 5), open, start);
		rig.receive(callState(2, 1, 5), build(StopMediaTransmission, 5, 9, 5), build(CloseReceiveChannel, 5, 9, 5));
		assert.equal(rig.audio.route, Route.none);
		// a held one keeps what the user has chosen
		rig.receive(callState(5, 1, 5), open, callState(8, 1, 5), build(CloseReceiveChannel, 5, 9, 5));
		assert.equal(rig.audio.route, Route.speaker);
	});

	it("tones end at once when the phone goes on hook", () => {
		const rig = new Rig();
		rig.keypad.hook(true);
		rig.receive(callState(1, 1, 5), build(StartTone, 0x33, 0, 1, 5));
		rig.audio.toneCalls.length = 0;
		rig.keypad.hook(false);
		assert.deepEqual(rig.audio.toneCalls, ["cut"]);
		rig.receive(build(StopTone, 1, 5));
		assert.equal(rig.audio.tone, 0);
	});

	it("a tone that the phone does not know is silence, and noted", () => {
		const rig = new Rig();
		rig.receive(callState(1, 1, 5), build(StartTone, 0x62, 0, 1, 5));
		assert.deepEqual(rig.log, ["phone: tone 0x62 is unknown: silence"]);
	});

	it("a ringer turned off for one call does not silence another", () => {
		const rig = new Rig();
		rig.receive(callState(4, 1, 7), build(SetRinger, 2, 1, 1, 7), callState(4, 1, 8), build(SetRinger, 3, 1, 1, 8));
		assert.equal(rig.audio.ringer, 3);
		rig.receive(build(SetRinger, 1, 1, 1, 7));
		assert.equal(rig.audio.ringer, 3);
		rig.receive(build(SetRinger, 2, 1, 1, 7), build(SetRinger, 1, 1, 1, 8));
		assert.equal(rig.audio.ringer, 2);
		assert.equal(rig.lamp("message"), `${LampMode.flash}/3`);
		// with no reference it is all
		rig.receive(build(SetRinger, 3, 1, 1, 8), build(SetRinger, 1, 1, 0, 0));
		assert.equal(rig.audio.ringer, 1);
		assert.equal(rig.lamp("message"), "off");
		// a call that is answered or ends rings no more, whatever the call agent forgets
		rig.receive(build(SetRinger, 2, 1, 1, 7), callState(5, 1, 7));
		assert.equal(rig.audio.ringer, 1);
		rig.receive(build(SetRinger, 2, 1, 1, 8), callState(2, 1, 8));
		assert.equal(rig.audio.ringer, 1);
		rig.receive(build(SetRinger, 2), build(SetRinger, 1));
		assert.equal(rig.audio.ringer, 1);
	});

	it("the phone rings no longer than a call does, and as long as one does, whatever the call agent names or forgets", () => {
		// without a reference, as chan_skinny and CallManager 3: nobody turns it off
		for (const end of [callState(2, 1, 7), callState(5, 1, 7), callState(1, 1, 7), callState(13, 1, 7)]) {
			const rig = new Rig();
			rig.receive(callState(4, 1, 7), build(SetRinger, 2), end);
			assert.equal(rig.audio.ringer, 1);
			assert.equal(rig.lamp("message"), "off");
			// while a second one rings, the first is no reason to be silent
			rig.receive(callState(4, 1, 8), build(SetRinger, 2), callState(4, 1, 9), build(SetRinger, 2));
			rig.receive(callState(2, 1, 8));
			assert.equal(rig.audio.ringer, 2);
			rig.receive(callState(2, 1, 9));
			assert.equal(rig.audio.ringer, 1);
		}
		// before the state
		const rig = new Rig();
		rig.receive(build(SetRinger, 2, 1, 1, 7), callState(4, 1, 7), callState(4, 1, 8), build(SetRinger, 3, 1, 1, 8));
		rig.receive(build(SetRinger, 1, 1, 1, 8));
		assert.equal(rig.audio.ringer, 2);
		// a call that ends is no reason for one that has not begun to ring yet
		rig.receive(build(SetRinger, 1, 1, 0, 0), callState(2, 1, 7), callState(2, 1, 8), callState(8, 1, 9));
		rig.receive(build(SetRinger, 2), callState(2, 1, 9));
		assert.equal(rig.audio.ringer, 2);
	});

	it("a tone that was started for no call, or for one that is over, does not sound on into another call", () => {
		const rig = withTemplates(chanSccpCaller, 11);
		rig.keypad.hook(true);
		rig.receive(build(StartTone, 0x21, 0, 0, 0), callState(1, 1, 5));
		assert.equal(rig.audio.tone, 0x21);
		rig.receive(callState(8, 1, 5));
		assert.equal(rig.audio.tone, 0);
		// as FreeSWITCH has it, in one burst
		rig.receive(callState(2, 1, 5), build(StartTone, 0x25, 0, 1, 5), callState(4, 1, 6));
		assert.equal(rig.audio.tone, 0x25, "heard until there is something else to hear");
		rig.receive(callState(5, 1, 6));
		assert.equal(rig.audio.tone, 0);
		// one that came when all was over, with nothing to hear it on
		rig.keypad.hook(false);
		rig.receive(callState(2, 1, 6), build(StartTone, 0x27, 0, 0, 0));
		rig.keypad.hook(true);
		rig.receive(callState(1, 1, 8));
		assert.equal(rig.audio.tone, 0);
		// one whose call is told of later is that call's
		rig.receive(build(StartTone, 0x21, 0, 1, 7), callState(1, 1, 7));
		assert.equal(rig.audio.tone, 0x21);
	});

	it("a single ring ends its lamp with its sound, and gives way to a call that rings on", () => {
		const rig = new Rig();
		rig.receive(callState(4, 1, 7), build(SetRinger, 2, 2, 1, 7));
		assert.equal(rig.lamp("message"), `${LampMode.flash}/3`);
		rig.clock.advance(1999);
		assert.equal(rig.lamp("message"), `${LampMode.flash}/3`);
		rig.clock.advance(1);
		assert.equal(rig.lamp("message"), "off");
		rig.receive(callState(4, 1, 8), build(SetRinger, 3, 1, 1, 8), build(SetRinger, 2, 2, 1, 7));
		rig.clock.advance(2000);
		assert.equal(rig.audio.ringer, 3);
		assert.equal(rig.lamp("message"), `${LampMode.flash}/3`);
		// turned on and off meanwhile, no timer is left
		rig.receive(build(SetRinger, 2, 2, 1, 8), build(SetRinger, 1, 1, 1, 8));
		assert.equal(rig.audio.ringer, 1);
		rig.clock.advance(100);
		assert.equal(rig.timers, 0);
	});

	it("RingOut of an own call does not turn from a call that rings meanwhile", () => {
		const rig = withTemplates(chanSccpCaller, 11);
		rig.keypad.hook(true);
		rig.receive(callState(1, 1, 5), build(SelectSoftKeys, 1, 5, 4, all));
		rig.receive(callState(4, 1, 6), build(SelectSoftKeys, 1, 6, 3, all));
		rig.receive(callState(12, 1, 5), callState(3, 1, 5), build(SelectSoftKeys, 1, 5, 8, all));
		assert.deepEqual(rig.calls, ["3 ", "*4 "]);
		assert.include(rig.screen.softkeys, "Answer");
		// one that the call agent tells of so late that it is on its way already
		rig.receive(callState(3, 1, 9));
		assert.deepEqual(rig.calls, ["3 ", "*4 ", "3 "]);
		rig.receive(callState(2, 1, 9));
		// once the other is gone the own call is what the user deals with
		rig.receive(callState(2, 1, 6));
		assert.deepEqual(rig.calls, ["*3 "]);
		rig.receive(callState(4, 1, 6), callState(5, 1, 5));
		assert.deepEqual(rig.calls, ["*5 ", "4 "]);
	});

	it("the state of a lost registration does not stay", () => {
		const rig = withTemplates(chanSccpCaller, 11);
		rig.receive(
			callState(3, 1, 10),
			build(SelectSoftKeys, 1, 10, 1, all),
			build(OpenReceiveChannel, 10, 1, 20, 4, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0),
		);
		rig.receive(build(SetRinger, 2, 1, 1, 10), build(StartTone, 0x21, 0, 1, 10));
		rig.lose();
		assert.deepEqual(rig.calls, []);
		assert.equal(rig.audio.ringer, 1);
		assert.equal(rig.audio.tone, 0);
		assert.equal(rig.phone.media.open, false);
		assert.equal(rig.screen.prompt, "Call lost: phone system down");
		assert.deepEqual([...rig.screen.softkeys], ["", "", "", ""]);
		assert.equal(rig.screen.buttons[0]?.icon, Icon.outOfService);
		assert.notEqual(rig.screen.buttons[0]?.label, "");
		assert.equal(rig.lamp("line1"), "off");
		rig.take();
		rig.register();
		// chan_skinny may think the handset up
		assert.deepEqual(rig.sent(), ["7 0 0"]);
	});

	it("a handset that is up when the phone registers goes off hook, with the microphone on", () => {
		const rig = new Rig();
		rig.keypad.hook(true);
		rig.receive(callState(1, 1, 10));
		rig.press("mute");
		rig.lose();
		assert.isFalse(rig.audio.muted);
		assert.equal(rig.screen.route, Route.handset);
		rig.take();
		rig.register();
		assert.deepEqual(rig.sent(), ["7 0 0", "6 0 0"]);
		rig.press("5");
		rig.receive(callState(1, 1, 11));
		assert.deepEqual(rig.sent(), ["3 5 1 11"]);
	});

	it("<< takes a digit away when the call agent says so", () => {
		const rig = new Rig();
		rig.keypad.hook(true);
		rig.receive(callState(1, 1, 5));
		rig.press("1", "2", "*", "#");
		assert.deepEqual(rig.calls, ["*1 12*#"]);
		assert.deepEqual(rig.sent().slice(-2), ["3 14 1 5", "3 15 1 5"]);
		rig.receive(build(BackSpaceRes, 1, 5), build(BackSpaceRes, 1, 5));
		assert.deepEqual(rig.calls, ["*1 12"]);
	});
});

describe("media", () => {
	it("is opened, acknowledged to the bit and closed; the address form follows the version", () => {
		for (const [version, words] of [
			[3, [0, 0x0100007f, 20480, 0xfffffffe, 0]],
			[17, [0, 0, 0x0100007f, 0, 0, 0, 20480, 0xfffffffe, 0]],
		] as const) {
			const rig = new Rig(version);
			// CallManager 3.1 ends after the codec's parameters
			rig.receive(build(OpenReceiveChannel, 9, 0xfffffffe, 30, 2, 0, 0));
			assert.deepEqual(rig.audio.calls, ["openReceive 0 8 30"]);
			assert.deepEqual(rig.take()[0]?.words, [...words]);
			rig.receive(build(OpenReceiveChannel, 9, 0xfffffffe, 30, 2, 0, 0));
			assert.equal(rig.audio.calls.length, 1, "a repetition opens nothing");
			assert.deepEqual(rig.take()[0]?.words, [...words]);
			rig.receive(build(CloseReceiveChannel, 0, 0xfffffffe), build(CloseReceiveChannel, 0, 0xfffffffe));
			assert.deepEqual(rig.audio.calls, ["openReceive 0 8 30", "closeReceive 0"]);
		}
	});

	it("events are received under the payload type that the call agent names", () => {
		for (const [named, calls] of [
			[101, ["openReceive 0 0 20", "receiveEvents 0 101"]],
			[0, ["openReceive 0 0 20"]],
			[200, ["openReceive 0 0 20"]],
		] as const) {
			const rig = new Rig(11);
			const rest = new Array<number>(14).fill(0);
			rig.receive(build(OpenReceiveChannel, 4, 77, 20, 4, 0, 0, 4, ...rest, named));
			assert.deepEqual(rig.audio.calls, [...calls]);
		}
	});

	it("a refusal is acknowledged as such", () => {
		const rig = new Rig(11);
		rig.receive(build(OpenReceiveChannel, 1, 1, 20, 11, 0, 0, 1));
		assert.deepEqual(rig.sent(), ["22 6 16777343 0 1 1"]);
		rig.audio.port = 0;
		rig.receive(build(OpenReceiveChannel, 1, 1, 20, 4, 0, 0, 1));
		assert.deepEqual(rig.sent(), ["22 8 16777343 0 1 1"]);
		rig.audio.port = 20482;
		for (const party of [1, 2, 3]) rig.receive(build(OpenReceiveChannel, party, party, 20, 4, 0, 0, party));
		assert.deepEqual(rig.sent(), ["22 0 16777343 20482 1 1", "22 0 16777343 20482 2 2", "22 2 16777343 0 3 3"]);
		assert.equal(rig.log.length, 3);
	});

	it("sending starts with address, port, packet time and the whole ToS byte", () => {
		const rig = new Rig(3);
		rig.receive(build(OpenReceiveChannel, 4, 77, 20, 4, 0, 0, 4));
		rig.receive(build(StartMediaTransmission, 4, 77, 0x0200007f, 21070, 20, 4, 0xb8, 0, 0, 0, 4));
		assert.deepEqual(rig.audio.calls, ["openReceive 0 0 20", "startTransmit 0 2130706434 21070 0 20 184"]);
		rig.receive(build(StopMediaTransmission, 4, 77), build(StopMediaTransmission, 4, 77));
		assert.equal(rig.audio.calls.filter((call) => call === "stopTransmit 0").length, 1);
		assert.deepEqual(
			rig.take().map(({ id }) => id),
			[0x22],
		);
	});

	it("sends with the type of service that is configured where the call agent gives none", () => {
		const rig = new Rig(3);
		// chan-sccp sends 0, chan_skinny 127
		for (const [precedence, expected] of [
			[0, 184],
			[127, 184],
			[184, 184],
			[104, 104],
			[0x4ea0, 184],
		]) {
			rig.receive(build(StartMediaTransmission, 4, 77, 0x0200007f, 21070, 20, 4, precedence as number));
			assert.include(rig.audio.calls.at(-1), ` 20 ${expected}`);
			rig.receive(build(StopMediaTransmission, 4, 77));
		}
		rig.phone.media.typeOfService = 0x68;
		rig.receive(build(StartMediaTransmission, 4, 77, 0x0200007f, 21070, 20, 4, 0));
		assert.include(rig.audio.calls.at(-1), " 20 104");
	});

	it("suppresses silence and sends keys as events where the call agent asks for it", () => {
		const start = (suppression: number, events: number) =>
			build(
				StartMediaTransmission,
				...[4, 77, 0x0200007f, 21070, 20, 4, 0xb8, suppression, 0, 0, 4],
				...new Array<number>(14).fill(0),
				...[events, 0, 0, 0],
			);
		for (const [suppression, events, expected] of [
			[0, 0, undefined],
			[1, 0, "setTransmit 0 true 0"],
			[0x4ea2, 0, undefined],
			[0, 101, "setTransmit 0 false 101"],
			[1, 127, "setTransmit 0 true 127"],
			[0, 95, undefined],
			[0, 128, undefined],
		] as const) {
			const rig = new Rig(11);
			rig.receive(callState(5, 1, 4), start(suppression, events));
			assert.equal(
				rig.audio.calls.find((call) => call.startsWith("setTransmit")),
				expected,
			);
			rig.take();
			rig.press("3", "#");
			// The key goes to the call agent in any case, and into the stream where it was asked for.
			assert.deepEqual(
				rig.take().map(({ id, words }) => [id, words[0]]),
				[
					[3, 3],
					[3, 15],
				],
			);
			assert.deepEqual(
				rig.audio.calls.filter((call) => call.startsWith("sendEvent")),
				expected?.endsWith(" 0") === false ? ["sendEvent 0 3 100", "sendEvent 0 11 100"] : [],
			);
			assert.deepEqual(rig.audio.keyTones, [3, 11]);
		}
	});

	it("paging is a multicast stream on the speaker, beside a call too", () => {
		const rig = new Rig(3);
		const page = build(StartMulticastMediaReception, 9, 55, 0x010101ef, 20480, 20, 4, 0, 0, 9);
		rig.receive(page);
		assert.deepEqual(rig.audio.calls, ["openMulticast 0 4009820417 20480 0 20"]);
		assert.deepEqual(rig.sent(), ["21 0 55 9"]);
		assert.equal(rig.audio.route, Route.speaker);
		rig.receive(build(StopMulticastMediaReception, 9, 55, 9), build(StopMulticastMediaReception, 9, 55, 9));
		assert.deepEqual(rig.audio.calls.slice(1), ["closeReceive 0"]);
		assert.equal(rig.audio.route, Route.none);
		assert.deepEqual(rig.sent(), []);

		connect(rig, 12, 99);
		const route = rig.audio.route;
		rig.take();
		rig.receive(page);
		assert.deepEqual(rig.sent(), ["21 0 55 9"]);
		assert.include(rig.audio.calls.at(-1), "openMulticast 0");
		rig.receive(build(StopMulticastMediaReception, 9, 55, 9));
		assert.equal(rig.audio.calls.at(-1), "closeReceive 0");
		assert.equal(rig.audio.route, route, "the call goes on");

		rig.audio.port = 0;
		rig.receive(page, build(StartMulticastMediaReception, 9, 56, 0x010101ef, 20480, 20, 11, 0, 0, 9));
		assert.deepEqual(rig.sent(), ["21 1 55 9", "21 1 56 9"]);
	});

	it("StartMediaTransmissionAck goes out where the version has it", () => {
		const rig = new Rig(17);
		rig.receive(
			build(
				StartMediaTransmission,
				4,
				77,
				0,
				0x0200007f,
				0,
				0,
				0,
				21070,
				20,
				4,
				0xb8,
				0,
				0,
				0,
				4,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
				0,
			),
		);
		assert.deepEqual(rig.audio.calls, ["startTransmit 0 2130706434 21070 0 20 184"]);
		assert.deepEqual(rig.sent(), ["154 4 77 4 0 16777343 0 0 0 0 0"]);
	});

	it("statistics are the pipeline's counters, also after the channel has gone", () => {
		for (const version of [3, 20, 22]) {
			const rig = new Rig(version);
			connect(rig, 12, 99);
			rig.receive(build(CloseReceiveChannel, 12, 99, 12, 0), callState(2, 1, 12));
			const counters = rig.audio.counters;
			counters[Statistic.packetsSent] = 501;
			counters[Statistic.octetsSent] = 80160;
			counters[Statistic.packetsReceived] = 499;
			counters[Statistic.octetsReceived] = 79840;
			counters[Statistic.packetsLost] = 2;
			counters[Statistic.jitter] = 24;
			counters[Statistic.roundTrip] = 31;
			counters[Statistic.mos] = 43987;
			counters[Statistic.mosAverage] = 43005;
			counters[Statistic.mosMinimum] = 10000;
			counters[Statistic.mosMaximum] = 44094;
			counters[Statistic.concealmentRatio] = 123;
			counters[Statistic.concealmentInterval] = 5;
			counters[Statistic.concealmentIntervalMaximum] = 10000;
			counters[Statistic.concealedSeconds] = 12;
			counters[Statistic.severelyConcealedSeconds] = 3;
			rig.take();
			if (version < 19) rig.receive(build(ConnectionStatisticsReq, ["1002", 24], 12, 1));
			else rig.receive(build(ConnectionStatisticsReq, ["1002", 28], 12, 1));
			const [response] = rig.take();
			assert.equal(response?.id, 0x23);
			const octets = response?.octets ?? new Uint8Array(0);
			assert.equal(octets.length - 12, version === 3 ? 664 : version === 20 ? 668 : 665);
			const view = new DataView(octets.buffer, octets.byteOffset + 12);
			const at = version === 3 ? 24 : 28;
			const mode = version === 22 ? 1 : 4;
			assert.equal(String.fromCharCode(...octets.slice(12, 16)), "1002");
			assert.equal(view.getUint32(at, true), 12);
			assert.equal(view.getUint8(at + 4), 1);
			const values = [0, 1, 2, 3, 4, 5, 6].map((i) => view.getUint32(at + 4 + mode + 4 * i, true));
			assert.deepEqual(values, [501, 80160, 499, 79840, 2, 3, 15]);
			const size = view.getUint32(at + 4 + mode + 28, true);
			const data = 12 + at + 4 + mode + 32;
			const scores = "MLQK=4.3987;MLQKav=4.3005;MLQKmn=1.0000;MLQKmx=4.4094";
			const expected =
				version === 3
					? `${scores};MLQKvr=0.9500;CCR=0.0123;ICR=0.0005;ICRmx=1.0000;CS=12;SCS=3`
					: version === 20
						? "Log 1: mos 4.3987, avgMos 4.3005, maxMos 4.4094, minMos 1.0000, CS 12, SCS 3, CCR 0.0123, ICR 0.0005, maxCR 1.0000"
						: `${scores};ICR=0.0005;CCR=0.0123;ICRmx=1.0000;CS=12;SCS=3;MLQKvr=0.9500`;
			assert.equal(String.fromCharCode(...octets.slice(data, data + size)), expected);
			assert.isTrue(octets.slice(data + size).every((octet) => octet === 0));
		}
	});
});

describe("bad input", () => {
	it("more calls than places: a line in the log, the call left alone for longest goes", () => {
		const rig = new Rig();
		for (let i = 1; i <= Limits.calls; i += 1) rig.receive(callState(8, 1, i));
		rig.receive(callState(5, 1, 3));
		assert.equal(rig.log.length, 0);
		rig.receive(callState(4, 1, 100));
		assert.equal(rig.log.length, 1);
		assert.include(rig.log[0] ?? "", "no longer showing call 1");
		assert.equal(rig.calls.length, Limits.calls);
		assert.isDefined(rig.phone.calls.find(100));
		assert.isDefined(rig.phone.calls.find(3));
		assert.isUndefined(rig.phone.calls.find(1));
	});

	it("information for calls that never get a state leaves no trace", () => {
		const rig = new Rig();
		for (let i = 1; i <= 100; i += 1) rig.receive(callInfo(1, i, 1, "1002"));
		assert.deepEqual(rig.calls, []);
		assert.equal(rig.log.length, 0);
		rig.receive(callState(5, 1, 1000));
		assert.equal(rig.calls.length, 1);
	});

	it("any message cut at any length, or filled with ones, does no harm", () => {
		const ids = new Set<number>();
		for (const version of [3, 11, 17, 22]) {
			const rig = withTemplates(chanSccpCaller, version);
			for (const line of [...chanSccpCaller, ...chanSkinnyCaller]) {
				if (!line.startsWith("<")) continue;
				const whole = octetsOf(line);
				const id = (whole[8] as number) | ((whole[9] as number) << 8);
				if (ids.has(id * 100 + version)) continue;
				ids.add(id * 100 + version);
				const payload = whole.length - 12;
				for (let length = 0; length <= payload; length += payload > 100 ? 37 : 3) {
					for (const fill of [-1, 255]) {
						const cut = whole.slice(0, 12 + length);
						if (fill >= 0) cut.fill(fill, 12);
						new DataView(cut.buffer).setUint32(0, length + 4, true);
						rig.receive(cut);
					}
				}
			}
			assert.isTrue(rig.link.up);
			rig.press("1", "softkey1", "line1", "hold", "speaker", "speaker");
			rig.receive(callState(5, 1, 4242));
			assert.isDefined(rig.phone.calls.find(4242));
		}
		assert.isAbove(ids.size, 60);
	});

	it("numbers out of range are passed over", () => {
		const rig = new Rig();
		rig.receive(
			callState(5, 4000000000, 1),
			callState(99, 1, 2),
			build(SelectSoftKeys, 1, 1, 4000000000, all),
			build(SetLamp, 9, 4000000000, 77),
			build(SetSpeakerMode, 9),
			build(0x94, 5000000, 13, 0, 32, 99, 99, 99, 0),
			build(ButtonTemplateRes, 4000000000, 4000000000, 4000000000),
			build(0x108, 4000000000, 4000000000, 4000000000),
			build(0x109, 4000000000, 4000000000, 4000000000),
			build(DisplayPriNotifyV2, 4000000000, 4000000000, ["text", 0]),
		);
		assert.equal(rig.screen.prompt, "text");
		// the second had a state that is none
		assert.deepEqual(
			rig.screen.calls.filter(({ reference }) => reference !== 0).map(({ reference }) => reference),
			[1],
		);
	});
});
