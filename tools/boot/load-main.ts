/*
 * `npm run load -- NAME FOLDER`: writes a load for the host body, to be put where the TFTP server has its files.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeLoad } from "./load.js";

const usage = `npm run -s load -- NAME FOLDER

Writes FOLDER/NAME.load, a load for the PC's body with the phone of this tree. NAME is one such as linnet-0.2.0, which
loadInformation of a configuration file names; FOLDER is where the TFTP server has its files; it is made where it is
missing.
`;

const [name = "", folder = "", ...more] = process.argv.slice(2);
if (name === "--help") process.stdout.write(usage);
else if (!/^linnet-[\w.-]+$/.test(name) || folder === "" || more.length > 0) {
	console.error("npm run load -- NAME FOLDER: a name such as linnet-0.2.0, which loadInformation names, and a folder");
	process.exitCode = 2;
} else {
	try {
		const file = join(folder, `${name}.load`);
		mkdirSync(folder, { recursive: true });
		writeFileSync(file, makeLoad(name));
		console.log(file);
	} catch (error) {
		console.error(`load: ${(error as Error).message}`);
		process.exitCode = 1;
	}
}
