/*
 * Glyphs of an outline font as grey pictures, drawn by the system's FreeType 2 (libfreetype.so.6) through koffi. Its light
 * hinting snaps to whole rows and leaves widths alone, which reads best at the sizes of a small display.
 */
import koffi from "koffi";

/** One character as pixels: `rows` of `width` octets, 0 nothing to 255 full; offsets from the pen and the base line. */
export interface Glyph {
	readonly width: number;
	readonly height: number;
	readonly left: number;
	/** Rows from the base line up to the top row. */
	readonly top: number;
	/** Pixels to the next character. */
	readonly advance: number;
	readonly pixels: Uint8Array;
}

/** FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT, and FT_LOAD_NO_HINTING in its place for pictures. */
const LIGHT = 0x10004;
const UNHINTED = 0x6;

/** Where the fields lie that are read, in octets, as FreeType's public headers have them for 64 bits. */
const FACE_GLYPH = 152;
const SLOT = Object.freeze({ linearAdvance: 112, rows: 152, width: 156, pitch: 160, buffer: 168, left: 192, top: 196 });
const SLOT_SIZE = 200;

export class OutlineFont {
	readonly #functions;
	readonly #face: unknown;

	/** Throws when FreeType or the font at `file` cannot be opened. */
	constructor(file: string) {
		const library = koffi.load("libfreetype.so.6");
		const bind = (declaration: string) => library.func(declaration) as (...parameters: unknown[]) => unknown;
		this.#functions = {
			setSize: bind("int FT_Set_Pixel_Sizes(void *face, uint32_t width, uint32_t height)"),
			load: bind("int FT_Load_Char(void *face, unsigned long code, int32_t flags)"),
			index: bind("uint32_t FT_Get_Char_Index(void *face, unsigned long code)"),
		};
		const made: unknown[] = [null];
		if (bind("int FT_Init_FreeType(_Out_ void **library)")(made) !== 0) throw new Error("FreeType does not start");
		const face: unknown[] = [null];
		const open = bind("int FT_New_Face(void *library, const char *path, long index, _Out_ void **face)");
		if (open(made[0], file, 0, face) !== 0) throw new Error(`${file}: FreeType cannot open this font`);
		this.#face = face[0];
	}

	/** Pixels to the em from now on. */
	setSize(pixels: number): void {
		this.#functions.setSize(this.#face, 0, pixels);
	}

	has(code: number): boolean {
		return this.#functions.index(this.#face, code) !== 0;
	}

	/** Draws a character; `hinted` for letters, not for pictures. Throws when the font does not have it. */
	draw(code: number, hinted: boolean): Glyph {
		if (!this.has(code)) throw new Error(`the font has no character ${code.toString(16)}`);
		if (this.#functions.load(this.#face, code, hinted ? LIGHT : UNHINTED) !== 0) {
			throw new Error(`FreeType cannot draw character ${code.toString(16)}`);
		}
		const slot = Buffer.from(
			koffi.decode(koffi.decode(this.#face, FACE_GLYPH, "void *"), koffi.array("uint8_t", SLOT_SIZE, "Typed")),
		);
		const width = slot.readUInt32LE(SLOT.width);
		const height = slot.readUInt32LE(SLOT.rows);
		const pitch = slot.readInt32LE(SLOT.pitch);
		const pixels = new Uint8Array(width * height);
		if (pixels.length > 0) {
			const buffer = koffi.decode(koffi.decode(this.#face, FACE_GLYPH, "void *"), SLOT.buffer, "void *");
			const source = koffi.decode(buffer, koffi.array("uint8_t", pitch * height, "Typed")) as Uint8Array;
			for (let y = 0; y < height; y += 1) pixels.set(source.subarray(y * pitch, y * pitch + width), y * width);
		}
		return {
			width,
			height,
			left: slot.readInt32LE(SLOT.left),
			top: slot.readInt32LE(SLOT.top),
			advance: Math.round(Number(slot.readBigInt64LE(SLOT.linearAdvance)) / 65536),
			pixels,
		};
	}
}
