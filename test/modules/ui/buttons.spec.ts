// Keys beside the display of every kind that a button template may list, and buttons that have no key: labels, states, what they send.

import { assert } from "chai";
import { Icon, LampColour, LampMode } from "hal/hardware";
import { build, Rig } from "../support/rig.js";

const ButtonTemplateRes = 0x97;
const FeatureStatRes = 0x11f;
const FeatureStatV2Res = 0x146;
const SpeedDialStatRes = 0x91;
const SpeedDialStatV2Res = 0x149;
const CallState = 0x111;
const versions = [3, 11, 17, 22];
const on = (colour: number): string => `${LampMode.on}/${colour}`;
const blink = (colour: number): string => `${LampMode.blink}/${colour}`;
const { amber, green, red } = LampColour;

/** A button template of kinds, each with its instance. */
function template(...buttons: readonly (readonly [type: number, instance: number])[]): Uint8Array {
	const octets = buttons.map(([type, instance]) => String.fromCharCode(instance, type)).join("");
	return build(ButtonTemplateRes, 0, buttons.length, buttons.length, [octets, octets.length]);
}

/** FeatureStat in the form of a version. */
function feature(version: number, instance: number, type: number, status: number, label: string): Uint8Array {
	if (version < 15) return build(FeatureStatRes, instance, type, [label, 40], status);
	return build(FeatureStatV2Res, instance, type, status, [label, 121]);
}

describe("keys beside the display", () => {
	for (const version of versions)
		it(`rhythm, colour and icon of a feature drive lamp and picture, version ${version}`, () => {
			const rig = new Rig(version);
			rig.receive(template([9, 1], [0x26, 4], [0x13, 5]));
			for (const [status, lamp, icon] of [
				[0x010000, "off", Icon.feature],
				[0x020202, blink(red), Icon.busy],
				[0x030302, blink(amber), Icon.busy],
				[0x020302, blink(amber), Icon.busy],
				[0x000101, on(green), Icon.feature],
				[0x000207, blink(red), Icon.feature],
				[0, "off", Icon.feature],
			] as const)
				for (const [key, instance, type] of [
					[1, 4, 0x26],
					[2, 5, 0x13],
				] as const) {
					rig.receive(feature(version, instance, type, status, "Night"));
					const shown = rig.screen.buttons[key];
					const name = `status ${status.toString(16)} of kind ${type}`;
					assert.equal(shown?.label, "Night", name);
					// a plain feature with a small number is on or off
					assert.equal(rig.lamps.shown[key], type === 0x13 && status === 0 ? "off" : lamp, name);
					assert.equal(shown?.icon, icon, name);
				}
			rig.press("line2", "line3");
			assert.deepEqual(rig.sent(), ["5 38 4 0 0", "5 19 5 0 0"]);
		});

	it("a feature that is only on or off is amber", () => {
		const rig = new Rig(17);
		rig.receive(template([9, 1], [0x13, 1]), feature(17, 1, 0x13, 1, "Forward"));
		assert.equal(rig.lamps.shown[1], on(amber));
		rig.receive(feature(17, 1, 0x13, 0, "Forward"));
		assert.equal(rig.lamps.shown[1], "off");
	});

	it("an answer that names another kind than the template goes to the feature of its instance", () => {
		const rig = new Rig(22);
		rig.receive(template([9, 1], [2, 1], [0x26, 3]), feature(22, 3, 0x13, 0x020202, "DND"));
		assert.equal(rig.screen.buttons[2]?.label, "DND");
		assert.equal(rig.lamps.shown[2], blink(red));
	});

	it("an answer of another kind goes to a feature before it goes to a busy lamp field of the same number, and to that before none", () => {
		const rig = new Rig(15);
		rig.receive(template([9, 1], [0x15, 3], [0x26, 3], [0x15, 4]));
		rig.receive(feature(15, 3, 0x13, 1, "Record"), feature(15, 3, 0x15, 2, "Gina"), feature(15, 4, 0x13, 4, "Fred"));
		assert.deepEqual(
			rig.screen.buttons.slice(1, 4).map(({ label }) => label),
			["Gina", "Record", "Fred"],
		);
	});

	it("programmable keys have the dictionary's word until the call agent has one, and are stimuli", () => {
		const words: readonly (readonly [type: number, word: string])[] = [
			[0x01, "Redial"],
			[0x03, "Hold"],
			[0x04, "Trnsfer"],
			[0x05, "CFwdAll"],
			[0x06, "CFwdBusy"],
			[0x07, "CFwdNoAns"],
			[0x0f, "Voicemail"],
			[0x12, "Select"],
			[0x1b, "MCID"],
			[0x7b, "MeetMe"],
			[0x7d, "Confrn"],
			[0x7e, "Park"],
			[0x7f, "PickUp"],
			[0x80, "GPickUp"],
			[0x81, "Mobility"],
			[0x82, "DND"],
			[0x83, "ConfList"],
			[0x84, "RmLstC"],
			[0x85, "QRT"],
			[0x86, "CallBack"],
			[0x87, "OPickUp"],
			[0x88, "VidMode"],
			[0x89, "NewCall"],
			[0x8a, "EndCall"],
			[0x8b, "HLog"],
		];
		for (const [type, word] of words) {
			const rig = new Rig(17);
			rig.receive(template([9, 1], [type, 2]));
			assert.equal(rig.screen.buttons[1]?.label, word);
			rig.receive(build(CallState, 5, 1, 7, 0, 0, 0));
			rig.press("line2");
			assert.deepEqual(rig.sent(), [`5 ${type} 2 7 0`], word);
			rig.receive(feature(17, 2, type, 1, "Mine"));
			assert.equal(rig.screen.buttons[1]?.label, "Mine", word);
			if (type !== 0x0f) assert.equal(rig.lamps.shown[1], on(amber), word);
		}
	});

	it("a key of the template for messages shows that some wait", () => {
		const rig = new Rig(17);
		rig.receive(template([9, 1], [0x0f, 1]), build(0x86, 0x0f, 0, 2));
		assert.equal(rig.screen.buttons[1]?.icon, Icon.envelope);
		assert.equal(rig.lamps.shown[1], on(red));
		rig.receive(build(0x86, 0x0f, 0, 1));
		assert.equal(rig.lamps.shown[1], "off");
	});

	it("a key without a function says so, a phone without registration as well", () => {
		const rig = new Rig(17);
		rig.receive(template([9, 1], [0, 0], [0xff, 0]));
		const notices = (keys: readonly string[]): void => {
			for (const key of keys) {
				rig.clock.advance(5000);
				assert.notEqual(rig.screen.prompt, "Key Is Not Active");
				rig.press(key);
				assert.equal(rig.screen.prompt, "Key Is Not Active", key);
				assert.deepEqual(rig.sent(), [], key);
			}
		};
		notices(["line2", "line3", "line6", "services", "mute", "softkey1", "softkey4"]);
		rig.lose();
		rig.take();
		for (const key of ["line1", "5", "hold", "messages", "speaker", "headset", "softkey1"]) {
			rig.press(key);
			assert.equal(rig.screen.prompt, "Key Is Not Active", key);
			rig.ui.notice("");
		}
		assert.deepEqual(rig.sent(), []);
	});
});

describe("buttons without a key", () => {
	/** Six keys, then a speed dial, a busy lamp field, a feature, nothing and a line. */
	function phone(version: number): Rig {
		const rig = new Rig(version);
		const keys = [1, 2, 3, 4, 5].map((instance) => [2, instance] as const);
		rig.receive(template([9, 1], ...keys, [2, 6], [0x15, 7], [0xff, 0], [0x26, 3], [0x14, 9], [0x8b, 1]));
		rig.receive(
			version < 17
				? build(SpeedDialStatRes, 6, ["1006", 24], ["Fred", 40])
				: build(SpeedDialStatV2Res, 6, ["1006", 0], ["Fred", 0]),
		);
		rig.receive(feature(version, 7, 0x15, 2, "Gina"), feature(version, 3, 0x26, 0x020202, "Night"));
		rig.take();
		return rig;
	}

	for (const version of versions)
		it(`are in a list of the directories with their states, which are followed, version ${version}`, () => {
			const rig = phone(version);
			rig.press("directories");
			assert.equal(rig.screen.overlay?.lines[3], "4 Speed dials");
			rig.press("4");
			assert.equal(rig.screen.overlay?.title, "Speed dials");
			assert.deepEqual(rig.screen.overlay?.lines, ["1 Fred", "2 Gina (Line In Use)", "3 Night (On)", "4 HLog"]);
			rig.receive(feature(version, 7, 0x15, 4, "Gina"), feature(version, 3, 0x26, 0x010000, "Night"));
			assert.deepEqual(rig.screen.overlay?.lines, ["1 Fred", "2 Gina (Ringing)", "3 Night", "4 HLog"]);
			rig.press("1", "2", "3");
			rig.press("down");
			rig.softkey("Select");
			assert.deepEqual(rig.sent(), ["5 2 6 0 0", "5 21 7 0 0", "5 38 3 0 0", "5 139 1 0 0"]);
			rig.receive(build(CallState, 1, 1, 5, 0, 0, 0));
			assert.isUndefined(rig.screen.overlay, "makes room for the call");
		});

	it("have their number where they have no label, and keep what is known through a new registration", () => {
		for (const version of [3, 17]) {
			const rig = phone(version);
			rig.receive(
				version < 17
					? build(SpeedDialStatRes, 6, ["1006", 24], ["", 40])
					: build(SpeedDialStatV2Res, 6, ["1006", 0], ["", 0]),
			);
			rig.lose();
			rig.register();
			rig.press("directories", "4");
			assert.deepEqual(rig.screen.overlay?.lines.slice(0, 2), ["1 1006", "2 Gina"]);
			rig.lose();
			rig.take();
			rig.press("1");
			assert.equal(rig.screen.prompt, "Key Is Not Active");
			assert.deepEqual(rig.sent(), []);
		}
	});

	it("are no list when there are none, come in parts, and go with another template", () => {
		const rig = new Rig(17);
		const keys = [1, 2, 3, 4, 5].map((instance) => [2, instance] as const);
		rig.receive(template([9, 1], ...keys));
		rig.press("directories");
		assert.lengthOf(rig.screen.overlay?.lines ?? [], 4);
		rig.press("directories");
		rig.receive(build(ButtonTemplateRes, 6, 2, 8, 0x02070206));
		rig.receive(build(SpeedDialStatRes, 7, ["1007", 24], ["Gina", 40]));
		rig.press("directories", "4");
		assert.deepEqual(rig.screen.overlay?.lines, ["1 ", "2 Gina"]);
		rig.receive(template([9, 1], ...keys, [2, 9]));
		assert.deepEqual(rig.screen.overlay?.lines, ["1 "]);
		assert.equal(rig.screen.buttons[5]?.icon, Icon.speedDial);
	});
});
