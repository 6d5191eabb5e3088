/*
 * Octets of an XML document as strings. A document that says UTF-8 and is not (PHP and hand-made files) loses nothing: an
 * octet that fits no sequence is read as windows-1252, which is also what ISO-8859-1 means in practice (WHATWG Encoding).
 */
import { missingLetter, wordMark } from "base/plain";

/** What windows-1252 has at 0x80 to 0x9f; the five unassigned stay what they are. */
const windows1252: readonly number[] = Object.freeze([
	0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d,
	0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,
	0x017e, 0x0178,
]);

/** The code point of an octet in windows-1252. */
export function codeOf(octet: number): number {
	return octet < 0x80 || octet > 0x9f ? octet : (windows1252[octet - 0x80] as number);
}

/** Writes a code point as UTF-8 into `octets` at `at`, where there is room for four; gives the place behind it. */
export function putCode(octets: Uint8Array, at: number, code: number): number {
	if (code < 0x80) {
		octets[at] = code;
		return at + 1;
	}
	let next = at;
	if (code < 0x800) octets[next++] = 0xc0 | (code >> 6);
	else {
		if (code < 0x10000) octets[next++] = 0xe0 | (code >> 12);
		else {
			octets[next++] = 0xf0 | (code >> 18);
			octets[next++] = 0x80 | ((code >> 12) & 0x3f);
		}
		octets[next++] = 0x80 | ((code >> 6) & 0x3f);
	}
	octets[next++] = 0x80 | (code & 0x3f);
	return next;
}

/** Octets of the sequence at `at` when it is valid UTF-8 and ends before `end`, 1 otherwise. */
export function sequence(octets: Uint8Array, at: number, end: number): number {
	const first = octets[at] as number;
	const size = first < 0xc2 || first > 0xf4 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	if (at + size > end) return 1;
	for (let i = 1; i < size; i += 1) if (((octets[at + i] as number) & 0xc0) !== 0x80) return 1;
	if (size < 3) return size;
	const second = octets[at + 1] as number;
	if (first === 0xe0 && second < 0xa0) return 1;
	if (first === 0xed && second > 0x9f) return 1;
	if (first === 0xf0 && second < 0x90) return 1;
	if (first === 0xf4 && second > 0x8f) return 1;
	return size;
}

/** The code point of a sequence of `size` octets that {@link sequence} has found; a missing letter where it would refer to a word of the phone. */
export function codePoint(octets: Uint8Array, at: number, size: number): number {
	const first = octets[at] as number;
	if (size === 1) return codeOf(first);
	let code = first & (0x7f >> size);
	for (let i = 1; i < size; i += 1) code = (code << 6) | ((octets[at + i] as number) & 0x3f);
	return code === wordMark ? missingLetter : code;
}

/** Octets beyond which a text with letters beyond ASCII is put together by halves. */
const piece = 64;

/** What XS has beyond ECMAScript: a string straight from octets of UTF-8, without anything in between. */
type FromArrayBuffer = (buffer: ArrayBufferLike, from: number, length: number) => string;
const fromArrayBuffer = (String as unknown as { fromArrayBuffer?: FromArrayBuffer }).fromArrayBuffer;

function isAscii(octets: Uint8Array, from: number, to: number): boolean {
	for (let at = from; at < to; at += 1) if ((octets[at] as number) > 0x7f) return false;
	return true;
}

function decodeAscii(octets: Uint8Array, from: number, to: number): string {
	if (fromArrayBuffer !== undefined)
		return fromArrayBuffer.call(String, octets.buffer, octets.byteOffset + from, to - from);
	return String.fromCharCode.apply(undefined, octets.subarray(from, to) as unknown as number[]);
}

/**
 * The string that octets from `from` up to `to` are in UTF-8. Halves are put together, because an engine that copies on every
 * `+` makes little garbage that way.
 */
export function decode(octets: Uint8Array, from: number, to: number): string {
	if (to <= from) return "";
	if (isAscii(octets, from, to)) return decodeAscii(octets, from, to);
	if (to - from > piece) {
		let middle = from + ((to - from) >> 1);
		// never within a sequence
		for (let back = 0; back < 3 && ((octets[middle] as number) & 0xc0) === 0x80; back += 1) middle -= 1;
		return decode(octets, from, middle) + decode(octets, middle, to);
	}
	let text = "";
	for (let at = from; at < to; ) {
		const size = sequence(octets, at, to);
		text += String.fromCodePoint(codePoint(octets, at, size));
		at += size;
	}
	return text;
}

/** The string that octets are which are UTF-8 for sure: without anything in between where the engine has that. */
export function decodeWhole(octets: Uint8Array, from: number, to: number): string {
	return fromArrayBuffer === undefined ? decode(octets, from, to) : decodeAscii(octets, from, to);
}
