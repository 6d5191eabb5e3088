/*
 * The call plane. No call: the time of day, or why there is none. One call: a card with its time in large digits; two: two cards; more:
 * four rows, with those around the selected call in view. A row is redrawn when it changes, its time by itself.
 */
import { callColour, iconText, registrationColour, registrationText } from "hal/display/icons";
import { lastBlank } from "hal/display/lettering";
import type { Painter } from "hal/display/painter";
import { clockEnd, isDialled, numberStart } from "hal/display/party";
import { type Box, Colour } from "hal/display/theme";
import { Registration, type Screen, type ScreenCall } from "hal/hardware";

const ROWS = 4;
const MARGIN = 4;

export class CallPlane {
	private readonly painter: Painter;
	private readonly box: Box;
	/** How many calls there are and which is the first in view, as drawn; -1 before. */
	private arrangement = -1;
	private clock = "";
	private registration = -1;
	private news = "";
	private readonly titles: string[] = ["", "", "", ""];
	private readonly details: string[] = ["", "", "", ""];
	/** Icon and selection of each row. */
	private readonly marks = new Int32Array(ROWS);
	private readonly seconds = new Int32Array(ROWS);

	constructor(painter: Painter, box: Box) {
		this.painter = painter;
		this.box = box;
	}

	show(screen: Screen, anew: boolean): void {
		const calls = screen.calls;
		let count = 0;
		let selected = 0;
		for (let i = 0; i < calls.length; i += 1) {
			const call = calls[i] as ScreenCall;
			if (call.reference === 0) continue;
			if (call.selected) selected = count;
			count += 1;
		}
		if (count === 0) {
			this.idle(screen, anew || this.arrangement !== 0);
			this.arrangement = 0;
			return;
		}
		const top = firstInView(count, selected);
		const arrangement = count * 16 + top;
		const again = anew || this.arrangement !== arrangement;
		this.arrangement = arrangement;
		const rows = count > 2 ? ROWS : count;
		for (let row = 0; row < rows; row += 1) this.row(callAt(screen, top + row), row, count, top, again);
	}

	/** Which call (counted among those there are) is at a point of the panel, -1 when none is. */
	at(x: number, y: number, count: number, selected: number): number {
		const { x: left, y: upper, width, height } = this.box;
		if (count === 0 || x < left || x >= left + width || y < upper || y >= upper + height) return -1;
		const call = firstInView(count, selected) + Math.floor((y - upper) / rowHeight(height, count));
		return call < count ? call : -1;
	}

	private idle(screen: Screen, again: boolean): void {
		const { news, time, registration } = screen;
		if (!again && this.clock === time && this.registration === registration && this.news === news) return;
		const before = clockEnd(this.clock);
		const end = registration === Registration.registered ? clockEnd(time) : -1;
		const sameDay = before > 0 && this.clock.slice(before) === time.slice(end);
		const alike = this.registration === registration && this.news === news;
		const clockOnly = !again && alike && end > 0 && sameDay;
		this.news = news;
		this.clock = time;
		this.registration = registration;
		const { x, y, width, height } = this.box;
		const painter = this.painter;
		const { digits, pictures, small, text, tiny } = painter.fonts;
		const middle = y + (height >> 1);
		const clock = middle - 34;
		if (clockOnly) painter.begin(Colour.background, x, clock & ~1, width, (digits.height + 2) & ~1);
		else painter.begin(Colour.background, x, y, width, height);
		if (registration !== Registration.registered) {
			painter.centre(registrationText(registration), pictures, registrationColour(registration), x, middle - 14, width);
		} else if (end > 0) {
			painter.centre(time.slice(0, end), digits, Colour.text, x, clock, width);
			if (!clockOnly) painter.centre(time.slice(end + 1), text, Colour.dim, x, middle + 8, width);
		} else painter.centre(time, text, Colour.dim, x, middle - 10, width);
		if (!clockOnly && news !== "") {
			const room = width - 2 * MARGIN;
			painter.centre(news, painter.fitting(news, room, text, small, tiny), Colour.amber, x + MARGIN, middle + 34, room);
		}
		painter.end();
	}

	private row(call: ScreenCall | undefined, row: number, count: number, top: number, again: boolean): void {
		const title = call?.title ?? "";
		const detail = call?.detail ?? "";
		const seconds = call?.seconds ?? -1;
		const marks = call === undefined ? -1 : call.icon | (call.selected ? 256 : 0);
		const alike = this.titles[row] === title && this.details[row] === detail && this.marks[row] === marks;
		const timeOnly = alike && this.seconds[row] !== seconds;
		if (!again && alike && !timeOnly) return;
		const before = this.seconds[row] as number;
		this.titles[row] = title;
		this.details[row] = detail;
		this.marks[row] = marks;
		this.seconds[row] = seconds;
		const { x, width, height } = this.box;
		const rows = rowHeight(height, count);
		const y = this.box.y + row * rows;
		if (!again && timeOnly && call !== undefined && before >= 0 && seconds >= 0 && digitsAlike(before, seconds)) {
			this.time(call, x, y, width, rows, count, true);
			return;
		}
		this.painter.begin(Colour.background, x, y, width, rows);
		if (call !== undefined) this.card(call, x, y, count > ROWS ? width - 6 : width, rows, count);
		if (count > ROWS) this.scroll(x + width - 4, y, rows, row, count, top);
		this.painter.end();
	}

	private card(call: ScreenCall, x: number, y: number, width: number, height: number, count: number): void {
		const painter = this.painter;
		const { icons, pictures } = painter.fonts;
		const ground = call.selected ? Colour.selected : Colour.panel;
		const colour = callColour(call.icon);
		const large = count < 3;
		const padding = large ? MARGIN : 2;
		painter.round(
			ground,
			Colour.background,
			x + padding,
			y + padding,
			width - 2 * padding,
			height - 2 * padding,
			large,
		);
		const left = x + padding + (large ? 46 : 28);
		if (large) painter.draw(iconText(call.icon), pictures, colour, x + 14, y + 14);
		else painter.draw(iconText(call.icon), icons, colour, x + 7, y + ((height - 18) >> 1));
		if (count === 1 && (call.title === "" || isDialled(call.title))) this.dialled(call.title, x, y, width, height);
		else this.party(call, x, y, left, x + width - padding - 8 - left, height, count);
		if (large && call.detail !== "") this.detail(call, x + MARGIN + 10, y, width - 2 * (MARGIN + 10), height, count);
		if (call.seconds >= 0) this.time(call, x, y, count > ROWS ? width + 6 : width, height, count, false);
	}

	/** Who the call is with: a name, its number below it; large and in the middle while the phone rings. */
	private party(
		call: ScreenCall,
		x: number,
		y: number,
		left: number,
		room: number,
		height: number,
		count: number,
	): void {
		const painter = this.painter;
		const { small, tiny } = painter.fonts;
		// where there is one call there is room for larger text
		const { small: less, text } = count === 1 ? painter.reading : painter.fonts;
		const large = count < 3;
		const timed = call.seconds >= 0;
		const start = numberStart(call.title);
		const name = start < 0 ? call.title : call.title.slice(0, start);
		const font = large ? painter.fitting(name, room, text, less, small) : painter.fitting(name, room, small, tiny);
		const alone = !large && start < 0 && call.detail === "" && !timed;
		const first = y + (large ? 8 : alone ? (height - small.height) >> 1 : 3);
		// where there is one call there is room for a long name in two lines
		const blank = count === 1 && painter.width(name, font) > room ? lastBlank(painter, name, font, room, false) : -1;
		painter.left(blank < 0 ? name : name.slice(0, blank), font, Colour.text, left, first, room);
		if (blank >= 0) painter.left(name.slice(blank + 1), font, Colour.text, left, first + font.height, room);
		const detail = large ? "" : call.detail;
		if (start < 0 && detail === "") return;
		const given = start < 0 ? "" : call.title.slice(start + 2, -1);
		const number = given === "" || detail === "" ? given + detail : `${given}, ${detail}`;
		if (count === 1 && !timed && isDialled(number)) {
			this.large(number, x, y + (height >> 1), this.box.width);
			return;
		}
		const second = large ? first + (blank < 0 ? text.height + 1 : 2 * text.height - 2) : y + height - 3 - small.height;
		const taken = timed && !large ? painter.timeWidth(call.seconds, small) + 6 : 0;
		const lower = painter.fitting(number, room - taken, small, tiny);
		painter.left(number, lower, Colour.dim, left, second + small.height - lower.height, room - taken);
	}

	/** What else there is to say of the call of a card, at its lower end: beside its time where there are two, in two lines where there is one. */
	private detail(call: ScreenCall, x: number, y: number, room: number, height: number, count: number): void {
		const painter = this.painter;
		const { small, text, tiny, digits } = painter.fonts;
		if (count === 2) {
			const left = call.seconds < 0 ? room : room - painter.timeWidth(call.seconds, text) - 8;
			const font = painter.fitting(call.detail, left, small, tiny);
			painter.left(call.detail, font, Colour.dim, x, y + height - 10 - font.height, left);
			return;
		}
		const top = y + (height >> 1) + digits.height;
		const cut = painter.width(call.detail, small) <= room ? -1 : call.detail.lastIndexOf(", ");
		this.detailLine(cut < 0 ? call.detail : call.detail.slice(0, cut), x, top, room);
		if (cut >= 0) this.detailLine(call.detail.slice(cut + 2), x, top + small.height, room);
	}

	private detailLine(text: string, x: number, y: number, room: number): void {
		const painter = this.painter;
		const { small, tiny } = painter.fonts;
		painter.centre(text, painter.fitting(text, room, small, tiny), Colour.dim, x, y, room);
	}

	/** Digits being dialled, on a line. */
	private dialled(title: string, x: number, y: number, width: number, height: number): void {
		const line = y + (height >> 1) + 26;
		this.painter.fill(Colour.accent, x + 18, line, width - 36, 2);
		this.large(title, x, line - 36, width);
	}

	/** Digits as large as they fit, in the middle of a card. */
	private large(number: string, x: number, y: number, width: number): void {
		const painter = this.painter;
		const { digits, text } = painter.fonts;
		const font = painter.width(number, digits) <= width - 36 ? digits : text;
		painter.centre(number, font, Colour.text, x + 18, y + digits.height - font.height, width - 36);
	}

	/** The elapsed time; in the row's own area, or `alone` in one of its own. */
	private time(
		call: ScreenCall,
		x: number,
		y: number,
		width: number,
		height: number,
		count: number,
		alone: boolean,
	): void {
		const painter = this.painter;
		const { small, text, digits } = painter.fonts;
		const font = count === 1 ? digits : count === 2 ? text : small;
		const wide = painter.timeWidth(call.seconds, font);
		const top =
			count === 1 ? y + (height >> 1) : count === 2 ? y + height - 10 - font.height : y + height - 3 - font.height;
		const scroll = count > ROWS ? 6 : 0;
		const left = count === 1 ? x + ((width - wide) >> 1) : x + width - scroll - wide - (count === 2 ? 14 : 10);
		const from = left & ~1;
		if (alone) {
			const ground = call.selected ? Colour.selected : Colour.panel;
			painter.begin(ground, from, top & ~1, (left - from + wide + 1) & ~1, (font.height + 2) & ~1);
		}
		painter.time(call.seconds, font, count === 1 ? Colour.text : Colour.dim, left, top);
		if (alone) painter.end();
	}

	/** This row's share of the bar that shows which calls are in view. */
	private scroll(x: number, y: number, height: number, row: number, count: number, top: number): void {
		const whole = height * ROWS;
		const from = Math.floor((whole * top) / count) - row * height;
		const to = Math.floor((whole * (top + ROWS)) / count) - row * height;
		this.painter.fill(Colour.panel, x, y, 4, height);
		const first = Math.max(0, from);
		this.painter.fill(Colour.accent, x, y + first, 4, Math.min(height, to) - first);
	}
}

/** Whether two times have the same count of digits, so that one covers the other. */
function digitsAlike(a: number, b: number): boolean {
	return a < 3600 === b < 3600 && a < 36000 === b < 36000 && a < 360000 === b < 360000;
}

/** The first call in view: the selected one stands in the middle where it can. */
function firstInView(count: number, selected: number): number {
	return count <= ROWS ? 0 : Math.max(0, Math.min(selected - 1, count - ROWS));
}

function rowHeight(height: number, count: number): number {
	return count === 1 ? height : count === 2 ? height >> 1 : Math.floor(height / ROWS);
}

/** Call number `index` among those there are. */
function callAt(screen: Screen, index: number): ScreenCall | undefined {
	let count = 0;
	for (let i = 0; i < screen.calls.length; i += 1) {
		const call = screen.calls[i] as ScreenCall;
		if (call.reference === 0) continue;
		if (count === index) return call;
		count += 1;
	}
	return undefined;
}
