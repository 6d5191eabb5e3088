/*
 * `npm run release`: what the workflow of a release (.github/workflows/release.yml) wants to know and to make of this tree.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";
import { notesOf } from "./changelog.js";
import { writeFlashIndex } from "./flash.js";
import { collectLicences } from "./licences.js";

const usage = `npm run -s release -- notes TAG          what CHANGELOG.md says of the version; refuses a tag that is not package.json's version
npm run -s release -- licences FOLDER    the licences of what an image contains, from MODDABLE, IDF_PATH and what was built
npm run -s release -- flash FOLDER       the page that leads to the flashing pages of boards in FOLDER (device:page -- BOARD --folder FOLDER/BOARD)

CONTRIBUTING.md tells how a version is released.
`;

function read(file: string): string {
	return readFileSync(join(projectRoot, file), "utf8");
}

function version(): string {
	return (JSON.parse(read("package.json")) as { version: string }).version;
}

function run(
	[command = "", word = "", ...more]: readonly string[],
	{ MODDABLE = "", IDF_PATH = "" } = process.env,
): void {
	if (word === "" || more.length > 0) throw new Error("notes TAG, licences FOLDER or flash FOLDER is expected");
	const say = (lines: readonly string[]) => process.stdout.write(`${lines.join("\n")}\n`);
	if (command === "notes") say([notesOf(word, version(), read("CHANGELOG.md"))]);
	else if (command === "licences")
		say(collectLicences(word, { project: projectRoot, moddable: MODDABLE, idf: IDF_PATH }));
	else if (command === "flash") say(writeFlashIndex(word, version()));
	else throw new Error(`${command} is none of notes, licences, flash`);
}

const words = process.argv.slice(2);
if (words.includes("--help")) process.stdout.write(usage);
else {
	try {
		run(words);
	} catch (error) {
		process.stderr.write(`release: ${(error as Error).message}\n`);
		process.exitCode = 1;
	}
}
