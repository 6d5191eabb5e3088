/*
 * Pictures of services for a display that is drawn on a PC: made here, where a phone's come from files.
 */
import { decode } from "fast-png";
import type { Pictures } from "../../hal/hardware.js";
import { noPictures } from "../../hal/pictures/none.js";
import type { PlacedPicture } from "../phone/messages.js";

export interface KeptPicture {
	readonly width: number;
	readonly height: number;
	/** RGB565, row by row. */
	readonly pixels: Uint16Array;
	readonly fileWidth?: number;
	readonly fileHeight?: number;
}

export class MadePictures implements Pictures {
	revision = 0;
	readonly #kept = new Map<number, KeptPicture>();

	/** Puts a picture at a place; nothing takes it away. */
	put(place: number, picture: KeptPicture | undefined): void {
		if (picture === undefined) this.#kept.delete(place);
		else this.#kept.set(place, picture);
		this.revision += 1;
	}

	at(place: number): KeptPicture | undefined {
		return this.#kept.get(place);
	}

	begin = noPictures.begin;
	take = noPictures.take;
	end = noPictures.end;
	cancel = noPictures.cancel;

	width(place: number): number {
		return this.at(place)?.width ?? 0;
	}

	height(place: number): number {
		return this.at(place)?.height ?? 0;
	}

	fileWidth(place: number): number {
		return this.at(place)?.fileWidth ?? this.width(place);
	}

	fileHeight(place: number): number {
		return this.at(place)?.fileHeight ?? this.height(place);
	}

	release(): void {
		this.#kept.clear();
		this.revision += 1;
	}
}

/** Those that a phone showed, as its control channel gives them. */
export function shownPictures(all: readonly PlacedPicture[]): MadePictures {
	const made = new MadePictures();
	for (const { place, fileWidth, fileHeight, image } of all) {
		const { width, height, channels, data } = decode(Buffer.from(image.replace(/^[^,]*,/, ""), "base64"));
		const octets = Buffer.from(data);
		const colour = (x: number, y: number) => octets.readUIntBE((y * width + x) * channels, 3);
		made.put(place, { ...madePicture(width, height, colour), fileWidth, fileHeight });
	}
	return made;
}

/** A picture of a colour for each pixel, 0xRRGGBB. */
export function madePicture(width: number, height: number, colour: (x: number, y: number) => number): KeptPicture {
	const pixels = Uint16Array.from({ length: width * height }, (_, i) => {
		const value = colour(i % width, Math.floor(i / width));
		return ((value >> 19) << 11) | (((value >> 10) & 63) << 5) | ((value >> 3) & 31);
	});
	return { width, height, pixels };
}
