/*
 * Pictures of services as the phone sees them: every method is one call into xs_pictures.c, which reads and keeps them outside of the
 * engine's memory. What each does stands at the interface in hal/hardware.ts.
 */
import { Word } from "base/words";
import type { PictureRoom } from "hal/display/theme";
import type { Pictures } from "hal/hardware";

/** By number of enum picture_result. */
const refusals: readonly string[] = Object.freeze([
	"",
	Word.pictureKind,
	Word.pictureDamaged,
	Word.pictureInterlaced,
	Word.pictureTooLarge,
	Word.pictureNoRoom,
]);

const Size = Object.freeze({ width: 0, height: 1, fileWidth: 2, fileHeight: 3 });

const Native = Object.freeze({
	room(
		width: number,
		height: number,
		iconWidth: number,
		iconHeight: number,
		ground: number,
		swapped: boolean,
	): undefined {
		return native("xs_pictures_room").call(this, width, height, iconWidth, iconHeight, ground, swapped);
	},
	begin(place: number, kind: number, width: number, height: number, depth: number): number {
		return native("xs_pictures_begin").call(this, place, kind, width, height, depth);
	},
	take(octets: Uint8Array, from: number, to: number): number {
		return native("xs_pictures_take").call(this, octets, from, to);
	},
	end(): number {
		return native("xs_pictures_end").call(this);
	},
	cancel(): undefined {
		return native("xs_pictures_cancel").call(this);
	},
	release(): undefined {
		return native("xs_pictures_release").call(this);
	},
	size(place: number, which: number): number {
		return native("xs_pictures_size").call(this, place, which);
	},
});

export class NativePictures implements Pictures {
	revision = 0;

	/**
	 * @param ground lies under what is transparent, as 0xRRGGBB. @param swapped whether the display has the octets of a pixel the other way
	 * round than the processor.
	 */
	constructor({ width, height, iconWidth, iconHeight }: PictureRoom, ground: number, swapped: boolean) {
		Native.room(width, height, iconWidth, iconHeight, ground, swapped);
	}

	begin(place: number, kind: number, width: number, height: number, depth: number): string {
		this.revision += 1;
		return refusals[Native.begin(place, kind, width, height, depth)] as string;
	}

	take(octets: Uint8Array, from: number, to: number): string {
		return refusals[Native.take(octets, from, to)] as string;
	}

	end(): string {
		this.revision += 1;
		return refusals[Native.end()] as string;
	}

	cancel(): void {
		Native.cancel();
	}

	width(place: number): number {
		return Native.size(place, Size.width);
	}

	height(place: number): number {
		return Native.size(place, Size.height);
	}

	fileWidth(place: number): number {
		return Native.size(place, Size.fileWidth);
	}

	fileHeight(place: number): number {
		return Native.size(place, Size.fileHeight);
	}

	release(): void {
		this.revision += 1;
		Native.release();
	}
}
