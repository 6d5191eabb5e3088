/*
 * Draws the display's pictures: `npm run display` makes those of the project's pages anew, `npm run display -- --out DIRECTORY [NAME...]`
 * writes all of them, or some, into a folder. The phone's own drawing code draws on a panel that takes the commands of the
 * display's controller (tools/display/panel.ts).
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../phone/project.js";
import { keptPictures, pictureNames, pictureOf } from "./draw.js";
import { recordScript, sceneFile, sceneScripts } from "./record.js";
import { recordedFolder } from "./recorded.js";
import { sheetOf, sheets } from "./sheet.js";

const usage = `npm run -s display [-- --out DIRECTORY [NAME...]] [-- --record [SCRIPT...]]

Draws the display's pictures: those of the project's pages and the sheets of docs/screens.md anew, or all, or those named, as PNG files into a folder.
--record plays the scripts of tools/display/scripts, or those named, and notes their scenes anew first.
NAME is one of ${pictureNames.join(", ")}.
SCRIPT is one of ${sceneScripts().join(", ")}.
`;

function save(file: string, octets: Buffer): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, octets);
	process.stdout.write(`${file}\n`);
}

function write(file: string, name: string): void {
	save(file, pictureOf(name));
}

/** Notes the scenes of scripts anew, which pictures of another run of this program are made of. */
async function record(names: readonly string[]): Promise<void> {
	mkdirSync(recordedFolder, { recursive: true });
	for (const name of names) {
		const scenes = await recordScript(name);
		writeFileSync(join(recordedFolder, `${name}.json`), sceneFile(scenes));
		process.stdout.write(`${name}: ${Object.keys(scenes).join(", ")}\n`);
	}
}

/** Refuses names that are none. */
function known(names: readonly string[], all: readonly string[], what: string): readonly string[] {
	const unknown = names.find((name) => !all.includes(name));
	if (unknown !== undefined) throw new Error(`there is no ${what} "${unknown}": --help lists them`);
	return names.length > 0 ? names : all;
}

try {
	const { values, positionals } = parseArgs({
		options: { out: { type: "string" }, record: { type: "boolean" }, help: { type: "boolean" } },
		allowPositionals: true,
	});
	if (values.help) process.stdout.write(usage);
	else if (values.record) await record(known(positionals, sceneScripts(), "script"));
	else if (values.out !== undefined) {
		for (const name of known(positionals, pictureNames, "picture")) write(join(values.out, `${name}.png`), name);
	} else if (positionals.length > 0) throw new Error("--out DIRECTORY says where they go");
	else {
		for (const [file, name] of Object.entries(keptPictures)) write(join(projectRoot, file), name);
		for (const [file, names] of Object.entries(sheets)) save(join(projectRoot, file), sheetOf(names).png());
	}
} catch (error) {
	process.stderr.write(`display: ${(error as Error).message}\n`);
	process.exitCode = 1;
}
// whatever a script has left open does not keep the command from its end
process.exit();
