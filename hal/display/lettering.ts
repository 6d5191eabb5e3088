/*
 * Writes labels into keys that are too small for some of them: in the largest letters in which all of a label is seen, on one line or,
 * where there is room and it has a blank, on two; what does not fit even so is cut.
 */
import type { Font } from "hal/display/canvas";
import type { Painter } from "hal/display/painter";

/** Where a label stands in its room. */
export const Align = Object.freeze({ right: 0, centre: 1 });

/** Rows from one line of tiny letters to the next where there is no room for more: accents of capitals go first. */
const CLOSE = 12;

/**
 * Writes a label into a room of `width` and `height` from `x`, `y` on, `large` letters where they fit.
 * @param align a number of {@link Align}.
 */
export function writeLabel(
	painter: Painter,
	label: string,
	large: Font,
	colour: number,
	x: number,
	y: number,
	width: number,
	height: number,
	align: number,
): void {
	const { tiny, small } = painter.fonts;
	const roomy = height >= 2 * small.height;
	const close = height >= 2 * CLOSE;
	let font = tiny;
	let blank = -1;
	if (painter.width(label, large) <= width) font = large;
	else if (painter.width(label, small) <= width) font = small;
	else {
		if (roomy) blank = lastBlank(painter, label, small, width, true);
		if (blank > 0) font = small;
		else if (close && painter.width(label, tiny) > width) {
			blank = lastBlank(painter, label, tiny, width, true);
			if (blank < 0) blank = lastBlank(painter, label, tiny, width, false);
		}
	}
	if (blank < 0) {
		write(painter, label, font, colour, x, y + ((height - font.height) >> 1), width, align);
		return;
	}
	const pitch = Math.min(font.height, height - CLOSE);
	const top = y + ((height - pitch - font.height) >> 1);
	write(painter, label.slice(0, blank), font, colour, x, top, width, align);
	write(painter, label.slice(blank + 1), font, colour, x, top + pitch, width, align);
}

/**
 * The last blank of a text that leaves before it what fits into a width, and behind it, too, when `both` are to; -1 when there is
 * none.
 */
export function lastBlank(painter: Painter, text: string, font: Font, width: number, both: boolean): number {
	for (let at = text.lastIndexOf(" "); at > 0; at = text.lastIndexOf(" ", at - 1)) {
		if (both && painter.width(text.slice(at + 1), font) > width) return -1;
		if (painter.width(text.slice(0, at), font) <= width) return at;
	}
	return -1;
}

function write(
	painter: Painter,
	text: string,
	font: Font,
	colour: number,
	x: number,
	y: number,
	width: number,
	align: number,
): void {
	if (align === Align.centre) painter.centre(text, font, colour, x, y, width);
	else painter.right(text, font, colour, x + width, y, width);
}
