/*
 * Tones of the network locale: those of its folder on the server where it has them, else the built-in ones of six countries, else those of
 * the US.
 */
import type { Audio } from "hal/hardware";
import { XmlDocument } from "provisioning/document";
import { Errand } from "provisioning/errands";
import { networkLocaleOf } from "provisioning/locale";
import { ToneFile } from "provisioning/tone-file";
import type { XmlReader } from "xml/reader";

/** Files of a locale's folder: that of the newer phones, and that of the 7960, which has less of the same. */
const files: readonly string[] = Object.freeze(["g3-tones.xml", "7960-tones.xml"]);
const limit = 32768;

export interface TonesHost {
	/** A reader that nobody else needs while a file is fetched. */
	openXml(): XmlReader;
	log(line: string): void;
}

/** Fetches the tones of one locale; there is one only as long as they have not come. */
export class Tones extends Errand {
	/** Whether the tones of the file are played. */
	read = false;
	private readonly audio: Audio;
	private readonly host: TonesHost;
	/** The locale, networkLocale's name. */
	private readonly locale: string;
	private name = "";
	private document: XmlDocument | undefined = undefined;
	private coming: ToneFile | undefined = undefined;

	/** The built-in tones of the locale are played from now on. */
	constructor(audio: Audio, host: TonesHost, locale: string) {
		super();
		this.audio = audio;
		this.host = host;
		this.locale = locale;
		audio.setTones(new Uint16Array(0));
		audio.setLocale(networkLocaleOf(locale));
	}

	get limit(): number {
		return limit;
	}

	file(index: number): string {
		const name = files[index];
		return name === undefined || this.read || this.locale === "" ? "" : `${this.locale}/${name}`;
	}

	begin(file: string): void {
		this.name = file;
		this.coming = new ToneFile();
		this.document = new XmlDocument(this.host.openXml(), this.coming);
	}

	data(octets: Uint8Array): boolean {
		return this.document?.data(octets) ?? false;
	}

	end(): string {
		const { coming } = this;
		const problem = this.document?.end() ?? "it is empty";
		if (problem !== "" || coming === undefined) return problem;
		if (!this.audio.setTones(coming.table)) return "its tones cannot be played";
		this.read = true;
		const low = coming.low === 0 ? "" : `; ${coming.low} too low to be heard: the built-in ones in their place`;
		this.host.log(`${this.name}: ${coming.count} tones are played${low}`);
		return "";
	}

	missed(): void {
		if (networkLocaleOf(this.locale) === 0)
			this.host.log(`networkLocale ${this.locale} has no tones here: those of United_States are played`);
	}

	release(): void {
		this.coming = undefined;
		this.document = undefined;
	}
}
