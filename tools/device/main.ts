/*
 * `npm run device:doctor|build|flash|monitor|page`: from the sources to a phone on the desk, over the Moddable SDK and ESP-IDF.
 * What is missing on this computer is said before anything runs.
 */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { projectRoot } from "../phone/project.js";
import { boardNames, examineAll, examineBuild, type Finding, serialPorts } from "./examine.js";
import { ImageError, idfProject, outputFolder, readImage } from "./image.js";
import { servePage, writePage } from "./page.js";
import { type Build, mcconfig, monitor } from "./sdk.js";

const usage = `npm run device:doctor [-- --json]            is everything here to build and flash?
npm run device:build -- BOARD [NAME=VALUE ...]  makes the firmware
npm run device:flash -- BOARD                  writes it into the board
npm run device:monitor -- BOARD                shows what the board prints, until Ctrl-]
npm run device:page -- BOARD [--port N]        a page that flashes it from a browser

BOARD is one of ${boardNames().join(", ")}. NAME=VALUE gives the firmware defaults: ssid, password,
callAgent (HOST[:PORT],...), tftp (likewise), deviceName, protocolVersion. UPLOAD_PORT names the serial port where there are several.

  --echo-canceller  put SpeexDSP into the firmware, for the loudspeaker
  --debug           the build for the debugger xsbug
`;
const commands = ["doctor", "build", "flash", "monitor", "page"];
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

interface Words extends Build {
	readonly command: string;
	readonly json: boolean;
	readonly port: number;
}

function readWords([command = "", ...rest]: readonly string[]): Words {
	if (!commands.includes(command)) throw new Refusal(`${command} is none of ${commands.join(", ")}`, 2);
	const settings: string[] = [];
	let board = "";
	let debug = false;
	let echoCanceller = false;
	let json = false;
	let port = defaultPort;
	for (let index = 0; index < rest.length; index++) {
		const word = rest[index] ?? "";
		if (word === "--debug") debug = true;
		else if (word === "--echo-canceller") echoCanceller = true;
		else if (word === "--json" && command === "doctor") json = true;
		else if (word === "--port" && command === "page") port = readPort(rest[++index] ?? "");
		else if (/^[A-Za-z]+=/.test(word)) settings.push(word);
		else if (board === "" && !word.startsWith("-")) board = word;
		else throw new Refusal(`${word} is not understood`, 2);
	}
	const boards = boardNames();
	if (command !== "doctor" && !boards.includes(board))
		throw new Refusal(`${board === "" ? "name a board" : `there is no board ${board}`}: ${boards.join(", ")}`, 2);
	return { command, board, debug, echoCanceller, settings, json, port };
}

function readPort(text: string): number {
	const port = Number(text);
	if (text === "" || !Number.isInteger(port) || port < 0 || port > 65535)
		throw new Refusal(`--port ${text}: a number from 0 to 65535 is expected`, 2);
	return port;
}

function show(findings: readonly Finding[]): void {
	for (const { name, found, text } of findings)
		process.stdout.write(`${found ? "ok     " : "missing"}  ${name}: ${text}\n`);
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

async function page(words: Words): Promise<number> {
	const folder = join(outputFolder(words.board), "page");
	writePage(folder, words.board, version(), readImage(idfProject(words.board, words.debug)));
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

async function run(words: Words): Promise<number> {
	const environment = process.env;
	switch (words.command) {
		case "doctor": {
			const findings = examineAll(environment);
			if (words.json) process.stdout.write(`${JSON.stringify({ findings, boards: boardNames() })}\n`);
			else show(findings);
			return findings.every(({ found }) => found) ? 0 : 1;
		}
		case "build":
			demand(examineBuild(environment));
			return mcconfig(words, "build", environment);
		case "flash":
			demand(examineAll(environment));
			readImage(idfProject(words.board, words.debug));
			return mcconfig(words, "deploy", { ...environment, UPLOAD_PORT: serialPorts(environment)[0] });
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
