/*
 * Texts as octets, each a character from 0 to 255: what goes into requests, and Base64 (RFC 4648).
 */
import { pieceAt } from "base/pieces";

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The octets of a text in UTF-8; half a surrogate pair is U+FFFD. */
export function utf8(text: string): string {
	let result = "";
	for (const character of text) {
		const point = character.codePointAt(0) as number;
		const code = point >= 0xd800 && point < 0xe000 ? 0xfffd : point;
		if (code < 0x80) {
			result += String.fromCharCode(code);
			continue;
		}
		const last = String.fromCharCode(0x80 | (code & 0x3f));
		if (code < 0x800) {
			result += String.fromCharCode(0xc0 | (code >> 6)) + last;
			continue;
		}
		const middle = String.fromCharCode(0x80 | ((code >> 6) & 0x3f));
		if (code < 0x10000) result += String.fromCharCode(0xe0 | (code >> 12)) + middle + last;
		else result += String.fromCharCode(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f)) + middle + last;
	}
	return result;
}

/** Octets in Base64, with its padding. */
export function base64(octets: string): string {
	let result = "";
	for (let at = 0; at < octets.length; at += 3) {
		const left = octets.length - at;
		const first = octets.charCodeAt(at);
		const second = left > 1 ? octets.charCodeAt(at + 1) : 0;
		const third = left > 2 ? octets.charCodeAt(at + 2) : 0;
		result += digits.charAt(first >> 2) + digits.charAt(((first & 3) << 4) | (second >> 4));
		result += left > 1 ? digits.charAt(((second & 15) << 2) | (third >> 6)) : "=";
		result += left > 2 ? digits.charAt(third & 63) : "=";
	}
	return result;
}

/** Octets that are characters, as octets. */
export function octetsOf(text: string): Uint8Array {
	const octets = new Uint8Array(text.length);
	for (let start = 0; start < octets.length; ) {
		const piece = pieceAt(text, start);
		for (let i = 0; i < piece.length; i += 1) octets[start + i] = piece.charCodeAt(i);
		start += piece.length;
	}
	return octets;
}
