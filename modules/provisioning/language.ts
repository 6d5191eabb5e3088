/*
 * The language in which the phone speaks: its own words by the locale, and the phrases of that locale's dictionary, which is fetched under
 * the names that a 7960 asks for. Both are there from the start on: the locale is a record, the dictionary lies in flash. It is
 * fetched again for another locale or another version of it, and after a reset by the call agent; until a new one has come whole, the
 * one before it of the same locale holds. Without one phrases are English, and so is all of a language whose letters the display lacks.
 */
import { languageOf } from "base/languages";
import { type CommonPhrases, noPhrases } from "base/phrases";
import { english, Word, type Words } from "base/words";
import type { Flash } from "hal/hardware";
import { Limits } from "limits";
import { XmlDocument } from "provisioning/document";
import { Errand } from "provisioning/errands";
import { Phrases, type PhraseWriter } from "provisioning/phrases";
import type { Store } from "settings/store";
import type { XmlReader } from "xml/reader";

/** Files of a locale's folder: first the one that can hold any language. */
const files: readonly string[] = Object.freeze(["SCCP-dictionary.utf-8.xml", "SCCP-dictionary.xml"]);
/** Record of the locale: its name, its code, and {@link again} where its dictionary is to be fetched whether it is there or not. */
const key = "locale";
const again = "again";

export interface LanguageHost {
	/** A reader that nobody else needs while a file is fetched. */
	openXml(): XmlReader;
	/** Another language is spoken. */
	spoken(): void;
	/** Something that the user should know. */
	notice(text: string): void;
	log(line: string): void;
}

/** A locale as a configuration names it: userLocale's name (the folder on the server), langCode and version. */
export interface Locale {
	readonly userLocale: string;
	readonly langCode: string;
	readonly userLocaleVersion: string;
}

export class Language extends Errand {
	/** The phone's own words, and the phrases that it has by itself. */
	words: Words = english;
	common: CommonPhrases = noPhrases;
	private readonly dictionary: Phrases;
	private readonly host: LanguageHost;
	private readonly store: Store;
	private readonly draws: (code: number) => boolean;
	private xml: XmlReader | undefined = undefined;
	private document: XmlDocument | undefined = undefined;
	private coming: PhraseWriter | undefined = undefined;
	private fileName = "";
	/** The locale, '' for English, and its version. */
	locale = "";
	private version = "";
	/** Whether ISO 8859-1 has all letters of the language. */
	private isLatin1 = false;
	/** The dictionary is to be fetched though it is there. */
	private stale = false;
	/** The dictionary that the display has not the letters for, as {@link Phrases} would name it. */
	private strange = "";

	/** @param draws whether the display has a letter, by its code point. */
	constructor(host: LanguageHost, store: Store, flash: Flash, draws: (code: number) => boolean) {
		super();
		this.host = host;
		this.store = store;
		this.draws = draws;
		this.dictionary = new Phrases(flash);
	}

	/** The phrases of the locale, undefined for English. */
	get phrases(): Phrases | undefined {
		const { locale } = this;
		return locale !== "" && this.dictionary.name.startsWith(`${locale} `) ? this.dictionary : undefined;
	}

	/** Speaks as it did before the phone was started, so that it is the user's language that tells of the way to a server. */
	recall(): void {
		const [locale = "", code = "", stale = ""] = (this.store.read(key) ?? "").split("\n");
		this.stale = stale === again;
		this.become(locale, code);
		if (this.locale !== "") this.dictionary.open();
		this.host.spoken();
	}

	/** Speaks the language of a locale: own words at once, phrases when its dictionary has come. */
	speak({ userLocale, langCode, userLocaleVersion }: Locale): void {
		const { phrases, words } = this;
		if (userLocale !== this.locale) this.stale = false;
		this.version = userLocaleVersion;
		this.become(userLocale, langCode);
		this.keep(userLocale, langCode);
		if (this.locale !== "" && this.dictionary.name === "") this.dictionary.open();
		if (words !== this.words || phrases !== this.phrases) this.host.spoken();
	}

	/** The dictionary is fetched again after the next start, since the server may have another one. */
	renew(): void {
		if (this.phrases === undefined) return;
		const [locale = "", code = ""] = (this.store.read(key) ?? "").split("\n");
		this.stale = true;
		this.keep(locale, code);
	}

	/** Adds what the status page says of it. */
	status(lines: string[]): void {
		if (this.locale === "") return;
		const lacks = this.strange === this.wanted ? `: ${Word.noLetters}` : "";
		lines.push(`${Word.language} ${this.locale}${lacks}`);
	}

	get limit(): number {
		return Limits.localeFile;
	}

	file(index: number): string {
		const name = files[index];
		const { locale, wanted } = this;
		if (name === undefined || locale === "" || wanted === this.strange) return "";
		return wanted === this.dictionary.name && !this.stale ? "" : `${locale}/${name}`;
	}

	begin(file: string): void {
		this.fileName = file;
		this.coming = this.dictionary.write(this.draws);
		this.xml = this.host.openXml();
		this.document = new XmlDocument(this.xml, this.coming);
	}

	data(octets: Uint8Array): boolean {
		return this.document?.data(octets) ?? false;
	}

	end(): string {
		const { coming, fileName, isLatin1, locale, wanted } = this;
		const problem = this.document?.end() ?? "it is empty";
		if (problem !== "" || coming === undefined) return problem;
		if (this.xml?.isSingleOctets && !isLatin1)
			return "ISO-8859-1, as the file calls its encoding, has not the letters of this language";
		const { count, left, strange } = coming;
		if (count + left + strange === 0) return "no phrase is in it that this phone shows";
		if (strange > count) {
			this.host.log(
				`${fileName}: ${strange} of ${count + strange + left} phrases have letters that this display lacks`,
			);
			this.strange = wanted;
			this.host.notice(`${locale}: ${Word.noLetters}`);
			return "";
		}
		const unwritten = coming.finish(wanted);
		if (unwritten !== "") return unwritten;
		this.dictionary.open();
		if (this.dictionary.name !== wanted) return "it could not be read back from flash";
		const english = left + strange;
		this.host.log(`${fileName}: read, ${count} phrases${english === 0 ? "" : `; ${english} stay English`}`);
		if (this.stale) {
			this.stale = false;
			const [name = "", code = ""] = (this.store.read(key) ?? "").split("\n");
			this.keep(name, code);
		}
		this.host.spoken();
		return "";
	}

	missed(): void {}

	release(): void {
		this.xml = undefined;
		this.document = undefined;
		this.coming = undefined;
	}

	/** What the dictionary of the locale would be called in flash. */
	private get wanted(): string {
		return `${this.locale} ${this.version}`;
	}

	/** Turns to a locale. */
	private become(locale: string, code: string): void {
		const language = languageOf(locale, code);
		this.locale = language?.words === english ? "" : locale;
		this.isLatin1 = language?.isLatin1 === true;
		const drawable = language !== undefined && this.drawable(language.words);
		this.words = drawable ? language.words : english;
		this.common = drawable ? language.phrases : noPhrases;
	}

	/** Keeps the locale across starts. */
	private keep(locale: string, code: string): void {
		const text = `${locale}\n${code}${this.stale ? `\n${again}` : ""}`;
		if (text !== (this.store.read(key) ?? "\n")) this.store.write(key, text);
	}

	/** Whether the display has all letters of a language. */
	private drawable(words: Words): boolean {
		for (const word of words) for (const letter of word) if (!this.draws(letter.codePointAt(0) as number)) return false;
		return true;
	}
}
