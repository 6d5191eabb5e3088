/*
 * Pictures of services for a display that is drawn away from its phone: put where a phone has them from files.
 */
import type { Pictures } from "hal/hardware";

export interface KeptPicture {
	readonly width: number;
	readonly height: number;
	/** RGB565, row by row. */
	readonly pixels: Uint16Array;
	readonly fileWidth?: number;
	readonly fileHeight?: number;
}

/** No file is read here. */
const refuse = (): string => "pictures are put here, not read";

export class MadePictures implements Pictures {
	revision = 0;
	readonly #kept = new Map<number, KeptPicture>();

	/** Puts a picture at a place, or takes away what is there. */
	put(place: number, picture: KeptPicture | undefined): void {
		if (picture === undefined) this.#kept.delete(place);
		else this.#kept.set(place, picture);
		this.revision += 1;
	}

	at(place: number): KeptPicture | undefined {
		return this.#kept.get(place);
	}

	begin = refuse;
	take = refuse;
	end = refuse;

	cancel(): void {}

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

/** A picture of a colour for each pixel, 0xRRGGBB. */
export function madePicture(width: number, height: number, colour: (x: number, y: number) => number): KeptPicture {
	const pixels = Uint16Array.from({ length: width * height }, (_, i) => {
		const value = colour(i % width, Math.floor(i / width));
		return ((value >> 19) << 11) | (((value >> 10) & 63) << 5) | ((value >> 3) & 31);
	});
	return { width, height, pixels };
}
