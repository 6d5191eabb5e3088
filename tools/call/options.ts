/*
 * The command line of `npm run call`.
 */
import { parseArgs } from "node:util";
import { type Coder, coders } from "../call-agent/coders.js";
import { type DialectName, dialectNames } from "../call-agent/options.js";
import { protocolVersions } from "../phone/names.js";
import type { Bits } from "../phone/project.js";
import { Moment } from "./moment.js";

const codecNames = coders.map(({ name }) => name).join(", ");

export const usage = `npm run -s call -- NUMBER [options]
npm run -s call -- --script FILE [options]

Boots a phone without a face, registers it, dials NUMBER, plays a sample and records, hangs up and says what was measured.

  --seconds S           length of the sound, 5 when not given
  --play FILE.wav       what to play: 16 bit, mono, 8 kHz (16 kHz with --codec g722); a speech-like sample is made when not given
  --record FILE.wav     where to put what the speaker gave meanwhile
  --json                print one JSON object as the last line of standard output
  --script FILE         key presses and waits instead of a plain call; tools/call/script.ts tells the language
  --agent HOST[:PORT]   register with this call agent (port 2000 when not given); a built-in one serves otherwise
  --dialect NAME        what the built-in call agent speaks like: ${dialectNames.join(", ")}
  --codec NAME          the codec of calls: ${codecNames}. With g722 phones have sound of 16 kHz and tell the call agent
                        of G.722; without they have none of it. One that is not the built-in call agent chooses by itself
  --device SEP...       device name, of the first phone when a script uses several
  --protocol N          SCCP version to declare: ${protocolVersions.join(", ")}
  --at TIME             the phones' clocks stand at this moment, such as 2026-11-22T12:05Z, and move by the script's 'pass' alone
  --scenes FOLDER       draw what 'scene' steps of a script note, as the display of a desk phone does, into NAME.png there
  --simulated           the phones' sound on a clock that they share with the built-in call agent, as fast as all can follow: the
                        same result each time, however busy this computer is
  --timeout S           how long a plain call waits for the registration, 30 when not given; 60 with --emulator, there for
                        each other step as well
  --bits 32|64          word length of the phone's engine
  --emulator            phone 1 is the firmware of the board 'emulator', as it was built last, on an emulated ESP32-S3
                        (npm run device:emulate). Its microphone is silent and its speaker is heard by nobody, so the echo's
                        delay and correlation are left out of what is printed; the times are those of the emulation. --agent
                        takes root then
  --verbose             what the phones log, on standard error

Status: 0 when the call worked, 1 when it did not, 2 for a wrong command line.
`;

export interface Options {
	number: string | undefined;
	agent: string | undefined;
	dialect: DialectName;
	protocol: number | undefined;
	/** The only codec of calls; all of narrow-band phones when undefined. */
	codec: Coder | undefined;
	device: string;
	play: string | undefined;
	record: string | undefined;
	seconds: number;
	/** Seconds. */
	timeout: number;
	script: string | undefined;
	json: boolean;
	bits: Bits;
	/** The first phone is an emulated chip. */
	emulator: boolean;
	/** Sound goes by no clock but its own. */
	simulated: boolean;
	/** The moment at which the phones' clocks stand. */
	moment: Moment | undefined;
	/** Folder of the pictures of scenes. */
	scenes: string | undefined;
	verbose: boolean;
}

/** A command line that cannot be understood. */
export class UsageError extends Error {
	override readonly name = "UsageError";
}

function parse(argv: readonly string[]) {
	try {
		return parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: {
				agent: { type: "string" },
				dialect: { type: "string" },
				protocol: { type: "string" },
				codec: { type: "string" },
				device: { type: "string" },
				play: { type: "string" },
				record: { type: "string" },
				seconds: { type: "string" },
				timeout: { type: "string" },
				script: { type: "string" },
				json: { type: "boolean" },
				bits: { type: "string" },
				emulator: { type: "boolean" },
				simulated: { type: "boolean" },
				at: { type: "string" },
				scenes: { type: "string" },
				verbose: { type: "boolean" },
				help: { type: "boolean" },
			},
		});
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
}

/** Understands the arguments; undefined when help is asked for. Throws UsageError with what is wrong. */
export function parseOptions(argv: readonly string[]): Options | undefined {
	const { values, positionals } = parse(argv);
	if (values.help) return undefined;
	const [number] = positionals;
	if (positionals.length > 1) throw new UsageError(`one number is enough: '${positionals[1]}' is too many`);
	if (number === undefined && values.script === undefined) throw new UsageError("a number or --script FILE is needed");
	if (number !== undefined && values.script !== undefined) throw new UsageError("a number or --script FILE, not both");
	if (number !== undefined && !/^[0-9*#]+$/.test(number)) throw new UsageError(`'${number}' is no number to dial`);
	const seconds = Number(values.seconds ?? 5);
	if (!(seconds >= 0.1 && seconds <= 3600))
		throw new UsageError(`--seconds ${values.seconds}: 0.1 to 3600 is expected`);
	const emulator = values.emulator ?? false;
	const timeout = Number(values.timeout ?? (emulator ? 60 : 30));
	if (!(timeout >= 1 && timeout <= 3600)) throw new UsageError(`--timeout ${values.timeout}: 1 to 3600 is expected`);
	const dialect = dialectNames.find((name) => name === (values.dialect ?? "callmanager"));
	if (!dialect) throw new UsageError(`--dialect ${values.dialect}: one of ${dialectNames.join(", ")} is expected`);
	if (values.agent !== undefined && values.dialect !== undefined)
		throw new UsageError("--dialect is for the built-in call agent: it goes without --agent");
	if (values.agent !== undefined) splitAgent(values.agent);
	const protocol = values.protocol === undefined ? undefined : Number(values.protocol);
	if (protocol !== undefined && !protocolVersions.includes(protocol))
		throw new UsageError(`--protocol ${values.protocol}: one of ${protocolVersions.join(", ")} is expected`);
	const codec = coders.find(({ name }) => name === values.codec?.toLowerCase());
	if (values.codec !== undefined && !codec)
		throw new UsageError(`--codec ${values.codec}: one of ${codecNames} is expected`);
	const device = (values.device ?? "SEP001122334455").toUpperCase();
	if (!/^[A-Z]{3}[0-9A-F]{12}$/.test(device))
		throw new UsageError(`--device ${values.device}: SEP and the 12 hexadecimal digits of a MAC address are expected`);
	for (const name of ["play", "record", "bits", "protocol"] as const)
		if (emulator && values[name] !== undefined) throw new UsageError(`--${name} is nothing for an emulated chip`);
	if (emulator && !device.startsWith("SEP"))
		throw new UsageError(`--device ${values.device}: an emulated chip is called SEP and its MAC address`);
	const simulated = values.simulated ?? false;
	if (simulated && (emulator || values.agent !== undefined))
		throw new UsageError(`--simulated: ${emulator ? "an emulated chip" : "another call agent"} has a clock of its own`);
	if (emulator && values.at !== undefined) throw new UsageError("--at is nothing for an emulated chip");
	const bits = Number(values.bits ?? 64);
	if (bits !== 32 && bits !== 64) throw new UsageError(`--bits ${values.bits}: 32 or 64 is expected`);
	return {
		number,
		agent: values.agent,
		dialect,
		protocol,
		codec,
		device,
		play: values.play,
		record: values.record,
		seconds,
		timeout,
		script: values.script,
		json: values.json ?? false,
		bits,
		emulator,
		simulated,
		moment: values.at === undefined ? undefined : momentOf(values.at),
		scenes: values.scenes,
		verbose: values.verbose ?? false,
	};
}

function momentOf(text: string): Moment {
	try {
		return new Moment(text);
	} catch (error) {
		throw new UsageError(`--at: ${(error as Error).message}`);
	}
}

/** Splits 'host:port' or 'host' (port 2000). Throws UsageError when it is neither. */
export function splitAgent(agent: string): { host: string; port: number } {
	const match = /^([^:\s]+)(?::(\d{1,5}))?$/.exec(agent);
	const port = Number(match?.[2] ?? 2000);
	if (!match?.[1] || port < 1 || port > 65535) throw new UsageError(`--agent ${agent}: HOST or HOST:PORT is expected`);
	return { host: match[1], port };
}
