/*
 * What a display is made of.
 */
import type { Canvas, Fonts } from "hal/display/canvas";
import type { Layout, Theme, TouchLayout } from "hal/display/theme";
import type { Pictures } from "hal/hardware";

export interface DisplayOptions {
	/** `new Poco(screen, { pixels, displayListLength: 5120 })`, or another renderer. */
	canvas: Canvas;
	fonts: Fonts;
	theme?: Theme;
	layout?: Layout;
	/** What services show; without it no picture is drawn. */
	pictures?: Pictures | undefined;
}

export interface TouchDisplayOptions extends DisplayOptions {
	layout?: TouchLayout;
}
