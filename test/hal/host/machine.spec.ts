/* The host program around XS: natives, limits, ends, figures. */
import { assert } from "chai";
import { HostFolder, type Limits, type Outcome, prelude, run, type Variant } from "../../support/host.js";
import { needsBuild } from "../../support/optional.js";

const figures = `
const words = new Uint32Array(14);
const measure = () => { native("xs_host_collect").call(globalThis); native("xs_host_figures").call(globalThis, words.buffer); };
`;

function runMain(source: string, limits: Limits = {}, args: readonly string[] = [], variant: Variant = "64"): Outcome {
	const folder = new HostFolder({ main: prelude + source }, limits);
	try {
		return folder.run(args, variant);
	} finally {
		folder.remove();
	}
}

function printed(source: string, limits: Limits = {}, variant: Variant = "64"): string[] {
	const outcome = runMain(source, limits, [], variant);
	assert.strictEqual(outcome.status, 0, outcome.stderr);
	return outcome.stdout.trimEnd().split("\n");
}

describe("natives of the host program", () => {
	it("gives the same function at every call, and no garbage", () => {
		const lines = printed(`${figures}
			print(native("xs_host_bits") === native("xs_host_bits"));
			const call = (count) => { for (let i = 0; i < count; i++) native("xs_host_bits").call(globalThis); };
			const raw = () => native("xs_host_figures").call(globalThis, words.buffer);
			call(10); measure();
			raw(); const slots = words[0], chunks = words[3];
			call(5000);
			raw(); print(words[0] - slots, words[3] - chunks); print(words[0] - slots); print(words[3] - chunks);`);
		assert.deepEqual([lines[0], lines[2], lines[3]], ["true", "0", "0"]);
	});

	it("throws exceptions whose messages do without the names of C functions", () => {
		const lines = printed(`
			import UDP from "embedded:io/socket/udp";
			import KeyValue from "embedded:storage/key-value";
			for (const attempt of [() => new UDP({ address: "nowhere" }), () => KeyValue.open({ path: "/dev/null/x" })]) {
				try { attempt(); } catch (error) { print(error); }
			}`);
		assert.deepEqual(lines, [
			"Error: udp: nowhere is no IPv4 address",
			"Error: storage: cannot use the folder /dev/null/x: Not a directory",
		]);
	});

	it("draws other random numbers in every run", () => {
		const drawn = () => printed("for (let i = 0; i < 3; i++) print(Math.random());").join();
		assert.notStrictEqual(drawn(), drawn());
	});

	it("throws for an unknown name and says which", () => {
		const lines = printed(`
			for (const attempt of [() => native("xs_nothing"), () => Native("xs_nothing"), () => Native("xs_host_bits"),
				() => native("xs_tcp_destructor"), () => native(1)]) {
				try { attempt(); print("none"); } catch (error) { print(error.message); }
			}`);
		assert.lengthOf(lines, 5);
		for (const line of lines.slice(0, 4)) assert.match(line, /no (function|destructor) "xs_\w+" in this host/);
		assert.match(lines[4] ?? "", /no string/);
	});

	it("makes classes whose subclasses work, with their own prototypes", () => {
		const lines = printed(`
			class Base extends Native("xs_udp_destructor") { constructor() { super(); this.a = 1; } one() { return 1; } }
			class Derived extends Base { one() { return super.one() + 1; } }
			const d = new Derived();
			print([d instanceof Base, d instanceof Derived, d.a, d.one(), d.constructor === Derived].join());
			try { Base(); } catch (error) { print(error.name); }`);
		assert.deepEqual(lines, ["true,true,1,2,true", "TypeError"]);
	});

	it("frees what an instance holds when it is collected, and never twice", () => {
		const lines = printed(`
			import UDP from "embedded:io/socket/udp";
			for (let i = 0; i < 2000; i++) new UDP({}).close();
			const left = new UDP({});
			left.close(); left.close();
			print("done");`);
		assert.deepEqual(lines, ["done"]);
	});
});

describe("ends of the host program", () => {
	it("ends with 0 when nothing is left to wait for", () => {
		assert.strictEqual(runMain("").status, 0);
	});

	it("ends with 1 for an uncaught exception, and shows message and stack", () => {
		const { status, stderr } = runMain(
			"\nfunction inner() { throw new RangeError('too far'); }\nfunction outer() { inner(); }\nouter();",
		);
		assert.strictEqual(status, 1);
		assert.match(stderr, /uncaught RangeError: too far\n at inner \(main\.js:\d+\)\n at outer \(main\.js:\d+\)/);
	});

	it("names TypeScript files and lines in stacks", () => {
		const { status, stderr } = runMain(`
			import KeyValue from "embedded:storage/key-value";
			KeyValue.open({ path: "." }).read("");`);
		assert.strictEqual(status, 1);
		assert.match(stderr, /at fileName \(hal\/host\/io\/key-value\.ts:\d+\)/);
		assert.notMatch(stderr, /key-value\.ts:0\)/);
	});

	it("ends with 1 for an exception in a timer and for an unhandled rejection", () => {
		const timer = runMain(`import Timer from "timer"; Timer.set(() => { throw new Error("late"); }, 1);`);
		assert.strictEqual(timer.status, 1);
		assert.match(timer.stderr, /uncaught Error: late/);
		const rejection = runMain(`Promise.reject(new TypeError("nobody"));`);
		assert.strictEqual(rejection.status, 1);
		assert.match(rejection.stderr, /uncaught TypeError: nobody/);
		assert.strictEqual(runMain(`Promise.reject(1).catch(() => {});`).status, 0);
		const module = runMain(
			`import { Writer } from "sccp/writer"; (async () => { await null; new Writer().begin(); })();`,
		);
		assert.strictEqual(module.status, 1);
		assert.match(module.stderr, /uncaught TypeError: .*\n at \w+ \(modules\/sccp\/writer\.ts:[1-9]\d*\)/);
	});

	it("ends with 1 and says why when a module does not compile or is missing", () => {
		const broken = runMain("let = ;");
		assert.strictEqual(broken.status, 1);
		assert.match(broken.stderr, /SyntaxError/);
		const missing = runMain(`import "nowhere";`);
		assert.strictEqual(missing.status, 1);
		assert.match(missing.stderr, /nowhere/);
	});

	it("ends with 2 for arguments that are wrong, in one line", () => {
		for (const args of [[], ["--modules"], ["--modules", "/nowhere/map"]]) {
			const outcome = run("/nowhere", args);
			assert.strictEqual(outcome.status, 2);
			assert.match(outcome.stderr, /^linnet: [^\n]+\n$/);
		}
		for (const args of [["--slots", "many"], ["--chunks", "0"], ["--main"]]) {
			const outcome = runMain("", {}, args);
			assert.strictEqual(outcome.status, 2, args.join(" "));
			assert.match(outcome.stderr, /^linnet: [^\n]+\n$/);
		}
	});
});

for (const variant of ["64", "32"] as const) {
	describe(`limits of the heap, ${variant} bit`, () => {
		before(async function () {
			await needsBuild(this, variant);
		});

		it("says that the slots are exhausted, how many there were, and where", () => {
			const { status, stderr } = runMain(
				"let list; function grow() { for (;;) list = { list }; }\ngrow();",
				{ slots: 3000, chunks: 65536 },
				[],
				variant,
			);
			assert.strictEqual(status, 3);
			const octets = 3000 * (variant === "64" ? 32 : 16);
			assert.match(stderr, new RegExp(`slot heap exhausted: all 3000 slots \\(${octets} octets\\)`));
			assert.match(stderr, /at grow \(main\.js:\d+\)/);
		});

		it("says that the chunks are exhausted, and how many octets there were", () => {
			const source = `const texts = []; for (let i = 0; ; i++) texts.push("x".repeat(1000) + i);`;
			const { status, stderr } = runMain(source, { chunks: 30000 }, [], variant);
			assert.strictEqual(status, 3);
			assert.match(stderr, /chunk heap exhausted: \d+ of 30000 octets/);
		});

		it("says that the stack or the keys are exhausted", () => {
			const stack = runMain("const deep = () => deep() + 1; deep();", { stack: 300 }, [], variant);
			assert.strictEqual(stack.status, 3);
			assert.match(stack.stderr, /: stack exhausted: 300 slots/);
			const keys = runMain(
				"const o = {}; for (let i = 0; ; i++) o['key' + i] = 1;",
				{ keys: 20, slots: 20000 },
				[],
				variant,
			);
			assert.strictEqual(keys.status, 3);
			assert.match(keys.stderr, /keys exhausted: 20/);
		});

		it("guards the native stack", () => {
			const source = `JSON.parse("[".repeat(200000));`;
			const { status, stderr } = runMain(source, { chunks: 8 << 20, slots: 800000, stack: 400000 }, [], variant);
			assert.strictEqual(status, 3);
			assert.match(stderr, /native stack exhausted/);
		});

		it("leaves what the limits say, above the loaded modules", () => {
			const source = `${figures} native("xs_host_figures").call(globalThis, words.buffer);
				print(words[0] - words[9]); print(words[3] - words[10]); print(words[2]); print(words[5]);
				let list, count = 0; for (; count < 2000; count++) list = { list }; print(count);`;
			const lines = printed(source, { slots: 5000, chunks: 20000 }, variant).map(Number);
			assert.isBelow(lines[0] ?? 1e9, 200);
			assert.isBelow(lines[1] ?? 1e9, 3000);
			assert.deepEqual(lines.slice(2), [5000, 20000, 2000]);
		});

		it("neither grows nor leaks over many collections", () => {
			const lines = printed(
				`${figures}
				import Timer from "timer";
				const work = () => { for (let i = 0; i < 20000; i++) ({ i, text: "t" + i }); };
				const once = () => { const timer = Timer.set(() => {}, 1000); Timer.clear(timer); };
				work(); once(); measure(); const slots = words[0], chunks = words[3];
				for (let i = 0; i < 20; i++) { work(); once(); }
				measure(); print(words[0] - slots); print(words[3] - chunks); print(words[8] > 10);`,
				{},
				variant,
			);
			assert.deepEqual(lines, ["0", "0", "true"]);
		});

		it("reports figures as one JSON line", () => {
			const { status, stdout } = runMain(
				"const deep = (n) => n ? deep(n - 1) : 0; deep(10);",
				{},
				["--report", "-"],
				variant,
			);
			assert.strictEqual(status, 0);
			const report = JSON.parse(stdout);
			assert.include(report, {
				type: "heap",
				bits: Number(variant),
				slotSize: variant === "64" ? 32 : 16,
				slotsLimit: 8192,
			});
			assert.isAbove(report.slots, 0);
			assert.isAtLeast(report.slotsPeak, report.slots);
			assert.isAbove(report.baseline.chunks, 0);
			assert.isAbove(report.stackPeak, 50);
			assert.isBelow(report.stackPeak, 400);
		});
	});
}

describe("the host program with sanitizers", () => {
	it("finds nothing in a run with sockets, timers, storage and natives", async function () {
		await needsBuild(this, "64-asan");
		const outcome = runMain(
			`
			import TCP from "embedded:io/socket/tcp";
			import UDP from "embedded:io/socket/udp";
			import Timer from "timer";
			const one = new UDP({ address: "127.0.0.1", onReadable() {
				print(this.read().byteLength);
				this.close();
				other.close();
				new TCP({ address: "127.0.0.1", port: 1, onError() { print("refused"); this.close(); Timer.set(() => print("end"), 5); } });
			} });
			const other = new UDP({ address: "127.0.0.1" });
			other.write(new Uint8Array(40), "127.0.0.1", one.port);
			for (let i = 0; i < 300; i++) Timer.clear(Timer.repeat(() => {}, 1));
			native("xs_host_collect").call(globalThis);`,
			{},
			[],
			"64-asan",
		);
		assert.strictEqual(outcome.status, 0, outcome.stderr);
		assert.strictEqual(outcome.stderr, "");
		assert.deepEqual(outcome.stdout.trim().split("\n"), ["40", "refused", "end"]);
	});
});
