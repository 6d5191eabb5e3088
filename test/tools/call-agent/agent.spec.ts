/*
 * The call agent by itself: registration, calls to services and between phones, in each dialect and version.
 */
import { assert } from "chai";
import { type CallAgent, type CallAgentOptions, startCallAgent } from "../../../tools/call-agent/agent.js";
import { dialectNames } from "../../../tools/call-agent/options.js";
import { TestPhone, words } from "./support/test-phone.js";

describe("call agent", function () {
	this.timeout(180_000);
	const phones: TestPhone[] = [];
	const agents: CallAgent[] = [];

	async function start(options: CallAgentOptions = {}): Promise<CallAgent> {
		const agent = await startCallAgent({ port: 0, ...options });
		agents.push(agent);
		return agent;
	}

	async function phone(agent: CallAgent, number: number, version: number): Promise<TestPhone> {
		const station = await TestPhone.register(agent.port, `SEP00112233440${number}`, version);
		phones.push(station);
		return station;
	}

	afterEach(async () => {
		for (const station of phones.splice(0)) station.close();
		for (const agent of agents.splice(0)) await agent.close();
	});

	for (const dialect of dialectNames) {
		for (const version of [0, 3, 8, 11, 15, 17, 20, 22])
			it(`${dialect}: registers a phone of version ${version} and echoes on 600`, async () => {
				const agent = await start({ dialect });
				const station = await phone(agent, 1, version);
				assert.deepEqual(
					agent.phones.map((device) => device.number),
					["1001"],
				);
				station.send(0x06, words(0, 0));
				await station.wait(0x82);
				station.press("600");
				await station.waitState(5);
				await station.wait(0x8a);
				const sent = Array.from({ length: 50 }, (_, index) => Buffer.alloc(160, index));
				for (const payload of sent) station.sendRtp(payload);
				await station.waitFor(
					() => station.rtp.filter(({ ssrc }) => ssrc === station.rtp.at(-1)?.ssrc).length >= 50,
					"50 packets",
				);
				const { ssrc } = station.rtp.at(-1) ?? { ssrc: 0 };
				const echoed = station.rtp.filter((packet) => packet.ssrc === ssrc);
				assert.deepEqual(
					echoed.map(({ payload }) => payload),
					sent,
				);
				assert.notEqual(ssrc, 0x12345678);
				echoed.forEach((packet, index) => {
					assert.equal(packet.sequence, ((echoed[0]?.sequence ?? 0) + index) & 0xffff);
				});
				station.send(0x07, words(1, station.reference));
				await station.waitState(2);
				await station.settle();
				assert.equal(agent.phones[0]?.legs.length, 0);
				assert.deepEqual(agent.complaints, []);
			});
	}
});
