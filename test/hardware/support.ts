/*
 * Boards and circuits with one thing changed, for the checks to find.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AudioDescription, Board, SpiDisplay } from "../../hal/esp32s3/board.js";
import { board as deskphone } from "../../hardware/deskphone/board.js";
import type { Circuit } from "../../tools/hardware/circuit.js";
import { projectRoot } from "../../tools/phone/project.js";

/** A type whose parts can all be changed, drivers' classes as a whole. */
export type Changeable<T> = T extends abstract new (
	...options: never[]
) => unknown
	? T
	: T extends object
		? { -readonly [K in keyof T]: Changeable<T[K]> }
		: T;

/** As a board with a codec and a display on SPI, which the desk phone is. */
export type ChangeableBoard = Changeable<Board & { readonly audio: AudioDescription; readonly display: SpiDisplay }>;
export type ChangeableCircuit = Changeable<Circuit>;

/** A copy down to the drivers' classes, which stay as they are. */
function copy(data: unknown): unknown {
	if (Array.isArray(data)) return data.map(copy);
	if (typeof data !== "object" || data === null) return data;
	return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, copy(value)]));
}

/** The desk phone after `change`. */
export function changedBoard(change: (board: ChangeableBoard) => void): Board {
	const board = copy(deskphone) as ChangeableBoard;
	change(board);
	return board as Board;
}

/** The desk phone's circuit after `change`. */
export function changedCircuit(change: (circuit: ChangeableCircuit) => void): Circuit {
	const circuit = JSON.parse(
		readFileSync(join(projectRoot, "hardware/deskphone/circuit.json"), "utf8"),
	) as ChangeableCircuit;
	change(circuit);
	return circuit as Circuit;
}
