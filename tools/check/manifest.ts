/*
 * The Moddable manifest as far as the checks need it: which TypeScript module a specifier names for a platform, and what is
 * preloaded. Globs match the files of one folder, as in mcconfig; what lies inside the SDK is left out.
 */
import type { Project } from "./project.js";

interface Part {
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
	const manifest = JSON.parse(project.read(file)) as Manifest;
	const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/") + 1) : "";
	const modules = new Map<string, string>();
	const missing = new Map<string, string>();
	const preload: string[] = [];

	for (const part of [manifest, manifest.platforms?.[platform] ?? {}]) {
		for (const [specifier, sources] of Object.entries(part.modules ?? {})) {
			for (const source of [sources].flat()) {
				if (!source.startsWith("./")) continue;
				const path = folder + source.slice(2);
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
	}
	return { modules, preload, missing };
}

/** Names of the TypeScript modules right in `folder` (which ends in a slash). */
function namesIn(project: Project, folder: string): string[] {
	return project.files
		.filter((file) => file.startsWith(folder) && file.endsWith(".ts") && !file.endsWith(".d.ts"))
		.map((file) => file.slice(folder.length, -3))
		.filter((name) => !name.includes("/"));
}
