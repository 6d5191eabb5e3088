/*
 * A board's parts as they stand on its circuit board (hardware/<board>/layout.json): footprint, place, and the net at each pad. Made into
 * a board by kicad/layout.py; here it is read, and held against the circuit.
 */
import type { Board } from "../../hal/esp32s3/board.js";
import { type Circuit, libraryName, matrixKeys, netlist } from "./circuit.js";
import { keyName } from "./keys.js";

export interface Footprint {
	/** LIBRARY:NAME of KiCad's libraries, or of `linnet`, which lies beside the board. */
	readonly footprint: string;
	/** Pads by the name that a pin has in the circuit. */
	readonly pads: Readonly<Record<string, readonly string[]>>;
}

/** Millimetres from the upper left corner as seen from the front, to the middle of a part's pads, and degrees against the clock. */
export type Place = readonly [x: number, y: number, degrees: number];

export interface Layout {
	readonly outline: {
		readonly width: number;
		readonly height: number;
		readonly radius: number;
		readonly holes: { readonly diameter: number; readonly at: readonly (readonly [number, number])[] };
		readonly slots: readonly {
			readonly x: number;
			readonly y: number;
			readonly width: number;
			readonly height: number;
		}[];
	};
	/** The display module above the board: its middle, its size, and that of the picture. */
	readonly display: {
		readonly x: number;
		readonly y: number;
		readonly width: number;
		readonly height: number;
		readonly pictureWidth: number;
		readonly pictureHeight: number;
	};
	/** Nets that carry current, and how wide their tracks are. */
	readonly wide: { readonly width: number; readonly nets: readonly string[] };
	/** The net of each inner layer. */
	readonly planes: Readonly<Record<string, string>>;
	/** By name in the circuit's library, or by kind for all values of it; the processor under `processor`. */
	readonly footprints: Readonly<Record<string, Footprint>>;
	/** Keys of the matrix by name, all on the front; upright where no degrees are given. */
	readonly keys: Readonly<Record<string, readonly [x: number, y: number, degrees?: number]>>;
	readonly front: Readonly<Record<string, Place>>;
	readonly back: Readonly<Record<string, Place>>;
}

/** A part with its place and the nets of its pads; pads that are left open are not in there. */
export interface PlacedPart {
	readonly id: string;
	readonly value: string;
	readonly footprint: string;
	readonly side: "front" | "back";
	readonly place: Place;
	readonly pads: ReadonlyMap<string, string>;
	/** What is printed beside it. */
	readonly text?: string;
}

interface Wanted {
	readonly id: string;
	readonly name: string;
	readonly value: string;
	readonly key?: string;
}

/** The footprint of a part by its name in the library; an Error where the layout has none. */
export function footprintOf(layout: Layout, name: string): Footprint {
	const footprint = findFootprint(layout, name);
	if (footprint === undefined) throw new Error(`${name} has no footprint in the layout`);
	return footprint;
}

function findFootprint({ footprints }: Layout, name: string): Footprint | undefined {
	return footprints[name] ?? footprints[name.split(" ")[0] as string];
}

/** All parts of a board with their places, and what is wrong with them, each in one sentence. */
export function placeParts(
	board: Board,
	circuit: Circuit,
	layout: Layout,
): { readonly parts: PlacedPart[]; readonly complaints: string[] } {
	const wanted: Wanted[] = [
		{ id: circuit.processor.id, name: "processor", value: board.chip },
		...circuit.sheets
			.flatMap(({ parts }) => parts)
			.map((part) => ({ id: part.id, name: libraryName(part), value: bought(circuit, part.kind, part.value) })),
		...matrixKeys(board, circuit).map(({ id, key, value }) => ({
			id,
			name: value,
			value: circuit.library[value]?.part ?? value,
			key: keyName(key),
		})),
	];
	const nets = new Map<string, Map<string, string>>();
	for (const [terminal, net] of netlist(board, circuit)) {
		const at = terminal.indexOf(".");
		const id = terminal.slice(0, at);
		nets.set(id, (nets.get(id) ?? new Map<string, string>()).set(terminal.slice(at + 1), net));
	}
	const parts: PlacedPart[] = [];
	const complaints: string[] = [];
	for (const { id, name, value, key } of wanted) {
		const footprint = findFootprint(layout, name);
		const spot = key === undefined ? undefined : layout.keys[key];
		const front = spot === undefined ? layout.front[id] : ([spot[0], spot[1], spot[2] ?? 0] as const);
		const place = front ?? layout.back[id];
		if (footprint === undefined) complaints.push(`${id} (${name}) has no footprint in the layout`);
		if (place === undefined)
			complaints.push(`${id}${key === undefined ? "" : ` (key ${key})`} has no place in the layout`);
		if (footprint === undefined || place === undefined) continue;
		if (front !== undefined && layout.back[id] !== undefined) complaints.push(`${id} is on both sides of the layout`);
		const pads = new Map<string, string>();
		for (const [pin, net] of nets.get(id) ?? []) {
			const numbers = footprint.pads[pin];
			if (numbers === undefined) complaints.push(`${id}.${pin} has no pad in the layout`);
			for (const number of numbers ?? []) {
				if (pads.has(number)) complaints.push(`pad ${number} of ${id} is given to two pins`);
				pads.set(number, net);
			}
		}
		const part = {
			id,
			value,
			footprint: footprint.footprint,
			side: front === undefined ? "back" : "front",
			place,
			pads,
		} as const;
		parts.push(key === undefined ? part : { ...part, text: key });
	}
	const ids = new Set(wanted.map(({ id }) => id));
	const keys = new Set(wanted.map(({ key }) => key));
	for (const id of [...Object.keys(layout.front), ...Object.keys(layout.back)]) {
		if (!ids.has(id)) complaints.push(`${id} has a place in the layout and is not in the circuit`);
	}
	for (const key of Object.keys(layout.keys)) {
		if (!keys.has(key)) complaints.push(`key ${key} has a place in the layout and is not in the matrix`);
	}
	return { parts, complaints };
}

/** What stands beside a part: of the small ones their value, else the part number. */
function bought(circuit: Circuit, kind: string, value: string): string {
	return kind === "box" ? (circuit.library[value]?.part ?? value) : value;
}
