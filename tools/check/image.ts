/*
 * What mcconfig makes an image of: for each application manifest and each board the C files it compiles, the folders it looks for
 * headers in, and the components it asks ESP-IDF for.
 */

import {
	cFilesOf,
	type Dependency,
	list,
	manifestsOf,
	type Part,
	type ReadManifest,
	sourcesOf,
	within,
} from "./manifest.js";
import { REGISTRY, REPOSITORIES } from "./offered/components.js";
import { OF_SDK_MANIFESTS } from "./offered/headers.js";
import type { Project } from "./project.js";

const APPLICATIONS = /^manifest[^/]*\.json$/;
const BOARDS = /^hardware\/([^/]+)\/manifest\.json$/;

export interface Image {
	/** 'deskphone', and with what: 'deskphone with manifest-speexdsp.json'. */
	readonly name: string;
	readonly board: string;
	readonly manifests: readonly ReadManifest[];
	/** C files of the project that are compiled, from its root. */
	readonly sources: readonly string[];
	/** Folders of the project in the include path. */
	readonly folders: readonly string[];
	/** Headers and sources in folders of the SDK's modules and of fetched repositories in the include path. */
	readonly others: ReadonlySet<string>;
	/** Headers of registry components in the include path, with the headers of other components that they need. */
	readonly components: ReadonlyMap<string, readonly string[]>;
}

/** All images of a project: each board with each application. */
export function imagesOf(project: Project): Image[] {
	return project
		.matching(BOARDS)
		.flatMap((board) => project.matching(APPLICATIONS).map((application) => readImage(project, application, board)));
}

function readImage(project: Project, application: string, boardFile: string): Image {
	const board = BOARDS.exec(boardFile)?.[1] ?? "";
	const platform = `esp32/${board}`;
	const manifests: ReadManifest[] = [];
	for (const root of [boardFile, application]) {
		for (const read of manifestsOf(project, root, platform)) {
			if (!manifests.some(({ file }) => file === read.file)) manifests.push(read);
		}
	}
	const sources = new Set<string>();
	const folders = new Set<string>();
	const others = new Set<string>();
	for (const { folder, manifest, platform: chosen } of manifests) {
		for (const part of [manifest, chosen]) {
			for (const [, source] of sourcesOf(part)) {
				if (source.endsWith("/")) folders.add(within(folder, source.slice(0, -1)));
				for (const file of cFilesOf(project, folder, source)) {
					if (file.endsWith(".c")) sources.add(file);
					else folders.add(file.slice(0, Math.max(0, file.lastIndexOf("/"))));
				}
			}
			for (const name of broughtBy(part)) others.add(name);
		}
	}
	return {
		name: application === "manifest.json" ? board : `${board} with ${application}`,
		board,
		manifests,
		sources: [...sources].sort(),
		folders: [...folders],
		others,
		components: headersOf(manifests.flatMap((read) => list(read.platform.dependency))),
	};
}

/**
 * Headers of the SDK's modules that a part includes, and files of repositories that it has fetched: mcconfig adds the folders
 * of the headers that a manifest maps.
 */
function broughtBy(part: Part): string[] {
	return list(part.include).flatMap((include) => {
		if (typeof include === "string") return (OF_SDK_MANIFESTS[include] ?? "").split(/\s+/).filter(Boolean);
		if (typeof include.manifest !== "object") return [];
		const files = REPOSITORIES[include.git]?.files ?? {};
		return sourcesOf(include.manifest).flatMap(([, source]) => {
			const folder = within("", source).split("/").slice(0, -1).join("/");
			const names = (files[folder] ?? "").split(/\s+/).filter(Boolean);
			return names.includes(`${source.split("/").at(-1)}.h`) ? names : [];
		});
	});
}

/** 'espressif/w5500' of a dependency on the registry, undefined for one of ESP-IDF's own. */
export function registryName({ idf, name, namespace = "espressif" }: Dependency): string | undefined {
	return idf === undefined ? `${namespace}/${name ?? ""}` : undefined;
}

/** Headers that the include path of registry components has. What is not fetched gives none. */
export function headersOf(dependencies: readonly Dependency[]): Map<string, readonly string[]> {
	const names = dependencies.map(registryName).filter((name) => name !== undefined);
	const present = new Set([...names, ...names.flatMap((name) => REGISTRY[name]?.brings ?? [])]);
	const headers = new Map<string, readonly string[]>();
	for (const dependency of dependencies) {
		const name = registryName(dependency);
		if (name === undefined) continue;
		for (const folder of ["include", ...(dependency.includes ?? [])]) {
			const [first = "", ...rest] = within(`${name.replace("/", "__")}/`, folder).split("/");
			const other = first.replace("__", "/");
			if (!present.has(other)) continue;
			for (const [header, needs] of Object.entries(REGISTRY[other]?.headers[rest.join("/")] ?? {})) {
				headers.set(header, needs);
			}
		}
	}
	return headers;
}
