/*
 * A picture of a service below an overlay's title: where its object says, or in the middle, in the size in which the body keeps it.
 */
import type { Painter } from "hal/display/painter";
import { type Box, Colour } from "hal/display/theme";
import type { Pictures, ScreenPicture } from "hal/hardware";

/** Where the picture of a page is kept. */
const PLACE = 0;

export class PicturePane {
	private readonly painter: Painter;
	private readonly box: Box;
	private readonly pictures: Pictures;
	private revision = -1;

	/** @param box all that there is for a picture. */
	constructor(painter: Painter, box: Box, pictures: Pictures) {
		this.painter = painter;
		this.box = box;
		this.pictures = pictures;
	}

	show(picture: ScreenPicture, anew: boolean): void {
		const { painter, pictures } = this;
		const { x, y, width, height } = this.box;
		if (!anew && this.revision === pictures.revision) return;
		this.revision = pictures.revision;
		painter.begin(Colour.background, x, y, width, height);
		if (pictures.width(PLACE) > 0) painter.picture(PLACE, this.left(picture), this.top(picture));
		painter.end();
	}

	/** A point of the panel in pixels of the picture's file, from its left edge; negative to the left of it. */
	across(x: number, picture: ScreenPicture): number {
		const width = this.pictures.width(PLACE);
		return width === 0 ? -1 : Math.floor(((x - this.left(picture)) * this.pictures.fileWidth(PLACE)) / width);
	}

	/** The same from its top edge. */
	down(y: number, picture: ScreenPicture): number {
		const height = this.pictures.height(PLACE);
		return height === 0 ? -1 : Math.floor(((y - this.top(picture)) * this.pictures.fileHeight(PLACE)) / height);
	}

	private left({ x }: ScreenPicture): number {
		const { box, pictures } = this;
		return box.x + place(x, pictures.width(PLACE), pictures.fileWidth(PLACE), box.width);
	}

	private top({ y }: ScreenPicture): number {
		const { box, pictures } = this;
		return box.y + place(y, pictures.height(PLACE), pictures.fileHeight(PLACE), box.height);
	}
}

/** Where something begins that `at` says in its file's pixels, so that all of it is in view. */
function place(at: number, size: number, fileSize: number, room: number): number {
	if (at < 0 || fileSize === 0) return (room - size) >> 1;
	return Math.max(0, Math.min(room - size, Math.floor((at * size) / fileSize)));
}
