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
		else if (code < 0x7f) result += entityOf(code) || character;
		else result += code >= 0xd800 && code < 0xe000 ? "\ufffd" : character;
	}
	return result;
}

/** By its code: a property that is named by whatever character comes would be a name that XS keeps for good. */
function entityOf(code: number): string {
	switch (code) {
		case 0x22:
			return "&quot;";
		case 0x26:
			return "&amp;";
		case 0x27:
			return "&#39;";
		case 0x3c:
			return "&lt;";
		case 0x3e:
			return "&gt;";
		default:
			return "";
	}
}

/** An element with text in it. */
export function element(name: string, text: string): string {
	return `<${name}>${escaped(text)}</${name}>\n`;
}

export const xmlHead = '<?xml version="1.0" encoding="utf-8"?>\n';
export const xmlType = "text/xml; charset=utf-8";
export const htmlType = "text/html; charset=utf-8";
