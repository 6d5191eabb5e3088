/*
 * Reads the circuit board that lies beside a circuit (KiCad's file, hardware/<board>/kicad/<board>.kicad_pcb) and holds it against what placing.ts wants:
 * the same parts on the same footprints, the same net at each pad.
 */
import type { PlacedPart } from "./placing.js";

/** A list of KiCad's text format: words, and lists of them. */
export type Expression = string | readonly Expression[];

/** The one expression of a text in KiCad's format. A SyntaxError tells where it is none. */
export function readExpression(text: string): Expression {
	const tokens = /\s*(?:([()])|"((?:[^"\\]|\\.)*)"|([^\s()"]+))/gy;
	const open: Expression[][] = [[]];
	while (tokens.lastIndex < text.trimEnd().length) {
		const at = tokens.lastIndex;
		const token = tokens.exec(text);
		if (token === null) throw new SyntaxError(`no KiCad expression at character ${at}`);
		const [, bracket, quoted, word] = token;
		if (bracket === "(") open.push([]);
		else if (bracket === ")") {
			const list = open.pop();
			const outer = open.at(-1);
			if (list === undefined || outer === undefined) throw new SyntaxError(`a bracket too many at character ${at}`);
			outer.push(list);
		} else open.at(-1)?.push(word ?? (quoted ?? "").replace(/\\(.)/g, "$1"));
	}
	const [[expression, ...rest] = [], ...unclosed] = open;
	if (expression === undefined || rest.length > 0 || unclosed.length > 0) {
		throw new SyntaxError(
			unclosed.length > 0 ? `${unclosed.length} brackets are not closed` : "not one KiCad expression",
		);
	}
	return expression;
}

/** The lists in an expression that begin with a word. */
export function listsOf(expression: Expression, word: string): (readonly Expression[])[] {
	if (typeof expression === "string") return [];
	return expression.filter((item): item is readonly Expression[] => typeof item !== "string" && item[0] === word);
}

export interface DrawnPart {
	readonly footprint: string;
	readonly pads: ReadonlyMap<string, string>;
}

/** The parts of a board by name, with footprint and nets of their pads; holes for screws, which are no parts, are left out. */
export function readParts(board: Expression): Map<string, DrawnPart> {
	const parts = new Map<string, DrawnPart>();
	for (const footprint of listsOf(board, "footprint")) {
		const reference = listsOf(footprint, "property").find(([, name]) => name === "Reference")?.[2];
		if (listsOf(footprint, "attr").some((attributes) => attributes.includes("board_only"))) continue;
		const pads = new Map<string, string>();
		for (const pad of listsOf(footprint, "pad")) {
			const net = listsOf(pad, "net")[0]?.at(-1);
			if (net !== undefined && pad[1] !== "") pads.set(String(pad[1]), String(net));
		}
		parts.set(String(reference), { footprint: String(footprint[1]), pads });
	}
	return parts;
}

/** Where a drawn board differs from what is wanted, each in one sentence. */
export function checkDrawn(wanted: readonly PlacedPart[], drawn: ReadonlyMap<string, DrawnPart>): string[] {
	const complaints: string[] = [];
	for (const { id, footprint, pads } of wanted) {
		const part = drawn.get(id);
		if (part === undefined) {
			complaints.push(`${id} is in the circuit and not on the board`);
			continue;
		}
		if (part.footprint !== footprint)
			complaints.push(`${id} is ${footprint} in the layout and ${part.footprint} on the board`);
		for (const number of new Set([...pads.keys(), ...part.pads.keys()])) {
			const [net = "no net", other = "no net"] = [pads.get(number), part.pads.get(number)];
			if (net !== other)
				complaints.push(`pad ${number} of ${id} is on ${net} in the circuit and on ${other} on the board`);
		}
	}
	const ids = new Set(wanted.map(({ id }) => id));
	for (const id of drawn.keys()) if (!ids.has(id)) complaints.push(`${id} is on the board and not in the circuit`);
	return complaints;
}

/** The parts of a netlist that KiCad exports from a schematic. Nets of one sheet have its name before theirs, which is left out; those of open pins too. */
export function readNetlist(netlist: Expression): Map<string, DrawnPart> {
	const [components = []] = listsOf(netlist, "components");
	const [nets = []] = listsOf(netlist, "nets");
	const word = (list: Expression, name: string): string => String(listsOf(list, name)[0]?.[1] ?? "");
	const pads = new Map<string, Map<string, string>>();
	for (const net of listsOf(nets, "net")) {
		const name = word(net, "name").replace(/^\/.*\//, "");
		if (name.startsWith("unconnected-")) continue;
		for (const node of listsOf(net, "node")) {
			const id = word(node, "ref");
			pads.set(id, (pads.get(id) ?? new Map<string, string>()).set(word(node, "pin"), name));
		}
	}
	return new Map(
		listsOf(components, "comp").map((part) => {
			const id = word(part, "ref");
			return [id, { footprint: word(part, "footprint"), pads: pads.get(id) ?? new Map<string, string>() }];
		}),
	);
}
