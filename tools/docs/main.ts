/*
 * `npm run docs`: makes anew what the documents tell out of the code: the drawings of docs/ARCHITECTURE.md and the table of elements in
 * modules/provisioning/README.md. Tests refuse documents that are out of date.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";
import { ARCHITECTURE, makeArchitecture } from "./architecture.js";
import { makePage, PAGE } from "./elements.js";

const usage = `npm run -s docs

Makes anew what the documents tell out of the code: the drawings of ${ARCHITECTURE}, the table of elements in ${PAGE}.
`;

if (process.argv.includes("--help")) process.stdout.write(usage);
else {
	writeFileSync(join(projectRoot, PAGE), makePage(projectRoot));
	writeFileSync(join(projectRoot, ARCHITECTURE), makeArchitecture(projectRoot));
}
