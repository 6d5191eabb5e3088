/*
 * A panel of a PC whose picture can be had as a PNG.
 */
import { encode } from "fast-png";
import { Panel as PlainPanel } from "./drawing/panel.js";

export { milliseconds } from "./drawing/panel.js";

export class Panel extends PlainPanel {
	/** The picture in the panel's memory. */
	png(): Buffer {
		return Buffer.from(encode({ width: this.width, height: this.height, channels: 3, data: this.rgb() }));
	}
}
