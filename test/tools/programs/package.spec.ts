/*
 * The package as npm packs and installs it, in an empty folder: whole, of use to programs, and with types.
 */
import { spawn, spawnSync } from "node:child_process";
import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { makeBuild } from "../../../tools/phone/builds.js";
import { projectRoot } from "../../../tools/phone/project.js";
import { removeFolder, temporaryFolder } from "../../../tools/phone/temporary.js";
import * as api from "../../../tools/programs/index.js";

const { pack } = (await import(join(projectRoot, "tools/build/pack.mjs"))) as { pack(root: string): void };
const timeout = 120_000;

interface Outcome {
	status: number | null;
	stdout: string;
	stderr: string;
}

/** Runs a program of Node to its end. */
function run(args: readonly string[], cwd: string, environment: Record<string, string> = {}): Promise<Outcome> {
	const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...environment }, timeout });
	const outcome = { stdout: "", stderr: "" };
	child.stdout.setEncoding("utf8").on("data", (text) => {
		outcome.stdout += text;
	});
	child.stderr.setEncoding("utf8").on("data", (text) => {
		outcome.stderr += text;
	});
	return new Promise((resolve) => child.once("close", (status) => resolve({ status, ...outcome })));
}

function npm(cwd: string, ...args: string[]): string {
	const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8", timeout });
	assert.equal(status, 0, stderr);
	return stdout;
}

/** Compiles a strict program of these files; resolves with what the compiler says. */
async function compile(folder: string, files: readonly string[], options: object): Promise<string> {
	const compilerOptions = {
		...{ strict: true, noEmit: true, module: "nodenext", target: "es2022", lib: ["es2022"], skipLibCheck: false },
		...{ noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, types: [] as string[] },
		...options,
	};
	const project = join(folder, `${files[0]}.json`);
	writeFileSync(project, JSON.stringify({ compilerOptions, files }));
	return (await run([join(projectRoot, "node_modules/typescript/bin/tsc"), "-p", project], folder)).stdout;
}

/** What this tree has compiled, as if it had been compiled there just now: the engine's sources lie elsewhere. */
function takeObjects(installed: string): void {
	const [from, to] = [join(projectRoot, "build/host64"), join(installed, "build/host64")];
	cpSync(from, to, { recursive: true, filter: (file) => !file.endsWith("/linnet") });
	const now = Date.now() / 1000;
	for (const name of readdirSync(to, { recursive: true, encoding: "utf8" })) {
		const file = join(to, name);
		if (name.endsWith(".d") || name === "flags") {
			const text = readFileSync(file, "utf8");
			writeFileSync(file, text.replaceAll("node_modules/@agoric/xsnap/moddable", "build/engine"));
		}
		const made = name.endsWith(".o") ? now : 1;
		utimesSync(file, made, made);
	}
}

describe("The package", function () {
	this.timeout(timeout);
	let folder: string;
	let installed: string;

	before(async () => {
		await makeBuild("64");
		folder = temporaryFolder("package");
		pack(projectRoot);
		const file = npm(projectRoot, "pack", "--ignore-scripts", "--silent", "--pack-destination", folder).trim();
		writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
		npm(folder, "install", "--offline", "--silent", "--no-audit", "--no-fund", file);
		installed = join(folder, "node_modules/linnet");
	});
	after(() => removeFolder(folder));

	it("is whole, needs no other and has nothing of tests", () => {
		assert.deepEqual(
			readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith(".")),
			["linnet"],
		);
		const map = readFileSync(join(installed, "build/engine/host.map"), "utf8");
		const modules = map.split("\n").filter((line) => line.startsWith("module\t"));
		assert.isAbove(modules.length, 200);
		for (const line of modules) assert.isTrue(existsSync(join(installed, "build", line.split("\t")[2] ?? "")), line);
		assert.notMatch(map, /^trust/m, "whoever installs it trusts no load of whoever packed it");
		const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
		assert.deepEqual(
			files.filter((name) => /(^|\/)test\/|\.spec\.|\.pem$|\.map$/.test(name)),
			["build/engine/host.map"],
		);
		assert.isTrue(existsSync(join(installed, "build/engine/LICENSE")));
	});

	it("says what is missing where there is no compiler, and has a call agent all the same", async () => {
		const bare = join(folder, "bare");
		mkdirSync(bare);
		symlinkSync(process.execPath, join(bare, "node"));
		writeFileSync(
			join(folder, "bare.js"),
			`import * as linnet from "linnet";
			const { CallAgent, Phone } = linnet;
			console.log(JSON.stringify(Object.keys(linnet)));
			const agent = await CallAgent.start();
			console.log(agent.port > 0);
			await agent.close();
			await Phone.start({ agent }).catch(({ message }) => console.log(message));`,
		);
		const { stdout, stderr } = await run(["bare.js"], folder, { PATH: bare });
		const [names = "", ...lines] = stdout.split("\n");
		assert.sameMembers(JSON.parse(names) as string[], Object.keys(api), "all that its index has");
		assert.deepEqual(lines, ["true", "gcc and make not found: apt-get install gcc libc6-dev make", ""], stderr);
	});

	it("has the commands that are for programs' authors", async () => {
		const command = join(folder, "node_modules/.bin/linnet");
		const commands = ["call-agent", "call", "farm"];
		const [unknown, ...helps] = await Promise.all([
			run([command], folder),
			...commands.map((name) => run([command, name, "--help"], folder)),
		]);
		for (const [index, name] of commands.entries())
			assert.match(helps[index]?.stdout ?? "", new RegExp(`^(usage: )?npm run (-s )?${name}\\b`), helps[index]?.stderr);
		assert.match(unknown.stderr, /^unknown command "": call, call-agent/);
		assert.equal(unknown.status, 1);
	});

	it("makes the phone's program and runs the examples", async () => {
		takeObjects(installed);
		const simulated = { LINNET_SOUND: "simulated" };
		const example = (name: string) => join(installed, "examples/programs", name);
		// the first one links
		const watch = await run([example("watch.mjs")], folder, simulated);
		assert.equal(watch.status, 0, watch.stderr);
		assert.match(watch.stderr, /linking build\/host64\/linnet/);
		assert.notMatch(watch.stderr, /compiling/, "the package has all that objects were made of");
		const events = watch.stdout
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line) as { event: string; state?: string });
		assert.includeMembers(
			events.map(({ event, state }) => state ?? event),
			["registered", "offHook", "connected", "exit"],
		);
		const [call, answer, acceptance] = await Promise.all([
			run([example("call.mjs")], folder, simulated),
			run([example("answer.mjs"), "--folder", folder], folder, simulated),
			run(["--test", example("acceptance.mjs")], folder, simulated),
		]);
		assert.match(call.stdout, /^1002 heard \d+ packets in g711u, MOS 4\.\d\d$/m, call.stderr);
		assert.match(answer.stdout, /^From .* \(1002\): \d+ s in /m, answer.stderr);
		const message = api.readWav(join(folder, "message-1.wav"));
		assert.isAbove(Math.max(...message.subarray(0, 24_000)), 1000, "the caller is heard");
		assert.match(acceptance.stdout, /^. pass 4$/m, acceptance.stdout);
		assert.match(acceptance.stdout, /^. fail 0$/m);
	});

	it("has types for strict programs, and these for what its page and examples do", async () => {
		const page = readFileSync(join(projectRoot, "docs/programs.md"), "utf8");
		const blocks = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, text]) => text ?? "");
		assert.isAtLeast(blocks.length, 3);
		const files = blocks.map((text, index) => {
			writeFileSync(join(folder, `page-${index}.ts`), text);
			return `page-${index}.ts`;
		});
		writeFileSync(join(folder, "console.d.ts"), "declare const console: { log(...values: unknown[]): void };");
		writeFileSync(
			join(folder, "typed.ts"),
			`import { type Call, CallAgent, Phone, type Screen } from "linnet";
			const phone: Phone = await Phone.start({ agent: ["192.0.2.4", await CallAgent.start({ dialect: "chan_skinny" })] });
			phone.on("call", (call: Call) => console.log(call.title)).on("screen", ({ prompt }: Screen) => console.log(prompt));
			await phone.wait.lamp("line1", "flash", "amber", { timeout: 100 });
			await phone.wait.not.call("held", "Bob");
			const muted: boolean = phone.is.muted();
			const score: number | undefined = (await phone.statistics())[0]?.mos;
			// @ts-expect-error no such lamp
			await phone.wait.lamp("line9", "on");
			// @ts-expect-error no such key
			phone.press("enter");
			// @ts-expect-error a number is needed
			phone.is.calls("two");
			// @ts-expect-error no such option
			await Phone.start({ agents: "192.0.2.4" });
			// @ts-expect-error no such event
			phone.on("calls", () => {});
			// @ts-expect-error a promise is no answer
			const now: boolean = phone.expect.muted();
			export { muted, now, score };`,
		);
		writeFileSync(join(folder, "examples.d.ts"), "");
		const examples = readdirSync(join(installed, "examples/programs")).map((name) =>
			join(installed, "examples/programs", name),
		);
		const said = await Promise.all([
			compile(folder, ["typed.ts", "console.d.ts", ...files], {}),
			compile(folder, ["examples.d.ts", ...examples], {
				...{ allowJs: true, checkJs: true, types: ["node"], typeRoots: [join(projectRoot, "node_modules/@types")] },
				// as JavaScript they say nothing of parameters' types
				...{ noImplicitAny: false, exactOptionalPropertyTypes: false, skipLibCheck: true },
			}),
		]);
		assert.deepEqual(said, ["", ""]);
	});
});
