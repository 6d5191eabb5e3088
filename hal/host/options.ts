/*
 * The host body's command line. A word that is wrong ends the program with one line and status 2.
 */

import { parseAddress } from "base/address";
import { utf8 } from "base/octets";

export interface Options {
	readonly agents: readonly string[];
	/** Servers that are asked for files in place of those that DHCP names. */
	readonly tftpServers: readonly string[];
	/** Network interface that is to get its address by DHCP, '' to take the system's network as it is. */
	readonly dhcp: string;
	readonly device: string;
	/** 12 upper-case hexadecimal digits. */
	readonly mac: string;
	readonly protocol: number;
	readonly microphone: string;
	readonly speaker: string;
	/** Samples a second of both, 8000 or 16000; with these the phone has wideband codecs. */
	readonly rate: number;
	/** Milliseconds from the speaker to its echo in the microphone, which is cancelled then; 0 for no echo. */
	readonly echoDelay: number;
	/** Whether RTP streams come with RTCP reports. */
	readonly rtcp: boolean;
	/** Descriptor of the control channel, -1 when there is none. */
	readonly control: number;
	/** Folder of the storage, '' when nothing is to be kept. */
	readonly storage: string;
	/** Where the phone's web pages are: an own IPv4 address and a port, 0 for a free one; -1 when there are none. */
	readonly webAddress: string;
	readonly webPort: number;
	/** Path of the socket of its console, '' for none. */
	readonly console: string;
	readonly lineKeys: number;
	readonly softkeys: number;
	/** Own address that the phone takes for its own, '' for the system's. */
	readonly address: string;
	/** The display is one to touch, which has less room. */
	readonly touch: boolean;
	/** The control channel is told what a load test needs alone (hal/host/brief). */
	readonly brief: boolean;
	/** It makes no sound and sends none. */
	readonly silent: boolean;
	/** Minutes since 1970 UTC at which the phone's clock stands still; -1 where it goes with the system's. */
	readonly held: number;
}

const rates: readonly number[] = Object.freeze([8000, 16000]);
const versions: readonly number[] = Object.freeze([3, 8, 11, 15, 17, 20, 22]);

/* The engine matches regular expressions in the free part of its stack, where the figure of the peak is read: none here. */

/** Whether `text` is made of characters of `set` alone and has `length` of them (at least one when that is 0). */
function consists(text: string, set: string, length: number): boolean {
	for (let index = 0; index < text.length; index++) if (!set.includes(text.charAt(index))) return false;
	return length > 0 ? text.length === length : text.length > 0;
}

function isNumber(text: string): boolean {
	return text.length < 10 && consists(text, "0123456789", 0);
}

function isMac(text: string): boolean {
	return consists(text, "0123456789ABCDEFabcdef", 12);
}

function isDevice(text: string): boolean {
	return text.startsWith("SEP") && isMac(text.slice(3));
}

function isAgent(text: string): boolean {
	const colon = text.indexOf(":");
	if (colon < 0) return text !== "";
	const port = text.slice(colon + 1);
	return colon > 0 && isNumber(port) && Number(port) > 0 && Number(port) < 65536;
}

function isWeb(text: string): boolean {
	const colon = text.lastIndexOf(":");
	const port = text.slice(colon + 1);
	if (colon >= 0 && parseAddress(text.slice(0, colon)) < 0) return false;
	return port === "free" || (isNumber(port) && Number(port) < 65536);
}

function isWord(text: string): boolean {
	return text !== "";
}

/** A path that can be told from an address; the system has no room for more. */
function isSocketPath(text: string): boolean {
	return text.includes("/") && utf8(text).length <= 107;
}

class Arguments {
	private readonly argument: (index: number) => string | undefined;
	private readonly refuse: (text: string) => never;
	private index = 0;
	private name = "";

	constructor(argument: (index: number) => string | undefined, refuse: (text: string) => never) {
		this.argument = argument;
		this.refuse = refuse;
	}

	/** The next option's name, undefined after the last. */
	next(): string | undefined {
		const name = this.argument(this.index++);
		this.name = name ?? "";
		return name;
	}

	/** The value after the option's name, which must fit. */
	value(fits: (text: string) => boolean, expected: string): string {
		const value = this.argument(this.index++);
		if (value === undefined) this.refuse(`${this.name} needs ${expected}`);
		if (!fits(value)) this.refuse(`${this.name} takes ${expected}, not "${value}"`);
		return value;
	}

	number(least: number, most: number): number {
		const expected = `a number from ${least} to ${most}`;
		const number = Number(this.value(isNumber, expected));
		if (number < least || number > most) this.refuse(`${this.name} takes ${expected}, not "${number}"`);
		return number;
	}

	unknown(): never {
		this.refuse(`unknown argument "${this.name}"`);
	}
}

/**
 * @param argument gives the word at an index, undefined past the last.
 * @param refuse is told what is wrong and does not return.
 * @param pid makes the address of a phone that was given none, so that two phones on a machine differ.
 * @param hardware gives the MAC address of a network interface, '' when there is none: that of a phone that has one for itself.
 */
export function readOptions(
	argument: (index: number) => string | undefined,
	refuse: (text: string) => never,
	pid: number,
	hardware: (networkInterface: string) => string,
): Options {
	const words = new Arguments(argument, refuse);
	const agents: string[] = [];
	const tftpServers: string[] = [];
	let dhcp = "";
	let device = "";
	let mac = "";
	let protocol = 17;
	let microphone = "silence";
	let speaker = "null";
	let rate = 8000;
	let echoDelay = 0;
	let rtcp = false;
	let control = -1;
	let storage = "";
	let web = "0";
	let console = "";
	let lineKeys = 6;
	let softkeys = 4;
	let address = "";
	let touch = false;
	let brief = false;
	let silent = false;
	let held = -1;
	for (let name = words.next(); name !== undefined; name = words.next()) {
		switch (name) {
			case "--agent":
				agents.push(words.value(isAgent, "HOST or HOST:PORT"));
				break;
			case "--tftp":
				tftpServers.push(words.value(isAgent, "HOST or HOST:PORT"));
				break;
			case "--dhcp":
				dhcp = words.value(isWord, "a network interface");
				break;
			case "--device":
				device = words.value(isDevice, "SEP and 12 hexadecimal digits").toUpperCase();
				break;
			case "--mac":
				mac = words.value(isMac, "12 hexadecimal digits").toUpperCase();
				break;
			case "--protocol":
				protocol = words.number(3, 22);
				if (!versions.includes(protocol)) refuse(`--protocol takes one of ${versions.join(", ")}, not "${protocol}"`);
				break;
			case "--mic":
				microphone = words.value(isWord, "silence, tone[:HZ], wav:FILE, fd:N, queue:N or clock:N");
				break;
			case "--speaker":
				speaker = words.value(isWord, "null, wav:FILE or fd:N");
				break;
			case "--rate":
				rate = words.number(8000, 16000);
				if (!rates.includes(rate)) refuse(`--rate takes one of ${rates.join(", ")}, not "${rate}"`);
				break;
			case "--echo-delay":
				echoDelay = words.number(10, 200);
				break;
			case "--rtcp":
				rtcp = true;
				break;
			case "--control":
				control = words.number(0, 1023);
				break;
			case "--storage":
				storage = words.value(isWord, "a folder");
				break;
			case "--web":
				web = words.value(isWeb, "a port, 'free' or 0 for none, with an own address and a colon in front or without");
				break;
			case "--console":
				console = words.value(isSocketPath, "a path of at most 107 octets with a / in it");
				break;
			case "--line-keys":
				lineKeys = words.number(1, 8);
				break;
			case "--softkeys":
				softkeys = words.number(1, 5);
				break;
			case "--address":
				address = words.value(isWord, "an IPv4 address");
				break;
			case "--touch":
				touch = true;
				lineKeys = 4;
				break;
			case "--brief":
				brief = true;
				break;
			case "--silent":
				silent = true;
				break;
			case "--held":
				held = words.number(0, 999_999_999);
				break;
			default:
				words.unknown();
		}
	}
	if (mac === "" && device === "" && dhcp !== "") mac = hardware(dhcp);
	if (mac === "") {
		mac = device === "" ? `020000${(pid & 0xffffff).toString(16).toUpperCase().padStart(6, "0")}` : device.slice(3);
	}
	const webColon = web.lastIndexOf(":");
	const webPort = web.slice(webColon + 1);
	return {
		agents,
		tftpServers,
		dhcp,
		device,
		mac,
		protocol,
		microphone,
		speaker,
		rate,
		echoDelay,
		rtcp,
		control,
		storage,
		// nobody else's browser reaches a phone that runs beside its user's
		webAddress: webColon < 0 ? "127.0.0.1" : web.slice(0, webColon),
		webPort: webPort === "free" ? 0 : Number(webPort) || -1,
		console,
		lineKeys,
		softkeys,
		address,
		touch,
		brief,
		silent,
		held,
	};
}
