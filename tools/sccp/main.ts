/* `npm run sccp`: captures as the phone reads them, and how much of SCCP it understands. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readCapture } from "./capture.js";
import { coverage } from "./coverage.js";
import { lineOf, readMessage } from "./dump.js";

const usage = `npm run -s sccp -- COMMAND

dump FILE        a capture (pcap, pcapng) as lines, one a message: seconds since the first packet, the phone's address, > to or < from the
                 call agent, the message and its fields as the phone's own reader has them, and why the phone would refuse it
  --port N       the call agents' port, 2000 when not given
  --json         one JSON object a message instead
coverage         how many messages and fields are laid out, read, ignored with a reason, judged
  --json         the figures as JSON
`;

const defaultPort = 2000;

function main(): number {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { help: { type: "boolean" }, json: { type: "boolean" }, port: { type: "string" } },
	});
	const [command, file, ...rest] = positionals;
	if (values.help) {
		process.stdout.write(usage);
		return 0;
	}
	if (command === "coverage" && file === undefined) return figures(values.json === true);
	const port = values.port === undefined ? defaultPort : Number(values.port);
	if (command !== "dump" || file === undefined || rest.length > 0 || !(port >= 1 && port <= 65535)) {
		process.stderr.write(usage);
		return 2;
	}
	return dump(file, port, values.json === true);
}

function figures(json: boolean): number {
	const all = coverage();
	if (json) process.stdout.write(`${JSON.stringify(all)}\n`);
	else {
		for (const [name, value] of Object.entries(all)) {
			const text =
				typeof value === "object"
					? Object.entries(value)
							.map((pair) => pair.join(" "))
							.join(", ")
					: value;
			process.stdout.write(`${name.padEnd(32)}${text}\n`);
		}
	}
	return 0;
}

function dump(file: string, port: number, json: boolean): number {
	const entries = readCapture(readFileSync(file), port);
	const start = entries[0]?.time ?? 0;
	for (const entry of entries) {
		if (!json) {
			process.stdout.write(`${lineOf(entry, start)}\n`);
			continue;
		}
		const { packet, time, toCallAgent, phone, callAgent } = entry;
		const head = { packet, time, toCallAgent, phone, callAgent };
		if ("text" in entry) process.stdout.write(`${JSON.stringify({ ...head, missing: entry.text })}\n`);
		else {
			const { name, fields, refused } = readMessage(entry.octets, entry.version);
			const { version } = entry;
			const all = { ...head, version, name, fields: Object.fromEntries(fields), refused };
			process.stdout.write(`${JSON.stringify(all)}\n`);
		}
	}
	if (entries.length === 0) process.stderr.write(`${file}: no SCCP on port ${port} (--port names another)\n`);
	return 0;
}

// whoever reads the lines may have enough of them
process.stdout.on("error", () => process.exit(0));
try {
	process.exitCode = main();
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
	process.exitCode = 1;
}
