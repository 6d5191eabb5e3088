/*
 * The engine on an emulated Xtensa, below the phone: how it ends, and whether it computes as a PC does.
 */
import { assert } from "chai";
import { emulatorMissing, runEmulated } from "../../../tools/phone/emulator.js";
import { HostFolder, type Limits } from "../../support/host.js";
import { needs, needsBuild } from "../../support/optional.js";

describe("The engine on an emulated Xtensa", function () {
	this.timeout(240_000);
	before(async function () {
		const missing = emulatorMissing();
		needs(this, missing.length === 0, `needs ${missing.join(" ")}`);
		await needsBuild(this, "xtensa");
	});

	const folders: HostFolder[] = [];
	after(() => {
		for (const folder of folders) folder.remove();
	});
	const run = (main: string, limits: Limits = {}, words: readonly string[] = []) => {
		const folder = new HostFolder({ main }, limits);
		folders.push(folder);
		return { folder, ...runEmulated(["--modules", folder.map, ...words]) };
	};

	it("ends with 0 when nothing is left to do", () => {
		const { status, stderr } = run("");
		assert.strictEqual(stderr, "");
		assert.strictEqual(status, 0);
	});

	it("ends with 1 and says why when an exception is not caught", () => {
		const { status, stderr } = run(`import Timer from "timer"; Timer.set(() => { null.x; }, 10);`);
		assert.strictEqual(status, 1);
		assert.match(stderr, /uncaught TypeError/);
	});

	it("ends with 3 and says why when slots are used up", () => {
		const { status, stderr } = run("const all = []; for (;;) all.push({});", { slots: 500 });
		assert.strictEqual(status, 3);
		assert.match(stderr, /slot heap exhausted: all 500 slots \(8000 octets\)/);
	});

	it("ends with 3 and says why when chunks are used up", () => {
		const { status, stderr } = run("let text = 'x'; for (;;) text += text;", { chunks: 4096 });
		assert.strictEqual(status, 3);
		assert.match(stderr, /chunk heap exhausted: \d+ of 4096 octets/);
	});

	it("ends with 3 when calls are nested too deep", () => {
		const { status, stderr } = run("function f() { return f() + 1; } f();");
		assert.strictEqual(status, 3);
		assert.match(stderr, /stack exhausted/);
	});

	it("ends with 2 when it is told to do what only a PC can", () => {
		const { status, stderr } = run(`import "hal/body";`, {}, ["--load-folder", "loads"]);
		assert.strictEqual(status, 2);
		assert.match(stderr, /no loads/);
	});

	it("computes with numbers as a PC does, to the bit", () => {
		const main = `
			const bits = new Uint32Array(4), numbers = new Float64Array(bits.buffer);
			let seed = 1, digest = 0;
			function next() { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return seed; }
			const result = new Float64Array(1), words = new Uint32Array(result.buffer);
			function take(value) {
				result[0] = value;
				digest = value === value ? Math.imul(digest ^ words[0], 16777619) ^ words[1] : Math.imul(digest, 31) + 1;
			}
			const special = [0, -0, 1, -1, Infinity, -Infinity, NaN, 5e-324, -5e-324, 2.2250738585072014e-308, 4294967295, 2147483648,
				-2147483648, -2147483649, 1.7976931348623157e308, 0.1, 1 / 3, 9007199254740991, 16777217, 3.4028235677973366e38, 1e-46];
			function both(a, b) {
				take(a + b); take(a - b); take(a * b); take(a / b);
				take(a | 0); take(a >>> 0); take(Math.fround(a)); take(Math.trunc(a)); take(Math.round(b)); take(Math.floor(a)); take(Math.ceil(b));
				take(a < b ? 1 : 2); take(a === b ? 1 : 2); take(a >= b ? 1 : 2);
			}
			for (const a of special) for (const b of special) both(a, b);
			for (let round = 0; round < 5000; round++) {
				for (let word = 0; word < 4; word++) bits[word] = next();
				const near = round & 3;
				if (near === 1) bits[3] = (bits[1] & 0xfff00000) ^ (bits[3] & 0x801fffff);
				else if (near === 2) { bits[1] &= 0x800fffff; bits[3] = bits[3] & 0x800fffff | 0x3ff00000; }
				else if (near === 3) { numbers[0] = (bits[0] | 0) / (bits[1] & 1023); numbers[1] = bits[2]; }
				both(numbers[0], numbers[1]);
			}
			take((123456789012n * 987654321098n) / 12345n === 9876932184562n ? 1 : 2);
			native("xs_host_print").call(globalThis, String(digest));
			native("xs_host_print").call(globalThis, [0.1 + 0.2, 1 / 3, 1e21, 123456.789e-10, Math.sqrt(2), Math.sin(1), parseFloat("1.7e308")].join(" "));
		`;
		const { folder, status, stdout, stderr } = run(main);
		assert.strictEqual(stderr, "");
		assert.strictEqual(status, 0);
		assert.strictEqual(stdout, folder.run().stdout);
	});
});
