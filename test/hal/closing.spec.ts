/* The end of TCP connections on the chip (hal/esp32s3/closing.c). */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { projectRoot } from "../../tools/phone/project.js";

describe("hal/esp32s3: closing TCP", function () {
	this.timeout(60_000);
	/** By what happened: connections that lwIP was told to close, errors that the SDK was told of. */
	let report: Record<string, readonly number[]>;

	before(() => {
		const folder = mkdtempSync(join(tmpdir(), "linnet-closing-"));
		try {
			const program = join(folder, "program");
			// what it does with freed memory is what is tested
			const options = [
				"-std=c11",
				"-Wall",
				"-Wextra",
				"-Werror",
				"-Wno-use-after-free",
				"-fsanitize=address,undefined",
			];
			const sources = ["test/hal/closing.c", "hal/esp32s3/closing.c"];
			execFileSync("gcc", [...options, "-Itest/hal/netif", "-Itest/hal/idf", ...sources, "-o", program], {
				cwd: projectRoot,
				stdio: ["ignore", "inherit", "inherit"],
			});
			report = JSON.parse(execFileSync(program, { encoding: "utf8" }));
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	it("closes what lives, and nothing that lwIP has freed in between", () => {
		assert.deepEqual(report.closed, [1, 0]);
		assert.deepEqual(report.reset, [0, 0]);
	});

	it("lets who listens hear of a reset", () => {
		assert.deepEqual(report.heard, [0, 1]);
	});

	it("closes a connection that is made where a freed one lay", () => {
		assert.deepEqual(report.anew, [1, 0]);
	});
});
