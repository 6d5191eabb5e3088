/*
 * The status line: date and time at the left, icons for route, mute, waiting messages and registration in the middle, own number
 * at the right. Each of the three is redrawn by itself.
 */
import { Picture, registrationColour, registrationText, routeText } from "hal/display/icons";
import type { Painter } from "hal/display/painter";
import { type Box, Colour } from "hal/display/theme";
import { Registration, type Screen } from "hal/hardware";

const MARGIN = 8;
const TIME_WIDTH = 136;
/** Room for four icons, 20 pixels each. */
const ICONS_WIDTH = 84;
const ICON = 20;

export class StatusLine {
	private readonly painter: Painter;
	private readonly box: Box;
	private time = "";
	private number = "";
	private marks = -1;

	constructor(painter: Painter, box: Box) {
		this.painter = painter;
		this.box = box;
	}

	show(screen: Screen, anew: boolean): void {
		if (anew || this.time !== screen.time) this.drawTime(screen.time);
		const marks =
			screen.registration | (screen.route << 4) | (screen.muted ? 256 : 0) | (screen.messageWaiting ? 512 : 0);
		if (anew || this.marks !== marks) this.drawMarks(screen, marks);
		if (anew || this.number !== screen.number) this.drawNumber(screen.number);
	}

	private drawTime(time: string): void {
		this.time = time;
		const { x, y, height } = this.box;
		const painter = this.painter;
		painter.begin(Colour.bar, x, y, TIME_WIDTH, height);
		painter.left(time, painter.fonts.small, Colour.dim, x + MARGIN, y + 3, TIME_WIDTH - MARGIN);
		painter.end();
	}

	private drawMarks(screen: Screen, marks: number): void {
		this.marks = marks;
		const { x, y, height } = this.box;
		const painter = this.painter;
		const icons = painter.fonts.icons;
		painter.begin(Colour.bar, x + TIME_WIDTH, y, ICONS_WIDTH, height);
		let at = x + TIME_WIDTH + 2;
		if (screen.registration !== Registration.registered) {
			painter.draw(registrationText(screen.registration), icons, registrationColour(screen.registration), at, y + 2);
			at += ICON;
		}
		if (screen.messageWaiting) {
			painter.draw(Picture.envelope, icons, Colour.red, at, y + 2);
			at += ICON;
		}
		if (screen.muted) {
			painter.draw(Picture.muted, icons, Colour.red, at, y + 2);
			at += ICON;
		}
		painter.draw(routeText(screen.route), icons, Colour.green, at, y + 2);
		painter.end();
	}

	private drawNumber(number: string): void {
		this.number = number;
		const { x, y, width, height } = this.box;
		const painter = this.painter;
		const from = x + TIME_WIDTH + ICONS_WIDTH;
		const room = width - TIME_WIDTH - ICONS_WIDTH;
		painter.begin(Colour.bar, from, y, room, height);
		const font = painter.fitting(number, room - MARGIN, painter.fonts.text, painter.fonts.small);
		painter.right(number, font, Colour.text, x + width - MARGIN, y + height - font.height, room - MARGIN);
		painter.end();
	}
}
