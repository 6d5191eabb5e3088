/*
 * Which letters the phone's displays have, the same for all bodies: what tools/display/fonts.ts puts into the fonts for text, and what
 * Display.draws() answers. Latin with what European languages and Vietnamese need, Greek with one accent, Cyrillic with what the languages
 * of the former Soviet Union need; no script that is written from right to left or joined.
 */

/** First and last Unicode code point of each run, one after the other, ascending. */
export const letterRuns: readonly number[] = Object.freeze([
	// Basic Latin, Latin-1 (without the soft hyphen), Extended-A and -B
	0x20, 0x7e, 0xa0, 0xac, 0xae, 0x24f,
	// ə of Azerbaijani; modifiers that stand for an apostrophe or an accent alone
	0x259, 0x259, 0x2bb, 0x2bd, 0x2c6, 0x2c7, 0x2c9, 0x2c9, 0x2d8, 0x2dd,
	// marks over and under the letter before them, for letters that Unicode does not have composed
	0x300, 0x304, 0x306, 0x30c, 0x30f, 0x30f, 0x311, 0x311, 0x323, 0x328, 0x32e, 0x32e, 0x331, 0x331,
	// Greek with tonos and dialytika
	0x37e, 0x37e, 0x384, 0x38a, 0x38c, 0x38c, 0x38e, 0x3a1, 0x3a3, 0x3ce, 0x3d0, 0x3d7,
	// Cyrillic and its supplement
	0x400, 0x482, 0x48a, 0x52f,
	// Latin Extended Additional: Vietnamese, Welsh, capital sharp s
	0x1e00, 0x1eff,
	// spaces, dashes, quotes, bullets, ellipsis, per mille, primes, angle quotes, fraction slash
	0x2000, 0x200a, 0x2010, 0x2027, 0x202f, 0x2034, 0x2039, 0x203a, 0x203c, 0x203c, 0x2044, 0x2044,
	// currencies
	0x20a0, 0x20be,
	// numero, trade mark, ohm, arrows, minus, root, infinity, almost equal, not equal, less, greater
	0x2116, 0x2116, 0x2122, 0x2122, 0x2126, 0x2126, 0x2190, 0x2195, 0x2212, 0x2212, 0x221a, 0x221a, 0x221e, 0x221e,
	0x2248, 0x2248, 0x2260, 0x2260, 0x2264, 0x2265,
	// squares, triangles, circles, stars, telephone, check marks, heart, notes
	0x25a0, 0x25a1, 0x25b2, 0x25b3, 0x25b6, 0x25b7, 0x25bc, 0x25bd, 0x25c0, 0x25c1, 0x25cb, 0x25cb, 0x25cf, 0x25cf,
	0x2605, 0x2606, 0x260e, 0x260f, 0x2665, 0x2665, 0x266a, 0x266b, 0x2713, 0x2714, 0x2717, 0x2718,
	// the sign for what there is no letter for
	0xfffd, 0xfffd,
]);

/** The sign that stands where there is no letter, a frame: U+FFFD. */
export const missing = 0xfffd;

/** Whether the fonts for text have a glyph for a Unicode code point. */
export function hasLetter(code: number): boolean {
	let low = 0;
	let high = (letterRuns.length >> 1) - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		if (code < (letterRuns[2 * middle] as number)) high = middle - 1;
		else if (code > (letterRuns[2 * middle + 1] as number)) low = middle + 1;
		else return true;
	}
	return false;
}
