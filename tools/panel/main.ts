/*
 * `npm start`: desk phones in the browser. Prints the page's address and opens nothing.
 */
import { parseOptions, UsageError, usage } from "./options.js";
import { startPanel } from "./panel.js";

function fail(text: string, status: number): never {
	process.stderr.write(`panel: ${text}\n`);
	process.exit(status);
}

function log(line: string): void {
	process.stderr.write(`panel: ${line}\n`);
}

async function main(): Promise<void> {
	const options = parseOptions(process.argv.slice(2));
	if (options.help) {
		process.stdout.write(`${usage}\n`);
		return;
	}
	const panel = await startPanel(options, log);
	process.stdout.write(`Linnet is at ${panel.server.url}  (Ctrl-C ends it)\n`);
	let ending = false;
	const end = (): void => {
		// A second signal does not wait for phones that have stopped answering.
		if (ending) process.exit(1);
		ending = true;
		void panel.close().then(() => process.exit(0));
	};
	process.on("SIGINT", end);
	process.on("SIGTERM", end);
	process.on("SIGHUP", end);
}

try {
	await main();
} catch (error) {
	if (error instanceof UsageError) fail(`${error.message}; --help shows all options`, 2);
	fail((error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "", 1);
}
