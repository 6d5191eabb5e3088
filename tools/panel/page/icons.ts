/*
 * The display's small pictures, by number of Icon and by bit of Sign, and the drawings on the keys: paths on a grid of 16 by 16.
 */
import { Icon, Sign } from "hal/hardware";
import { svg } from "./element.js";

const lying = "M1.5 6.4Q1.5 3 5 3h6q3.5 0 3.5 3.4V8h-3.7V6.3H5.2V8H1.5z";
const base = "M5.7 8.3h4.6l2 4.7H3.7z";
const diagonal =
	"M3.7 2.3 6 1.8l1.4 3.3-1.5 1.4q1.1 2.4 3.6 3.6l1.4-1.5 3.3 1.4-.5 2.3q-.3 1.5-1.9 1.4Q3.3 12.9 2.3 4.2 2.2 2.7 3.7 2.3z";
const waves = "M9.5 1.8q4.5.2 4.7 4.7M9.3 4.3q2.3.1 2.4 2.4";

interface Drawing {
	/** Filled shapes. */
	readonly fill?: string;
	/** Lines of 1.4 units. */
	readonly stroke?: string;
}

const drawings: Readonly<Record<number, Drawing>> = Object.freeze({
	[Icon.onHook]: { fill: `${lying} ${base}` },
	[Icon.offHook]: { fill: `M1.2 3.9Q2.7.9 6.2 1.5l5.9 1q3.4.6 2.8 4l-3.6-.6.2-1.5-5.3-.9-.3 1.5z ${base}` },
	[Icon.ringing]: { fill: `${lying} ${base}`, stroke: "M1 1.2 2.5 2.7M15 1.2 13.5 2.7M8 .3V1.8" },
	[Icon.connected]: { fill: diagonal, stroke: waves },
	[Icon.held]: { fill: "M3.5 2.5h3.2v11H3.5zM9.3 2.5h3.2v11H9.3z" },
	[Icon.speedDial]: {
		fill: "M2.5 2.5h2.8v2.8H2.5zM6.6 2.5h2.8v2.8H6.6zM10.7 2.5h2.8v2.8h-2.8zM2.5 6.6h2.8v2.8H2.5zM6.6 6.6h2.8v2.8H6.6zM10.7 6.6h2.8v2.8h-2.8zM6.6 10.7h2.8v2.8H6.6z",
	},
	[Icon.busy]: { fill: diagonal, stroke: "M10 2 14.5 6.5M14.5 2 10 6.5" },
	[Icon.envelope]: { stroke: "M1.7 3.7h12.6v8.6H1.7zL8 8.7l6.3-5" },
	[Icon.forwarded]: { stroke: "M2 13V9.5q0-3 3-3h8M9.5 3 13.2 6.5 9.5 10" },
	[Icon.outOfService]: { stroke: "M3 3 13 13M13 3 3 13" },
	[Icon.feature]: { fill: "M8 1.5 10 6l4.5 2-4.5 2L8 14.5 6 10 1.5 8 6 6z" },
	[Icon.service]: { stroke: "M8 1.8a6.2 6.2 0 1 0 .01 0zM2 8h12M8 2q-5 6 0 12q5-6 0-12" },
	[Icon.ringOut]: { fill: diagonal, stroke: "M9 4.2h5M11.8 1.8 14.2 4.2 11.8 6.6" },
	[Icon.remoteInUse]: {
		fill: "M5.5 2.2a2.6 2.6 0 1 0 .01 0zM1 13.5q0-5 4.5-5t4.5 5z",
		stroke: "M11 4q2 2 0 4M13.2 2.6q3 3.4 0 6.8",
	},
});

function draw(drawing: Drawing | undefined): SVGElement {
	const picture = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: "icon" });
	if (drawing?.fill !== undefined) picture.append(svg("path", { d: drawing.fill, fill: "currentColor" }));
	if (drawing?.stroke !== undefined)
		picture.append(
			svg("path", {
				d: drawing.stroke,
				fill: "none",
				stroke: "currentColor",
				"stroke-width": "1.4",
				"stroke-linecap": "round",
				"stroke-linejoin": "round",
			}),
		);
	return picture;
}

/** The picture of a number of Icon; an empty one for none. */
export function icon(number: number): SVGElement {
	return draw(drawings[number]);
}

/** A sign of the status line: its drawing and what it says. */
export interface SignPicture {
	readonly sign: number;
	readonly name: string;
	readonly draw: () => SVGElement;
}

function sign(bit: number, name: string, drawing: Drawing | undefined): SignPicture {
	return { sign: bit, name, draw: () => draw(drawing) };
}

const bell = "M8 2Q11.3 2.3 11.5 6.2L11.8 9.5 13.2 11.7H2.8L4.2 9.5 4.5 6.2Q4.7 2.3 8 2z";

/** The signs in the order in which they stand. */
export const signPictures: readonly SignPicture[] = Object.freeze([
	sign(Sign.muted, "Muted", {
		fill: "M8 1.5a2.2 2.2 0 0 1 2.2 2.2v4a2.2 2.2 0 0 1-4.4 0v-4A2.2 2.2 0 0 1 8 1.5z",
		stroke: "M3.7 7.5q0 4.3 4.3 4.3t4.3-4.3M8 12v2.5M2.5 2 13.5 14",
	}),
	sign(Sign.poorNetwork, "Poor network", { stroke: "M1.5 9.5h2.5l2-5 2 8M10 4 14.5 8.5M14.5 4 10 8.5" }),
	sign(Sign.secure, "Secure call", { fill: "M3 7h10v7H3z", stroke: "M5 7V4.8Q5 1.8 8 1.8t3 3V7" }),
	sign(Sign.doNotDisturb, "Do not disturb", { stroke: "M8 1.8a6.2 6.2 0 1 0 .01 0zM4.8 8h6.4" }),
	sign(Sign.ringerOff, "Ringer off", { fill: bell, stroke: "M2 2 14 14" }),
	sign(Sign.forwarded, "Calls forwarded", drawings[Icon.forwarded]),
	sign(Sign.missed, "Missed calls", { stroke: "M2 5.5 8 11 14 5M10 5h4v4M2 9V5.5h3.5" }),
	sign(Sign.message, "Messages", drawings[Icon.envelope]),
	sign(Sign.wideband, "Wideband", { stroke: "M1.5 8h1.8l1.5-4 2.4 9L9.4 2.5 11.3 8h3.2" }),
]);

const keyDrawings: Readonly<Record<string, Drawing>> = Object.freeze({
	up: { fill: "M8 4.5 13 11H3z" },
	down: { fill: "M8 11.5 13 5H3z" },
	left: { fill: "M4.5 8 11 3v10z" },
	right: { fill: "M11.5 8 5 3v10z" },
	select: { stroke: "M3.5 8.5 6.7 11.7 12.5 4.7" },
	headset: {
		fill: "M1.8 8.5h2.7v4.7H3.3q-1.5 0-1.5-1.6zM14.2 8.5h-2.7v4.7h1.2q1.5 0 1.5-1.6z",
		stroke: "M2.5 9V7.6Q2.7 2.7 8 2.7t5.5 4.9V9",
	},
	speaker: { fill: "M1.8 6h2.7L8.3 2.7v10.6L4.5 10H1.8z", stroke: "M10.5 5.7q1.8 2.3 0 4.6M12.6 3.7q3.2 4.3 0 8.6" },
	mute: {
		fill: "M8 1.5a2.2 2.2 0 0 1 2.2 2.2v4a2.2 2.2 0 0 1-4.4 0v-4A2.2 2.2 0 0 1 8 1.5z",
		stroke: "M3.7 7.5q0 4.3 4.3 4.3t4.3-4.3M8 12v2.5M2.5 2 13.5 14",
	},
	microphone: {
		fill: "M8 1.5a2.2 2.2 0 0 1 2.2 2.2v4a2.2 2.2 0 0 1-4.4 0v-4A2.2 2.2 0 0 1 8 1.5z",
		stroke: "M3.7 7.5q0 4.3 4.3 4.3t4.3-4.3M8 12v2.5",
	},
	volumeUp: { stroke: "M8 3.5v9M3.5 8h9" },
	volumeDown: { stroke: "M3.5 8h9" },
});

/** The drawing on a key of that name; an empty one when the key carries text alone. */
export function keyIcon(name: string): SVGElement {
	return draw(keyDrawings[name]);
}

/** Whether a key carries a drawing. */
export function hasKeyIcon(name: string): boolean {
	return name in keyDrawings;
}
