/*
 * What a call agent keeps for its next start: phones have their numbers and forwards again, and nobody else gets them.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { type CallAgent, startCallAgent } from "../../../tools/call-agent/agent.js";
import { TestPhone } from "./support/test-phone.js";

describe("state file of the call agent", function () {
	this.timeout(180_000);
	let folder = "";
	let state = "";
	let agent: CallAgent | undefined;
	const phones: TestPhone[] = [];

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-state-"));
		state = join(folder, "agent.json");
	});

	afterEach(async () => {
		await end();
		rmSync(folder, { recursive: true });
	});

	async function end(): Promise<void> {
		for (const phone of phones.splice(0)) phone.close();
		await agent?.close();
		agent = undefined;
	}

	async function begin(...names: string[]): Promise<string[]> {
		agent = await startCallAgent({ port: 0, state });
		for (const name of names) phones.push(await TestPhone.register(agent.port, name, 17));
		return agent.phones.map(({ number }) => number);
	}

	it("gives phones their numbers and forwards again, in whatever order they come", async () => {
		assert.deepEqual(await begin("SEP0000000000A1", "SEP0000000000A2"), ["1001", "1002"]);
		const line = agent?.devices.get("SEP0000000000A2")?.lines[0];
		assert(agent && line);
		agent.features.forwards.set(line, "busy", "600");
		await end();
		assert.deepEqual(await begin("SEP0000000000A3", "SEP0000000000A2"), ["1003", "1002"]);
		assert.equal(agent?.devices.get("SEP0000000000A2")?.lines[0]?.forward.busy, "600");
		const told = phones[1]?.last(0x90)?.payload;
		assert.equal(told?.toString("latin1", 40, 43), "600");
		await end();
		assert.deepEqual(await begin("SEP0000000000A1", "SEP0000000000A3"), ["1001", "1003"]);
		assert.isFalse(existsSync(`${state}.new`));
	});

	it("leaves out what is wrong in the file", async () => {
		writeFileSync(
			state,
			JSON.stringify({
				SEP0000000000A1: [{ number: "4711", forward: { all: "one", busy: "12" } }],
				SEP0000000000A2: [{ number: 12 }],
				SEP0000000000A3: "1009",
			}),
		);
		assert.deepEqual(await begin("SEP0000000000A1", "SEP0000000000A2", "SEP0000000000A3"), ["4711", "1001", "1002"]);
		assert.deepEqual(agent?.devices.get("SEP0000000000A1")?.lines[0]?.forward, { all: "", busy: "12", noAnswer: "" });
		assert.include(readFileSync(state, "utf8"), "1002");
	});

	for (const [text, message] of [
		["{", /agent\.json: .*JSON/],
		["[]", /agent\.json: an object of phones/],
	] as const)
		it(`refuses a file of ${text}`, async () => {
			writeFileSync(state, text);
			let said = "";
			await begin().catch((error: Error) => {
				said = error.message;
			});
			assert.match(said, message);
		});
});
