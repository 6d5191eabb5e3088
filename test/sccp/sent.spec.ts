// Everything the phone can send, in every version, judged by tshark: nothing malformed, and what it reads is what was meant.

import { parseAddress } from "base/address";
import { assert } from "chai";
import { PhoneNetwork } from "network/network";
import { Stream } from "phone/media";
import { Stimuli } from "phone/stimuli";
import { Direction } from "sccp/message";
import * as table from "sccp/messages";
import { lookUp, type Message, messages } from "sccp/messages";
import { Sender } from "sccp/sender";
import { audioCapabilities } from "station/register";
import { Station } from "station/station";
import { judged, opinionOn, sendable, tsharkOpinions, versions } from "../../tools/sccp/sent.js";
import { type FakeSocket, fakeLease } from "../modules/support/fakes.js";
import { type DissectedMessage, dissect, fieldOf, numberOf } from "../support/tshark.js";
import { Comparison } from "./compare.js";
import { data, fill, open, sentFrames } from "./sendable.js";

/** What was written to a socket as tshark reads it; asserts that nothing is malformed. */
function judge(sent: readonly Uint8Array[]): DissectedMessage[] {
	const { messages: read, malformed } = dissect(
		sent.map((octets, i) => ({ octets, toCallAgent: true, phonePort: 20000 + (i % 20000) })),
	);
	assert.deepEqual(malformed, []);
	assert.equal(read.length, sent.length);
	return [...read];
}

describe("sccp sent", () => {
	it("covers every message from a phone but those of video, subscriptions and gateways, and those that it never sends", () => {
		const names = new Set(sendable.map((message) => message.name));
		const others = messages
			.filter((message) => message.direction === Direction.toCallAgent && !names.has(message.name))
			.map((message) => message.name);
		assert.deepEqual(others.sort(), [
			"AddOnDeviceCapabilities",
			"CapabilitiesV2Res",
			"ClearConference",
			"HookFlash",
			"LocationInfo",
			"MediaPathCapability",
			"MediaResourceNotification",
			"MwiNotification",
			"OffHookWithCallingPartyNumber",
			"OpenMultiMediaReceiveChannelAck",
			"SPCPRegisterTokenReq",
			"ServerReq",
			"UpdateCapabilities",
			"VersionReq",
		]);
		assert.equal(sendable.length, 42);
	});

	// tshark cannot read it (tools/sccp/sent.ts), so its form is checked by its figures.
	it("ConnectionStatisticsRes of version 20 has the size and places that phones give it", () => {
		const { link, socket } = open(20);
		fill(link, table.ConnectionStatisticsRes as Message<string>, 0);
		const octets = socket.writes[0] as Uint8Array;
		assert.equal(octets.length, 12 + 668);
		const view = new DataView(octets.buffer);
		const words = Array.from({ length: 10 }, (_, i) => view.getUint32(12 + 28 + 4 * i, true));
		assert.deepEqual(
			words.slice(0, 9),
			[2, 3, 4, 5, 6, 7, 8, 9, 10].map((value) => 0x01000000 + value),
		);
		assert.equal(words[9], data.length);
	});

	it("every other message in every version, every field with a value of its own", () => {
		const comparison = new Comparison();
		const sent = sentFrames().filter(
			({ version, message }) => opinionOn(tsharkOpinions, message.name, version)?.verdict !== "refused",
		);
		const read = judge(sent.map(({ octets }) => octets));
		let fields = 0;
		sent.forEach(({ octets, version, meant, message }, i) => {
			const dissected = read[i] as DissectedMessage;
			comparison.compare(octets, dissected, version, `version ${version}`);
			for (const [name, value] of meant) {
				const shown = comparison.values.get(name);
				if (shown === undefined) continue;
				assert.equal(shown, value, `version ${version} ${message.name} ${name}`);
				fields += 1;
			}
		});
		assert.equal(comparison.messages, judged(tsharkOpinions).length);
		assert.isAtLeast(fields, 767);
		assert.deepEqual([...comparison.missed], []);
		// tshark reads these messages in steps by their size and stops before the ends of forms between the steps
		assert.deepEqual([...comparison.unread].sort(), [
			"FeatureStatReq featureCapabilities",
			"RegisterReq activeConferences",
			"RegisterReq activeStreams",
			"RegisterReq configVersionStamp",
			"RegisterReq features1",
			"RegisterReq features2",
			"RegisterReq ipV4AddressScope",
			"RegisterReq macAddress",
			"RegisterReq protocolVer",
			"UnregisterReq unRegReasonCode",
		]);
	}).timeout(60000);

	it("registration as the station sends it", () => {
		const sent = versions.map((version) => {
			const { network, clock, reader, dispatch, link } = open(version);
			const sender = new Sender(link);
			const host = {
				stationChanged: () => {},
				callsUp: () => false,
				preserve: () => false,
				restart: () => {},
				fetchConfiguration: () => false,
				log: () => {},
			};
			network.lease = fakeLease();
			const station = new Station(new PhoneNetwork(network), clock, link, sender, dispatch, reader, host, {
				callAgents: ["127.0.0.2"],
				deviceName: "SEP001122334455",
				mac: "001122334455",
				deviceType: 7,
				load: "linnet-0.1",
				protocolVersion: version,
				capabilities: audioCapabilities,
			});
			station.start();
			const socket = network.socket as FakeSocket;
			socket.writable();
			const ack = new Uint8Array(32);
			ack[0] = 24;
			ack[8] = 0x81;
			ack[12] = 30;
			ack[28] = version;
			socket.deliver(ack);
			socket.deliver([4, 0, 0, 0, 0, 0, 0, 0, 0x9b, 0, 0, 0]);
			// one button of each kind: line, speed dial, service, feature
			socket.deliver([
				...[24, 0, 0, 0, 0, 0, 0, 0, 0x97, 0, 0, 0],
				0,
				0,
				0,
				0,
				4,
				0,
				0,
				0,
				4,
				0,
				0,
				0,
				1,
				9,
				2,
				2,
				3,
				20,
				4,
				19,
			]);
			for (let i = 0; i < 20; i += 1) clock.advance(1000);
			link.sendPlain(table.KeepAliveReq);
			station.stop(() => {});
			return socket.writes;
		});
		const all = judge(sent.flat());
		versions.forEach((version, index) => {
			const writes = sent[index] as readonly Uint8Array[];
			const read = all.splice(0, writes.length);
			const comparison = new Comparison();
			writes.forEach((octets, i) => {
				if (opinionOn(tsharkOpinions, read[i]?.name ?? "", version)?.verdict === "refused") return;
				comparison.compare(octets, read[i] as DissectedMessage, version, `version ${version}`);
			});
			const find = (name: string) => read.find((message) => message.name === name) as DissectedMessage;
			assert.equal(fieldOf(find("RegisterReq"), "DeviceName")?.show, "SEP001122334455");
			assert.equal(numberOf(find("RegisterReq"), "deviceType"), 7);
			assert.equal(fieldOf(find("RegisterReq"), "stationIpAddr")?.show, "127.0.0.1");
			if (version >= 5) {
				assert.equal(numberOf(find("RegisterReq"), "protocolVer"), version);
				assert.equal(numberOf(find("RegisterReq"), "PhoneFeatures.UTF8"), 1);
			}
			assert.equal(numberOf(find("CapabilitiesRes"), "capCount"), audioCapabilities.length);
			audioCapabilities.forEach(({ payloadCapability }, i) => {
				assert.equal(numberOf(find("CapabilitiesRes"), "payloadCapability", i), payloadCapability);
			});
			assert.equal(numberOf(find("LineStatReq"), "lineNumber"), 1);
			assert.equal(numberOf(find("ForwardStatReq"), "lineNumber"), 1);
			assert.equal(numberOf(find("SpeedDialStatReq"), "speedDialNumber"), 2);
			assert.equal(numberOf(find("ServiceURLStatReq"), "serviceURLIndex"), 3);
			assert.equal(numberOf(find("FeatureStatReq"), "featureIndex"), 4);
			assert.equal(numberOf(find("RegisterAvailableLines"), "maxNumOfAvailLines"), 1);
			assert.match(
				fieldOf(find("Alarm"), "text")?.show ?? "",
				/^25: Name=SEP001122334455 Load=linnet-0.1 Last=Initialized$/,
			);
			assert.equal(read[read.length - 1]?.name, "UnregisterReq");
		});
	}).timeout(60000);

	it("stimuli and media answers as the phone sends them", () => {
		const sent = versions.map((version) => {
			const { link, socket } = open(version);
			const sender = new Sender(link);
			sender.open = true;
			const stimuli = new Stimuli(sender);
			stimuli.localAddress = parseAddress("127.0.0.9");
			stimuli.offHook(1, 2);
			stimuli.onHook(3, 4);
			stimuli.keypad(14, 5, 6);
			stimuli.stimulus(9, 7, 8);
			stimuli.softkey(22, 9, 10);
			stimuli.openReceiveChannelAck(0, 20480, 0xfffffffe, 11);
			stimuli.startMediaTransmissionAck(0, 20482, 12, 0xfffffffd, 13);
			stimuli.payloadSubscribed(101, 18, 0xfffffffc);
			stimuli.payloadUnsubscribed(101, 19, 0xfffffffb);
			const failed = Object.assign(new Stream(0), { conference: 20, party: 21, reference: 22, remotePort: 4000 });
			failed.remoteAddress = parseAddress("127.0.0.8");
			stimuli.mediaFailed(failed);
			const at = stimuli.beginStatistics();
			stimuli.writer.text(at.directoryNum, 24, "1001");
			stimuli.writer.u32(at.callReference, 14);
			stimuli.writer.u32(at.numberPacketsSent, 15);
			stimuli.writer.u32(at.numberPacketsLost, 16);
			stimuli.writer.u32(at.latency, 17);
			stimuli.finish();
			return socket.writes;
		});
		const all = judge(sent.flat());
		versions.forEach((version, index) => {
			const writes = sent[index] as readonly Uint8Array[];
			const read = all.splice(0, writes.length);
			const shown = (name: string, ...fields: string[]) => {
				const message = read.find((candidate) => candidate.name === name) as DissectedMessage;
				return fields.map((field) => numberOf(message, field));
			};
			assert.deepEqual(shown("OffHook", "lineInstance", "callReference"), [1, 2]);
			assert.deepEqual(shown("OnHook", "lineInstance", "callReference"), [3, 4]);
			assert.deepEqual(shown("KeypadButton", "kpButton", "lineInstance", "callReference"), [14, 5, 6]);
			assert.deepEqual(shown("Stimulus", "stimulus", "lineInstance", "callReference"), [9, 7, 8]);
			assert.deepEqual(shown("SoftKeyEvent", "softKeyEvent", "lineInstance", "callReference"), [22, 9, 10]);
			assert.deepEqual(
				shown("OpenReceiveChannelAck", "mediaReceptionStatus", "portNumber", "passThroughPartyId", "callReference"),
				[0, 20480, 0xfffffffe, 11],
			);
			const payload = ["payloadDtmf", "conferenceId", "passthruPartyID"] as const;
			assert.deepEqual(shown("SubscribeDtmfPayloadRes", ...payload), [101, 18, 0xfffffffc]);
			assert.deepEqual(shown("UnSubscribeDtmfPayloadRes", ...payload), [101, 19, 0xfffffffb]);
			assert.deepEqual(
				shown("MediaTransmissionFailure", "conferenceId", "passThroughPartyId", "remotePortNumber", "callReference"),
				[20, 21, 4000, 22],
			);
			const ack = read.find((message) => message.name === "OpenReceiveChannelAck") as DissectedMessage;
			assert.equal((fieldOf(ack, "ipAddr.ipv4") ?? fieldOf(ack, "ipAddr"))?.show, "127.0.0.9");
			if (version >= 17) {
				assert.deepEqual(
					shown(
						"StartMediaTransmissionAck",
						"conferenceId",
						"passThroughPartyId",
						"callReference",
						"mediaTransmissionStatus",
					),
					[12, 0xfffffffd, 13, 0],
				);
			}
			for (const octets of writes) {
				const id = new DataView(octets.buffer, octets.byteOffset).getUint32(8, true);
				assert.equal(octets[4], version < 10 ? 0 : version, lookUp(id)?.name);
			}
			if (version === 20) return;
			assert.deepEqual(
				shown("ConnectionStatisticsRes", "callReference", "numberPacketsSent", "numberPacketsLost", "latency"),
				[14, 15, 16, 17],
			);
		});
	}).timeout(60000);
});
