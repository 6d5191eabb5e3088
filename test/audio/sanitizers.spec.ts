/*
 * The same tests over a build with address and undefined-behaviour sanitizers, in a Node process of their own that has
 * the sanitizer's runtime loaded first.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert } from "chai";
import { root } from "./support/library.js";

const here = dirname(fileURLToPath(import.meta.url));
const specs = [
	"g711",
	"g722",
	"halfband",
	"tones",
	"server-tones",
	"ringfile",
	"wideband",
	"pipeline",
	"engine",
	"jitter",
	"receive",
	"send",
	"fuzz",
	"port",
	"quality",
	"rtcp",
	"admission",
	"ringing",
	"flood",
];

function run(spec: string): Promise<{ status: number | null; output: string }> {
	const runtime = execFileSync("gcc", ["-print-file-name=libasan.so"], { encoding: "utf8" }).trim();
	const child = spawn(
		process.execPath,
		[
			"--import",
			join(root, "tools/build/resolver.mjs"),
			join(root, "node_modules/mocha/bin/mocha.js"),
			"--exit",
			"--timeout",
			"120000",
			join(here, `${spec}.spec.js`),
		],
		{
			env: {
				...process.env,
				LINNET_AUDIO_LIBRARY: join(root, "build/audio-asan/libaudio.so"),
				LD_PRELOAD: runtime,
				// Node frees little at its end; what leaks is Node's.
				ASAN_OPTIONS: "detect_leaks=0:abort_on_error=0:exitcode=99",
				UBSAN_OPTIONS: "print_stacktrace=1",
			},
			stdio: ["ignore", "pipe", "pipe"],
		},
	);
	return new Promise((resolve) => {
		let output = "";
		for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
		child.on("close", (status) => resolve({ status, output }));
	});
}

// Under another library this file has nothing to add.
(process.env.LINNET_AUDIO_LIBRARY ? describe.skip : describe)("audio under sanitizers", () => {
	for (const spec of specs) {
		it(spec, async function () {
			this.timeout(180000);
			assert.isTrue(existsSync(join(root, "build/audio-asan/libaudio.so")));
			const { status, output } = await run(spec);
			assert.strictEqual(status, 0, output.slice(-4000));
			assert.match(output, /[1-9]\d* passing/);
		});
	}
});
