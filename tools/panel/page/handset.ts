/*
 * The handset as it lies on the phone, seen from above.
 */
import { svg } from "./element.js";

const outline =
	"M60 6C94 6 112 26 112 58V116C112 142 92 146 88 176C84 214 83 300 83 322S84 430 88 468C92 498 112 502 112 528V586C112 618 94 638 60 638S8 618 8 586V528C8 502 28 498 32 468C36 430 37 344 37 322S36 214 32 176C28 146 8 142 8 116V58C8 26 26 6 60 6Z";

/** One drawing serves all phones: the gradients have one name and are the same. */
export function drawHandset(): SVGElement {
	const stops = (...pairs: [string, string][]): SVGElement[] =>
		pairs.map(([offset, name]) => svg("stop", { offset, class: name }));
	return svg(
		"svg",
		{ viewBox: "0 0 120 644", "aria-hidden": "true" },
		svg(
			"defs",
			{},
			svg(
				"linearGradient",
				{ id: "handset-round", x1: "0", x2: "1", y1: "0", y2: "0" },
				...stops(["0", "shade-0"], ["0.2", "shade-1"], ["0.42", "shade-2"], ["0.72", "shade-1"], ["1", "shade-0"]),
			),
			svg(
				"linearGradient",
				{ id: "handset-long", x1: "0", x2: "0", y1: "0", y2: "1" },
				...stops(
					["0", "glow-1"],
					["0.22", "glow-0"],
					["0.3", "dusk"],
					["0.5", "glow-0"],
					["0.7", "dusk"],
					["0.8", "glow-0"],
					["1", "dusk"],
				),
			),
		),
		svg("path", { d: outline, fill: "url(#handset-round)" }),
		svg("path", { d: outline, fill: "url(#handset-long)" }),
		svg("path", { d: outline, class: "rim" }),
	);
}
