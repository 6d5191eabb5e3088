/*
 * The call agent beside real servers: the same scripted phone registers and calls as the phone of each capture did, and
 * what the agent sends has the same message ids in the same order with the same payload sizes.
 *
 * Differences that are meant, and left out of the comparison on both sides:
 * - KeepAliveAck and ServerRes come when the phone asks; StartMediaTransmission when its OpenReceiveChannelAck is dealt
 *   with, which was not always at the same place (their counts and sizes are compared instead).
 * - The captured phones had a button that watches another phone ('hint'): LineStat of instance 3, lamps of instances above 1,
 *   CallState, CallInfo and SelectSoftKeys without a call, and FeatureStatV2Res belong to it.
 * - chan-sccp refreshes the idle prompt and softkeys at moments of its own (Redial, do-not-disturb of the second phone) and repeats
 *   CallInfo once after a resume.
 * - LineStatV2Res has texts of variable size of which the captures' servers had others: its size is not compared.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert } from "chai";
import { type CallAgent, startCallAgent } from "../../../tools/call-agent/agent.js";
import type { DialectName } from "../../../tools/call-agent/options.js";
import { type CapturedMessage, readPcap, splitMessages } from "../../support/pcap.js";
import { TestPhone, words } from "./support/test-phone.js";

const captures = join(fileURLToPath(import.meta.url), "../../../../../../test/fixtures/captures");

interface Sent {
	readonly id: number;
	readonly payload: Buffer;
}

/** What the server sent to each phone of a capture, in order of the phones' connections. */
function serverSide(file: string): Sent[][] {
	const phones = new Map<number, Sent[]>();
	for (const message of splitMessages(readPcap(join(captures, file)))) {
		const list = phones.get(message.phonePort) ?? [];
		phones.set(message.phonePort, list);
		if (!message.toCallAgent) list.push(sent(message));
	}
	return [...phones.values()];
}

function sent({ octets }: CapturedMessage): Sent {
	const frame = Buffer.from(octets);
	return { id: frame.readUInt32LE(8), payload: frame.subarray(12) };
}

/** Whether a message belongs to what is documented above as left out. */
function leftOut({ id, payload }: Sent): boolean {
	const word = (index: number) => (payload.length >= 4 * index + 4 ? payload.readUInt32LE(4 * index) : 0);
	switch (id) {
		case 0x100:
		case 0x9e:
		case 0x8a:
		case 0x146:
			return true;
		case 0x92:
			return word(0) > 2;
		case 0x90:
		case 0x91:
			return word(id === 0x90 ? 1 : 0) > 2;
		case 0x86:
			return word(0) === 9 && word(1) > 1;
		case 0x111:
			return word(2) === 0;
		case 0x8f:
			return payload.readUInt32LE(132) === 0;
		case 0x110:
			return word(1) === 0;
		case 0x112:
			return payload.readUInt32LE(40) === 0;
		case 0x113:
		case 0x145:
			return word(id === 0x145 ? 2 : 1) === 0;
	}
	return false;
}

/** Lines such as `105:168`; CallInfo right behind SelectSoftKeys is the repeated one. */
function lines(messages: readonly Sent[]): string[] {
	const kept = messages.filter((message) => !leftOut(message));
	return kept
		.filter(({ id }, index) => !((id === 0x8f || id === 0x14a) && kept[index - 1]?.id === 0x110))
		.map(({ id, payload }) => `${id.toString(16)}:${id === 0x147 ? "*" : payload.length}`);
}

const counted = [0x8a, 0x9e];

function compare(phone: TestPhone, captured: readonly Sent[]): void {
	assert.deepEqual(lines(phone.log), lines(captured));
	for (const id of counted)
		assert.deepEqual(
			phone.log.filter((message) => message.id === id).map(({ payload }) => payload.length),
			captured.filter((message) => message.id === id).map(({ payload }) => payload.length),
			`sizes of 0x${id.toString(16)}`,
		);
}

const alice = "SEP001122334401";
const bob = "SEP001122334402";
const devices = {
	[alice]: {
		lines: [
			{ number: "1001", name: "Alice One", label: "Alice 1001" },
			{ number: "1005", name: "Alice Two", label: "Alice 1005" },
		],
		speedDials: [
			{ number: "600", label: "Echo" },
			{ number: "1002", label: "Bob plain" },
		],
	},
	[bob]: {
		lines: [{ number: "1002", name: "Bob Two", label: "Bob 1002" }],
		speedDials: [{ number: "601", label: "Milliwatt" }],
	},
};

describe("call agent beside captures", function () {
	this.timeout(180_000);
	let agent: CallAgent | undefined;
	const phones: TestPhone[] = [];

	async function start(dialect: DialectName): Promise<CallAgent> {
		agent = await startCallAgent({ port: 0, dialect, devices, name: "Fixture", directMedia: false });
		return agent;
	}

	async function dial(phone: TestPhone, number: string): Promise<void> {
		phone.send(0x06, words(0, 0));
		await phone.wait(0x82);
		for (const digit of number) {
			phone.press(digit);
			await phone.settle();
		}
	}

	afterEach(async () => {
		for (const phone of phones.splice(0)) phone.close();
		await agent?.close();
		agent = undefined;
	});

	for (const [dialect, file] of [
		["chan_skinny", "asterisk-skinny.pcap"],
		["chan_sccp", "chan-sccp.pcap"],
	] as const)
		it(`${file}: one phone registers, calls 600, hangs up and unregisters`, async () => {
			const [captured] = serverSide(file);
			const { port } = await start(dialect);
			const phone = await TestPhone.register(port, alice, 3, 2, 2);
			phones.push(phone);
			await dial(phone, "600");
			await phone.waitState(5);
			await phone.wait(0x8a);
			phone.send(0x07, words(1, phone.reference));
			await phone.settle();
			phone.send(0x27, words(0));
			await phone.waitFor(() => phone.closed, "the end of the connection");
			compare(phone, captured ?? []);
		});

	for (const [dialect, file, version] of [
		["chan_skinny", "asterisk-skinny-2phones-p3.pcap", 3],
		["chan_skinny", "asterisk-skinny-2phones-p17.pcap", 17],
		["chan_sccp", "chan-sccp-2phones-p3.pcap", 3],
		["chan_sccp", "chan-sccp-2phones-p17.pcap", 17],
		["chan_sccp", "chan-sccp-2phones-p22.pcap", 22],
	] as const)
		it(`${file}: two phones, hold, resume, a digit, hang-up by the called one`, async () => {
			const [first, second] = serverSide(file);
			const { port } = await start(dialect);
			const caller = await TestPhone.register(port, alice, version);
			const called = await TestPhone.register(port, bob, version);
			phones.push(caller, called);
			await dial(caller, "1002");
			await called.waitState(4);
			await caller.settle();
			called.send(0x06, words(1, called.reference));
			await caller.waitState(5);
			await called.waitState(5);
			await called.settle();
			await caller.settle();
			caller.softKey(3);
			await caller.waitState(8);
			await caller.settle();
			await called.settle();
			caller.softKey(10);
			await caller.waitState(5);
			await caller.settle();
			await called.settle();
			caller.press("5");
			await caller.settle();
			called.send(0x07, words(1, called.reference));
			await caller.waitState(2);
			await called.settle();
			caller.send(0x07, words(1, caller.reference));
			await caller.settle();
			caller.send(0x27, words(0));
			await caller.waitFor(() => caller.closed, "the end of the connection");
			assert.equal(agent?.devices.get(alice)?.callDigits, "5");
			compare(caller, first ?? []);
			compare(called, second ?? []);
		});
});
