/*
 * A configuration as a text for storage and back: what differs from the defaults, a line each, in printable ASCII so that length
 * and octets are the same everywhere. Reading is tolerant: a line of another version, an unknown key or a bad value is passed
 * over, since an old configuration is better than none.
 */
import { Limits } from "limits";
import { Configuration } from "provisioning/configuration";

/** First line; the number is the version of what follows. */
const heading = "configuration ";
const version = 1;

/** Keys of texts, numbers and flags by field, in the order in which they are written; none is ever given to another field. */
const keys: readonly (readonly [string, string])[] = Object.freeze([
	["fd", "forDevice"],
	["vs", "versionStamp"],
	["cm", "connectionMonitorDuration"],
	["rp", "revertPriority"],
	["dt", "dateTemplate"],
	["tz", "timeZone"],
	["li", "loadInformation"],
	["ls", "loadServer"],
	["ul", "userLocale"],
	["lc", "langCode"],
	["cs", "winCharSet"],
	["nl", "networkLocale"],
	["pp", "phonePassword"],
	["ap", "adminPassword"],
	["bi", "backgroundImageAccess"],
	["cl", "callLogBlfEnabled"],
	["sa", "settingsAccess"],
	["wa", "webAccess"],
	["ds", "disableSpeaker"],
	["dh", "disableSpeakerAndHeadset"],
	["mr", "minimumRingVolume"],
	["rt", "rtcp"],
	["dn", "daysDisplayNotActive"],
	["do", "displayOnTime"],
	["dd", "displayOnDuration"],
	["di", "displayIdleTimeout"],
	["dw", "displayOnWhenIncomingCall"],
	["lg", "logServer"],
	["as", "autoSelectLineEnable"],
	["ac", "autoCallSelect"],
	["it", "idleTimeout"],
	["pv", "provisioning"],
	["da", "dndCallAlert"],
	["pe", "phonePersonalization"],
	["ro", "rollover"],
	["sb", "singleButtonBarge"],
	["bs", "blfAudibleAlertSettingOfIdleStation"],
	["bb", "blfAudibleAlertSettingOfBusyStation"],
	["qc", "dscpForSCCPPhoneConfig"],
	["qs", "dscpForSCCPPhoneServices"],
	["qd", "dscpForCm2Dvce"],
	["sm", "deviceSecurityMode"],
] as const);

const urlKeys: readonly (readonly [string, string])[] = Object.freeze([
	["ua", "authenticationURL"],
	["ud", "directoryURL"],
	["ui", "idleURL"],
	["un", "informationURL"],
	["um", "messagesURL"],
	["up", "proxyServerURL"],
	["us", "servicesURL"],
] as const);

/** Keys of lists, one line for each item. */
const lists: readonly (readonly [string, string])[] = Object.freeze([
	["ca", "callAgents"],
	["su", "survivors"],
	["nt", "ntpServers"],
] as const);
for (const table of [keys, urlKeys, lists]) for (const row of table) Object.freeze(row);
const services = "phoneServices";
const serviceKey = "sv";

type Values = Record<string, string | number | boolean | string[] | undefined>;

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

function addFields(lines: string[], table: typeof keys, values: Values, defaults: Values): void {
	for (const [key, field] of table) {
		const value = values[field];
		if (value === defaults[field]) continue;
		const text =
			typeof value === "string" ? written(value) : value === true ? "1" : value === false ? "0" : String(value);
		lines.push(`${key} ${text}`);
	}
}

function build(configuration: Configuration, urls: boolean, withServices: boolean): string {
	const values = configuration as unknown as Values;
	const defaults = new Configuration() as unknown as Values;
	const lines = [`${heading}${version}`];
	for (const [key, field] of lists) for (const item of values[field] as string[]) lines.push(`${key} ${written(item)}`);
	addFields(lines, keys, values, defaults);
	if (urls) addFields(lines, urlKeys, values, defaults);
	if (withServices) for (const item of configuration.phoneServices) lines.push(`${serviceKey} ${written(item)}`);
	return lines.join("\n");
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

/** Sets what a line says; one that says nothing known is passed over. */
function setLine(values: Values, key: string, text: string): void {
	for (const [known, field] of lists) if (known === key) (values[field] as string[]).push(plain(text));
	if (key === serviceKey) (values[services] as string[]).push(plain(text));
	for (const table of [keys, urlKeys]) {
		for (const [known, field] of table) {
			if (known !== key) continue;
			const present = values[field];
			if (typeof present === "string") values[field] = plain(text);
			else if (typeof present === "boolean") values[field] = text === "1";
			else if (text !== "" && Number.isInteger(Number(text))) values[field] = Number(text);
		}
	}
}

/** The configuration that a text from {@link serialise} holds, undefined when it is no such text or names no call agent. */
export function deserialise(text: string): Configuration | undefined {
	if (!text.startsWith(heading)) return undefined;
	const configuration = new Configuration();
	const values = configuration as unknown as Values;
	let from = text.indexOf("\n") + 1;
	while (from > 0 && from < text.length) {
		const next = text.indexOf("\n", from);
		const to = next < 0 ? text.length : next;
		setLine(values, text.slice(from, from + 2), text.slice(from + 3, to));
		from = to + 1;
	}
	return configuration.callAgents.length > 0 ? configuration : undefined;
}
