/*
 * On the device preloaded modules and the engine's built-ins lie in flash and cannot change. Here the host's engine has them
 * frozen before the phone starts: whatever writes to them would throw as it does on the device.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { type CallAgent, startCallAgent } from "../../tools/call-agent/agent.js";
import { PhoneError, PhoneProcess } from "../../tools/phone/phone.js";
import { projectRoot } from "../../tools/phone/project.js";

/** Milliseconds that nothing here should ever come near to. */
const timeout = 60_000;
const MAP = join(projectRoot, "build", "host.map");

/** Freezes what the preloaded modules export and all that can be reached from there, built-ins included. */
const FREEZE = `
const seen = new Set();
function freeze(value) {
	if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value)) return;
	seen.add(value);
	if (!ArrayBuffer.isView(value)) Object.freeze(value);
	for (const key of Reflect.ownKeys(value)) {
		const { value: held, get, set } = Reflect.getOwnPropertyDescriptor(value, key);
		freeze(held);
		freeze(get);
		freeze(set);
	}
	freeze(Object.getPrototypeOf(value));
}
for (const module of modules) for (const name of Object.keys(module)) freeze(module[name]);
for (const name of ["Object", "Function", "Array", "String", "Number", "Boolean", "Symbol", "Math", "JSON", "Date", "Map", "Set",
	"ArrayBuffer", "DataView", "Uint8Array", "Uint16Array", "Uint32Array", "Error", "RangeError", "TypeError"]) freeze(globalThis[name]);
`;

/** A module map in `folder` whose entry runs `spoil` (if any) after freezing, then the phone. */
function writeFrozenMap(folder: string, spoil: string): string {
	const lines = readFileSync(MAP, "utf8").trimEnd().split("\n");
	const preloaded: string[] = [];
	const map = lines.map((line) => {
		const [kind, specifier, file, ...rest] = line.split("\t");
		if (kind === "preload") preloaded.push(specifier as string);
		return kind === "module" ? [kind, specifier, join(projectRoot, "build", file as string), ...rest].join("\t") : line;
	});
	const modules = {
		"flash/freeze": [
			...preloaded.map((specifier, i) => `import * as m${i} from "${specifier}";`),
			`const modules = [${preloaded.map((_, i) => `m${i}`).join()}];`,
			FREEZE,
		].join("\n"),
		"flash/spoil": spoil,
		"flash/main": 'import "flash/freeze";\nimport "flash/spoil";\nimport "main";\n',
	};
	for (const [specifier, source] of Object.entries(modules)) {
		const file = join(folder, `${specifier.replace("/", "-")}.js`);
		writeFileSync(file, source);
		map.push(["module", specifier, file, `${specifier}.js`].join("\t"));
	}
	const path = join(folder, "host.map");
	writeFileSync(path, `${map.join("\n")}\n`);
	return path;
}

describe("hal: modules in flash", function () {
	this.timeout(4 * timeout);
	let folder: string;
	let agent: CallAgent;
	let phone: PhoneProcess | undefined;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), "linnet-flash-"));
		agent = await startCallAgent({ port: 0 });
	});

	afterEach(async () => {
		await phone?.kill();
		phone = undefined;
		await agent.close();
		rmSync(folder, { recursive: true, force: true });
	});

	/** Freezing itself takes memory, which the limits must leave. */
	async function start(spoil = ""): Promise<PhoneProcess> {
		const map = writeFrozenMap(folder, spoil);
		phone = await PhoneProcess.start({
			agents: [`127.0.0.1:${agent.port}`],
			device: "SEP0011223344FF",
			mic: "silence",
			speaker: "null",
			extra: ["--modules", map, "--main", "flash/main", "--slots", "60000", "--chunks", "4000000"],
		});
		return phone;
	}

	it("carry a call with hold, resume and hanging up", async () => {
		const phone = await start();
		const call = () => phone.screen?.calls.find(({ reference }) => reference !== 0);
		await phone.wait(() => phone.screen?.registration === 3, timeout, "registration");
		phone.hook(true);
		await phone.wait(() => call() !== undefined, timeout, "a call");
		phone.keys("600");
		await phone.wait(() => call()?.state === 5, timeout, "the connection");
		await phone.softkey("Hold");
		await phone.wait(() => call()?.state === 8, timeout, "hold");
		await phone.softkey("Resume");
		await phone.wait(() => call()?.state === 5, timeout, "the connection again");
		phone.key("settings");
		await phone.wait(() => phone.screen?.overlay, timeout, "the settings");
		phone.hook(false);
		await phone.wait(() => call() === undefined, timeout, "the end of the call");
		assert.deepEqual(await phone.quit(), { status: 0, signal: null });
	});

	it("would show who writes to them", async () => {
		let told = "";
		try {
			const phone = await start('import { Limits } from "limits";\nLimits.calls = 99;\n');
			await phone.wait(() => false, timeout, "its end");
		} catch (error) {
			assert.instanceOf(error, PhoneError);
			told = (error as PhoneError).message;
		}
		assert.match(told, /the phone ended with status 1/);
		assert.match(told, /flash\/spoil.*calls.*not writable/);
	});
});
