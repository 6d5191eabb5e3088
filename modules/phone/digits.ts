/*
 * What of a text can be dialled: lists, speed dials and people write numbers with what makes them readable, and names where a number is
 * missing.
 */
import { Word } from "base/words";

/** Keys of the dial pad in the order of their numbers, and `+`. */
const keys = "0123456789*#+";
/** What stands between digits: spaces and hyphens of several kinds, and marks of the direction of writing, which come along with copied numbers. */
const separators =
	"-.()[]/ \t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u2010\u2011\u2012\u2013\u200e\u200f\u202a\u202c\u202d\u2060\u2066\u2068\u2069";
/** Prefix of calls within a country, as people write it behind the country's code: it is not dialled after that. */
const trunk = "(0)";

/** The key for `+`, behind those of the dial pad in `Key`. */
export const plusKey = 12;

/** Number of the key that dials a character (0-9, `Key.star`, `Key.pound`, {@link plusKey}), -1 for none. */
export function keyOf(character: string): number {
	return character === "" ? -1 : keys.indexOf(character);
}

/** Character of a key. */
export function characterOf(key: number): string {
	return keys.charAt(key);
}

/** What is said of a text that {@link dialable} finds no number in. */
export function notNumber(text: string): string {
	return `${Word.notNumber} ${text}`;
}

/**
 * The digits of a text, without what separates them. Nothing is made up: a text with anything else in it (letters of a name, of an
 * address, or of a number that is a word) is none.
 * @returns '' when it cannot be dialled.
 */
export function dialable(text: string): string {
	let digits = "";
	for (let i = 0; i < text.length; i += 1) {
		if (digits.startsWith("+") && text.startsWith(trunk, i)) {
			i += trunk.length - 1;
			continue;
		}
		const character = text.charAt(i);
		if (keys.indexOf(character) >= 0) digits += character;
		else if (separators.indexOf(character) < 0) return "";
	}
	return digits;
}
