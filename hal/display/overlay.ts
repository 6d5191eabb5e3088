/*
 * A list, a page of text or the number being collected, over calls and labels: what of it is in view, with a bar at the right when there
 * is more. Lines are redrawn when they change.
 */
import type { Painter } from "hal/display/painter";
import { isDialled } from "hal/display/party";
import { PicturePane } from "hal/display/picture";
import { type Box, Colour, titleHeight } from "hal/display/theme";
import type { Pictures, ScreenOverlay, ScreenPicture } from "hal/hardware";
import { wrap } from "hal/wrap";

const MARGIN = 10;
/** Rows of pixels of a line of text, at least and at most, and with larger text. */
const PITCH_LEAST = 18;
const PITCH_LARGER = 22;
const PITCH_MOST = 24;
/** Rows of a line of a list with larger text, at least; of a display to touch they are only a little less than without. */
const ROW_LARGER = 28;
/** Pixels that are kept from lines for the bar, and that it has; a finger finds it in more. */
const SCROLL = 8;
const BAR = 4;
const FINGER = 32;

/** What an overlay is. */
const Kind = Object.freeze({ list: 0, entry: 1, page: 2, picture: 3 });

/** Pixels that icons have before the lines of a list, and a gap behind them. */
const ICONS = 28;
const ICON_GAP = 4;

/** What a finger is on that is no line: what scrolls back or on. */
export const Scroll = Object.freeze({ none: 0, back: -1, on: 1 });

export class OverlayPane {
	private readonly painter: Painter;
	private readonly box: Box;
	private readonly menuRow: number;
	private readonly pictures: Pictures | undefined;
	private readonly picture: PicturePane | undefined;
	/** {@link Pictures.revision} with which icons were drawn. */
	private revision = -1;
	private title = "";
	/** Where the window is, and of what, as drawn; a number of {@link Kind}. */
	private kind = -1;
	private first = -1;
	private count = -1;
	private rowsDrawn = -1;
	private selected = -1;
	private readonly lines: string[] = [];

	constructor(painter: Painter, box: Box, menuRow: number, pictures: Pictures | undefined) {
		this.painter = painter;
		this.box = box;
		this.menuRow = menuRow;
		this.pictures = pictures;
		const { x, y, width, height } = box;
		const room = { x, y: y + titleHeight, width, height: height - titleHeight };
		this.picture = pictures && new PicturePane(painter, room, pictures);
	}

	show(overlay: ScreenOverlay, anew: boolean): void {
		const { title, first, count, selected } = overlay;
		const rows = Math.min(overlay.lines.length, this.rows(selected >= 0));
		const picture = this.picture === undefined ? undefined : overlay.picture;
		const kind =
			picture !== undefined
				? Kind.picture
				: selected >= 0
					? Kind.list
					: count === 1 && isEntry(overlay.lines[0] ?? " ")
						? Kind.entry
						: Kind.page;
		const another = kind !== this.kind || first !== this.first || count !== this.count;
		const revision = overlay.icons === undefined ? -1 : (this.pictures?.revision ?? -1);
		const again = anew || another || rows !== this.rowsDrawn || revision !== this.revision;
		this.revision = revision;
		this.kind = kind;
		this.first = first;
		this.count = count;
		this.rowsDrawn = rows;
		if (anew || this.title !== title) this.drawTitle(title);
		if (picture !== undefined) this.picture?.show(picture, anew || another);
		else if (kind === Kind.list) this.list(overlay, rows, again);
		else if (kind === Kind.entry) this.entry(overlay.lines[0] ?? "", again);
		else this.page(overlay, rows, again);
		this.selected = selected;
	}

	private get larger(): boolean {
		return this.painter.reading !== this.painter.fonts;
	}

	private get rowHeight(): number {
		return this.larger ? Math.max(ROW_LARGER, this.menuRow - 2) : this.menuRow;
	}

	private get pitchLeast(): number {
		return Math.max(this.larger ? PITCH_LARGER : PITCH_LEAST, this.painter.reading.small.height & ~1);
	}

	/** Lines of a list, or of a page of text, in view. */
	rows(list: boolean): number {
		return Math.floor((this.box.height - titleHeight) / (list ? this.rowHeight : this.pitchLeast));
	}

	/** Where a line of a page ends: see `Display.fits`. */
	fits(text: string, from: number): number {
		const { painter } = this;
		const { small } = painter.reading;
		return wrap(text, from, (part) => painter.width(part, small), this.box.width - 2 * MARGIN - SCROLL);
	}

	/** Which item of a list is at a point of the panel, -1 when none is. */
	at(x: number, y: number, overlay: ScreenOverlay): number {
		if (overlay.selected < 0 || !this.within(x, y) || this.scrollAt(x, y, overlay) !== Scroll.none) return -1;
		const row = Math.floor((y - this.box.y - titleHeight) / this.rowHeight);
		return row >= 0 && row < overlay.lines.length && row < this.rows(true) ? overlay.first + row : -1;
	}

	/** Whether a picture is shown at a point of the panel. */
	hasPicture(x: number, y: number, { picture }: ScreenOverlay): boolean {
		return this.picture !== undefined && picture !== undefined && this.within(x, y);
	}

	/** A point of the panel in pixels of the picture's file. */
	across(x: number, picture: ScreenPicture): number {
		return this.picture?.across(x, picture) ?? -1;
	}

	down(y: number, picture: ScreenPicture): number {
		return this.picture?.down(y, picture) ?? -1;
	}

	/** What scrolls at a point of the panel, a number of {@link Scroll}: the bar of a list, the halves of a page of text. */
	scrollAt(x: number, y: number, overlay: ScreenOverlay): number {
		const { box } = this;
		if (overlay.lines.length >= overlay.count || !this.within(x, y)) return Scroll.none;
		if (overlay.selected >= 0 && x < box.x + box.width - FINGER) return Scroll.none;
		return y < box.y + ((titleHeight + box.height) >> 1) ? Scroll.back : Scroll.on;
	}

	private within(x: number, y: number): boolean {
		const { box } = this;
		return x >= box.x && x < box.x + box.width && y >= box.y + titleHeight && y < box.y + box.height;
	}

	private drawTitle(title: string): void {
		this.title = title;
		const { x, y, width } = this.box;
		const painter = this.painter;
		painter.begin(Colour.selected, x, y, width, titleHeight);
		const room = width - 2 * MARGIN;
		const { small, text } = painter.fonts;
		const font = painter.fitting(title, room, text.height > titleHeight ? small : text, small);
		painter.left(title, font, Colour.text, x + MARGIN, y + titleHeight - 1 - font.height, room);
		painter.end();
	}

	private list(overlay: ScreenOverlay, count: number, again: boolean): void {
		const { x, y, width, height } = this.box;
		const painter = this.painter;
		const { small, text, tiny } = painter.reading;
		const rows = this.rows(true);
		const scrolls = overlay.count > count;
		const room = width - (scrolls ? SCROLL : 0);
		for (let row = 0; row < rows; row += 1) {
			const index = overlay.first + row;
			const line = row < count ? (overlay.lines[row] as string) : "";
			const chosen = index === overlay.selected;
			if (!again && this.lines[row] === line && chosen === (index === this.selected)) continue;
			this.lines[row] = line;
			const upper = y + titleHeight + row * this.rowHeight;
			painter.begin(Colour.background, x, upper, width, this.rowHeight);
			if (chosen) painter.round(Colour.pressed, Colour.background, x + 2, upper, room - 4, this.rowHeight, false);
			const left = x + MARGIN + this.icon(overlay, row, upper);
			const across = x + room - MARGIN - left;
			const font = painter.fitting(line, across, text, small, tiny);
			const base = upper + ((this.rowHeight - font.height) >> 1);
			painter.left(line, font, Colour.text, left, base, across);
			if (scrolls) this.bar(overlay, count, upper, this.rowHeight, row * this.rowHeight, rows * this.rowHeight);
			painter.end();
		}
		const used = titleHeight + rows * this.rowHeight;
		if (again && used < height) this.clear(x, y + used, width, height - used);
	}

	/** Draws the icon before a line. @returns pixels that icons take there. */
	private icon({ icons }: ScreenOverlay, row: number, upper: number): number {
		const { pictures, box } = this;
		if (icons === undefined || pictures === undefined) return 0;
		const place = icons[row] ?? 0;
		const width = pictures.width(place);
		const left = box.x + MARGIN + ((ICONS - width) >> 1);
		if (place > 0 && width > 0)
			this.painter.picture(place, left, upper + ((this.rowHeight - pictures.height(place)) >> 1));
		return ICONS + ICON_GAP;
	}

	/**
	 * A row's share of the bar that shows which lines are in view.
	 * @param upper where the row begins on the panel. @param down how far that is down the bar. @param whole length of the bar.
	 */
	private bar(overlay: ScreenOverlay, rows: number, upper: number, height: number, down: number, whole: number): void {
		const { first, count } = overlay;
		const x = this.box.x + this.box.width - BAR - 2;
		const from = Math.max(0, Math.floor((whole * first) / count) - down);
		const to = Math.min(height, Math.floor((whole * Math.min(count, first + rows)) / count) - down);
		this.painter.fill(Colour.panel, x, upper, BAR, height);
		this.painter.fill(Colour.accent, x, upper + from, BAR, to - from);
	}

	/** The number being collected, large where it has room. */
	private entry(line: string, again: boolean): void {
		if (!again && this.lines[0] === line) return;
		this.lines[0] = line;
		const { x, y, width, height } = this.box;
		const painter = this.painter;
		const { digits, small, text } = painter.reading;
		const room = width - 4 * MARGIN;
		const large = painter.width(line, digits) <= room;
		const font = large ? digits : painter.fitting(line, room, text, small);
		const middle = y + titleHeight + ((height - titleHeight) >> 1);
		painter.begin(Colour.background, x, y + titleHeight, width, height - titleHeight);
		painter.fill(Colour.accent, x + 2 * MARGIN, middle + 20, room, 2);
		painter.centre(line, font, Colour.text, x + 2 * MARGIN, middle + 16 - font.height, room);
		painter.end();
	}

	private page(overlay: ScreenOverlay, count: number, again: boolean): void {
		const { x, y, width, height } = this.box;
		const painter = this.painter;
		const { small, tiny } = painter.reading;
		const room = height - titleHeight;
		const scrolls = overlay.count > count;
		const rows = scrolls ? this.rows(false) : Math.max(count, 1);
		const pitch = Math.max(this.pitchLeast, Math.min(PITCH_MOST, Math.floor(room / rows))) & ~1;
		// where lines are close, the room for accents of capitals goes first
		const above = pitch < small.height ? pitch - small.height + 1 : (pitch - small.height) >> 1;
		const across = width - 2 * MARGIN - (scrolls ? SCROLL : 0);
		for (let row = 0; row < rows; row += 1) {
			const line = row < count ? (overlay.lines[row] as string) : "";
			if (!again && this.lines[row] === line) continue;
			this.lines[row] = line;
			const upper = y + titleHeight + row * pitch;
			painter.begin(Colour.background, x, upper, width, pitch);
			const font = painter.fitting(line, across, small, tiny);
			painter.left(line, font, Colour.text, x + MARGIN, upper + above + ((small.height - font.height) >> 1), across);
			if (scrolls) this.bar(overlay, count, upper, pitch, row * pitch, rows * pitch);
			painter.end();
		}
		const used = titleHeight + rows * pitch;
		if (again && used < height) this.clear(x, y + used, width, height - used);
	}

	private clear(x: number, y: number, width: number, height: number): void {
		this.painter.begin(Colour.background, x, y, width, height);
		this.painter.end();
	}
}

/** Whether a line is what has been typed of a number. */
function isEntry(line: string): boolean {
	return line === "" || isDialled(line);
}
