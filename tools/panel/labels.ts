/*
 * What softkeys mean that the keyboard's keys act on: their labels in the languages that the phone speaks by itself, of its own words and
 * of the phrases that call agents use.
 */
import { languages } from "base/languages";
import { commonPhrase } from "base/phrases";
import { spoken, Word } from "base/words";

const words: readonly (readonly [meaning: string, word: string])[] = Object.freeze([
	["Exit", Word.exit],
	["Cancel", Word.cancel],
	["Dial", Word.dial],
	["more", Word.more],
] as const);
/** Numbers as in the files of locales. */
const phrases: readonly (readonly [meaning: string, number: number])[] = Object.freeze([
	["EndCall", 109],
	["Resume", 110],
	["Answer", 111],
	["Select", 178],
] as const);

/** English labels by those in other languages. */
export function labelMeanings(): Record<string, string> {
	const meanings: Record<string, string> = {};
	for (const language of languages) {
		for (const [meaning, number] of phrases) {
			const label = commonPhrase(language.phrases, number);
			if (label !== "") meanings[label] = meaning;
		}
		for (const [meaning, word] of words) meanings[spoken(word, language.words)] = meaning;
	}
	return meanings;
}
