// Objects that services push: whole and in parts, larger than there is room for, cut and out of turn; each is answered once.

import type { DataHead } from "base/data-head";
import { utf8 } from "base/octets";
import { assert } from "chai";
import { Limits } from "limits";
import type { DataSink } from "phone/pushed";
import { sendUserData } from "phone/receive-data";
import { decode } from "xml/text";
import { build, Rig, type Sent } from "../support/rig.js";

const UserToDeviceData = 0x11e;
const UserToDeviceDataVersion1 = 0x13f;

/** Notes what it is handed; refuses an object that holds `refused`, or that does not end as it should. */
class Sink implements DataSink {
	readonly seen: string[] = [];
	text = "";
	answer = '<CiscoIPPhoneResponse><ResponseItem Status="0" Data="" URL=""/></CiscoIPPhoneResponse>';
	head: DataHead | undefined;

	begin(head: DataHead): boolean {
		const { application, line, reference, transaction } = head;
		this.text = "";
		this.head = { ...head };
		this.seen.push(`begin ${application} ${line} ${reference} ${transaction}`);
		return application !== 99;
	}
	take(octets: Uint8Array, from: number, to: number): boolean {
		for (let i = from; i < to; i += 1) this.text += String.fromCharCode(octets[i] as number);
		return !this.text.includes("refused");
	}
	end(): string {
		this.seen.push(this.text.length > 100 ? `end ${this.text.length}` : `end ${this.text}`);
		return this.text.replace(/[\s\0]+$/, "").endsWith(">") ? this.answer : "";
	}
	cancel(): void {
		this.seen.push("cancel");
	}
}

/** The data of the answers, and what of the head came back. */
function answers(rig: Rig): string[] {
	return rig.take().map(({ id, words, octets }) => {
		const version1 = id === 0x42;
		assert.include([0x2f, 0x42], id);
		const length = words[4] as number;
		const start = 12 + (version1 ? 40 : 20);
		assert.equal(octets.length, start + ((length + 3) & ~3));
		const text = String.fromCharCode(...octets.subarray(start, start + length));
		const head = version1 ? [...words.slice(0, 4), ...words.slice(5, 10)] : words.slice(0, 4);
		return `${head.join(" ")} ${/Status="0"/.test(text) ? "ok" : (/Number="(\d)"/.exec(text)?.[1] ?? text)}`;
	});
}

function rigWith(sink?: Sink): Rig {
	const rig = new Rig(20);
	rig.phone.pushed.sink = sink;
	rig.take();
	return rig;
}

const part = (flag: number, text: string, transaction = 4, length = text.length): Uint8Array =>
	build(UserToDeviceDataVersion1, 1, 2, 3, transaction, length, flag, 5, 6, 7, 8, [text, text.length]);

describe("pushed objects", () => {
	it("come whole, and are answered in the same form", () => {
		const sink = new Sink();
		const rig = rigWith(sink);
		rig.receive(build(UserToDeviceData, 1, 2, 3, 4, 6, ["<some>garbage", 13]));
		assert.deepEqual(answers(rig), ["1 2 3 4 ok"]);
		rig.receive(part(2, "<more>"));
		assert.deepEqual(answers(rig), ["1 2 3 4 2 5 6 7 8 ok"]);
		rig.receive(part(2, "no object"));
		assert.deepEqual(answers(rig), ["1 2 3 4 2 5 6 7 8 1"]);
		assert.deepEqual(sink.seen, [
			"begin 1 2 3 4",
			"end <some>",
			"begin 1 2 3 4",
			"end <more>",
			"begin 1 2 3 4",
			"end no object",
		]);
	});

	it("come in parts, in their order, and are answered when they are whole", () => {
		const sink = new Sink();
		const rig = rigWith(sink);
		const text = `<${"x".repeat(4500)}>`;
		rig.receive(part(0, text.slice(0, 2000)), part(1, text.slice(2000, 4000)));
		assert.deepEqual(answers(rig), []);
		rig.receive(part(2, text.slice(4000)));
		assert.deepEqual(answers(rig), ["1 2 3 4 2 5 6 7 8 ok"]);
		assert.deepEqual(sink.seen, ["begin 1 2 3 4", `end ${text.length}`]);
		assert.equal(sink.text, text);
	});

	it("are whole as a first part that ends what it begins, and nothing else is", () => {
		const sink = new Sink();
		const rig = rigWith(sink);
		for (const text of ["<a>b</a>", "<a x='1'><a>c</a></a>\n\0\0", "<?xml version='1.0'?>\n<!-- b --><a>d</a>"]) {
			rig.receive(part(0, text));
			assert.deepEqual(answers(rig), ["1 2 3 4 2 5 6 7 8 ok"], text);
			assert.equal(sink.text, text);
		}
		for (const text of [
			"<a>b</b>",
			"<a><b></b>",
			"</a>",
			"<>b</>",
			"a>b</a>",
			"<a>b</a",
			"<a>b</aa>",
			"<aa>b</a>",
			"<",
			">",
			"",
			"\0",
		]) {
			rig.receive(part(0, text));
			assert.deepEqual(answers(rig), [], text);
		}
	});

	it("larger than there is room for, refused, or cut: none of it is kept, and the next is taken", () => {
		const sink = new Sink();
		const rig = rigWith(sink);
		const piece = "x".repeat(2000);
		rig.receive(part(0, piece));
		for (let size = 4000; size < 4 * Limits.pushedData; size += 2000) rig.receive(part(1, piece));
		assert.deepEqual(answers(rig), []);
		rig.receive(part(2, ">"));
		assert.deepEqual(answers(rig), ["1 2 3 4 2 5 6 7 8 3"]);
		assert.isAtMost(sink.text.length, Limits.pushedData);
		assert.deepEqual(sink.seen, ["begin 1 2 3 4", "cancel"]);
		rig.receive(part(0, "<refused"), part(2, ">"), part(2, "<cut>", 4, 6), part(2, "<cut>", 4, 0xffffffff));
		assert.deepEqual(
			answers(rig).map((text) => text.slice(-1)),
			["3", "1", "1"],
		);
		assert.equal(sink.seen.filter((line) => line === "cancel").length, 4);
		rig.receive(build(UserToDeviceData, 99, 2, 3, 4, 6, ["<some>", 8]), part(2, "<good>"));
		assert.deepEqual(
			answers(rig).map((text) => text.split(" ").pop()),
			["3", "ok"],
		);
	});

	it("out of turn: a part of none, of another, of no kind, and one that a new one takes the place of", () => {
		const sink = new Sink();
		const rig = rigWith(sink);
		rig.receive(part(1, "middle"), part(3, "?"));
		assert.deepEqual(
			answers(rig).map((text) => text.slice(-1)),
			["2", "2"],
		);
		rig.receive(part(0, "<a", 10), part(1, "of another", 11));
		assert.deepEqual(answers(rig), ["1 2 3 11 2 5 6 7 8 2"]);
		rig.receive(part(2, ">", 10));
		assert.deepEqual(answers(rig), ["1 2 3 10 2 5 6 7 8 ok"]);
		assert.equal(sink.text, "<a>");
		rig.receive(part(0, "<b", 12), part(0, "<c", 13), part(2, ">", 13));
		assert.deepEqual(answers(rig), ["1 2 3 13 2 5 6 7 8 ok"]);
		assert.equal(sink.text, "<c>");
		rig.receive(part(0, "<d", 14));
		rig.lose();
		assert.equal(sink.seen.at(-1), "cancel");
	});

	it("are refused where nobody shows them", () => {
		const rig = rigWith();
		rig.receive(build(UserToDeviceData, 1, 2, 3, 4, 6, ["<some>", 6]), part(0, "<a"), part(1, "b"), part(2, ">"));
		assert.deepEqual(answers(rig), ["1 2 3 4 3", "1 2 3 4 2 5 6 7 8 3"]);
	});

	it("tell the sink all that their message says, and the plain form no more than it has", () => {
		const sink = new Sink();
		const rig = rigWith(sink);
		const said = () => {
			const { version1, application, line, reference, transaction, priority, conference, instance, routing } =
				sink.head as DataHead;
			return [version1, application, line, reference, transaction, priority, conference, instance, routing];
		};
		rig.receive(part(2, "<a>"));
		assert.deepEqual(said(), [true, 1, 2, 3, 4, 5, 6, 7, 8]);
		// a later part does not change what the first one said
		rig.receive(part(0, "<b"), build(UserToDeviceDataVersion1, 1, 9, 9, 4, 1, 2, 9, 9, 9, 9, [">", 1]));
		assert.deepEqual(said(), [true, 1, 2, 3, 4, 5, 6, 7, 8]);
		rig.receive(build(UserToDeviceData, 9, 8, 7, 6, 3, ["<a>", 3]));
		assert.deepEqual(said(), [false, 9, 8, 7, 6, 0, 0, 0, 0]);
	});

	it("are answered with what the sink makes of them, in octets of UTF-8", () => {
		const sink = new Sink();
		sink.answer = '<CiscoIPPhoneResponse><ResponseItem Status="0" Data="Grüße 🙂" URL=""/></CiscoIPPhoneResponse>';
		const rig = rigWith(sink);
		rig.receive(part(2, "<a>"));
		const [{ words, octets }] = rig.take() as [Sent];
		const length = words[4] as number;
		// three characters of two, two and four octets
		assert.equal(length, utf8(sink.answer).length);
		assert.equal(octets.length, 12 + 40 + ((length + 3) & ~3));
		assert.equal(decode(octets, 52, 52 + length), sink.answer);
	});

	it("a user answers in the form in which an object came, with the object's numbers", () => {
		const rig = rigWith(new Sink());
		rig.receive(part(2, "<a>"));
		rig.take();
		const head = { ...(rig.phone.pushed as DataHead) };
		// nothing behind data of whole words: the crate sccp-protocol refuses it
		assert.isTrue(sendUserData(rig.phone, head, "KICK"));
		assert.equal(rig.take()[0]?.octets.length, 12 + 40 + 4);
		assert.isTrue(sendUserData(rig.phone, head, "KICK/7"));
		assert.isTrue(sendUserData(rig.phone, { ...head, version1: false, line: 0, reference: 0 }, "Grüße"));
		const seen = rig.take().map(({ id, words, octets }) => {
			const start = id === 0x41 ? 52 : 32;
			const text = decode(octets, start, start + (words[4] as number));
			return [id, ...words.slice(0, id === 0x41 ? 10 : 5), octets.length, text];
		});
		assert.deepEqual(seen, [
			[0x41, 1, 2, 3, 4, 6, 2, 5, 6, 7, 8, 60, "KICK/7"],
			[0x2e, 1, 0, 0, 4, 7, 40, "Grüße"],
		]);
	});

	it("a user's answer of more than a message takes, or without a registration, does not go out", () => {
		const rig = rigWith(new Sink());
		const head = { ...(rig.phone.pushed as DataHead) };
		assert.isTrue(sendUserData(rig.phone, head, "ü".repeat(1000)));
		assert.isFalse(sendUserData(rig.phone, head, "ü".repeat(1000).concat("x")));
		assert.lengthOf(rig.take(), 1);
		rig.lose();
		assert.isFalse(sendUserData(rig.phone, head, "x"));
	});
});
