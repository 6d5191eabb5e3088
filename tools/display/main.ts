/*
 * Draws the display's pictures: `npm run display` plays the scripts on phones, notes their screens and makes those of the project's pages
 * anew, `npm run display -- --out DIRECTORY [NAME...]` writes all of them, or some, into a folder. The phone's own drawing code draws on
 * a panel that takes the commands of the display's controller (tools/display/panel.ts).
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../phone/project.js";
import { recordedFolder, touchFolder } from "./folders.js";
import { others, recordScript, sceneFile, sceneScripts } from "./record.js";

const usage = `npm run -s display [-- --record [SCRIPT...] | --out DIRECTORY [NAME...]]

Plays the scripts of tools/display/scripts on phones, notes their scenes (test/fixtures/screens), and draws the pictures of the project's
pages and the sheets of docs/screens.md anew.

  --record [SCRIPT...]      notes the scenes only, of all scripts or of those named: ${sceneScripts().join(", ")}
  --out DIRECTORY [NAME...] draws what is noted into a folder, all of it or what is named: NAME is that of a scene on the sheets, with
                            touch- before it on a display to touch
`;

function save(file: string, octets: Buffer): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, octets);
	process.stdout.write(`${file}\n`);
}

/** Notes the scenes of scripts anew. */
async function record(names: readonly string[]): Promise<void> {
	mkdirSync(touchFolder, { recursive: true });
	for (const name of names) {
		const scenes = await recordScript(name);
		writeFileSync(join(recordedFolder, `${name}.json`), sceneFile(scenes));
		const touched = await recordScript(name, undefined, true);
		writeFileSync(join(touchFolder, `${name}.json`), sceneFile(others(touched, scenes)));
		process.stdout.write(`${name}: ${Object.keys(scenes).join(", ")}\n`);
	}
}

/** Draws anew what the project's pages show. */
async function drawPages(): Promise<void> {
	// what they draw is read when they are
	const [{ keptPictures, pictureOf }, { sheetOf, sheets }] = await Promise.all([
		import("./draw.js"),
		import("./sheet.js"),
	]);
	for (const [file, name] of Object.entries(keptPictures)) save(join(projectRoot, file), pictureOf(name));
	for (const [file, names] of Object.entries(sheets)) save(join(projectRoot, file), sheetOf(names).png());
}

async function drawInto(folder: string, names: readonly string[]): Promise<void> {
	const { pictureNames, pictureOf } = await import("./draw.js");
	for (const name of known(names, pictureNames, "picture")) save(join(folder, `${name}.png`), pictureOf(name));
}

/** Refuses names that are none; all where none are named. */
function known(names: readonly string[], all: readonly string[], what: string): readonly string[] {
	const unknown = names.find((name) => !all.includes(name));
	if (unknown !== undefined) throw new Error(`there is no ${what} "${unknown}", but ${all.join(", ")}`);
	return names.length > 0 ? names : all;
}

try {
	const { values, positionals } = parseArgs({
		options: { out: { type: "string" }, record: { type: "boolean" }, help: { type: "boolean" } },
		allowPositionals: true,
	});
	if (values.help) process.stdout.write(usage);
	else if (values.out !== undefined) await drawInto(values.out, positionals);
	else if (values.record) await record(known(positionals, sceneScripts(), "script"));
	else if (positionals.length > 0) throw new Error("--out DIRECTORY says where they go");
	else {
		await record(sceneScripts());
		await drawPages();
	}
} catch (error) {
	process.stderr.write(`display: ${(error as Error).message}\n`);
	process.exitCode = 1;
}
// whatever a script has left open does not keep the command from its end
process.exit();
