/*
 * `npm run hardware:check` holds all boards against the chip, their parts, their circuit and their documents; `npm run
 * hardware:draw` makes the documents. `--json` says the result as one line of JSON. The status is 1 when anything is wrong.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Board } from "../../hal/esp32s3/board.js";
import { projectRoot } from "../phone/project.js";
import { type Circuit, checkCircuit } from "./circuit.js";
import { checkClocks } from "./clocks.js";
import { type BoardFiles, checkDocuments, makeDocuments, readBoards } from "./documents.js";
import { checkDrawn, readExpression, readParts } from "./kicad.js";
import { checkRules, checkSchematic, fabricate, route, ToolError } from "./make.js";
import { checkManifest } from "./manifest.js";
import { checkParts } from "./parts.js";
import { checkPins } from "./pins.js";
import { type Layout, placeParts } from "./placing.js";

const usage = `npm run -s hardware:check [-- --json]   holds all boards against the chip, their parts, their circuit and their documents
npm run -s hardware:draw               makes their documents anew
npm run -s hardware:fab                checks the desk phone's circuit board by KiCad's design rules and writes Gerbers, drill files and positions
npm run -s hardware:route              places and routes it anew, by hardware/deskphone/layout.json

  --json   the counts as one JSON object

The last two need KiCad 9 (kicad-cli, and its module for Python: KICAD_PYTHON, else /usr/bin/python3); the last one a C compiler as well (CC, else cc).
`;

const COMMANDS = ["check", "draw", "fab", "route"];

/** The board that is drawn here: the others are bought. */
const OWN = "deskphone";

async function check(json: boolean): Promise<boolean> {
	const boards = await readBoards(projectRoot);
	let pins = 0;
	let conflicts = 0;
	let documents = 0;
	let stale = 0;
	const complain = (name: string, complaints: readonly string[]): number => {
		for (const complaint of complaints) process.stderr.write(`${name}: ${complaint}\n`);
		return complaints.length;
	};
	for (const files of boards) {
		const { board, circuit, drawn, folder, layout, manifest } = files;
		pins += Object.keys(board.pins).length;
		conflicts += complain(board.name, [
			...(folder === `hardware/${board.name}` ? [] : [`lies in ${folder}`]),
			...checkPins(board),
			...checkParts(board),
			...checkClocks(board),
			...checkManifest(board, manifest),
			...(circuit === undefined ? [] : checkCircuit(board, circuit)),
			...(circuit === undefined || layout === undefined ? [] : checkBoard(board, circuit, layout, drawn)),
		]);
		const made = await makeDocuments(files);
		documents += made.size;
		stale += complain(board.name, checkDocuments(projectRoot, made));
	}
	if (json) console.log(JSON.stringify({ boards: boards.length, pins, conflicts, documents, stale }));
	else
		console.log(
			`${boards.length} boards, ${pins} pins, ${conflicts} conflicts, ${documents} documents, ${stale} out of date`,
		);
	return conflicts === 0 && stale === 0;
}

/** What is wrong with the layout, and where the board drawn by KiCad differs from it. */
function checkBoard(board: Board, circuit: Circuit, layout: Layout, drawn: string | undefined): string[] {
	const { parts, complaints } = placeParts(board, circuit, layout);
	if (complaints.length > 0) return complaints;
	if (drawn === undefined) return ["there is a layout and no board: run npm run hardware:route"];
	return checkDrawn(parts, readParts(readExpression(drawn)));
}

async function makeAll(): Promise<boolean> {
	for (const files of await readBoards(projectRoot)) {
		for (const [path, text] of await makeDocuments(files)) {
			const file = join(projectRoot, path);
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, text);
			console.log(path);
		}
	}
	return true;
}

async function own(): Promise<BoardFiles & { readonly layout: Layout }> {
	const files = (await readBoards(projectRoot)).find(({ board }) => board.name === OWN);
	if (files?.layout === undefined) throw new ToolError(`hardware/${OWN}/layout.json is missing`);
	return { ...files, layout: files.layout };
}

/** The verdict of KiCad's rules, and what makers want where nothing is wrong. */
async function makeBoard(json: boolean): Promise<boolean> {
	const files = await own();
	const schematic = checkSchematic(files, files.layout);
	const { errors, warnings, unconnected, lines } = checkRules(OWN);
	for (const line of [...schematic, ...lines]) process.stderr.write(`${OWN}: ${line}\n`);
	const right = schematic.length + errors + warnings + unconnected === 0;
	const made = right ? fabricate(OWN) : [];
	if (json)
		console.log(JSON.stringify({ schematic: schematic.length, errors, warnings, unconnected, files: made.length }));
	else {
		for (const file of made) console.log(relative(projectRoot, file));
		console.log(
			`schematic: ${schematic.length} complaints; board: ${errors} errors, ${warnings} warnings, ${unconnected} connections open`,
		);
	}
	return right;
}

async function routeBoard(json: boolean): Promise<boolean> {
	const files = await own();
	route(files, files.layout);
	return makeBoard(json);
}

const [command = "", ...options] = process.argv.slice(2);
const unknown = options.filter((option) => option !== "--json");
if (process.argv.includes("--help")) process.stdout.write(usage);
else if (!COMMANDS.includes(command) || unknown.length > 0) {
	process.stderr.write(
		`hardware: ${[...unknown, ...(COMMANDS.includes(command) ? [] : [command])].join(" ")} is unknown; use check, draw, fab or route [--json]\n`,
	);
	process.exitCode = 1;
} else {
	const json = options.includes("--json");
	try {
		const right =
			command === "check"
				? await check(json)
				: command === "fab"
					? await makeBoard(json)
					: command === "route"
						? await routeBoard(json)
						: await makeAll();
		process.exitCode = right ? 0 : 1;
	} catch (error) {
		if (!(error instanceof ToolError)) throw error;
		process.stderr.write(`hardware: ${error.message}\n`);
		process.exitCode = 1;
	}
}
