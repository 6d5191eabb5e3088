/*
 * The headless call as a command: what it prints, its status, and a clear line for whatever goes wrong.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { makeSpeech } from "../../tools/call/speech.js";
import { formatWav, readWav, writeWav } from "../../tools/call/wav.js";
import { dialectNames } from "../../tools/call-agent/options.js";
import { projectRoot } from "../../tools/phone/project.js";
import { House, timeout } from "./support/house.js";

interface Run {
	status: number | null;
	output: string;
	errors: string;
}

/** Runs the command as `npm run -s call -- ...` does, without the building. */
const call = (...options: string[]) => run("call", options);

function run(tool: string, options: readonly string[]): Promise<Run> {
	return new Promise((resolve, reject) => {
		const child = spawn(
			process.execPath,
			[
				"--import",
				join(projectRoot, "tools/build/resolver.mjs"),
				join(projectRoot, `build/js/tools/${tool}/main.js`),
				...options,
			],
			{ stdio: ["ignore", "pipe", "pipe"] },
		);
		const run: Run = { status: null, output: "", errors: "" };
		child.stdout.on("data", (data) => {
			run.output += data;
		});
		child.stderr.on("data", (data) => {
			run.errors += data;
		});
		child.on("error", reject);
		child.on("close", (status) => resolve({ ...run, status }));
	});
}

const fields = [
	"registered_ms",
	"offhook_to_dialtone_ms",
	"connected_ms",
	"rtp_sent",
	"rtp_received",
	"rtp_lost",
	"codec",
	"echo_delay_ms",
	"echo_correlation",
	"hung_up",
];

describe("The call command", function () {
	this.timeout(4 * timeout);
	const house = new House();
	const folder = mkdtempSync(join(tmpdir(), "linnet-call-"));
	afterEach(() => house.close());
	after(() => rmSync(folder, { recursive: true }));

	for (const dialect of dialectNames) {
		it(`calls the echo and prints one JSON object: ${dialect}`, async () => {
			const run = await call("600", "--json", "--seconds", "1", "--dialect", dialect, "--simulated");
			assert.strictEqual(run.status, 0, run.errors);
			const result = JSON.parse(run.output.trim().split("\n").at(-1) ?? "");
			assert.hasAllKeys(result, fields);
			assert.strictEqual(result.codec, "g711u");
			for (const field of fields.slice(0, -1)) if (field !== "codec") assert.isNumber(result[field], field);
			assert.strictEqual(result.rtp_lost, 0);
			assert.isAbove(result.echo_correlation, 0.99);
			assert.isAtMost(result.echo_delay_ms, 60);
			assert.isTrue(result.hung_up);
		});
	}

	it("calls in real time, with a status that goes by the echo", async () => {
		const run = await call("600", "--json", "--seconds", "1");
		const result = JSON.parse(run.output.trim().split("\n").at(-1) ?? "");
		assert.isTrue(result.hung_up);
		assert.isAbove(result.rtp_sent, 0);
		assert.isAbove(result.rtp_received, 0);
		// How true the echo is goes by how busy the machine is, what the command makes of it does not.
		assert.strictEqual(run.status, result.echo_correlation >= 0.9 ? 0 : 1, run.errors);
		if (run.status !== 0) assert.match(run.errors, /^call: (the echo is not what was played|no echo came back)/);
	});

	it("plays a file and records what comes back", async () => {
		const [played, recorded] = [join(folder, "played.wav"), join(folder, "recorded.wav")];
		writeWav(played, makeSpeech(3).subarray(8000));
		const run = await call("600", "--seconds", "1", "--play", played, "--record", recorded, "--simulated");
		assert.strictEqual(run.status, 0, run.errors);
		const sound = readWav(recorded);
		assert.strictEqual(sound.length, 8000);
		assert.isTrue(sound.some((sample) => Math.abs(sample) > 1000));
	});

	for (const [codec, rate] of [
		["g722", 16000],
		["g711u", 8000],
		["G711a", 8000],
	] as const) {
		it(`calls the echo in the codec that it is told: ${codec}`, async () => {
			const recorded = join(folder, `${codec}.wav`);
			const words = ["600", "--seconds", "1", "--json", "--simulated", "--record", recorded];
			const run = await call(...words, "--codec", codec);
			assert.strictEqual(run.status, 0, run.errors);
			const result = JSON.parse(run.output.trim().split("\n").at(-1) ?? "");
			assert.strictEqual(result.codec, codec.toLowerCase());
			assert.isAbove(result.echo_correlation, codec === "g722" ? 0.97 : 0.99);
			assert.isAtMost(result.echo_delay_ms, 70);
			assert.strictEqual(readWav(recorded, rate).length, rate);
		});
	}

	it("registers with another call agent", async () => {
		const agent = await house.agent();
		const run = await call("602", "--seconds", "1", "--agent", `127.0.0.1:${agent.port}`, "--protocol", "17");
		assert.strictEqual(run.status, 0, run.errors);
	});

	it("plays the example scripts", async () => {
		const scripts = join(projectRoot, "tools/call/scripts");
		for (const file of readdirSync(scripts)) {
			const run = await call("--script", join(scripts, file), "--json");
			assert.strictEqual(run.status, 0, `${file}: ${run.errors}`);
			assert.hasAllKeys(JSON.parse(run.output.trim().split("\n").at(-1) ?? ""), fields);
		}
	});

	it("plays the script of docs/call.md as it stands there", async () => {
		const script = /```\n(phone 1: [^`]+)```/.exec(readFileSync(join(projectRoot, "docs/call.md"), "utf8"))?.[1] ?? "";
		assert.include(script, "phone 2: ");
		const file = join(folder, "readme.txt");
		writeFileSync(file, script);
		const run = await call("--script", file);
		assert.strictEqual(run.status, 0, run.errors);
	});

	it("fails when the number is busy, and says so", async () => {
		const run = await call("606", "--json");
		assert.strictEqual(run.status, 1);
		assert.match(run.errors, /busy/);
		assert.isNull(JSON.parse(run.output.trim()).connected_ms);
	});

	it("fails with the script's file and line", async () => {
		const file = join(folder, "wrong.txt");
		writeFileSync(file, "wait registered\nexpect connected\n");
		const run = await call("--script", file);
		assert.strictEqual(run.status, 1);
		assert.include(run.errors, `${file}:2`);
	});

	it("has a call agent beside it that says when its port is busy", async () => {
		const agent = await house.agent();
		const { status, errors } = await run("call-agent", ["--port", `${agent.port}`]);
		assert.notStrictEqual(status, 0);
		assert.include(errors, `${agent.port}`);
		assert.lengthOf(errors.trim().split("\n"), 1);
	});

	describe("given what it cannot use", () => {
		const bad: [string, () => string[] | Promise<string[]>, number, RegExp][] = [
			["no number", () => [], 2, /a number or --script/],
			["a word for a number", () => ["bob"], 2, /'bob' is no number/],
			["an unknown option", () => ["600", "--loud"], 2, /--loud/],
			["an unknown dialect", () => ["600", "--dialect", "klingon"], 2, /klingon.*callmanager/],
			["an unknown codec", () => ["600", "--codec", "opus"], 2, /--codec opus: one of g722, g711u, g711a is expected/],
			["an unknown version", () => ["600", "--protocol", "4"], 2, /--protocol 4/],
			["a wrong device name", () => ["600", "--device", "phone"], 2, /--device phone/],
			["a wrong agent", () => ["600", "--agent", "a:b:c"], 2, /--agent a:b:c/],
			["an unknown host", () => ["600", "--agent", "nowhere.invalid"], 1, /unknown host 'nowhere.invalid'/],
			["a file that is not there", () => ["600", "--play", "/nowhere/a.wav"], 1, /\/nowhere\/a.wav: no such file/],
			["a script that is not there", () => ["--script", "/nowhere/a.txt"], 1, /\/nowhere\/a.txt: no such file/],
			[
				"a place that cannot be written",
				() => ["600", "--record", "/nowhere/a.wav"],
				1,
				/\/nowhere\/a.wav: cannot be written/,
			],
			[
				"a WAV file of another kind",
				() => {
					const file = formatWav(new Int16Array(100));
					file.writeUInt32LE(44100, 24);
					writeFileSync(join(folder, "fast.wav"), file);
					return ["600", "--play", join(folder, "fast.wav")];
				},
				1,
				/fast\.wav: .*8000 Hz is needed.*44100 Hz/,
			],
			[
				"a port where nothing listens",
				async () => {
					const agent = await house.agent();
					const { port } = agent;
					await agent.close();
					return ["600", "--agent", `127.0.0.1:${port}`];
				},
				1,
				/connection refused/,
			],
			[
				"a call agent that rejects",
				async () => {
					const agent = await house.agent({ faults: { reject: "Not today" } });
					return ["600", "--timeout", "10", "--agent", `127.0.0.1:${agent.port}`];
				},
				1,
				/reject.*Not today/s,
			],
			[
				"a call agent that says nothing",
				async () => {
					const server: Server = createServer((socket) => {
						socket.on("error", () => {});
						socket.resume();
					});
					await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
					house.onClose(async () => server.close());
					return ["600", "--timeout", "3", "--agent", `127.0.0.1:${(server.address() as { port: number }).port}`];
				},
				1,
				/waited 3000 ms in vain for registered/,
			],
		];
		for (const [what, options, status, line] of bad) {
			it(`says so: ${what}`, async () => {
				const run = await call(...(await options()));
				assert.match(run.errors, line);
				assert.strictEqual(run.status, status, run.errors);
			});
		}
	});
});
