/*
 * `bench powercut`: whether records of the phone survive power cuts. In XS over the host's real files a write is torn at every
 * octet and operation; then a process that writes all the time is killed again and again. After each cut the record must
 * hold the old value or the new one.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Bits, hostProgram, moduleMap, projectRoot } from "../phone/project.js";

export interface PowercutResult {
	/** Cuts at every octet and operation, and kills of a writing process. */
	cuts: number;
	/** Cuts after which the record held neither the old value nor the new one. */
	lost: number;
	/** How many of the cuts were kills. */
	kills: number;
	bits: number;
}

/** Octets of records like settings, a list of calls and a configuration. */
const usualSizes: readonly number[] = [120, 200, 500];
/** Writes that a process does before its end is near, so that the kill comes at a different place each time. */
const writesBeforeKill = 3;
const runTimeout = 120_000;

function writeMap(folder: string): string {
	const map = join(folder, "powercut.map");
	const modules = readFileSync(moduleMap, "utf8")
		.split("\n")
		.filter((line) => line.startsWith("module\t"))
		.map((line) =>
			line.replace(
				/\t([^/\t][^\t]*)\t([^\t]*)$/,
				(_, file, source) => `\t${join(projectRoot, "build", file)}\t${source}`,
			),
		);
	const program = join(projectRoot, "build/js/tools/bench/powercut/torn.js");
	const lines = [
		"creation\t16000000\t500000\t4096\t256",
		...modules,
		`module\tpowercut\t${program}\ttools/bench/powercut/torn.ts`,
	];
	writeFileSync(map, `${lines.join("\n")}\n`);
	return map;
}

/** The last number a process said that it had begun to write, and the last that it had written, when it was killed. */
function writeAndKill(
	program: string,
	args: readonly string[],
	pause: number,
): Promise<{ begun: number; done: number }> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], timeout: runTimeout });
		const numbers = { begun: 0, done: 0 };
		let errors = "";
		let written = 0;
		let killed = false;
		createInterface({ input: child.stdout }).on("line", (line) => {
			const [what, number] = line.split(" ");
			if (what === "begin") numbers.begun = Number(number);
			else numbers.done = Number(number);
			if (what === "done") written += 1;
			if (written === writesBeforeKill) {
				setTimeout(() => {
					killed = child.kill("SIGKILL");
				}, pause);
			}
		});
		child.stderr.on("data", (data) => {
			errors += data;
		});
		child.on("error", reject);
		child.on("close", (status) => {
			if (status === null && killed) resolve(numbers);
			else reject(new Error(`the writing process ended with ${status ?? "a signal"}: ${errors.trim()}`));
		});
	});
}

function runToEnd(program: string, args: readonly string[]): string {
	const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", timeout: runTimeout });
	if (status !== 0) throw new Error(`the power cuts ended with status ${status}: ${stderr.trim()}`);
	return stdout.trim();
}

/** Cuts, kills and counts. @param sizes octets of the records that are cut. */
export async function benchPowercut(
	bits: Bits,
	progress: (line: string) => void,
	kills = 20,
	sizes = usualSizes,
): Promise<PowercutResult> {
	mkdirSync(join(projectRoot, "build/bench"), { recursive: true });
	const folder = mkdtempSync(join(tmpdir(), "linnet-powercut-"));
	try {
		const args = ["--modules", writeMap(folder), "--main", "powercut", join(folder, "storage")];
		const program = hostProgram(bits);
		progress("a cut at every octet and operation");
		const { cuts, lost } = JSON.parse(runToEnd(program, [...args, ...sizes.map(String)])) as {
			cuts: number;
			lost: number;
		};
		progress(`${kills} kills of a writing process`);
		let lostByKills = 0;
		for (let kill = 0; kill < kills; kill += 1) {
			const { begun, done } = await writeAndKill(program, [...args, "endless"], kill % 7);
			const found = Number(runToEnd(program, [...args, "read"]));
			// what it said last may be one write behind what it did
			if (found < done || found > begun + 1) lostByKills += 1;
		}
		return { cuts: cuts + kills, lost: lost + lostByKills, kills, bits };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
