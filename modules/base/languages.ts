/*
 * Which language a locale's name means: 'German_Germany' or 'i18n/german_germany' as configuration files name the folder of its
 * dictionary, 'de' or 'de_DE' as they name its code (ISO 639-1).
 */
import { english, type Words } from "base/words";
import { german } from "base/words-german";

export interface Language {
	/** How the names of its locales begin, in small letters; and its code. */
	readonly name: string;
	readonly code: string;
	/** Whether ISO 8859-1 has all of its letters. */
	readonly isLatin1: boolean;
	readonly words: Words;
}

function language(name: string, code: string, isLatin1: boolean, words: Words): Language {
	return Object.freeze({ name, code, isLatin1, words });
}

/** The languages that the phone speaks by itself. */
export const languages: readonly Language[] = Object.freeze([
	language("english", "en", true, english),
	language("german", "de", true, german),
]);

/** The language of a locale by its name, or where that says nothing by its code; undefined for one that the phone does not speak. */
export function languageOf(locale: string, langCode: string): Language | undefined {
	const name = locale.slice(locale.lastIndexOf("/") + 1).toLowerCase();
	const code = langCode.slice(0, 2).toLowerCase();
	for (const one of languages) if (name === one.name || name.startsWith(`${one.name}_`)) return one;
	for (const one of languages)
		if (name === one.code || name.startsWith(`${one.code}_`) || code === one.code) return one;
	return undefined;
}
