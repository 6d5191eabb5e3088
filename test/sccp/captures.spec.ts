// Every message of the captures through our reader, beside tshark; and the call agents' streams through the link as they came.
import { readdirSync } from "node:fs";
import { assert } from "chai";
import { Dispatch } from "sccp/dispatch";
import { Link } from "sccp/link";
import { lookUp, OpenReceiveChannelAck, RegisterAck, RegisterReq } from "sccp/messages";
import { Reader } from "sccp/reader";
import { negotiate } from "station/station";
import { FakeClock, FakeNetwork } from "../modules/support/fakes.js";
import { type CapturedMessage, readPcap, splitMessages } from "../support/pcap.js";
import { type DissectedMessage, dissect, dissectFile, knownMessages } from "../support/tshark.js";
import { Comparison } from "./compare.js";

const folder = new URL("../../../../test/fixtures/captures/", import.meta.url).pathname;
const captures = readdirSync(folder)
	.filter((name) => name.endsWith(".pcap"))
	.sort();

/** Version in force on each connection of a capture, from what the phone declared and the call agent acknowledged. */
function versionsOf(messages: readonly CapturedMessage[]): Map<number, number> {
	const declared = new Map<number, number>();
	const versions = new Map<number, number>();
	for (const { octets, phonePort } of messages) {
		const view = new DataView(octets.buffer, octets.byteOffset);
		const id = view.getUint32(8, true);
		if (id === RegisterReq.id) declared.set(phonePort, octets.length > 52 ? (octets[52] as number) : 3);
		if (id === RegisterAck.id) {
			versions.set(phonePort, negotiate(declared.get(phonePort) ?? 3, octets[28] as number));
		}
	}
	return versions;
}

/**
 * chan_skinny and the phone of the captures write header version 0 at all versions, but tshark takes the layout from the
 * header: where layouts have switched, the message gets the version in force. That phone also ended OpenReceiveChannelAck before its last
 * field, callReference, which tshark wants to see.
 */
function asTsharkWants(message: CapturedMessage, version: number): CapturedMessage {
	const view = new DataView(message.octets.buffer, message.octets.byteOffset);
	const id = view.getUint32(8, true);
	const table = lookUp(id);
	if (view.getUint32(4, true) !== 0 || id === RegisterReq.id || id === RegisterAck.id) return message;
	if (table?.layout(version, message.octets.length - 12) === table?.layout(0)) return message;
	const short = id === OpenReceiveChannelAck.id && message.octets.length === 12 + 32;
	const octets = new Uint8Array(message.octets.length + (short ? 4 : 0));
	octets.set(message.octets);
	octets[0] = (octets[0] as number) + (short ? 4 : 0);
	octets[4] = version;
	return { ...message, octets };
}

describe("sccp captures", () => {
	const comparison = new Comparison();
	let total = 0;

	it("there are captures", () => {
		assert.isAtLeast(captures.length, 7);
	});

	for (const name of captures) {
		it(`${name}: our reader and tshark read the same`, () => {
			const messages = splitMessages(readPcap(folder + name));
			const versions = versionsOf(messages);
			const { messages: dissected, malformed } = dissectFile(folder + name);
			assert.deepEqual(malformed, []);
			assert.equal(messages.length, dissected.length);
			messages.forEach((message, i) => {
				assert.equal(message.frame, dissected[i]?.frame);
			});
			const wanted = messages.map((message) => asTsharkWants(message, versions.get(message.phonePort) ?? 3));
			const judged = dissect(wanted);
			assert.deepEqual(judged.malformed, []);
			assert.equal(judged.messages.length, wanted.length);
			wanted.forEach((message, i) => {
				const version = versions.get(message.phonePort) ?? 3;
				const other = judged.messages[i] as DissectedMessage;
				comparison.compare(message.octets, other, version, `${name} frame ${message.frame}`);
			});
			total += messages.length;
		}).timeout(60000);

		it(`${name}: the link takes the call agent's stream as it came`, () => {
			const segments = readPcap(folder + name);
			for (const port of new Set(segments.map((segment) => segment.phonePort))) {
				const stream = segments.filter((segment) => segment.phonePort === port && !segment.toCallAgent);
				for (const step of [0, 1, 7]) {
					const network = new FakeNetwork();
					const dispatch = new Dispatch(() => {});
					const link = new Link(network, new FakeClock(), dispatch, new Reader(0));
					const events: string[] = [];
					const version = versionsOf(splitMessages(segments)).get(port) ?? 3;
					link.connect(
						"127.0.0.2",
						{ port: 2000 },
						{
							linkUp: () => {},
							linkDown: (reason) => {
								events.push(reason);
							},
						},
					);
					network.socket.writable();
					link.version = version;
					for (const segment of stream) network.socket.deliver(segment.octets, step);
					assert.equal(link.received, splitMessages(stream).length);
					assert.deepEqual(events, []);
					assert.equal(dispatch.unknown, 0);
					assert.equal(dispatch.refused, 0);
				}
			}
		});
	}

	it("compared a great many fields of many messages", () => {
		assert.isAtLeast(total, 1200);
		assert.isAtLeast(comparison.messages, 61);
		assert.isAtLeast(comparison.fields, 13614);
		// the phone asks for neither: it knows them by name alone
		const answers = ["VersionRes", "ServerRes"];
		assert.deepEqual(
			[...comparison.missed].filter((field) => !answers.includes(field.split(" ")[0] as string)),
			[],
		);
	});

	it("the table has every message that tshark knows, by the same name", async () => {
		const { early, messages } = await import("sccp/messages");
		const known = [...knownMessages()].sort((a, b) => a[0] - b[0]);
		assert.deepEqual(
			messages.filter(({ id }) => !early.includes(id)).map(({ id, name }) => [id, name]),
			known,
		);
		assert.equal(known.length, 171);
	}).timeout(60000);
});
