/*
 * A panel of a PC whose picture can be had as a PNG.
 */
import { Panel as PlainPanel } from "./drawing/panel.js";
import { encodePng } from "./png.js";

export { milliseconds } from "./drawing/panel.js";

export class Panel extends PlainPanel {
	/** The picture in the panel's memory. */
	png(): Buffer {
		return encodePng({ width: this.width, height: this.height, depth: 3, pixels: this.rgb() });
	}
}
