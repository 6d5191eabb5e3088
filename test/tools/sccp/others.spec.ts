// Messages that only captures have: every field at the place where tshark reads it, in each form.
import { assert } from "chai";
import { type AnyMessage, headerSize, Kind } from "sccp/message";
import { messages } from "sccp/messages";
import { empty, others } from "../../../tools/sccp/others.js";
import { dissectMessages } from "../../support/tshark.js";

const versions = [0, 10, 11, 15, 16, 17, 18, 20, 22];

/** Fields that tshark does not show as such: it takes sums apart, shows a union by a member, or has no layout at all. */
const unseen = /^(partyPIRestrictionBits|videoParameters|salt|locationInfo|g723BitRate)$/;
/** Names that tshark has in common with others. */
const renamed: Readonly<Record<string, string>> = { userId: "reserved.for.future.use", caps: "payloadCapability" };

function nameOf(name: string): string {
	const plain = renamed[name] ?? name.replace(/\.\d{1,2}$/, "");
	return plain.replace(/^(?:total|priority)(?:Vm|Fax)/, "").replace(/^N/, "n");
}

/** Arrays are full: of those that are not, tshark takes the rest for something else. */
const counts: Readonly<Record<string, number>> = {
	customPictureFormatCount: 6,
	serviceResourceCount: 4,
	audioCapCount: 18,
	videoCapCount: 10,
	dataCapCount: 5,
};

/** A message of zeros, as long as its form. */
function filled(id: number, version: number, { at, size }: ReturnType<AnyMessage["form"]>): Uint8Array {
	const octets = new Uint8Array(headerSize + size);
	const view = new DataView(octets.buffer);
	view.setUint32(0, size + 4, true);
	view.setUint32(4, version, true);
	view.setUint32(8, id, true);
	for (const [name, count] of Object.entries(counts))
		if (at[name] !== undefined) view.setUint32(headerSize + at[name], count, true);
	return octets;
}

describe("sccp messages that only captures have", () => {
	it("stand at the places where tshark reads them, in every form", () => {
		const frames = [...others.values()].flatMap((message) =>
			versions.map((version) => ({ message, version, form: message.form(version) })),
		);
		const read = dissectMessages(frames.map(({ message, version, form }) => filled(message.id, version, form)));
		assert.equal(read.messages.length, frames.length);
		let fields = 0;
		frames.forEach(({ message, version, form }, i) => {
			const dissected = read.messages[i];
			assert.equal(dissected?.name, message.name);
			const theirs = new Set(
				(dissected?.fields ?? []).map(({ name, offset }) => `${name.replace(/\.ipv4$/, "")} ${offset - headerSize}`),
			);
			for (const [name, offset] of Object.entries(form.at)) {
				if (unseen.test(name) || form.kinds[name] === Kind.octets) continue;
				assert.include([...theirs], `${nameOf(name)} ${offset}`, `${message.name} ${name}, version ${version}`);
				fields += 1;
			}
		});
		assert.isAtLeast(fields, 1000);
	}).timeout(60000);

	it("are all that the device has by name alone, but those without fields", () => {
		const known = messages.filter(({ layouts }) => layouts.every(({ at }) => Object.keys(at).length === 0));
		for (const id of others.keys()) assert.isTrue(known.some((message) => message.id === id));
		for (const name of empty)
			assert.isTrue(
				known.some((message) => message.name === name),
				name,
			);
	});
});
