/*
 * The host's port under ThreadSanitizer, in a program of its own: no data race between the audio thread and the phone's
 * calls.
 */
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { assert } from "chai";
import { root } from "./support/library.js";

/** What keeps the sanitizer from its shadow memory where the kernel spreads addresses wide. */
const steady = spawnSync("setarch", ["-R", "true"]).status === 0 ? ["setarch", "-R"] : [];

// Under the sanitizers' library this file has nothing to add.
(process.env.LINNET_AUDIO_LIBRARY ? describe.skip : describe)("audio threads", () => {
	it("no data race under ThreadSanitizer", async function () {
		this.timeout(180000);
		const built = spawnSync("make", ["-s", "-C", join(root, "audio"), "threads"], { encoding: "utf8" });
		assert.strictEqual(built.status, 0, built.stderr);
		const [program = "", ...argv] = [...steady, join(root, "build/audio-tsan/threads"), "300"];
		const child = spawn(program, argv, {
			env: { ...process.env, TSAN_OPTIONS: "halt_on_error=1 exitcode=99" },
			stdio: ["ignore", "pipe", "pipe"],
		});
		let output = "";
		for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
		const status = await new Promise((resolve) => child.on("close", resolve));
		assert.strictEqual(status, 0, output.slice(0, 6000));
		assert.match(output, /^sent 1$/m);
		assert.match(output, /^received 1$/m);
	});
});
