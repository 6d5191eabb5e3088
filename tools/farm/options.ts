/*
 * The command line of `npm run farm`.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { readWav, WavError } from "../call/wav.js";
import { type DialectName, dialectNames } from "../call-agent/options.js";
import { protocolVersions } from "../phone/names.js";
import { firstDevice } from "./farm.js";

export const usage = `usage: npm run farm -- [options]
Registers many phones with a call agent and has them call each other; tells what it took, and what failed.
  --phones N             how many, 1 to 10000 (100)
  --agent HOST[:PORT]    the call agent; 'development' (unless given) and 'sccp-protocol' start one of this project's own
  --dialect NAME         of the development call agent: ${dialectNames.join(", ")}
  --allow HOST           a call agent that is not this computer, named once more; may be given again
  --calls-per-second N   calls that begin in a second, whatever becomes of those before (5)
  --seconds N            how long calls begin (30); 0: phones register only
  --talk-seconds N       how long a call is up (5)
  --ring-seconds N       how long a phone rings before it is answered (0)
  --number NUMBER        phones call this number instead of each other
  --media WHAT           none (unless given): calls without a packet of sound; tone, or a WAVE file (16-bit mono, 8 kHz): what all hear
  --protocol N           SCCP version that the phones declare: ${protocolVersions.join(", ")}
  --device SEPxxxxxxxxxxxx
                         name of the first phone (${firstDevice}); the others count on from it
  --at-once N            phones that may be on their way to their registration at once, 1 to 1000 (32)
  --patience N           seconds that a registration, and each step of a call, may take (10)
  --plot FILE.svg        draws calls and their times over the load there
  --json                 the result as one JSON object, times in milliseconds
  --help                 show this
Ends with status 1 when a phone has not registered or a call has failed.`;

export interface Options {
	readonly phones: number;
	/** undefined: one of the project's own. */
	readonly agent: string | undefined;
	readonly own: "development" | "sccp-protocol";
	readonly dialect: DialectName;
	readonly allow: readonly string[];
	readonly callsPerSecond: number;
	readonly seconds: number;
	readonly talkSeconds: number;
	readonly ringSeconds: number;
	readonly number: string | undefined;
	readonly media: string;
	readonly protocol: number | undefined;
	readonly device: string;
	readonly atOnce: number;
	readonly patience: number;
	readonly plot: string | undefined;
	readonly json: boolean;
	readonly help: boolean;
}

/** A command line that cannot be followed; the message is for the person who wrote it. */
export class UsageError extends Error {
	override readonly name = "UsageError";
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			strict: true,
			allowPositionals: false,
			options: {
				phones: { type: "string", default: "100" },
				agent: { type: "string", default: "development" },
				dialect: { type: "string" },
				allow: { type: "string", multiple: true, default: [] },
				"calls-per-second": { type: "string", default: "5" },
				seconds: { type: "string", default: "30" },
				"talk-seconds": { type: "string", default: "5" },
				"ring-seconds": { type: "string", default: "0" },
				number: { type: "string" },
				media: { type: "string", default: "none" },
				protocol: { type: "string" },
				device: { type: "string", default: firstDevice },
				"at-once": { type: "string", default: "32" },
				patience: { type: "string", default: "10" },
				plot: { type: "string" },
				json: { type: "boolean", default: false },
				help: { type: "boolean", default: false },
			},
		}).values;
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

function number(name: string, text: string, least: number, most: number, whole = true): number {
	const value = (whole ? /^\d+$/ : /^\d*\.?\d+$/).test(text) ? Number(text) : Number.NaN;
	if (value >= least && value <= most) return value;
	throw new UsageError(`--${name} takes a ${whole ? "whole " : ""}number from ${least} to ${most}, not '${text}'`);
}

function checkMedia(text: string): string {
	if (text === "none" || text === "tone") return text;
	if (!existsSync(text)) throw new UsageError(`--media takes none, tone or a WAVE file, not '${text}'`);
	try {
		readWav(text);
	} catch (error) {
		if (error instanceof WavError) throw new UsageError(`--media: ${error.message}`);
		throw error;
	}
	return text;
}

/** Reads the command line. Throws UsageError. */
export function parseOptions(args: readonly string[]): Options {
	const given = parse(args);
	const { agent } = given;
	const own = agent === "development" || agent === "sccp-protocol" ? agent : undefined;
	if (!/^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(agent))
		throw new UsageError(`--agent takes HOST, HOST:PORT, development or sccp-protocol, not '${agent}'`);
	const dialect = dialectNames.find((name) => name === (given.dialect ?? "callmanager"));
	if (dialect === undefined) throw new UsageError(`--dialect takes ${dialectNames.join(", ")}, not '${given.dialect}'`);
	if (given.dialect !== undefined && own !== "development")
		throw new UsageError("--dialect is for the development call agent and does not go with --agent");
	const device = given.device.toUpperCase();
	if (!/^SEP[0-9A-F]{12}$/.test(device))
		throw new UsageError(`--device takes SEP and 12 hexadecimal digits, not '${given.device}'`);
	const protocol = given.protocol === undefined ? undefined : Number(given.protocol);
	if (protocol !== undefined && !protocolVersions.includes(protocol))
		throw new UsageError(`--protocol takes ${protocolVersions.join(", ")}, not '${given.protocol}'`);
	if (given.number !== undefined && !/^[0-9*#]{1,24}$/.test(given.number))
		throw new UsageError(`--number takes 1 to 24 of 0-9, * and #, not '${given.number}'`);
	return {
		phones: number("phones", given.phones, 1, 10_000),
		agent: own === undefined ? agent : undefined,
		own: own ?? "development",
		dialect,
		allow: given.allow,
		callsPerSecond: number("calls-per-second", given["calls-per-second"], 0.01, 1000, false),
		seconds: number("seconds", given.seconds, 0, 604_800, false),
		talkSeconds: number("talk-seconds", given["talk-seconds"], 0, 3600, false),
		ringSeconds: number("ring-seconds", given["ring-seconds"], 0, 3600, false),
		number: given.number,
		media: checkMedia(given.media),
		protocol,
		device,
		atOnce: number("at-once", given["at-once"], 1, 1000),
		patience: number("patience", given.patience, 1, 600),
		plot: given.plot,
		json: given.json,
		help: given.help,
	};
}
