/*
 * Runs the SDK's and ESP-IDF's programs for a board: what they print goes to the person, their status comes back.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot } from "../phone/project.js";
import { type Environment, sdkPrograms } from "./examine.js";
import { ImageError, idfProject, outputFolder } from "./image.js";

export interface Build {
	readonly board: string;
	/** With the debugger's support, for xsbug. */
	readonly debug: boolean;
	/** With SpeexDSP's echo canceller for the loudspeaker, which mcconfig fetches by git. */
	readonly echoCanceller: boolean;
	/** `name=value` for the firmware's configuration, such as ssid=NAME. */
	readonly settings: readonly string[];
	/** The public keys whose loads it is to trust, as hal/loads/signed_load.h reads them. */
	readonly keys: string;
}

/** The words of the mcconfig command for one of its makefile's targets: 'dependencies', 'build', 'deploy'. */
export function mcconfigWords(build: Build, target: string, root = projectRoot): string[] {
	const { board, debug, echoCanceller, keys, settings } = build;
	return [
		...(debug ? ["-d"] : []),
		"-m",
		"-t",
		target,
		"-o",
		outputFolder(board, root),
		"-p",
		`esp32:${join(root, "hardware", board)}`,
		`loadKeys=${keys}`,
		...settings,
		...(echoCanceller ? [join(root, "manifest-speexdsp.json")] : []),
	];
}

/**
 * The person's environment with the SDK's programs, and the pinned TypeScript that compiles the modules, first in PATH. The SDK's
 * makefile has no way to name ESP-IDF components that lie in an application: its variable for CMake's options is set
 * here as if on make's command line, with what the makefile itself puts there.
 */
export function buildEnvironment(environment: Environment, root = projectRoot): Environment {
	const folders = [join(root, "node_modules/.bin"), sdkPrograms(environment), environment.PATH ?? ""];
	const components = join(root, "hal/esp32s3/components");
	return {
		...environment,
		PATH: folders.join(delimiter),
		MAKEFLAGS: `IDF_BUILD_OPTIONS=-DUSE_USB=$$(USE_USB)\\ -DEXTRA_COMPONENT_DIRS=${components}`,
	};
}

/** Runs a program in a folder; its status, 1 when a signal ended it. */
function run(program: string, words: readonly string[], folder: string, environment: Environment): Promise<number> {
	const child = spawn(program, words, { cwd: folder, env: environment, stdio: "inherit" });
	return new Promise((done, failed) => {
		child.on("error", failed);
		child.on("close", (status) => done(status ?? 1));
	});
}

/** Runs mcconfig for a board. @returns its status. */
export function mcconfig(build: Build, target: string, environment: Environment, root = projectRoot): Promise<number> {
	// mcconfig makes folders in it, not the folder itself
	mkdirSync(outputFolder(build.board, root), { recursive: true });
	return run("mcconfig", mcconfigWords(build, target, root), root, buildEnvironment(environment, root));
}

/**
 * Makes a board's firmware. The SDK's makefile goes on when ESP-IDF's part fails, and says that all is well where an older image lies:
 * so the application goes first, and has to be there again. That makefile also asks for components of ESP-IDF's registry while it
 * configures ESP-IDF, which then may not find them: they are asked for by themselves before. A configuration that broke off the first
 * time would stay half done.
 * @returns mcconfig's status. @throws ImageError when it says 0 and there is no application.
 */
export async function makeImage(build: Build, environment: Environment, root = projectRoot): Promise<number> {
	const project = join(idfProject(build.board, build.debug, root), "build");
	for (const ending of ["bin", "elf"]) rmSync(join(project, `xs_esp32.${ending}`), { force: true });
	if (existsSync(join(project, "CMakeCache.txt")) && !existsSync(join(project, "build.ninja")))
		rmSync(project, { recursive: true });
	const asked = await mcconfig(build, "dependencies", environment, root);
	const status = asked === 0 ? await mcconfig(build, "build", environment, root) : asked;
	if (status === 0 && !existsSync(join(project, "xs_esp32.bin")))
		throw new ImageError("ESP-IDF did not link the firmware: see above");
	return status;
}

/** Shows what a board prints, with addresses of a crash as lines of source, until Ctrl-]. @returns the status. */
export function monitor(
	build: Pick<Build, "board" | "debug">,
	port: string,
	environment: Environment,
	root = projectRoot,
): Promise<number> {
	return run("idf.py", ["-p", port, "monitor"], idfProject(build.board, build.debug, root), environment);
}
