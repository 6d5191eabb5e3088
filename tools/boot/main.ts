/*
 * `npm run boot`: boots a phone as it comes out of its box, on a network made for Cisco phones, and tells how long each part took.
 */
import { parseArgs } from "node:util";
import { makeBuild } from "../phone/builds.js";
import { takeSignals } from "../phone/temporary.js";
import { boot, bootIn, bootMissing, type ScenarioName, type ScenarioResult, scenarios } from "./run.js";

const usage = `npm run -s boot -- [options]          (as root)

Makes two network namespaces with a cable between: dnsmasq (DHCP with options 150 and 66, TFTP) and the development call agent
at one end, a phone at the other. Prints how long the phone took for its address, its configuration and, from power on, its
registration; how many round trips that needed before the call agent, how many octets went over the cable, and what the display
showed. Then the same, for the registration alone, with servers that have less: no file at all, a file for all phones with its root in
small letters, and an error of TFTP (0, 1, 2) in place of the phone's own file.

  --json         one JSON object as the last line of standard output
  --bits 32|64   word length of the phone's engine, 64 when not given
  --verbose      what the phone logs, on standard error
`;

async function run(argv: string[]): Promise<number> {
	const options = { json: { type: "boolean" }, bits: { type: "string" }, verbose: { type: "boolean" } } as const;
	let values: { json?: boolean; bits?: string; verbose?: boolean; help?: boolean };
	try {
		({ values } = parseArgs({ args: argv, options: { ...options, help: { type: "boolean" } } }));
		if (values.bits !== undefined && values.bits !== "32" && values.bits !== "64")
			throw new Error(`--bits ${values.bits}: 32 or 64 is expected`);
	} catch (error) {
		console.error(`boot: ${(error as Error).message}`);
		return 2;
	}
	if (values.help) {
		process.stdout.write(usage);
		return 0;
	}
	const missing = bootMissing();
	if (missing !== "") {
		console.error(`boot: ${missing}`);
		return 1;
	}
	const bits = values.bits === "32" ? 32 : 64;
	await makeBuild(`${bits}`);
	const release = takeSignals();
	const log = (line: string): void => {
		if (values.verbose) console.error(line);
	};
	const result = await boot(bits, log);
	const others: Partial<Record<ScenarioName, ScenarioResult>> = {};
	for (const name of Object.keys(scenarios) as ScenarioName[]) others[name] = await bootIn(name, bits, log);
	release();
	if (values.json) console.log(JSON.stringify({ ...result, scenarios: others }));
	else {
		const { display, ...figures } = result;
		for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(16)}${value}`);
		for (const line of display) console.log(`display         ${line}`);
		for (const [name, { registered_ms }] of Object.entries(others))
			console.log(`registered_ms   ${registered_ms}, ${name.replaceAll("_", " ")}`);
	}
	return 0;
}

try {
	process.exitCode = await run(process.argv.slice(2));
} catch (error) {
	console.error(`boot: ${(error as Error).message}`);
	process.exitCode = 1;
}
