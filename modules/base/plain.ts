/*
 * Characters that are no writing: what a terminal, a log or a display would act upon instead of showing it. Texts of call agents,
 * files and people pass here before anything shows them.
 */

import { pieceAt } from "base/pieces";

/**
 * Begins a reference to one of the phone's own words (base/words) in texts of its own. In a text of somebody else it is a letter that
 * nobody has: whoever decodes one puts {@link missingLetter} in its place, or its sender could have the phone say words of its own.
 */
export const wordMark = 0xe000;
/** What is shown as a letter that the display lacks (Unicode's replacement character). */
export const missingLetter = 0xfffd;

/**
 * True for a character that must not be shown: the control characters of ASCII and ISO 8859 (escape sequences begin with one),
 * those that turn the direction of writing or end a line, and the byte order mark.
 */
export function isControl(code: number): boolean {
	if (code < 0x7f) return code < 0x20;
	if (code < 0xa0) return true;
	if (code < 0x200e) return code === 0x61c;
	return (
		code < 0x2010 ||
		(code >= 0x2028 && code <= 0x202e) ||
		(code >= 0x2060 && code <= 0x206f) ||
		(code >= 0xfff9 && code <= 0xfffb) ||
		code === 0xfeff
	);
}

/** `line` as one line of writing: each control character becomes a '?'. A line without any comes back as it is. */
export function plainLine(line: string): string {
	let result = "";
	let from = 0;
	for (let start = 0, { length } = line; start < length; ) {
		const piece = pieceAt(line, start);
		const end = piece.length;
		for (let i = 0; i < end; i += 1) {
			if (!isControl(piece.charCodeAt(i))) continue;
			result += `${line.slice(from, start + i)}?`;
			from = start + i + 1;
		}
		start += end;
	}
	return from === 0 ? line : result + line.slice(from);
}
