/*
 * Where lines of a text end, the same for all bodies: between words, and for a body whose screen is drawn elsewhere by the letters of a
 * board's pages of text.
 */

const lineFeed = 10;
const blank = 32;

/**
 * Where the line ends that begins at `from` in a text: see `Display.fits`. At least one character is in it, and no half of one.
 * @param width what a part of the text takes. @param room what a line has.
 */
export function wrap(text: string, from: number, width: (part: string) => number, room: number): number {
	let end = text.indexOf("\n", from);
	if (end < 0) end = text.length;
	let taken = 0;
	let at = from;
	while (at < end) {
		let word = at;
		while (word < end && text.charCodeAt(word) === blank) word += 1;
		let next = word;
		while (next < end && text.charCodeAt(next) !== blank) next += 1;
		// blanks at the end of a text are no reason for a line
		if (word === end) return end;
		const wide = width(text.slice(at, next));
		if (taken + wide > room) return at === from ? broken(text, from, next, width, room) : at;
		taken += wide;
		at = next;
	}
	return end;
}

/** Where the line after one that ends at `end` begins: behind blanks, or behind the line feed. */
export function nextLine(text: string, end: number): number {
	let at = end;
	while (text.charCodeAt(at) === blank) at += 1;
	return text.charCodeAt(at) === lineFeed ? at + 1 : at;
}

/** How far a word that is too long goes into a line. */
function broken(text: string, from: number, to: number, width: (part: string) => number, room: number): number {
	let taken = 0;
	let at = from;
	while (at < to) {
		// to XS a character beyond the first plane is one, to others two halves
		const code = text.charCodeAt(at);
		const step = code >= 0xd800 && code < 0xdc00 ? 2 : 1;
		taken += width(text.slice(at, at + step));
		if (taken > room && at > from) return at;
		at += step;
	}
	return to;
}

/** Pixels of each letter from the blank to the tilde in the font of pages, in digits of base 36; of others as many as most of them take. */
const widths = "34498a92556834468888888888337877d999988aa4898caa9a98899c988464664887875883373c888857587b777535a";
const otherWidth = 9;
/** The same in the font of larger text. */
const widthsLarger = "456aacb366894657aaaaaaaaaa549a98fbbbba9cc59b9fccbcbaabbfbaa5757859a9a96a94494f9aaa69698d989646b";
const otherLarger = 11;
/** Pixels of a line on a board with keys. */
export const usualRoom = 292;

/** Pixels that a text takes there, where nothing can measure it. */
export function usualWidth(text: string): number {
	return widthBy(text, widths, otherWidth);
}

/** The same of larger text. */
export function largerWidth(text: string): number {
	return widthBy(text, widthsLarger, otherLarger);
}

function widthBy(text: string, letters: string, other: number): number {
	let sum = 0;
	for (let i = 0; i < text.length; i += 1) {
		const place = text.charCodeAt(i) - blank;
		sum += place >= 0 && place < letters.length ? Number.parseInt(letters.charAt(place), 36) : other;
	}
	return sum;
}
