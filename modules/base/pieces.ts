/*
 * XS finds a character by counting from the beginning of its text, and counts a text's length likewise: a loop over all characters takes
 * the square of their number. Loops over texts that may be long go over short pieces, each of which is found once.
 */

/** Characters of a piece: short enough to be counted in no time, long enough for few pieces to be made. */
const most = 16;

/**
 * The piece of `text` that begins at `start`; a text that is short comes back as it is. It ends with a whole character, also where
 * the engine counts two places for one beyond the first plane.
 */
export function pieceAt(text: string, start: number): string {
	const { length } = text;
	if (length - start <= most) return start === 0 ? text : text.slice(start);
	const piece = text.slice(start, start + most);
	const last = piece.charCodeAt(most - 1);
	return last >= 0xd800 && last < 0xdc00 ? text.slice(start, start + most + 1) : piece;
}
