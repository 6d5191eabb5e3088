/*
 * The call agent's `callmanager` dialect beside frames of a real CallManager 4.1, which lie beside the project and are not
 * part of it: a new call, ringing, answer and media, octet for octet but for call references, ports and numbers.
 */
import { existsSync, readFileSync } from "node:fs";
import { assert } from "chai";
import { type CallAgent, startCallAgent } from "../../../tools/call-agent/agent.js";
import { needs } from "../../support/optional.js";
import { TestPhone, words } from "./support/test-phone.js";

const path = new URL("../../../../../../shared/captures/callmanager-4.1-frames.json", import.meta.url).pathname;

/** A frame with what differs from call to call blanked: call references, pass-through parties, address and port. */
function blank(octets: Buffer): string {
	const frame = Buffer.from(octets);
	const id = frame.readUInt32LE(8);
	const references: Record<number, number[]> = {
		130: [12],
		131: [4],
		133: [12],
		138: [0, 4, 8, 12, 40],
		261: [0, 4, 24],
		272: [4],
		273: [8],
		274: [40],
	};
	for (const offset of references[id] ?? []) frame.writeUInt32LE(0, 12 + offset);
	return frame.toString("hex");
}

describe("call agent beside CallManager 4.1", function () {
	this.timeout(180_000);
	let agent: CallAgent | undefined;
	const phones: TestPhone[] = [];

	before(function () {
		needs(this, existsSync(path), "../shared/captures/callmanager-4.1-frames.json is not beside the project");
	});

	afterEach(async () => {
		for (const phone of phones.splice(0)) phone.close();
		await agent?.close();
		agent = undefined;
	});

	function recorded(group: string): Buffer[] {
		const groups = JSON.parse(readFileSync(path, "utf8")) as Record<string, Record<string, string>>;
		return Object.entries(groups[group] ?? {})
			.sort(([first], [second]) => Number(first) - Number(second))
			.map(([, hex]) => Buffer.from(hex, "hex"));
	}

	/** What came from `from` on, of the ids that the recording has, in order. */
	function compare(phone: TestPhone, from: number, frames: readonly Buffer[]): void {
		const ids = new Set(frames.map((frame) => frame.readUInt32LE(8)));
		const came = phone.log
			.slice(from)
			.filter(({ id }) => ids.has(id))
			.slice(0, frames.length);
		assert.deepEqual(
			came.map(({ frame }) => blank(frame)),
			frames.map(blank),
		);
	}

	it("new call, ringing, answer and media", async () => {
		agent = await startCallAgent({
			port: 0,
			dialect: "callmanager",
			linesPerPhone: 1,
			devices: { SEP001122334401: { lines: [{ number: "1003" }] }, SEP001122334402: { lines: [{ number: "1002" }] } },
		});
		const caller = await TestPhone.register(agent.port, "SEP001122334401", 3);
		const called = await TestPhone.register(agent.port, "SEP001122334402", 3);
		phones.push(caller, called);
		let from = caller.log.length;
		caller.send(0x06, words(0, 0));
		await caller.settle();
		compare(caller, from, recorded("cm_cap_new_call"));

		from = called.log.length;
		caller.press("1002");
		await called.waitState(4);
		await called.settle();
		compare(called, from, recorded("cm_call_ring"));

		from = called.log.length;
		called.send(0x06, words(1, called.reference));
		await called.wait(0x8a);
		await called.settle();
		// OpenReceiveChannel was recorded in a group of its own; it came after StopTone.
		const answer = recorded("cm_call_answer");
		const stop = answer.findIndex((frame) => frame.readUInt32LE(8) === 0x83);
		answer.splice(stop + 1, 0, ...recorded("cm_call_open_rx"));
		const media = recorded("cm_call_media").filter((frame) => frame.readUInt32LE(8) === 0x8a);
		compare(called, from, [...answer, ...media]);
	});
});
