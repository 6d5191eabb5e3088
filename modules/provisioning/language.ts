/*
 * Fetches the dictionary of the user's locale, under the names that a 7960 asks for. Without one the phone speaks English.
 */
import { Limits } from "limits";
import { type DocumentListener, XmlDocument } from "provisioning/document";
import type { Fetch } from "provisioning/fetch";
import { Phrases } from "provisioning/phrases";
import type { XmlReader } from "xml/reader";

/** Files of a locale's folder: first the one that can hold any language. */
const files: readonly string[] = Object.freeze(["SCCP-dictionary.utf-8.xml", "SCCP-dictionary.xml"]);
const english = "English_";

export class Language implements DocumentListener {
	/** The phrases of the locale, undefined for English. */
	phrases: Phrases | undefined = undefined;

	private readonly fetch: Fetch;
	private readonly xml: () => XmlReader;
	private readonly log: (line: string) => void;
	private readonly done: () => void;
	private document: XmlDocument | undefined = undefined;
	private fetching: Phrases | undefined = undefined;
	/** Locale of `phrases`, and the one that is being fetched. */
	private locale = "";
	private wanted = "";
	private index = 0;

	/** @param xml gives a reader that nobody else needs while a file is fetched. @param done is called when the language is as {@link load} wanted it, as far as it can be. */
	constructor(fetch: Fetch, xml: () => XmlReader, log: (line: string) => void, done: () => void) {
		this.fetch = fetch;
		this.xml = xml;
		this.log = log;
		this.done = done;
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
