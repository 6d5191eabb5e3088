/*
 * C of the device against what the SDK's build really has: each `#include` must find its header in the include path of every image
 * that compiles it, and no function is called that is declared nowhere there. No other check before the link sees either: the SDK
 * compiles with undeclared functions allowed.
 */
import { type Include, readC, type Source } from "./c.js";
import type { Image } from "./image.js";
import { within } from "./manifest.js";
import { REGISTRY } from "./offered/components.js";
import {
	OF_COMPILER,
	OF_SDK,
	OFFERED_BY,
	REACHED,
	REACHED_BY_FOLDER,
	UNREACHABLE,
	WRAPPED,
	WRAPPERS,
} from "./offered/headers.js";
import { OF_SDK_C } from "./offered/sources.js";
import type { Complaint, Project } from "./project.js";

/** C that the device is to have, and so must be in some image. ESP-IDF's own components are compiled by its build. */
const ON_DEVICE =
	/^(audio\/port\/(esp32s3[^/]*|speexdsp\/.*)|hal\/(abort|control|dhcp|esp32s3|loads|pictures)\/(?!components\/|port\/(control_host|memory_|inflate_)|load_crypto|png_|picture_).*|hardware\/.*)\.c$/;

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);
const reached = new Set([...words(OF_SDK), ...words(OF_COMPILER), ...Object.values(REACHED).flatMap(words)]);
const byFolder = new Map<string, string>();
for (const [folder, names] of Object.entries(REACHED_BY_FOLDER)) {
	for (const name of words(names)) {
		reached.add(`${folder}/${name}`);
		if (!reached.has(name)) byFolder.set(name, `${folder}/${name}`);
	}
}

/** Sources and headers of the project, read once. */
class Sources {
	readonly #project: Project;
	readonly #read = new Map<string, Source>();

	constructor(project: Project) {
		this.#project = project;
	}

	read(file: string): Source {
		const known = this.#read.get(file) ?? readC(this.#project.read(file));
		this.#read.set(file, known);
		return known;
	}

	/** The project's own file that an include finds, undefined when it is another's. */
	find(file: string, { angled, name }: Include, image: Image): string | undefined {
		const folders = [...(angled ? [] : [file.slice(0, file.lastIndexOf("/"))]), ...image.folders];
		return folders
			.map((folder) => within(folder === "" ? "" : `${folder}/`, name))
			.find((path) => this.#project.has(path));
	}
}

/** Complaints about C of the device: headers that an image does not find, questions for headers, files in no image. */
export function checkIncludes(project: Project, images: readonly Image[]): Complaint[] {
	if (images.length === 0) return [];
	const sources = new Sources(project);
	const complaints: Complaint[] = [];
	/** By file and line, with the images that miss it and those that could. */
	const missing = new Map<string, { file: string; include: Include; of: string[] }>();
	const found = new Set<string>();
	const seen = new Set<string>();

	for (const image of images) {
		for (const file of filesOf(image, sources)) {
			seen.add(file);
			for (const include of sources.read(file).includes) {
				const key = `${file}:${include.line}`;
				if (sources.find(file, include, image) !== undefined || offers(image, include.name)) {
					found.add(key);
				} else {
					const entry = missing.get(key) ?? { file, include, of: [] };
					entry.of.push(image.name);
					missing.set(key, entry);
				}
			}
		}
	}
	for (const [key, { file, include, of }] of missing) {
		// What a condition chooses is right when some image has it.
		if (include.conditional && found.has(key)) continue;
		const where = of.length === images.length ? "" : ` (${of.join(", ")})`;
		complaints.push({ file, line: include.line, text: `"${include.name}" ${whyNot(include.name)}${where}` });
	}
	for (const file of seen) {
		for (const { name, line } of sources.read(file).asks) {
			const text = `asks whether there is "${name}": a part that is missing would be left out of the image without a word; have a manifest say what is in it`;
			complaints.push({ file, line, text });
		}
	}
	for (const file of project.matching(ON_DEVICE)) {
		if (!seen.has(file))
			complaints.push({ file, line: 0, text: "is in no image: no manifest of a board maps this file" });
	}
	return complaints.sort(inOrder);
}

/** Complaints about calls that nothing answers at the link. */
export function checkCalls(project: Project, images: readonly Image[]): Complaint[] {
	const sources = new Sources(project);
	const complaints = new Map<string, Complaint>();
	for (const image of images) {
		for (const start of image.sources) {
			const files = closureOf(start, image, sources);
			const read = files.map((file) => sources.read(file));
			if (read.some(({ includes }) => includes.some(({ name }) => WRAPPERS.includes(name)))) continue;
			const own = new Set(read.flatMap((source) => [...source.own]));
			for (const [i, { calls }] of read.entries()) {
				const file = files[i] as string;
				for (const { name, line } of calls) {
					const instead = Object.hasOwn(WRAPPED, name) ? WRAPPED[name] : undefined;
					if (instead === undefined || own.has(name)) continue;
					const text = `${name}() is only an inline wrapper in lwip/include, which ${OFFERED_BY} lacks: it is missing at the link; call ${instead}()`;
					complaints.set(`${file}:${line}:${name}`, { file, line, text });
				}
			}
		}
	}
	return [...complaints.values()].sort(inOrder);
}

/** Complaints about C files of which one object would silently take the other's place. */
export function checkNames(images: readonly Image[]): Complaint[] {
	const complaints = new Map<string, Complaint>();
	for (const { sources } of images) {
		const named = new Map(OF_SDK_C.map((name) => [name, "one of the SDK's"]));
		for (const file of sources.filter((source) => source.endsWith(".c"))) {
			const name = file.slice(file.lastIndexOf("/") + 1);
			const other = named.get(name);
			named.set(name, file);
			if (other === undefined) continue;
			complaints.set(file, { file, line: 0, text: `has the name of ${other}: mcconfig would link one of the two` });
		}
	}
	return [...complaints.values()].sort(inOrder);
}

/** Sources of an image and the project's headers that they include. */
function filesOf(image: Image, sources: Sources): Set<string> {
	return new Set(image.sources.flatMap((file) => closureOf(file, image, sources)));
}

function closureOf(start: string, image: Image, sources: Sources): string[] {
	const files = [start];
	for (const file of files) {
		for (const include of sources.read(file).includes) {
			const other = sources.find(file, include, image);
			if (other !== undefined && !files.includes(other)) files.push(other);
		}
	}
	return files;
}

function offers(image: Image, name: string): boolean {
	if (reached.has(name) || image.others.has(name)) return true;
	const needs = image.components.get(name);
	return needs?.every((need) => offers(image, need)) ?? false;
}

/** Why nothing finds a header, and what to do. */
function whyNot(name: string): string {
	const other = byFolder.get(name);
	if (other !== undefined) return `is not in ${OFFERED_BY}: write "${other}", the spelling that it has`;
	for (const [path, needs] of Object.entries(UNREACHABLE)) {
		if (path === name || path.endsWith(`include/${name}`)) {
			return `cannot be included: it needs "${needs}", which is not in ${OFFERED_BY}`;
		}
	}
	for (const [component, { headers }] of Object.entries(REGISTRY)) {
		const needs = Object.values(headers).find((folder) => Object.hasOwn(folder, name))?.[name];
		if (needs === undefined) continue;
		const also = needs.length > 0 ? `, with ${needs.join(", ")} in the include path` : "";
		return `is of ${component}, which these images do not ask for: name it as \`dependency\` below platforms.esp32 of the manifest that maps this file${also}`;
	}
	const file = name.split("/").at(-1);
	const near = [...reached].find((candidate) => candidate !== name && candidate.split("/").at(-1) === file);
	if (near !== undefined) return `is not in ${OFFERED_BY}: "${near}" is`;
	return `is not in ${OFFERED_BY} as far as tools/check/offered/headers.ts knows it; see there`;
}

function inOrder(a: Complaint, b: Complaint): number {
	return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}
