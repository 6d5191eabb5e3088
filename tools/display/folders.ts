/*
 * Where screens come from and where they are kept.
 */
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";

export const scriptFolder = join(projectRoot, "tools/display/scripts");
/** Objects of services for scripts. */
export const pageFolder = join(projectRoot, "tools/display/pages");
/** A file a script, with all its screens by name; those of displays to touch, as far as they are others, in a folder below. */
export const recordedFolder = join(projectRoot, "test/fixtures/screens");
export const touchFolder = join(recordedFolder, "touch");
