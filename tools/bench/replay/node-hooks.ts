/*
 * Node's module resolution for the replay: the body is the recorded one. Everything else goes on to the project's resolver.
 */

import type { ResolveHook } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "../../phone/project.js";

const files: Readonly<Record<string, string | undefined>> = Object.freeze({
	"hal/body": join(projectRoot, "build/js/tools/bench/replay/body.js"),
	"tools/bench/still": join(projectRoot, "build/js/tools/bench/still.js"),
	"bench/segments": process.env.LINNET_BENCH_SEGMENTS,
});

export const resolve: ResolveHook = (specifier, context, next) => {
	const file = files[specifier];
	return file === undefined ? next(specifier, context) : { url: pathToFileURL(file).href, shortCircuit: true };
};
