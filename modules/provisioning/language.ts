/*
 * The language in which the phone speaks: its own words by the locale, from the start on, and the phrases of that locale's dictionary,
 * which is fetched under the names that a 7960 asks for. Without one phrases are English.
 */
import { languageOf } from "base/languages";
import { english as englishWords, type Words } from "base/words";
import { Limits } from "limits";
import { type DocumentListener, XmlDocument } from "provisioning/document";
import type { Fetch } from "provisioning/fetch";
import { Phrases } from "provisioning/phrases";
import type { Store } from "settings/store";
import type { XmlReader } from "xml/reader";

/** Files of a locale's folder: first the one that can hold any language. */
const files: readonly string[] = Object.freeze(["SCCP-dictionary.utf-8.xml", "SCCP-dictionary.xml"]);
const english = "English_";
/** Record of the locale, its name and its code. */
const key = "locale";

export interface LanguageParts {
	readonly fetch: Fetch;
	/** Gives a reader that nobody else needs while a file is fetched. */
	readonly xml: () => XmlReader;
	readonly store: Store;
	/** Whether the display has a letter. */
	readonly draws: (code: number) => boolean;
	readonly log: (line: string) => void;
	/** Called when the language is as {@link Language.load} wanted it, as far as it can be. */
	readonly done: () => void;
}

export class Language implements DocumentListener {
	/** The phrases of the locale, undefined for English. */
	phrases: Phrases | undefined = undefined;
	/** The phone's own words. */
	words: Words = englishWords;

	private readonly fetch: Fetch;
	private readonly xml: () => XmlReader;
	private readonly store: Store;
	private readonly draws: (code: number) => boolean;
	private readonly log: (line: string) => void;
	private readonly done: () => void;
	private document: XmlDocument | undefined = undefined;
	private fetching: Phrases | undefined = undefined;
	/** Locale of `phrases`, and the one that is being fetched. */
	private locale = "";
	private wanted = "";
	private index = 0;

	constructor({ fetch, xml, store, draws, log, done }: LanguageParts) {
		this.fetch = fetch;
		this.xml = xml;
		this.store = store;
		this.draws = draws;
		this.log = log;
		this.done = done;
	}

	/** Speaks as it did before the phone was started: what comes before the network speaks the user's language, too. */
	recall(): void {
		const [locale = "", code = ""] = (this.store.read(key) ?? "").split("\n");
		this.words = this.wordsOf(locale, code);
	}

	/** A configuration names a locale: userLocale's name, and its langCode. */
	configure(locale: string, code: string): void {
		const text = `${locale}\n${code}`;
		if (text !== (this.store.read(key) ?? "\n")) this.store.write(key, text);
		this.words = this.wordsOf(locale, code);
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

	/** Whether the dictionary of a locale is on its way: no other file may be meanwhile. */
	fetches(locale: string): boolean {
		return this.document !== undefined && this.wanted === locale && this.fetch.busy;
	}

	/** Fetches the dictionary of a locale, userLocale's name, from the server in use; '' is English. */
	load(locale: string): void {
		this.wanted = locale;
		this.document = undefined;
		this.fetching = undefined;
		if (locale === this.locale) {
			this.done();
			return;
		}
		if (locale === "" || locale.startsWith(english)) {
			this.phrases = undefined;
			this.finish();
			return;
		}
		this.fetching = new Phrases();
		this.document = new XmlDocument(this.xml(), this.fetching, this);
		this.index = 0;
		this.get();
	}

	documentRead(problem: string): void {
		const file = `${this.wanted}/${files[this.index]}`;
		if (problem === "") {
			const left = this.fetching?.left ?? 0;
			this.log(`${file}: read${left === 0 ? "" : `, ${left} phrases too many stay English`}`);
			this.phrases = this.fetching;
			this.finish();
			return;
		}
		this.log(`${file}: ${problem}`);
		this.index += 1;
		if (this.index < files.length) this.get();
		else {
			this.phrases = undefined;
			this.finish();
		}
	}

	private get(): void {
		const { document } = this;
		if (document !== undefined) this.fetch.get(`${this.wanted}/${files[this.index]}`, document, Limits.localeFile);
	}

	private finish(): void {
		this.locale = this.phrases === undefined ? "" : this.wanted;
		this.document = undefined;
		this.fetching = undefined;
		this.done();
	}
}
