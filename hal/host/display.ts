/*
 * The display of a PC: it is at the other end of the control channel, and drawn here with the code of a board's when a picture of it is
 * wanted.
 */
import { ControlDisplay } from "hal/control/display";
import { PocoDisplay } from "hal/display/display";
import type { Pictures, Screen, Screenshot } from "hal/hardware";
import { HostCanvas } from "hal/host/canvas";
import { BandedScreenshot, openBands } from "hal/pictures/screenshot";

/** The panel of the desk phone. */
const WIDTH = 320;
const HEIGHT = 240;

export class HostDisplay extends ControlDisplay {
	private readonly pictures: Pictures;
	private latest: Screen | undefined = undefined;

	constructor(pictures: Pictures) {
		super();
		this.pictures = pictures;
	}

	override show(screen: Screen): void {
		this.latest = screen;
		super.show(screen);
	}

	screenshot(): Screenshot | undefined {
		const { latest: screen, pictures } = this;
		if (screen === undefined || !openBands(WIDTH, HEIGHT)) return undefined;
		const canvas = new HostCanvas();
		const display = new PocoDisplay({ canvas, fonts: canvas.fonts, pictures });
		display.setLook(this.look);
		return new BandedScreenshot({ display, screen, canvas, close: () => canvas.close() });
	}
}
