/*
 * The SDK's renderer as the display's canvas, with the pictures that the phone keeps outside of its engine, and once more for pictures of
 * the display, whose pixels go to no panel but into a band of rows. The natives stand in canvas.c.
 */
import Poco from "commodetto/Poco";
import type { Canvas } from "hal/display/canvas";
import type { PocoDisplay } from "hal/display/display";
import type { Screen, Screenshot } from "hal/hardware";
import { BandedScreenshot, closeBands, openBands } from "hal/pictures/screenshot";

/** Number of the format of a panel that has the octets of a pixel the other way round than the processor. */
const RGB565BE = 8;

class Renderer extends Poco {
	drawPicture(place: number, x: number, y: number): undefined {
		return native("xs_canvas_picture").call(this, place, x, y);
	}
}

/** The band itself: the SDK's compiler makes a constructor C's only where it does nothing else, in a class without fields. */
class Pixels extends Native("xs_band_destructor") {
	constructor(width: number, height: number) {
		super();
		native("xs_band").call(this, width, height);
	}
}

/** What the renderer takes for a display: pixels of the areas that are drawn go into the band. */
class Band extends Pixels {
	readonly width: number;
	readonly height: number;

	constructor(width: number, height: number) {
		super(width, height);
		this.width = width;
		this.height = height;
	}

	/** Nothing is under way when pixels were sent. A getter: the SDK's compiler takes a field of this name for a function to come. */
	get async(): boolean {
		return false;
	}

	get pixelFormat(): number {
		return native("xs_band_format").call(this);
	}

	/** The renderer calls C by itself. */
	get c_dispatch(): this {
		return this;
	}
}

/** A canvas on a panel. @param pixels that are drawn at a time. @param list octets for what an area shows. Throws without memory. */
export function openCanvas(panel: object, pixels: number, list: number): Canvas {
	return new Renderer(panel as never, { pixels, displayListLength: list }) as unknown as Canvas;
}

/** Whether pixels of pictures are to be kept as the panel has them, their octets the other way round. */
export function isSwapped(panel: { readonly pixelFormat: unknown }): boolean {
	return panel.pixelFormat === RGB565BE;
}

/** Begins a picture of what a display shows; undefined without memory. @param list as {@link openCanvas} has it. */
export function shoot(display: PocoDisplay, shown: Screen, list: number): Screenshot | undefined {
	const { width, height } = screen;
	if (!openBands(width, height)) return undefined;
	try {
		const canvas = openCanvas(new Band(width, height), 4 * width, list);
		const close = () => (canvas as unknown as { close(): void }).close();
		return new BandedScreenshot({ display, screen: shown, canvas, close });
	} catch {
		closeBands();
		return undefined;
	}
}
