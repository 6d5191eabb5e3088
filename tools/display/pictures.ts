/*
 * Pictures of services for a display that is drawn on a PC, as a phone's control channel gives them.
 */
import { decode } from "fast-png";
import type { PlacedPicture } from "../phone/messages.js";
import { MadePictures, madePicture } from "./drawing/pictures.js";

/** Those that a phone showed. */
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
