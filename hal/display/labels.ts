/*
 * Labels against the line keys at the right edge: text, icon, and a bar at the very edge that shows the lamp: whole for steady,
 * parted for wink, flash and blink, so that a board without lamps tells them apart. A label is redrawn when it changes.
 */
import { iconText, lampColour } from "hal/display/icons";
import { Align, writeLabel } from "hal/display/lettering";
import type { Painter } from "hal/display/painter";
import { type Box, Colour } from "hal/display/theme";
import { LampMode, type Screen, type ScreenButton } from "hal/hardware";

const ICON = 18;
const BAR = 4;

export class Labels {
	private readonly painter: Painter;
	private readonly box: Box;
	/** Which label a finger is on, -1 for none. */
	private pressed = -1;
	private readonly texts: string[] = [];
	/** Icon, lamp, colour and pressing of each label in one number. */
	private readonly marks: number[] = [];

	constructor(painter: Painter, box: Box) {
		this.painter = painter;
		this.box = box;
	}

	press(index: number): void {
		this.pressed = index;
	}

	/** Which label is at a point of the panel, -1 when none is. */
	at(x: number, y: number, count: number): number {
		const box = this.box;
		if (x < box.x || x >= box.x + box.width || y < box.y || count === 0) return -1;
		const index = Math.floor((y - box.y) / this.height(count));
		return index < count ? index : -1;
	}

	show(screen: Screen, anew: boolean): void {
		const count = screen.buttons.length;
		const height = this.height(count);
		for (let i = 0; i < count; i += 1) {
			const button = screen.buttons[i] as ScreenButton;
			const marks = button.icon | (button.lamp << 8) | (button.colour << 16) | (i === this.pressed ? 1 << 24 : 0);
			if (!anew && this.texts[i] === button.label && this.marks[i] === marks) continue;
			this.texts[i] = button.label;
			this.marks[i] = marks;
			this.draw(button, this.box.y + i * height, height, i === this.pressed);
		}
		if (anew && count * height < this.box.height) {
			const used = count * height;
			this.painter.begin(Colour.background, this.box.x, this.box.y + used, this.box.width, this.box.height - used);
			this.painter.end();
		}
	}

	/** Rows of one label, even. */
	private height(count: number): number {
		return count === 0 ? this.box.height : Math.floor(this.box.height / count) & ~1;
	}

	private draw(button: ScreenButton, y: number, height: number, pressed: boolean): void {
		const { x, width } = this.box;
		const painter = this.painter;
		const { small, icons } = painter.reading;
		painter.begin(Colour.background, x, y, width, height);
		if (button.label !== "") {
			const ground = pressed ? Colour.pressed : Colour.panel;
			const right = x + width - BAR - 4;
			const lit = button.lamp !== LampMode.off;
			painter.round(ground, Colour.background, x, y + 2, width - BAR - 2, height - 4, false);
			let room = width - BAR - 12;
			const icon = iconText(button.icon);
			if (icon !== "") {
				const colour = pressed ? Colour.text : lit ? lampColour(button.colour) : Colour.dim;
				painter.draw(icon, icons, colour, right - ICON, y + ((height - ICON) >> 1));
				room -= ICON + 2;
			}
			const end = icon === "" ? right - 2 : right - ICON - 4;
			const colour = lit || pressed ? Colour.text : Colour.dim;
			writeLabel(painter, button.label, small, colour, end - room, y + 2, room, height - 4, Align.right);
			this.lamp(button, x + width - BAR, y + 2, height - 4);
		}
		painter.end();
	}

	/** The bar: one part for steady, two for wink, three for flash, four for blink. */
	private lamp(button: ScreenButton, x: number, y: number, height: number): void {
		if (button.lamp <= LampMode.off) return;
		const colour = lampColour(button.colour);
		const parts = button.lamp - LampMode.on + 1;
		const part = Math.floor((height - (parts - 1) * 2) / parts);
		for (let i = 0; i < parts; i += 1) this.painter.fill(colour, x, y + i * (part + 2), BAR, part);
	}
}
