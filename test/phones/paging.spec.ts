/*
 * Paging by multicast between phones: one sends to a group what its user says, the others are told to listen.
 */
import { assert } from "chai";
import { Route } from "../../hal/hardware.js";
import type { CallAgent } from "../../tools/call-agent/agent.js";
import type { PhoneProcess } from "../../tools/phone/phone.js";
import { House, openStream, registered, timeout } from "./support/house.js";
import { frame } from "./support/meddler.js";

const group = 0xefff0142;
/** Neither one that a phone takes for its calls (audio/channel.c) nor one that Linux gives away by itself: phones of other tests run beside. */
const port = 62_144;
const party = 77;

/** A message of u32 words; `group` goes in network order. */
function message(id: number, ...words: readonly number[]): Buffer {
	const payload = Buffer.alloc(4 * words.length);
	for (const [index, word] of words.entries())
		if (word === group) payload.writeUInt32BE(word, 4 * index);
		else payload.writeUInt32LE(word, 4 * index);
	return frame(id, payload);
}

const start = message(0x102, party, party, group, port, 20, 4, 0xb8, 0, 0, 0, 0);
const stop = message(0x104, party, party, 0);
const listen = message(0x101, party, party, group, port, 20, 4, 0, 0, 0);
const leave = message(0x103, party, party, 0);

function say(agent: CallAgent, phone: PhoneProcess, octets: Buffer): void {
	const device = agent.devices.get(phone.name);
	assert.isDefined(device);
	if (device !== undefined) agent.sendRaw(device, octets);
}

describe("Paging by multicast", function () {
	this.timeout(4 * timeout);
	const house = new House();
	afterEach(() => house.close());

	it("is sent by one phone and heard on the speakers of the others, until it is over", async () => {
		// layouts of version 3, whatever the phones could do
		const agent = await house.agent({ protocolVersion: 3 });
		const agents = [`127.0.0.1:${agent.port}`];
		const phones: PhoneProcess[] = [];
		for (let i = 0; i < 3; i += 1) {
			const phone = await house.phone({ agents, mic: "tone:700" });
			await registered(phone);
			phones.push(phone);
		}
		const [from, ...to] = phones as [PhoneProcess, PhoneProcess, PhoneProcess];
		for (const phone of to) say(agent, phone, listen);
		for (const phone of to) await phone.wait(() => phone.screen?.route === Route.speaker, timeout, "the speaker");
		say(agent, from, start);
		await openStream(from, "what it sends", ({ packetsSent }) => packetsSent >= 50);
		for (const phone of to) await openStream(phone, "what it hears", ({ packetsReceived }) => packetsReceived >= 50);
		say(agent, from, stop);
		for (const phone of to) say(agent, phone, leave);
		for (const phone of phones) {
			await phone.wait(() => phone.screen?.route === Route.none, timeout, "the end of the page");
			assert.isTrue((await phone.statistics()).streams.every((stream) => !stream.open));
		}
	});
});
