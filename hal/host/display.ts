/*
 * The display of a PC: it is at the other end of the control channel, and drawn here with the code of a board's when a picture of it is
 * wanted.
 */
import { ControlDisplay, type DisplayRoom } from "hal/control/display";
import { PocoDisplay } from "hal/display/display";
import { type Pictures, picturePlaces, type Screen, type ScreenOverlay, type Screenshot } from "hal/hardware";
import { HostCanvas } from "hal/host/canvas";
import { BandedScreenshot, closeBands, openBands } from "hal/pictures/screenshot";

/** The panel of the desk phone. */
const WIDTH = 320;
const HEIGHT = 240;

/** A line of the control channel with the picture at a place. */
function tellPicture(this: void, place: number): undefined {
	return native("xs_picture_line").call(this, place);
}

export class HostDisplay extends ControlDisplay {
	private readonly pictures: Pictures;
	/** The revision of pictures that has been told, and places of which there was one then, as bits. */
	private told = 0;
	private toldPlaces = 0;

	/** @param room of the display that the phone is to take this for. */
	constructor(pictures: Pictures, room?: DisplayRoom) {
		super(room);
		this.pictures = pictures;
	}

	override show(screen: Screen): void {
		if (screen.overlay !== undefined) this.tellPictures(screen.overlay);
		super.show(screen);
	}

	/** Tells the screen as it is now once more, if there is one: whoever was told less may ask for it. */
	whole(): void {
		if (this.screen !== undefined) this.show(this.screen);
	}

	/** Tells of pictures that have come or gone since those of the last page that has any were told. */
	private tellPictures({ picture, icons }: ScreenOverlay): void {
		const { revision } = this.pictures;
		if ((picture === undefined && icons === undefined) || this.told === revision) return;
		this.told = revision;
		for (let place = 0; place < picturePlaces; place += 1) {
			const there = this.pictures.width(place) > 0;
			const bit = 1 << place;
			if (there || (this.toldPlaces & bit) !== 0) tellPicture(place);
			this.toldPlaces = there ? this.toldPlaces | bit : this.toldPlaces & ~bit;
		}
	}

	screenshot(): Screenshot | undefined {
		const { screen, pictures } = this;
		if (screen === undefined || !openBands(WIDTH, HEIGHT)) return undefined;
		try {
			const canvas = new HostCanvas();
			const display = new PocoDisplay({ canvas, fonts: canvas.fonts, pictures });
			display.setLook(this.look);
			return new BandedScreenshot({ display, screen, canvas, close: () => canvas.close() });
		} catch {
			closeBands();
			return undefined;
		}
	}
}
