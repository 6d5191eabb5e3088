// A call outlives its call agent: with sound it goes on, both ways, until the user ends it; the phone registers anew only then, and tells
// the next call agent nothing of it.
import { assert } from "chai";
import { Registration, Route, TcpEnd } from "hal/hardware";
import { CallKind } from "settings/history";
import { StationState } from "station/states";
import { partiesOf } from "../support/calls.js";
import { fakeLease } from "../support/fakes.js";
import { build, Rig } from "../support/rig.js";

const SetRinger = 0x85;
const StartTone = 0x82;
const Reset = 0x9f;
const OpenReceiveChannel = 0x105;
const CallState = 0x111;
const offHook = 1;
const ringOut = 3;
const ringIn = 4;
const connected = 5;
const hold = 8;
const down = "CM down, features disabled";
const lost = "Call lost: phone system down";

function info(reference: number, number: string): Uint8Array {
	const texts = ["1001", number, "", "", "", "", "", "", "Alice", "Bob", "", ""];
	return build(0x14a, 1, reference, 2, 0, 0, 0, 0, 0, ...texts.map((text) => [text, 0] as const));
}

function state(value: number, reference: number): Uint8Array {
	return build(CallState, value, 1, reference);
}

/** The call agent opens the channel of a call both ways. */
function sound(rig: Rig, reference: number): void {
	rig.receive(
		build(OpenReceiveChannel, reference, reference, 20, 4, 0, 0, reference),
		build(0x8a, reference, reference, 0x0200007f, 4000, 20, 4, 0xb8, 0, 0, 0, reference),
	);
}

/** A phone with a call on its handset, up for five seconds. */
function inCall(options: ConstructorParameters<typeof Rig>[1] = {}): Rig {
	const rig = new Rig(11, options);
	rig.keypad.hook(true);
	rig.receive(build(0x97, 0, 2, 2, 0x02020901), state(connected, 7), info(7, "1002"));
	sound(rig, 7);
	rig.clock.advance(5000);
	rig.take();
	rig.audio.calls.length = 0;
	return rig;
}

/** What has been closed since. */
function closed(rig: Rig): string[] {
	return rig.audio.calls.filter((line) => line.startsWith("close") || line.startsWith("stop"));
}

/** All ways in which a phone loses its call agent. */
const losses: readonly (readonly [string, (rig: Rig) => void])[] = [
	["the connection is closed", (rig) => rig.network.socket.fail(TcpEnd.closed)],
	["the connection is reset", (rig) => rig.network.socket.fail(TcpEnd.reset)],
	["the network says that there is no way", (rig) => rig.network.socket.fail(TcpEnd.networkUnreachable)],
	["the call agent is silent", (rig) => rig.link.fail("3 keepalives without an answer")],
	["the call agent sends garbage", (rig) => rig.receive(Uint8Array.of(0xff, 0xff, 0xff, 0xff))],
	[
		"the own address changes",
		(rig) => {
			rig.network.localAddress = () => "127.0.0.9";
			rig.network.give(fakeLease({ address: "192.0.2.99" }));
		},
	],
	["the call agent rejects the phone", (rig) => rig.reject("No Authority")],
];

describe("a call with sound when the call agent is lost", () => {
	for (const [name, lose] of losses)
		it(`goes on where ${name}, and the phone looks for no other call agent`, () => {
			const rig = inCall();
			const { socket } = rig.network;
			lose(rig);
			assert.equal(rig.desk.station.state, StationState.preserving);
			assert.isTrue(socket.closed || rig.log.length > 0);
			assert.deepEqual(rig.calls, ["*5 To Bob (1002)"]);
			assert.equal(rig.screen.prompt, down);
			assert.notEqual(rig.screen.registration, Registration.registered);
			assert.deepEqual(closed(rig), []);
			assert.equal(rig.audio.route, Route.handset);
			assert.equal(rig.screen.calls[0]?.seconds, 5);
			assert.equal(rig.lamp("line1"), "2/1");
			rig.clock.advance(600_000);
			assert.equal(rig.screen.calls[0]?.seconds, 605);
			assert.lengthOf(rig.network.sockets, 1);
			assert.deepEqual(closed(rig), []);
			assert.equal(rig.screen.prompt, down);
			// the user hangs up: the phone comes again
			rig.keypad.hook(false);
			assert.deepEqual(rig.calls, []);
			assert.deepEqual(closed(rig), ["closeReceive 0", "stopTransmit 0"]);
			assert.equal(rig.audio.route, Route.none);
			assert.lengthOf(rig.network.sockets, 2);
			rig.register();
			assert.equal(rig.desk.station.registration, Registration.registered);
			// it says where the hook stands, and nothing of the call
			assert.deepEqual(rig.sent(), ["7 0 0"]);
		});

	it("is none where a port has been asked for and nothing more: it is over", () => {
		const rig = new Rig(11);
		rig.keypad.hook(true);
		// PortReq
		rig.receive(build(0x97, 0, 1, 1, 0x0901), state(connected, 7), build(0x14b, 7, 7, 7, 1, 0, 1));
		rig.lose();
		assert.deepEqual(rig.calls, []);
		assert.notEqual(rig.desk.station.state, StationState.preserving);
		assert.equal(rig.screen.prompt, lost);
	});

	it("ends by EndCall, the only softkey that there is", () => {
		const rig = inCall();
		rig.lose();
		assert.deepEqual([...rig.screen.softkeys], ["EndCall", "", "", ""]);
		rig.softkey("EndCall");
		assert.deepEqual(rig.calls, []);
		assert.deepEqual([...rig.screen.softkeys], ["", "", "", ""]);
		assert.lengthOf(rig.network.sockets, 2);
	});

	it("asks for no other call while the handset is still up", () => {
		const rig = inCall();
		rig.lose();
		rig.softkey("EndCall");
		rig.register();
		assert.deepEqual(rig.sent(), ["7 0 0"]);
		assert.equal(rig.audio.route, Route.none);
		assert.equal(rig.audio.tone, 0);
		rig.keypad.hook(false);
		assert.deepEqual(rig.sent(), []);
		rig.keypad.hook(true);
		assert.deepEqual(rig.sent(), ["6 0 0"]);
	});

	it("moves between handset, headset and speaker, and ends by the key of the one it is on", () => {
		for (const [key, route] of [
			["speaker", Route.speaker],
			["headset", Route.headset],
		] as const) {
			const rig = inCall();
			rig.lose();
			rig.press(key);
			assert.equal(rig.audio.route, route);
			// the handset is put down: the call is elsewhere
			rig.keypad.hook(false);
			assert.lengthOf(rig.calls, 1);
			rig.keypad.hook(true);
			assert.equal(rig.audio.route, Route.handset);
			rig.press(key);
			rig.keypad.hook(false);
			rig.press(key);
			assert.deepEqual(rig.calls, []);
			assert.equal(rig.audio.route, Route.none);
			rig.register();
			assert.deepEqual(rig.sent(), ["7 0 0"]);
		}
	});

	it("can be muted and made louder; keys that need a call agent say that they cannot", () => {
		const rig = inCall();
		rig.lose();
		rig.press("mute");
		assert.isTrue(rig.audio.muted);
		rig.press("mute");
		assert.isFalse(rig.audio.muted);
		const before = rig.audio.volumes[Route.handset] as number;
		rig.press("volumeUp");
		assert.equal(rig.audio.volumes[Route.handset], before + 1);
		rig.clock.advance(5000);
		const { writes } = rig.network.socket;
		const sent = writes.length;
		for (const key of ["5", "*", "#", "hold", "transfer", "conference", "messages", "line1", "line2"]) {
			assert.equal(rig.screen.prompt, down);
			rig.press(key);
			assert.equal(rig.screen.prompt, "Key Is Not Active", key);
			rig.clock.advance(3000);
		}
		assert.lengthOf(writes, sent);
		assert.deepEqual(rig.audio.keyTones, []);
		assert.lengthOf(rig.calls, 1);
		assert.isUndefined(rig.screen.overlay);
	});

	it("keeps held calls on the display beside it, which are lost with it", () => {
		const rig = inCall();
		rig.receive(state(hold, 7), build(0x106, 7, 7), build(0x8b, 7, 7), state(connected, 8), info(8, "1003"));
		sound(rig, 8);
		rig.audio.calls.length = 0;
		rig.lose();
		assert.deepEqual(rig.calls, ["8 To Bob (1002)", "*5 To Bob (1003)"]);
		rig.keypad.hook(false);
		assert.equal(rig.screen.prompt, lost);
		assert.deepEqual(rig.calls, []);
	});

	it("loses calls that ring or are being dialled, with a notice and a trace", () => {
		for (const [value, kind, number] of [
			[ringIn, CallKind.missed, "1001"],
			[offHook, CallKind.placed, "1005"],
		] as const) {
			const rig = inCall();
			const texts = [1001, 1005].map(String);
			rig.receive(
				build(0x14a, 1, 9, value === ringIn ? 1 : 2, 0, 0, 0, 0, 0, ...texts.map((text) => [text, 0] as const)),
				state(value, 9),
				build(SetRinger, 5, 1, 1, 9),
				build(StartTone, 0x2d, 0, 1, 9),
			);
			rig.lose();
			assert.equal(rig.screen.prompt, lost);
			assert.deepEqual(rig.calls, ["*5 To Bob (1002)"]);
			assert.equal(rig.audio.ringer, 1);
			assert.equal(rig.audio.tone, 0);
			assert.deepEqual(closed(rig), []);
			rig.clock.advance(3000);
			assert.equal(rig.screen.prompt, down);
			assert.deepEqual(partiesOf(rig.desk.history, kind), [`${number}\t`]);
		}
	});

	it("is listed once it is over, and its statistics are to be had", () => {
		const rig = inCall();
		rig.lose();
		rig.clock.advance(2000);
		assert.deepEqual(partiesOf(rig.desk.history, CallKind.placed), []);
		rig.keypad.hook(false);
		assert.deepEqual(partiesOf(rig.desk.history, CallKind.placed), ["1002\tBob"]);
		rig.register();
		rig.take();
		rig.receive(build(0x107, ["1002", 24], 7, 0));
		assert.lengthOf(
			rig.take().filter(({ id }) => id === 0x23),
			1,
		);
	});

	it("is left alone: other call agents, a lease that comes and goes and a reset wait for it", () => {
		const rig = inCall();
		rig.receive(build(Reset, 1));
		rig.lose();
		rig.desk.station.setCallAgents(["127.0.0.7"]);
		rig.network.give(undefined);
		rig.network.give(fakeLease({ address: "192.0.2.98" }));
		rig.clock.advance(120_000);
		assert.lengthOf(rig.network.sockets, 1);
		assert.equal(rig.restarts, 0);
		assert.lengthOf(rig.calls, 1);
		assert.equal(rig.screen.prompt, down);
		rig.keypad.hook(false);
		assert.equal(rig.restarts, 1);
	});

	it("is told of whatever the phone's configuration is about", () => {
		const rig = inCall();
		// a phone that asks servers for its configuration says what that waits for
		const boot = { progress: "Configuring IP", notice: "", setRegistered: () => {} };
		Object.assign(rig.desk, { provisioning: { boot, report: () => {} } });
		rig.lose();
		rig.desk.bootChanged();
		assert.equal(rig.screen.prompt, down);
		assert.equal(rig.screen.softkeys[0], "EndCall");
		rig.keypad.hook(false);
		rig.desk.bootChanged();
		assert.equal(rig.screen.prompt, "Configuring IP");
	});

	it("is followed by a registration with the call agents that were named meanwhile", () => {
		const rig = inCall();
		rig.lose();
		rig.desk.station.setCallAgents(["127.0.0.7"]);
		rig.keypad.hook(false);
		assert.equal(rig.network.socket.options.address, "127.0.0.7");
	});

	it("ends with the phone", () => {
		const rig = inCall();
		rig.lose();
		let done = 0;
		rig.quit(() => {
			done += 1;
		});
		assert.equal(done, 1);
		assert.deepEqual(closed(rig), ["closeReceive 0", "stopTransmit 0"]);
		assert.lengthOf(rig.network.sockets, 1);
	});
});

describe("calls that do not outlive their call agent", () => {
	it("end with the phone: they are in their lists when it starts again", () => {
		const rig = inCall();
		let done = 0;
		rig.quit(() => {
			done += 1;
		});
		// the call agent says nothing more
		rig.clock.advance(1000);
		assert.equal(done, 1);
		const again = new Rig(11, { storage: rig.storage });
		assert.deepEqual(partiesOf(again.desk.history, CallKind.placed), ["1002\tBob"]);
	});

	for (const [name, before] of [
		["ring out", (rig: Rig) => rig.receive(state(ringOut, 7))],
		[
			"ring out with sound from the network",
			(rig: Rig) => {
				rig.receive(state(ringOut, 7));
				rig.receive(build(OpenReceiveChannel, 7, 7, 20, 4, 0, 0, 7));
			},
		],
		["are dialled", (rig: Rig) => rig.receive(state(offHook, 7))],
		["ring", (rig: Rig) => rig.receive(state(ringIn, 7))],
		["are held", (rig: Rig) => rig.receive(state(connected, 7), state(hold, 7))],
		["are connected without sound", (rig: Rig) => rig.receive(state(connected, 7))],
		[
			"are connected without sound while there is a page",
			(rig: Rig) =>
				rig.receive(state(connected, 7), build(0x101, 20, 20, 0, 0x010000ef, 0, 0, 0, 4000, 20, 4, 0, 0, 0)),
		],
	] as const)
		it(`${name}: the user is told, and the phone comes again`, () => {
			const rig = new Rig();
			before(rig);
			rig.lose();
			assert.deepEqual(rig.calls, []);
			assert.equal(rig.screen.prompt, lost);
			assert.isFalse(rig.phone.media.open);
			assert.equal(rig.desk.station.state, StationState.pausing);
			rig.register();
			assert.equal(rig.desk.station.registration, Registration.registered);
		});

	it("have been hung up: nobody waits for them", () => {
		const rig = inCall();
		rig.keypad.hook(false);
		rig.lose();
		assert.deepEqual(rig.calls, []);
		assert.equal(rig.screen.prompt, "127.0.0.2:2000: connection closed by the phone system");
		assert.equal(rig.desk.station.state, StationState.pausing);
	});

	it("are paging: it ends, also beside a call that goes on", () => {
		const rig = inCall();
		rig.receive(build(0x101, 20, 20, 0x010000ef, 4000, 20, 4));
		assert.isTrue(rig.phone.media.streams[1]?.multicast);
		rig.audio.calls.length = 0;
		rig.lose();
		assert.deepEqual(closed(rig), ["closeReceive 1"]);
		assert.lengthOf(rig.calls, 1);
	});
});
