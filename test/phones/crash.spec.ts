/*
 * A phone whose JavaScript gives up says so after its restart: in its log, to its call agent, on its status page; then no more.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { load } from "../../hal/load.js";
import { type PhoneOptions, PhoneProcess } from "../../tools/phone/phone.js";
import { projectRoot } from "../../tools/phone/project.js";
import { House, registered, timeout } from "./support/house.js";
import { Meddler } from "./support/meddler.js";

const alarmId = 0x20;

describe("A phone that crashes", function () {
	this.timeout(4 * timeout);
	const house = new House();
	let folder: string;
	let storage: string;
	const alarms: string[] = [];

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-crash-"));
		storage = join(folder, "storage");
		alarms.length = 0;
	});

	afterEach(async () => {
		await house.close();
		rmSync(folder, { recursive: true, force: true });
	});

	/** A call agent whose phones' alarms are noted; its address. */
	async function listen(): Promise<string> {
		const agent = await house.agent();
		const meddler = await Meddler.start(agent.port);
		house.onClose(() => meddler.close());
		meddler.usual = {
			fromPhone: (message, id) => {
				if (id === alarmId) alarms.push(message.toString("latin1", 16, 96).replace(/\0+$/, ""));
				return message;
			},
		};
		return meddler.address;
	}

	/** Options that have a phone's program run `source` besides, when the phone presses a key. */
	function crashing(source: string): PhoneOptions {
		const file = join(folder, "crash.js");
		const map = join(folder, "host.map");
		const pressed = `
			import { hardware } from "hal/body";
			const { keypad } = hardware;
			const start = keypad.start;
			keypad.start = function (listener) {
				start.call(this, { key: () => crash(), hook: () => listener.hook() });
			};
			${source}`;
		writeFileSync(file, pressed);
		writeFileSync(join(folder, "main.js"), 'import "crash/key";\nimport "main";\n');
		const known = readFileSync(join(projectRoot, "build", "host.map"), "utf8")
			.trimEnd()
			.split("\n")
			.map((line) => {
				const [kind, specifier, path, ...rest] = line.split("\t");
				if (kind !== "module") return line;
				return [kind, specifier, join(projectRoot, "build", path as string), ...rest].join("\t");
			});
		const added = [
			["module", "crash/key", file, "crash/key.js"],
			["module", "crash/main", join(folder, "main.js"), "crash/main.js"],
		];
		writeFileSync(map, `${[...known, ...added.map((words) => words.join("\t"))].join("\n")}\n`);
		return { extra: ["--modules", map, "--main", "crash/main"] };
	}

	/** Starts the phone of this test again, or for the first time. */
	async function start(agent: string, options: PhoneOptions = {}): Promise<PhoneProcess> {
		const phone = await PhoneProcess.start({
			agents: [agent],
			device: "SEP0011223344AA",
			mic: "silence",
			speaker: "null",
			storage,
			startTimeout: timeout,
			...options,
		});
		house.onClose(() => phone.kill());
		await registered(phone);
		return phone;
	}

	/** What the status page says of the start. */
	async function statusLine(phone: PhoneProcess): Promise<string> {
		const lines = (): readonly string[] => phone.screen?.overlay?.lines ?? [];
		phone.key("settings");
		await phone.wait(() => lines().some((line) => line.includes("Status")), timeout, "the settings");
		phone.keys(`${lines().findIndex((line) => line.includes("Status")) + 1}`);
		await phone.wait(() => lines().some((line) => line.includes("Load ")), timeout, "the status page");
		return lines().find((line) => line.includes("Start ")) ?? "";
	}

	function started(phone: PhoneProcess): string[] {
		return phone.logLines.filter((line) => line.includes(" starts: "));
	}

	async function crashesOnce(source: string, status: number, reason: string, alarm: string): Promise<void> {
		const agent = await listen();
		const first = await start(agent, crashing(source));
		first.key("settings");
		await first.wait(() => first.exit !== undefined, timeout, "its end").catch(() => undefined);
		assert.strictEqual(first.exit?.status, status, first.logLines.join("\n"));
		const second = await start(agent);
		const third = async (): Promise<PhoneProcess> => {
			await second.quit();
			return start(agent);
		};
		assert.match(started(second)[0] ?? "", new RegExp(`${load.replaceAll(".", "\\.")} starts: ${reason}`));
		assert.match(await statusLine(second), new RegExp(`Start ${reason}`));
		assert.match(started(await third())[0] ?? "", /starts: start$/);
		const usual = `25: Name=SEP0011223344AA Load=${load} Last=Initialized, start`;
		assert.lengthOf(alarms, 3);
		assert.deepEqual([alarms[0], alarms[2]], [usual, usual]);
		const told = `25: Name=SEP0011223344AA Load=${load} Last=${alarm}`;
		assert.strictEqual(alarms[1]?.slice(0, told.length), told);
	}

	it("for want of memory says so", () =>
		crashesOnce(
			"const kept = []; function crash() { for (;;) kept.push({}); }",
			3,
			"JavaScript: memory full at (\\w+ < )*crash < press",
			"JavaScript: memory full",
		));

	it("by an exception in a handler says which", () =>
		crashesOnce(
			"function crash() { throw new TypeError('no such line'); }",
			1,
			"JavaScript: unhandled exception: TypeError: no such line at crash < press",
			"JavaScript: unhandled exception",
		));
});
