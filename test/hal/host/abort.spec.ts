/*
 * What a JavaScript machine that gives up leaves for the next start, by real ends of the engine: the reading of its words
 * (hal/abort) is the device's, too.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { HostFolder, type Limits, prelude, type Variant } from "../../support/host.js";
import { needsBuild } from "../../support/optional.js";

const body = `${prelude}
import { hardware } from "hal/body";
print(hardware.update.resetReason);
`;

describe("the end of a JavaScript machine", function () {
	this.timeout(60_000);
	let storage: string;

	beforeEach(() => {
		storage = mkdtempSync(join(tmpdir(), "linnet-abort-"));
	});

	afterEach(() => rmSync(storage, { recursive: true, force: true }));

	/** Runs a phone's body and then `source`. @returns why it started; `status` of its end is checked. */
	function live(source: string, status: number, limits: Limits = {}, variant: Variant = "64"): string {
		const folder = new HostFolder({ main: `${body}${source}` }, { slots: 20000, chunks: 200000, ...limits });
		try {
			const outcome = folder.run(["--storage", storage, "--agent", "127.0.0.1:1"], variant);
			assert.strictEqual(outcome.status, status, outcome.stderr);
			return outcome.stdout.split("\n")[0] ?? "";
		} finally {
			folder.remove();
		}
	}

	/** Why the phone starts after one that has run `source`. */
	function startAfter(source: string, status: number, limits: Limits = {}, variant: Variant = "64"): string {
		live(source, status, limits, variant);
		return live("exit(0);", 0, {}, variant);
	}

	const fillSlots = "function keep(list) { for (;;) list.push({}); } function fill() { keep([]); } fill();";
	const fillChunks = "function grow(size) { return new Uint8Array(size); } grow(10000000);";

	it("is told once by the next start, and not by an orderly end", () => {
		assert.strictEqual(live("exit(0);", 0), "start");
		assert.strictEqual(startAfter(fillChunks, 3), "JavaScript: memory full at ArrayBuffer < Uint8Array < grow");
		assert.strictEqual(live("exit(5);", 5), "start");
		assert.strictEqual(live("exit(0);", 0), "start");
	});

	it("is told by the functions that ran where there is no exception", () => {
		assert.match(startAfter(fillSlots, 3), /^JavaScript: memory full at (\w+ < )?keep < fill/);
		assert.strictEqual(
			startAfter("function down(n) { return 1 + down(n + 1); } down(0);", 3),
			"JavaScript: stack overflow at down < down < down < down",
		);
		assert.match(
			startAfter("function names(o) { for (let i = 0; ; i += 1) o['key' + i] = i; } names({});", 3, { keys: 16 }),
			/^JavaScript: no more keys at names/,
		);
	});

	it("is told by an exception's text and where it was made", () => {
		const cases: [string, string | RegExp][] = [
			["function f(a) { return a.b.c; } function g() { f({}); } g();", /TypeError: .+ at f < g$/],
			["const f = () => { throw new RangeError('too far'); }; f();", "RangeError: too far at f"],
			[
				"class Lost extends Error { } Lost.prototype.name = 'Lost'; function f() { throw new Lost('in space'); } f();",
				/^Lost: in space at .*f$/,
			],
			["function f() { throw new Error(); } f();", "Error at f"],
			["throw 'a plain text';", "a plain text"],
			["throw undefined;", ""],
			["throw { message: 'no error' };", ""],
			["throw new Proxy(new Error('of a proxy'), { get() { throw 1; } });", ""],
			["function f() { throw new Error('ä\\n' + '€'.repeat(90)); } f();", `Error: ä ${"€".repeat(36)}`],
		];
		for (const [source, expected] of cases) {
			const told = startAfter(source, 1);
			const start = expected === "" ? "JavaScript: unhandled exception" : "JavaScript: unhandled exception: ";
			assert.strictEqual(told.slice(0, start.length), start);
			if (typeof expected === "string") assert.strictEqual(told.slice(start.length), expected);
			else assert.match(told.slice(start.length), expected);
		}
	});

	it("is told of callbacks and of promises that nobody waits for", () => {
		assert.strictEqual(
			startAfter('import Timer from "timer"; Timer.set(function tick() { throw new Error("late"); }, 1);', 1),
			"JavaScript: unhandled exception: Error: late at tick",
		);
		assert.match(
			startAfter("async function ask() { throw new Error('nobody'); } ask();", 1),
			/^JavaScript: unhandled rejection: Error: nobody at ask/,
		);
	});

	it("leaves a record alone that is none, and takes it away", () => {
		writeFileSync(join(storage, ".abort"), Buffer.alloc(400, 0x4c));
		assert.strictEqual(live("exit(0);", 0), "start");
		writeFileSync(join(storage, ".abort"), "");
		assert.strictEqual(live("exit(0);", 0), "start");
		assert.notInclude(readdirSync(storage), ".abort");
	});

	it("costs nothing where no storage was given", () => {
		const folder = new HostFolder({ main: `${body}${fillChunks}` }, { slots: 20000, chunks: 200000 });
		try {
			const outcome = folder.run(["--agent", "127.0.0.1:1"]);
			assert.strictEqual(outcome.status, 3, outcome.stderr);
		} finally {
			folder.remove();
		}
	});

	it("is read without harm to memory", async function () {
		await needsBuild(this, "64-asan");
		for (const [source, status] of [
			[fillSlots, 3],
			[fillChunks, 3],
			["function f() { throw new Error('€'.repeat(90)); } f();", 1],
			["async function ask() { throw new Error('nobody'); } ask();", 1],
		] as const)
			assert.match(startAfter(source, status, {}, "64-asan"), /^JavaScript: /);
	});

	it("is the same in the engine of 32 bits", async function () {
		await needsBuild(this, "32");
		assert.strictEqual(
			startAfter(fillChunks, 3, {}, "32"),
			"JavaScript: memory full at ArrayBuffer < Uint8Array < grow",
		);
		assert.match(startAfter(fillSlots, 3, {}, "32"), /^JavaScript: memory full at /);
	});
});
