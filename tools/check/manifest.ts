/*
 * The Moddable manifest as far as the checks need it, read as mcconfig 8.2.3 does: manifests that lie inside the project and
 * are included come first, each once; of `platforms`, one entry counts. Which TypeScript module a specifier names, what is
 * preloaded, which C files are compiled, which components are asked for. What lies inside the SDK is left out. Globs match
 * the files of one folder. A file has one name, the first that it is given.
 */
import type { Project } from "./project.js";

type Sources = string | { source: string } | (string | { source: string })[];

/** A component that ESP-IDF is asked for. */
export interface Dependency {
	/** A component of ESP-IDF itself. */
	readonly idf?: string;
	readonly namespace?: string;
	readonly name?: string;
	readonly version?: string;
	readonly includes?: readonly string[];
}

/** A repository that is fetched, with the part of a manifest that maps its files. */
export interface GitInclude {
	readonly git: string;
	readonly tag?: string;
	readonly branch?: string;
	readonly manifest?: Part | string;
}

export interface Part {
	readonly include?: string | GitInclude | (string | GitInclude)[];
	readonly modules?: Record<string, Sources>;
	readonly preload?: string | string[];
	readonly dependency?: Dependency[];
	readonly build?: Record<string, string>;
}

export interface Manifest extends Part {
	readonly platforms?: Record<string, Part>;
}

/** One manifest of a closure, with the entry of its platforms that counts. */
export interface ReadManifest {
	/** Path from the project's root. */
	readonly file: string;
	/** '' or the folder with a slash at its end. */
	readonly folder: string;
	readonly manifest: Manifest;
	readonly platform: Part;
}

export interface DeviceModules {
	/** Specifier to file, from the project's root. */
	readonly modules: ReadonlyMap<string, string>;
	/** As listed, base first. */
	readonly preload: readonly string[];
	/** The manifest that maps a module, by specifier, and the one that preloads it. */
	readonly mappedBy: ReadonlyMap<string, string>;
	readonly preloadedBy: ReadonlyMap<string, string>;
	/** Sources and manifests that a manifest names and that do not exist, by specifier or as the manifest names it. */
	readonly missing: ReadonlyMap<string, string>;
	/** The manifests that were read, the one asked for last. */
	readonly manifests: readonly string[];
}

/** The key of `platforms` that mcconfig uses for a platform such as 'esp32/deskphone': the most exact one alone. */
export function platformKey(platforms: Readonly<Record<string, unknown>>, platform: string): string | undefined {
	const names = Object.keys(platforms);
	for (let partial = platform; partial !== ""; partial = partial.split("/").slice(0, -1).join("/")) {
		const found = names.find(
			(name) =>
				name === partial ||
				(name.endsWith("/*") && partial.startsWith(name.slice(0, -1))) ||
				(name.startsWith("*/") && partial.endsWith(name.slice(1))),
		);
		if (found !== undefined) return found;
	}
	return names.find((name) => name === "...");
}

/**
 * The manifest at `file` and those of the project that it includes, in the order in which mcconfig merges them. `absent` gets those
 * that do not exist. Throws when one is no JSON.
 */
export function manifestsOf(
	project: Project,
	file: string,
	platform: string,
	absent: Map<string, string> = new Map(),
): ReadManifest[] {
	const read: ReadManifest[] = [];
	const begun = new Set<string>();
	const add = (path: string): void => {
		if (begun.has(path)) return;
		begun.add(path);
		const manifest = JSON.parse(project.read(path)) as Manifest;
		const key = platformKey(manifest.platforms ?? {}, platform);
		const chosen = manifest.platforms?.[key ?? ""] ?? {};
		const folder = path.slice(0, path.lastIndexOf("/") + 1);
		for (const include of [...list(manifest.include), ...list(chosen.include)]) {
			if (typeof include !== "string" || include.includes("$(")) continue;
			const other = within(folder, include);
			if (project.has(other)) add(other);
			else absent.set(include, other);
		}
		read.push({ file: path, folder, manifest, platform: chosen });
	};
	add(file);
	return read;
}

/** Reads the manifest at `file`, and those of the project that it includes, for one platform. Throws when one is no JSON. */
export function readManifest(project: Project, file: string, platform: string): DeviceModules {
	const modules = new Map<string, string>();
	const missing = new Map<string, string>();
	const preload: string[] = [];
	const mappedBy = new Map<string, string>();
	const preloadedBy = new Map<string, string>();
	const named = new Set<string>();
	const manifests = manifestsOf(project, file, platform, missing);

	for (const { file, folder, manifest, platform: chosen } of manifests) {
		const map = (specifier: string, source: string): void => {
			if (named.has(source)) return;
			named.add(source);
			modules.set(specifier, source);
			mappedBy.set(specifier, file);
		};
		for (const part of [manifest, chosen]) {
			for (const [specifier, source] of sourcesOf(part)) {
				if (specifier === "~") continue;
				const path = within(folder, source);
				if (path.endsWith("/*")) {
					for (const name of namesIn(project, path.slice(0, -1))) {
						map(specifier.replace("*", name), `${path.slice(0, -1)}${name}.ts`);
					}
				} else if (project.has(`${path}.ts`)) {
					map(specifier, `${path}.ts`);
				} else if (!project.has(`${path}.c`) && !project.has(`${path}.h`)) {
					missing.set(specifier, path);
				}
			}
			preload.push(...list(part.preload));
			for (const specifier of list(part.preload)) preloadedBy.set(specifier, file);
		}
	}
	return { modules, preload, mappedBy, preloadedBy, missing, manifests: manifests.map((read) => read.file) };
}

/** Specifiers and sources of a part, those inside the SDK left out. */
export function sourcesOf(part: Part): [specifier: string, source: string][] {
	return Object.entries(part.modules ?? {}).flatMap(([specifier, sources]) =>
		list(sources)
			.map((source) => (typeof source === "string" ? source : source.source))
			.filter((source) => /^\.\.?\//.test(source))
			.map((source): [string, string] => [specifier, source]),
	);
}

/** C sources and headers of the project that a source of a manifest in `folder` names, as mcconfig takes them. */
export function cFilesOf(project: Project, folder: string, source: string): string[] {
	const path = within(folder, source);
	const star = path.endsWith("*") ? path.slice(0, -1) : undefined;
	return project.files.filter((file) => {
		if (!/\.[ch]$/.test(file)) return false;
		const stem = file.slice(0, -2);
		return star === undefined ? stem === path : stem.startsWith(star) && !stem.slice(star.length).includes("/");
	});
}

/** A path of a manifest in `folder`, from the project's root. */
export function within(folder: string, path: string): string {
	const steps: string[] = [];
	for (const step of `${folder}${path}`.split("/")) {
		if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
		else if (step !== ".") steps.push(step);
	}
	return steps.join("/");
}

export function list<Item>(value: Item | Item[] | undefined): Item[] {
	return value === undefined ? [] : ([value].flat() as Item[]);
}

/** Names of the TypeScript modules right in `folder` (which ends in a slash). */
function namesIn(project: Project, folder: string): string[] {
	return project.files
		.filter((file) => file.startsWith(folder) && file.endsWith(".ts") && !file.endsWith(".d.ts"))
		.map((file) => file.slice(folder.length, -3))
		.filter((name) => !name.includes("/"));
}
