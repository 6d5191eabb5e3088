/*
 * Phrases of the dictionary that call agents use most, which the phone has by itself in the languages of its own words: where the server
 * has no dictionary of the user's language, softkeys and the commonest prompts are in it all the same.
 */

/** Their numbers in the files of locales: the second table from 1, the first one from 101. */
export const commonNumbers: readonly number[] = Object.freeze([
	101, 102, 103, 104, 105, 106, 107, 109, 110, 111, 113, 114, 115, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126,
	127, 128, 129, 130, 131, 132, 133, 136, 137, 145, 152, 154, 156, 157, 158, 162, 163, 165, 167, 178, 179, 180, 15, 34,
	35, 56, 57, 79,
]);

/** A language's, in that order. */
export type CommonPhrases = readonly string[];

/** Puts a translation into flash; there is one for each number. */
export function phrasesOf(translation: CommonPhrases): CommonPhrases {
	return Object.freeze(translation);
}

export const noPhrases: CommonPhrases = Object.freeze([]);

/** The phrase of a number in the file, '' when a language has none. */
export function commonPhrase(phrases: CommonPhrases, number: number): string {
	return phrases.length === 0 ? "" : (phrases[commonNumbers.indexOf(number)] ?? "");
}
