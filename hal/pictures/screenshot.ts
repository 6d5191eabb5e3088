/*
 * A picture of a display (PNG) as it is read: all of the display is drawn for each band of its rows, and what lies outside of the band is
 * left out, so that no picture of all of it is ever in memory. The band and the writer of PNG are xs_screenshot.c's.
 */
import type { Canvas, Font } from "hal/display/canvas";
import type { PocoDisplay } from "hal/display/display";
import type { Screen, Screenshot } from "hal/hardware";

/** Rows of a band. */
const ROWS = 16;

const Native = Object.freeze({
	open(width: number, height: number, rows: number): boolean {
		return native("xs_screenshot_open").call(this, width, height, rows);
	},
	band(): number {
		return native("xs_screenshot_band").call(this);
	},
	read(target: Uint8Array): number {
		return native("xs_screenshot_read").call(this, target);
	},
	close(): undefined {
		return native("xs_screenshot_close").call(this);
	},
});

/** Draws on another canvas what lies within a band of rows, and nothing else. */
class BandCanvas implements Canvas {
	private readonly under: Canvas;
	private top = 0;
	private bottom = 0;
	private within = false;

	constructor(under: Canvas) {
		this.under = under;
	}

	/** Goes on to the rows below. */
	next(rows: number): void {
		this.top = this.bottom;
		this.bottom += rows;
	}

	makeColor(red: number, green: number, blue: number): number {
		return this.under.makeColor(red, green, blue);
	}

	begin(x: number, y: number, width: number, height: number): void {
		const from = Math.max(y, this.top);
		const to = Math.min(y + height, this.bottom);
		this.within = from < to;
		if (this.within) this.under.begin(x, from, width, to - from);
	}

	end(): void {
		if (this.within) this.under.end();
		this.within = false;
	}

	fillRectangle(colour: number, x: number, y: number, width: number, height: number): void {
		if (this.within) this.under.fillRectangle(colour, x, y, width, height);
	}

	drawText(text: string, font: Font, colour: number, x: number, y: number): void {
		if (this.within) this.under.drawText(text, font, colour, x, y);
	}

	getTextWidth(text: string, font: Font): number {
		return this.under.getTextWidth(text, font);
	}

	drawPicture(place: number, x: number, y: number): void {
		if (this.within) this.under.drawPicture(place, x, y);
	}
}

/** What a picture is drawn with. */
export interface Camera {
	readonly display: PocoDisplay;
	readonly screen: Screen;
	/** Its areas are put into the band. */
	readonly canvas: Canvas;
	/** Gives back what was taken for the canvas. */
	close(): void;
}

/** Memory for a picture of this size, false when there is none, or another picture is open. */
export function openBands(width: number, height: number): boolean {
	return Native.open(width, height, Math.min(ROWS, height));
}

/** Gives it back where no picture came of it. */
export function closeBands(): void {
	Native.close();
}

export class BandedScreenshot implements Screenshot {
	private camera: Camera | undefined;
	private readonly canvas: BandCanvas;

	/** Memory is there: {@link openBands}. */
	constructor(camera: Camera) {
		this.camera = camera;
		this.canvas = new BandCanvas(camera.canvas);
	}

	read(target: Uint8Array): number {
		for (;;) {
			const { camera } = this;
			if (camera === undefined) return 0;
			const count = Native.read(target);
			if (count > 0) return count;
			const rows = Native.band();
			if (rows === 0) return 0;
			this.canvas.next(rows);
			camera.display.paint(camera.screen, this.canvas);
		}
	}

	close(): void {
		const { camera } = this;
		if (camera === undefined) return;
		this.camera = undefined;
		Native.close();
		camera.close();
	}
}
