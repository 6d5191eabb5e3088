/*
 * Colours of the display and where its parts lie, as tables: another look or another panel is another table.
 */

/** Indices of a theme's colours. */
export const Colour = Object.freeze({
	/** Behind calls and labels. */
	background: 0,
	/** Status line and prompt. */
	bar: 1,
	/** A label, a call that is not selected. */
	panel: 2,
	/** The selected call or line of a menu. */
	selected: 3,
	/** A key on the display, and the same while a finger is on it. */
	key: 4,
	pressed: 5,
	text: 6,
	dim: 7,
	accent: 8,
	green: 9,
	amber: 10,
	red: 11,
});

/** A theme: red, green and blue of each colour in one number, in the order of {@link Colour}. */
export type Theme = readonly number[];

/** The deep blue of a 7970. What is read stands out from what is behind it by 4.5 to 1 and more, signs by 3 to 1 (WCAG 2.1, 1.4.3, 1.4.11). */
export const night: Theme = Object.freeze([
	0x08141f, 0x10263a, 0x12293d, 0x1d4565, 0x1b3a56, 0x0d6aa0, 0xf4f8fc, 0xa3b9ca, 0x4fc3f7, 0x43d787, 0xffb52e,
	0xff5a5f,
]);

/** For eyes that need it: what is read stands out from what is behind it by a contrast of 7 to 1 and more (WCAG 2.1, 1.4.6). */
export const contrast: Theme = Object.freeze([
	0x000000, 0x000000, 0x1c1c1c, 0x002a8c, 0x1c1c1c, 0x0034a8, 0xffffff, 0xffffff, 0xffff00, 0x40ff60, 0xffc400,
	0xf03838,
]);

/** An area in pixels. Areas are even, as display controllers like them. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Where the parts lie. Together they cover the panel, or what `panel` leaves of it; the overlay covers calls and labels. */
export interface Layout {
	/** All of a panel that is larger than the layout; cleared before all else is drawn. */
	readonly panel?: Box;
	readonly status: Box;
	/** The call plane. */
	readonly plane: Box;
	/** Labels of the line keys, one below the other. */
	readonly labels: Box;
	readonly overlay: Box;
	readonly prompt: Box;
	readonly softkeys: Box;
	/** Rows of pixels that a line of a menu takes. */
	readonly menuRow: number;
	/** All letters in the next larger size, for a panel whose dots are small. */
	readonly larger?: boolean;
}

/** Pixels that pictures of services have, below the title, and icons before the lines of a menu. */
export interface PictureRoom {
	readonly width: number;
	readonly height: number;
	readonly iconWidth: number;
	readonly iconHeight: number;
}

/** Rows of pixels of an overlay's title. */
export const titleHeight = 24;

/** A layout for fingers: keys that turn the pages, and the area of the pages that stand in place of the middle. */
export interface TouchLayout extends Layout {
	readonly rail: Box;
	readonly page: Box;
}

/** 320x240 with line keys to the right and softkeys below, as on a 7960. */
export const keyLayout: Layout = Object.freeze({
	status: Object.freeze({ x: 0, y: 0, width: 320, height: 22 }),
	plane: Object.freeze({ x: 0, y: 22, width: 208, height: 168 }),
	labels: Object.freeze({ x: 208, y: 22, width: 112, height: 168 }),
	overlay: Object.freeze({ x: 0, y: 22, width: 320, height: 168 }),
	prompt: Object.freeze({ x: 0, y: 190, width: 320, height: 22 }),
	softkeys: Object.freeze({ x: 0, y: 212, width: 320, height: 28 }),
	menuRow: 24,
});

/** 320x240 with touch and no keys: four keys at the left edge, softkeys and labels wide enough for a finger. */
export const touchLayout: TouchLayout = Object.freeze({
	status: Object.freeze({ x: 0, y: 0, width: 320, height: 22 }),
	rail: Object.freeze({ x: 0, y: 22, width: 48, height: 176 }),
	plane: Object.freeze({ x: 48, y: 22, width: 162, height: 152 }),
	labels: Object.freeze({ x: 210, y: 22, width: 110, height: 152 }),
	overlay: Object.freeze({ x: 48, y: 22, width: 272, height: 152 }),
	prompt: Object.freeze({ x: 48, y: 174, width: 272, height: 24 }),
	page: Object.freeze({ x: 48, y: 22, width: 272, height: 176 }),
	softkeys: Object.freeze({ x: 0, y: 198, width: 320, height: 42 }),
	menuRow: 32,
});

/**
 * 410x502, upright, with touch: as {@link touchLayout} with the calls above the labels. Small dots want larger letters; the corners are round,
 * so that nothing stands in them.
 */
export const uprightLayout: TouchLayout = Object.freeze({
	panel: Object.freeze({ x: 0, y: 0, width: 410, height: 502 }),
	larger: true,
	status: Object.freeze({ x: 44, y: 20, width: 322, height: 28 }),
	rail: Object.freeze({ x: 4, y: 48, width: 56, height: 376 }),
	plane: Object.freeze({ x: 62, y: 48, width: 344, height: 168 }),
	labels: Object.freeze({ x: 62, y: 216, width: 344, height: 180 }),
	overlay: Object.freeze({ x: 62, y: 48, width: 344, height: 348 }),
	prompt: Object.freeze({ x: 62, y: 396, width: 344, height: 28 }),
	page: Object.freeze({ x: 62, y: 48, width: 344, height: 376 }),
	softkeys: Object.freeze({ x: 16, y: 424, width: 378, height: 58 }),
	menuRow: 40,
});

/** The touch layout that fills a panel of this size, or as much of it as can be. */
export function touchLayoutFor(width: number, height: number): TouchLayout {
	if (width === 320 && height === 240) return touchLayout;
	const layout = width >= 410 && height >= 502 ? uprightLayout : touchLayout;
	return { ...layout, panel: { x: 0, y: 0, width, height } };
}

/**
 * Octets that a renderer needs for what one area of a panel shows, up to 24 for each character or rectangle: 213 of them, and 352 where
 * lines are longer.
 */
export function displayListFor(width: number): number {
	return width > 320 ? 8448 : 5120;
}

/** What a layout has for pictures. */
export function pictureRoomOf({ overlay, menuRow }: Layout): PictureRoom {
	return {
		width: overlay.width,
		height: overlay.height - titleHeight,
		iconWidth: 28, // as OverlayPane has them
		iconHeight: menuRow - 4,
	};
}
