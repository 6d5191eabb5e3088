/*
 * A menu, a page of text or the number being collected, over calls and labels. A menu shows the page of lines that the selected one
 * is on, with a bar at the right when there are more; a long page of text has its short lines
 * in pairs. Lines are redrawn when they change.
 */
import type { Painter } from "hal/display/painter";
import { isDialled } from "hal/display/party";
import { type Box, Colour } from "hal/display/theme";
import type { ScreenOverlay } from "hal/hardware";

const TITLE = 24;
const MARGIN = 10;
/** Rows of pixels of a line of text, at least and at most. */
const PITCH_LEAST = 14;
const PITCH_MOST = 24;
/** The least in a page of pairs, and its margin. */
const PAIR_PITCH = 12;
const PAIR_MARGIN = 6;
/** Lines that may stand in pairs. */
const PAIRED_LINES = 30;

export class OverlayPane {
	private readonly painter: Painter;
	private readonly box: Box;
	private readonly menuRow: number;
	private title = "";
	/** Count of lines, kind and first line in view as drawn. */
	private arrangement = -1;
	private selected = -1;
	/** Lines of a page that take all of a row, as bits. */
	private wideLines = 0;
	private readonly lines: string[] = [];

	constructor(painter: Painter, box: Box, menuRow: number) {
		this.painter = painter;
		this.box = box;
		this.menuRow = menuRow;
	}

	show(overlay: ScreenOverlay, anew: boolean): void {
		const count = overlay.lines.length;
		const menu = overlay.selected >= 0;
		const top = menu ? this.top(overlay.selected) : 0;
		const arrangement = (count * 2 + (menu ? 1 : 0)) * 4096 + top;
		const again = anew || arrangement !== this.arrangement;
		this.arrangement = arrangement;
		if (again || this.title !== overlay.title) this.drawTitle(overlay.title);
		if (menu) this.menu(overlay, top, again);
		else if (count === 1) this.single(overlay.lines[0] as string, again);
		else this.page(overlay, again);
		this.selected = overlay.selected;
	}

	/** Which line of a menu is at a point of the panel, -1 when none is. */
	at(x: number, y: number, overlay: ScreenOverlay): number {
		const box = this.box;
		if (overlay.selected < 0 || x < box.x || x >= box.x + box.width) return -1;
		const row = Math.floor((y - box.y - TITLE) / this.menuRow);
		if (row < 0 || row >= this.rows) return -1;
		const line = this.top(overlay.selected) + row;
		return line < overlay.lines.length ? line : -1;
	}

	/** Lines of a menu in view. */
	private get rows(): number {
		return Math.floor((this.box.height - TITLE) / this.menuRow);
	}

	private top(selected: number): number {
		return selected - (selected % this.rows);
	}

	private drawTitle(title: string): void {
		this.title = title;
		const { x, y, width } = this.box;
		const painter = this.painter;
		painter.begin(Colour.selected, x, y, width, TITLE);
		const room = width - 2 * MARGIN;
		const font = painter.fitting(title, room, painter.fonts.text, painter.fonts.small);
		painter.left(title, font, Colour.text, x + MARGIN, y + TITLE - 1 - font.height, room);
		painter.end();
	}

	private menu(overlay: ScreenOverlay, top: number, again: boolean): void {
		const { x, y, width, height } = this.box;
		const painter = this.painter;
		const { small, text, tiny } = painter.fonts;
		const rows = this.rows;
		const scrolls = overlay.lines.length > rows;
		for (let row = 0; row < rows; row += 1) {
			const index = top + row;
			const line = overlay.lines[index] ?? "";
			const chosen = index === overlay.selected;
			if (!again && this.lines[row] === line && chosen === (index === this.selected)) continue;
			this.lines[row] = line;
			const upper = y + TITLE + row * this.menuRow;
			painter.begin(Colour.background, x, upper, width, this.menuRow);
			const room = width - (scrolls ? 8 : 0);
			if (chosen) painter.round(Colour.pressed, Colour.background, x + 2, upper, room - 4, this.menuRow, false);
			const font = painter.fitting(line, room - 2 * MARGIN, text, small, tiny);
			const base = upper + ((this.menuRow - font.height) >> 1);
			painter.left(line, font, Colour.text, x + MARGIN, base, room - 2 * MARGIN);
			if (scrolls) this.scroll(x + width - 6, upper, row, overlay.lines.length, top);
			painter.end();
		}
		const used = TITLE + rows * this.menuRow;
		if (again && used < height) this.clear(x, y + used, width, height - used);
	}

	/** This row's share of the bar that shows which lines are in view. */
	private scroll(x: number, y: number, row: number, count: number, top: number): void {
		const rows = this.rows;
		const whole = this.menuRow * rows;
		const from = Math.floor((whole * top) / count) - row * this.menuRow;
		const to = Math.floor((whole * Math.min(count, top + rows)) / count) - row * this.menuRow;
		const first = Math.max(0, from);
		this.painter.fill(Colour.panel, x, y, 4, this.menuRow);
		this.painter.fill(Colour.accent, x, y + first, 4, Math.min(this.menuRow, to) - first);
	}

	/** One line of text, large when it is a number being collected. */
	private single(line: string, again: boolean): void {
		if (!again && this.lines[0] === line) return;
		this.lines[0] = line;
		const { x, y, width, height } = this.box;
		const painter = this.painter;
		const { digits, small, text } = painter.fonts;
		const room = width - 4 * MARGIN;
		const large = isDialled(line) && painter.width(line, digits) <= room;
		const font = large ? digits : painter.fitting(line, room, text, small);
		const middle = y + TITLE + ((height - TITLE) >> 1);
		painter.begin(Colour.background, x, y + TITLE, width, height - TITLE);
		painter.fill(Colour.accent, x + 2 * MARGIN, middle + 20, room, 2);
		painter.centre(line, font, Colour.text, x + 2 * MARGIN, middle + 16 - font.height, room);
		painter.end();
	}

	private page(overlay: ScreenOverlay, again: boolean): void {
		const { x, y, width, height } = this.box;
		const painter = this.painter;
		const { small, tiny } = painter.fonts;
		const count = overlay.lines.length;
		const room = height - TITLE;
		const paired = count * PITCH_LEAST > room;
		const font = paired ? tiny : small;
		const wide = paired ? this.wide(overlay, (width >> 1) - 2 * PAIR_MARGIN, again) : -1;
		const anew = again || wide !== this.wideLines;
		this.wideLines = wide;
		const least = paired ? PAIR_PITCH : PITCH_LEAST;
		const pitch = Math.max(least, Math.min(PITCH_MOST, Math.floor(room / rowsOf(count, wide)))) & ~1;
		// where lines are close, the room for accents of capitals goes first
		const above = pitch < font.height ? pitch - font.height + 1 : (pitch - font.height) >> 1;
		const margin = paired ? PAIR_MARGIN : MARGIN;
		let upper = y + TITLE;
		let second = false;
		for (let i = 0; i < count && upper + pitch <= y + height; i += 1) {
			const line = overlay.lines[i] as string;
			const whole = isWide(wide, i);
			// what stands alone at the left leaves the right half empty
			const alone: boolean = !whole && !second && (i + 1 === count || isWide(wide, i + 1));
			const left = second ? x + (width >> 1) : x;
			const across = whole || alone ? width : width >> 1;
			if (anew || this.lines[i] !== line) {
				this.lines[i] = line;
				painter.begin(Colour.background, left, upper, across, pitch);
				const fitting = painter.fitting(line, across - 2 * margin, font, tiny);
				const lower = (font.height - fitting.height) >> 1;
				painter.left(line, fitting, Colour.text, left + margin, upper + above + lower, across - 2 * margin);
				painter.end();
			}
			second = !whole && !alone && !second;
			if (!second) upper += pitch;
		}
		if (anew && upper < y + height) this.clear(x, upper, width, y + height - upper);
	}

	/** Which lines are wider than half a pane, a bit for each of the first 30. Lines that are those of before are not measured `again`. */
	private wide(overlay: ScreenOverlay, half: number, again: boolean): number {
		const painter = this.painter;
		let wide = again ? 0 : this.wideLines;
		for (let i = 0; i < overlay.lines.length && i < PAIRED_LINES; i += 1) {
			const line = overlay.lines[i] as string;
			if (!again && this.lines[i] === line) continue;
			const bit = 1 << i;
			wide = painter.width(line, painter.fonts.tiny) > half ? wide | bit : wide & ~bit;
		}
		return wide;
	}

	private clear(x: number, y: number, width: number, height: number): void {
		this.painter.begin(Colour.background, x, y, width, height);
		this.painter.end();
	}
}

function isWide(wide: number, line: number): boolean {
	return line >= PAIRED_LINES || (wide & (1 << line)) !== 0;
}

/** Rows that so many lines take when those that are not wide stand in pairs. */
function rowsOf(count: number, wide: number): number {
	let rows = 0;
	let second = false;
	for (let i = 0; i < count; i += 1) {
		second = !isWide(wide, i) && !second;
		if (second || isWide(wide, i)) rows += 1;
	}
	return Math.max(1, rows);
}
