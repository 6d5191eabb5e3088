/*
 * The schematic of a board: one drawing for each sheet of its circuit, one of the processor with its pins, one of the key matrix.
 * Nets of one sheet are wires; those that leave it, and supplies, end in flags.
 */
import type { Board } from "../../hal/esp32s3/board.js";
import { type Circuit, type CircuitPart, connections, isSupply, matrixKeys, netlist, type Sheet } from "./circuit.js";
import { keyName } from "./keys.js";
import { draw, type Placed, type Wire } from "./layout.js";
import { box, escapeText, type Figure, flag, label, open, STYLE, twoEnded } from "./symbols.js";

export interface Drawing {
	readonly name: string;
	readonly title: string;
	readonly svg: string;
}

/** All drawings of a schematic, in order. */
export async function drawSchematic(board: Board, circuit: Circuit): Promise<Drawing[]> {
	const sheets = circuit.sheets.map((sheet) =>
		sheet.parts.length > 0 && sheet.name === "processor" ? withProcessor(board, circuit, sheet) : sheet,
	);
	const leaving = leavingNets(board, circuit, sheets);
	const drawings: Drawing[] = [];
	for (const { name, title, parts } of sheets) {
		const svg = await drawSheet(board, circuit, title, parts, leaving);
		drawings.push({ name, title, svg });
	}
	if (matrixKeys(board, circuit).length > 0) {
		const title = "Key matrix";
		drawings.push({ name: "key-matrix", title, svg: drawMatrix(board, circuit, title) });
	}
	return drawings;
}

/** The processor joins its sheet as a box: supply and first half of its pins on the left. */
function withProcessor(board: Board, circuit: Circuit, sheet: Sheet): Sheet {
	const { id, pins } = circuit.processor;
	const gpios = Object.values(board.pins)
		.map(({ gpio, net }): [string, string] => [`GPIO${gpio}`, net])
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
	title: string,
	parts: readonly CircuitPart[],
	leaving: ReadonlySet<string>,
): Promise<string> {
	const placed: Placed[] = [];
	const wires: Wire[] = [];
	const local = new Map<string, { east: string[]; west: string[] }>();
	for (const part of parts) {
		const symbol = symbolOf(part, circuit);
		placed.push({ id: part.id, symbol });
		for (const [pin, net] of connections(part)) {
			const side = symbol.ends.find(({ name }) => name === pin)?.side ?? "EAST";
			const end = `${part.id}/${pin}`;
			if (net !== null && !isSupply(net) && !leaving.has(net)) {
				const ends = local.get(net) ?? { east: [], west: [] };
				(side === "EAST" ? ends.east : ends.west).push(end);
				local.set(net, ends);
				continue;
			}
			const mark = `${end}:flag`;
			placed.push({ id: mark, symbol: net === null ? open(side) : flag(net, side) });
			wires.push({ ends: side === "WEST" ? [`${mark}/net`, end] : [end, `${mark}/net`] });
		}
	}
	for (const { east, west } of local.values()) wires.push({ ends: [...east, ...west] });
	return draw(title, `${board.title}, made from circuit.json and board.ts`, placed, wires);
}

function symbolOf(part: CircuitPart, circuit: Circuit): Figure {
	if (part.kind !== "box") return twoEnded(part.kind, part.id, part.use ? `${part.value}, ${part.use}` : part.value);
	const title = circuit.library[part.value]?.part ?? part.value;
	return box(part.id, title, Object.keys(part.left), Object.keys(part.right));
}

const CELL = Object.freeze({ width: 128, height: 74 });

/** From a column's line to where its switches branch off the row. */
const REACH = 92;

/** Rows and columns as lines, a switch at each crossing. */
function drawMatrix(board: Board, circuit: Circuit, title: string): string {
	const keys = matrixKeys(board, circuit);
	const nets = netlist(board, circuit);
	const columns = Math.max(...keys.map(({ column }) => column)) + 1;
	const rows = Math.max(...keys.map(({ row }) => row)) + 1;
	const left = 70;
	const top = 100;
	const width = left + columns * CELL.width + 30;
	const height = top + rows * CELL.height + 10;
	const lines = [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
		`<title>${escapeText(title)}</title>`,
		`<style>${STYLE}</style>`,
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		label(title, 24, 30, ' class="title"'),
		label(
			`${board.title}, made from circuit.json and board.ts: ${circuit.keys.scanner} scans, no diodes`,
			24,
			48,
			' class="small"',
		),
	];
	const columnX = (column: number): number => left + column * CELL.width + 112;
	const rowY = (row: number): number => top + row * CELL.height + 8;
	for (let column = 0; column < columns; column++) {
		const x = columnX(column);
		lines.push(`<path class="wire" d="M${x} ${top - 18}V${rowY(rows - 1) + 42}"/>`);
		lines.push(label(`COL${column}`, x, top - 24, ' text-anchor="middle" class="part"'));
	}
	for (let row = 0; row < rows; row++) {
		lines.push(`<path class="wire" d="M${left - 8} ${rowY(row)}H${columnX(columns - 1) - REACH}"/>`);
		lines.push(label(`ROW${row}`, left - 14, rowY(row) + 4, ' text-anchor="end" class="part"'));
	}
	for (const { id, row, column, key } of keys) {
		const x = columnX(column);
		const y = rowY(row);
		lines.push(
			`<circle class="dot" cx="${x - REACH}" cy="${y}" r="2.6"/><circle class="dot" cx="${x}" cy="${y + 34}" r="2.6"/>`,
		);
		lines.push(
			`<path d="M${x - REACH} ${y}v34h14M${x - REACH + 14} ${y + 34}l${REACH - 30}-11M${x - 14} ${y + 34}h14"/>`,
		);
		lines.push(label(keyName(key), x - REACH + 6, y + 18, ' class="part"'));
		lines.push(label(id, x - REACH + 6, y + 50, ' class="id"'));
		if (nets.get(`${id}.a`) === undefined) throw new Error(`${id} is not in the netlist`);
	}
	lines.push("</svg>");
	return `${lines.join("\n")}\n`;
}
