/*
 * The status line: date and time at the left, own number at the right, and between them the icons for registration, route and signs, as many
 * as there is room for: the most important come first. Each of the three is redrawn by itself unless one takes another width.
 */
import { Picture, registrationColour, registrationText, routeText } from "hal/display/icons";
import type { Painter } from "hal/display/painter";
import { type Box, Colour } from "hal/display/theme";
import { type Screen, Sign } from "hal/hardware";

const MARGIN = 8;
/** What time and number take at most; what they leave is the icons'. */
const TIME_WIDTH = 136;
const NUMBER_WIDTH = 100;
/** Pixels between an icon's left edge and the next one's. */
const ICON = 20;

/** A sign, its icon and its colour. */
type Mark = readonly [sign: number, picture: string, colour: number];

/** Behind registration, mute and route, in this order: what is about the call, what keeps it from ringing, what there is to look at. */
const marks: readonly Mark[] = Object.freeze([
	mark(Sign.poorNetwork, Picture.poorNetwork, Colour.amber),
	mark(Sign.secure, Picture.secure, Colour.green),
	mark(Sign.doNotDisturb, Picture.doNotDisturb, Colour.red),
	mark(Sign.ringerOff, Picture.ringerOff, Colour.amber),
	mark(Sign.forwarded, Picture.forwarded, Colour.accent),
	mark(Sign.missed, Picture.missed, Colour.amber),
	mark(Sign.message, Picture.envelope, Colour.red),
	mark(Sign.wideband, Picture.wideband, Colour.green),
]);

function mark(sign: number, picture: string, colour: number): Mark {
	return Object.freeze([sign, picture, colour] as const);
}

export class StatusLine {
	private readonly painter: Painter;
	private readonly box: Box;
	private time = "";
	private number = "";
	private marks = -1;
	/** Pixels that time and number take, margin included. */
	private timeWidth = 0;
	private numberWidth = 0;

	constructor(painter: Painter, box: Box) {
		this.painter = painter;
		this.box = box;
	}

	show(screen: Screen, anew: boolean): void {
		const { time, number, registration, route, signs } = screen;
		const newTime = this.time !== time;
		const newNumber = this.number !== number;
		const arranged = (anew || newTime || newNumber) && this.arrange(time, number);
		const again = anew || arranged;
		if (again || newTime) this.drawTime(time);
		const shown = registration | (route << 4) | (signs << 8);
		if (again || this.marks !== shown) this.drawMarks(screen, shown);
		if (again || newNumber) this.drawNumber(number);
	}

	/** Takes the room that time and number need; returns whether it is another than before. */
	private arrange(time: string, number: string): boolean {
		const { painter } = this;
		const timeWidth = room(painter.width(time, this.timeFont(time)), TIME_WIDTH);
		const font = this.numberFont(number);
		const numberWidth = room(painter.width(number, font), NUMBER_WIDTH);
		if (timeWidth === this.timeWidth && numberWidth === this.numberWidth) return false;
		this.timeWidth = timeWidth;
		this.numberWidth = numberWidth;
		return true;
	}

	private timeFont(time: string) {
		const { fonts, reading } = this.painter;
		return this.painter.fitting(time, TIME_WIDTH - MARGIN, reading.small, fonts.small);
	}

	private numberFont(number: string) {
		const { fonts } = this.painter;
		return this.painter.fitting(number, NUMBER_WIDTH - MARGIN, fonts.text, fonts.small);
	}

	private drawTime(time: string): void {
		this.time = time;
		const { x, y, height } = this.box;
		const { painter, timeWidth } = this;
		painter.begin(Colour.bar, x, y, timeWidth, height);
		const font = this.timeFont(time);
		painter.left(time, font, Colour.dim, x + MARGIN, y + height - 1 - font.height, timeWidth - MARGIN);
		painter.end();
	}

	private drawMarks({ muted, registration, route, signs }: Screen, shown: number): void {
		this.marks = shown;
		const { x, y, width, height } = this.box;
		const { painter, timeWidth } = this;
		const from = x + timeWidth;
		const to = x + width - this.numberWidth;
		painter.begin(Colour.bar, from, y, to - from, height);
		let at = from + 2;
		at = this.icon(registrationText(registration), registrationColour(registration), at, to);
		if (muted) at = this.icon(Picture.muted, Colour.red, at, to);
		at = this.icon(routeText(route), Colour.green, at, to);
		for (let i = 0; i < marks.length; i += 1) {
			const sign = marks[i] as Mark;
			if ((signs & sign[0]) !== 0) at = this.icon(sign[1], sign[2], at, to);
		}
		painter.end();
	}

	/** Draws an icon where there is room for it before `to`; returns where the next one begins. */
	private icon(picture: string, colour: number, at: number, to: number): number {
		if (picture === "" || at + ICON > to) return at;
		this.painter.draw(picture, this.painter.fonts.icons, colour, at, this.box.y + ((this.box.height - ICON + 2) >> 1));
		return at + ICON;
	}

	private drawNumber(number: string): void {
		this.number = number;
		const { x, y, width, height } = this.box;
		const { numberWidth, painter } = this;
		painter.begin(Colour.bar, x + width - numberWidth, y, numberWidth, height);
		const font = this.numberFont(number);
		painter.right(number, font, Colour.text, x + width - MARGIN, y + height - font.height, numberWidth - MARGIN);
		painter.end();
	}
}

/** An even width for a text and the margin beside it. */
function room(width: number, most: number): number {
	return Math.min((width + MARGIN + 5) & ~1, most);
}
