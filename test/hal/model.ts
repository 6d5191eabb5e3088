/*
 * Runs C of the chip on a model of what it calls: compiled with sanitizers against stand-ins for headers, it prints what came of it as JSON.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../tools/phone/project.js";

/** @param folders of headers, the first goes first; paths from the project's root. @throws when it does not compile or fails. */
export function runModel<Report>(sources: readonly string[], folders: readonly string[]): Report {
	const folder = mkdtempSync(join(tmpdir(), "linnet-model-"));
	try {
		const program = join(folder, "program");
		// what it does with freed memory is what is tested
		const options = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-Wno-use-after-free", "-fsanitize=address,undefined"];
		execFileSync("gcc", [...options, ...folders.map((path) => `-I${path}`), ...sources, "-o", program], {
			cwd: projectRoot,
			stdio: ["ignore", "inherit", "inherit"],
		});
		return JSON.parse(execFileSync(program, { encoding: "utf8" })) as Report;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
