/*
 * The whole way of letters: from messages of the call agent through the phone to glyphs on its display.
 */
import { assert } from "chai";
import { type Desk, deskDisplay } from "../../../tools/display/draw.js";
import type { Written } from "../../../tools/display/drawing/canvas.js";
import { build, Rig } from "../../modules/support/rig.js";

const CallInfo = 0x8f;
const CallInfoV2 = 0x14a;
const CallState = 0x111;
const ringIn = 4;

/** Octets of a text as `build` takes them, one character each. */
function utf8(text: string): string {
	return Buffer.from(text, "utf8").toString("latin1");
}

/** A phone of a version with a display, on which somebody calls: the texts that are drawn. */
function drawnFor(version: number, name: string): string[] {
	const desk = deskDisplay();
	const rig = new Rig(version, {
		before: ({ display }) => {
			display.show = (screen) => desk.display.show(screen);
		},
	});
	const info =
		version < 17
			? build(CallInfo, [name, 40], ["1002", 24], ["", 40], ["1001", 24], 1, 7, 1)
			: build(
					CallInfoV2,
					1,
					7,
					1,
					0,
					0,
					0,
					0,
					0,
					["1002", 0],
					["", 0],
					["1001", 0],
					...nothing(6),
					[name, 0],
					...nothing(5),
				);
	rig.receive(build(CallState, ringIn, 1, 7, 0, 0, 0), info);
	return textsOf(desk, () => {
		desk.display.forget();
		desk.display.show(rig.screen);
	});
}

function nothing(count: number): (readonly [string, number])[] {
	return new Array<readonly [string, number]>(count).fill(["", 0]);
}

function textsOf(desk: Desk, draw: () => void): string[] {
	const texts: Written[] = [];
	desk.canvas.onText = (written) => texts.push(written);
	draw();
	desk.canvas.onText = undefined;
	return texts.filter(({ font }) => font !== "linnet-icons" && font !== "linnet-pictures").map(({ text }) => text);
}

describe("letters from the wire", () => {
	for (const [version, name, drawn] of [
		[17, utf8("Фёдор Щёголев"), "From Фёдор Щёголев"],
		[17, utf8("Ναταλία Ψωμά"), "From Ναταλία Ψωμά"],
		[17, utf8("Łucja Źdźbło"), "From Łucja Źdźbło"],
		[17, utf8("Zoe\u0308 \u202eMu\u0308ller"), "From Zoë Müller"],
		[17, utf8("Anna \u{1f600}"), "From Anna \ufffd"],
		[17, utf8("李明"), "From \ufffd\ufffd"],
		// a server that sends its old encoding to a new phone, and UTF-8 to an old one
		[17, "Zo\xeb M\xfcller", "From Zoë Müller"],
		[17, "Se\xf1or \xff\xfe\xc3", "From Señor ÿþÃ"],
		[3, "Zo\xeb M\xfcller", "From Zoë Müller"],
		[3, utf8("Zoë Müller"), "From Zoë Müller"],
		[11, utf8("Жанна"), "From Жанна"],
		// a field that is full ends amid a character
		[3, `${utf8("і".repeat(19))}a\xd0`, `From ${"і".repeat(19)}a`],
	] as const) {
		it(`are drawn from version ${version}: ${drawn}`, () => {
			const texts = drawnFor(version, name);
			assert.include(texts.join(" "), drawn);
			assert.include(texts, "1002");
		});
	}

	it("are those of a name of 32 letters, in the call and in the list of calls", () => {
		const desk = deskDisplay();
		const rig = new Rig(17);
		const name = "Константинопольская Александра Ё";
		assert.lengthOf(name, 32);
		const texts = [["1002", 0], ["", 0], ["1001", 0], ...nothing(6), [utf8(`${name}жж`), 0], ...nothing(5)] as const;
		rig.receive(build(CallState, ringIn, 1, 7, 0, 0, 0), build(CallInfoV2, 1, 7, 1, 0, 0, 0, 0, 0, ...texts));
		assert.include(rig.screen.calls[0]?.title, `From ${name}`);
		const drawn = textsOf(desk, () => desk.display.show(rig.screen));
		assert.deepEqual(drawn, ["From", "Константинопольск…", "1002"]);
		rig.receive(build(CallState, 2, 1, 7, 0, 0, 0));
		rig.clock.advance(5000);
		rig.press("directories", "select");
		assert.include(rig.screen.overlay?.lines[0], name);
	});

	it("are softkeys in the language of the dictionary", () => {
		const desk = deskDisplay();
		const rig = new Rig(17);
		const russian: Record<number, string> = { 101: "Повтор", 102: "Новый вызов", 105: "Переадресация", 119: "Готово" };
		rig.ui.screen.dictionary.translations = { find: (number) => russian[number] ?? "" };
		rig.receive(
			build(0x108, 0, 3, 3, ["\x80\x01", 16], 1, ["\x80\x02", 16], 2, ["\x80\x05", 16], 5),
			build(0x109, 0, 1, 1, ["\x01\x02\x03", 48]),
			build(0x110, 0, 0, 0, 0xffffffff),
		);
		const texts = textsOf(desk, () => desk.display.show(rig.screen));
		for (const label of ["Повтор", "Новый", "вызов", "Переадрес…"]) assert.include(texts, label);
	});
});
