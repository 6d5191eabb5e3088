/*
 * Texts as JSON has them (RFC 8259, 7). The engine's own JSON would be linked into the image for this alone, with its reader: 11 KB.
 */
import { pieceAt } from "base/pieces";

const quote = 0x22;
const backslash = 0x5c;

/** A text as a string of JSON, with its quotation marks. Control characters are numbered; half a surrogate pair stays what it is. */
export function quoted(text: string): string {
	let result = "";
	for (let start = 0; start < text.length; ) {
		const piece = pieceAt(text, start);
		let from = 0;
		for (let i = 0; i < piece.length; i += 1) {
			const code = piece.charCodeAt(i);
			if (code >= 0x20 && code !== quote && code !== backslash && code !== 0x7f) continue;
			result += piece.slice(from, i);
			result +=
				code === quote ? '\\"' : code === backslash ? "\\\\" : `\\u00${code < 16 ? "0" : ""}${code.toString(16)}`;
			from = i + 1;
		}
		result += piece.slice(from);
		start += piece.length;
	}
	return `"${result}"`;
}
