/*
 * The boards there are, and the documents made from them: which files, and what is to stand in them.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Board } from "../../hal/esp32s3/board.js";
import { projectRoot } from "../phone/project.js";
import { billPage } from "./bill.js";
import type { Circuit } from "./circuit.js";
import { enclosureParameters } from "./enclosure.js";
import type { BoardManifest } from "./manifest.js";
import type { Layout } from "./placing.js";
import { drawSchematic } from "./schematic.js";
import { sdkconfigFiles } from "./sdkconfig.js";
import { drawWiring, wiringPage } from "./wiring.js";

export interface BoardFiles {
	/** Path of the board's folder from the project's root. */
	readonly folder: string;
	readonly board: Board;
	readonly manifest: BoardManifest;
	/** Left out for boards that are bought. */
	readonly circuit?: Circuit;
	/** Where the circuit's parts stand, and the text of the board drawn by KiCad, where there is one. */
	readonly layout?: Layout;
	readonly drawn?: string;
}

/** All boards of the project at `root`, compiled before; in order of their names. */
export async function readBoards(root: string): Promise<BoardFiles[]> {
	const boards: BoardFiles[] = [];
	for (const name of readdirSync(join(root, "hardware")).sort()) {
		const folder = `hardware/${name}`;
		if (!existsSync(join(root, folder, "board.ts"))) continue;
		const compiled = pathToFileURL(join(root, "build/js", folder, "board.js")).href;
		const { board } = (await import(compiled)) as { board: Board };
		const manifest = readJson<BoardManifest>(join(root, folder, "manifest.json"));
		const circuit = join(root, folder, "circuit.json");
		const layout = join(root, folder, "layout.json");
		const drawn = join(root, folder, "kicad", `${name}.kicad_pcb`);
		boards.push({
			folder,
			board,
			manifest,
			...(existsSync(circuit) ? { circuit: readJson<Circuit>(circuit) } : {}),
			...(existsSync(layout) ? { layout: readJson<Layout>(layout) } : {}),
			...(existsSync(drawn) ? { drawn: readFileSync(drawn, "utf8") } : {}),
		});
	}
	return boards;
}

function readJson<Value>(file: string): Value {
	return JSON.parse(readFileSync(file, "utf8")) as Value;
}

/** What is made of a board: path from the project's root, and text. */
export async function makeDocuments({
	folder,
	board,
	circuit,
	layout,
}: Omit<BoardFiles, "manifest">): Promise<Map<string, string>> {
	const documents = new Map(sdkconfigFiles(projectRoot, folder, board));
	if (Object.keys(board.pins).length > 0) {
		documents.set(`${folder}/wiring.md`, wiringPage(board));
		documents.set(`${folder}/wiring.svg`, await drawWiring(board, circuit !== undefined));
	}
	if (circuit !== undefined) {
		documents.set(`${folder}/parts.md`, billPage(board, circuit));
		if (layout !== undefined) {
			documents.set(`${folder}/case/board.scad`, enclosureParameters(board, circuit, layout));
			for (const [name, text] of await drawSchematic(board, circuit, layout))
				documents.set(`${folder}/kicad/${name}`, text);
		}
	}
	return documents;
}

/** Complaints about documents that are missing or not as they would be made now. */
export function checkDocuments(root: string, documents: ReadonlyMap<string, string>): string[] {
	const complaints: string[] = [];
	for (const [path, text] of documents) {
		const file = join(root, path);
		if (!existsSync(file)) complaints.push(`${path} is missing: run npm run hardware:draw`);
		else if (readFileSync(file, "utf8") !== text) complaints.push(`${path} is out of date: run npm run hardware:draw`);
	}
	return complaints;
}
