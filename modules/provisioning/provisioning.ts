/*
 * All of provisioning put together on a body's hardware: transfers with one buffer between them, the reader of files, and the boot
 * machine.
 */
import type { Audio, Clock, Network, Update } from "hal/hardware";
import { Limits } from "limits";
import { Http } from "net/http";
import { Tftp } from "net/tftp";
import type { Consumer } from "net/transfer";
import { Boot, type BootHost, type ConfigurationFormat, type ConfigurationListener } from "provisioning/boot";
import type { Configuration } from "provisioning/configuration";
import { Fetch } from "provisioning/fetch";
import { CnfXmlFormat } from "provisioning/format";
import { Language } from "provisioning/language";
import { Ringer } from "provisioning/ringer";
import { deserialise, serialise } from "provisioning/stored";
import type { Store } from "settings/store";
import { XmlReader } from "xml/reader";

export interface ProvisioningOptions {
	readonly audio: Audio;
	readonly network: Network;
	readonly clock: Clock;
	readonly update: Update;
	readonly store: Store;
	/** Device name such as SEP001122334455. */
	readonly deviceName: string;
	/** SCCP's number of the phone's type. */
	readonly deviceType: number;
	/** Servers set by hand, 'host' or 'host:port'. */
	readonly alternate: () => readonly string[];
}

/**
 * Reads configuration files by a reader that lives only while files are read. Half of what provisioning needs is needed on the
 * idle phone alone, and a phone in two calls has better use for the memory. (Classes of such objects have no #methods: in XS each is a
 * slot of every object, and holds the last object that was made.)
 */
class Files implements ConfigurationFormat {
	readonly #open: () => ConfigurationFormat;
	#format: ConfigurationFormat | undefined = undefined;

	constructor(open: () => ConfigurationFormat) {
		this.#open = open;
	}

	reader(forDevice: boolean, listener: ConfigurationListener): Consumer {
		this.#format ??= this.#open();
		return this.#format.reader(forDevice, listener);
	}

	format(configuration: Configuration): string {
		return serialise(configuration);
	}

	parse(text: string): Configuration | undefined {
		return deserialise(text);
	}

	release(): void {
		this.#format = undefined;
	}
}

export class Provisioning {
	readonly boot: Boot;
	readonly fetch: Fetch;
	readonly language: Language;
	readonly ringer: Ringer;
	readonly #files: Files;
	/** One for all files, as long as any is read. */
	#xml: XmlReader | undefined = undefined;
	readonly #clock: Clock;

	/** @param spoken is called when the language is as far as it can be. @param rung when a ring, or the list of them, is. */
	constructor(options: ProvisioningOptions, host: BootHost, spoken: () => void, rung: () => void) {
		const { network, clock, update, store, deviceName, deviceType, alternate } = options;
		this.#clock = clock;
		this.fetch = new Fetch((overHttp) => {
			const buffer = new Uint8Array(Limits.transferBuffer);
			return overHttp ? new Http(network, clock, buffer) : new Tftp(network, clock, buffer);
		});
		const log = (line: string): void => host.log(line);
		const xml = (): XmlReader => {
			this.#xml ??= new XmlReader();
			return this.#xml;
		};
		this.#files = new Files(() => new CnfXmlFormat(xml(), deviceName, deviceType, log));
		this.language = new Language(this.fetch, xml, log, spoken);
		this.ringer = new Ringer(this.fetch, options.audio, log, rung);
		this.boot = new Boot(
			{ network, clock, store, update, fetch: this.fetch, files: this.#files, deviceName, alternate },
			host,
		);
	}

	/** Gives back what only the fetching of files needs. */
	release(): void {
		this.fetch.release();
		this.#files.release();
		this.#xml = undefined;
	}

	/**
	 * Fetches the user's language, once what was needed for the configuration has been given back; unless that is being asked for
	 * again by then, and will have the language fetched after it.
	 */
	speak(locale: string): void {
		if (this.language.fetches(locale)) return;
		this.release();
		this.#clock.after(0, () => {
			if (!this.boot.fetching) this.language.load(locale);
		});
	}
}
