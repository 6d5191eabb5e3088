/*
 * What a case must know of its board, as variables of OpenSCAD: the outline, and where holes, keys, lamps and sockets are. Made from layout.json;
 * case.scad beside it is drawn around them.
 */
import type { Board } from "../../hal/esp32s3/board.js";
import type { Circuit } from "./circuit.js";
import { type Layout, placeParts } from "./placing.js";

/** The file board.scad of a board's case. Y runs upwards there, from the board's lower edge. */
export function enclosureParameters(board: Board, circuit: Circuit, layout: Layout): string {
	const { outline, display } = layout;
	const { parts } = placeParts(board, circuit, layout);
	const up = (y: number): number => Math.round((outline.height - y) * 1000) / 1000;
	const point = (x: number, y: number): string => `[${x}, ${up(y)}]`;
	const list = (name: string, items: readonly string[]): string =>
		`${name} = [\n${items.map((item) => `\t${item},\n`).join("")}];`;
	const spots = (of: (part: (typeof parts)[number]) => boolean): string[] =>
		parts.filter(of).map(({ id, text, place: [x, y] }) => `["${text ?? id}", ${point(x, y)}]`);
	const small = new Set(Object.values(circuit.keys.others ?? {}));
	const isSmall = (value: string): boolean => [...small].some((name) => circuit.library[name]?.part === value);
	return [
		`// The board of the ${board.title} for its case, in millimetres. Made from layout.json by npm run hardware:draw.`,
		`width = ${outline.width};`,
		`height = ${outline.height};`,
		`hole_diameter = ${outline.holes.diameter};`,
		list(
			"holes",
			outline.holes.at.map(([x, y]) => point(x, y)),
		),
		`display = ${point(display.x, display.y)};`,
		`display_size = [${display.width}, ${display.height}];`,
		`picture_size = [${display.pictureWidth}, ${display.pictureHeight}];`,
		list(
			"keys",
			spots(({ text, value }) => text !== undefined && !isSmall(value)),
		),
		list(
			"small_keys",
			spots(({ text, value }) => text !== undefined && isSmall(value)),
		),
		list(
			"lamps",
			spots(({ id, side }) => id.startsWith("D") && side === "front"),
		),
		list(
			"sockets",
			spots(({ id }) => /^(J[123]|U6)$/.test(id)),
		),
		"",
	].join("\n");
}
