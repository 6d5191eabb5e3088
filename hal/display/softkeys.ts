/*
 * The row of softkeys at the bottom, each redrawn by itself.
 */

import { Align, writeLabel } from "hal/display/lettering";
import type { Painter } from "hal/display/painter";
import { type Box, Colour } from "hal/display/theme";
import type { Screen } from "hal/hardware";

export class Softkeys {
	private readonly painter: Painter;
	private readonly box: Box;
	/** Which key a finger is on, -1 for none, and which was drawn so. */
	private pressed = -1;
	private drawn = -1;
	private readonly labels: string[] = [];

	constructor(painter: Painter, box: Box) {
		this.painter = painter;
		this.box = box;
	}

	press(index: number): void {
		this.pressed = index;
	}

	/** Which of `count` softkeys is at a point of the panel, -1 when none is. */
	at(x: number, y: number, count: number): number {
		const box = this.box;
		if (y < box.y || y >= box.y + box.height || x < box.x || x >= box.x + box.width) return -1;
		for (let i = 0; i < count; i += 1) if (x < this.edge(i + 1, count)) return i;
		return -1;
	}

	show(screen: Screen, anew: boolean): void {
		const count = screen.softkeys.length;
		for (let i = 0; i < count; i += 1) {
			const label = screen.softkeys[i] as string;
			const same = this.labels[i] === label && (i === this.pressed) === (i === this.drawn);
			if (!anew && same) continue;
			this.labels[i] = label;
			this.draw(label, this.edge(i, count), this.edge(i + 1, count), i === this.pressed);
		}
		this.drawn = this.pressed;
		if (anew && count === 0) {
			const { x, y, width, height } = this.box;
			this.painter.begin(Colour.bar, x, y, width, height);
			this.painter.end();
		}
	}

	/** Where key `index` of `count` begins, even. */
	private edge(index: number, count: number): number {
		return this.box.x + (index === count ? this.box.width : Math.floor((this.box.width * index) / count) & ~1);
	}

	private draw(label: string, left: number, right: number, pressed: boolean): void {
		const { y, height } = this.box;
		const painter = this.painter;
		painter.begin(Colour.bar, left, y, right - left, height);
		if (label !== "") {
			painter.round(
				pressed ? Colour.pressed : Colour.key,
				Colour.bar,
				left + 2,
				y + 1,
				right - left - 4,
				height - 3,
				false,
			);
			writeLabel(
				painter,
				label,
				painter.fonts.text,
				Colour.text,
				left + 4,
				y + 1,
				right - left - 8,
				height - 3,
				Align.centre,
			);
		}
		painter.end();
	}
}
