/*
 * What is in a picture's file, pixel by pixel and as it stands there: no colours are matched to the screen, no alpha is multiplied.
 */

export interface Pixels {
	readonly width: number;
	readonly height: number;
	/** Red, green, blue and alpha of each. */
	readonly pixels: Uint8ClampedArray;
}

/** Rejects where the file is no picture. */
export async function pixelsOf(file: Blob): Promise<Pixels> {
	const image = await createImageBitmap(file, { premultiplyAlpha: "none", colorSpaceConversion: "none" });
	const { width, height } = image;
	const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
	if (context === null) throw new Error("the browser has no canvas to read a picture with");
	context.drawImage(image, 0, 0);
	image.close();
	return { width, height, pixels: context.getImageData(0, 0, width, height).data };
}

/** A URL of type `data:` in Base64 as a file. */
export function fileOf(url: string): Blob {
	const [head = "", body = ""] = url.split(",", 2);
	const octets = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
	return new Blob([octets], { type: /^data:([^;]*)/.exec(head)?.[1] ?? "" });
}
