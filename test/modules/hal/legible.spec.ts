/*
 * Texts as a display can draw them, letter by letter: letters composed, the sign for what is missing, nothing unseen.
 */
import { assert } from "chai";
import { legible } from "hal/display/legible";
import { hasLetter } from "hal/letters";

const box = "\ufffd";

function composesTo(apart: string, whole: string): void {
	const result = legible(apart);
	assert.equal(result, whole, `${apart}: ${result}`);
}

describe("legible texts", () => {
	it("are what they are where all letters are there", () => {
		for (const text of [
			"",
			"1001",
			"From Zoë Müller (1002)",
			"Переадресация",
			"Προώθηση κλήσης",
			"Nguyễn Thị Ánh",
			"→ ✓ ★",
		]) {
			composesTo(text, text);
		}
	});

	it("have letters composed that come with their marks apart", () => {
		composesTo("Zoe\u0308 Mu\u0308ller", "Zoë Müller");
		composesTo("\u0041\u030angstro\u0308m", "Ångström");
		composesTo("Dvor\u030ca\u0301k", "Dvořák");
		composesTo("И\u0306од, е\u0308лка, Ки\u0456\u0308в", "Йод, ёлка, Київ");
		composesTo("Αθη\u0301να, Μαι\u0308ου, ι\u0308\u0301", "Αθήνα, Μαϊου, ΐ");
		composesTo("S\u0326tefan T\u0326epes\u0327", "Ștefan Țepeş");
		composesTo("Nguye\u0302\u0303n Thi\u0323 A\u0301nh, \u01a1\u0301, a\u0323\u0302", "Nguyễn Thị Ánh, ớ, ậ");
	});

	it("keep a mark that no letter is made with over what it follows, and leave out one without a glyph", () => {
		composesTo("Петро\u0301в", "Петро\u0301в");
		composesTo("a\u0302\u0323", "â\u0323");
		composesTo("q\u0301\u0308", "q\u0301\u0308");
		composesTo("a\u20dd\u0489b", "ab");
	});

	it("have one sign for each letter that is missing", () => {
		composesTo("Li 李明 (1002)", `Li ${box}${box} (1002)`);
		composesTo("אבג", box.repeat(3));
		composesTo("\ue000\ue0f0", box.repeat(2));
		composesTo("\u30c6\u30b9\u30c8", box.repeat(3));
	});

	it("have one sign for a picture, of however many parts", () => {
		composesTo("Anna \u{1f600}!", `Anna ${box}!`);
		composesTo("\u{1f600}\u{1f601}", box.repeat(2));
		composesTo("\u{1f44d}\u{1f3fd}", box);
		composesTo("\u{1f468}\u200d\u{1f469}\u200d\u{1f467} Smith", `${box} Smith`);
		composesTo("\u2764\ufe0f", box);
		composesTo("\u{20000}x", `${box}x`);
	});

	it("have a sign for half of a pair", () => {
		composesTo("a\ud83d", `a${box}`);
		composesTo("\ud83db", `${box}b`);
		composesTo("\ude00c", `${box}c`);
	});

	it("have nothing of control characters, marks of direction and what has no width", () => {
		composesTo("Ali\u202ece\u200b (\u20661002\u2069)\u200e", "Alice (1002)");
		composesTo("\ufeffa\u0000b\u001bc\u007fd\u0085e\u00adf", "abcdef");
		composesTo("\u0000", "");
		composesTo("ab\u0007\u0301", "ab\u0301");
	});

	it("have letters in use for those that look the same", () => {
		composesTo("\u0391\u03b8\u1f75\u03bd\u03b1", "Αθήνα");
		composesTo("\uff32\uff45\uff44\u3000\uff11\uff10", "Red 10");
		composesTo("5 \u212a, 1 \u212b, 3 \u2126", "5 K, 1 Å, 3 \u2126");
	});

	it("have a glyph in each place, whatever the text was", () => {
		let state = 1;
		const next = (limit: number): number => {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			return Math.floor((state / 4294967296) * limit);
		};
		for (let round = 0; round < 300; round += 1) {
			let text = "";
			for (let i = next(30); i >= 0; i -= 1) {
				const limit = [0x80, 0x600, 0x2800, 0x10000, 0x110000][next(5)] as number;
				text += String.fromCodePoint(next(limit));
			}
			const result = legible(text);
			for (let i = 0; i < result.length; i += 1) {
				assert.isTrue(
					hasLetter(result.charCodeAt(i)),
					`${result.charCodeAt(i).toString(16)} of ${JSON.stringify(text)}`,
				);
			}
			assert.equal(legible(result), result);
			assert.isAtMost(result.length, text.length);
		}
	});
});
