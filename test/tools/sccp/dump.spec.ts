// Captures as lines, and how much of SCCP is understood.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { messages } from "sccp/messages";
import { projectRoot } from "../../../tools/phone/project.js";
import { readCapture } from "../../../tools/sccp/capture.js";
import { coverage } from "../../../tools/sccp/coverage.js";
import { lineOf, readMessage } from "../../../tools/sccp/dump.js";
import { others } from "../../../tools/sccp/others.js";
import { build } from "../../modules/support/rig.js";
import { dissectFile, knownMessages } from "../../support/tshark.js";

const folder = join(projectRoot, "test/fixtures/captures");

describe("sccp dump", () => {
	for (const name of readdirSync(folder).filter((file) => file.endsWith(".pcap"))) {
		it(`${name}: a line for each message that tshark finds, with what the phone reads in it`, () => {
			const entries = readCapture(readFileSync(join(folder, name)), 2000);
			const { messages: dissected } = dissectFile(join(folder, name));
			assert.equal(entries.length, dissected.length);
			const lines = entries.map((entry) => lineOf(entry, entries[0]?.time ?? 0));
			lines.forEach((line, i) => {
				const { name: expected, frame } = dissected[i] as (typeof dissected)[0];
				assert.match(line, new RegExp(`^ +\\d+\\.\\d{6} [\\d.]+:\\d+ [<>] ${expected}\\b`));
				assert.equal(entries[i]?.packet, frame);
				assert.notInclude(line, "refused");
				// biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may reach a terminal
				assert.notMatch(line, /[\u0000-\u001f\u007f-\u009f]/);
			});
			const register = lines.find((line) => line.includes(" RegisterReq ")) ?? "";
			assert.match(register, / > RegisterReq DeviceName=SEP\w{12} .*deviceType=7 /);
		}).timeout(30000);
	}

	it("names numbers, writes out the dictionary's phrases, and shows arrays", () => {
		const at = { packet: 1, time: 12.5, phone: "192.0.2.7:40000", callAgent: "192.0.2.1:2000", version: 11 };
		const line = (octets: Uint8Array, toCallAgent = false) =>
			lineOf({ ...at, toCallAgent, octets: Buffer.from(octets) }, 10);
		const head = "   2.500000 192.0.2.7:40000";
		assert.equal(line(build(0x111, 4, 1, 7)), `${head} < CallState callState=4(ringIn) lineInstance=1 callReference=7`);
		assert.equal(
			line(build(0x145, 0, 1, 7, ["\x80\x17 1001", 0])),
			`${head} < DisplayPromptStatusV2 timeOutValue=0 lineInstance=1 callReference=7 promptStatus="From  1001"`,
		);
		assert.equal(
			line(build(0x97, 0, 2, 2, 0x02020901)),
			`${head} < ButtonTemplateRes buttonOffset=0 buttonCount=2 totalButtonCount=2 definition=[instanceNumber=1 buttonDefinition=9(line), instanceNumber=2 buttonDefinition=2(speedDial)]`,
		);
		assert.equal(line(build(0x9f, 4)), `${head} < Reset resetType=4 (refused: resetType 4)`);
		assert.equal(
			line(build(0x111, 4)),
			`${head} < CallState callState=4 (refused: at least 12 expected)`.replace("=4", "=4(ringIn)"),
		);
		assert.equal(line(build(0xbeef, 1), true), `${head} > message 0xbeef octets=01000000`);
		assert.equal(
			line(build(0x14f, 1, 2, 3, 0x0900007f, 4000, 1)),
			`${head} < QoSTeardown conferenceId=1 callReference=2 passThroughPartyId=0x3 remoteIpAddr=127.0.0.9 remotePortNumber=4000 direction=1`,
		);
	});

	it("reads each message of the table, whole, cut and empty, without a throw", () => {
		for (const { id, name } of messages) {
			for (const size of [0, 1, 30, 400, 2000, 2548, 2600]) {
				const octets = Buffer.alloc(12 + size, 0x41);
				octets.writeUInt32LE(size + 4, 0);
				octets.writeUInt32LE(0, 4);
				octets.writeUInt32LE(id, 8);
				assert.equal(readMessage(octets, 17).name, name);
			}
		}
	});
});

describe("sccp coverage", () => {
	it("counts what is there: every id laid out, every field read or excused, every message judged", () => {
		const figures = coverage();
		assert.equal(figures.ids_known, knownMessages().size);
		assert.equal(figures.ids_laid_out, figures.ids_laid_out_in_the_phone + figures.ids_laid_out_for_captures);
		assert.equal(figures.ids_laid_out_for_captures, others.size);
		assert.equal(figures.ids_laid_out, figures.ids_known);
		assert.equal(figures.fields_ignored_without_reason, 0);
		assert.isAtLeast(figures.fields_read, 200);
		// one that tshark cannot read the crate reads (tools/sccp/sent.ts)
		assert.equal(figures.messages_sent_judged.tshark, figures.messages_sent - 1);
		assert.isAtLeast(figures.messages_sent_judged.crate, 36);
	}).timeout(30000);
});
