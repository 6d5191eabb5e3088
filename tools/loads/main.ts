/*
 * `npm run load`: makes signed loads of what has been built, to be put where the TFTP server has its files.
 */
import { createPublicKey } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { boardNames } from "../device/examine.js";
import { projectRoot } from "../phone/project.js";
import { boardLoad } from "./board.js";
import { demandTrust, makeLoad, pcBoard } from "./pc.js";
import { counterOf, keyFile, ownVersion, publicKey, signingKey } from "./signed.js";

const boards = [pcBoard, ...boardNames()];
const usage = `npm run -s load -- BOARD [FOLDER] [options]
npm run -s load -- NAME FOLDER             the same for the PC's body, under the name NAME
npm run -s load -- --public-key            shows the public key that signs, as PEM

Writes a load, signed with your key, into FOLDER (build/loads when not given; made where it is missing), which is to be where the TFTP
server has its files, and prints its path. BOARD is one of
${boards.join(", ")}.
A board's is linnet-VERSION-BOARD.bin, of the firmware that device:build made last; the PC's linnet-VERSION.load. loadInformation of a
configuration file names either as linnet-VERSION. VERSION is package.json's. docs/LOADS.md tells how loads reach phones.

  --counter N       phones refuse a load whose counter is lower than that of one that they have run: made of the version when not given
                    (0.1.0: ${counterOf("0.1.0")}). An older version goes back onto phones by a counter that is not lower
  --key FILE        sign with this private key (PEM, ECDSA on P-256); LINNET_LOAD_KEY=FILE names one for builds as well. Yours is
                    ${keyFile({ ...process.env, LINNET_LOAD_KEY: undefined })}
                    and is made on first use
`;

/** A wrong command line. */
class UsageError extends Error {}

interface Words {
	readonly board: string;
	readonly folder: string;
	/** Of the load; undefined for package.json's. */
	readonly name: string | undefined;
	readonly counter: number | undefined;
	readonly key: string;
	readonly shows: boolean;
}

function readWords(args: readonly string[]): Words {
	const options = {
		counter: { type: "string" },
		key: { type: "string" },
		"public-key": { type: "boolean" },
	} as const;
	let parsed: ReturnType<typeof parseArgs<{ args: string[]; allowPositionals: true; options: typeof options }>>;
	try {
		parsed = parseArgs({ args: [...args], allowPositionals: true, options });
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
	const { values, positionals } = parsed;
	const [first = "", folder, ...more] = positionals;
	const counter = values.counter === undefined ? undefined : Number(values.counter);
	if (counter !== undefined && (!/^\d+$/.test(values.counter ?? "") || counter > 0xffffffff))
		throw new UsageError(`--counter ${values.counter}: a number from 0 to ${0xffffffff} is expected`);
	const key = values.key ?? keyFile();
	const whole = { counter, key, shows: values["public-key"] === true };
	if (whole.shows) return { ...whole, board: "", folder: "", name: undefined };
	const named = /^linnet-[\w.-]+$/.test(first);
	if (!named && !boards.includes(first)) throw new UsageError(`a board is expected: ${boards.join(", ")}`);
	if (more.length > 0) throw new UsageError(`${more[0]} is not understood`);
	if (named && folder === undefined) throw new UsageError(`${first}: a folder is expected behind the name`);
	const where = folder ?? join(projectRoot, "build/loads");
	return named
		? { ...whole, board: pcBoard, folder: where, name: first }
		: { ...whole, board: first, folder: where, name: undefined };
}

/** The counter of a name that has a version in it, undefined for others. */
function counterOfName(name: string): number | undefined {
	try {
		return counterOf(name.slice("linnet-".length));
	} catch {
		return undefined;
	}
}

function run({ board, folder, name, counter, key: file, shows }: Words): void {
	const key = signingKey((line) => process.stderr.write(`${line}\n`), file);
	if (shows) {
		process.stdout.write(createPublicKey(key).export({ type: "spki", format: "pem" }));
		return;
	}
	const own = ownVersion();
	const terms = {
		name: name ?? own.name,
		board,
		counter: counter ?? (name === undefined ? undefined : counterOfName(name)) ?? own.counter,
	};
	if (board === pcBoard) demandTrust(key, file);
	const load = board === pcBoard ? makeLoad(terms.name, { ...terms, key }) : boardLoad(terms, own.version, key, file);
	const path = join(folder, board === pcBoard ? `${terms.name}.load` : `${terms.name}-${board}.bin`);
	mkdirSync(folder, { recursive: true });
	writeFileSync(path, load);
	const shown = relative(projectRoot, path);
	process.stdout.write(`${shown.startsWith("..") ? path : shown}\n`);
	process.stderr.write(
		`load ${terms.name} for ${board}: ${load.length} octets, counter ${terms.counter}, key ${publicKey(key).slice(5, 13)}\n`,
	);
}

const words = process.argv.slice(2);
if (words.includes("--help")) process.stdout.write(usage);
else {
	try {
		run(readWords(words));
	} catch (error) {
		const wrong = error instanceof UsageError;
		process.stderr.write(`load: ${(error as Error).message}\n`);
		process.exitCode = wrong ? 2 : 1;
	}
}
