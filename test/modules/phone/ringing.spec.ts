// The user takes a call that rings: the ring ends at once, not when a call agent behind a slow link says so; another call rings on, and so
// does one that the call agent does not let him have.
import { assert } from "chai";
import { Route } from "hal/hardware";
import { build, Rig } from "../support/rig.js";

const CallState = 0x111;
const SetRinger = 0x85;
const SetSpeakerMode = 0x88;
const off = 1;
const inside = 2;
const outside = 3;
/** CallState: ringing, connected, over, call waiting. */
const [ringIn, connected, onHook, callWaiting] = [4, 5, 2, 9];

function state(value: number, reference: number, line = 1): Uint8Array {
	return build(CallState, value, line, reference);
}

/** A phone that rings for call 7, by the call's reference or without one. */
function ringing(reference = 7): Rig {
	const rig = new Rig();
	rig.receive(
		build(0x97, 0, 2, 2, 0x09020901),
		build(0x108, 0, 2, 2, ["Answer", 16], 11, ["iDivert", 16], 20),
		build(0x109, 0, 1, 1, 0x0201, 0, 0, 0, ...new Array<number>(8).fill(0)),
		state(ringIn, 7),
		build(SetRinger, inside, 1, 1, reference),
	);
	assert.equal(rig.audio.ringer, inside);
	rig.take();
	return rig;
}

describe("a ring that the user answers", () => {
	for (const [name, answer, sent] of [
		["lifting the handset", (rig: Rig) => rig.keypad.hook(true), "6 1 7"],
		["the Speaker key", (rig: Rig) => rig.press("speaker"), "6 1 7"],
		["the Headset key", (rig: Rig) => rig.press("headset"), "6 1 7"],
		["the softkey Answer", (rig: Rig) => rig.softkey("Answer"), "26 11 1 7"],
		["the line's key", (rig: Rig) => rig.press("line1"), "5 9 1 0 0"],
	] as const)
		for (const [how, reference] of [
			["for the call", 7],
			["without a reference", 0],
		] as const)
			it(`ends at once with ${name}, told of ${how}`, () => {
				const rig = ringing(reference);
				answer(rig);
				assert.equal(rig.audio.ringer, off, "before a word of the call agent");
				assert.include(rig.sent(), sent);
				// which may have told it anew meanwhile
				rig.receive(build(SetRinger, outside, 1, 1, reference));
				assert.equal(rig.audio.ringer, off);
				rig.receive(build(SetRinger, off, 1, 1, reference), build(SetSpeakerMode, 1), state(connected, 7));
				rig.clock.advance(10_000);
				assert.equal(rig.audio.ringer, off);
				rig.receive(state(onHook, 7));
				assert.equal(rig.audio.ringer, off);
			});

	it("is silent before the sound goes to the ear", () => {
		const rig = ringing();
		const order: string[] = [];
		const { audio } = rig;
		const { ring, setRoute } = audio;
		audio.ring = (mode, once) => {
			order.push(`ring ${mode}`);
			return ring.call(audio, mode, once);
		};
		audio.setRoute = (route) => {
			order.push(`route ${route}`);
			setRoute.call(audio, route);
		};
		rig.keypad.hook(true);
		assert.deepEqual(order, [`ring ${off}`, `route ${Route.handset}`]);
	});

	it("ends where the call agent has named no call at all", () => {
		const rig = new Rig();
		rig.receive(build(SetRinger, inside, 1, 1, 0));
		assert.equal(rig.audio.ringer, inside);
		rig.keypad.hook(true);
		assert.equal(rig.audio.ringer, off);
	});

	it("goes on for another call that rings, and for one that comes", () => {
		const rig = ringing();
		rig.receive(state(ringIn, 8), build(SetRinger, outside, 1, 1, 8), state(ringIn, 7));
		rig.keypad.hook(true);
		assert.notEqual(rig.audio.ringer, off, "the one that was not answered");
		const alone = ringing();
		alone.keypad.hook(true);
		alone.receive(state(ringIn, 9), build(SetRinger, outside, 1, 1, 9));
		assert.equal(alone.audio.ringer, outside);
		alone.receive(state(connected, 7), state(onHook, 9));
		assert.equal(alone.audio.ringer, off);
	});

	it("is heard again when the call agent has not let the user have the call", () => {
		const rig = ringing();
		rig.keypad.hook(true);
		rig.keypad.hook(false);
		rig.clock.advance(2900);
		assert.equal(rig.audio.ringer, off);
		rig.clock.advance(200);
		assert.equal(rig.audio.ringer, inside);
		// and may be answered once more
		rig.keypad.hook(true);
		assert.equal(rig.audio.ringer, off);
		rig.receive(state(onHook, 7));
		rig.clock.advance(10_000);
		assert.equal(rig.audio.ringer, off);
	});

	it("leaves no timer behind", () => {
		const rig = ringing();
		const { timers } = rig;
		rig.softkey("Answer");
		rig.keypad.hook(true);
		rig.receive(state(connected, 7));
		rig.keypad.hook(false);
		rig.receive(state(onHook, 7));
		rig.clock.advance(20_000);
		assert.equal(rig.timers, timers);
		const lost = ringing();
		lost.keypad.hook(true);
		lost.lose();
		lost.clock.advance(2000);
		assert.equal(lost.audio.ringer, off);
	});

	it("rings on when another key is pressed, or a second line's", () => {
		const rig = ringing();
		rig.softkey("iDivert");
		assert.equal(rig.audio.ringer, inside);
		rig.press("line2");
		assert.include(rig.sent(), "5 9 2 0 0");
		assert.equal(rig.audio.ringer, inside);
	});

	it("that waits beside a call is taken the same way", () => {
		const rig = ringing();
		rig.keypad.hook(true);
		rig.receive(build(SetRinger, off, 1, 1, 7), state(connected, 7));
		rig.receive(state(callWaiting, 8, 2), build(SetRinger, inside, 1, 2, 8));
		assert.equal(rig.audio.ringer, inside);
		rig.press("line2");
		assert.equal(rig.audio.ringer, off);
	});
});
