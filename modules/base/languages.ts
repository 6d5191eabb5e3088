/*
 * Which language a locale's name means: 'German_Germany' or 'i18n/german_germany' as configuration files name the folder of its
 * dictionary, 'de' or 'de_DE' as they name its code (ISO 639-1).
 */
import { type CommonPhrases, noPhrases } from "base/phrases";
import { english, type Words } from "base/words";
import { czech, czechPhrases } from "base/words-czech";
import { danish, danishPhrases } from "base/words-danish";
import { dutch, dutchPhrases } from "base/words-dutch";
import { finnish, finnishPhrases } from "base/words-finnish";
import { french, frenchPhrases } from "base/words-french";
import { german, germanPhrases } from "base/words-german";
import { greek, greekPhrases } from "base/words-greek";
import { italian, italianPhrases } from "base/words-italian";
import { norwegian, norwegianPhrases } from "base/words-norwegian";
import { polish, polishPhrases } from "base/words-polish";
import { portuguese, portuguesePhrases } from "base/words-portuguese";
import { russian, russianPhrases } from "base/words-russian";
import { spanish, spanishPhrases } from "base/words-spanish";
import { swedish, swedishPhrases } from "base/words-swedish";

export interface Language {
	/** How the names of its locales begin, in small letters; and its codes, with spaces between. */
	readonly name: string;
	readonly codes: string;
	/** Whether ISO 8859-1 has all of its letters. */
	readonly isLatin1: boolean;
	readonly words: Words;
	/** Of the dictionary, those that call agents use most; none for English. */
	readonly phrases: CommonPhrases;
}

function language(name: string, codes: string, isLatin1: boolean, words: Words, phrases: CommonPhrases): Language {
	return Object.freeze({ name, codes, isLatin1, words, phrases });
}

/** The languages that the phone speaks by itself. */
export const languages: readonly Language[] = Object.freeze([
	language("english", "en", true, english, noPhrases),
	language("german", "de", true, german, germanPhrases),
	language("french", "fr", true, french, frenchPhrases),
	language("spanish", "es", true, spanish, spanishPhrases),
	language("italian", "it", true, italian, italianPhrases),
	language("portuguese", "pt", true, portuguese, portuguesePhrases),
	language("dutch", "nl", true, dutch, dutchPhrases),
	language("polish", "pl", false, polish, polishPhrases),
	language("swedish", "sv", true, swedish, swedishPhrases),
	language("danish", "da", true, danish, danishPhrases),
	language("norwegian", "no nb nn", true, norwegian, norwegianPhrases),
	language("finnish", "fi", true, finnish, finnishPhrases),
	language("czech", "cs", false, czech, czechPhrases),
	language("russian", "ru", false, russian, russianPhrases),
	language("greek", "el", false, greek, greekPhrases),
]);

/** A code alone or with a country behind it, in small letters: its language's part, '' for anything else. */
function codeOf(text: string): string {
	return text.length === 2 || text.charAt(2) === "_" || text.charAt(2) === "-" ? text.slice(0, 2) : "";
}

/** The language of a locale by its name, or where that says nothing by its code; undefined for one that the phone does not speak. */
export function languageOf(locale: string, langCode: string): Language | undefined {
	const name = locale.slice(locale.lastIndexOf("/") + 1).toLowerCase();
	for (const one of languages) if (name === one.name || name.startsWith(`${one.name}_`)) return one;
	const code = codeOf(name) || codeOf(langCode.toLowerCase());
	if (code !== "") for (const one of languages) if (one.codes.includes(code)) return one;
	return undefined;
}
