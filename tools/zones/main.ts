/* `npm run zones`: writes modules/provisioning/zones.ts anew from the packages that package.json pins. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";
import { generate } from "./generate.js";

const usage = `npm run -s zones

Writes modules/provisioning/zones.ts, the rules of time zones, anew from the packages that package.json pins.
`;

if (process.argv.includes("--help")) process.stdout.write(usage);
else writeFileSync(join(projectRoot, "modules/provisioning/zones.ts"), generate());
