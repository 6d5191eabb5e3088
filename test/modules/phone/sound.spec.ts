// What lies beside the channels of a call: refusals that the user is told of, paging both ways, auto answer, keys in the stream, the watch
// on streams, recording, sound from elsewhere; and a call agent that does not answer keys.
import { assert } from "chai";
import { LampMode, Route, Statistic } from "hal/hardware";
import { build, Rig } from "../support/rig.js";

const CallState = 0x111;
const SetSpeakerMode = 0x88;
const SetMicroMode = 0x89;
const StartTone = 0x82;
const StopTone = 0x83;
const OpenReceiveChannel = 0x105;
const StartMediaTransmission = 0x8a;
const StartMulticastMediaTransmission = 0x102;
const StopMulticastMediaTransmission = 0x104;
const NotifyDtmfTone = 0x127;
const SendDtmfTone = 0x128;
const SubscribeDtmfPayloadReq = 0x129;
const UnSubscribeDtmfPayloadReq = 0x12c;
const StartMediaFailureDetection = 0x11c;
const RecordingStatus = 0x160;
const unanswered = "No answer from the phone system";

function state(value: number, reference: number): Uint8Array {
	return build(CallState, value, 1, reference);
}

/** The channel of a call, both ways; `events` is the payload type of keys. */
function channel(reference: number, events = 0): Uint8Array[] {
	const key = new Array<number>(13).fill(0);
	return [
		build(OpenReceiveChannel, reference, reference, 20, 4, 0, 0, reference, ...key, 0, events),
		build(
			StartMediaTransmission,
			reference,
			reference,
			0x0200007f,
			4000,
			20,
			4,
			0xb8,
			0,
			0,
			0,
			reference,
			...key,
			0,
			events,
		),
	];
}

function inCall(events = 0): Rig {
	const rig = new Rig(3);
	rig.receive(state(5, 7), ...channel(7, events));
	rig.take();
	rig.audio.calls.length = 0;
	return rig;
}

describe("channels that are not to be had", () => {
	for (const [name, text, before, message] of [
		[
			"a codec that the phone lacks",
			"No sound: format not supported",
			() => {},
			[OpenReceiveChannel, 7, 7, 20, 11, 0, 0, 7],
		],
		[
			"a codec that the phone lacks to send",
			"No sound: format not supported",
			() => {},
			[StartMediaTransmission, 7, 7, 0x0200007f, 4000, 20, 11, 0, 0, 0, 0, 7],
		],
		[
			"a socket that cannot be opened",
			"No sound: too many calls",
			(rig: Rig) => {
				rig.audio.port = 0;
			},
			[OpenReceiveChannel, 7, 7, 20, 4, 0, 0, 7],
		],
		[
			"one stream too many",
			"No sound: too many calls",
			(rig: Rig) => rig.receive(...channel(8), ...channel(9)),
			[OpenReceiveChannel, 7, 7, 20, 4, 0, 0, 7],
		],
		[
			"paging in a codec that the phone lacks",
			"No sound: format not supported",
			() => {},
			[0x101, 9, 9, 0x010101ef, 4000, 20, 11],
		],
	] as const)
		it(`${name}: the display says so`, () => {
			const rig = new Rig(3);
			rig.receive(state(5, 7));
			before(rig);
			assert.equal(rig.screen.prompt, "");
			const [id, ...words] = message;
			rig.receive(build(id, ...words));
			assert.equal(rig.screen.prompt, text);
		});
});

describe("paging from this phone", () => {
	it("sends to the group from start to stop", () => {
		const rig = new Rig(3);
		rig.receive(state(5, 7), build(StartMulticastMediaTransmission, 9, 55, 0x010101ef, 20480, 20, 4, 0xb8, 0, 0, 0, 7));
		assert.deepEqual(rig.audio.calls, ["startTransmit 0 4009820417 20480 0 20 184"]);
		assert.equal(rig.audio.route, Route.speaker);
		rig.receive(build(StopMulticastMediaTransmission, 9, 55, 7), build(StopMulticastMediaTransmission, 9, 55, 7));
		assert.deepEqual(rig.audio.calls.slice(1), ["stopTransmit 0"]);
		assert.equal(rig.audio.route, Route.speaker, "the call goes on");
	});

	it("without a call turns off the speaker that it has turned on, in the newer form as well", () => {
		const rig = new Rig(17);
		rig.receive(build(StartMulticastMediaTransmission, 9, 55, 0, 0x010101ef, 0, 0, 0, 20480, 20, 4, 0xb8, 0, 0, 0, 0));
		assert.deepEqual(rig.audio.calls, ["startTransmit 0 4009820417 20480 0 20 184"]);
		assert.equal(rig.audio.route, Route.speaker);
		rig.receive(build(StopMulticastMediaTransmission, 9, 55, 0));
		assert.equal(rig.audio.route, Route.none);
	});
});

describe("calls that answer themselves", () => {
	it("are heard on the speaker after their tone; a one-way intercom leaves the microphone off until the user turns it on", () => {
		const rig = new Rig(3);
		rig.audio.toneCalls.length = 0;
		rig.receive(state(4, 7), build(StartTone, 0x32, 0, 1, 7), build(StopTone, 1, 7));
		assert.deepEqual(rig.audio.toneCalls, ["start 32", "stop"]);
		rig.receive(build(SetSpeakerMode, 1), build(SetMicroMode, 2), state(5, 7), ...channel(7));
		assert.equal(rig.audio.route, Route.speaker);
		assert.isTrue(rig.audio.muted);
		assert.equal(rig.lamp("mute"), `${LampMode.on}/3`);
		rig.press("mute");
		assert.isFalse(rig.audio.muted);
		// what the user has chosen stays
		rig.receive(build(SetMicroMode, 1));
		assert.isFalse(rig.audio.muted);
		rig.receive(build(SetSpeakerMode, 2), state(2, 7));
		assert.equal(rig.audio.route, Route.none);
	});
});

describe("keys in the stream", () => {
	it("of the other end are heard as own ones are", () => {
		const rig = inCall();
		for (const tone of [1, 9, 10, 14, 15, 16, 19]) rig.receive(build(NotifyDtmfTone, tone, 7, 7));
		rig.receive(build(NotifyDtmfTone, 0x21, 7, 7));
		assert.deepEqual(rig.audio.keyTones, [1, 9, 0, 10, 11, 12, 15]);
	});

	it("that the call agent presses are sent where a payload type was agreed", () => {
		const rig = inCall(101);
		rig.receive(build(SendDtmfTone, 14, 7, 7), build(SendDtmfTone, 10, 7, 0));
		assert.deepEqual(rig.audio.calls, ["sendEvent 0 10 100", "sendEvent 0 0 100"]);
		assert.deepEqual(rig.audio.keyTones, []);
		const without = inCall();
		without.receive(build(SendDtmfTone, 1, 7, 7));
		assert.deepEqual(without.audio.calls, []);
		assert.deepEqual(without.log, ["phone: a key is not sent in the stream: no payload type agreed for it"]);
	});

	it("can be agreed and taken back in a call, and the call agent is answered", () => {
		const rig = inCall();
		rig.receive(build(SubscribeDtmfPayloadReq, 101, 7, 7, 1));
		assert.deepEqual(rig.sent(), ["12a 101 7 7"]);
		assert.deepEqual(rig.audio.calls, ["setTransmit 0 false 101", "receiveEvents 0 101"]);
		rig.audio.calls.length = 0;
		rig.press("5");
		assert.include(rig.audio.calls, "sendEvent 0 5 100");
		rig.take();
		rig.audio.calls.length = 0;
		rig.receive(build(UnSubscribeDtmfPayloadReq, 101, 7, 7, 1));
		assert.deepEqual(rig.sent(), ["12d 101 7 7"]);
		assert.deepEqual(rig.audio.calls, ["setTransmit 0 false 0", "receiveEvents 0 0"]);
		// no such channel, no such payload type
		rig.receive(build(SubscribeDtmfPayloadReq, 101, 70, 70, 1), build(SubscribeDtmfPayloadReq, 8, 7, 7, 1));
		assert.deepEqual(rig.sent(), []);
		assert.deepEqual(rig.log, [
			"phone: events of payload type 101 refused: no such channel",
			"phone: events of payload type 8 refused: 96-127 expected",
		]);
	});
});

describe("a stream that is watched", () => {
	/** A phone that watches its stream, on which some packets have come. */
	function watched(): Rig {
		// no call shows its time: nobody else looks at the counters
		const rig = new Rig(3);
		rig.receive(state(3, 7), ...channel(7));
		rig.take();
		rig.audio.counters[Statistic.packetsReceived] = 5;
		rig.receive(build(StartMediaFailureDetection, 7, 7, 20, 4, 0, 0, 7));
		return rig;
	}

	it("is told as failed once when nothing has come for half a minute", () => {
		const rig = watched();
		rig.clock.advance(20_000);
		rig.audio.counters[Statistic.packetsReceived] = 6;
		rig.clock.advance(30_000);
		assert.deepEqual(rig.sent(), []);
		rig.clock.advance(5000);
		assert.deepEqual(rig.sent(), [`2a 7 7 ${0x0200007f} 4000 7`]);
		rig.clock.advance(300_000);
		assert.deepEqual(rig.sent(), []);
	});

	it("is watched no longer than it is open", () => {
		const rig = watched();
		rig.receive(build(0x106, 7, 7), build(0x8b, 7, 7), state(2, 7));
		rig.clock.advance(300_000);
		assert.deepEqual(rig.sent(), []);
		assert.equal(rig.timers, 0);
		// nothing is there to be watched
		rig.receive(build(StartMediaFailureDetection, 7, 7));
		assert.equal(rig.timers, 0);
	});
});

describe("a call in the user's eyes", () => {
	it("says that it is recorded as long as it is", () => {
		const rig = inCall();
		rig.receive(build(RecordingStatus, 7, 1));
		assert.equal(rig.screen.calls[0]?.detail, "Recording");
		rig.receive(build(RecordingStatus, 70, 1), build(RecordingStatus, 7, 1), build(RecordingStatus, 7, 0));
		assert.equal(rig.screen.calls[0]?.detail, "");
	});

	it("says once that its sound comes from elsewhere", () => {
		const rig = inCall();
		rig.clock.advance(1000);
		assert.equal(rig.screen.prompt, "");
		rig.audio.counters[Statistic.packetsForeign] = 1;
		rig.clock.advance(1000);
		assert.equal(rig.screen.prompt, "Sound from an unexpected place");
		rig.clock.advance(4000);
		assert.equal(rig.screen.prompt, "");
		assert.lengthOf(rig.log, 1);
	});

	it("writes down from where its sound comes, each time that it changes", () => {
		const rig = inCall();
		const { counters } = rig.audio;
		counters[Statistic.foreignAddress] = 0x7f000009;
		const look = (received: number, foreign: number) => {
			counters[Statistic.packetsReceived] = received;
			counters[Statistic.packetsForeign] = foreign;
			rig.clock.advance(1000);
			return rig.log.splice(0);
		};
		const begins =
			"phone: nothing is heard from 127.0.0.2, which the call agent has named: 127.0.0.9, which sends, is played until it is";
		const ends = "phone: 127.0.0.2 is heard now, which the call agent has named: it is played alone";
		assert.deepEqual(look(50, 50), [begins]);
		assert.deepEqual(look(100, 100), []);
		assert.deepEqual(look(100, 100), [], "a pause is nobody's");
		assert.deepEqual(look(150, 120), [], "in the midst of a second");
		assert.deepEqual(look(200, 120), [ends]);
		assert.deepEqual(look(250, 120), []);
		assert.deepEqual(look(300, 150), [begins]);
		assert.equal(rig.screen.prompt, "", "the user knows already");
	});
});

describe("a call agent that does not answer a key", () => {
	for (const [name, key] of [
		["off hook", (rig: Rig) => rig.press("speaker")],
		["a line's key", (rig: Rig) => rig.press("line1")],
		["Messages", (rig: Rig) => rig.press("messages")],
		["a softkey", (rig: Rig) => rig.softkey("NewCall")],
	] as const)
		it(`is told of after some seconds: ${name}`, () => {
			const rig = new Rig();
			rig.receive(
				build(0x97, 0, 1, 1, 0x0901),
				build(0x108, 0, 1, 1, ["NewCall", 16], 2),
				build(0x109, 0, 1, 1, 1, 0, 0, 0, ...new Array<number>(8).fill(0)),
			);
			key(rig);
			rig.clock.advance(3999);
			assert.notEqual(rig.screen.prompt, unanswered);
			rig.clock.advance(1);
			assert.equal(rig.screen.prompt, unanswered);
			rig.clock.advance(3000);
			assert.notEqual(rig.screen.prompt, unanswered);
		});

	it("is told of for the first digit of a number, not for those that follow, nor for those of a call", () => {
		const rig = new Rig();
		rig.press("speaker");
		rig.receive(state(1, 7));
		rig.press("1");
		rig.clock.advance(2000);
		rig.press("2");
		rig.clock.advance(2000);
		assert.equal(rig.screen.prompt, unanswered);
		rig.clock.advance(3000);
		rig.press("3");
		rig.receive(state(5, 7));
		rig.press("4");
		rig.clock.advance(10_000);
		assert.equal(rig.screen.prompt, "");
	});

	it("is told of for the first of several keys", () => {
		const rig = new Rig();
		rig.press("speaker");
		rig.clock.advance(2000);
		rig.press("messages");
		rig.clock.advance(2000);
		assert.equal(rig.screen.prompt, unanswered);
	});

	it("has answered with whatever came meanwhile, or is gone", () => {
		const answered = new Rig();
		answered.press("speaker");
		answered.receive(state(1, 7));
		answered.clock.advance(10_000);
		assert.equal(answered.screen.prompt, "");
		const gone = new Rig();
		gone.press("speaker");
		gone.lose();
		gone.clock.advance(4000);
		assert.notEqual(gone.screen.prompt, unanswered);
	});
});
