/*
 * Formatting and lint: Biome for TypeScript and JSON, clang-format for C. Their own messages go to the terminal as they are.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Project } from "./project.js";

export type Outcome = "passed" | "failed" | "skipped";

/** What becomes of a check whose program is not installed: a failure in CI (CI=true), a note elsewhere; undefined when it is there. */
export function missingProgram(program: string): Outcome | undefined {
	if (spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined) return undefined;
	return process.env.CI === "true" ? "failed" : "skipped";
}

/** Runs Biome with warnings counted as errors. */
export function checkBiome(project: Project): Outcome {
	const biome = join(project.root, "node_modules", "@biomejs", "biome", "bin", "biome");
	const run = spawnSync(process.execPath, [biome, "check", "--error-on-warnings", "--no-errors-on-unmatched", "."], {
		cwd: project.root,
		stdio: ["ignore", "inherit", "inherit"],
	});
	return run.status === 0 ? "passed" : "failed";
}

/** Runs clang-format over all C sources without changing them. */
export function checkClangFormat(project: Project): Outcome {
	const sources = project.matching(/\.(c|h)$/);
	if (sources.length === 0) return "passed";
	const missing = missingProgram("clang-format");
	if (missing !== undefined) return missing;
	const run = spawnSync("clang-format", ["--dry-run", "-Werror", ...sources], {
		cwd: project.root,
		stdio: ["ignore", "inherit", "inherit"],
	});
	return run.status === 0 ? "passed" : "failed";
}
