/*
 * Makes a text such that a display can draw it letter by letter: each character is one that the fonts have, or the sign for what is
 * missing, so that nothing is left out unseen and each place of the string is one glyph. Letters that come with their accents apart are
 * composed (Unicode's canonical composition; the engine has no String.normalize), accents that no letter is made with stay and are drawn
 * over what they follow.
 */
import { compose, sameAs } from "hal/display/compositions";
import { hasLetter, missing } from "hal/letters";

/** By this a text is read without garbage: `text.charCodeAt` makes an object of it in XS each time. */
const codeAt = String.prototype.charCodeAt;

/** Joins pictures of people and things to one. */
const joiner = 0x200d;

/**
 * `text` as it can be drawn. A text of plain letters comes back as it is, without garbage; what cannot be seen (control characters,
 * marks of direction, variants) is left out.
 */
export function legible(text: string): string {
	for (let i = 0; ; i += 1) {
		// NaN behind the end
		const code: number = codeAt.call(text, i);
		if (code >= 0x20 && code < 0x7f) continue;
		if (Number.isNaN(code)) return text;
		if (isMark(code) || !hasLetter(code)) return written(text, i);
	}
}

/** {@link legible} for a text that is plain as far as `from`. */
function written(text: string, from: number): string {
	// the letter that a mark may follow is looked at again
	let at = from > 0 ? from - 1 : 0;
	let result = text.slice(0, at);
	/** The letter before, which waits for its marks; -1 for none. */
	let letter = -1;
	/** Marks that it could not be composed with. */
	let marks = "";
	let joined = false;
	const { length } = text;
	while (at < length) {
		let code = text.charCodeAt(at);
		at += 1;
		if (code >= 0xd800 && code < 0xdc00 && at < length) {
			const low = text.charCodeAt(at);
			if (low >= 0xdc00 && low < 0xe000) {
				code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
				at += 1;
			}
		}
		if (isMark(code)) {
			const composed = letter < 0 ? -1 : compose(letter, code);
			if (composed >= 0) letter = composed;
			else if (hasLetter(code)) marks += String.fromCharCode(code);
			continue;
		}
		if (code === joiner) {
			joined = letter >= 0 && !hasLetter(letter);
			continue;
		}
		if (isUnseen(code)) continue;
		// one picture of several: a family, a skin's colour
		const skin = code >= 0x1f3fb && code <= 0x1f3ff && letter >= 0 && !hasLetter(letter);
		const part = skin || (joined && !hasLetter(code));
		joined = false;
		if (part) continue;
		result += glyph(letter) + marks;
		marks = "";
		letter = sameAs(code);
	}
	return result + glyph(letter) + marks;
}

/** A letter, or the sign for one that is missing; '' for -1. */
function glyph(letter: number): string {
	return letter < 0 ? "" : String.fromCharCode(hasLetter(letter) ? letter : missing);
}

/** Marks over and under letters, for all scripts and for symbols. */
function isMark(code: number): boolean {
	return (
		(code >= 0x300 && code <= 0x36f) ||
		(code >= 0x483 && code <= 0x489) ||
		(code >= 0x1ab0 && code <= 0x1aff) ||
		(code >= 0x1dc0 && code <= 0x1dff) ||
		(code >= 0x20d0 && code <= 0x20ff) ||
		(code >= 0xfe20 && code <= 0xfe2f)
	);
}

/** What a reader sees nothing of: control characters, soft hyphen, direction and width of nothing, variants, byte order mark. */
function isUnseen(code: number): boolean {
	return (
		code < 0x20 ||
		(code >= 0x7f && code <= 0x9f) ||
		code === 0xad ||
		code === 0x61c ||
		(code >= 0x200b && code <= 0x200f) ||
		(code >= 0x2028 && code <= 0x202e) ||
		(code >= 0x2060 && code <= 0x206f) ||
		(code >= 0xfe00 && code <= 0xfe0f) ||
		code === 0xfeff ||
		(code >= 0xfff9 && code <= 0xfffb) ||
		(code >= 0xe0000 && code <= 0xe0fff)
	);
}
