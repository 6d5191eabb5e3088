/*
 * The commands of tools/run.mjs: bring the tree up to date (dependencies, TypeScript, host program), then run. Built-in
 * modules only, because nothing may be installed yet. All that the building says goes to stderr.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "./failure.mjs";
import { meant } from "./npm-words.mjs";
import { bringUpToDate, isTree } from "./ready.mjs";
import * as steps from "./steps.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const resolver = join(root, "tools/build/resolver.mjs");
const leash = join(root, "tools/build/leash.mjs");
const starter = ancestors();
/** Programs that need no phone on this machine, and so no C compiler. */
const withoutHost = ["check", "hardware", "zones", "docs", "device", "sccp", "release"];
/** Milliseconds between looks at whether npm is still there: nothing else tells of its end. */
const lookEvery = 500;
const programs = {
	start: "build/js/tools/panel/main.js",
	call: "build/js/tools/call/main.js",
	"call-agent": "build/js/tools/call-agent/main.js",
	farm: "build/js/tools/farm/main.js",
	bench: "build/js/tools/bench/main.js",
	boot: "build/js/tools/boot/main.js",
	load: "build/js/tools/loads/main.js",
	screenshot: "build/js/tools/panel/screenshot.js",
	display: "build/js/tools/display/main.js",
	"display-fonts": "build/js/tools/display/fonts.js",
	check: "build/js/tools/check/main.js",
	hardware: "build/js/tools/hardware/main.js",
	zones: "build/js/tools/zones/main.js",
	docs: "build/js/tools/docs/main.js",
	sccp: "build/js/tools/sccp/main.js",
	release: "build/js/tools/release/main.js",
	device: "build/js/tools/device/main.js",
};

/** Commands that are no program of their own, and what --help says of them. */
const built = {
	test: `npm test [-- FILE... [WORDS]]

Alone: all checks (npm run check), all builds, all tests. With files or folders (test/modules/ui/ui.spec.ts, build/js/test/modules/ui/ui.spec.js,
test/sccp) or --grep TEXT only these tests, without the checks; a build that one of them needs is made when it asks for it.
Further words go to mocha.
`,
	build: `npm run build

Brings the tree up to date: dependencies, TypeScript, the host program of 64 bit. Other builds are made by what needs them.
`,
	prepack: `npm run prepack

What npm pack runs before it packs: dependencies, TypeScript, and in build/engine what the package holds beside files of the tree.
`,
	format: `npm run format

Formats the tree: TypeScript and JSON with Biome, C with clang-format where that is installed.
`,
};

/**
 * Process ids of those whose end ends a command of npm: the shell of the script, where there is one, and npm itself. They read
 * differently when one of them is gone.
 */
function ancestors() {
	let above = "";
	try {
		const parent = readFileSync(`/proc/${process.ppid}/stat`, "latin1");
		above = /\(\w*sh\) \S (\d+)/.exec(parent)?.[1] ?? "";
	} catch {}
	return `${process.ppid} ${above}`;
}

/**
 * Runs a JavaScript program that may import the phone's modules; its status, 1 when a signal ended it. Signals are the
 * program's to obey: this process waits for it. A killed npm tells nobody: the program is told
 * to end then, and ends as well when this process is killed (leash.mjs).
 */
function node(program, args) {
	// what the package has is without the phone's modules
	const hooks = [...(isTree(root) ? ["--import", resolver] : []), "--import", leash];
	const child = spawn(process.execPath, [...hooks, join(root, program), ...args], {
		stdio: ["inherit", "inherit", "inherit", "ipc"],
	});
	const watch = setInterval(() => {
		if (process.env.npm_lifecycle_event !== undefined && ancestors() !== starter) pass("SIGTERM");
	}, lookEvery);
	watch.unref();
	const leave = () => clearInterval(watch);
	const pass = (signal) => {
		leave();
		child.kill(signal);
	};
	// A terminal sends this one to the program as well.
	process.on("SIGINT", leave);
	process.on("SIGTERM", pass);
	process.on("SIGHUP", pass);
	return new Promise((done, failed) => {
		child.on("error", failed);
		child.on("close", (status) => done(status ?? 1));
	});
}

/** Those of the programs that the package has. */
function packaged() {
	return Object.fromEntries(Object.entries(programs).filter(([, program]) => existsSync(join(root, program))));
}

/** The program's words, with the options that npm has taken for its own. */
function wordsOf(command, args) {
	if (process.env.npm_lifecycle_event === undefined) return args;
	const folder = dirname(join(root, programs[command]));
	const texts = ["main.js", "options.js"].map((name) => join(folder, name)).filter((file) => existsSync(file));
	const text = texts.map((file) => readFileSync(file, "utf8")).join("\n");
	const words = meant(args, process.env, (option) => new RegExp(`--${option}(?![a-z-])`).test(text));
	if (typeof words !== "string") return words;
	throw new Failure(
		`npm has taken ${words} for its own: -- is expected before options, as in npm ${scriptOf(command)} -- --help`,
	);
}

/** How npm is asked for a command. */
function scriptOf(command) {
	return command === "start" ? command : `run ${command}`;
}

/**
 * @param {string[]} words the command and its arguments
 * @returns {Promise<number>} the status to end with; what goes wrong on the way is said in one line
 */
export async function run([command = "", ...args]) {
	try {
		const commands = isTree(root) ? { ...programs, ...built } : packaged();
		if (!Object.hasOwn(commands, command)) {
			throw new Failure(`unknown command ${JSON.stringify(command)}: ${Object.keys(commands).join(", ")}`);
		}
		const help = args.includes("--help");
		if (Object.hasOwn(built, command)) {
			if (help) {
				process.stdout.write(built[command]);
				return 0;
			}
			if (command === "format") {
				steps.install(root);
				return (await import("./format.mjs")).format(root);
			}
			if (command === "prepack") {
				await bringUpToDate(root, false);
				(await import("./pack.mjs")).pack(root);
				return 0;
			}
			await bringUpToDate(root);
			return command === "build" ? 0 : await (await import("./test.mjs")).test(root, resolver, args);
		}
		await bringUpToDate(root, !help && !withoutHost.includes(command));
		const program = programs[command];
		if (!existsSync(join(root, program))) throw new Failure(`${program} is not there: this tree has no ${command}`);
		return await node(program, help ? ["--help"] : wordsOf(command, args));
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		process.stderr.write(`${error.message}\n`);
		return 1;
	}
}
