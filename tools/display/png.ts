/*
 * Writes and reads PNG pictures, as far as the display's fonts and pictures need it: 8 bits, RGB or RGBA, not interlaced
 * (ISO/IEC 15948).
 */
import { deflateSync, inflateSync } from "node:zlib";

export interface Picture {
	readonly width: number;
	readonly height: number;
	/** Octets of a pixel: 3 RGB, 4 RGBA. */
	readonly depth: number;
	readonly pixels: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function crc32(octets: Buffer): number {
	let crc = 0xffffffff;
	for (const octet of octets) {
		crc ^= octet;
		for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	return ~crc >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const whole = Buffer.alloc(body.length + 8);
	whole.writeUInt32BE(data.length, 0);
	body.copy(whole, 4);
	whole.writeUInt32BE(crc32(body), body.length + 4);
	return whole;
}

export function encodePng(picture: Picture): Buffer {
	const { width, height, depth, pixels } = picture;
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header[8] = 8;
	header[9] = depth === 3 ? 2 : 6;
	const stride = width * depth;
	const rows = Buffer.alloc(height * (stride + 1));
	for (let y = 0; y < height; y += 1) {
		// Filter 2, the difference from the row above, suits flat pictures.
		rows[y * (stride + 1)] = 2;
		for (let i = 0; i < stride; i += 1) {
			const above = y > 0 ? (pixels[(y - 1) * stride + i] as number) : 0;
			rows[y * (stride + 1) + 1 + i] = ((pixels[y * stride + i] as number) - above) & 0xff;
		}
	}
	return Buffer.concat([
		SIGNATURE,
		chunk("IHDR", header),
		chunk("IDAT", deflateSync(rows, { level: 9 })),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

/** Reads what {@link encodePng} writes; throws for any other kind. */
export function decodePng(file: Buffer): Picture {
	if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error("this is no PNG");
	const width = file.readUInt32BE(16);
	const height = file.readUInt32BE(20);
	const kind = file[25];
	if (file[24] !== 8 || (kind !== 2 && kind !== 6)) throw new Error("a PNG with 8 bits of RGB or RGBA was expected");
	const depth = kind === 2 ? 3 : 4;
	const data: Buffer[] = [];
	for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
		if (file.toString("latin1", at + 4, at + 8) === "IDAT")
			data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
	}
	const rows = inflateSync(Buffer.concat(data));
	const stride = width * depth;
	const pixels = new Uint8Array(stride * height);
	for (let y = 0; y < height; y += 1) {
		if (rows[y * (stride + 1)] !== 2) throw new Error("a PNG with rows filtered by what is above was expected");
		for (let i = 0; i < stride; i += 1) {
			const above = y > 0 ? (pixels[(y - 1) * stride + i] as number) : 0;
			pixels[y * stride + i] = (rows[y * (stride + 1) + 1 + i] as number) + above;
		}
	}
	return { width, height, depth, pixels };
}
