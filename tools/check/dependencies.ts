/*
 * The components that manifests ask ESP-IDF for: mcconfig reads `dependency` in the chosen entry of `platforms` alone and is
 * silent about any other; what a component's headers include must be in the include path as well.
 */
import { headersOf, type Image, registryName } from "./image.js";
import { type Dependency, list, type Manifest } from "./manifest.js";
import { COMPONENTS, COMPONENTS_OF, REGISTRY, REPOSITORIES } from "./offered/components.js";
import type { Complaint, Project } from "./project.js";

const MANIFESTS = /^(manifest[^/]*|(audio|hal|hardware|modules)\/(?:.*\/)?manifest)\.json$/;
const components = new Set(COMPONENTS.split(/\s+/).filter(Boolean));

/** Complaints about what all manifests of the device ask for. */
export function checkDependencies(project: Project, images: readonly Image[]): Complaint[] {
	const complaints: Complaint[] = [];
	for (const file of project.matching(MANIFESTS)) {
		const text = project.read(file);
		const manifest = JSON.parse(text) as Manifest;
		const complain = (word: string, complaint: string): void => {
			complaints.push({ file, line: lineOf(text, word), text: complaint });
		};
		for (const dependency of list(manifest.dependency)) {
			const what = registryName(dependency) ?? dependency.idf ?? "";
			complain(
				"dependency",
				`${what}: mcconfig ignores \`dependency\` here without a word; it belongs below platforms.esp32`,
			);
		}
		const all = [manifest, ...Object.values(manifest.platforms ?? {})];
		const named = all.flatMap((part) => list(part.dependency));
		for (const dependency of named) {
			const problem = wrongWith(dependency);
			if (problem !== undefined) complain(dependency.idf ?? dependency.name ?? "dependency", problem);
		}
		for (const [name, needs] of lacking(file, named, images)) {
			complain(name.split("/")[1] as string, `${name}: ${needs}`);
		}
		for (const include of all.flatMap((part) => list(part.include))) {
			if (typeof include === "string") continue;
			const known = REPOSITORIES[include.git];
			if (known?.tag !== include.tag || known === undefined) {
				const has = known === undefined ? "does not know it" : `knows ${known.tag}`;
				complain(
					include.git,
					`${include.git} at ${include.tag ?? "no tag"}: tools/check/offered/components.ts ${has}; see there`,
				);
			}
		}
	}
	return complaints;
}

function wrongWith(dependency: Dependency): string | undefined {
	const { idf, version } = dependency;
	const name = registryName(dependency);
	if (name === undefined) {
		return components.has(idf ?? "") ? undefined : `"${idf}" is no component of ${COMPONENTS_OF}`;
	}
	const known = REGISTRY[name];
	if (known === undefined) return `${name}: tools/check/offered/components.ts does not know it; see there`;
	if (version === undefined || !/^(==|~=|[~^]|[<>]=?)\d/.test(version)) {
		return `${name}: the version "${version ?? ""}" is put behind the name as it is; write "==${known.version}"`;
	}
	if (version.replace(/^\D+/, "") !== known.version) {
		return `${name}: tools/check/offered/components.ts knows version ${known.version}, not ${version}; see there`;
	}
	return undefined;
}

/** Components whose headers include what is not in the include path of some image, even where they stand in the right place. */
function lacking(file: string, named: readonly Dependency[], images: readonly Image[]): Map<string, string> {
	const found = new Map<string, string>();
	const having = images.filter((image) => image.manifests.some((read) => read.file === file));
	const paths = having.map((image) =>
		headersOf([...named, ...image.manifests.flatMap((read) => list(read.platform.dependency))]),
	);
	for (const dependency of named) {
		const name = registryName(dependency);
		const headers = Object.values(REGISTRY[name ?? ""]?.headers ?? {}).flatMap((folder) => Object.entries(folder));
		for (const [header, needs] of headers) {
			for (const need of needs) {
				if (name === undefined || paths.every((path) => path.has(need))) continue;
				const owner = ownerOf(need);
				const way = `"includes": ["../${owner.replace("/", "__")}/include"]`;
				found.set(name, `"${header}" includes "${need}" of ${owner}, which is not in the include path; add ${way}`);
			}
		}
	}
	return found;
}

function ownerOf(header: string): string {
	const owner = Object.entries(REGISTRY).find(([, { headers }]) =>
		Object.values(headers).some((folder) => Object.hasOwn(folder, header)),
	);
	return owner?.[0] ?? "";
}

/** Line of the first string that is, or ends in, `word`; 0 when there is none. */
function lineOf(text: string, word: string): number {
	return text.split("\n").findIndex((line) => line.includes(`"${word}"`)) + 1;
}
