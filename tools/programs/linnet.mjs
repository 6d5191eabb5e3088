/*
 * What `import "linnet"` gives a program: the classes of index.ts, once all is there that a phone on this computer needs. That is a
 * look at it, and the first time a minute of compiling.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bringUpToDate } from "../build/ready.mjs";

await bringUpToDate(join(dirname(fileURLToPath(import.meta.url)), "../.."));

export const { CallAgent, Phone, PhoneError } = await import("../../build/js/tools/programs/index.js");
