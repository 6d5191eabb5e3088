/*
 * What a configuration says of services: their URLs and lists. It lies in storage alone, in a record of its own, and is read when a key is
 * pressed that needs it: a phone has better use for the memory. What tells whether there is anything to be read stays.
 */
import type { Store } from "settings/store";

/** Record of what is kept. */
const key = "services";

const urls = Object.freeze([
	"authenticationURL",
	"directoryURL",
	"eventsURL",
	"idleURL",
	"informationURL",
	"messagesURL",
	"proxyServerURL",
	"servicesURL",
] as const);
export type ServiceUrl = (typeof urls)[number];

/** A configuration, as far as it is about services. */
export interface ServiceValues extends Readonly<Record<ServiceUrl, string>> {
	/** Entries as type, name and URL with tabs between. */
	readonly phoneServices: readonly string[];
	/** 0: menus come from {@link phoneServices}, 1: from the URLs, 2: from both. */
	readonly provisioning: number;
	/** Seconds of rest until {@link ServiceUrl} idleURL is shown, 0 never. */
	readonly idleTimeout: number;
	readonly dscpForSCCPPhoneServices: number;
}

/** Kinds of phone services, as their type numbers them. */
export const ServiceType = Object.freeze({ services: 0, directories: 1, messages: 2 });

/** The URL of each kind. */
const urlOf: readonly ServiceUrl[] = Object.freeze(["servicesURL", "directoryURL", "messagesURL"]);
const fromList = 0;
const fromUrls = 1;
const separator = "\t";

/** A service that the configuration names: '' for a name that it has none for. */
export interface NamedService {
	readonly name: string;
	readonly url: string;
}

export class ServiceSettings {
	/** Seconds of rest until idleURL is shown, 0 never. */
	idleTimeout = 0;
	/** ToS byte of what services send. */
	typeOfService = 0;
	private readonly store: Store;
	private provisioning = fromList;

	constructor(store: Store) {
		this.store = store;
	}

	/** Takes what a configuration says. */
	take(values: ServiceValues): void {
		let text = "";
		for (let i = 0; i < urls.length; i += 1) {
			const name = urls[i] as ServiceUrl;
			if (values[name] !== "") text += `${name}${separator}${values[name]}\n`;
		}
		for (let i = 0; i < values.phoneServices.length; i += 1) text += `${values.phoneServices[i]}\n`;
		this.idleTimeout = values.idleURL === "" ? 0 : values.idleTimeout;
		this.typeOfService = values.dscpForSCCPPhoneServices;
		this.provisioning = values.provisioning;
		const before = this.store.read(key) ?? "";
		if (text === before) return;
		if (text === "") this.store.delete(key);
		else this.store.write(key, text);
	}

	/** A URL of the configuration, '' where it has none. */
	url(name: ServiceUrl): string {
		const line = this.lines(`${name}${separator}`)[0] ?? "";
		return line.slice(line.indexOf(separator) + 1);
	}

	/** What a key opens, in order: the phone services of a kind, and the URL of the key behind them, without a name. */
	list(type: number): NamedService[] {
		const list: NamedService[] = [];
		if (this.provisioning !== fromUrls)
			for (const line of this.lines(`${type}${separator}`)) {
				const [, name = "", url = ""] = line.split(separator);
				list.push({ name, url });
			}
		const url = this.provisioning === fromList ? "" : this.url(urlOf[type] as ServiceUrl);
		if (url !== "") list.push({ name: "", url });
		return list;
	}

	private lines(begin: string): string[] {
		const text = this.store.read(key) ?? "";
		const lines: string[] = [];
		for (let from = 0; from < text.length; ) {
			const end = text.indexOf("\n", from);
			const to = end < 0 ? text.length : end;
			if (text.startsWith(begin, from)) lines.push(text.slice(from, to));
			from = to + 1;
		}
		return lines;
	}
}
