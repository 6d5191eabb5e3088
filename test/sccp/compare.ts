// Lays what our reader says of a message beside what tshark says: the same field at the same place with the same value.
import { assert } from "chai";
import { absent, headerSize, Kind } from "sccp/message";
import type { Message } from "sccp/messages";
import { Reader } from "sccp/reader";
import { decode } from "sccp/text";
import { type ArrayShape, arrays } from "../../tools/sccp/arrays.js";
import { messageOf } from "../../tools/sccp/others.js";
import type { DissectedField, DissectedMessage } from "../support/tshark.js";

/** The dotted form of an address whose first octet is the most significant byte. */
function formatAddress(address: number): string {
	return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

/** Fields that tshark names otherwise; undefined for those it does not show as a field of their own. */
export const renamed: Readonly<Record<string, string | undefined>> = {
	"Stimulus stimulusInstance": "lineInstance",
	"DeviceToUserData data": "xmlData",
	"DeviceToUserDataResponse data": "xmlData",
	"DeviceToUserDataVersion1 data": "xmlData",
	"DeviceToUserDataResponseVersion1 data": "xmlData",
	"UserToDeviceData data": "xmlData",
	"UserToDeviceDataVersion1 data": "xmlData",
	userId: "reserved.for.future.use",
	features1: "unknown",
	features3: undefined,
	key: undefined,
	salt: undefined,
	definition: undefined,
	caps: undefined,
	lineData: undefined,
	recordingStatus: "recording.status",
	toneOutputDirection: "tone.output.direction",
	texts: undefined,
};

/** Bit fields that tshark shows bit by bit: our u32 must be their sum. */
const bits: Readonly<Record<string, readonly string[]>> = {
	validKeyMask: Array.from({ length: 16 }, (_, i) => `SoftKeyMask.SoftKey${i + 1}`),
	partyPIRestrictionBits: [
		"CallingPartyName",
		"CallingPartyNumber",
		"CalledPartyName",
		"CalledPartyNumber",
		"OriginalCalledPartyName",
		"OriginalCalledPartyNumber",
		"LastRedirectPartyName",
		"LastRedirectPartyNumber",
	].map((name) => `RestrictInformationType.${name}`),
	lineType: ["OrigDialed", "RedirDialed", "CallingPartyNumber", "CallingPartyName"],
	// two octets: the second and third of features
	features2: [
		"Bit1",
		"Bit2",
		"Bit3",
		"Bit4",
		"UTF8",
		"Bit6",
		"Bit7",
		"DynamicMessages",
		"Bit9",
		"RFC2833",
		"Bit11",
		"Bit12",
		"Bit13",
		"Bit14",
		"Bit15",
		"Abbreviated.Dial",
	].map((name) => `PhoneFeatures.${name}`),
};

/** Fields of tshark's that the phone has no use for: codec parameters, modem relay, padding, sums of other bits. */
const unused: readonly string[] = [
	...["codecMode", "dynamicPayload", "codecParam1", "codecParam2", "padding", "alignmentPadding", "xmldata", "xmlData"],
	...["active", "capAndVer", "modAnd2833", "standard", "vendor", "nse", "rfc2833", "sse", "v150sprt", "noaudio"],
	...["chan0MaxPayload", "chan2MaxPayload", "chan3MaxPayload", "chan2MaxWindow"],
	...["FutureUse1", "FutureUse2", "FutureUse3"],
	...["CallingParty", "CalledParty", "OriginalCalledParty", "LastRedirectParty", "BitsReserved"].map(
		(name) => `RestrictInformationType.${name}`,
	),
];

export class Comparison {
	/** Fields compared, by message name. */
	readonly counts = new Map<string, number>();
	/** Fields of short forms that tshark does not read, since it stops before them. */
	readonly unread = new Set<string>();
	/** Fields that tshark reads and our table does not have. */
	readonly missed = new Set<string>();
	/** Values of the message compared last, by field: what our reader and tshark both read. */
	readonly values = new Map<string, number | string>();
	private readonly reader = new Reader(4096);
	private readonly matched = new Set<string>();
	private readonly slot = this.reader.text(2048);

	get messages(): number {
		return this.counts.size;
	}

	get fields(): number {
		let sum = 0;
		for (const count of this.counts.values()) sum += count;
		return sum;
	}

	/** Compares one message (header and payload) read at a protocol version. */
	compare(octets: Uint8Array, dissected: DissectedMessage, version: number, where: string): void {
		const reader = this.reader;
		reader.octets.fill(0xaa, reader.start, reader.limit);
		reader.octets.set(octets, reader.start);
		reader.version = version;
		reader.open(reader.start, octets.length - headerSize);
		const message = messageOf(reader.id) as Message<string>;
		const what = `${where} ${message.name}`;
		this.values.clear();
		this.matched.clear();
		assert.equal(message.name, dissected.name, what);
		assert.equal(reader.id, dissected.id, what);
		assert.equal(reader.headerVersion, dissected.headerVersion, what);
		assert.equal(octets.length, dissected.size, what);
		const form = message.formOf(reader);
		let count = 0;
		for (const [name, offset] of Object.entries(form.at)) {
			if (offset === absent || !reader.has(offset, 1)) continue;
			count += this.field(message, name, offset, form.kinds[name] ?? 0, dissected, `${what} ${name}`);
		}
		if (form.texts.length > 0) count += this.texts(form.at.texts as number, form.texts, dissected, what);
		for (const shape of arrays[message.name] ?? []) {
			count += this.array(form.at[shape.start ?? "definition"] as number, shape, dissected, what);
		}
		for (const { name, offset } of dissected.fields) {
			if (offset >= headerSize && !this.matched.has(name) && !unused.includes(name))
				this.missed.add(`${message.name} ${name}`);
		}
		this.counts.set(message.name, (this.counts.get(message.name) ?? 0) + count);
	}

	private field(
		message: Message<string>,
		name: string,
		offset: number,
		kind: number,
		dissected: DissectedMessage,
		what: string,
	): number {
		const reader = this.reader;
		const bitNames = bits[name];
		if (bitNames !== undefined && dissected.fields.some((candidate) => candidate.name === bitNames[0])) {
			let sum = 0;
			bitNames.forEach((bit, i) => {
				const field = dissected.fields.find((candidate) => candidate.name === bit) as DissectedField;
				assert.isDefined(field, `${what} ${bit}`);
				this.matched.add(bit);
				assert.equal(field.offset, headerSize + offset, what);
				sum += Number(field.show) * 2 ** i;
			});
			const mask = 2 ** bitNames.length - 1;
			const word = reader.has(offset, 4) ? reader.u32(offset) : reader.u16(offset);
			assert.equal((word & mask) >>> 0, sum, what);
			return bitNames.length;
		}
		if (name in renamed && renamed[name] === undefined) return 0;
		// several of a name are numbered from 1
		const [, plain = name, number = "1"] = /^(.*)\.(\d{1,2})$/.exec(name) ?? [];
		const wanted = renamed[`${message.name} ${name}`] ?? renamed[name] ?? plain;
		const names = kind === Kind.address || kind === Kind.octets ? [`${wanted}.ipv4`, wanted] : [wanted];
		const field = dissected.fields.filter((candidate) => names.includes(candidate.name))[Number(number) - 1];
		if (field === undefined) {
			// a union of which tshark shows the other members
			if (name === "g723BitRate") return 0;
			const read = Math.max(...dissected.fields.map((candidate) => candidate.offset + candidate.size));
			assert.isAtLeast(headerSize + offset, read, `${what} is no field of tshark's, which reads on behind it`);
			this.unread.add(`${message.name} ${name}`);
			return 0;
		}
		const { offset: place, size, show, value } = field;
		this.matched.add(field.name);
		assert.equal(place, headerSize + offset, `place of ${what}`);
		if (kind === Kind.octets) return 1;
		if (kind >= Kind.text) {
			reader.copyText(offset, kind - Kind.text, this.slot);
			assert.equal(this.slotHex(), shownOf(value), what);
			this.values.set(name, this.slot.toString());
		} else if (kind === Kind.address) {
			const dotted = formatAddress(reader.address(offset));
			// tshark turns the octets of this one message's address round, unlike those of RegisterReq, which phones send alike
			const asShown = show.includes(".") && message.name !== "RegisterTokenReq";
			const octets = value.match(/../g)?.map((octet) => Number.parseInt(octet, 16));
			const shown = asShown ? show : octets?.join(".");
			assert.equal(dotted, shown, what);
			this.values.set(name, dotted);
		} else {
			const ours = kind === Kind.u8 ? reader.u8(offset) : kind === Kind.u16 ? reader.u16(offset) : reader.u32(offset);
			assert.equal(size, kind === Kind.u8 ? 1 : kind === Kind.u16 ? 2 : 4, `size of ${message.name} ${name}`);
			assert.equal(ours, Number(show), what);
			this.values.set(name, ours);
		}
		return 1;
	}

	/** A run of NUL-ended texts; tshark shows only those that are not empty. */
	private texts(offset: number, names: readonly string[], dissected: DissectedMessage, what: string): number {
		const reader = this.reader;
		reader.startTexts(offset);
		let count = 0;
		for (const name of names) {
			reader.nextText(this.slot);
			this.matched.add(name);
			const field = dissected.fields.find((candidate) => candidate.name === name);
			assert.equal(this.slotHex(), field === undefined ? "" : beforeNul(field.value), `${what} ${name}`);
			count += 1;
		}
		return count;
	}

	private array(start: number, shape: ArrayShape, dissected: DissectedMessage, what: string): number {
		const reader = this.reader;
		let count = 0;
		for (const element of shape.elements) {
			const inRow = element.count ?? 1;
			const fields = dissected.fields.filter((candidate) => candidate.name === element.name);
			this.matched.add(element.name);
			fields.forEach((field, i) => {
				const offset = start + Math.floor(i / inRow) * shape.stride + element.offset + (i % inRow) * element.size;
				assert.equal(field.offset, headerSize + offset, `place of ${what} ${element.name} ${i}`);
				if (element.size > 4) {
					reader.copyText(offset, element.size, this.slot);
					assert.equal(this.slotHex(), beforeNul(field.value), `${what} ${element.name} ${i}`);
				} else {
					const ours =
						element.size === 1 ? reader.u8(offset) : element.size === 2 ? reader.u16(offset) : reader.u32(offset);
					assert.equal(ours, Number(field.show), `${what} ${element.name} ${i}`);
				}
				count += 1;
			});
		}
		return count;
	}

	private slotHex(): string {
		const slot = this.slot;
		let hex = "";
		for (let i = 0; i < slot.length; i += 1) hex += slot.octet(i).toString(16).padStart(2, "0");
		return hex;
	}
}

/** {@link beforeNul} where there is something to show, nothing else: a code of the dictionary without its number is none. */
function shownOf(value: string): string {
	const octets = Uint8Array.from(Buffer.from(beforeNul(value), "hex"));
	return decode(octets, 0, octets.length) === "" ? "" : beforeNul(value);
}

/** The octets of a text field before its first NUL, as hexadecimal digits. */
function beforeNul(value: string): string {
	for (let i = 0; i < value.length; i += 2) if (value.startsWith("00", i)) return value.slice(0, i);
	return value;
}
