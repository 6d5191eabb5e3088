/*
 * Where the two heaps of JavaScript lie on a board with PSRAM: ESP-IDF takes what is larger than CONFIG_SPIRAM_MALLOC_ALWAYSINTERNAL
 * from there. Slots, which are read all the time, are to stay inside of the chip; chunks, with which they would leave Wi-Fi too little,
 * are not.
 */
import type { Complaint, Project } from "./project.js";

const SETTING = /^CONFIG_SPIRAM_MALLOC_ALWAYSINTERNAL=(\d+)$/;
const FILES = /^hardware\/.*sdkconfig.*\.defaults$/;
/** Octets of a slot on the chip. */
const SLOT = 16;

interface Creation {
	readonly creation?: { readonly chunk?: { readonly initial?: number }; readonly heap?: { readonly initial?: number } };
}

/** Complaints about settings that do not lie between the two heaps of `manifest`. */
export function checkHeaps(project: Project, manifest: string): Complaint[] {
	const { creation } = JSON.parse(project.read(manifest)) as Creation;
	const slots = (creation?.heap?.initial ?? 0) * SLOT;
	const chunks = creation?.chunk?.initial ?? 0;
	const complaints: Complaint[] = [];
	for (const file of project.matching(FILES)) {
		for (const [at, line] of project.read(file).split("\n").entries()) {
			const limit = Number(SETTING.exec(line)?.[1] ?? Number.NaN);
			if (Number.isNaN(limit) || (slots <= limit && limit < chunks)) continue;
			const text = `slots (${slots} octets in ${manifest}) are to be in internal memory, chunks (${chunks}) in PSRAM`;
			complaints.push({ file, line: at + 1, text });
		}
	}
	return complaints;
}
