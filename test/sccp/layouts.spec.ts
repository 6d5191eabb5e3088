// Every layout of the device's table, those of messages that no capture holds among them: each field at the place where tshark has it.
import { assert } from "chai";
import { absent, headerSize, Kind } from "sccp/message";
import { type AnyMessage, early, messages } from "sccp/messages";
import { dissectMessages } from "../support/tshark.js";
import { renamed } from "./compare.js";

/** Versions that tshark takes in a header. */
const versions = [0, 10, 11, 15, 16, 17, 18, 19, 20, 21, 22];
const size = 1200;

/** Fields that tshark shows otherwise: bit by bit, as the members of a union or of a structure, or not at all. */
const unseen =
	/^(validKeyMask|partyPIRestrictionBits|lineType|lineDisplayOptions|features[123]|g723BitRate|key|salt|texts|data|lineData)$/;

/** Where call agents and phones send another form than tshark takes, by the message and the versions. */
const others: readonly (readonly [pattern: RegExp, why: string])[] = [
	[/^ConfigStatV2Res /, "tshark takes the name for one of any length; chan-sccp sends 16 octets"],
	[/^ConnectionStatisticsReq .* version 18$/, "the number has grown from version 19 on, as chan-sccp sends it"],
	[/^ConnectionStatisticsReq directoryNum 0 25,/, "tshark counts what aligns the number as its own"],
	[/^ConnectionStatisticsRes .* version (18|19|20|21)$/, "the mode has shrunk from version 22 on (tools/sccp/sent.ts)"],
	[/^ConnectionStatisticsRes directoryNum 0 25, version 22$/, "tshark counts what aligns the number as its own"],
	[
		/^ForwardStatRes .* version (18|19|20|21|22)$/,
		"the aligned form, as long as this message; tshark has the packed one",
	],
	[/^EnblocCall .* version 18$/, "the number has grown from version 19 on; tshark has it so from 18 on"],
	[
		/^(OpenReceiveChannel|StartMediaTransmission) .* version (0|10|11)$/,
		"read where they are sent; tshark ends before them",
	],
	[/^(Display\w+V2|FeatureStatV2Res) (notify|promptStatus|featureTextLabel) /, "tshark tells the length of the text"],
	[/^EnhancedAlarm alarmInfo /, "tshark tells the length of the text"],
];

/** Arrays are full: the rest of those that are not, tshark takes for what follows. */
const counts: Readonly<Record<string, number>> = {
	customPictureFormatCount: 6,
	serviceResourceCount: 4,
	audioCapCount: 18,
};

function filled({ id, layouts }: AnyMessage, version: number): Uint8Array {
	const octets = new Uint8Array(headerSize + size);
	const view = new DataView(octets.buffer);
	view.setUint32(0, size + 4, true);
	view.setUint32(4, version, true);
	view.setUint32(8, id, true);
	for (const [name, count] of Object.entries(counts)) {
		const at = layouts[0]?.at[name];
		if (at !== undefined) view.setUint32(headerSize + at, count, true);
	}
	return octets;
}

describe("sccp layouts", () => {
	it("have each field where tshark has it, in every form", () => {
		const frames = messages
			.filter(({ id, layouts }) => !early.includes(id) && layouts.some(({ at }) => Object.keys(at).length > 0))
			.flatMap((message) => versions.map((version) => ({ message, version, form: message.form(version, size) })));
		const read = dissectMessages(frames.map(({ message, version }) => filled(message, version)));
		assert.equal(read.messages.length, frames.length);
		const differences = new Set<string>();
		let fields = 0;
		frames.forEach(({ message, version, form }, i) => {
			const theirs = (read.messages[i]?.fields ?? []).map(
				({ name, offset, size: octets }) => `${name.replace(/\.ipv[46]$/, "")} ${offset - headerSize} ${octets}`,
			);
			for (const [name, offset] of Object.entries(form.at)) {
				const kind = form.kinds[name] ?? 0;
				if (offset === absent || unseen.test(name) || kind === Kind.array || kind === Kind.octets) continue;
				const their = renamed[`${message.name} ${name}`] ?? renamed[name] ?? name;
				const octets = kind >= Kind.text ? kind - Kind.text : kind === Kind.u8 ? 1 : kind === Kind.u16 ? 2 : 4;
				const found = theirs.some((line) => {
					const [field, place, width] = line.split(" ");
					return field === their && Number(place) === offset && (kind === Kind.address || Number(width) === octets);
				});
				if (found) fields += 1;
				else differences.add(`${message.name} ${name} ${offset} ${octets}, version ${version}`);
			}
		});
		const unexplained = [...differences].filter((line) => !others.some(([pattern]) => pattern.test(line)));
		assert.deepEqual(unexplained, []);
		for (const [pattern, why] of others)
			assert.isTrue(
				[...differences].some((line) => pattern.test(line)),
				why,
			);
		assert.isAtLeast(fields, 1000);
	}).timeout(60000);
});
