/*
 * Texts in ASCII that storage takes as they are, at two octets for each letter of an alphabet other than the Latin one: a name of 32
 * Greek letters takes 66. What a record's fields are separated by stays free.
 */

/** Begins, and ends, a run of such letters. */
const shift = "~";
/** Digits of a letter: the first of 88, '&' to '}'; the second of 93, blank to '$' and these. '%' is the store's own. */
const first = 0x26;
const seconds = 93;
/** Code points beyond are left to the store. */
const beyond = 88 * seconds;

function isWide(code: number): boolean {
	return code < 0x20 || code === 0x25 || (code > 0x7d && code < beyond);
}

function pairOf(code: number): string {
	const low = code % seconds;
	return String.fromCharCode(first + Math.floor(code / seconds), low < 5 ? 0x20 + low : 0x21 + low);
}

/** The text in a form of which {@link unpack} makes it again; without control characters. */
export function pack(text: string): string {
	let packed = "";
	let shifted = false;
	for (let i = 0, { length } = text; i < length; i += 1) {
		const code = text.charCodeAt(i);
		const wide = isWide(code);
		if (wide !== shifted) packed += shift;
		shifted = wide;
		packed += wide ? pairOf(code) : text.charAt(i);
	}
	return packed;
}

/** The text that was packed; of anything else as much as has a meaning. */
export function unpack(packed: string): string {
	if (packed.indexOf(shift) < 0) return packed;
	let text = "";
	let shifted = false;
	for (let i = 0, { length } = packed; i < length; i += 1) {
		const code = packed.charCodeAt(i);
		if (code === 0x7e) shifted = !shifted;
		else if (!shifted) text += packed.charAt(i);
		else {
			i += 1;
			const low = packed.charCodeAt(i);
			if (i < length) text += String.fromCharCode((code - first) * seconds + (low < 0x25 ? low - 0x20 : low - 0x21));
		}
	}
	return text;
}
