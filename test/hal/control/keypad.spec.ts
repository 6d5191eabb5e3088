// Keys that come over the control channel: pressed, held down, let go.

import { assert } from "chai";
import { ControlKeypad } from "hal/control/keypad";
import { Key } from "hal/hardware";
import { FakeClock } from "../../modules/support/fakes.js";

function keypad() {
	const clock = new FakeClock();
	const control = new ControlKeypad(6, 4, clock);
	const heard: string[] = [];
	control.start({
		key: (key, pressed) => heard.push(`${pressed ? "down" : "up"} ${key}`),
		held: (key) => heard.push(`held ${key}`),
		pointed: (x, y) => heard.push(`point ${x} ${y}`),
		hook: (offHook) => heard.push(offHook ? "off" : "on"),
	});
	return { clock, control, heard };
}

describe("keys over the control channel", () => {
	it("a key that stays down for a second is held, once", () => {
		const { clock, control, heard } = keypad();
		control.press("0", "down");
		clock.advance(999);
		assert.deepEqual(heard, ["down 0"]);
		clock.advance(1);
		assert.deepEqual(heard, ["down 0", "held 0"]);
		clock.advance(5000);
		control.press("0", "up");
		assert.deepEqual(heard, ["down 0", "held 0", "up 0"]);
		assert.equal(clock.pending, 0);
	});

	it("one that is let go, or followed by another, is not", () => {
		const { clock, control, heard } = keypad();
		control.press("softkey2", "down");
		clock.advance(500);
		control.press("softkey2", "up");
		control.press("*", "down");
		clock.advance(500);
		control.press("5", undefined);
		clock.advance(5000);
		const second = Key.softkey1 + 1;
		assert.deepEqual(heard, [`down ${second}`, `up ${second}`, `down ${Key.star}`, "down 5", "up 5"]);
		assert.equal(clock.pending, 0);
	});

	it("a finger on a picture is at a point, and at none that is no number", () => {
		const { control, heard } = keypad();
		assert.isTrue(control.point("12", "340"));
		for (const [x, y] of [
			["12", undefined],
			["a", "1"],
			["1", "-1"],
		] as const)
			assert.isFalse(control.point(x, y));
		assert.deepEqual(heard, ["point 12 340"]);
	});
});
