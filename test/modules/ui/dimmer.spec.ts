// The display's light: full in use and while ringing, dim when left alone.
import { assert } from "chai";
import { Configuration } from "provisioning/configuration";
import { Dimmer } from "ui/dimmer";
import { isLit } from "ui/hours";
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

/** Seconds of a moment in January 2026, of which the 4th is a Sunday. */
function at(day: number, hours: number, minutes = 0): number {
	return Date.UTC(2026, 0, day, hours, minutes) / 1000;
}

describe("hours of the display", () => {
	const hours = (daysDisplayNotActive: number, displayOnTime: number, displayOnDuration: number) => ({
		daysDisplayNotActive,
		displayOnTime,
		displayOnDuration,
	});

	it("are those of the configuration, also beyond midnight, and all where it says none", () => {
		const weekend = 0b1000001;
		const office = hours(weekend, 7 * 60 + 30, 10 * 60 + 30);
		assert.deepEqual(
			[at(5, 7, 29), at(5, 7, 30), at(5, 17, 59), at(5, 18), at(4, 12), at(10, 12)].map((time) => isLit(time, office)),
			[false, true, true, false, false, false],
		);
		// from 20:00 on Friday, the 9th, to 06:00 on Saturday; none begin on that
		const late = hours(weekend, 20 * 60, 10 * 60);
		assert.deepEqual(
			[at(9, 19, 59), at(9, 20), at(10, 5, 59), at(10, 6), at(10, 21), at(12, 5)].map((time) => isLit(time, late)),
			[false, true, true, false, false, false],
		);
		for (const always of [hours(0, -1, -1), hours(0, 0, 0), hours(0, 0, 1440)])
			for (let hour = 0; hour < 24; hour += 1) assert.isTrue(isLit(at(4, hour), always));
		// a duration of nought lasts until midnight
		assert.deepEqual(
			[at(5, 11, 59), at(5, 12), at(5, 23, 59), at(6, 0)].map((time) => isLit(time, hours(0, 720, 0))),
			[false, true, true, false],
		);
	});

	it("leave an unused display dark at night, which a key and a call light, a call only where it may", () => {
		for (const displayOnWhenIncomingCall of [true, false]) {
			const rig = lit();
			rig.clock.wallClock = at(5, 17, 58);
			assert.isTrue(rig.desk.wall.setZone("UTC"));
			const said = { displayOnTime: 480, displayOnDuration: 600, displayIdleTimeout: 2, displayOnWhenIncomingCall };
			rig.ui.configure(Object.assign(new Configuration(), said));
			rig.ui.dimmer.wake();
			/** Lets the wall clock go with the other one. */
			const pass = (minutes: number) => {
				for (let i = 0; i < minutes; i += 1) {
					rig.clock.wallClock += 60;
					rig.clock.advance(60000);
				}
			};
			pass(1);
			assert.equal(rig.backlight.percent, 100);
			pass(1);
			assert.equal(rig.backlight.percent, 0);
			rig.press("settings");
			assert.equal(rig.backlight.percent, 100);
			pass(3);
			assert.equal(rig.backlight.percent, 0);
			rig.receive(build(CallState, 4, 1, 5, 0, 0, 0), build(SetRinger, 2, 1, 1, 5));
			assert.equal(rig.backlight.percent, displayOnWhenIncomingCall ? 100 : 0);
			rig.receive(build(SetRinger, 1, 1, 1, 5), build(CallState, 2, 1, 5, 0, 0, 0));
			pass(2);
			assert.equal(rig.backlight.percent, 0);
			pass(13 * 60 + 54);
			assert.equal(rig.backlight.percent, 0, "07:59");
			pass(1);
			assert.equal(rig.backlight.percent, 100, "08:00");
			pass(2);
			assert.equal(rig.backlight.percent, 10);
			rig.receive(build(CallState, 4, 1, 5, 0, 0, 0), build(SetRinger, 2, 1, 1, 5));
			assert.equal(rig.backlight.percent, 100, "by day a call lights it in any case");
		}
	});
});
