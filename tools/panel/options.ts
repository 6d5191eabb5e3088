/*
 * The command line of `npm start`.
 */
import { isIPv4 } from "node:net";
import { parseArgs } from "node:util";
import { type DialectName, dialectNames } from "../call-agent/options.js";
import { deviceName, protocolVersions } from "../phone/names.js";
import { type Board, isBoard } from "./page/messages.js";

/** As many as a desk has room for. */
const mostPhones = 12;

export const usage = `usage: npm start -- [options]
  --port N           port of the page; 8480 or the next free one unless given
  --address ADDRESS  IPv4 address that the page's server listens on (127.0.0.1); 0.0.0.0 in a container. Whoever reaches it can use
                     the phones; browsers have to call it localhost all the same
  --phones N         how many phones, 1 to ${mostPhones} (2); four and more are shown as an overview
  --board NAME,...   what they are: desk (keys around the display) or touch (the display is to touch); the last counts for the rest
  --agent HOST[:PORT]
                     register with this call agent instead of the built-in one
  --dialect NAME     whose behaviour the built-in call agent follows: callmanager, chan_skinny or chan_sccp
  --device SEPxxxxxxxxxxxx
                     name of the first phone; the others count on from it
  --web PORT         serve the first phone's web pages on this port of this machine, the others' on those behind it
  --set NAME=VALUE   an element of the phones' configuration file, such as servicesURL; may be given again
  --protocol N       SCCP version that the phones declare: ${protocolVersions.join(", ")}
  --help             show this`;

export interface PanelOptions {
	/** undefined: 8480 or the next free one. */
	port: number | undefined;
	/** IPv4 address to listen on. */
	address: string;
	/** undefined: the built-in call agent. */
	agent: string | undefined;
	dialect: DialectName | undefined;
	/** Names of the phones, one for each. */
	devices: string[];
	protocol: number | undefined;
	/** What each phone is. */
	boards: Board[];
	/** Port of the first phone's web pages, undefined for none. */
	web: number | undefined;
	/** Elements of the phones' configuration file, in which their call agent stands besides; none for phones without such a file. */
	elements: readonly (readonly [name: string, value: string])[];
	help: boolean;
}

/** A command line that cannot be followed; the message is for the person who wrote it. */
export class UsageError extends Error {
	override readonly name = "UsageError";
}

/** A locally administered address that nobody's card has. */
const firstDevice = "SEP024C696E6E01";

function whole(name: string, text: string, least: number, most: number): number {
	const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
	if (value >= least && value <= most) return value;
	throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not '${text}'`);
}

function checkAgent(text: string): string {
	const parts = /^([A-Za-z0-9.-]+)(?::([0-9]+))?$/.exec(text);
	if (parts === null) throw new UsageError(`--agent takes HOST or HOST:PORT, not '${text}'`);
	if (parts[2] !== undefined) whole("agent HOST:PORT", parts[2], 1, 65535);
	return text;
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			strict: true,
			allowPositionals: false,
			options: {
				port: { type: "string" },
				address: { type: "string", default: "127.0.0.1" },
				phones: { type: "string", default: "2" },
				agent: { type: "string" },
				dialect: { type: "string" },
				device: { type: "string", default: firstDevice },
				protocol: { type: "string" },
				board: { type: "string", default: "desk" },
				web: { type: "string" },
				set: { type: "string", multiple: true, default: [] },
				help: { type: "boolean", default: false },
			},
		}).values;
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

function boardsOf(text: string, phones: number): Board[] {
	const named = text.split(",").map((name) => {
		if (isBoard(name)) return name;
		throw new UsageError(`--board takes desk or touch for each phone, such as desk,touch, not '${text}'`);
	});
	if (named.length > phones) throw new UsageError(`--board names ${named.length} boards for --phones ${phones}`);
	return Array.from({ length: phones }, (_, index) => named[Math.min(index, named.length - 1)] as Board);
}

function element(text: string): readonly [name: string, value: string] {
	const [, name, value] = /^([A-Za-z][A-Za-z0-9]*)=(.*)$/s.exec(text) ?? [];
	if (name === undefined || value === undefined)
		throw new UsageError(`--set takes NAME=VALUE, such as servicesURL=http://192.0.2.10/menu, not '${text}'`);
	return [name, value];
}

/** Reads the command line. Throws UsageError. */
export function parseOptions(args: readonly string[]): PanelOptions {
	const given = parse(args);
	const phones = whole("phones", given.phones, 1, mostPhones);
	const device = given.device.toUpperCase();
	if (!/^SEP[0-9A-F]{12}$/.test(device))
		throw new UsageError(`--device takes SEP and 12 hexadecimal digits, not '${given.device}'`);
	const dialect = dialectNames.find((name) => name === given.dialect);
	if (given.dialect !== undefined && dialect === undefined)
		throw new UsageError(`--dialect takes ${dialectNames.join(", ")}, not '${given.dialect}'`);
	if (given.dialect !== undefined && given.agent !== undefined)
		throw new UsageError("--dialect is for the built-in call agent and does not go with --agent");
	const protocol = given.protocol === undefined ? undefined : Number(given.protocol);
	if (protocol !== undefined && !protocolVersions.includes(protocol))
		throw new UsageError(`--protocol takes ${protocolVersions.join(", ")}, not '${given.protocol}'`);
	if (!isIPv4(given.address)) throw new UsageError(`--address takes an IPv4 address, not '${given.address}'`);
	return {
		address: given.address,
		port: given.port === undefined ? undefined : whole("port", given.port, 1, 65535),
		agent: given.agent === undefined ? undefined : checkAgent(given.agent),
		dialect,
		devices: Array.from({ length: phones }, (_, index) => deviceName(device, index)),
		protocol,
		boards: boardsOf(given.board, phones),
		web: given.web === undefined ? undefined : whole("web", given.web, 1, 65535 - phones + 1),
		elements: given.set.map(element),
		help: given.help,
	};
}
