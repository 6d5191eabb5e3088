// G.722: told to the call agent first where the body's converters have 16 kHz and nobody has switched it off, opened as others are, and
// refused with a word on why where they have not.
import { assert } from "chai";
import { Statistic } from "hal/hardware";
import { MediaStatus } from "phone/media";
import { Configuration } from "provisioning/configuration";
import { build, Rig } from "../support/rig.js";

const OpenReceiveChannel = 0x105;
const StartMediaTransmission = 0x8a;
const StartMulticastMediaReception = 0x101;
const OpenReceiveChannelAck = 0x22;
const CapabilitiesRes = 0x10;
const CapabilitiesV3Res = 0x44;
const CapabilitiesReq = 0x9b;
const CallState = 0x111;
const PortReq = 0x14b;

const g722 = 6;
const payloadType = 9;

function rigOf(wideband: boolean, version = 17): Rig {
	return new Rig(version, {
		before: ({ audio }) => {
			audio.wideband = wideband;
		},
	});
}

/** Numbers of codecs in what the phone tells of itself when it is asked. */
function told(rig: Rig): number[][] {
	const lists: number[][] = [];
	for (const { id, octets } of rig.all()) {
		if (id !== CapabilitiesRes && id !== CapabilitiesV3Res) continue;
		const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
		// CapabilitiesV3Res has pictures and conferences before its codecs
		const v3 = id === CapabilitiesV3Res;
		const count = view.getUint32(12, true);
		const first = v3 ? firstOfV3(view) : 16;
		lists.push(Array.from({ length: count }, (_, i) => view.getUint32(first + 16 * i, true)));
	}
	return lists;
}

/** Where the codecs of CapabilitiesV3Res begin: its only words that are not 0 are their count and theirs. */
function firstOfV3(view: DataView): number {
	for (let at = 16; at + 4 <= view.byteLength; at += 4) if (view.getUint32(at, true) !== 0) return at;
	return view.byteLength;
}

function asked(rig: Rig): number[][] {
	rig.all();
	rig.receive(build(CapabilitiesReq));
	return told(rig);
}

/** A line of the log about a codec that is not there. */
function refusals(rig: Rig): string[] {
	return rig.log.filter((line) => line.includes("asked for"));
}

describe("G.722", () => {
	it("is told first where converters have 16 kHz, in both messages, and not at all where they have not", () => {
		assert.deepEqual(asked(rigOf(true)), [
			[6, 4, 2],
			[6, 4, 2],
		]);
		assert.deepEqual(asked(rigOf(true, 3)), [[6, 4, 2]]);
		assert.deepEqual(asked(rigOf(false)), [
			[4, 2],
			[4, 2],
		]);
	});

	it("is told or not as configuration files say, to a call agent that has been told otherwise at once", () => {
		const rig = rigOf(true);
		const take = (advertise: number, support: number): number[][] => {
			const configuration = new Configuration();
			configuration.callAgents = ["127.0.0.2:2000"];
			configuration.advertiseG722Codec = advertise;
			configuration.g722CodecSupport = support;
			rig.desk.configured(configuration);
			return told(rig);
		};
		rig.all();
		const without = [
			[4, 2],
			[4, 2],
		];
		const all = [
			[6, 4, 2],
			[6, 4, 2],
		];
		assert.deepEqual(take(1, 0), [], "nothing new");
		assert.deepEqual(take(0, 0), without);
		assert.deepEqual(take(0, 1), [], "nothing new");
		assert.deepEqual(take(0, 2), all);
		assert.deepEqual(take(2, 0), [], "nothing new");
		assert.deepEqual(take(1, 1), without);
		assert.deepEqual(asked(rig), without);
		// what the converters have not got no file can give
		const narrow = rigOf(false);
		narrow.all();
		const configuration = new Configuration();
		configuration.callAgents = ["127.0.0.2:2000"];
		configuration.g722CodecSupport = 2;
		narrow.desk.configured(configuration);
		assert.deepEqual(told(narrow), []);
	});

	it("is opened both ways with its payload type and packets as long as the call agent says", () => {
		for (const [asks, gets] of [
			[0, 20],
			[10, 10],
			[20, 20],
			[30, 30],
			[60, 60],
			[200, 60],
		] as const) {
			const rig = rigOf(true, 3);
			rig.receive(build(CallState, 5, 1, 7), build(OpenReceiveChannel, 7, 7, asks, g722, 0, 0, 7));
			rig.receive(build(StartMediaTransmission, 7, 7, 0x0200007f, 4000, asks, g722, 0xb8, 0, 0, 0, 7));
			assert.deepEqual(rig.audio.calls, [
				`openReceive 0 ${payloadType} ${gets}`,
				`startTransmit 0 2130706434 4000 ${payloadType} ${gets} 184`,
			]);
			assert.deepEqual(refusals(rig), []);
			const ack = rig.take().find(({ id }) => id === OpenReceiveChannelAck);
			assert.equal(ack?.words[0], MediaStatus.ok);
		}
	});

	it("is refused with the acknowledgement's error and a line in the log where converters have 8 kHz alone", () => {
		const rig = rigOf(false, 3);
		rig.receive(build(CallState, 5, 1, 7));
		rig.take();
		rig.receive(build(OpenReceiveChannel, 7, 7, 20, g722, 0, 0, 7));
		const [ack] = rig.take();
		assert.equal(ack?.id, OpenReceiveChannelAck);
		assert.equal(ack?.words[0], MediaStatus.invalidCodec);
		assert.equal(ack?.words[2], 0, "no port");
		assert.equal(rig.screen.prompt, "No sound: format not supported");
		rig.receive(build(StartMediaTransmission, 7, 7, 0x0200007f, 4000, 20, g722, 0xb8, 0, 0, 0, 7));
		rig.receive(build(StartMulticastMediaReception, 9, 9, 0x010101ef, 4000, 20, g722));
		assert.deepEqual(rig.audio.calls, []);
		assert.deepEqual(refusals(rig), [
			"phone: codec 6 asked for, only G.711u, G.711a there: channel refused",
			"phone: codec 6 asked for, only G.711u, G.711a there: nothing is sent",
			"phone: codec 6 asked for, only G.711u, G.711a there: paging refused",
		]);
		// the call goes on, and sounds once the call agent asks for what there is
		rig.receive(build(OpenReceiveChannel, 7, 7, 20, 4, 0, 0, 7));
		assert.deepEqual(rig.audio.calls, ["openReceive 0 0 20"]);
	});

	it("of 56 and 48 kbit/s is refused everywhere: RTP has no payload type for it", () => {
		for (const number of [7, 8]) {
			const rig = rigOf(true, 3);
			rig.receive(build(CallState, 5, 1, 7), build(OpenReceiveChannel, 7, 7, 20, number, 0, 0, 7));
			assert.deepEqual(rig.audio.calls, []);
			assert.deepEqual(refusals(rig), [
				`phone: codec ${number} asked for, only G.722, G.711u, G.711a there: channel refused`,
			]);
		}
	});

	it("takes the port that was given away before the codec was known", () => {
		const rig = rigOf(true, 22);
		rig.receive(build(PortReq, 7, 7, 7, 0, 0, 1));
		assert.deepEqual(rig.audio.calls, ["openReceive 0 0 20"]);
		rig.audio.calls.length = 0;
		const status = rig.phone.media.openReceive(7, 7, 7, g722, 20, 0);
		assert.equal(status, MediaStatus.ok);
		assert.deepEqual(rig.audio.calls, ["openReceive 0 9 20"]);
	});

	it("has its name and packet time on the page of statistics", () => {
		const rig = rigOf(true, 3);
		rig.receive(
			build(CallState, 5, 1, 7),
			build(OpenReceiveChannel, 7, 7, 20, g722, 0, 0, 7),
			build(StartMediaTransmission, 7, 7, 0x0200007f, 4000, 30, g722, 0xb8, 0, 0, 0, 7),
		);
		rig.audio.counters[Statistic.payloadTypeReceived] = payloadType;
		rig.audio.counters[Statistic.packetTimeReceived] = 20;
		rig.audio.counters[Statistic.payloadTypeSent] = payloadType;
		rig.audio.counters[Statistic.packetTimeSent] = 30;
		rig.press("help", "help");
		const lines = rig.screen.overlay?.lines ?? [];
		assert.include(lines, "Rcvr codec G.722 20 ms");
		assert.include(lines, "Sender codec G.722 30 ms");
	});
});
