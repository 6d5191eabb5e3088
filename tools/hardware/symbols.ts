/*
 * Figures of a drawing with the places of their ends: boxes with named pins as SVG, for the picture of the wiring; for the schematic, which KiCad
 * draws, the room that they take, and the lines of parts with two ends.
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
/** Length of a box's pins, with room for their numbers. */
export const LEAD = 20;
/** Width of a character of KiCad's labels. */
const LABEL = 9.4;
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

type Line = readonly (readonly [x: number, y: number])[];

/** A circle as a line of short ones: KiCad's own circles have no place in a list of lines. */
function circle(x: number, y: number, r: number): Line {
	return Array.from(
		{ length: 17 },
		(_, i) => [x + r * Math.cos((i * Math.PI) / 8), y + r * Math.sin((i * Math.PI) / 8)] as const,
	);
}

/** After IEC 60617: what stands between x = 20 and x = 50 on the line y = 0, as lines. */
export const SYMBOLS: Readonly<Record<TwoEnds, readonly Line[]>> = {
	resistor: [
		[
			[20, -5],
			[50, -5],
			[50, 5],
			[20, 5],
			[20, -5],
		],
	],
	fuse: [
		[
			[20, -5],
			[50, -5],
			[50, 5],
			[20, 5],
			[20, -5],
		],
		[
			[20, 0],
			[50, 0],
		],
	],
	capacitor: [
		[
			[20, 0],
			[32, 0],
		],
		[
			[32, -9],
			[32, 9],
		],
		[
			[38, -9],
			[38, 9],
		],
		[
			[38, 0],
			[50, 0],
		],
	],
	electrolytic: [
		[
			[20, 0],
			[31, 0],
		],
		[
			[31, -9],
			[35, -9],
			[35, 9],
			[31, 9],
			[31, -9],
		],
		[
			[39, -9],
			[39, 9],
		],
		[
			[39, 0],
			[50, 0],
		],
		[
			[24, -8],
			[30, -8],
		],
		[
			[27, -11],
			[27, -5],
		],
	],
	inductor: [
		[
			[20, 0],
			[21, -4],
			[25, -5],
			[29, -4],
			[30, 0],
			[31, -4],
			[35, -5],
			[39, -4],
			[40, 0],
			[41, -4],
			[45, -5],
			[49, -4],
			[50, 0],
		],
	],
	led: [
		[
			[20, 0],
			[28, 0],
		],
		[
			[28, -7],
			[28, 7],
			[40, 0],
			[28, -7],
		],
		[
			[40, -7],
			[40, 7],
		],
		[
			[40, 0],
			[50, 0],
		],
		[
			[35, -8],
			[40, -13],
		],
		[
			[37, -13],
			[40, -13],
			[40, -10],
		],
		[
			[41, -8],
			[46, -13],
		],
		[
			[43, -13],
			[46, -13],
			[46, -10],
		],
	],
	switch: [
		[
			[20, 0],
			[23, 0],
		],
		circle(25, 0, 2),
		circle(45, 0, 2),
		[
			[47, 0],
			[50, 0],
		],
		[
			[24, -7],
			[46, -7],
		],
		[
			[35, -7],
			[35, -12],
		],
	],
	microphone: [
		[
			[20, 0],
			[25, 0],
		],
		circle(35, 0, 10),
		[
			[46, -10],
			[46, 10],
		],
		[
			[45, 0],
			[50, 0],
		],
	],
	loudspeaker: [
		[
			[20, 0],
			[27, 0],
		],
		[
			[27, -6],
			[34, -6],
			[34, 6],
			[27, 6],
			[27, -6],
		],
		[
			[34, -6],
			[42, -13],
			[42, 13],
			[34, 6],
		],
		[
			[42, 0],
			[50, 0],
		],
	],
};

const WIDTH = 70;
const AXIS = 26;

/** A part with two ends: its name above, its value below. */
export function twoEnded(id: string, value: string): Figure {
	const width = 2 * Math.ceil(Math.max(WIDTH, textWidth(id), textWidth(value)) / 2);
	return {
		width,
		height: AXIS + 24,
		ends: [
			{ name: "a", x: 0, y: AXIS, side: "WEST" },
			{ name: "b", x: width, y: AXIS, side: "EAST" },
		],
		svg: "",
	};
}

/** A box with pins in order down its sides; `title` stands inside at the top, `id` above. */
export function box(id: string, title: string, left: readonly string[], right: readonly string[]): Figure {
	const widest = (names: readonly string[]): number => Math.max(0, ...names.map(textWidth));
	const inner = Math.max(widest(left) + widest(right) + 30, textWidth(title) + 12, textWidth(id) - 24, 60);
	const top = 14;
	const head = top + 20;
	const height = head + Math.max(left.length, right.length) * PITCH + 4;
	const lead = LEAD;
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

/** The room of a global label, where a net leaves the sheet, on the `side` of the part that it belongs to. */
export function flag(net: string, side: "WEST" | "EAST"): Figure {
	const width = Math.ceil(net.length * LABEL) + 16;
	return { width, height: 16, ends: [end(side === "WEST", width, 8)], svg: "" };
}

/** The room of the cross at a pin that is left open. */
export function open(side: "WEST" | "EAST"): Figure {
	return { width: 12, height: 10, ends: [end(side === "WEST", 12, 5)], svg: "" };
}

function end(west: boolean, width: number, y: number): End {
	return { name: "net", x: west ? width : 0, y, side: west ? "EAST" : "WEST" };
}

export const STYLE = `text{font:${FONT}px Helvetica,Arial,sans-serif;fill:#222}.id{font-weight:bold;fill:#0b4f8a}.part{font-weight:bold}.title{font-size:16px;font-weight:bold}.small{fill:#666}path{fill:none;stroke:#222;stroke-width:1.3;stroke-linecap:round;stroke-linejoin:round}.box{fill:#fdf8e4}.wire{stroke:#1a7a3a}.dot{fill:#1a7a3a}`;
