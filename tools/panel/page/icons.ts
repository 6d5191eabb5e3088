/*
 * The drawings on the keys: paths on a grid of 16 by 16.
 */
import { svg } from "./element.js";

interface Drawing {
	/** Filled shapes. */
	readonly fill?: string;
	/** Lines of 1.4 units. */
	readonly stroke?: string;
}

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
	overview: { fill: "M1.5 2h8v12h-8zM11 2h3.5v3.3H11zM11 6.4h3.5v3.3H11zM11 10.7h3.5V14H11z" },
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
