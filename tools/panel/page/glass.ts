/*
 * The glass of a display: what stands in its panel's memory, on a canvas of the page. The canvas has so many pixels for each of the panel's
 * that the browser only ever makes it smaller, so that pixels keep their edges at any size.
 */
import { Panel } from "tools/display/drawing/panel";
import { element } from "./element.js";

/** Canvas pixels for one of the panel's, at most. */
const largest = 4;

/** What a native colour of the panel is in the four octets of a canvas. */
const colours = Uint32Array.from({ length: 65536 }, (_, colour) => {
	const red = Math.round(((colour >> 11) * 255) / 31);
	const green = Math.round((((colour >> 5) & 63) * 255) / 63);
	const blue = Math.round(((colour & 31) * 255) / 31);
	return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
});

export class Glass {
	readonly panel: Panel;
	readonly canvas: HTMLCanvasElement;
	readonly #image: ImageData;
	readonly #words: Uint32Array;
	readonly #plain: OffscreenCanvas;
	#scale = 0;

	constructor(width: number, height: number) {
		this.panel = new Panel(width, height);
		// what it shows is told in words beside it
		this.canvas = element("canvas", { class: "glass", "aria-hidden": "true" });
		this.#image = new ImageData(width, height);
		this.#words = new Uint32Array(this.#image.data.buffer);
		this.#plain = new OffscreenCanvas(width, height);
		this.#resize(1);
		new ResizeObserver(([entry]) => {
			const across = (entry?.contentRect.width ?? 0) * devicePixelRatio;
			this.#resize(Math.min(largest, Math.max(1, Math.ceil(across / width))));
		}).observe(this.canvas);
	}

	/** Shows what has been written into the panel since. */
	refresh(): void {
		if (this.panel.areas === 0) return;
		this.panel.areas = 0;
		const { pixels } = this.panel;
		for (let i = 0; i < pixels.length; i++) this.#words[i] = colours[pixels[i] as number] as number;
		this.#plain.getContext("2d")?.putImageData(this.#image, 0, 0);
		this.#paint();
	}

	#resize(scale: number): void {
		if (scale === this.#scale) return;
		this.#scale = scale;
		this.canvas.width = this.panel.width * scale;
		this.canvas.height = this.panel.height * scale;
		this.#paint();
	}

	#paint(): void {
		const context = this.canvas.getContext("2d");
		if (context === null) return;
		context.imageSmoothingEnabled = false;
		context.drawImage(this.#plain, 0, 0, this.canvas.width, this.canvas.height);
	}
}
