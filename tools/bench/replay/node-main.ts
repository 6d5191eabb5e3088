/*
 * Runs the phone of main.ts in Node on the recorded body.
 */
import { register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "../../phone/project.js";

register("./node-hooks.js", import.meta.url);
await import(pathToFileURL(join(projectRoot, "build/js/main.js")).href);
