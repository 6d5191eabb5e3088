/*
 * A load of the same firmware under another name, for trying how a phone takes one: the name in an application's image is changed, and
 * its checksum and digest are made right again (ESP-IDF Programming Guide, App Image Format).
 */
import { createHash } from "node:crypto";

const magic = 0xe9;
const headerOctets = 24;
const segmentOctets = 8;
/** Where the header says how many segments follow, and whether a SHA-256 of the whole stands at the end. */
const countAt = 1;
const digestAt = 23;
const digestOctets = 32;
const seed = 0xef;
/** The checksum is the last octet of a block of so many. */
const block = 16;

/** Where the data of each segment lies, and where the checksum stands. */
function layOut(image: Buffer): { segments: { from: number; to: number }[]; checksum: number } {
	if (image[0] !== magic) throw new Error("this is no image of an application for an ESP32");
	const segments: { from: number; to: number }[] = [];
	let at = headerOctets;
	for (let index = 0; index < (image[countAt] ?? 0); index++) {
		const from = at + segmentOctets;
		at = from + image.readUInt32LE(at + 4);
		segments.push({ from, to: at });
	}
	const checksum = at + block - 1 - (at % block);
	if (checksum >= image.length) throw new Error("this image is shorter than its segments");
	return { segments, checksum };
}

/**
 * @param image an application's image, as the build leaves it.
 * @param from its load's name, such as 'linnet-0.1.0'. @param to another one of the same length.
 * @returns a copy with the other name. @throws Error when it holds no such name.
 */
export function renameLoad(image: Buffer, from: string, to: string): Buffer {
	if (from.length !== to.length) throw new Error(`${to} is not as long as ${from}`);
	const copy = Buffer.from(image);
	const { segments, checksum } = layOut(copy);
	const { length: count } = copy.toString("latin1").split(from);
	if (count < 2) throw new Error(`this image holds no ${from}`);
	for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.write(to, at, "latin1");
	let sum = seed;
	for (const segment of segments) for (let at = segment.from; at < segment.to; at++) sum ^= copy[at] as number;
	copy[checksum] = sum;
	if (copy[digestAt] === 1) {
		const end = checksum + 1;
		const digest = createHash("sha256").update(copy.subarray(0, end)).digest();
		if (copy.length < end + digestOctets) throw new Error("this image has no digest at its end");
		digest.copy(copy, end);
	}
	return copy;
}
