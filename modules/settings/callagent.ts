/*
 * What a person may enter of a call agent and of a TFTP server, in a menu or on a set-up page: the same checks for both, so that what one
 * takes the other shows.
 */
import { parseAddress } from "base/address";
import { Word } from "base/words";

/** TCP port of SCCP. */
export const usualPort = 2000;
export const greatestPort = 65535;
/** Versions of SCCP that there are; {@link automatic} leaves it to the phone. */
export const lowestVersion = 3;
export const highestVersion = 22;
export const automatic = 0;
/** Characters of a name at most, as in a configuration file, and of a part between dots (RFC 1035). */
export const longestHost = 64;
const longestLabel = 63;

/**
 * What is wrong with a text as the name (RFC 1123, and the underscore that some networks have) or the address of a host; '' for nothing.
 * Four numbers with dots, or digits and dots alone, are meant as an address.
 */
export function hostProblem(text: string): string {
	if (text.length > longestHost) return `${Word.tooLong} ${longestHost}`;
	let numeric = true;
	let label = 0;
	for (let i = 0; i <= text.length; i += 1) {
		const code = i < text.length ? text.charCodeAt(i) : dot;
		if (code === dot) {
			if (label === 0 || label > longestLabel || text.charCodeAt(i - 1) === hyphen) return `${Word.notHost} ${text}`;
			label = 0;
			continue;
		}
		const letter = code | 0x20;
		const isDigit = code >= 0x30 && code <= 0x39;
		if (!isDigit) numeric = false;
		const fits = isDigit || (letter >= 0x61 && letter <= 0x7a) || code === underscore || (code === hyphen && label > 0);
		if (!fits) return `${Word.notHost} ${text}`;
		label += 1;
	}
	if (!numeric || parseAddress(text) > 0) return "";
	return `${Word.notAddress} ${text}`;
}

/** A text as a port number, -1 when it is none. */
export function parsePort(text: string): number {
	const port = parseNumber(text, 5);
	return port >= 1 && port <= greatestPort ? port : -1;
}

/** What is wrong with a text as a port; '' for nothing. */
export function portProblem(text: string): string {
	return parsePort(text) < 0 ? `${Word.notPort} ${text}` : "";
}

/** A text as a version of SCCP, {@link automatic} for an empty one, -1 when it is none. */
export function parseVersion(text: string): number {
	if (text === "") return automatic;
	const version = parseNumber(text, 2);
	return version === automatic || (version >= lowestVersion && version <= highestVersion) ? version : -1;
}

/** What is wrong with a text as a version; '' for nothing. */
export function versionProblem(text: string): string {
	return parseVersion(text) < 0 ? `${Word.notVersion} ${text}` : "";
}

/** Digits alone, -1 for anything else or more of them. */
function parseNumber(text: string, digits: number): number {
	if (text === "" || text.length > digits) return -1;
	let number = 0;
	for (let i = 0; i < text.length; i += 1) {
		const digit = text.charCodeAt(i) - 0x30;
		if (digit < 0 || digit > 9) return -1;
		number = number * 10 + digit;
	}
	return number;
}

const dot = 0x2e;
const hyphen = 0x2d;
const underscore = 0x5f;
