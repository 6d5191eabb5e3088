#!/usr/bin/env node
/*
 * What npm's commands run, and `npx linnet` where the package is installed. Here is only the look at Node's own age, in words that an old Node understands; the rest is in
 * tools/build/command.mjs.
 */
const version = process.versions.node.split(".").map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
	process.stderr.write(`Node ${process.versions.node} is too old: install Node 20.19 or newer (https://nodejs.org)\n`);
	process.exitCode = 1;
} else {
	import("./build/command.mjs")
		.then((command) => command.run(process.argv.slice(2)))
		.then((status) => {
			process.exitCode = status;
		});
}
