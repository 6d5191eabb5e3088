/*
 * Which language a locale's name means: 'German_Germany' or 'i18n/german_germany' as configuration files name the folder of its
 * dictionary, 'de' or 'de_DE' as they name its code (ISO 639-1).
 */
import { english, type Words } from "base/words";
import { czech } from "base/words-czech";
import { danish } from "base/words-danish";
import { dutch } from "base/words-dutch";
import { finnish } from "base/words-finnish";
import { french } from "base/words-french";
import { german } from "base/words-german";
import { greek } from "base/words-greek";
import { italian } from "base/words-italian";
import { norwegian } from "base/words-norwegian";
import { polish } from "base/words-polish";
import { portuguese } from "base/words-portuguese";
import { russian } from "base/words-russian";
import { spanish } from "base/words-spanish";
import { swedish } from "base/words-swedish";

export interface Language {
	/** How the names of its locales begin, in small letters; and its codes, with spaces between. */
	readonly name: string;
	readonly codes: string;
	/** Whether ISO 8859-1 has all of its letters. */
	readonly isLatin1: boolean;
	readonly words: Words;
}

function language(name: string, codes: string, isLatin1: boolean, words: Words): Language {
	return Object.freeze({ name, codes, isLatin1, words });
}

/** The languages that the phone speaks by itself. */
export const languages: readonly Language[] = Object.freeze([
	language("english", "en", true, english),
	language("german", "de", true, german),
	language("french", "fr", true, french),
	language("spanish", "es", true, spanish),
	language("italian", "it", true, italian),
	language("portuguese", "pt", true, portuguese),
	language("dutch", "nl", true, dutch),
	language("polish", "pl", false, polish),
	language("swedish", "sv", true, swedish),
	language("danish", "da", true, danish),
	language("norwegian", "no nb nn", true, norwegian),
	language("finnish", "fi", true, finnish),
	language("czech", "cs", false, czech),
	language("russian", "ru", false, russian),
	language("greek", "el", false, greek),
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
