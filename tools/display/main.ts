/*
 * Draws the display's pictures: `npm run display` makes those of the project's pages anew, `npm run display -- --out DIRECTORY [NAME...]`
 * writes all of them, or some, into a folder. The phone's own drawing code draws on a panel that takes the commands of the
 * display's controller (tools/display/panel.ts).
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../phone/project.js";
import { keptPictures, pictureNames, pictureOf, touchNameOf } from "./draw.js";
import { languageScenes as languagePictureNames } from "./languages.js";

const usage = `npm run -s display [-- --out DIRECTORY [NAME...]]

Draws the display's pictures: those of the project's pages anew, or all, or those named, as PNG files into a folder.
NAME is one of ${pictureNames.join(", ")}; in other languages one of
${languagePictureNames.join(", ")},
each with touch- before it on a display to touch.
`;
const all: readonly string[] = [
	...pictureNames,
	...languagePictureNames,
	...languagePictureNames.map((name) => touchNameOf(name)),
];

function write(file: string, name: string): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, pictureOf(name));
	process.stdout.write(`${file}\n`);
}

try {
	const { values, positionals } = parseArgs({
		options: { out: { type: "string" }, help: { type: "boolean" } },
		allowPositionals: true,
	});
	const unknown = positionals.find((name) => !all.includes(name));
	if (unknown !== undefined) throw new Error(`there is no picture "${unknown}": --help lists them`);
	if (values.out === undefined && positionals.length > 0) throw new Error("--out DIRECTORY says where they go");
	if (values.help) process.stdout.write(usage);
	else if (values.out === undefined) {
		for (const [file, name] of Object.entries(keptPictures)) write(join(projectRoot, file), name);
	} else {
		const names = positionals.length > 0 ? positionals : all;
		for (const name of names) write(join(values.out, `${name}.png`), name);
	}
} catch (error) {
	process.stderr.write(`display: ${(error as Error).message}\n`);
	process.exitCode = 1;
}
