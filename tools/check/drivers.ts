/*
 * Whether the image of each board has the modules that it imports, and the drivers that it has no use for: a board's manifest includes
 * those of its own chips. What is missing would stop the SDK's compiler; what is too much takes flash, and nobody would notice.
 */
import type { DeviceModules } from "./manifest.js";
import type { Complaint, Project } from "./project.js";
import { importsOf } from "./scan.js";

const DRIVERS = "hal/drivers/";

export interface BoardImage {
	/** The board's manifest. */
	readonly file: string;
	/** All modules of the image. */
	readonly modules: DeviceModules["modules"];
}

/** Complaints about imports that a board's image does not have although another's has, and about drivers that nothing imports. */
export function checkDrivers(project: Project, boards: readonly BoardImage[]): Complaint[] {
	const known = new Set(boards.flatMap(({ modules }) => [...modules.keys()]));
	const complaints: Complaint[] = [];
	for (const { file: manifest, modules } of boards) {
		const used = new Set<string>();
		for (const file of [...modules.values()].filter((path) => project.has(path))) {
			for (const { line, specifier } of importsOf(project.read(file))) {
				used.add(specifier);
				if (modules.has(specifier) || !known.has(specifier)) continue;
				complaints.push({ file, line, text: `"${specifier}" is not in the image: ${manifest} does not include it` });
			}
		}
		for (const [specifier, file] of modules) {
			if (!file.startsWith(DRIVERS) || used.has(specifier)) continue;
			complaints.push({ file: manifest, line: 0, text: `includes ${file}, which nothing in the image imports` });
		}
	}
	return complaints;
}
