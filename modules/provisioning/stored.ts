/*
 * A configuration as a text for storage and back: what differs from the defaults, a line each, in printable ASCII so that length
 * and octets are the same everywhere. Reading is tolerant: a line of another version, an unknown key or a bad value is passed
 * over, since an old configuration is better than none.
 */
import { Limits } from "limits";
import { Configuration, defaults } from "provisioning/configuration";
import { Kind, kept, longestUrl } from "provisioning/elements";
import { crc32 } from "settings/store";

/** First line; the number is the version of what follows. */
const heading = "configuration ";
const version = 1;

/** Key of {@link Configuration.forDevice}, which no element tells; and of a file that names no call agent: without one, a text is damaged. */
const deviceKey = "fd";
const namelessKey = "nn";

/** A text with what is not printable ASCII as \uXXXX, and the backslash doubled. */
function written(text: string): string {
	let result = "";
	let from = 0;
	for (let i = 0; i < text.length; i += 1) {
		const code = text.charCodeAt(i);
		if (code >= 32 && code < 127 && code !== 92) continue;
		const hexadecimal = `000${code.toString(16)}`;
		const escaped = code === 92 ? "\\\\" : `\\u${hexadecimal.slice(hexadecimal.length - 4)}`;
		result += text.slice(from, i) + escaped;
		from = i + 1;
	}
	return from === 0 ? text : result + text.slice(from);
}

function plain(text: string): string {
	let result = "";
	let from = 0;
	for (let i = text.indexOf("\\"); i >= 0; i = text.indexOf("\\", from)) {
		result += text.slice(from, i);
		const code = text.charAt(i + 1) === "u" ? Number(`0x${text.slice(i + 2, i + 6)}`) : 92;
		result += code >= 0 ? String.fromCharCode(code) : "";
		from = text.charAt(i + 1) === "u" ? i + 6 : i + 2;
	}
	return from === 0 ? text : result + text.slice(from);
}

/** Tells the lines of a configuration in order. */
function tell(configuration: Configuration, urls: boolean, services: boolean, take: (line: string) => void): void {
	take(`${heading}${version}`);
	if (configuration.forDevice) take(`${deviceKey} 1`);
	if (configuration.callAgents.length === 0) take(`${namelessKey} 1`);
	for (const { field, key, kind, maximum } of kept) {
		if ((kind === Kind.service && !services) || (isUrl(kind, maximum) && !urls)) continue;
		const value = configuration[field];
		if (typeof value === "object") for (const item of value) take(`${key} ${written(item)}`);
		else if (value !== defaults[field]) take(`${key} ${typeof value === "string" ? written(value) : Number(value)}`);
	}
}

function build(configuration: Configuration, urls: boolean, services: boolean): string {
	const lines: string[] = [];
	tell(configuration, urls, services, (line) => lines.push(line));
	return lines.join("\n");
}

function isUrl(kind: number, maximum: number): boolean {
	return kind === Kind.text && maximum === longestUrl;
}

/**
 * The configuration as a text of at most Limits.storedConfiguration octets. A configuration that a reader has made fits whole,
 * unless it is full of letters beyond ASCII; then phone services, and after them URLs, are left out.
 */
export function serialise(configuration: Configuration): string {
	let text = build(configuration, true, true);
	if (text.length > Limits.storedConfiguration) text = build(configuration, true, false);
	return text.length > Limits.storedConfiguration ? build(configuration, false, false) : text;
}

/** CRC-32 of all of a configuration, that of its text when nothing is left out of it; made without the text, which takes memory. */
export function checksumOf(configuration: Configuration): number {
	let checksum = 0;
	let separator = "";
	tell(configuration, true, true, (line) => {
		checksum = crc32(line, crc32(separator, checksum));
		separator = "\n";
	});
	return checksum;
}

/** Sets what a line says; one that says nothing known is passed over. */
function setLine(configuration: Configuration, key: string, text: string): void {
	if (key === deviceKey) configuration.forDevice = text === "1";
	for (const element of kept) {
		if (element.key !== key) continue;
		switch (element.kind) {
			case Kind.text:
			case Kind.host:
			case Kind.server:
				configuration[element.field] = plain(text);
				return;
			case Kind.flag:
				configuration[element.field] = text === "1";
				return;
			case Kind.number:
			case Kind.time:
			case Kind.days:
				if (text !== "" && Number.isInteger(Number(text))) configuration[element.field] = Number(text);
				return;
			default:
				(configuration[element.field] as string[]).push(plain(text));
				return;
		}
	}
}

/** The call agents that a text from {@link serialise} names. */
export function callAgentsIn(text: string): string[] {
	const agents: string[] = [];
	const mark = "\nca ";
	for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
		const end = text.indexOf("\n", at + 1);
		agents.push(text.slice(at + mark.length, end < 0 ? text.length : end));
	}
	return agents;
}

/** Whether a text is one of {@link serialise}'s, and whole: what {@link deserialise} makes a configuration of. */
export function isStored(text: string): boolean {
	if (!text.startsWith(heading)) return false;
	return text.indexOf(`\n${namelessKey} 1`) >= 0 || callAgentsIn(text).length > 0;
}

/** The configuration that a text from {@link serialise} holds, undefined when it is no such text, or not whole. */
export function deserialise(text: string): Configuration | undefined {
	if (!isStored(text)) return undefined;
	const configuration = new Configuration();
	let from = text.indexOf("\n") + 1;
	while (from > 0 && from < text.length) {
		const next = text.indexOf("\n", from);
		const to = next < 0 ? text.length : next;
		setLine(configuration, text.slice(from, from + 2), text.slice(from + 3, to));
		from = to + 1;
	}
	return configuration;
}
