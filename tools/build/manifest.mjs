/*
 * Reads manifest.json as Moddable's mcconfig does, for one platform, and makes of it the map of module specifiers that
 * the host program and Node's resolver use: a module is named once. What the SDK brings (paths with a variable) is skipped.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";

const extensions = [".ts", ".mjs", ".js"];

/** Manifests, modules and creation entries of one platform, flattened. */
class Collector {
	constructor(platform) {
		this.platform = platform;
		this.files = new Set();
		this.modules = new Map();
		/** Source files that need no name any more: `~` leaves them out, or they have one, and the first one counts. */
		this.done = new Set();
		this.preload = [];
		this.creation = {};
	}

	/** Merges a manifest file; each file counts once, however often it is included. */
	file(path) {
		const absolute = resolve(path);
		if (this.files.has(absolute)) return;
		this.files.add(absolute);
		let text;
		try {
			text = readFileSync(absolute, "utf8");
		} catch (error) {
			throw new Error(`${absolute}: cannot read this manifest (${error.code})`);
		}
		let manifest;
		try {
			manifest = JSON.parse(text);
		} catch (error) {
			throw new Error(`${absolute}: ${error.message}`);
		}
		this.merge(manifest, dirname(absolute));
	}

	/** Merges what a manifest or one of its platform entries says; includes come first and are overridden. */
	merge(part, folder) {
		for (const include of list(part.include)) {
			if (typeof include === "string" && !include.includes("$(")) this.file(resolve(folder, include));
		}
		const modules = part.modules ?? {};
		for (const path of list(modules["~"])) {
			for (const { file } of find(path, folder)) {
				this.done.add(file);
				for (const [specifier, known] of this.modules) if (known === file) this.modules.delete(specifier);
			}
		}
		for (const [key, value] of Object.entries(modules)) {
			if (key === "~") continue;
			for (const path of list(value)) {
				for (const { file, star } of find(path, folder)) {
					if (this.done.has(file)) continue;
					this.done.add(file);
					const name = star ?? basename(file).replace(/\.[^.]+$/, "");
					this.modules.set(key.includes("*") ? key.replace("*", name) : key, file);
				}
			}
		}
		this.preload.push(...list(part.preload));
		for (const [key, value] of Object.entries(part.creation ?? {})) {
			this.creation[key] = typeof value === "object" && value !== null ? { ...this.creation[key], ...value } : value;
		}
		const platforms = part.platforms ?? {};
		const [base] = this.platform.split("/");
		const chosen = platforms[this.platform] ?? platforms[base] ?? platforms["..."];
		if (chosen) this.merge(chosen, folder);
	}
}

function list(value) {
	if (value === undefined) return [];
	return Array.isArray(value) ? value : [value];
}

/** Source files that a module path of a manifest stands for; with a star, all of a folder's. */
function find(path, folder) {
	if (typeof path !== "string" || path.includes("$(")) return [];
	const absolute = resolve(folder, path);
	if (basename(absolute) !== "*") {
		for (const extension of extensions) {
			if (existsSync(absolute + extension)) return [{ file: absolute + extension, star: undefined }];
		}
		return extensions.some((extension) => absolute.endsWith(extension)) && existsSync(absolute)
			? [{ file: absolute, star: undefined }]
			: [];
	}
	const parent = dirname(absolute);
	if (!existsSync(parent)) return [];
	return readdirSync(parent)
		.sort()
		.filter((name) => extensions.some((extension) => name.endsWith(extension)) && !name.endsWith(".d.ts"))
		.filter((name) => statSync(join(parent, name)).isFile())
		.map((name) => ({ file: join(parent, name), star: name.replace(/\.[^.]+$/, "") }));
}

/**
 * @param {string} path a manifest.json
 * @param {string} platform as mcconfig's -p names it, e.g. "host" or "esp32/deskphone"
 * @returns {{modules: Map<string, string>, preload: string[], creation: object, files: string[]}} modules: specifier to
 *   absolute source file; preload: specifiers, globs expanded; files: the manifests read
 * @throws {Error} when a manifest is missing or no JSON
 */
export function readManifest(path, platform) {
	const collector = new Collector(platform);
	collector.file(path);
	const preload = new Set();
	for (const name of collector.preload) {
		if (!name.endsWith("*")) {
			if (collector.modules.has(name)) preload.add(name);
			continue;
		}
		const prefix = name.slice(0, -1);
		for (const specifier of collector.modules.keys()) {
			if (specifier.startsWith(prefix) && !specifier.slice(prefix.length).includes("/")) preload.add(specifier);
		}
	}
	return {
		modules: collector.modules,
		preload: [...preload],
		creation: collector.creation,
		files: [...collector.files],
	};
}

/** Where `tsc -b` puts what it makes of a source file; a file that is JavaScript already stays where it is. */
export function compiled(file, root) {
	return file.endsWith(".ts") ? join(root, "build/js", relative(root, file).replace(/\.ts$/, ".js")) : file;
}

/**
 * The lines of the host program's module map: creation limits, modules, preloads, and the public keys whose loads a phone trusts that
 * runs them, '' for none. Files stand relative to `folder`, where the map will lie.
 */
export function hostMap({ modules, preload, creation }, root, folder, trusted = "") {
	const { chunk = {}, heap = {}, stack = 512, keys = {} } = creation;
	const lines = [`creation\t${chunk.initial ?? 32768}\t${heap.initial ?? 2048}\t${stack}\t${keys.available ?? 64}`];
	for (const [specifier, file] of modules) {
		lines.push(`module\t${specifier}\t${relative(folder, compiled(file, root))}\t${relative(root, file)}`);
	}
	for (const specifier of preload) lines.push(`preload\t${specifier}`);
	if (trusted !== "") lines.push(`trust\t${trusted}`);
	return `${lines.join("\n")}\n`;
}

/** Writes a file only when its text changes, so that what depends on its time is not made anew. */
export function writeIfChanged(path, text) {
	if (existsSync(path) && readFileSync(path, "utf8") === text) return false;
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
	return true;
}
