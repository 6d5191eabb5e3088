/*
 * `npm run device:doctor|build|flash|monitor|page|emulate`: from the sources to a phone on the desk, over the Moddable SDK and ESP-IDF,
 * or to one on an emulated chip.
 * What is missing on this computer is said before anything runs.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { UsageError } from "../call/options.js";
import { trustedKeys } from "../loads/signed.js";
import { projectRoot } from "../phone/project.js";
import { emulatorBoard, examineEmulation } from "./chip.js";
import { agentAddress, emulate, scriptSteps } from "./emulate.js";
import { boardNames, type Environment, examineAll, examineBuild, type Finding, serialPorts } from "./examine.js";
import { ImageError, idfProject, outputFolder, readImage } from "./image.js";
import { servePage, writePage } from "./page.js";
import { examineQemu } from "./qemu.js";
import { type Build, makeImage, mcconfig, monitor } from "./sdk.js";

const usage = `npm run device:doctor [-- --json]            is everything here to build and flash?
npm run device:build -- BOARD [NAME=VALUE ...]  makes the firmware
npm run device:flash -- BOARD                  writes it into the board
npm run device:monitor -- BOARD                shows what the board prints, until Ctrl-]
npm run device:page -- BOARD [--port N]        a page that flashes it from a browser; --folder FOLDER writes it there and ends
npm run device:emulate -- [NAME=VALUE ...]     makes the firmware of the board 'emulator' and runs it in Espressif's QEMU

BOARD is one of ${boardNames().join(", ")}. NAME=VALUE gives the firmware defaults: ssid, password,
callAgent (HOST[:PORT],...), tftp (likewise), deviceName, protocolVersion. UPLOAD_PORT names the serial port where there are several.

  --no-echo-canceller  leave SpeexDSP out of the firmware, which a board with a loudspeaker has: speaker and microphone then take turns
  --debug           the build for the debugger xsbug

device:emulate shows the phone's log and display, and takes typed lines: the steps of 'npm run -s call -- --script FILE', quit ends.
A call agent runs beside it (dial 600 for an echo). What the phone stores is kept in build/device/emulator/flash.bin.

  --script FILE     play these steps instead; the status tells whether all came true
  --agent HOST[:PORT]  register with this call agent instead (as root: sudo -E env "PATH=$PATH" "HOME=$HOME" npm run ..., best with
                    --as-built). The phone is 10.77.0.50 or so on a tap device of this computer, 10.77.0.1: a call agent on
                    another computer needs a route to it, and forwarding here
  --device SEP...   name of the phone, with the chip's MAC address
  --erase           a new flash, nothing stored
  --as-built        what was built last, without building
`;
const commands = ["doctor", "build", "flash", "monitor", "page", "emulate"];
const emulatedDevice = "SEP001122334455";
const defaultPort = 8481;

/** Ends the command with a line and status 2 (a wrong word) or 1. */
class Refusal extends Error {
	constructor(
		message: string,
		readonly status: number,
	) {
		super(message);
	}
}

interface Words extends Omit<Build, "keys"> {
	readonly command: string;
	readonly json: boolean;
	readonly port: number;
	/** Where the page that flashes is to lie; undefined where it is served. */
	readonly folder: string | undefined;
	readonly script: string | undefined;
	readonly agent: string | undefined;
	readonly device: string;
	readonly erase: boolean;
	readonly asBuilt: boolean;
}

function readWords([command = "", ...rest]: readonly string[]): Words {
	if (!commands.includes(command)) throw new Refusal(`${command} is none of ${commands.join(", ")}`, 2);
	const settings: string[] = [];
	let board = "";
	let debug = false;
	let cancels = true;
	let json = false;
	let port = defaultPort;
	let folder: string | undefined;
	let script: string | undefined;
	let agent: string | undefined;
	let device = emulatedDevice;
	let erase = false;
	let asBuilt = false;
	const emulates = command === "emulate";
	for (let index = 0; index < rest.length; index++) {
		const word = rest[index] ?? "";
		if (word === "--debug") debug = true;
		else if (word === "--no-echo-canceller" && !emulates) cancels = false;
		else if (word === "--json" && command === "doctor") json = true;
		else if (word === "--port" && command === "page") port = readPort(rest[++index] ?? "");
		else if (word === "--folder" && command === "page") folder = readValue(word, rest[++index], "a folder");
		else if (word === "--script" && emulates) script = readValue(word, rest[++index], "a file");
		else if (word === "--agent" && emulates) agent = readValue(word, rest[++index], "HOST or HOST:PORT");
		else if (word === "--device" && emulates) device = readDevice(rest[++index]);
		else if (word === "--erase" && emulates) erase = true;
		else if (word === "--as-built" && emulates) asBuilt = true;
		else if (/^[A-Za-z]+=/.test(word)) settings.push(word);
		else if (board === "" && !word.startsWith("-") && !emulates) board = word;
		else throw new Refusal(`${word} is not understood`, 2);
	}
	if (asBuilt && settings[0] !== undefined) throw new Refusal(`--as-built: ${settings[0]} is for a build`, 2);
	const stray = board === "" ? settings[0] : board;
	if (command === "doctor" && stray !== undefined)
		throw new Refusal(`${stray}: doctor looks at this computer, not at a board`, 2);
	if (emulates) board = emulatorBoard;
	const boards = boardNames();
	if (command !== "doctor" && !boards.includes(board))
		throw new Refusal(`${board === "" ? "name a board" : `there is no board ${board}`}: ${boards.join(", ")}`, 2);
	// the emulated chip has no sound
	const echoCanceller = cancels && board !== emulatorBoard;
	const build = { command, board, debug, echoCanceller, settings, json, port, folder };
	return { ...build, script, agent, device, erase, asBuilt };
}

function readValue(option: string, value: string | undefined, expected: string): string {
	if (value === undefined || value === "" || value.startsWith("-"))
		throw new Refusal(`${option}: ${expected} is expected`, 2);
	return value;
}

function readDevice(text = ""): string {
	const device = text.toUpperCase();
	if (!/^SEP[0-9A-F]{12}$/.test(device))
		throw new Refusal(`--device ${text}: SEP and the 12 hexadecimal digits of a MAC address are expected`, 2);
	return device;
}

function readPort(text: string): number {
	const port = Number(text);
	if (text === "" || !Number.isInteger(port) || port < 0 || port > 65535)
		throw new Refusal(`--port ${text}: a number from 0 to 65535 is expected`, 2);
	return port;
}

function show(findings: readonly Finding[]): void {
	for (const { name, found, optional, text } of findings)
		process.stdout.write(`${found ? "ok     " : optional ? "without" : "missing"}  ${name}: ${text}\n`);
}

/** Goes on only when nothing is missing. */
function demand(findings: readonly Finding[]): void {
	const missing = findings.filter(({ found }) => !found);
	if (missing.length === 0) return;
	const lines = missing.map(({ name, text }) => `${name}: ${text}`);
	throw new Refusal(`this is missing:\n  ${lines.join("\n  ")}`, 1);
}

function version(): string {
	return (JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { version: string }).version;
}

/** What is to be built, with the builder's key, made when there is none yet: without one the firmware would take no load. */
function trusting(words: Words): Build {
	try {
		return { ...words, keys: trustedKeys((line) => process.stderr.write(`${line}\n`)) };
	} catch (error) {
		throw new Refusal((error as Error).message, 1);
	}
}

async function page(words: Words): Promise<number> {
	const folder = words.folder ?? join(outputFolder(words.board), "page");
	// a page is written anew: nobody's files go for it
	if (words.folder !== undefined && existsSync(folder) && readdirSync(folder).length > 0)
		throw new Refusal(`--folder ${folder}: a new or empty folder is expected`, 2);
	writePage(folder, words.board, version(), readImage(idfProject(words.board, words.debug)));
	if (words.folder !== undefined) {
		process.stdout.write(`${folder}\n`);
		return 0;
	}
	const { url, server } = await servePage(folder, words.port);
	process.stdout.write(
		`Flash ${words.board} at ${url}  (Ctrl-C ends it; the page is ${relative(projectRoot, folder)})\n`,
	);
	await new Promise<void>((done) => {
		for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => done());
	});
	server.close();
	server.closeAllConnections();
	return 0;
}

/** Builds what is to run, and runs it. */
async function emulated(words: Words, environment: Environment): Promise<number> {
	const { asBuilt, script } = words;
	try {
		// A wrong word is told before minutes of building.
		const steps = script === undefined ? undefined : scriptSteps(script);
		const agent = words.agent === undefined ? undefined : await agentAddress(words.agent);
		demand([...(asBuilt ? [] : examineBuild(environment)), ...examineEmulation(environment, agent === undefined)]);
		if (!asBuilt) {
			const status = await makeImage(trusting(words), environment);
			if (status !== 0) return status;
		}
		return await emulate({ ...words, steps, agent, program: examineQemu(environment).path ?? "" });
	} catch (error) {
		if (error instanceof ImageError || error instanceof Refusal) throw error;
		// What went wrong with the phone is said as the other commands say it, without the way through this program.
		throw new Refusal((error as Error).message, error instanceof UsageError ? 2 : 1);
	}
}

async function run(words: Words): Promise<number> {
	const environment = process.env;
	switch (words.command) {
		case "doctor": {
			const emulation = examineEmulation(environment).map((finding) => ({ ...finding, optional: true }));
			const findings: Finding[] = [...examineAll(environment), ...emulation];
			if (words.json) process.stdout.write(`${JSON.stringify({ findings, boards: boardNames() })}\n`);
			else show(findings);
			return findings.every(({ found, optional }) => found || optional) ? 0 : 1;
		}
		case "emulate":
			return emulated(words, environment);
		case "build":
			demand(examineBuild(environment));
			return makeImage(trusting(words), environment);
		case "flash":
			demand(examineAll(environment));
			readImage(idfProject(words.board, words.debug));
			return mcconfig(trusting(words), "deploy", { ...environment, UPLOAD_PORT: serialPorts(environment)[0] });
		case "monitor":
			demand(examineAll(environment));
			readImage(idfProject(words.board, words.debug));
			return monitor(words, serialPorts(environment)[0] ?? "", environment);
		default:
			return page(words);
	}
}

const words = process.argv.slice(2);
if (words.includes("--help")) process.stdout.write(usage);
else {
	try {
		process.exitCode = await run(readWords(words));
	} catch (error) {
		if (!(error instanceof Refusal || error instanceof ImageError)) throw error;
		process.stderr.write(`device: ${error.message}\n`);
		process.exitCode = error instanceof Refusal ? error.status : 1;
	}
}
