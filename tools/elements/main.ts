/* `npm run elements`: makes the table in modules/provisioning/README.md anew from the table of elements. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";
import { makePage, PAGE } from "./page.js";

writeFileSync(join(projectRoot, PAGE), makePage(projectRoot));
