/*
 * The bill of materials of a board's circuit as a page, like parts on one line.
 */
import type { Board } from "../../hal/esp32s3/board.js";
import { type Circuit, libraryName, matrixKeys } from "./circuit.js";

interface Line {
	readonly ids: string[];
	readonly what: string;
	readonly maker: string;
	readonly part: string;
	readonly note: string;
}

export function billPage(board: Board, circuit: Circuit): string {
	const lines = new Map<string, Line>();
	const add = (id: string, what: string, maker: string, part: string, note = ""): void => {
		const key = `${maker} ${part}`;
		const line = lines.get(key);
		if (line === undefined) lines.set(key, { ids: [id], what, maker, part, note });
		else line.ids.push(id);
	};
	const { processor, library } = circuit;
	add(processor.id, "processor module", "Espressif", board.chip, "16 MB flash, 8 MB PSRAM");
	for (const part of circuit.sheets.flatMap((sheet) => sheet.parts)) {
		const entry = library[libraryName(part)];
		if (entry !== undefined) add(part.id, libraryName(part), entry.maker, entry.part, entry.note);
	}
	for (const { id, value } of matrixKeys(board, circuit)) {
		const entry = library[value];
		if (entry !== undefined) add(id, value, entry.maker, entry.part, entry.note);
	}
	const sorted = [...lines.values()].sort((a, b) => compare(a.ids[0] as string, b.ids[0] as string));
	const count = sorted.reduce((sum, { ids }) => sum + ids.length, 0);
	const rows = sorted.map(
		({ ids, what, maker, part, note }) =>
			`| ${ids.length} | ${ranges(ids)} | ${what.replace("ohm", "Ω")} | ${maker} | ${part} | ${note} |`,
	);
	return [
		`# Bill of materials: ${board.title}`,
		"Made from [circuit.json](circuit.json) and [board.ts](board.ts) by `npm run hardware:draw`. Resistors are 1 %, in ohms.",
		`${count} parts on ${sorted.length} lines.`,
		["| count | on the schematic | what | maker | part number | remark |", "|---|---|---|---|---|---|", ...rows].join(
			"\n",
		),
		"",
	]
		.join("\n\n")
		.replace(/\n+$/, "\n");
}

/** Letters first, then numbers by their value: C2 before C10. */
function compare(a: string, b: string): number {
	const [, lettersA = "", numberA = "0"] = /^(\D+)(\d+)$/.exec(a) ?? [];
	const [, lettersB = "", numberB = "0"] = /^(\D+)(\d+)$/.exec(b) ?? [];
	return lettersA === lettersB ? Number(numberA) - Number(numberB) : lettersA < lettersB ? -1 : 1;
}

/** R30, R31, R32 as R30-R32. */
function ranges(ids: readonly string[]): string {
	const sorted = [...ids].sort(compare);
	const runs: string[][] = [];
	for (const id of sorted) {
		const run = runs.at(-1);
		const last = run?.at(-1);
		if (run !== undefined && last !== undefined && follows(last, id)) run.push(id);
		else runs.push([id]);
	}
	return runs.map((run) => (run.length > 2 ? `${run[0]}-${run.at(-1)}` : run.join(", "))).join(", ");
}

function follows(a: string, b: string): boolean {
	return a.replace(/\d+$/, "") === b.replace(/\d+$/, "") && Number(/\d+$/.exec(a)) + 1 === Number(/\d+$/.exec(b));
}
