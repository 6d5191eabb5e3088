/*
 * Texts of the phone, of call agents and of files as text in HTML and XML: words of the phone's own in English, and nothing that a browser
 * could take for markup.
 */
import { english, spoken } from "base/words";

/** Text as character data, also within an attribute. What XML has no character for is a question mark. */
export function escaped(text: string): string {
	const plain = spoken(text, english);
	let result = "";
	for (const character of plain) {
		const code = character.codePointAt(0) as number;
		if (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code & 0xfffe) === 0xfffe) result += "?";
		else if (code < 0x7f) result += entities[character] ?? character;
		else result += code >= 0xd800 && code < 0xe000 ? "\ufffd" : character;
	}
	return result;
}

const entities: Readonly<Record<string, string>> = Object.freeze({
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
});

/** An element with text in it. */
export function element(name: string, text: string): string {
	return `<${name}>${escaped(text)}</${name}>\n`;
}

export const xmlHead = '<?xml version="1.0" encoding="utf-8"?>\n';
export const xmlType = "text/xml; charset=utf-8";
export const htmlType = "text/html; charset=utf-8";
