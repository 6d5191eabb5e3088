/*
 * The Wi-Fi networks that the phone knows: names and passwords in the body's storage, the latest first, after those the build was
 * given. What is entered is checked as IEEE 802.11 has it: names of 1 to 32 octets, passphrases of 8 to 63 characters.
 */
import type { Storage } from "hal/hardware";

export interface KnownNetwork {
	readonly ssid: string;
	/** '' for an open network. */
	readonly password: string;
}

/** As many as a person moves a phone between; the oldest makes way. */
const MOST = 5;
const KEY = "wifi";

/** @returns '' or what is wrong with a name and its password. */
export function networkProblem(ssid: string, password: string): string {
	const octets = octetsOf(ssid);
	if (octets < 1 || octets > 32) return "A network's name has 1 to 32 octets.";
	if (hasControl(ssid)) return "A network's name cannot hold control characters here.";
	if (password === "") return "";
	if (password.length === 64) return isHexadecimal(password) ? "" : "A key of 64 digits is hexadecimal.";
	if (password.length < 8 || password.length > 63) return "A password has 8 to 63 characters.";
	for (let i = 0; i < password.length; i += 1) {
		const code = password.charCodeAt(i);
		if (code < 0x20 || code > 0x7e) return "A password holds letters, digits and signs of ASCII alone.";
	}
	return "";
}

export class Networks {
	private readonly storage: Storage;
	private readonly given: readonly KnownNetwork[];
	private readonly log: (line: string) => void;
	private stored: KnownNetwork[];

	/** @param given networks of the build, tried like those stored. */
	constructor(storage: Storage, given: readonly KnownNetwork[], log: (line: string) => void) {
		this.storage = storage;
		this.log = log;
		this.given = given.filter(({ ssid, password }) => {
			const problem = networkProblem(ssid, password);
			if (problem !== "") log(`Wi-Fi: the build's network is left out: ${problem}`);
			return problem === "";
		});
		this.stored = parse(storage.read(KEY) ?? "");
	}

	/** All that are known, the given ones first; a stored one stands for a given one of the same name. */
	get all(): readonly KnownNetwork[] {
		const stored = this.stored;
		return [...this.given.filter(({ ssid }) => !stored.some((network) => network.ssid === ssid)), ...stored];
	}

	/** The one stored last. */
	get latest(): KnownNetwork | undefined {
		return this.stored[0];
	}

	/** Stores a network as the latest. @returns '' or what is wrong: nothing has changed then. */
	add(ssid: string, password: string): string {
		const problem = networkProblem(ssid, password);
		if (problem !== "") return problem;
		const stored = [{ ssid, password }, ...this.stored.filter((network) => network.ssid !== ssid)].slice(0, MOST);
		try {
			this.storage.write(KEY, stored.map((network) => `${network.ssid}\n${network.password}\n`).join(""));
		} catch (error) {
			this.log(`Wi-Fi: ${ssid} cannot be stored: ${error}`);
			return "The phone's storage is full.";
		}
		this.stored = stored;
		return "";
	}
}

/** Pairs of lines; what is no pair, or no network, is left out. */
function parse(text: string): KnownNetwork[] {
	const lines = text.split("\n");
	const networks: KnownNetwork[] = [];
	for (let i = 0; i + 1 < lines.length && networks.length < MOST; i += 2) {
		const ssid = lines[i] as string;
		const password = lines[i + 1] as string;
		if (networkProblem(ssid, password) === "") networks.push({ ssid, password });
	}
	return networks;
}

/** Octets of a text in UTF-8. */
function octetsOf(text: string): number {
	let count = 0;
	for (const character of text) {
		const code = character.codePointAt(0) as number;
		count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	}
	return count;
}

function hasControl(text: string): boolean {
	for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) < 0x20 || text.charCodeAt(i) === 0x7f) return true;
	return false;
}

function isHexadecimal(text: string): boolean {
	for (let i = 0; i < text.length; i += 1) if (!"0123456789abcdefABCDEF".includes(text.charAt(i))) return false;
	return true;
}
