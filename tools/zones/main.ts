/* `npm run zones`: writes modules/provisioning/zones.ts anew from the packages that package.json pins. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";
import { generate } from "./generate.js";

writeFileSync(join(projectRoot, "modules/provisioning/zones.ts"), generate());
