/*
 * `npm run hardware:check` holds all boards against the chip, their parts, their circuit and their documents; `npm run
 * hardware:draw` makes the documents. `--json` says the result as one line of JSON. The status is 1 when anything is wrong.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../phone/project.js";
import { checkCircuit } from "./circuit.js";
import { checkClocks } from "./clocks.js";
import { checkDocuments, makeDocuments, readBoards } from "./documents.js";
import { checkManifest } from "./manifest.js";
import { checkParts } from "./parts.js";
import { checkPins } from "./pins.js";

const usage = `npm run -s hardware:check [-- --json]   holds all boards against the chip, their parts, their circuit and their documents
npm run -s hardware:draw               makes their documents anew

  --json   the counts as one JSON object
`;

const COMMANDS = ["check", "draw"];

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
		const { board, circuit, folder, manifest } = files;
		pins += Object.keys(board.pins).length;
		conflicts += complain(board.name, [
			...(folder === `hardware/${board.name}` ? [] : [`lies in ${folder}`]),
			...checkPins(board),
			...checkParts(board),
			...checkClocks(board),
			...checkManifest(board, manifest),
			...(circuit === undefined ? [] : checkCircuit(board, circuit)),
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

const [command = "", ...options] = process.argv.slice(2);
const unknown = options.filter((option) => option !== "--json");
if (process.argv.includes("--help")) process.stdout.write(usage);
else if (!COMMANDS.includes(command) || unknown.length > 0) {
	process.stderr.write(
		`hardware: ${[...unknown, ...(COMMANDS.includes(command) ? [] : [command])].join(" ")} is unknown; use check [--json] or draw\n`,
	);
	process.exitCode = 1;
} else {
	const right = command === "check" ? await check(options.includes("--json")) : await makeAll();
	process.exitCode = right ? 0 : 1;
}
