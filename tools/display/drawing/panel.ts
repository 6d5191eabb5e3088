/*
 * A display panel as its controller sees it: ST7789 and ILI9341 take the same three commands over SPI to fill an area (column
 * address set, row address set, memory write), and RGB565 pixels, high octet first. Wrong use throws, as no controller would.
 */

const COLUMNS = 0x2a;
const ROWS = 0x2b;
const WRITE = 0x2c;

export class Panel {
	readonly width: number;
	readonly height: number;
	/** What stands in the controller's memory. */
	readonly pixels: Uint16Array;
	/** Octets that went over SPI, commands and pixels, since it was set to 0. */
	octets = 0;
	/** Areas written since it was set to 0. */
	areas = 0;
	#area = { left: 0, right: -1, top: 0, bottom: -1 };
	#written = 0;
	#writing = false;

	constructor(width: number, height: number) {
		this.width = width;
		this.height = height;
		this.pixels = new Uint16Array(width * height);
	}

	command(code: number, data: Uint8Array): void {
		this.#finished();
		this.octets += 1 + data.length;
		const word = (at: number): number => ((data[at] as number) << 8) | (data[at + 1] as number);
		const range = (limit: number): [number, number] => {
			if (data.length !== 4) throw new Error(`command ${code.toString(16)} takes 4 octets, got ${data.length}`);
			if (word(0) > word(2) || word(2) >= limit) throw new Error(`range ${word(0)}-${word(2)} lies outside the panel`);
			return [word(0), word(2)];
		};
		if (code === COLUMNS) [this.#area.left, this.#area.right] = range(this.width);
		else if (code === ROWS) [this.#area.top, this.#area.bottom] = range(this.height);
		else if (code === WRITE) {
			this.#writing = true;
			this.#written = 0;
			this.areas += 1;
		} else throw new Error(`command ${code.toString(16)} is not known`);
	}

	data(octets: Uint8Array): void {
		if (!this.#writing) throw new Error("pixels without a memory write");
		const { left, right, top } = this.#area;
		const width = right - left + 1;
		this.octets += octets.length;
		for (let i = 0; i < octets.length; i += 2) {
			const at = (top + Math.floor(this.#written / width)) * this.width + left + (this.#written % width);
			if (this.#written >= this.#size) throw new Error("more pixels than the area holds");
			this.pixels[at] = ((octets[i] as number) << 8) | (octets[i + 1] as number);
			this.#written += 1;
		}
	}

	/** Red, green and blue of each pixel, in octets. */
	rgb(): Uint8Array {
		const pixels = new Uint8Array(this.pixels.length * 3);
		this.pixels.forEach((colour, i) => {
			pixels[i * 3] = Math.round(((colour >> 11) * 255) / 31);
			pixels[i * 3 + 1] = Math.round((((colour >> 5) & 63) * 255) / 63);
			pixels[i * 3 + 2] = Math.round(((colour & 31) * 255) / 31);
		});
		return pixels;
	}

	get #size(): number {
		const { left, right, top, bottom } = this.#area;
		return (right - left + 1) * (bottom - top + 1);
	}

	#finished(): void {
		if (this.#writing && this.#written !== this.#size) {
			throw new Error(`an area of ${this.#size} pixels got ${this.#written}`);
		}
		this.#writing = false;
	}
}

/** Milliseconds that `octets` take at `hertz`. */
export function milliseconds(octets: number, hertz: number): number {
	return (octets * 8 * 1000) / hertz;
}
