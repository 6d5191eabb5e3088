/*
 * The page with the dial pad of a touch display: what has been dialled on a line above twelve keys.
 */
import type { Painter } from "hal/display/painter";
import { isDialled } from "hal/display/party";
import { type Box, Colour } from "hal/display/theme";
import { Key, type Screen, type ScreenCall } from "hal/hardware";

/** Rows of pixels of the line above the keys, which share what is below it. */
const LINE = 32;
const ROWS = 4;
const COLUMNS = 3;

const keys: readonly number[] = Object.freeze([1, 2, 3, 4, 5, 6, 7, 8, 9, Key.star, 0, Key.pound]);
const digits: readonly string[] = Object.freeze(["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"]);
const letters: readonly string[] = Object.freeze([
	"",
	"ABC",
	"DEF",
	"GHI",
	"JKL",
	"MNO",
	"PQRS",
	"TUV",
	"WXYZ",
	"",
	"+",
	"",
]);

/** What the line shows: the number being collected, who the selected call is with, or else the prompt. */
function lineOf(screen: Screen): string {
	if (screen.overlay !== undefined) return screen.overlay.lines[0] ?? "";
	for (let i = 0; i < screen.calls.length; i += 1) {
		const call = screen.calls[i] as ScreenCall;
		if (call.reference !== 0 && call.selected && call.title !== "") return call.title;
	}
	return screen.prompt;
}

export class DialPad {
	private readonly painter: Painter;
	private readonly box: Box;
	private line = "";
	private pressed = -1;

	constructor(painter: Painter, box: Box) {
		this.painter = painter;
		this.box = box;
	}

	/** The key (a number of `Key`) at a point of the panel, -1 when none is. */
	at(x: number, y: number): number {
		const box = this.box;
		if (x < box.x || x >= box.x + box.width || y < box.y + LINE || y >= box.y + box.height) return -1;
		const row = Math.floor((y - box.y - LINE) / this.key);
		for (let column = 0; column < COLUMNS; column += 1) {
			if (x < this.edge(column + 1)) return keys[row * COLUMNS + column] as number;
		}
		return -1;
	}

	/** @param pressed the key (a number of `Key`) that a finger is on, -1 for none. */
	show(screen: Screen, pressed: number, anew: boolean): void {
		const line = lineOf(screen);
		if (anew || this.line !== line) this.drawLine(line);
		for (let i = 0; i < keys.length; i += 1) {
			const key = keys[i] as number;
			if (anew || (key === pressed) !== (key === this.pressed)) this.drawKey(i, key === pressed);
		}
		this.pressed = pressed;
	}

	/** Rows of a key. */
	private get key(): number {
		return (this.box.height - LINE) / ROWS;
	}

	private edge(column: number): number {
		return this.box.x + (Math.floor((this.box.width * column) / COLUMNS) & ~1);
	}

	private drawLine(line: string): void {
		this.line = line;
		const { x, y, width } = this.box;
		const painter = this.painter;
		const { digits, text } = painter.fonts;
		const large = isDialled(line) && painter.width(line, digits) <= width - 16;
		const font = large ? digits : text;
		painter.begin(Colour.background, x, y, width, LINE);
		painter.centre(line, font, Colour.text, x + 8, y + (large ? 3 : (LINE - font.height) >> 1), width - 16);
		painter.end();
	}

	private drawKey(index: number, pressed: boolean): void {
		const column = index % COLUMNS;
		const x = this.edge(column);
		const width = this.edge(column + 1) - x;
		const { key } = this;
		const y = this.box.y + LINE + Math.floor(index / COLUMNS) * key;
		const painter = this.painter;
		const fonts = painter.fonts;
		const digit = digits[index] as string;
		const middle = x + (width >> 1);
		painter.begin(Colour.background, x, y, width, key);
		painter.round(pressed ? Colour.pressed : Colour.key, Colour.background, x + 2, y + 2, width - 4, key - 4, false);
		const top = y + ((key - 26) >> 1);
		painter.draw(digit, fonts.digits, Colour.text, middle - 8 - painter.width(digit, fonts.digits), top);
		const dim = pressed ? Colour.text : Colour.dim;
		painter.draw(letters[index] as string, fonts.small, dim, middle + 2, y + ((key - fonts.small.height) >> 1));
		painter.end();
	}
}
