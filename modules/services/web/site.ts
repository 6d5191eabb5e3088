/*
 * What the phone's pages tell of it: handed in by app, and worked out when a page asks for it. Texts are '' where there is nothing, and
 * undefined where the phone cannot know: such a line is left out.
 */
import type { Lease, Screenshot } from "hal/hardware";

/** A line of the phone as pages list it. */
export interface SiteLine {
	readonly number: string;
	readonly label: string;
	/** It is no line of the phone's own: a speed dial, a feature. */
	readonly other: boolean;
	readonly messageWaiting: boolean;
	/** What is on it: ONHOOK, CONNECTED ... */
	readonly state: string;
}

/** A call, likewise. */
export interface SiteCall {
	readonly reference: number;
	readonly line: number;
	readonly selected: boolean;
	readonly state: string;
	/** INBOUND, OUTBOUND, FORWARD, or '' while nobody has said. */
	readonly type: string;
	readonly callingName: string;
	readonly callingNumber: string;
	readonly calledName: string;
	readonly calledNumber: string;
	/** Seconds since it was answered, 0 before. */
	readonly seconds: number;
	readonly security: string;
}

/** A stream of sound. */
export interface SiteStream {
	readonly open: boolean;
	/** Ports are 0 while nothing goes that way. */
	readonly localPort: number;
	readonly remoteAddress: string;
	readonly remotePort: number;
	readonly sentCodec: string;
	readonly receivedCodec: string;
	/** Counters by `Statistic`. */
	readonly counters: Uint32Array;
}

/** URLs of the configuration, by its elements. */
export type SiteUrl =
	| "authenticationURL"
	| "directoryURL"
	| "idleURL"
	| "informationURL"
	| "messagesURL"
	| "proxyServerURL"
	| "servicesURL";

export interface Site {
	/** Such as SEP001122334455. */
	readonly device: string;
	/** 12 upper-case hexadecimal digits. */
	readonly mac: string;
	/** Number of the first line. */
	readonly number: string;
	/** Name of the load that runs, and its version. */
	readonly load: string;
	readonly version: string;
	/** What the phone registers as, such as CP-7960G. */
	readonly model: string;
	readonly messageWaiting: boolean;
	/** Why the phone started last, and seconds since then. */
	readonly start: string;
	readonly running: number;
	/** Seconds since 1970 by the phone's zone, -1 while nobody has said. */
	readonly time: number;
	readonly timeZone: string | undefined;
	readonly userLocale: string | undefined;
	readonly networkLocale: string | undefined;
	readonly address: string;
	readonly lease: Lease | undefined;
	/** Whether the address was asked for, and whether the TFTP servers are set by hand. */
	readonly usesDhcp: boolean;
	readonly setTftp: boolean;
	/** TFTP servers and call agents in the order of their use, and the one that the phone is registered with, -1 for none. */
	readonly tftpServers: readonly string[];
	readonly callAgents: readonly string[];
	readonly active: number;
	/** A URL of the configuration, '' where it has none. */
	url(name: SiteUrl): string;
	/** webAccess of the configuration, as `WebAccess` numbers it. */
	readonly webAccess: number;
	/** A line of the status page, and one of the log, the oldest first; undefined behind the last. */
	status(index: number): string | undefined;
	logLine(index: number): string | undefined;
	line(index: number): SiteLine | undefined;
	call(index: number): SiteCall | undefined;
	stream(index: number): SiteStream | undefined;
	/** What stands on the prompt line, on a page above the calls ('' for none), and on the softkeys. */
	readonly prompt: string;
	readonly planeTitle: string;
	planeLine(index: number): string | undefined;
	softkey(index: number): string | undefined;
	/** Counters of the network's interface by the names of `/EthernetInformationX`; undefined for one that the body does not count. */
	frames(name: string): number | undefined;
	/** Begins a picture of the display; undefined where there can be none. */
	screenshot(): Screenshot | undefined;
}
