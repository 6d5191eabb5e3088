/*
 * Symbols of a schematic as SVG, after IEC 60617, with the places of their ends: parts with two ends lie along the wire, supplies
 * hang on it, everything else is a box with named pins.
 */
import type { TwoEnds } from "./circuit.js";

/** A symbol's size and how it looks, with its upper left corner at 0, 0. */
export interface Figure {
	readonly width: number;
	readonly height: number;
	readonly ends: readonly End[];
	readonly svg: string;
}

export interface End {
	readonly name: string;
	readonly x: number;
	readonly y: number;
	readonly side: "WEST" | "EAST";
}

const FONT = 11;
/** Width of a character of a bold sans-serif face at that size, on average. */
const CHARACTER = 7.3;
/** Distance of pins: a flag's height and the room between two. */
const PITCH = 20;

export function textWidth(text: string): number {
	return Math.ceil(text.length * CHARACTER);
}

export function escapeText(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function label(text: string, x: number, y: number, options = ""): string {
	return `<text x="${x}" y="${y}"${options}>${escapeText(text)}</text>`;
}

function path(d: string, options = ""): string {
	return `<path d="${d}"${options}/>`;
}

/** What stands between x = 20 and x = 50 on the line y = 0; the wires up to there are drawn besides. */
const BODIES: Readonly<Record<TwoEnds, string>> = {
	resistor: path("M20-5h30v10h-30z"),
	fuse: path("M20-5h30v10h-30zM20 0h30"),
	capacitor: path("M20 0h12M32-9v18M38-9v18M38 0h12"),
	electrolytic: `${path("M20 0h11M31-9h4v18h-4zM39-9v18M39 0h11")}${path("M24-8h6M27-11v6")}`,
	inductor: path("M20 0a5 5 0 0 1 10 0a5 5 0 0 1 10 0a5 5 0 0 1 10 0"),
	led: path("M20 0h8M28-7v14l12-7zM40-7v14M40 0h10M35-8l4-4m0 3v-3h-3M41-8l4-4m0 3v-3h-3"),
	switch: path("M20 0h4M46 0h4M26 0a1 1 0 0 1-2 0a1 1 0 0 1 2 0zM46 0a1 1 0 0 1-2 0a1 1 0 0 1 2 0zM24-7h22M35-7v-5"),
	microphone: path("M20 0h5M45 0a10 10 0 0 1-20 0a10 10 0 0 1 20 0zM46-10v20M45 0h5"),
	loudspeaker: path("M20 0h7M27-6h7v12h-7zM34-6l8-7v26l-8-7M42 0h8"),
};

const WIDTH = 70;
const AXIS = 26;

/** A part with two ends: its name above, its value below. */
export function twoEnded(kind: TwoEnds, id: string, value: string): Figure {
	const width = Math.max(WIDTH, textWidth(id), textWidth(value));
	const left = (width - WIDTH) / 2;
	const middle = width / 2;
	return {
		width,
		height: AXIS + 22,
		ends: [
			{ name: "a", x: 0, y: AXIS, side: "WEST" },
			{ name: "b", x: width, y: AXIS, side: "EAST" },
		],
		svg:
			`<g transform="translate(${left} ${AXIS})">${BODIES[kind]}${path(`M${-left} 0h${20 + left}M50 0h${20 + left}`)}</g>` +
			label(id, middle, 9, ' text-anchor="middle" class="id"') +
			label(value, middle, AXIS + 20, ' text-anchor="middle"'),
	};
}

/** A box with pins in order down its sides; `title` stands inside at the top, `id` above. */
export function box(id: string, title: string, left: readonly string[], right: readonly string[]): Figure {
	const widest = (names: readonly string[]): number => Math.max(0, ...names.map(textWidth));
	const inner = Math.max(widest(left) + widest(right) + 30, textWidth(title) + 12, textWidth(id) - 24, 60);
	const top = 14;
	const head = top + 20;
	const height = head + Math.max(left.length, right.length) * PITCH + 4;
	const lead = 12;
	const width = inner + 2 * lead;
	const pins: End[] = [];
	let svg = path(`M${lead} ${top}h${inner}v${height - top}h${-inner}z`, ' class="box"');
	svg += label(id, width / 2, 10, ' text-anchor="middle" class="id"');
	svg += label(title, width / 2, top + 14, ' text-anchor="middle" class="part"');
	left.forEach((name, i) => {
		const y = head + i * PITCH + PITCH / 2;
		pins.push({ name, x: 0, y, side: "WEST" });
		svg += path(`M0 ${y}h${lead}`) + label(name, lead + 5, y + 4);
	});
	right.forEach((name, i) => {
		const y = head + i * PITCH + PITCH / 2;
		pins.push({ name, x: width, y, side: "EAST" });
		svg += path(`M${width} ${y}h${-lead}`) + label(name, width - lead - 5, y + 4, ' text-anchor="end"');
	});
	return { width, height, ends: pins, svg };
}

/** Where a net leaves the sheet, or a supply: on the `side` of the part that it belongs to. */
export function flag(net: string, side: "WEST" | "EAST"): Figure {
	if (net === "GND") return ground(side);
	if (net.startsWith("+")) return supply(net, side);
	const width = textWidth(net) + 16;
	const height = 16;
	const west = side === "WEST";
	const outline = west ? `M0 1h${width - 8}l8 7l-8 7h${8 - width}z` : `M${width} 1h${8 - width}l-8 7l8 7h${width - 8}z`;
	return {
		width,
		height,
		ends: [end(west, width, height / 2)],
		svg: path(outline, ' class="flag"') + label(net, west ? 4 : width - 4, 12, west ? "" : ' text-anchor="end"'),
	};
}

function end(west: boolean, width: number, y: number): End {
	return { name: "net", x: west ? width : 0, y, side: west ? "EAST" : "WEST" };
}

function ground(side: "WEST" | "EAST"): Figure {
	const west = side === "WEST";
	const x = west ? 9 : 11;
	return {
		width: 20,
		height: 22,
		ends: [end(west, 20, 4)],
		svg: path(`M${west ? 20 : 0} 4H${x}v8M${x - 8} 12h16M${x - 5} 15.5h10M${x - 2} 19h4`, ' class="supply"'),
	};
}

function supply(net: string, side: "WEST" | "EAST"): Figure {
	const west = side === "WEST";
	const width = textWidth(net) + 8;
	const x = width / 2;
	return {
		width,
		height: 26,
		ends: [end(west, width, 22)],
		svg:
			path(`M${west ? width : 0} 22H${x}v-8M${x - 8} 14h16`, ' class="supply"') +
			label(net, x, 10, ' text-anchor="middle"'),
	};
}

/** A cross at a pin that is left open. */
export function open(side: "WEST" | "EAST"): Figure {
	const west = side === "WEST";
	return {
		width: 12,
		height: 10,
		ends: [end(west, 12, 5)],
		svg: path(west ? "M12 5h-6M3 2l6 6M9 2l-6 6" : "M0 5h6M3 2l6 6M9 2l-6 6", ' class="open"'),
	};
}

export const STYLE = `text{font:${FONT}px Helvetica,Arial,sans-serif;fill:#222}.id{font-weight:bold;fill:#0b4f8a}.part{font-weight:bold}.title{font-size:16px;font-weight:bold}.small{fill:#666}path{fill:none;stroke:#222;stroke-width:1.3;stroke-linecap:round;stroke-linejoin:round}.box{fill:#fdf8e4}.flag{fill:#eaf3fb;stroke:#0b4f8a}.supply{stroke:#a02020}.wire{stroke:#1a7a3a}.open{stroke:#888}.dot{fill:#1a7a3a}`;
