/*
 * What `import "linnet"` gives a program: the classes of index.ts. In a tree of sources they are compiled when they are out of date.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readyModules } from "../build/ready.mjs";

await readyModules(join(dirname(fileURLToPath(import.meta.url)), "../.."));

export const { CallAgent, Farm, Phone, PhoneError, readWav, speech, tone, writeWav } = await import(
	"../../build/js/tools/programs/index.js"
);
