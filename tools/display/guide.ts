/*
 * The pictures of the user's guide (docs/guide): those that its pages show, each of the scene that it is called by.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";

export const guideFolder = "docs/guide";
const shown = /\]\((pictures\/([\w-]+)\.png)\)/g;

function picturesOf(page: string): [file: string, name: string][] {
	const text = readFileSync(join(projectRoot, guideFolder, page), "utf8");
	return [...text.matchAll(shown)].map(([, file = "", name = ""]) => [`${guideFolder}/${file}`, name]);
}

/** Names of scenes by the files that the guide shows. */
export const guidePictures: Readonly<Record<string, string>> = Object.freeze(
	Object.fromEntries(
		readdirSync(join(projectRoot, guideFolder))
			.filter((name) => name.endsWith(".md"))
			.flatMap(picturesOf),
	),
);
