/*
 * The board's display as the SDK has set it up (the global `screen`, from the driver that the board's manifest names), with the SDK's
 * renderer Poco and the phone's fonts from flash.
 */

import Resource from "Resource";
import parseBMF from "commodetto/parseBMF";
import type { Font } from "hal/display/canvas";
import { PocoDisplay } from "hal/display/display";
import type { DisplayOptions } from "hal/display/options";
import {
	Colour,
	displayListFor,
	keyLayout,
	type Layout,
	night,
	pictureRoomOf,
	touchLayoutFor,
} from "hal/display/theme";
import { TouchDisplay } from "hal/display/touch";
import { isSwapped, openCanvas, shoot } from "hal/esp32s3/canvas";
import { NativePictures } from "hal/pictures/pictures";

/**
 * Pixels that are rendered at a time, two octets each: 16 rows of 320. The SDK halves them, so that one half goes out by DMA while
 * the other is drawn.
 */
const PIXELS = 320 * 16;

function font(name: string): Font {
	return parseBMF(new Resource(`${name}.bf4`));
}

function options(layout: Layout): DisplayOptions {
	// outside of XS's memory
	const list = displayListFor(screen.width);
	return {
		canvas: openCanvas(screen, PIXELS, list),
		fonts: {
			tiny: font("linnet-tiny"),
			small: font("linnet-small"),
			text: font("linnet-text"),
			large: font("linnet-large"),
			digits: font("linnet-digits"),
			icons: font("linnet-icons"),
			pictures: font("linnet-pictures"),
		},
		layout,
		pictures: new NativePictures(
			pictureRoomOf(layout),
			night[Colour.background] ?? 0,
			isSwapped(screen as unknown as { pixelFormat: unknown }),
		),
		shoot: (display, shown) => shoot(display, shown, list),
	};
}

/** A display with keys around it. Throws when the display's memory cannot be had. */
export function openDisplay(): PocoDisplay {
	return new PocoDisplay(options(keyLayout));
}

/** A display with its keys on it; `TouchKeys` of hal/display/touchkeys reads them. */
export function openTouchDisplay(): TouchDisplay {
	const layout = touchLayoutFor(screen.width, screen.height);
	return new TouchDisplay({ ...options(layout), layout });
}
