/*
 * The fuzzers (libFuzzer of Debian's clang with address and undefined-behaviour sanitizers) for what comes from the
 * network into the audio pipeline, for what a load brings and for pictures. In CI a minute in all; by hand `make -C audio fuzz`,
 * `make -C hal/loads fuzz`, `make -C hal/pictures fuzz`, and as long as one likes.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { root } from "../audio/support/library.js";

/** By the folder whose Makefile makes them, with where they are put. */
const suites = [
	{ folder: "audio", made: "build/audio-fuzz", targets: ["rtp", "rtcp", "events", "g722", "tones"] },
	{ folder: "hal/loads", made: "build/loads-fuzz", targets: ["load", "pack"] },
	{ folder: "hal/pictures", made: "build/pictures-fuzz", targets: ["picture"] },
];
const seconds = Math.round((process.env.CI === "true" ? 60 : 9) / suites.flatMap(({ targets }) => targets).length);

/** Debian's clang comes without the fuzzer's runtime (libclang-rt-14-dev). */
const available =
	spawnSync("clang", ["-fsanitize=fuzzer", "-o", "/dev/null", "-x", "c", "-"], {
		input: "int LLVMFuzzerTestOneInput(const char *data, unsigned long size) { return data == 0 && size > 0; }",
	}).status === 0;

function run(program: string, argv: string[]): Promise<{ status: number | null; output: string }> {
	const child = spawn(program, argv, { stdio: ["ignore", "pipe", "pipe"] });
	return new Promise((resolve) => {
		let output = "";
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (chunk) => {
				output = (output + chunk).slice(-20000);
			});
		child.on("close", (status) => resolve({ status, output }));
	});
}

describe("fuzzing", function () {
	this.timeout(300000);
	if (!available) {
		it("packets (needs clang libclang-rt-14-dev)");
		return;
	}
	before(() => {
		for (const { folder } of suites) {
			const { status, stderr } = spawnSync("make", ["-s", "-C", join(root, folder), "fuzz"], { encoding: "utf8" });
			assert.strictEqual(status, 0, stderr);
		}
	});
	for (const [made, target] of suites.flatMap(({ made, targets }) =>
		targets.map((target) => [made, target] as const),
	)) {
		it(`${target}: ${seconds} s without a fault`, async () => {
			const folder = mkdtempSync(join(tmpdir(), "linnet-fuzz-"));
			try {
				const { status, output } = await run(join(root, made, target), [
					`-max_total_time=${seconds}`,
					"-max_len=2048",
					"-timeout=20",
					"-print_final_stats=1",
					`-artifact_prefix=${folder}/`,
				]);
				assert.strictEqual(status, 0, output.slice(-6000));
				assert.match(output, /number_of_executed_units: +\d{2,}/);
			} finally {
				rmSync(folder, { recursive: true });
			}
		});
	}
});
