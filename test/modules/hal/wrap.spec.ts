// Where lines of a page of text end.
import { assert } from "chai";
import { nextLine, usualRoom, usualWidth, wrap } from "hal/wrap";

/** Units of UTF-16, in XS as elsewhere. */
function units(text: string): number {
	let count = 0;
	for (const character of text) count += (character.codePointAt(0) as number) > 0xffff ? 2 : 1;
	return count;
}

/** All lines of a text where each unit takes one of `room`. */
function lines(text: string, room: number): string[] {
	const result: string[] = [];
	for (let from = 0; from < text.length; ) {
		const end = wrap(text, from, units, room);
		result.push(text.slice(from, end));
		from = nextLine(text, end);
	}
	return result;
}

describe("lines of a text", () => {
	it("end between words, and blanks that follow belong to none", () => {
		assert.deepEqual(lines("the phone is a mirror", 9), ["the phone", "is a", "mirror"]);
		assert.deepEqual(lines("the phone   is", 9), ["the phone", "is"]);
		assert.deepEqual(lines("one", 9), ["one"]);
		assert.deepEqual(lines("one   ", 3), ["one   "]);
		assert.deepEqual(lines("  one two", 5), ["  one", "two"]);
	});

	it("end at line feeds, of which two leave a line empty", () => {
		assert.deepEqual(lines("one two\nthree", 9), ["one two", "three"]);
		assert.deepEqual(lines("one\n\ntwo", 9), ["one", "", "two"]);
		assert.deepEqual(lines("one \ntwo", 3), ["one ", "two"]);
		assert.deepEqual(lines("one\n", 9), ["one"]);
	});

	it("end within a word that is longer, in no half of a character, and each has at least one", () => {
		assert.deepEqual(lines("telephone a", 4), ["tele", "phon", "e a"]);
		assert.deepEqual(lines("a telephone", 4), ["a", "tele", "phon", "e"]);
		assert.deepEqual(lines("\u{1f600}\u{1f600}\u{1f600}", 4), ["\u{1f600}\u{1f600}", "\u{1f600}"]);
		assert.deepEqual(lines("\u{1f600}ab", 1), ["\u{1f600}", "a", "b"]);
		assert.deepEqual(lines("abc", 0), ["a", "b", "c"]);
	});

	it("lose nothing of a text but blanks and line feeds, whatever it is", () => {
		let seed = 7;
		const below = (limit: number): number => {
			seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
			return Math.floor((seed / 4294967296) * limit);
		};
		for (let round = 0; round < 300; round += 1) {
			let text = "";
			for (let length = below(60); length > 0; length -= 1) text += "ab \n\u{1f600}".charAt(below(6)) || "c";
			const room = 1 + below(12);
			const bare = (part: string): string => part.replaceAll(/[ \n]/g, "");
			const all = lines(text, room);
			assert.equal(bare(all.join("")), bare(text));
			for (const line of all) assert.isTrue(units(line.trimEnd()) <= Math.max(room, 2), JSON.stringify([text, line]));
		}
	});

	it("are those of a board where nothing can measure", () => {
		assert.equal(usualWidth("Iii"), 10);
		assert.isAtMost(usualWidth("The phone is a mirror of what its call agent said"), usualRoom);
		assert.equal(usualWidth("\u0416"), 9);
	});
});
