/*
 * What keeps a module in flash on the device: it must be in the manifest's preload list, by its exact specifier since a glob there
 * silently skips TypeScript, and it must keep no variables of its own. And what keeps its objects small in RAM.
 */
import type { DeviceModules } from "./manifest.js";
import type { Complaint, Project } from "./project.js";
import { moduleMutables, moduleVariables, tokenize } from "./scan.js";

/** Modules made to run at boot: they create the phone's objects, which live in RAM. */
export const RUN_AT_BOOT: readonly string[] = Object.freeze(["main", "hal/body"]);

/** Complaints where the preload lists of `manifest` and of those it includes differ from the modules they map. */
export function checkPreload(project: Project, manifest: string, device: DeviceModules): Complaint[] {
	const complaints: Complaint[] = [];
	const complain = (specifier: string, text: string): void => {
		for (const file of [manifest, ...device.manifests]) {
			const lines = project.read(file).split("\n");
			const line = lines.findIndex((candidate) => candidate.includes(`"${specifier}"`)) + 1;
			if (line > 0) {
				complaints.push({ file, line, text: `"${specifier}" ${text}` });
				return;
			}
		}
		complaints.push({ file: manifest, line: 0, text: `"${specifier}" ${text}` });
	};

	for (const [specifier, source] of device.missing) complain(specifier, `names ${source}, which does not exist`);
	const seen = new Set<string>();
	for (const specifier of device.preload) {
		if (seen.has(specifier)) complain(specifier, "is preloaded twice");
		else if (specifier.includes("*")) complain(specifier, "is a glob: a preload glob skips TypeScript modules");
		else if (RUN_AT_BOOT.includes(specifier))
			complain(specifier, "makes the phone's objects and must not be preloaded");
		else if (!device.modules.has(specifier)) complain(specifier, "is preloaded and is no module");
		else if (!isAtHome(specifier, device))
			complain(specifier, `is preloaded by another manifest than ${device.mappedBy.get(specifier)}, which maps it`);
		seen.add(specifier);
	}
	for (const [specifier, file] of device.modules) {
		if (!seen.has(specifier) && !RUN_AT_BOOT.includes(specifier)) {
			complain(specifier, `(${file}) is not preloaded: it would take RAM on the device`);
		}
	}
	return complaints;
}

/** Whether the manifest that maps a module also preloads it; the SDK maps some without one. */
function isAtHome(specifier: string, { mappedBy, preloadedBy }: DeviceModules): boolean {
	return !mappedBy.has(specifier) || mappedBy.get(specifier) === preloadedBy.get(specifier);
}

/** Complaints about modules of the device that neither `manifest` nor a board's maps. */
export function checkMapped(
	project: Project,
	manifest: string,
	devices: readonly DeviceModules[],
	folders: RegExp,
): Complaint[] {
	const mapped = new Set(devices.flatMap((device) => [...device.modules.values()]));
	return project
		.matching(folders)
		.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !mapped.has(file))
		.map((file) => ({ file, line: 0, text: `no specifier in ${manifest} names this module` }));
}

/** Complaints about variables and changing objects at module level in files that match `folders`. */
export function checkVariables(project: Project, folders: RegExp): Complaint[] {
	const complaints: Complaint[] = [];
	for (const file of project.matching(folders)) {
		if (!file.endsWith(".ts") || file.endsWith(".d.ts")) continue;
		const source = project.read(file);
		for (const { name, line } of moduleVariables(source)) {
			complaints.push({ file, line, text: `${name} is a variable of the module: a preloaded module cannot change` });
		}
		for (const { name, line } of moduleMutables(source)) {
			complaints.push({ file, line, text: `${name} at module level would lie in flash and could not change` });
		}
	}
	return complaints;
}

/**
 * Complaints about #members in files that match `folders`, one a name. In XS each #method, #getter or #setter takes a slot in every
 * instance, and #fields one more for each class than fields do; what is `private` to TypeScript costs no more than what is not.
 */
export function checkMembers(project: Project, folders: RegExp): Complaint[] {
	const complaints: Complaint[] = [];
	for (const file of project.matching(folders)) {
		if (!file.endsWith(".ts")) continue;
		const seen = new Set<string>();
		for (const { kind, line, text } of tokenize(project.read(file))) {
			if (kind !== "word" || !text.startsWith("#") || seen.has(text)) continue;
			seen.add(text);
			complaints.push({ file, line, text: `${text} takes more of XS's heap than "private ${text.slice(1)}"` });
		}
	}
	return complaints;
}
