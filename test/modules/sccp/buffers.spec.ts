// Reader, writer and texts over their fixed buffers.
import { plainLine } from "base/plain";
import { assert } from "chai";
import { Kind } from "sccp/message";
import {
	CallInfoV2,
	CallStateMessage,
	DialedNumber,
	ForwardStatRes,
	KeypadButton,
	OpenReceiveChannelAck,
	StopTone,
} from "sccp/messages";
import { Reader } from "sccp/reader";
import { decode } from "sccp/text";
import { Writer } from "sccp/writer";

/** Puts the message that waits in the writer before the reader. */
function hand(writer: Writer, reader: Reader): void {
	reader.octets.set(writer.octets.subarray(0, writer.length), reader.start);
	reader.open(reader.start, reader.rawU32(reader.start) - 4);
	writer.drop(writer.length);
}

/** Puts a payload before the reader. */
function place(reader: Reader, id: number, payload: readonly number[]): void {
	const header = [payload.length + 4, 0, 0, 0, 0, 0, 0, 0, id & 0xff, id >> 8, 0, 0];
	reader.octets.fill(0xaa, reader.start, reader.limit);
	reader.octets.set([...header, ...payload], reader.start);
	reader.open(reader.start, payload.length);
}

describe("sccp buffers", () => {
	it("writes what it reads, older and newer form", () => {
		const reader = new Reader(64);
		const writer = new Writer();
		for (const version of [3, 17]) {
			writer.version = version;
			const to = writer.begin(OpenReceiveChannelAck);
			writer.u32(to.mediaReceptionStatus, 0);
			writer.address(to.ipAddr, 0x7f000001);
			writer.u32(to.portNumber, 20480);
			writer.u32(to.passThroughPartyId, 0xfffffffe);
			writer.u32(to.callReference, 7);
			assert.isTrue(writer.end());
			assert.equal(writer.length, version === 3 ? 32 : 48);
			hand(writer, reader);
			const at = OpenReceiveChannelAck.layout(version, reader.length);
			assert.equal(reader.id, OpenReceiveChannelAck.id);
			assert.equal(reader.address(at.ipAddr), 0x7f000001);
			assert.equal(reader.u32(at.portNumber), 20480);
			assert.equal(reader.u32(at.passThroughPartyId), 0xfffffffe);
			assert.equal(reader.u32(at.callReference), 7);
		}
	});

	it("reads nothing beyond what was received", () => {
		const reader = new Reader(19);
		const slot = reader.text(16);
		place(reader, CallStateMessage.id, [4, 0, 0, 0, 1, 0, 0, 0, 65, 0, 0, 0]);
		const at = CallStateMessage.layout(3);
		assert.equal(reader.u32(at.callState), 4);
		assert.equal(reader.u32(at.callReference), 65);
		assert.equal(reader.u32(at.privacy), 0);
		assert.isFalse(reader.has(at.privacy, 4));
		reader.copyText(12, 8, slot);
		assert.equal(slot.toString(), "");
		reader.copyText(8, 8, slot);
		assert.equal(slot.toString(), "A");
		assert.equal(reader.u32(StopTone.layout(17, 8).tone), 0);
	});

	it("steps through a run of texts and stops at its end", () => {
		const reader = new Reader(64);
		const slots = [reader.text(16), reader.text(4), reader.text(16)] as const;
		const run = [0x31, 0x30, 0, 0, 0x41, 0x42, 0x43, 0x44, 0x45, 0, 0x7a];
		place(reader, CallInfoV2.id, [...new Array(32).fill(0), ...run]);
		const form = CallInfoV2.form(22);
		assert.equal(form.texts.length, 15);
		assert.equal(CallInfoV2.form(11).texts.length, 12);
		reader.startTexts(form.at.texts);
		reader.nextText(slots[0]);
		reader.skipTexts(1);
		reader.nextText(slots[1]);
		reader.nextText(slots[2]);
		assert.deepEqual(slots.map(String), ["10", "ABCD", "z"]);
		reader.nextText(slots[2]);
		assert.isTrue(slots[2].empty);
	});

	it("decodes UTF-8, and leaves dictionary codes and broken sequences as single octets", () => {
		const reader = new Reader(64);
		const slot = reader.text(32);
		place(reader, 0x99, [0x80, 0x13, 0x20, 0xc3, 0xbc, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x93, 0x9e, 0xc3, 0x28, 0, 0xff]);
		reader.copyText(0, 32, slot);
		assert.equal(slot.toString(), "\u0080\u0013 ü€📞Ã(");
		const revision = slot.revision;
		slot.clear();
		assert.equal(slot.toString(), "");
		assert.isAbove(slot.revision, revision);
	});

	const u32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 255);
	const fieldOf = (text: string, size: number): number[] =>
		Array.from({ length: size }, (_, i) => text.charCodeAt(i) || 0);

	it("tells fields of 25 octets that are packed from those that are aligned", () => {
		const reader = new Reader(64);
		const slot = reader.text(32);
		const number = "+49301234567890123456789";
		for (const [version, size, alignment, padding] of [
			[3, 24, 0, 0],
			[17, 24, 0, 0],
			[17, 24, 0, 4],
			[18, 25, 0, 0],
			[19, 25, 0, 3],
			[22, 25, 0, 3],
			[19, 25, 3, 0],
			[22, 25, 3, 0],
			// an older form at a newer version
			[22, 24, 0, 0],
		] as const) {
			for (const [line, call] of [
				[1, 7],
				[2, 0xfffffffe],
				[42, 0x01000000],
				[255, 0x00ff00ff],
			] as const) {
				const what = `version ${version}, ${size} + ${alignment} octets, line ${line}, call ${call}`;
				reader.version = version;
				place(reader, DialedNumber.id, [
					...fieldOf(number.slice(0, size - 1), size + alignment),
					...u32(line),
					...u32(call),
					...new Array<number>(padding).fill(0),
				]);
				const { at, kinds } = DialedNumber.formOf(reader);
				reader.copyText(at.dialedNumber, (kinds.dialedNumber as number) - Kind.text, slot);
				assert.equal(slot.toString(), number.slice(0, size - 1), what);
				assert.equal(reader.u32(at.lineInstance), line, what);
				assert.equal(reader.u32(at.callReference), call, what);
			}
			const numbers = ["1001", "", number.slice(0, size - 1)];
			reader.version = version;
			place(reader, ForwardStatRes.id, [
				...u32(1),
				...u32(3),
				...numbers.flatMap((text, i) => [...u32(i + 1), ...fieldOf(text, size + alignment)]),
				...new Array<number>(padding === 0 || size === 24 ? 0 : 1).fill(0),
			]);
			const { at, kinds } = ForwardStatRes.formOf(reader);
			const active = [at.forwardAllActive, at.forwardBusyActive, at.forwardNoAnswerActive];
			assert.deepEqual(
				active.map((offset) => reader.u32(offset)),
				[1, 2, 3],
				`version ${version}, ${reader.length} octets`,
			);
			const places = [at.forwardAllDirnum, at.forwardBusyDirnum, at.forwardNoAnswerlDirnum];
			const read = places.map((offset) => {
				reader.copyText(offset, (kinds.forwardAllDirnum as number) - Kind.text, slot);
				return slot.toString();
			});
			assert.deepEqual(read, numbers);
		}
	});

	/** The string that octets in a field of a size become. */
	function shown(octets: readonly number[], size = 32, capacity = 32): string {
		const reader = new Reader(capacity + 3);
		const slot = reader.text(capacity);
		place(reader, 0x99, [...octets, ...new Array<number>(Math.max(size - octets.length, 0)).fill(0)]);
		reader.copyText(0, size, slot);
		assert.equal(slot.empty, slot.toString() === "");
		return slot.toString();
	}

	it("drops the rest of a character that a field, a slot or a server has cut", () => {
		const euro = [0xe2, 0x82, 0xac];
		const word = [0xd0, 0x9f, 0xd1, 0x80];
		for (const cut of [1, 2]) {
			assert.equal(shown([0x41, 0x42, ...euro.slice(0, cut)], 2 + cut), "AB");
			assert.equal(shown([0x41, 0x42, ...euro.slice(0, cut)], 3 + cut), "AB", "a NUL behind it");
			assert.equal(shown([...word, ...euro.slice(0, cut)]), "Пр", "amid other characters of UTF-8");
			assert.equal(shown([0x41, ...euro, 0x42], 32, 1 + cut), "A", "by the slot");
		}
		assert.equal(shown([0x41, 0xe2, 0x82]), "A", "two octets are no letter of ISO 8859-1");
		assert.equal(shown([0x41, ...euro], 4), "A€");
		assert.equal(shown([0xf0, 0x9f, 0x93], 3), "");
		assert.equal(shown([0x4a, 0x6f, 0x73, 0xe9]), "José", "ISO 8859-1");
		assert.equal(shown([0x4a, 0xe9, 0x20, 0x4a]), "Jé J", "ISO 8859-1");
	});

	it("takes a text without anything to show for none", () => {
		for (const nothing of [
			[5],
			[0x20],
			[0x20, 9, 7, 0x7f],
			[0x81, 0x9b],
			[0xc2, 0x9b],
			[0x80],
			[0x1e],
			// a mark of order, one of direction, blanks that no line is broken at, a character that is cut
			[0xef, 0xbb, 0xbf],
			[0xd8, 0x9c, 0xe2, 0x80, 0xae],
			[0xa0, 0xc2, 0xa0, 0x20],
			[0x20, 0xe2, 0x82],
		]) {
			assert.equal(shown(nothing), "", `${nothing}`);
		}
		// these look like such marks, and are letters of ISO 8859-1
		assert.equal(shown([0xe2, 0x40, 0x6a]), "â@j");
		assert.equal(shown([0xd8, 0x41]), "ØA");
		assert.equal(shown([0xe0, 0x9f, 0xbf]), "à¿");
		const reader = new Reader(64);
		const slot = reader.text(32);
		place(reader, 0x99, [0x41, 0, 5, 0]);
		reader.startTexts(0);
		reader.nextText(slot);
		assert.equal(slot.toString(), "A");
		reader.nextText(slot);
		assert.isTrue(slot.empty);
		assert.equal(slot.length, 0);
	});

	it("lets no control character through but in references to the dictionary", () => {
		assert.equal(shown([0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x41, 7, 8]), "[31mA");
		assert.equal(shown([0x41, 0x0a, 0x42, 0x0d, 0x09, 0x43]), "A B  C");
		assert.equal(shown([0x41, 0x9b, 0x42, 0xc2, 0x9b, 0x43, 0x7f]), "ABC");
		assert.equal(shown([0x41, 0xe2, 0x80, 0xae, 0x42, 0xef, 0xbb, 0xbf, 0x43]), "ABC");
		assert.equal(shown([0x80, 0x1b, 0x41, 0x1e, 7, 0x80]), "\u0080\u001bA\u001e\u0007");
		for (let octet = 1; octet < 256; octet += 1) {
			for (const before of [[], [0x41], [0xc2], [0xe2, 0x80]]) {
				const codes = Array.from(shown([...before, octet, 0x42]), (character) => character.charCodeAt(0));
				const lead = codes.findIndex((code) => code === 0x80 || code === 0x1e);
				if (lead >= 0) codes.splice(lead, 2);
				assert.isFalse(
					codes.some((code) => code < 0x20 || (code >= 0x7f && code < 0xa0)),
					`${before} ${octet}`,
				);
			}
		}
		assert.equal(plainLine("a\u001b[2Jb\nc\u009b"), "a?[2Jb?c?");
		assert.equal(plainLine("né €"), "né €");
		assert.equal(plainLine("\u061ca\u200fb"), "?a?b");
	});

	it("cuts a text at a whole character and keeps a NUL", () => {
		const writer = new Writer();
		writer.begin(KeypadButton);
		writer.text(0, 4, "aé€");
		writer.end();
		assert.deepEqual([...writer.octets.subarray(12, 17)], [0x61, 0xc3, 0xa9, 0, 0]);
		writer.begin(KeypadButton);
		writer.text(0, 12, "aé€📞é");
		writer.end();
		assert.equal(decode(writer.octets, 12 + 12 + 12, 12), "aé€📞");
	});

	it("refuses a message that does not fit and leaves what waits untouched", () => {
		const writer = new Writer();
		let waiting = 0;
		for (;;) {
			writer.begin(KeypadButton, 200);
			writer.u32(0, 5);
			if (!writer.end()) break;
			waiting += 1;
		}
		assert.equal(waiting, Math.floor(writer.octets.length / 224));
		assert.equal(writer.length, waiting * 224);
		writer.drop(224);
		assert.equal(writer.length, (waiting - 1) * 224);
		assert.equal(writer.rawU32(8), KeypadButton.id);
	});

	it("hands out the pool once", () => {
		const reader = new Reader(24);
		reader.text(16);
		assert.throws(() => reader.text(8), /text pool: 8 octets asked for, 2 left/);
	});
});
