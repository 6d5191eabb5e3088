/*
 * Small projects on disk for the checks to look at.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Complaint, format, Project } from "../../../tools/check/project.js";

/** Writes `files` (path to text) into a new folder, gives the project there to `use`, and removes it again. */
export function withProject<Result>(files: Record<string, string>, use: (project: Project) => Result): Result {
	const root = mkdtempSync(join(tmpdir(), "linnet-check-"));
	try {
		for (const [file, text] of Object.entries(files)) {
			mkdirSync(join(root, dirname(file)), { recursive: true });
			writeFileSync(join(root, file), text);
		}
		return use(new Project(root));
	} finally {
		rmSync(root, { recursive: true, force: true });
	}
}

export function lines(complaints: readonly Complaint[]): string[] {
	return complaints.map(format);
}
