/* Why the chip starts (hal/esp32s3/start.c): what JavaScript leaves in RTC memory when it gives up, and what the next start makes of it. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { projectRoot } from "../../tools/phone/project.js";

/** ESP-IDF's numbers of reset reasons. */
const Reset = Object.freeze({ powerOn: 1, software: 3, panic: 4, taskWatchdog: 6, brownout: 9 });
/** Octets of RTC memory that the record takes: four words and the text. */
const recordSize = 16 + 120;
/** XS's numbers of what ends a machine. */
const statuses: readonly string[] = [
	"debugger",
	"memory full",
	"stack overflow",
	"fatal check",
	"dead strip",
	"unhandled exception",
	"no more keys",
	"too much computation",
	"unhandled rejection",
	"C stack overflow",
];
const debuggerStatus = 0;
const memoryFull = 1;
const deadStrip = 4;

describe("hal/esp32s3: why the chip starts", function () {
	this.timeout(60_000);
	let folder: string;
	let memory: string;

	before(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-start-"));
		memory = join(folder, "rtc");
		for (const [name, ...defines] of [["release"], ["debug", "-DmxDebug=1"]] as const) {
			const options = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined", ...defines];
			const sources = ["test/hal/start.c", "hal/esp32s3/start.c", "hal/abort/abort_record.c"];
			execFileSync("gcc", [...options, "-Itest/hal/idf", "-Itest/hal/declared", ...sources, "-o", join(folder, name)], {
				cwd: projectRoot,
				stdio: ["ignore", "inherit", "inherit"],
			});
		}
	});

	after(() => rmSync(folder, { recursive: true, force: true }));

	beforeEach(() => writeFileSync(memory, Buffer.alloc(recordSize)));

	/** A life of the chip; the lines that it prints. */
	function live(reset: number, aborts: readonly (string | number)[] = [], build = "release"): string[] {
		const output = execFileSync(join(folder, build), [memory, `${reset}`, ...aborts.map(String)]);
		return output.toString("utf8").trimEnd().split("\n");
	}

	/** Why the chip starts with each of these memories; the second time it is asked, none has anything to tell. */
	function reasons(memories: readonly Buffer[], reset: number): Set<string> {
		writeFileSync(memory, Buffer.concat(memories));
		const lines = live(reset);
		assert.lengthOf(lines, 2 * memories.length);
		return new Set(lines);
	}

	/** Why the chip starts, told the first time. */
	function reason(reset: number = Reset.software): string | undefined {
		return live(reset)[0];
	}

	it("is what the chip says where JavaScript left nothing", () => {
		const told = [Reset.powerOn, Reset.software, Reset.panic, Reset.taskWatchdog, Reset.brownout].map(reason);
		assert.deepEqual(told, ["power on", "restart", "crash", "watchdog", "low voltage"]);
	});

	it("is each status of XS by name, told at once, and once after the restart", () => {
		for (const [status, name] of statuses.entries()) {
			if (status === debuggerStatus) continue;
			const line = `JavaScript: ${name}`;
			assert.deepEqual(live(Reset.powerOn, [status, ""]).slice(2), ["", line, `restart ${status}`]);
			assert.deepEqual(live(Reset.software), [line, "restart"]);
			assert.strictEqual(reason(), "restart");
		}
		live(Reset.powerOn, [99, ""]);
		assert.strictEqual(reason(), "JavaScript: unknown status");
	});

	it("counts as well when the restart itself crashed", () => {
		live(Reset.powerOn, [memoryFull, " at f"]);
		assert.strictEqual(reason(Reset.panic), "JavaScript: memory full at f");
	});

	it("is the first thing that went wrong, not what followed on the way to the restart", () => {
		live(Reset.powerOn, [5, ": first", memoryFull, " later"]);
		assert.strictEqual(reason(), "JavaScript: unhandled exception: first");
	});

	it("is no fault when a debugger restarts the phone, nor in a debug build where xsbug meets what was stripped", () => {
		assert.deepEqual(live(Reset.powerOn, [debuggerStatus, ""]).slice(2), [`restart ${debuggerStatus}`]);
		assert.strictEqual(reason(), "restart");
		assert.deepEqual(live(Reset.powerOn, [deadStrip, ""], "debug").slice(2), [`restart ${deadStrip}`]);
		assert.strictEqual(reason(), "restart");
		// the port is xsbug's, who tells it
		assert.deepEqual(live(Reset.powerOn, [memoryFull, ""], "debug").slice(2), [`restart ${memoryFull}`]);
		assert.strictEqual(reason(), "JavaScript: memory full");
	});

	it("is not made of what RTC memory holds when power comes", () => {
		let seed = 1;
		const random = (): number => {
			seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
			return seed >>> 24;
		};
		const memories = [Buffer.alloc(recordSize), Buffer.alloc(recordSize, 0xff)];
		for (let round = 0; round < 2000; round += 1) {
			const octets = Buffer.from(Array.from({ length: recordSize }, random));
			// the right first word, and a length that could be, are not enough
			if (round % 2 === 1) octets.writeUInt32LE(0x4c6e4162, 0);
			if (round % 4 === 3) octets.writeUInt32LE(random() % 121, 8);
			memories.push(octets);
		}
		assert.deepEqual([...reasons(memories, Reset.powerOn)], ["power on"]);
	});

	it("takes no record in which a single bit is another", () => {
		live(Reset.powerOn, [5, ": TypeError: gone"]);
		const whole = readFileSync(memory);
		assert.lengthOf(whole, recordSize);
		const used = 16 + ": TypeError: gone".length;
		const memories: Buffer[] = [];
		for (let bit = 0; bit < used * 8; bit += 1) {
			const octets = Buffer.from(whole);
			octets[bit >> 3] = (octets[bit >> 3] as number) ^ (1 << (bit & 7));
			memories.push(octets);
		}
		assert.deepEqual([...reasons(memories, Reset.software)], ["restart"]);
		writeFileSync(memory, whole);
		assert.strictEqual(reason(), "JavaScript: unhandled exception: TypeError: gone");
	});

	it("cuts long words between characters and keeps them to a line", () => {
		const cases: [string, string][] = [
			["x".repeat(500), "x".repeat(120)],
			[`${"x".repeat(119)}ä`, "x".repeat(119)],
			[`${"x".repeat(118)}ä!`, `${"x".repeat(118)}ä`],
			[`${"x".repeat(118)}€`, "x".repeat(118)],
			[`${"x".repeat(117)}😀`, "x".repeat(117)],
			[`${"x".repeat(116)}😀`, `${"x".repeat(116)}😀`],
			["two\nlines\tand\x7f", "two lines and "],
		];
		for (const [words, kept] of cases) {
			live(Reset.powerOn, [5, words]);
			assert.strictEqual(live(Reset.software)[0], `JavaScript: unhandled exception${kept}`);
		}
	});

	it("is caught by the linker: each function that a file wraps is named to it by a component", () => {
		const components = join(projectRoot, "hal/esp32s3/components");
		const named = readdirSync(components)
			.map((name) => readFileSync(join(components, name, "CMakeLists.txt"), "utf8"))
			.flatMap((text) => [...text.matchAll(/"-Wl,--wrap=(\w+)"/g)].map(([, name]) => name));
		const sources = join(projectRoot, "hal/esp32s3");
		const wrapped = readdirSync(sources)
			.filter((name) => name.endsWith(".c"))
			.map((name) => readFileSync(join(sources, name), "utf8"))
			.flatMap((text) => [...text.matchAll(/^\w[\w ]*\*?__wrap_(\w+)\(/gm)].map(([, name]) => name));
		assert.include(wrapped, "fxAbort");
		assert.sameMembers([...new Set(wrapped)], named);
	});
});
