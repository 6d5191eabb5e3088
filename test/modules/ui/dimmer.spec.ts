// The display's light: full in use and while ringing, dim when left alone.
import { assert } from "chai";
import { Dimmer } from "ui/dimmer";
import { FakeBacklight, FakeClock } from "../support/fakes.js";
import { build, Rig } from "../support/rig.js";

const CallState = 0x111;
const SetRinger = 0x85;

function lit(idleTime = 60000): Rig {
	const rig = new Rig();
	rig.ui.dimmer.idleTime = idleTime;
	rig.ui.dimmer.wake();
	return rig;
}

describe("backlight", () => {
	it("is full at boot and dim after a time without use; then no timer is left", () => {
		const rig = lit();
		assert.equal(rig.backlight.percent, 100);
		rig.clock.advance(59999);
		assert.equal(rig.backlight.percent, 100);
		rig.clock.advance(1);
		assert.equal(rig.backlight.percent, 10);
		assert.equal(rig.timers, 0);
	});

	it("counts from the last key, with one timer for all of them", () => {
		const rig = lit();
		for (let i = 0; i < 5; i += 1) {
			rig.clock.advance(50000);
			rig.keypad.press(0);
			rig.ui.overlays.close();
		}
		rig.clock.advance(59999);
		assert.equal(rig.backlight.percent, 100);
		rig.clock.advance(1);
		assert.equal(rig.backlight.percent, 10);
	});

	it("wakes for a key, which also does what it does, and for the hook", () => {
		const rig = lit();
		rig.clock.advance(61000);
		rig.press("settings");
		assert.equal(rig.backlight.percent, 100);
		assert.equal(rig.screen.overlay?.title, "Settings");
		rig.clock.advance(61000);
		assert.equal(rig.backlight.percent, 10);
		rig.keypad.hook(true);
		assert.equal(rig.backlight.percent, 100);
	});

	it("wakes for a ring, lasts as long as it rings and a time more", () => {
		const rig = lit();
		rig.clock.advance(61000);
		rig.receive(build(CallState, 4, 1, 5, 0, 0, 0), build(SetRinger, 2, 1, 1, 5));
		assert.equal(rig.backlight.percent, 100);
		rig.clock.advance(200000);
		assert.equal(rig.backlight.percent, 100);
		rig.receive(build(SetRinger, 1, 1, 1, 5), build(CallState, 2, 1, 5, 0, 0, 0));
		rig.clock.advance(59999);
		assert.equal(rig.backlight.percent, 100);
		rig.clock.advance(60001);
		assert.equal(rig.backlight.percent, 10);
	});

	it("stays full without an idle time, and never gets brighter by dimming", () => {
		const clock = new FakeClock();
		const backlight = new FakeBacklight();
		const dimmer = new Dimmer(backlight, clock);
		dimmer.idleTime = 0;
		dimmer.wake();
		clock.advance(1e7);
		assert.equal(backlight.percent, 100);
		assert.equal(clock.pending, 0);
		dimmer.idleTime = 1000;
		dimmer.brightness = 5;
		dimmer.wake();
		assert.equal(backlight.percent, 5);
		clock.advance(1000);
		assert.equal(backlight.percent, 5);
		dimmer.wake();
		dimmer.idleTime = 0;
		clock.advance(1000);
		assert.equal(clock.pending, 0);
	});
});
