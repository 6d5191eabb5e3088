/*
 * The language in which the phone speaks: its own words by the locale, from the start on, and the phrases of that locale's dictionary,
 * which is fetched under the names that a 7960 asks for. Without one phrases are English.
 */
import { languageOf } from "base/languages";
import { english as englishWords, type Words } from "base/words";
import { Limits } from "limits";
import { XmlDocument } from "provisioning/document";
import { Errand } from "provisioning/errands";
import { Phrases } from "provisioning/phrases";
import type { Store } from "settings/store";
import type { XmlReader } from "xml/reader";

/** Files of a locale's folder: first the one that can hold any language. */
const files: readonly string[] = Object.freeze(["SCCP-dictionary.utf-8.xml", "SCCP-dictionary.xml"]);
const english = "English_";
/** Record of the locale: its name, and its code. */
const key = "locale";

export interface LanguageHost {
	/** A reader that nobody else needs while a file is fetched. */
	openXml(): XmlReader;
	/** Another language is spoken. */
	spoken(): void;
	log(line: string): void;
}

export class Language extends Errand {
	/** The phrases of the locale, undefined for English. */
	phrases: Phrases | undefined = undefined;
	/** The phone's own words. */
	words: Words = englishWords;

	private readonly host: LanguageHost;
	private readonly store: Store;
	private readonly draws: (code: number) => boolean;
	private document: XmlDocument | undefined = undefined;
	private coming: Phrases | undefined = undefined;
	private name = "";
	/** Locale of `phrases`, and the one that is wanted: userLocale's name, '' for English. */
	private spoken = "";
	private locale = "";

	/** @param draws whether the display has a letter, by its code point. */
	constructor(host: LanguageHost, store: Store, draws: (code: number) => boolean) {
		super();
		this.host = host;
		this.store = store;
		this.draws = draws;
	}

	/** Speaks as it did before the phone was started, so that it is the user's language that tells of the way to a server. */
	recall(): void {
		const [locale = "", code = ""] = (this.store.read(key) ?? "").split("\n");
		this.words = this.wordsOf(locale, code);
		this.host.spoken();
	}

	get limit(): number {
		return Limits.localeFile;
	}

	/** Speaks the language of a locale, userLocale's name and langCode: own words at once, phrases when its dictionary has come. */
	speak(locale: string, code: string): void {
		const text = `${locale}\n${code}`;
		if (text !== (this.store.read(key) ?? "\n")) this.store.write(key, text);
		const words = this.wordsOf(locale, code);
		if (words !== this.words) {
			this.words = words;
			this.host.spoken();
		}
		this.locale = locale.startsWith(english) ? "" : locale;
		if (this.locale === "") this.missed();
	}

	private wordsOf(locale: string, code: string): Words {
		const words = languageOf(locale, code)?.words;
		return words !== undefined && this.drawable(words) ? words : englishWords;
	}

	/** Whether the display has all letters of a language. */
	private drawable(words: Words): boolean {
		for (const word of words) for (const letter of word) if (!this.draws(letter.codePointAt(0) as number)) return false;
		return true;
	}

	file(index: number): string {
		const name = files[index];
		return name === undefined || this.locale === this.spoken ? "" : `${this.locale}/${name}`;
	}

	begin(file: string): void {
		this.name = file;
		this.coming = new Phrases();
		this.document = new XmlDocument(this.host.openXml(), this.coming);
	}

	data(octets: Uint8Array): boolean {
		return this.document?.data(octets) ?? false;
	}

	end(): string {
		const problem = this.document?.end() ?? "it is empty";
		if (problem !== "") return problem;
		const left = this.coming?.left ?? 0;
		this.host.log(`${this.name}: read${left === 0 ? "" : `, ${left} phrases too many stay English`}`);
		this.phrases = this.coming;
		this.spoken = this.locale;
		this.host.spoken();
		return "";
	}

	missed(): void {
		if (this.phrases === undefined) return;
		this.phrases = undefined;
		this.spoken = "";
		this.host.spoken();
	}

	release(): void {
		this.document = undefined;
		this.coming = undefined;
	}
}
