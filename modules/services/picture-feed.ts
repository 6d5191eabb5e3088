/*
 * The way of a picture's octets from an object, or from a file that it names, into the body's pictures: one at a time.
 */
import { PictureKind, type Pictures, picturePlaces } from "hal/hardware";
import type { Items } from "services/items";
import { nowhere } from "services/items";
import { Part } from "services/kinds";
import type { PictureSink } from "services/object";
import type { XmlReader } from "xml/reader";

export class PictureFeed implements PictureSink {
	private readonly pictures: Pictures;
	/** Why there is no picture at each place as far as is known; '' where there is one or none has been tried. */
	private wrong = "";
	private open = false;

	constructor(pictures: Pictures) {
		this.pictures = pictures;
	}

	beginData(items: Items, group: number): void {
		this.endData();
		// the parts of an icon stand in its group, those of a picture in none
		const part = (number: number): number => (group === nowhere ? items.first(number) : items.of(group, number));
		const place = group === nowhere ? 0 : items.number(part(Part.index), -1) + 1;
		const width = items.number(part(Part.width), 0);
		const height = items.number(part(Part.height), 0);
		const depth = items.number(part(Part.depth), 0);
		if (group !== nowhere && (place < 1 || place >= picturePlaces)) return;
		this.wrong = this.pictures.begin(place, PictureKind.hex, width, height, depth);
		this.open = this.wrong === "";
	}

	pixels(xml: XmlReader): void {
		if (!this.open) return;
		const from = xml.textStart;
		this.wrong = this.pictures.take(xml.textOctets, from, from + xml.textLength);
		this.open = this.wrong === "";
	}

	endData(): string {
		if (this.open) this.wrong = this.pictures.end();
		this.open = false;
		return this.wrong;
	}

	/** Begins the file of a picture. @returns '' or why there can be none. */
	beginFile(place: number): string {
		this.endData();
		this.wrong = this.pictures.begin(place, PictureKind.png, 0, 0, 0);
		this.open = this.wrong === "";
		return this.wrong;
	}

	take(octets: Uint8Array, from: number, to: number): boolean {
		if (this.open) {
			this.wrong = this.pictures.take(octets, from, to);
			this.open = this.wrong === "";
		}
		return this.open;
	}

	/** The file is at its end. @param reason why it did not come, '' where it did. @returns '' or why there is no picture. */
	end(reason: string): string {
		if (reason !== "" && this.open) {
			this.pictures.cancel();
			this.open = false;
			this.wrong = reason;
		}
		return this.endData() || reason;
	}

	/** Gives all pictures back. */
	release(): void {
		if (this.open) this.pictures.cancel();
		this.open = false;
		this.wrong = "";
		this.pictures.release();
	}
}
