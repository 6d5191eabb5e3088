// Keys of services, whose URL the call agent tells when they are pressed; and sound that services play and send beside calls.
import { assert } from "chai";
import { Route } from "hal/hardware";
import { playService, sendService, stopService } from "phone/service-sound";
import { inEnglish } from "../support/english.js";
import { build, Rig } from "../support/rig.js";

const ButtonTemplateRes = 0x97;
const ServiceURLStatReq = "33";
const OpenReceiveChannel = 0x105;
const group = 0xefff0a0a;

/** A template of a line, and of services behind it. */
function services(rig: Rig, count: number): void {
	const octets = ["\x01\x09"];
	for (let i = 1; i <= count; i += 1) octets.push(String.fromCharCode(i, 0x14));
	rig.receive(build(ButtonTemplateRes, 0, count + 1, count + 1, [octets.join(""), 2 * (count + 1)]));
}

function told(version: number, instance: number, url: string, label: string): Uint8Array {
	return version < 7 ? build(0x12f, instance, [url, 256], [label, 40]) : build(0x148, instance, [url, 0], [label, 0]);
}

describe("key of a service", () => {
	for (const version of [3, 11, 17, 22])
		it(`opens what the call agent says it stands for, version ${version}`, () => {
			const rig = new Rig(version);
			const opened: string[] = [];
			rig.phone.service = (url) => opened.push(url);
			services(rig, 2);
			rig.receive(told(version, 1, "http://192.0.2.80/weather?a=b", "Weather"), told(version, 2, "", "Gone"));
			assert.equal(rig.screen.buttons[1]?.label, "Weather");
			assert.deepEqual(opened, [], "nobody has pressed it");
			rig.take();
			rig.press("line2");
			// the rig leaves out what is asked of buttons
			rig.receive(told(version, 2, "http://192.0.2.80/other", "Gone"));
			assert.deepEqual(opened, [], "that was another one");
			rig.receive(told(version, 1, "http://192.0.2.80/weather?a=b", "Weather"));
			rig.receive(told(version, 1, "http://192.0.2.80/weather?a=b", "Weather"));
			assert.deepEqual(opened, ["http://192.0.2.80/weather?a=b"], "once for each press");
			rig.press("line3");
			rig.receive(told(version, 2, "", "Gone"));
			assert.equal(rig.screen.prompt, "No service behind this key");
			assert.lengthOf(opened, 1);
			rig.press("line2");
			rig.lose();
			rig.register();
			services(rig, 2);
			rig.receive(told(version, 1, "http://192.0.2.80/weather", "Weather"));
			assert.lengthOf(opened, 1, "what was pressed before the loss");
		});

	it("asks at each press, and in the list of those without a key likewise", () => {
		const rig = new Rig(17, { lineKeys: 2 });
		const opened: string[] = [];
		rig.phone.service = (url) => opened.push(url);
		services(rig, 3);
		rig.receive(told(17, 3, "http://192.0.2.80/third", "Third"));
		const asked = (): number => rig.network.socket.writes.filter((octets) => octets[8] === 0x33).length;
		const before = asked();
		rig.press("line2");
		assert.equal(asked(), before + 1, ServiceURLStatReq);
		rig.press("directories", "4");
		assert.deepEqual(rig.screen.overlay?.lines, ["1 Third"], "the other one has no label yet");
		rig.press("1");
		assert.equal(asked(), before + 2);
		rig.receive(told(17, 3, "http://192.0.2.80/third", "Third"));
		assert.deepEqual(opened, ["http://192.0.2.80/third"]);
	});

	it("is not active on a phone without services, and says when the call agent is silent", () => {
		const rig = new Rig(17);
		rig.phone.service = undefined;
		services(rig, 1);
		rig.press("line2");
		assert.equal(rig.screen.prompt, "Key Is Not Active");
		rig.phone.service = () => {};
		rig.press("line2");
		rig.clock.advance(4100);
		assert.equal(rig.screen.prompt, "No answer from the phone system");
	});
});

describe("sound of a service", () => {
	const connect = (rig: Rig): void =>
		rig.receive(build(0x111, 5, 1, 12), build(OpenReceiveChannel, 12, 99, 20, 4, 0, 0, 12));

	it("plays what a group or anybody sends to a port, as loud as it says, until it is stopped", () => {
		const rig = new Rig(17);
		assert.equal(playService(rig.phone, group, 20480, 50), "");
		assert.deepEqual(rig.audio.calls, [`openMulticast 0 ${group} 20480 0 20`]);
		assert.equal(rig.audio.route, Route.speaker);
		assert.equal(rig.audio.volumes[Route.speaker], 12);
		assert.equal(inEnglish(playService(rig.phone, group, 20482, -1)), "A service sounds already");
		stopService(rig.phone, false);
		stopService(rig.phone, false);
		assert.deepEqual(rig.audio.calls.slice(1), ["closeReceive 0"]);
		assert.equal(rig.audio.route, Route.none);
		assert.equal(playService(rig.phone, 0, 20490, 100), "");
		assert.include(rig.audio.calls, "openMulticast 0 0 20490 0 20");
		assert.equal(rig.audio.volumes[Route.speaker], 24);
		stopService(rig.phone, false);
		assert.equal(playService(rig.phone, 0, 0, -1), "");
		assert.equal(rig.phone.media.localPort, 20480);
		assert.deepEqual(rig.sent(), [], "the call agent has nothing to do with it");
	});

	it("sends what the microphone hears, unless a call is up", () => {
		const rig = new Rig(17);
		assert.equal(sendService(rig.phone, 0xc0000250, 24000), "");
		assert.deepEqual(rig.audio.calls, [`startTransmit 0 ${0xc0000250} 24000 0 20 184`]);
		assert.equal(playService(rig.phone, group, 20480, -1), "");
		stopService(rig.phone, true);
		assert.equal(rig.audio.route, Route.speaker, "it still plays");
		stopService(rig.phone, false);
		assert.equal(rig.audio.route, Route.none);
		connect(rig);
		assert.equal(inEnglish(sendService(rig.phone, group, 24000)), "Not while a call is up");
	});

	it("gives way to a call's channel, and is heard beside one that is up", () => {
		const rig = new Rig(17);
		playService(rig.phone, group, 20480, -1);
		sendService(rig.phone, group, 20480);
		rig.audio.calls.length = 0;
		connect(rig);
		assert.deepEqual(rig.audio.calls.slice(0, 3), ["closeReceive 0", "stopTransmit 1", "openReceive 0 0 20"]);
		assert.include(rig.log.join("\n"), "a service's sound ends");
		rig.audio.volumes[Route.speaker] = 7;
		rig.phone.media.startTransmit(12, 99, 12, 0x7f000001, 5000, 4, 20, 0, 0, 0);
		assert.equal(playService(rig.phone, group, 20480, 100), "");
		assert.equal(rig.audio.volumes[Route.speaker], 7, "its volume is the call's");
		assert.include(rig.audio.calls.at(-1), "openMulticast 1");
	});

	it("ends when the user hangs up, and says why it cannot be", () => {
		const rig = new Rig(17);
		playService(rig.phone, group, 20480, -1);
		rig.press("speaker");
		assert.include(rig.audio.calls, "closeReceive 0");
		assert.equal(rig.audio.route, Route.none);
		rig.audio.port = 0;
		assert.equal(inEnglish(playService(rig.phone, group, 20480, -1)), "No sound: too many calls");
		assert.equal(rig.audio.route, Route.none);
	});
});
