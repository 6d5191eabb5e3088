/*
 * Which picture of the icon font stands at which character of the display's icon fonts (hal/display/icons.ts names the same
 * characters), and the quarter circles that round the corners of keys.
 */
import type { Glyph } from "./freetype.js";

/** Names as the icon font's style sheet has them, from character U+E000 on. */
export const ICONS: readonly string[] = Object.freeze([
	"phone-hangup",
	"phone-classic",
	"phone",
	"bell-ring",
	"phone-in-talk",
	"pause-circle",
	"star",
	"minus-circle",
	"email",
	"phone-forward",
	"close-circle",
	"checkbox-blank-circle-outline",
	"web",
	"phone-outgoing",
	"account-circle",
	"headset",
	"volume-high",
	"microphone-off",
	"sync",
	"lan-disconnect",
	"alert",
	"dialpad",
	"dots-horizontal",
	"settings",
	"information-outline",
	"book-open",
	"swap-horizontal",
	"account-multiple-plus",
	"pause",
	"volume-low",
	"microphone",
	"deskphone",
	"bell-off",
	"phone-missed",
	"lock",
	"quality-high",
	"link-variant-off",
]);

export const FIRST_ICON = 0xe000;
/** Top left, top right, bottom left, bottom right: what lies outside a circle of `radius` in a corner. */
export const FIRST_CORNER = 0xe0f0;

/** One of four corners, 0-3, of `radius` pixels, its coverage taken from 16 x 16 points in each pixel. */
export function corner(which: number, radius: number): Glyph {
	const pixels = new Uint8Array(radius * radius);
	const points = 16;
	for (let y = 0; y < radius; y += 1) {
		for (let x = 0; x < radius; x += 1) {
			let outside = 0;
			for (let i = 0; i < points * points; i += 1) {
				const dx = radius - (x + ((i % points) + 0.5) / points);
				const dy = radius - (y + (Math.floor(i / points) + 0.5) / points);
				if (dx * dx + dy * dy > radius * radius) outside += 1;
			}
			const column = which & 1 ? radius - 1 - x : x;
			const row = which & 2 ? radius - 1 - y : y;
			pixels[row * radius + column] = Math.round((outside / (points * points)) * 255);
		}
	}
	return { width: radius, height: radius, left: 0, top: radius, advance: radius, pixels };
}
