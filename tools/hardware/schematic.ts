/*
 * The schematic of a board as a KiCad project: one sheet for each sheet of its circuit, with the processor on its own, one for the key matrix, and
 * one over them. Nets of one sheet are wires with their name; those that leave it, and supplies, end in global labels. KiCad draws it.
 */
import { createHash } from "node:crypto";
import type { Board } from "../../hal/esp32s3/board.js";
import {
	type Circuit,
	type CircuitPart,
	connections,
	isSupply,
	libraryName,
	matrixKeys,
	type Sheet,
} from "./circuit.js";
import { keyName } from "./keys.js";
import { arrange, type Placed, type Point, type Wire } from "./layout.js";
import { footprintOf, type Layout } from "./placing.js";
import { box, flag, LEAD, open, SYMBOLS, twoEnded } from "./symbols.js";

/** Millimetres of a unit of the layout: 20 of them are KiCad's 2.54 mm. */
const UNIT = 0.127;
/** A multiple of the unit. */
const MARGIN = 20.32;
/** Room for the frame's title at the lower edge. */
const FOOT = 42;

function mm(units: number): number {
	return Math.round(Math.round(units) * UNIT * 1000) / 1000;
}

/** Always the same identity for the same thing. */
function uuid(name: string): string {
	const hex = createHash("sha256").update(`linnet ${name}`).digest("hex");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function quote(text: string): string {
	return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function effects(options = "", size = 1.27): string {
	return `(effects (font (size ${size} ${size}))${options})`;
}

interface Drawn {
	/** Symbols by name, for the sheet's head. */
	readonly symbols: Map<string, string>;
	readonly items: string[];
}

/** A part as KiCad wants it: its symbol, and the symbol's place on the sheet. */
class PartWriter {
	constructor(
		private readonly circuit: Circuit,
		private readonly layout: Layout,
		private readonly project: string,
		private readonly sheet: string,
		private readonly drawn: Drawn,
	) {}

	/** `x` and `y` are those of the figure's upper left corner; `name` is the part's in the library. */
	write(part: CircuitPart, x: number, y: number, name = libraryName(part)): void {
		const { id } = part;
		const { footprint, pads } = footprintOf(this.layout, id === this.circuit.processor.id ? "processor" : name);
		const figure = figureOf(part, this.circuit);
		// The leads are as long as the words beside a part make it wide.
		const turned = pads.a?.[0] === "1" ? "" : " reversed";
		const symbol = part.kind === "box" ? `linnet:${id}` : `linnet:${part.kind}${turned} ${figure.width}`;
		if (!this.drawn.symbols.has(symbol)) this.drawn.symbols.set(symbol, this.symbol(symbol, part, pads));
		const entry = this.circuit.library[name];
		const value =
			part.kind === "box" ? (entry?.part ?? part.value) : part.use ? `${part.value}, ${part.use}` : part.value;
		const [above, below] = part.kind === "box" ? [-2, 22] : [6, 44];
		const property = (key: string, text: string, at: number, hidden = false): string =>
			`(property ${quote(key)} ${quote(text)} (at ${mm(x + figure.width / 2)} ${mm(y + at)} 0) ${effects(hidden ? " (hide yes)" : "")})`;
		this.drawn.items.push(
			[
				`(symbol (lib_id ${quote(symbol)}) (at ${mm(x)} ${mm(y)} 0) (unit 1) (exclude_from_sim no) (in_bom yes) (on_board yes) (dnp no)`,
				`(uuid ${quote(uuid(id))})`,
				property("Reference", id, above),
				property("Value", value, below),
				property("Footprint", footprint, 0, true),
				property("Part", entry === undefined ? value : `${entry.maker} ${entry.part}`, 0, true),
				`(instances (project ${quote(this.project)} (path ${quote(`/${uuid("root")}/${uuid(`sheet ${this.sheet}`)}`)} (reference ${quote(id)}) (unit 1)))))`,
			].join("\n\t\t"),
		);
	}

	private symbol(name: string, part: CircuitPart, pads: Readonly<Record<string, readonly string[]>>): string {
		const figure = figureOf(part, this.circuit);
		const short = name.slice("linnet:".length);
		const length = part.kind === "box" ? LEAD : figure.width / 2 - 15;
		const pins = figure.ends.flatMap(({ name: pin, x, y, side }) =>
			(pads[pin] ?? []).map(
				(number, i) =>
					`(pin passive line (at ${mm(x)} ${-mm(y)} ${side === "WEST" ? 0 : 180}) (length ${mm(length)})${i > 0 ? " (hide yes)" : ""} (name ${quote(pin)} ${effects()}) (number ${quote(number)} ${effects()}))`,
			),
		);
		const hidden =
			part.kind === "box" ? "(pin_names (offset 0.508))" : "(pin_numbers (hide yes)) (pin_names (offset 0) (hide yes))";
		const body =
			part.kind === "box"
				? boxBody(figure.width, figure.height)
				: SYMBOLS[part.kind].map((line) => shifted(line, figure.width / 2 - 35));
		return [
			`(symbol ${quote(name)} ${hidden} (exclude_from_sim no) (in_bom yes) (on_board yes)`,
			...["Reference", "Value", "Footprint"].map(
				(key) => `(property ${quote(key)} "" (at 0 0 0) ${effects(" (hide yes)")})`,
			),
			`(symbol ${quote(`${short}_0_1`)} ${body.join(" ")})`,
			`(symbol ${quote(`${short}_1_1`)} ${pins.join("\n\t\t\t")}))`,
		].join("\n\t\t");
	}
}

function boxBody(width: number, height: number): string[] {
	return [
		`(rectangle (start ${mm(LEAD)} ${-mm(14)}) (end ${mm(width - LEAD)} ${-mm(height)}) (stroke (width 0.254) (type default)) (fill (type background)))`,
	];
}

/** A line of a symbol with two ends, its points moved to the right and down to the axis. */
function shifted(points: readonly (readonly [number, number])[], x: number): string {
	const moved = points.map(([px, py]) => `(xy ${mm(x + px)} ${-mm(26 + py)})`);
	return `(polyline (pts ${moved.join(" ")}) (stroke (width 0.254) (type default)) (fill (type none)))`;
}

function figureOf(part: CircuitPart, circuit: Circuit): ReturnType<typeof box> {
	if (part.kind !== "box") return twoEnded(part.id, part.use ? `${part.value}, ${part.use}` : part.value);
	const title = circuit.library[part.value]?.part ?? part.value;
	return box(part.id, title, Object.keys(part.left), Object.keys(part.right));
}

function label(net: string, global: boolean, x: number, y: number, side: "WEST" | "EAST", name: string): string {
	const [angle, justify] = side === "WEST" ? [180, "right"] : [0, "left"];
	return `(${global ? "global_label" : "label"} ${quote(net)}${global ? " (shape passive)" : ""} (at ${mm(x)} ${mm(y)} ${angle}) ${effects(` (justify ${justify}${global ? "" : " bottom"})`, global ? 1.27 : 0.8)} (uuid ${quote(uuid(name))}))`;
}

function sheetText(
	name: string,
	title: string,
	width: number,
	height: number,
	{ symbols, items }: Drawn,
	page: string,
): string {
	const paper = [Math.max(mm(width) + 2 * MARGIN, 200), Math.max(mm(height) + MARGIN + FOOT, 140)].map((size) =>
		Math.ceil(size),
	);
	return [
		`(kicad_sch (version 20250114) (generator "linnet") (generator_version "9.0") (uuid ${quote(uuid(`sheet ${name}`))})`,
		`\t(paper "User" ${paper.join(" ")})`,
		`\t(title_block (title ${quote(title)}) (company "Linnet") (comment 1 "Made from circuit.json and board.ts"))`,
		`\t(lib_symbols\n\t\t${[...symbols.values()].join("\n\t\t")})`,
		...items.map((item) => `\t${item}`),
		...(page === "" ? [] : [`\t(sheet_instances (path "/" (page ${quote(page)})))`]),
		")",
		"",
	].join("\n");
}

/** The files of a schematic by name. */
export async function drawSchematic(board: Board, circuit: Circuit, layout: Layout): Promise<Map<string, string>> {
	const sheets = circuit.sheets.map((sheet) =>
		sheet.parts.length > 0 && sheet.name === "processor" ? withProcessor(board, circuit, layout, sheet) : sheet,
	);
	const leaving = leavingNets(board, circuit, sheets);
	const files = new Map<string, string>();
	const names: [string, string][] = [];
	for (const sheet of sheets) {
		files.set(`${sheet.name}.kicad_sch`, await drawSheet(board, circuit, layout, sheet, leaving));
		names.push([sheet.name, sheet.title]);
	}
	if (matrixKeys(board, circuit).length > 0) {
		files.set("key-matrix.kicad_sch", drawMatrix(board, circuit, layout));
		names.push(["key-matrix", "Key matrix"]);
	}
	files.set(`${board.name}.kicad_sch`, rootSheet(board, names));
	return files;
}

/** The sheet that names the others. */
function rootSheet(board: Board, names: readonly (readonly [string, string])[]): string {
	const items = names.map(([name, title], i) => {
		const [x, y] = [20 + (i % 3) * 60, 25 + Math.floor(i / 3) * 30];
		return [
			`(sheet (at ${x} ${y}) (size 50 18) (stroke (width 0.15) (type solid)) (fill (color 255 255 255 0)) (uuid ${quote(uuid(`sheet ${name}`))})`,
			`(property "Sheetname" ${quote(title)} (at ${x} ${y - 1} 0) ${effects(" (justify left bottom)")})`,
			`(property "Sheetfile" ${quote(`${name}.kicad_sch`)} (at ${x} ${y + 19} 0) ${effects(" (justify left top)")})`,
			`(instances (project ${quote(board.name)} (path ${quote(`/${uuid("root")}`)} (page ${quote(String(i + 2))})))))`,
		].join(" ");
	});
	return sheetText("root", board.title, 0, 0, { symbols: new Map(), items }, "1").replace(
		uuid("sheet root"),
		uuid("root"),
	);
}

/** The processor joins its sheet as a box: supply and first half of its pins on the left, and the pins that are left open. */
function withProcessor(board: Board, circuit: Circuit, layout: Layout, sheet: Sheet): Sheet {
	const { id, pins } = circuit.processor;
	const used = new Map(Object.values(board.pins).map(({ gpio, net }) => [`GPIO${gpio}`, net]));
	const gpios = Object.keys(footprintOf(layout, "processor").pads)
		.filter((name) => name.startsWith("GPIO"))
		.map((name): [string, string | null] => [name, used.get(name) ?? null])
		.sort(([a], [b]) => Number(a.slice(4)) - Number(b.slice(4)));
	const half = Math.ceil((gpios.length - Object.keys(pins).length) / 2);
	const processor: CircuitPart = {
		kind: "box",
		id,
		value: board.chip,
		left: { ...pins, ...Object.fromEntries(gpios.slice(0, half)) },
		right: Object.fromEntries(gpios.slice(half)),
	};
	return { ...sheet, parts: [processor, ...sheet.parts] };
}

/** Nets that have ends on more than one sheet. */
function leavingNets(board: Board, circuit: Circuit, sheets: readonly Sheet[]): ReadonlySet<string> {
	const drawn = new Map<string, Set<string>>();
	for (const { name, parts } of sheets) {
		for (const part of parts) {
			for (const [, net] of connections(part)) {
				if (net !== null) drawn.set(net, (drawn.get(net) ?? new Set()).add(name));
			}
		}
	}
	for (const { row, column } of matrixKeys(board, circuit)) {
		for (const net of [`ROW${row}`, `COL${column}`]) drawn.set(net, (drawn.get(net) ?? new Set()).add("key-matrix"));
	}
	return new Set([...drawn].filter(([, places]) => places.size > 1).map(([net]) => net));
}

async function drawSheet(
	board: Board,
	circuit: Circuit,
	layout: Layout,
	{ name, title, parts }: Sheet,
	leaving: ReadonlySet<string>,
): Promise<string> {
	const placed: Placed[] = [];
	const wires: Wire[] = [];
	const local = new Map<string, { east: string[]; west: string[] }>();
	const flags = new Map<string, { readonly net: string | null; readonly side: "WEST" | "EAST" }>();
	for (const part of parts) {
		const symbol = figureOf(part, circuit);
		placed.push({ id: part.id, symbol });
		for (const [pin, net] of connections(part)) {
			const side = symbol.ends.find((end) => end.name === pin)?.side ?? "EAST";
			const end = `${part.id}/${pin}`;
			if (net !== null && !isSupply(net) && !leaving.has(net)) {
				const ends = local.get(net) ?? { east: [], west: [] };
				(side === "EAST" ? ends.east : ends.west).push(end);
				local.set(net, ends);
				continue;
			}
			const mark = `${end}:flag`;
			flags.set(mark, { net, side });
			placed.push({ id: mark, symbol: net === null ? open(side) : flag(net, side) });
			wires.push({ ends: side === "WEST" ? [`${mark}/net`, end] : [end, `${mark}/net`] });
		}
	}
	const named: string[] = [];
	for (const [net, { east, west }] of local) {
		named[wires.length] = net;
		wires.push({ ends: [...east, ...west] });
	}
	const laid = await arrange(placed, wires);
	const drawn: Drawn = { symbols: new Map(), items: [] };
	const writer = new PartWriter(circuit, layout, board.name, name, drawn);
	const dx = Math.round(MARGIN / UNIT);
	const dy = dx;
	for (const { id, x, y } of laid.placed) {
		const part = parts.find((candidate) => candidate.id === id);
		if (part !== undefined) writer.write(part, x + dx, y + dy);
		const mark = flags.get(id);
		if (mark === undefined) continue;
		const end = placed.find((candidate) => candidate.id === id)?.symbol.ends[0];
		const [ex, ey] = [x + dx + (end?.x ?? 0), y + dy + (end?.y ?? 0)];
		if (mark.net === null) drawn.items.push(`(no_connect (at ${mm(ex)} ${mm(ey)}) (uuid ${quote(uuid(id))}))`);
		else drawn.items.push(label(mark.net, true, ex, ey, mark.side, id));
	}
	for (const [wire, net] of named.entries()) {
		const first = laid.edges.find((edge) => edge.wire === wire)?.points[0];
		if (net === undefined || first === undefined) continue;
		drawn.items.push(label(net, false, first.x + dx, first.y + dy, "EAST", `${name} ${net}`));
	}
	for (const [wire] of wires.entries()) {
		const edges = laid.edges.filter((edge) => edge.wire === wire);
		const junctions = new Map(edges.flatMap((edge) => edge.junctions.map((point) => [`${point.x} ${point.y}`, point])));
		for (const [from, to] of segments(
			edges.map(({ points }) => points),
			[...junctions.values()],
		)) {
			const key = `${name} ${from.x} ${from.y} ${to.x} ${to.y}`;
			drawn.items.push(
				`(wire (pts (xy ${mm(from.x + dx)} ${mm(from.y + dy)}) (xy ${mm(to.x + dx)} ${mm(to.y + dy)})) (stroke (width 0) (type default)) (uuid ${quote(uuid(key))}))`,
			);
		}
		for (const [key, { x, y }] of junctions) {
			drawn.items.push(
				`(junction (at ${mm(x + dx)} ${mm(y + dy)}) (diameter 0) (color 0 0 0 0) (uuid ${quote(uuid(`${name} junction ${key}`))}))`,
			);
		}
	}
	return sheetText(name, title, laid.width, laid.height, drawn, "");
}

/** The straight pieces of a net's lines, cut where another one begins, ends or branches off, each once: KiCad drops those that lie on others. */
function segments(lines: readonly (readonly Point[])[], junctions: readonly Point[]): [Point, Point][] {
	const ends = [...lines.flat(), ...junctions];
	const pieces = new Map<string, [Point, Point]>();
	for (const line of lines) {
		for (const [i, to] of line.slice(1).entries()) {
			const from = line[i] as Point;
			const within = (at: number, a: number, b: number): boolean => at >= Math.min(a, b) && at <= Math.max(a, b);
			const cuts = [from, to, ...ends]
				.filter(({ x, y }) => within(x, from.x, to.x) && within(y, from.y, to.y))
				.sort((a, b) => a.x - b.x || a.y - b.y);
			for (const [k, cut] of cuts.slice(1).entries()) {
				const before = cuts[k] as Point;
				if (before.x !== cut.x || before.y !== cut.y)
					pieces.set(`${before.x} ${before.y} ${cut.x} ${cut.y}`, [before, cut]);
			}
		}
	}
	return [...pieces.values()];
}

/** The switches of the matrix in its rows and columns. */
function drawMatrix(board: Board, circuit: Circuit, layout: Layout): string {
	const drawn: Drawn = { symbols: new Map(), items: [] };
	const writer = new PartWriter(circuit, layout, board.name, "key-matrix", drawn);
	const cell = { width: 240, height: 80 };
	let [width, height] = [0, 0];
	for (const { id, row, column, key, value } of matrixKeys(board, circuit)) {
		const [x, y] = [
			column * cell.width + Math.round(MARGIN / UNIT) + 60,
			row * cell.height + Math.round(MARGIN / UNIT),
		];
		const part = { kind: "switch", id, value: keyName(key), a: `ROW${row}`, b: `COL${column}` } as const;
		writer.write(part, x, y, value);
		const figure = figureOf(part, circuit);
		for (const [net, side] of [
			[part.a, "WEST"],
			[part.b, "EAST"],
		] as const) {
			const end = figure.ends.find((candidate) => candidate.side === side);
			drawn.items.push(label(net, true, x + (end?.x ?? 0), y + (end?.y ?? 0), side, `${id} ${net}`));
		}
		width = Math.max(width, x + cell.width);
		height = Math.max(height, y + cell.height);
	}
	const scanner = `Key matrix, scanned by ${circuit.keys.scanner}, no diodes`;
	return sheetText("key-matrix", scanner, width, height, drawn, "");
}
