/*
 * What a display is made of.
 */
import type { Canvas, Fonts } from "hal/display/canvas";
import type { PocoDisplay } from "hal/display/display";
import type { Layout, Theme, TouchLayout } from "hal/display/theme";
import type { Pictures, Screen, Screenshot } from "hal/hardware";

export interface DisplayOptions {
	/** `new Poco(screen, { pixels, displayListLength: 5120 })`, or another renderer. */
	canvas: Canvas;
	fonts: Fonts;
	theme?: Theme;
	layout?: Layout;
	/** What services show; without it no picture is drawn. */
	pictures?: Pictures | undefined;
	/** Begins a picture of what a display shows, by its {@link PocoDisplay.paint}; without it there is none. */
	shoot?: (this: void, display: PocoDisplay, screen: Screen) => Screenshot | undefined;
}

export interface TouchDisplayOptions extends DisplayOptions {
	layout?: TouchLayout;
}
