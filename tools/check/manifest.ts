/*
 * The Moddable manifest as far as the checks need it: which TypeScript module a specifier names for a platform, and what is
 * preloaded. Globs match the files of one folder, as in mcconfig; what lies inside the SDK is left out.
 */
import { posix } from "node:path";
import type { Project } from "./project.js";

interface Part {
	include?: string | string[];
	modules?: Record<string, string | string[]>;
	preload?: string | string[];
}

interface Manifest extends Part {
	platforms?: Record<string, Part>;
}

export interface DeviceModules {
	/** Specifier to file, from the project's root. */
	readonly modules: ReadonlyMap<string, string>;
	/** As listed, base first. */
	readonly preload: readonly string[];
	/** Sources that the manifest names and that do not exist, by specifier. */
	readonly missing: ReadonlyMap<string, string>;
}

/** Reads the manifest at `file` for one platform. Throws when it is no JSON. */
export function readManifest(project: Project, file: string, platform: string): DeviceModules {
	const modules = new Map<string, string>();
	const missing = new Map<string, string>();
	const preload: string[] = [];
	const read = new Set<string>();

	/** What a manifest includes comes first, and once, however often it is included. */
	const add = (manifestFile: string): void => {
		if (read.has(manifestFile)) return;
		read.add(manifestFile);
		const manifest = JSON.parse(project.read(manifestFile)) as Manifest;
		const folder = posix.dirname(manifestFile);
		for (const part of [manifest, manifest.platforms?.[platform] ?? {}]) addPart(part, folder);
	};
	const addPart = (part: Part, folder: string): void => {
		for (const include of [part.include ?? []].flat()) {
			if (typeof include === "string" && include.startsWith(".")) add(posix.join(folder, include));
		}
		for (const [specifier, sources] of Object.entries(part.modules ?? {})) {
			for (const source of [sources].flat()) {
				if (!source.startsWith(".")) continue;
				const path = posix.join(folder, source);
				if (path.endsWith("/*")) {
					for (const name of namesIn(project, path.slice(0, -1))) {
						modules.set(specifier.replace("*", name), `${path.slice(0, -1)}${name}.ts`);
					}
				} else if (project.has(`${path}.ts`)) {
					modules.set(specifier, `${path}.ts`);
				} else if (!project.has(`${path}.c`)) {
					missing.set(specifier, path);
				}
			}
		}
		preload.push(...[part.preload ?? []].flat());
	};
	add(file);
	return { modules, preload, missing };
}

/** Names of the TypeScript modules right in `folder` (which ends in a slash). */
function namesIn(project: Project, folder: string): string[] {
	return project.files
		.filter((file) => file.startsWith(folder) && file.endsWith(".ts") && !file.endsWith(".d.ts"))
		.map((file) => file.slice(folder.length, -3))
		.filter((name) => !name.includes("/"));
}
