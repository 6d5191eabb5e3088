// Reader, writer and texts over their fixed buffers.
import { assert } from "chai";
import { CallInfoV2, CallStateMessage, KeypadButton, OpenReceiveChannelAck, StopTone } from "sccp/messages";
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
		place(reader, CallStateMessage.id, [4, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0]);
		const at = CallStateMessage.layout(3);
		assert.equal(reader.u32(at.callState), 4);
		assert.equal(reader.u32(at.callReference), 9);
		assert.equal(reader.u32(at.privacy), 0);
		assert.isFalse(reader.has(at.privacy, 4));
		reader.copyText(12, 8, slot);
		assert.equal(slot.toString(), "");
		reader.copyText(8, 8, slot);
		assert.equal(slot.toString(), "\t");
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

	it("cuts a text at a whole character and keeps a NUL", () => {
		const writer = new Writer();
		writer.begin(KeypadButton);
		writer.text(0, 4, "aé€");
		writer.end();
		assert.deepEqual([...writer.octets.subarray(12, 17)], [0x61, 0xc3, 0xa9, 0, 0]);
		writer.begin(KeypadButton);
		writer.text(0, 12, "aé€📞é");
		writer.end();
		assert.equal(decode(writer.octets, 12 + 12 + 12, 12), "aé€📞\0\0");
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
