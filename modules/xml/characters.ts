/*
 * Characters that mean something in XML 1.0, by their octets in ASCII, and names of encodings.
 */

export const Char = Object.freeze({
	lessThan: 60,
	greaterThan: 62,
	ampersand: 38,
	number: 35,
	slash: 47,
	exclamation: 33,
	question: 63,
	equals: 61,
	semicolon: 59,
	dash: 45,
	leftBracket: 91,
	rightBracket: 93,
	doubleQuote: 34,
	singleQuote: 39,
	letterD: 68,
	space: 32,
	tab: 9,
	lineFeed: 10,
	carriageReturn: 13,
});

/** Whether an octet may begin a name: letters, '_', ':' and everything beyond ASCII. */
export function beginsName(octet: number): boolean {
	const letter = octet | 0x20;
	return (letter >= 97 && letter <= 122) || octet === 95 || octet === 58 || octet > 0x7f;
}

export function isName(octet: number): boolean {
	return beginsName(octet) || (octet >= 48 && octet <= 57) || octet === Char.dash || octet === 46;
}

export function isSpace(octet: number): boolean {
	return octet === Char.space || octet === Char.tab || octet === Char.lineFeed;
}

/** An octet for an error message. */
export function shown(octet: number): string {
	if (octet === Char.lineFeed) return "the end of the line";
	return octet > Char.space && octet < 0x7f ? `'${String.fromCharCode(octet)}'` : `octet 0x${octet.toString(16)}`;
}

export const Encoding = Object.freeze({ utf8: 0, windows1252: 1 });

/**
 * The number of an encoding that a document's declaration names, undefined when it cannot be read. ISO-8859-1 is read as
 * windows-1252, as browsers do: servers write the one and mean the other.
 */
export function encodingOf(name: string): number | undefined {
	switch (name.toLowerCase()) {
		case "utf-8":
		case "utf8":
		case "us-ascii":
		case "ascii":
			return Encoding.utf8;
		case "iso-8859-1":
		case "iso8859-1":
		case "iso_8859-1":
		case "latin1":
		case "latin-1":
		case "windows-1252":
		case "cp1252":
			return Encoding.windows1252;
		default:
			return undefined;
	}
}
