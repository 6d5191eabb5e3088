// Everything that the phone can send, in every form, read by a codec of other people (crate sccp-protocol), which writes it anew
// to the octet: beside tshark (test/sccp/sent.spec.ts) the second judge. Where it is of another opinion, tools/sccp/sent.ts says why.

import { assert } from "chai";
import { crateOpinions, opinionOn, sendable, versions } from "../../tools/sccp/sent.js";
import { type SentFrame, sentFrames, type Values } from "../sccp/sendable.js";
import { needsBuild } from "../support/optional.js";
import { judgeFrames, type Verdict } from "./support/judge.js";

/** Values that mean something where the crate wants that. */
const meaningful: Values = (name, next) => {
	if (/port/i.test(name)) return 0x4000 + (next & 0xfff);
	if (name === "lineInstance") return next & 127;
	if (name === "headsetStatus") return 1;
	return 0x01000000 + next;
};

/** Fields that the crate keeps from being printed, or prints in words of its own. */
const unprinted =
	/^(Alarm parm2|ConnectionStatisticsRes (directoryNum|data)|DeviceToUserData.* data|EnhancedAlarm alarmInfo|HeadsetStatus headsetStatus|RegisterReq (features\d|configVersionStamp))$/;

describe("sccp sent, judged by sccp-protocol", function () {
	this.timeout(60_000);
	let sent: readonly SentFrame[] = [];
	let verdicts: readonly Verdict[] = [];

	before(async function () {
		await needsBuild(this, "interop");
		sent = sentFrames(meaningful);
		verdicts = judgeFrames(sent);
	});

	it("every message in every form is read, and written anew as it was", () => {
		assert.equal(verdicts.length, sent.length);
		assert.isAtLeast(sent.length, sendable.length * versions.length);
		const found = new Set<string>();
		sent.forEach(({ message, version }, index) => {
			const { id, verdict, detail } = verdicts[index] as Verdict;
			assert.equal(id, message.id);
			const opinion = opinionOn(crateOpinions, message.name, version);
			if (opinion) found.add(`${message.name}: ${opinion.why}`);
			// The version in the header is 0 below version 10; the crate writes the one in force, and 0 for keepalives alone.
			const usual = version < 10 || message.name === "UnregisterReq" ? ["exact", "header"] : ["exact"];
			const expected: readonly string[] = opinion ? [opinion.verdict] : usual;
			assert.include(expected, verdict, `${message.name}, version ${version}: ${detail.join(" ")}`);
		});
		const told = Object.entries(crateOpinions).flatMap(([name, opinions]) =>
			opinions.map(({ why }) => `${name}: ${why}`),
		);
		assert.sameMembers([...found], told);
	});

	it("every field is read as it was meant", () => {
		let fields = 0;
		sent.forEach(({ message, version, meant }, index) => {
			const { verdict, read } = verdicts[index] as Verdict;
			if (verdict === "refused") return;
			for (const [field, value] of meant) {
				if (unprinted.test(`${message.name} ${field}`)) continue;
				assert.include(read, `${value}`, `${message.name} ${field}, version ${version}`);
				fields += 1;
			}
		});
		assert.isAtLeast(fields, 400);
	});
});
