/*
 * The page with the phone's other keys on a touch display: call features, lists and volume.
 */
import { Picture } from "hal/display/icons";
import type { Painter } from "hal/display/painter";
import { type Box, Colour } from "hal/display/theme";
import { Key, type Screen } from "hal/hardware";

const ROWS = 4;
/** Rows of pixels of a key in which picture and name stand close; what is more is left above and below. */
const CLOSE = 50;
/** Keys in each row: few enough for long names. */
const columns: readonly number[] = Object.freeze([3, 3, 2, 2]);
const keys: readonly number[] = Object.freeze([
	Key.hold,
	Key.transfer,
	Key.conference,
	Key.help,
	Key.messages,
	Key.directories,
	Key.services,
	Key.settings,
	Key.volumeDown,
	Key.volumeUp,
]);
const pictures: readonly string[] = Object.freeze([
	Picture.hold,
	Picture.transfer,
	Picture.conference,
	Picture.help,
	Picture.envelope,
	Picture.directories,
	Picture.service,
	Picture.settings,
	Picture.volumeDown,
	Picture.speaker,
]);

export class FunctionKeys {
	private readonly painter: Painter;
	private readonly box: Box;
	private pressed = -1;

	constructor(painter: Painter, box: Box) {
		this.painter = painter;
		this.box = box;
	}

	/** The key (a number of `Key`) at a point of the panel, -1 when none is. */
	at(x: number, y: number): number {
		const box = this.box;
		if (x < box.x || x >= box.x + box.width || y < box.y || y >= box.y + box.height) return -1;
		let first = 0;
		for (let row = 0; row < ROWS; row += 1) {
			const count = columns[row] as number;
			if (y < this.edge(box.y, box.height, row + 1, ROWS)) {
				for (let i = 0; i < count; i += 1) {
					if (x < this.edge(box.x, box.width, i + 1, count)) return keys[first + i] as number;
				}
			}
			first += count;
		}
		return -1;
	}

	/** @param pressed the key (a number of `Key`) that a finger is on, -1 for none. */
	show(screen: Screen, pressed: number, anew: boolean): void {
		let index = 0;
		for (let row = 0; row < ROWS; row += 1) {
			const count = columns[row] as number;
			for (let i = 0; i < count; i += 1) {
				const key = keys[index] as number;
				if (anew || (key === pressed) !== (key === this.pressed)) {
					this.draw(screen.keyName(key), index, row, i, count, key === pressed);
				}
				index += 1;
			}
		}
		this.pressed = pressed;
	}

	/** Where part `index` of `count` of a length begins, even. */
	private edge(from: number, length: number, index: number, count: number): number {
		return from + (index === count ? length : Math.floor((length * index) / count) & ~1);
	}

	private draw(name: string, index: number, row: number, column: number, count: number, pressed: boolean): void {
		const box = this.box;
		const x = this.edge(box.x, box.width, column, count);
		const width = this.edge(box.x, box.width, column + 1, count) - x;
		const y = this.edge(box.y, box.height, row, ROWS);
		const height = this.edge(box.y, box.height, row + 1, ROWS) - y;
		const painter = this.painter;
		const fonts = painter.fonts;
		painter.begin(Colour.background, x, y, width, height);
		painter.round(pressed ? Colour.pressed : Colour.key, Colour.background, x + 2, y + 2, width - 4, height - 4, true);
		const spare = Math.max(0, height - CLOSE) >> 1;
		painter.centre(pictures[index] as string, fonts.icons, Colour.text, x, y + 5 + spare, width);
		const font = painter.fitting(name, width - 6, fonts.small, fonts.tiny);
		const colour = pressed ? Colour.text : Colour.dim;
		painter.centre(name, font, colour, x + 3, y + height - 3 - spare - font.height, width - 6);
		painter.end();
	}
}
