/*
 * The display of a PC: it is at the other end of the control channel, and drawn here with the code of a board's when a picture of it is
 * wanted.
 */
import { ControlDisplay, type DisplayRoom } from "hal/control/display";
import { PocoDisplay } from "hal/display/display";
import type { Pictures, Screenshot } from "hal/hardware";
import { HostCanvas } from "hal/host/canvas";
import { BandedScreenshot, openBands } from "hal/pictures/screenshot";

/** The panel of the desk phone. */
const WIDTH = 320;
const HEIGHT = 240;

export class HostDisplay extends ControlDisplay {
	private readonly pictures: Pictures;

	/** @param room of the display that the phone is to take this for. */
	constructor(pictures: Pictures, room?: DisplayRoom) {
		super(room);
		this.pictures = pictures;
	}

	screenshot(): Screenshot | undefined {
		const { screen, pictures } = this;
		if (screen === undefined || !openBands(WIDTH, HEIGHT)) return undefined;
		const canvas = new HostCanvas();
		const display = new PocoDisplay({ canvas, fonts: canvas.fonts, pictures });
		display.setLook(this.look);
		return new BandedScreenshot({ display, screen, canvas, close: () => canvas.close() });
	}
}
