/*
 * Values of cnf.xml elements, read from the octets of a text without a string being made.
 */
import { packed } from "xml/packed";
import type { XmlReader } from "xml/reader";

const words = Object.freeze({
	one: packed("1"),
	yes: packed("yes"),
	true: packed("true"),
	enable: packed("enable"),
	enabled: packed("enabled"),
	zero: packed("0"),
	no: packed("no"),
	false: packed("false"),
	disable: packed("disable"),
	disabled: packed("disabled"),
});

/** 1 for true, 0 for false, -1 when the text is neither; as words or digits, as CallManager and other servers write them. */
export function parseFlag(xml: XmlReader): number {
	if (xml.isText(words.one) || xml.isText(words.true) || xml.isText(words.yes)) return 1;
	if (xml.isText(words.zero) || xml.isText(words.false) || xml.isText(words.no)) return 0;
	if (xml.isText(words.enable) || xml.isText(words.enabled)) return 1;
	return xml.isText(words.disable) || xml.isText(words.disabled) ? 0 : -1;
}

/** A digit of the text, -1 when there is none at `index`. */
function digit(xml: XmlReader, index: number): number {
	const value = xml.textOctet(index) - 48;
	return value >= 0 && value <= 9 ? value : -1;
}

/** Minutes of 'h:mm' or 'hh:mm' up to 24:00, -1 when the text is none. */
export function parseTime(xml: XmlReader): number {
	const colon = xml.textLength - 3;
	if (colon < 1 || colon > 2 || xml.textOctet(colon) !== 58) return -1;
	let hours = 0;
	for (let i = 0; i < colon; i += 1) {
		const value = digit(xml, i);
		if (value < 0) return -1;
		hours = hours * 10 + value;
	}
	const tens = digit(xml, colon + 1);
	const ones = digit(xml, colon + 2);
	if (tens < 0 || tens > 5 || ones < 0) return -1;
	const minutes = hours * 60 + tens * 10 + ones;
	return minutes <= 1440 ? minutes : -1;
}

/** Mask of days such as '1,7' (bit 0 for day 1, Sunday), -1 when the text is none. */
export function parseDays(xml: XmlReader): number {
	let mask = 0;
	for (let i = 0; i < xml.textLength; i += 1) {
		const octet = xml.textOctet(i);
		if (octet === 44 || octet === 32) continue;
		const day = octet - 48;
		if (day < 1 || day > 7 || digit(xml, i + 1) >= 0) return -1;
		mask |= 1 << (day - 1);
	}
	return mask;
}

/** Whether octets of the text from `from` up to `to` may be a host name or an IPv4 address; 0.0.0.0, which stands for none, is not. */
function isHostPart(xml: XmlReader, from: number, to: number): boolean {
	let zero = true;
	for (let i = from; i < to; i += 1) {
		const octet = xml.textOctet(i);
		const letter = octet | 0x20;
		const fits = (letter >= 97 && letter <= 122) || (octet >= 48 && octet <= 57) || octet === 45 || octet === 46;
		if (!fits && octet !== 95) return false;
		if (octet !== 48 && octet !== 46) zero = false;
	}
	return !zero;
}

/** Whether the text is a host name or an IPv4 address. */
export function isHost(xml: XmlReader): boolean {
	return isHostPart(xml, 0, xml.textLength);
}

/** Whether the text is 'host' or 'host:port', port 1-65535. */
export function isServer(xml: XmlReader): boolean {
	let colon = 0;
	while (colon < xml.textLength && xml.textOctet(colon) !== 58) colon += 1;
	if (colon === xml.textLength) return isHost(xml);
	if (xml.textLength > colon + 6 || !isHostPart(xml, 0, colon)) return false;
	let port = 0;
	for (let i = colon + 1; i < xml.textLength; i += 1) {
		const value = digit(xml, i);
		if (value < 0) return false;
		port = port * 10 + value;
	}
	return port > 0 && port < 65536;
}
