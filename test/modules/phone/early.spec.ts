// What old and rare call agents say: CallManager 2's calls without references, ports before channels, counts of calls.
import { assert } from "chai";
import { CallState } from "hal/hardware";
import { build, Rig } from "../support/rig.js";

const StartMediaTransmission = 0x8a;
const StopMediaTransmission = 0x8b;
const StartMediaReception = 0x8c;
const StopMediaReception = 0x8d;
const CallStateMessage = 0x111;
const OpenReceiveChannel = 0x105;
const CloseReceiveChannel = 0x106;
const PortReq = 0x14b;
const PortClose = 0x14c;
const CallCountReq = 0x15e;

/** As CallManager 2 sends it: address, port, packet ms, codec, precedence, silence suppression, frames, G.723, and one more word. */
const early = (codec: number, ...more: readonly number[]): Uint8Array =>
	build(StartMediaTransmission, 0x0900007f, 20000, 20, codec, 0, 0, 0, 0, ...more);

describe("CallManager 2", () => {
	for (const [name, messages] of [
		["sending first", [early(2, 0), build(StartMediaReception)]],
		["receiving first", [build(StartMediaReception), early(2)]],
	] as const) {
		it(`makes a call of sound without a call state, ${name}`, () => {
			const rig = new Rig(3);
			rig.receive(build(0x82, 0x21));
			assert.deepEqual(rig.calls, []);
			rig.receive(...messages);
			assert.deepEqual(rig.calls.length, 1);
			assert.match(rig.calls[0] as string, new RegExp(`^\\*${CallState.connected} `));
			assert.include(rig.audio.calls, "startTransmit 0 2130706441 20000 8 20 184");
			assert.equal(rig.audio.calls.filter((call) => call.startsWith("openReceive")).at(-1), "openReceive 0 8 20");
			assert.isTrue(rig.phone.media.open);
			assert.notEqual(rig.audio.route, 0);
			rig.receive(build(StopMediaReception));
			assert.equal(rig.calls.length, 1);
			rig.receive(build(StopMediaTransmission));
			assert.deepEqual(rig.calls, []);
			assert.isFalse(rig.phone.media.open);
			// the next one
			rig.receive(...messages);
			assert.equal(rig.calls.length, 1);
			rig.receive(build(StopMediaTransmission), build(StopMediaReception));
			assert.deepEqual(rig.calls, []);
		});
	}

	it("is hung up by the user as any call", () => {
		const rig = new Rig(3);
		rig.receive(early(4), build(StartMediaReception));
		rig.take();
		rig.press("speaker");
		assert.deepEqual(
			rig.take().map(({ id }) => id),
			[7],
		);
		rig.receive(build(StopMediaTransmission), build(StopMediaReception));
		assert.deepEqual(rig.calls, []);
	});

	it("is not meant by a call agent whose calls have references", () => {
		const rig = new Rig(3);
		rig.receive(build(CallStateMessage, CallState.connected, 1, 7));
		rig.receive(build(OpenReceiveChannel, 4, 77, 20, 4, 0, 0, 7));
		const before = [...rig.audio.calls];
		rig.receive(early(4), build(StartMediaReception), build(StopMediaReception), build(StopMediaTransmission));
		assert.deepEqual(rig.audio.calls, before);
		assert.equal(rig.calls.length, 1);
		// CallManager 3.0's of the same length has a port where the codec would be
		rig.receive(build(StartMediaTransmission, 4, 77, 0x0200007f, 21070, 20, 4, 0xb8, 0, 0));
		assert.equal(rig.audio.calls.at(-1), "startTransmit 0 2130706434 21070 0 20 184");
	});
});

describe("a port before its channel", () => {
	/** Words of the answer: address, port, port of RTCP. */
	function asked(rig: Rig, ...fields: readonly number[]): number[] {
		rig.take();
		rig.receive(build(PortReq, ...fields));
		const sent = rig.take();
		assert.deepEqual(
			sent.map(({ id }) => id),
			[0x45],
		);
		return sent[0]?.words ?? [];
	}

	it("is given, kept for the channel whatever its codec, and given up again", () => {
		for (const version of [11, 17, 20]) {
			const rig = new Rig(version);
			const words = asked(rig, 4, 7, 0xfffffffe, 1, 0, 1);
			assert.deepEqual(words.slice(0, 3), [4, 7, 0xfffffffe]);
			const port = version < 17 ? words.slice(3) : [...words.slice(4, 5), ...words.slice(8)];
			assert.deepEqual(port, [0x0100007f, 20480, 20481, ...(version < 20 ? [] : [1])]);
			assert.isFalse(rig.phone.media.open);
			assert.deepEqual(rig.audio.calls, ["openReceive 0 0 20"]);
			// asked again, it is the same
			assert.include(asked(rig, 4, 7, 0xfffffffe, 1, 0, 1), 20480);
			rig.receive(build(OpenReceiveChannel, 4, 0xfffffffe, 30, 2, 0, 0, 7));
			assert.deepEqual(rig.audio.calls, ["openReceive 0 0 20", "openReceive 0 8 30"]);
			assert.isTrue(rig.phone.media.open);
			rig.receive(build(PortClose, 4, 7, 0xfffffffe, 1));
			assert.isTrue(rig.phone.media.open);
			rig.receive(build(CloseReceiveChannel, 4, 0xfffffffe, 7));
			assert.equal(rig.audio.calls.at(-1), "closeReceive 0");
			asked(rig, 4, 7, 0xfffffffe, 1, 0, 1);
			rig.receive(build(PortClose, 4, 7, 0xfffffffe, 1), build(PortClose, 4, 7, 0xfffffffe, 1));
			assert.equal(rig.audio.calls.filter((call) => call === "closeReceive 0").length, 2);
		}
	});

	it("goes before a call that wants to be heard, is none for video, and none when all are taken", () => {
		const rig = new Rig(17);
		assert.equal(asked(rig, 4, 7, 70, 1, 0, 2)[8], 0);
		assert.deepEqual(rig.audio.calls, []);
		assert.equal(asked(rig, 4, 7, 70)[8], 20480);
		assert.equal(asked(rig, 5, 8, 80)[8], 20480);
		rig.take();
		rig.receive(build(OpenReceiveChannel, 6, 90, 20, 4, 0, 0, 9));
		assert.deepEqual(rig.sent()[0]?.split(" ").slice(0, 2), ["22", "0"]);
		rig.receive(build(OpenReceiveChannel, 7, 91, 20, 4, 0, 0, 10));
		assert.equal(asked(rig, 8, 11, 92)[8], 0);
		assert.include(rig.log.at(-1), "no free audio stream: no port given");
	});
});

describe("what a phone tells of itself", () => {
	/** Ids and words, but for keys and hooks. */
	function told(rig: Rig): string[] {
		return rig
			.all()
			.filter(({ id }) => [0x02, 0x2b, 0x49, 0x15a].includes(id))
			.map(({ id, words }) => [id.toString(16), ...words.slice(0, 3)].join(" "));
	}

	it("is the port of RTP and the headset at registration, and each path that sound takes", () => {
		const rig = new Rig(20);
		rig.lose();
		told(rig);
		rig.register();
		const [alarm, ...rest] = told(rig);
		assert.deepEqual(rest, ["2b 2", "2 20480"]);
		assert.match(alarm as string, /^15a /);
		rig.press("speaker");
		assert.deepEqual(told(rig), ["49 3 1"]);
		rig.press("headset");
		assert.deepEqual(told(rig), ["49 3 2", "49 1 1", "2b 1"]);
		rig.receive(build(CallStateMessage, CallState.connected, 1, 7));
		rig.press("headset");
		assert.deepEqual(told(rig), ["49 1 2", "2b 2"]);
	});

	it("has the form and the measure that each kind of call agent takes", () => {
		for (const [version, acknowledged, paths, alarm] of [
			[17, 17, ["49 3 1"], 1],
			[22, 22, ["49 3 1"], 1],
			// chan_skinny names none that is
			[17, 48, ["49 3 1"], 0],
			// FreeSWITCH takes 12 octets and no less
			[17, 0, ["49 3 1 0"], 0],
			[11, 11, [], 0],
			[3, 3, [], 0],
		] as const) {
			const rig = new Rig(version, { registered: false, acknowledged });
			rig.desk.start();
			rig.register();
			const before = told(rig);
			assert.equal(before.filter((line) => line.startsWith("15a")).length, alarm, `version ${acknowledged}`);
			rig.press("speaker");
			assert.deepEqual(told(rig), [...paths], `version ${acknowledged}`);
		}
	});

	it("is all that it can do, in one message, to call agents that name version 17 or more", () => {
		for (const [version, acknowledged, times] of [
			[17, 17, 1],
			[22, 22, 1],
			[22, 48, 0],
			[22, 0, 0],
			[11, 11, 0],
		] as const) {
			const rig = new Rig(version, { registered: false, acknowledged });
			rig.desk.start();
			rig.register();
			const sent = rig.network.socket.writes.map(
				(octets) => new DataView(octets.buffer, octets.byteOffset, octets.length),
			);
			const of = (id: number): DataView[] => sent.filter((view) => view.getUint32(8, true) === id);
			const whole = of(0x44);
			assert.lengthOf(whole, times, `version ${acknowledged}`);
			assert.lengthOf(of(0x10), 1);
			if (whole[0] === undefined) continue;
			assert.equal(whole[0].byteLength, 12 + 2100);
			assert.equal(whole[0].getUint32(12, true), 2);
			assert.deepEqual(
				[324, 328, 340].map((at) => whole[0]?.getUint32(at, true)),
				[4, 60, 2],
			);
		}
	});

	it("is an open port where the call agent knows of no versions, another one after each call", () => {
		const rig = new Rig(3, { registered: false, acknowledged: -1 });
		rig.desk.start();
		rig.audio.port = 20490;
		rig.register();
		assert.include(told(rig), "2 20490");
		assert.include(rig.audio.calls, "openReceive 0 0 20");
		assert.isFalse(rig.phone.media.open);
		rig.receive(build(StartMediaReception), early(4));
		assert.equal(rig.calls.length, 1);
		rig.audio.port = 20492;
		rig.receive(build(StopMediaTransmission), build(StopMediaReception));
		assert.deepEqual(rig.calls, []);
		assert.include(told(rig), "2 20492");
	});
});

describe("counts of calls", () => {
	it("are answered for each line with a key", () => {
		const rig = new Rig(20);
		rig.receive(build(0x97, 0, 2, 2, 0x09020901));
		rig.take();
		rig.receive(build(CallCountReq));
		const [sent] = rig.take();
		assert.equal(sent?.id, 0x15f);
		assert.deepEqual(sent?.words, [2, 1, 2, 0x00080008, 0x00080008]);
	});
});
