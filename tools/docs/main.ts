/*
 * `npm run docs`: makes anew what the documents tell out of the code: the drawings of docs/ARCHITECTURE.md and the table of elements in
 * modules/provisioning/README.md. Tests refuse documents that are out of date. `npm run docs:site` makes a site of all pages.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../phone/project.js";
import { ARCHITECTURE, makeArchitecture } from "./architecture.js";
import { makePage, PAGE } from "./elements.js";
import { makeSite, siteUsage } from "./site/main.js";

const usage = `npm run -s docs

Makes anew what the documents tell out of the code: the drawings of ${ARCHITECTURE}, the table of elements in ${PAGE}.

${siteUsage}`;

const [command, ...words] = process.argv.slice(2);
if (process.argv.includes("--help")) process.stdout.write(usage);
else if (command === "site") {
	try {
		process.exitCode = await makeSite(words);
	} catch (error) {
		process.stderr.write(`docs: ${(error as Error).message}\n`);
		process.exitCode = 1;
	}
} else {
	writeFileSync(join(projectRoot, PAGE), makePage(projectRoot));
	writeFileSync(join(projectRoot, ARCHITECTURE), makeArchitecture(projectRoot));
}
