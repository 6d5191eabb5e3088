/*
 * Makes a load for a board: the application of its firmware as it was built last, signed.
 */
import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { applicationFile, ImageError, idfProject, readImage } from "../device/image.js";
import { type LoadTerms, publicKey, signedLoad } from "./signed.js";

/** Of an application's image (ESP-IDF Programming Guide, App Image Format): where its description has the version. */
const versionAt = 48;
const versionOctets = 32;

/** The version that an application's image says it has. */
export function imageVersion(image: Buffer): string {
	const text = image.toString("latin1", versionAt, versionAt + versionOctets);
	return text.slice(0, Math.max(text.indexOf("\0"), 0));
}

/**
 * A load for a board, of its firmware as built.
 * @param file where the key comes from, for the message.
 * @throws ImageError when none was built, when it is another version's, or when phones that run it would take no load of this key.
 */
export function boardLoad(terms: LoadTerms, version: string, key: KeyObject, file: string): Buffer {
	const { board } = terms;
	const image = readFileSync(applicationFile(readImage(idfProject(board, false))));
	const again = `npm run device:build -- ${board}`;
	if (imageVersion(image) !== version)
		throw new ImageError(
			`the firmware of ${board} was built as version ${imageVersion(image)}, package.json has ${version}: ${again}`,
		);
	if (!image.includes(publicKey(key)))
		throw new ImageError(`the firmware of ${board} does not trust the key in ${file}: ${again}, with the same key`);
	return signedLoad(terms, image, key);
}
