/*
 * A board's circuit as a netlist (hardware/<board>/circuit.json): parts on sheets, and the net at each of their pins. Schematic and
 * bill of materials are made from it; here it is read, and held against the board's pin map.
 */
import type { Board } from "../../hal/esp32s3/board.js";
import { keyName } from "./keys.js";

/** Parts with two ends, drawn by their symbol. */
export type TwoEnds =
	| "resistor"
	| "capacitor"
	| "electrolytic"
	| "inductor"
	| "fuse"
	| "led"
	| "switch"
	| "microphone"
	| "loudspeaker";

export interface TwoEndedPart {
	readonly kind: TwoEnds;
	readonly id: string;
	/** With the kind the name of the part in the library; shown beside the symbol. */
	readonly value: string;
	/** What it is there for, where the sheet does not show it. */
	readonly use?: string;
	/** Nets of the left and the right end; of an LED anode and cathode. */
	readonly a: string;
	readonly b: string;
}

/** Anything with more pins, drawn as a box. A pin without a net is left open. */
export interface Box {
	readonly kind: "box";
	readonly id: string;
	/** The name of the part in the library. */
	readonly value: string;
	readonly left: Readonly<Record<string, string | null>>;
	readonly right: Readonly<Record<string, string | null>>;
}

export type CircuitPart = TwoEndedPart | Box;

export interface Sheet {
	readonly name: string;
	readonly title: string;
	readonly parts: readonly CircuitPart[];
}

/** What to buy: by kind and value for parts with two ends, by value for boxes. */
export interface LibraryEntry {
	readonly maker: string;
	readonly part: string;
	readonly note?: string;
}

export interface Circuit {
	readonly library: Readonly<Record<string, LibraryEntry>>;
	/** Pins of the processor that the pin map does not have: supply, ground, enable. */
	readonly processor: { readonly id: string; readonly pins: Readonly<Record<string, string>> };
	/** Keys of the matrix, which has a sheet of its own: the part, other parts by the key's name, and the number of the first. */
	readonly keys: {
		readonly scanner: string;
		readonly value: string;
		readonly others?: Readonly<Record<string, string>>;
		readonly first: number;
	};
	readonly sheets: readonly Sheet[];
}

/** Nets that stand at a symbol of their own wherever they are. */
export function isSupply(net: string): boolean {
	return net === "GND" || net.startsWith("+");
}

/** The name under which a part stands in the library. */
export function libraryName(part: CircuitPart): string {
	return part.kind === "box" ? part.value : `${part.kind} ${part.value}`;
}

/** Pin (or end) and net, in the order drawn; null for a pin left open. */
export function connections(part: CircuitPart): [string, string | null][] {
	if (part.kind !== "box") {
		return [
			["a", part.a],
			["b", part.b],
		];
	}
	return [...Object.entries(part.left), ...Object.entries(part.right)];
}

/** All connections of a circuit, PART.PIN to net, with those of the processor and the key matrix. */
export function netlist(board: Board, circuit: Circuit): Map<string, string> {
	const nets = new Map<string, string>();
	const { id, pins } = circuit.processor;
	for (const [name, net] of Object.entries(pins)) nets.set(`${id}.${name}`, net);
	for (const { gpio, net } of Object.values(board.pins)) nets.set(`${id}.GPIO${gpio}`, net);
	for (const key of matrixKeys(board, circuit)) {
		nets.set(`${key.id}.a`, `ROW${key.row}`);
		nets.set(`${key.id}.b`, `COL${key.column}`);
	}
	for (const part of circuit.sheets.flatMap((sheet) => sheet.parts)) {
		for (const [pin, net] of connections(part)) if (net !== null) nets.set(`${part.id}.${pin}`, net);
	}
	return nets;
}

export interface MatrixKey {
	readonly id: string;
	readonly row: number;
	readonly column: number;
	/** A `Key` number. */
	readonly key: number;
	/** The name of the part in the library. */
	readonly value: string;
}

/** The switches of the key matrix, numbered along the rows. */
export function matrixKeys(board: Board, circuit: Circuit): MatrixKey[] {
	if (board.keypad.kind === "touch" || board.keypad.kind === "control") return [];
	return board.keypad.matrix.keys
		.flatMap((keys, row) => keys.map((key, column) => ({ row, column, key })))
		.filter(({ key }) => key !== -1)
		.map((place, i) => ({
			id: `S${circuit.keys.first + i}`,
			value: circuit.keys.others?.[keyName(place.key)] ?? circuit.keys.value,
			...place,
		}));
}

/** What is wrong with a circuit, by itself and against the pin map, each in one sentence; empty when nothing is. */
export function checkCircuit(board: Board, circuit: Circuit): string[] {
	const parts = circuit.sheets.flatMap((sheet) => sheet.parts);
	const nets = netlist(board, circuit);
	return [
		...checkNames(board, circuit, parts),
		...checkLibrary(board, circuit, parts),
		...checkAgainstPins(board, circuit, parts, nets),
		...checkEnds(nets),
		...checkLamps(board, parts),
	];
}

function checkNames(board: Board, circuit: Circuit, parts: readonly CircuitPart[]): string[] {
	const complaints: string[] = [];
	const seen = new Set<string>([circuit.processor.id, ...matrixKeys(board, circuit).map(({ id }) => id)]);
	for (const { id } of parts) {
		if (seen.has(id)) complaints.push(`two parts of the circuit are called ${id}`);
		seen.add(id);
	}
	return complaints;
}

function checkLibrary(board: Board, circuit: Circuit, parts: readonly CircuitPart[]): string[] {
	const keys = matrixKeys(board, circuit);
	const used = new Set([...parts.map(libraryName), ...keys.map(({ value }) => value)]);
	const names = new Set(keys.map(({ key }) => keyName(key)));
	const strangers = Object.keys(circuit.keys.others ?? {}).filter((name) => !names.has(name));
	const complaints = strangers.map((name) => `the circuit has a part for the key "${name}", which the matrix has not`);
	complaints.push(
		...[...used]
			.filter((name) => circuit.library[name] === undefined)
			.map((name) => `"${name}" is not in the circuit's library`),
	);
	for (const name of Object.keys(circuit.library)) {
		if (!used.has(name)) complaints.push(`"${name}" is in the circuit's library and nowhere in the circuit`);
	}
	return complaints;
}

/** Parts that the firmware knows are in the circuit, under the same part number and on the same nets. */
function checkAgainstPins(
	board: Board,
	circuit: Circuit,
	parts: readonly CircuitPart[],
	nets: ReadonlyMap<string, string>,
): string[] {
	const complaints: string[] = [];
	for (const { id, part } of board.parts) {
		if (id === circuit.processor.id) continue;
		const drawn = parts.find((candidate) => candidate.id === id);
		const bought = drawn === undefined ? undefined : circuit.library[libraryName(drawn)]?.part;
		if (drawn === undefined) complaints.push(`${id} is among the board's parts and not in the circuit`);
		else if (bought !== part) complaints.push(`${id} is ${part} in the pin map and ${bought} in the circuit`);
	}
	for (const { net, to } of Object.values(board.pins)) {
		for (const terminal of to) {
			const drawn = nets.get(terminal);
			if (drawn !== net)
				complaints.push(`${terminal} is on ${net} in the pin map and on ${drawn ?? "no net"} in the circuit`);
		}
	}
	return complaints;
}

/** A net with one end connects nothing. */
function checkEnds(nets: ReadonlyMap<string, string>): string[] {
	const ends = new Map<string, string[]>();
	for (const [pin, net] of nets) ends.set(net, [...(ends.get(net) ?? []), pin]);
	return [...ends].filter(([, pins]) => pins.length < 2).map(([net, pins]) => `net ${net} ends at ${pins[0]} alone`);
}

/** Each channel of the LED driver lights a lamp of the colour that the firmware takes it for. */
function checkLamps(board: Board, parts: readonly CircuitPart[]): string[] {
	const { lamps } = board;
	if (lamps?.kind !== "leds") return [];
	const driver = parts.find(({ id }) => {
		const i2c = board.parts.find((part) => part.id === id)?.i2c;
		return i2c?.unit === lamps.unit && i2c.addresses.includes(lamps.address);
	});
	if (driver === undefined) return ["the LED driver is not in the circuit"];
	const nets = new Map(connections(driver));
	const lit = (colour: string, channels: readonly number[]): string[] =>
		channels
			.filter((channel) => channel >= 0)
			.filter((channel) => {
				const net = nets.get(`LED${channel}`);
				return !parts.some((part) => part.kind === "led" && part.b === net && part.value.split(" ").includes(colour));
			})
			.map((channel) => `LED${channel} lights no ${colour} LED in the circuit`);
	return [...lit("red", lamps.red), ...lit("green", lamps.green)];
}
