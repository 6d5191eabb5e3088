/*
 * A picture of the display (/CGI/Screenshot): a PNG file that is drawn as it is sent.
 */
import type { Screenshot } from "hal/hardware";
import { Answer } from "services/web/answer";

export class PictureAnswer extends Answer {
	private readonly screenshot: Screenshot;

	constructor(screenshot: Screenshot) {
		super(200, "image/png");
		this.screenshot = screenshot;
	}

	read(target: Uint8Array): number {
		return this.screenshot.read(target);
	}

	override close(): void {
		this.screenshot.close();
	}
}
