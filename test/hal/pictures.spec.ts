/*
 * Pictures as the bodies read and write them (hal/pictures), under sanitizers: PNG files of every colour type, depth and filter, made here
 * with Node's deflate, and hexadecimal digits of a CiscoIPPhoneImage, both in pieces; what is damaged, and memory that is not there. Files
 * that are written are judged by FFmpeg.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { assert } from "chai";
import { root } from "../support/host.js";
import { needs } from "../support/optional.js";

const folder = join(root, "build/pictures-test");
const program = join(folder, "pictures");
const miniz = "node_modules/@agoric/xsnap/moddable/modules/data/zlib";
const sources = ["png_crc", "png_reader", "png_writer", "picture_store"].map((name) => `hal/pictures/${name}.c`);

/** Results by number of enum picture_result. */
const Refused = Object.freeze({ kind: "1", damaged: "2", interlaced: "3", large: "4" });

const Colour = Object.freeze({ grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgbAlpha: 6 });
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Kind {
	width: number;
	height: number;
	colour: number;
	depth: number;
	/** A sample of a pixel: 0 to what the depth has. */
	sample: (x: number, y: number, which: number) => number;
	palette: readonly number[];
	transparency: readonly number[];
	/** Filter of a row. */
	filter: (y: number) => number;
	interlaced: boolean;
	/** Octets of a chunk of pixels. */
	piece: number;
	/** Chunks before the pixels that a reader leaves out. */
	beside: readonly [string, Buffer][];
	/** Rows of zeros behind the last. */
	beyond: number;
	windowBits: number;
}

const usual: Kind = {
	width: 19,
	height: 7,
	colour: Colour.rgb,
	depth: 8,
	sample: (x, y, which) => x * 7 + y * 31 + which * 50,
	palette: [],
	transparency: [],
	filter: () => 0,
	interlaced: false,
	piece: 1e6,
	beside: [],
	beyond: 0,
	windowBits: 15,
};

function crc32(octets: Buffer): number {
	let crc = 0xffffffff;
	for (const octet of octets) {
		crc ^= octet;
		for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	return ~crc >>> 0;
}

function chunk(name: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
	const words = Buffer.alloc(8);
	words.writeUInt32BE(data.length, 0);
	words.writeUInt32BE(crc32(body), 4);
	return Buffer.concat([words.subarray(0, 4), body, words.subarray(4)]);
}

/** Rows as they are before filters, a sample behind the other. */
function rowsOf(kind: Kind): Buffer[] {
	const { width, height, depth, colour } = kind;
	const samples = samplesOf[colour] as number;
	return Array.from({ length: height }, (_, y) => {
		const row = Buffer.alloc(Math.ceil((width * samples * depth) / 8));
		for (let i = 0; i < width * samples; i += 1) {
			const value = kind.sample(Math.floor(i / samples), y, i % samples) & (2 ** depth - 1);
			if (depth === 16) row.writeUInt16BE(value, i * 2);
			else row[(i * depth) >> 3] = (row[(i * depth) >> 3] as number) | (value << (8 - depth - ((i * depth) & 7)));
		}
		return row;
	});
}

function paeth(left: number, above: number, corner: number): number {
	const guess = left + above - corner;
	const [a, b, c] = [left, above, corner].map((value) => Math.abs(guess - value)) as [number, number, number];
	return a <= b && a <= c ? left : b <= c ? above : corner;
}

function filtered(row: Buffer, before: Buffer, filter: number, pixel: number): Buffer {
	const result = Buffer.alloc(row.length + 1);
	result[0] = filter;
	row.forEach((value, i) => {
		const left = row[i - pixel] ?? 0;
		const above = before[i] ?? 0;
		const corner = i >= pixel ? (before[i - pixel] ?? 0) : 0;
		const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0;
		result[i + 1] = value - guess;
	});
	return result;
}

function png(given: Partial<Kind>): Buffer {
	const kind = { ...usual, ...given };
	const { width, height, depth, colour } = kind;
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([depth, colour, 0, 0, kind.interlaced ? 1 : 0], 8);
	const pixel = Math.max(1, ((samplesOf[colour] as number) * depth) >> 3);
	const rows = rowsOf(kind);
	const raw = rows.map((row, y) => filtered(row, rows[y - 1] ?? Buffer.alloc(row.length), kind.filter(y), pixel));
	const beyond = Buffer.alloc(kind.beyond * ((raw[0] as Buffer).length + 1));
	const data = deflateSync(Buffer.concat([...raw, beyond]), { windowBits: kind.windowBits });
	const pieces: Buffer[] = [];
	for (let at = 0; at < data.length; at += kind.piece) pieces.push(data.subarray(at, at + kind.piece));
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk("IHDR", header),
		...kind.beside.map(([name, content]) => chunk(name, content)),
		...(kind.palette.length > 0 ? [chunk("PLTE", Buffer.from(kind.palette))] : []),
		...(kind.transparency.length > 0 ? [chunk("tRNS", Buffer.from(kind.transparency))] : []),
		...pieces.map((piece) => chunk("IDAT", piece)),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

/** Colour and opacity of a pixel as the standard has them. */
function pixelOf(kind: Kind, x: number, y: number): [number, number, number, number] {
	const most = 2 ** kind.depth - 1;
	const value = (which: number) => kind.sample(x, y, which) & most;
	const eight = (which: number) => (kind.depth === 16 ? value(which) >> 8 : Math.floor((value(which) * 255) / most));
	const { transparency: clear } = kind;
	const key = (which: number) => ((clear[which * 2] ?? 0) << 8) | (clear[which * 2 + 1] ?? 0);
	const keyed = (count: number) =>
		clear.length > 0 && Array.from({ length: count }, (_, i) => key(i) === value(i)).every(Boolean);
	switch (kind.colour) {
		case Colour.palette: {
			const [red = 0, green = 0, blue = 0] = kind.palette.slice(value(0) * 3);
			return [red, green, blue, clear[value(0)] ?? 255];
		}
		case Colour.grey:
			return [eight(0), eight(0), eight(0), keyed(1) ? 0 : 255];
		case Colour.greyAlpha:
			return [eight(0), eight(0), eight(0), eight(1)];
		case Colour.rgb:
			return [eight(0), eight(1), eight(2), keyed(3) ? 0 : 255];
		default:
			return [eight(0), eight(1), eight(2), eight(3)];
	}
}

function packed(red: number, green: number, blue: number): number {
	return ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3);
}

/** What the picture is over a ground. */
function expected(given: Partial<Kind>, ground = 0): number[] {
	const kind = { ...usual, ...given };
	return Array.from({ length: kind.width * kind.height }, (_, i) => {
		const [red, green, blue, opacity] = pixelOf(kind, i % kind.width, Math.floor(i / kind.width));
		const over = (colour: number, shift: number) =>
			Math.floor((colour * opacity + ((ground >> shift) & 255) * (255 - opacity) + 127) / 255);
		return packed(over(red, 16), over(green, 8), over(blue, 0));
	});
}

interface Read {
	/** As `good`, or the number of what is wrong. */
	result: string;
	size: number[];
	pixels: number[];
}

function run(words: readonly (string | number)[], input: Buffer): { stdout: Buffer; stderr: Buffer } {
	const { status, stdout, stderr } = spawnSync(program, words.map(String), { input, maxBuffer: 1 << 26 });
	assert.strictEqual(status, 0, `${words.join(" ")}: ${stderr}`);
	return { stdout, stderr };
}

function readOf(stdout: Buffer): Read {
	const end = stdout.indexOf("\n");
	const [result = "", ...size] = stdout.toString("latin1", 0, end).split(" ");
	const pixels: number[] = [];
	for (let at = end + 1; at < stdout.length; at += 2) pixels.push(stdout.readUInt16LE(at));
	return { result, size: size.map(Number), pixels };
}

function read(file: Buffer, { piece = 100, place = 0, width = 320, height = 240, ground = 0 } = {}): Read {
	return readOf(run(["png", place, piece, width, height, ground], file).stdout);
}

function readHex(digits: string, width: number, height: number, depth: number, piece = 7): Read {
	return readOf(run(["hex", width, height, depth, piece], Buffer.from(digits)).stdout);
}

const text =
	(...words: readonly (string | number)[]) =>
	(file: Buffer) =>
		run(words, file).stdout.toString().trim();

describe("pictures", function () {
	this.timeout(60_000);

	before(() => {
		mkdirSync(folder, { recursive: true });
		const inflate = join(folder, "inflate.o");
		execFileSync(
			"gcc",
			["-w", "-O1", "-fsanitize=address", "-isystem", miniz, "-c", "hal/pictures/port/inflate_host.c", "-o", inflate],
			{
				cwd: root,
			},
		);
		const flags = `-std=c11 -Wall -Wextra -Werror -g -O1 -Ihal/pictures -isystem ${miniz} -fsanitize=address,undefined`;
		const words = [...flags.split(" "), "-fno-sanitize-recover=all", "test/hal/pictures.c", ...sources, inflate];
		execFileSync("gcc", [...words, "-o", program], { cwd: root });
	});

	for (const [name, colour, depths] of [
		["grey", Colour.grey, [1, 2, 4, 8, 16]],
		["colours", Colour.rgb, [8, 16]],
		["a palette", Colour.palette, [1, 2, 4, 8]],
		["grey with opacity", Colour.greyAlpha, [8, 16]],
		["colours with opacity", Colour.rgbAlpha, [8, 16]],
	] as const) {
		it(`are read as PNG files of ${name} in each depth, with each filter, in pieces of any size`, () => {
			for (const depth of depths) {
				const palette = colour === Colour.palette ? Array.from({ length: 3 << depth }, (_, i) => (i * 77) & 255) : [];
				const kind = { colour, depth, palette, filter: (y: number) => y % 5, piece: 30 };
				const file = png({ ...kind });
				for (const piece of [1, 1000]) {
					const { result, size, pixels } = read(file, { piece, ground: 0x123456 });
					assert.deepEqual([result, ...size], ["good", 19, 7, 19, 7], `depth ${depth}`);
					assert.deepEqual(pixels, expected(kind, 0x123456), `depth ${depth}`);
				}
			}
		});
	}

	it("lie over the ground where they are transparent", () => {
		for (const kind of [
			{ colour: Colour.palette, depth: 2, palette: [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9], transparency: [0, 128] },
			{ colour: Colour.grey, depth: 4, transparency: [0, 7] },
			{ colour: Colour.rgb, sample: (x: number) => (x & 3) * 60, transparency: [0, 120, 0, 120, 0, 120] },
		]) {
			const { pixels } = read(png(kind), { ground: 0x40c020 });
			assert.deepEqual(pixels, expected(kind, 0x40c020));
			assert.include(pixels, packed(0x40, 0xc0, 0x20));
			assert.isAbove(new Set(pixels).size, 2);
		}
	});

	it("have chunks that no reader needs, windows of any size, and rows beyond the last", () => {
		const kind = { width: 300, height: 160, filter: () => 1 };
		const right = expected(kind);
		const note = ["tEXt", Buffer.from("Comment\0made by nobody")] as [string, Buffer];
		for (const other of [{ beside: [note] }, { windowBits: 9 }, { windowBits: 12 }, { beyond: 2000 }])
			assert.deepEqual(read(png({ ...kind, ...other }), { piece: 1460 }).pixels, right, JSON.stringify(other));
	});

	it("become smaller by the mean of their pixels where the display has less room", () => {
		const kind = { width: 8, height: 4, sample: (x: number, y: number) => (x & 1 ? 200 : 40) + (y & 1 ? 16 : 0) };
		const half = read(png(kind), { width: 4, height: 4 });
		assert.deepEqual(half.size, [4, 2, 8, 4]);
		assert.deepEqual(half.pixels, Array(8).fill(packed(128, 128, 128)));
		assert.deepEqual(read(png(kind), { width: 320, height: 1 }).size, [2, 1, 8, 4]);
		assert.deepEqual(read(png({ width: 2000, height: 1 }), { width: 100, height: 100 }).size, [100, 1, 2000, 1]);
		// an icon has less room than what stands at the first place
		assert.deepEqual(read(png({ width: 64, height: 24 }), { place: 3 }).size, [32, 12, 64, 24]);
		const third = read(png({ width: 3, height: 3, sample: (x, y) => (x + y) * 20 }), { width: 2, height: 3 });
		assert.deepEqual(third.size, [2, 2, 3, 3]);
		assert.deepEqual(
			third.pixels,
			[20, 50, 50, 80].map((grey) => packed(grey, grey, grey)),
		);
	});

	it("are refused with what is wrong", () => {
		for (const [file, why] of [
			[Buffer.from("GIF89a and more"), Refused.kind],
			[Buffer.alloc(0), Refused.kind],
			[png({ interlaced: true }), Refused.interlaced],
			[png({ width: 2049, height: 1 }), Refused.large],
			[png({ width: 1025, height: 1024, colour: Colour.grey, depth: 1 }), Refused.large],
			[png({ colour: Colour.palette, depth: 4, palette: [0, 0, 0] }), Refused.damaged],
			[png({ colour: Colour.grey, depth: 8, filter: () => 5 }), Refused.damaged],
			[png({ beside: [["CgBI", Buffer.alloc(4)]] }), Refused.damaged],
			[png({ height: 1 }).fill(0, 16, 20), Refused.damaged],
		] as const)
			assert.strictEqual(read(file).result, why);
	});

	it("are refused with a length that deflate has not, where the window ends", () => {
		// 256 literals, then symbol 286 and distance 1, in fixed codes, their highest bits first
		const bits = ["1", "10", ..."00110000".repeat(256), "11000110", "00000"].join("");
		const data = Buffer.alloc(Math.ceil(bits.length / 8));
		[...bits].forEach((bit, i) => {
			data[i >> 3] = (data[i >> 3] as number) | (Number(bit) << (i & 7));
		});
		const whole = png({ width: 300, height: 2, colour: Colour.grey });
		const head = whole.subarray(0, whole.indexOf("IDAT") - 4);
		const stream = Buffer.concat([Buffer.from([0x08, 0x1d]), data]);
		const file = Buffer.concat([head, chunk("IDAT", stream), chunk("IEND", Buffer.alloc(0))]);
		assert.strictEqual(read(file, { piece: 10_000 }).result, Refused.damaged);
	});

	it("are refused with a bit of any octet changed, and when cut off anywhere", () => {
		for (const kind of [{}, { colour: Colour.palette, depth: 2, palette: Array(12).fill(7), transparency: [1, 2] }]) {
			const file = png(kind);
			assert.strictEqual(text("flips")(file), `0 of ${file.length}`);
			assert.strictEqual(text("cuts")(file), `0 of ${file.length}`);
		}
	});

	it("are read from hexadecimal digits: the first pixel in the lowest bits, 0 the lightest", () => {
		const greys = (...dark: number[]) => dark.map((value) => packed(255 - value, 255 - value, 255 - value));
		// 1, 3, 2, 0 and 3, 2, 1
		assert.deepEqual(readHex("2d 1B", 7, 1, 2).pixels, greys(85, 255, 170, 0, 255, 170, 85));
		assert.deepEqual(readHex("05\n02", 3, 2, 1).pixels, greys(255, 0, 255, 0, 255, 0));
		// rows of whole octets, and rows without a gap where there are no more digits
		const rows = readHex("ff03ff00ff03", 5, 3, 2);
		assert.deepEqual([rows.result, rows.pixels[4], rows.pixels[9], rows.pixels[14]], ["good", 0, 0xffff, 0]);
		assert.deepEqual(readHex("ffc3ff0f", 5, 3, 2).pixels.indexOf(0xffff), 5);
	});

	it("are refused as digits that are none, or too few", () => {
		for (const [digits, width, height, depth, why] of [
			["2d1g", 7, 1, 2, Refused.damaged],
			["2d1", 7, 1, 2, Refused.damaged],
			["2d1b", 7, 1, 3, Refused.damaged],
			["2d1b", 0, 1, 2, Refused.damaged],
			["2d1b", 1000, 1000, 2, Refused.large],
		] as const)
			assert.strictEqual(readHex(digits, width, height, depth).result, why, digits);
	});

	it("are refused without memory, and leave none taken wherever it ends", () => {
		assert.isAbove(Number(text("scarce", "png")(png({ width: 700, height: 90 }))), 5);
		assert.isAbove(Number(text("scarce", "hex")(Buffer.alloc(133 * 65, "1b"))), 2);
	});

	it("take as much memory as the largest of a 7970 may", () => {
		// of which 100,128 stay: pixels of 16 bits
		const file = png({ width: 298, height: 168, colour: Colour.rgbAlpha });
		assert.isBelow(Number(text("most", "png")(file)), 151_000);
		assert.isBelow(Number(text("most", "hex")(Buffer.alloc(133 * 65, "1b"))), 21_000);
	});

	describe("that are written", () => {
		const pictures = {
			noise: (i: number) => (i * 40503 + (i >> 3) * 30011) & 0xffff,
			flat: () => 0x1234,
			"long runs": (i: number) => (i % 700 < 500 ? 0xffff : (i * 3) & 0xffff),
		};

		function written(width: number, height: number, pixel: (i: number) => number, piece: number): Buffer {
			const pixels = Buffer.alloc(width * height * 2);
			for (let i = 0; i < width * height; i += 1) pixels.writeUInt16LE(pixel(i), i * 2);
			return run(["write", width, height, piece], pixels).stdout;
		}

		before(function () {
			needs(this, spawnSync("ffmpeg", ["-version"]).error === undefined, "ffmpeg is not there: apt-get install ffmpeg");
		});

		for (const [name, pixel] of Object.entries(pictures)) {
			it(`are what FFmpeg reads: ${name}`, () => {
				for (const [width, height, piece] of [
					[1, 1, 1],
					[320, 240, 1460],
					[410, 61, 100],
					[7, 300, 4096],
				] as const) {
					const words = ["-v", "error", "-xerror", "-err_detect", "crccheck+explode", "-f", "png_pipe", "-i", "-"];
					const { status, stdout, stderr } = spawnSync(
						"ffmpeg",
						[...words, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
						{ input: written(width, height, pixel, piece), maxBuffer: 1 << 26 },
					);
					assert.strictEqual(status, 0, stderr.toString());
					const right = Buffer.alloc(width * height * 3);
					for (let i = 0; i < width * height; i += 1) {
						const value = pixel(i);
						right[i * 3] = Math.round(((value >> 11) * 255) / 31);
						right[i * 3 + 1] = Math.round((((value >> 5) & 63) * 255) / 63);
						right[i * 3 + 2] = Math.round(((value & 31) * 255) / 31);
					}
					assert.isTrue(stdout.equals(right), `${width} by ${height}`);
				}
			});
		}

		it("are small where they are flat, and take five kilobytes on the way", () => {
			assert.isBelow(written(320, 240, pictures.flat, 1460).length, 2500);
			const pixels = Buffer.alloc(320 * 240 * 2);
			assert.isBelow(Number(run(["write", 320, 240, 1460], pixels).stderr.toString()), 5000);
		});
	});
});
