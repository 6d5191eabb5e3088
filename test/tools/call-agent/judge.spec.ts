/*
 * tshark reads what the call agent sends in calls of every kind, in each dialect and version: no malformed frame, and
 * the fields of media, call state and call information are those meant.
 */
import { assert } from "chai";
import { type CallAgent, startCallAgent } from "../../../tools/call-agent/agent.js";
import type { dialectNames } from "../../../tools/call-agent/options.js";
import { needs } from "../../support/optional.js";
import { type DissectedMessage, dissectMessages, fieldOf, numberOf, tsharkVersion } from "../../support/tshark.js";
import { TestPhone, words } from "./support/test-phone.js";

const alice = "SEP001122334401";
const bob = "SEP001122334402";
const devices = {
	[alice]: {
		lines: [{ number: "1001", name: "Alice", label: "Alice's" }],
		speedDials: [{ number: "600", label: "Echo" }],
	},
	[bob]: { lines: [{ number: "1002", name: "Bob", label: "Bob's" }], speedDials: [{ number: "601", label: "Tone" }] },
};

describe("call agent judged by tshark", function () {
	this.timeout(180_000);
	let agent: CallAgent | undefined;
	const phones: TestPhone[] = [];

	before(function () {
		needs(this, tsharkVersion() !== undefined, "tshark is not installed");
	});

	afterEach(async () => {
		for (const phone of phones.splice(0)) phone.close();
		await agent?.close();
		agent = undefined;
	});

	/** Registers with every request there is, makes calls of every kind, is reset, refused and unregistered. */
	async function everything(dialect: (typeof dialectNames)[number], version: number): Promise<TestPhone[]> {
		agent = await startCallAgent({ port: 0, dialect, devices, digitTimeout: 60000 });
		const caller = await TestPhone.register(agent.port, alice, version);
		const called = await TestPhone.register(agent.port, bob, version);
		phones.push(caller, called);
		for (const request of [0x0c, 0x29]) caller.send(request, request === 0x29 ? Buffer.alloc(52) : Buffer.alloc(0));
		for (const request of [0x33, 0x34]) caller.send(request, words(1));
		for (const number of ["606", "607", "699"]) {
			caller.send(0x06, words(0, 0));
			await caller.settle();
			caller.press(number.slice(0, 2));
			await caller.settle();
			caller.softKey(8);
			caller.press(number.slice(1));
			await caller.settle();
			caller.send(0x07, words(1, caller.reference));
			await caller.waitState(2);
		}
		caller.send(0x06, words(0, 0));
		await caller.settle();
		caller.press("1002");
		await called.waitState(4);
		called.softKey(11);
		await caller.waitState(5);
		await caller.wait(0x8a);
		await called.wait(0x8a);
		called.softKey(3);
		await called.waitState(8);
		called.softKey(10);
		await called.waitState(5);
		await called.settle();
		await caller.settle();
		caller.send(0x07, words(1, caller.reference));
		await called.waitState(2);
		const device = agent.devices.get(bob);
		assert(device);
		agent.reset(device, 2);
		called.send(0x27, words(0));
		await called.waitFor(() => called.closed, "the end of the connection");
		agent.faults.reject = "Not today";
		const refused = await TestPhone.connect(agent.port, "SEP001122334403", version);
		phones.push(refused);
		refused.sendRegister();
		await refused.wait(0x9d);
		return [caller, called, refused];
	}

	function find(messages: readonly DissectedMessage[], id: number): DissectedMessage {
		const found = messages.find((message) => message.id === id);
		assert(found, `message 0x${id.toString(16)}`);
		return found;
	}

	/** What tshark cannot read although real servers send it: the short media messages of CallManager 4.1. */
	function isShortMedia(message: { id: number; frame: Buffer }): boolean {
		return (
			(message.id === 0x105 && message.frame.length === 80) || (message.id === 0x8a && message.frame.length === 96)
		);
	}

	for (const [dialect, versions] of [
		["callmanager", [3, 8, 11, 15, 17, 20, 22]],
		["chan_skinny", [3, 17, 22]],
		["chan_sccp", [3, 8, 11, 15, 17, 20, 22]],
	] as const)
		for (const version of versions)
			it(`${dialect}, version ${version}`, async () => {
				const [caller, called, refused] = await everything(dialect, version);
				assert(caller && called && refused);
				const log = [...caller.log, ...called.log, ...refused.log];
				const readable = log.filter((message) => !isShortMedia(message));
				if (dialect !== "callmanager" || version >= 8) assert.equal(readable.length, log.length);
				const { messages, malformed } = dissectMessages(
					readable.map(({ frame }) => frame),
					false,
				);
				assert.deepEqual(malformed, []);
				assert.deepEqual(
					messages.map(({ id, size }) => `${id.toString(16)} ${size}`),
					readable.map(({ id, frame }) => `${id.toString(16)} ${frame.length}`),
				);
				assert.equal(fieldOf(find(messages, 0x9d), "text")?.show, "Not today");
				assert.deepEqual(
					messages.filter(({ id }) => id === 0x92 || id === 0x147).map((line) => fieldOf(line, "lineDirNumber")?.show),
					["1001", "1002"],
				);
				assert.equal(numberOf(find(messages, 0x97), "totalButtonCount"), 2);
				// Busy and congestion are call states on two of the three; the called phone rings in all of them.
				const states = messages.filter(({ id }) => id === 0x111).map((state) => numberOf(state, "callState"));
				for (const state of dialect === "chan_sccp" ? [1, 2, 4, 5, 8, 12] : [1, 2, 3, 4, 5, 6, 7, 8, 12])
					assert.include(states, state);
				media(dialect, version, messages, [caller, called]);
				// tshark reads the strings of CallInfoV2 as there are from version 16 on, whatever the header says.
				if (version < 8 || version >= 16)
					for (const info of messages.filter(({ id }) => id === 0x8f || id === 0x14a)) {
						assert.equal(fieldOf(info, "callingPartyName")?.show, "Alice");
						assert.equal(fieldOf(info, "callingParty")?.show, "1001");
					}
			});

	/** Both were told to send to each other in the end, on the channels they had opened. */
	function media(dialect: string, version: number, messages: readonly DissectedMessage[], pair: TestPhone[]): void {
		for (const phone of pair) {
			const other = pair.find((candidate) => candidate !== phone);
			const told = phone.log.filter(({ id }) => id === 0x8a).at(-1);
			assert(told && other);
			const wide = version >= 17;
			assert.equal(told.payload.readUInt32LE(wide ? 28 : 12), other.rtpPort);
			// The header of chan_skinny does not say that the layout is wide: tshark reads it as the old one.
			if (told.frame.length === 96 || (dialect === "chan_skinny" && wide)) continue;
			const read = messages.find(
				(message) => message.id === 0x8a && numberOf(message, "remotePortNumber") === other.rtpPort,
			);
			assert(read, "StartMediaTransmission to the other phone");
			assert.equal(fieldOf(read, "remoteIpAddr.ipv4")?.show, "127.0.0.1");
			assert.equal(numberOf(read, "milliSecondPacketSize"), 20);
			assert.equal(numberOf(read, "compressionType"), 4);
		}
	}
});
