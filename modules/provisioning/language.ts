/*
 * The dictionary of the user's locale, under the names that a 7960 asks for. Without one the phone speaks English.
 */
import { Limits } from "limits";
import { XmlDocument } from "provisioning/document";
import { Errand } from "provisioning/errands";
import { Phrases } from "provisioning/phrases";
import type { XmlReader } from "xml/reader";

/** Files of a locale's folder: first the one that can hold any language. */
const files: readonly string[] = Object.freeze(["SCCP-dictionary.utf-8.xml", "SCCP-dictionary.xml"]);
const english = "English_";

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

	private readonly host: LanguageHost;
	private document: XmlDocument | undefined = undefined;
	private coming: Phrases | undefined = undefined;
	private name = "";
	/** Locale of `phrases`, and the one that is wanted: userLocale's name, '' for English. */
	private spoken = "";
	private locale = "";

	constructor(host: LanguageHost) {
		super();
		this.host = host;
	}

	get limit(): number {
		return Limits.localeFile;
	}

	/** Speaks the language of a locale, userLocale's name, as soon as its dictionary has come; '' is English, at once. */
	speak(locale: string): void {
		this.locale = locale.startsWith(english) ? "" : locale;
		if (this.locale === "") this.missed();
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
