/* TCP's acknowledgements on the chip (hal/esp32s3/acknowledge.c). */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { projectRoot } from "../../tools/phone/project.js";

describe("hal/esp32s3: TCP's acknowledgements", function () {
	this.timeout(60_000);
	/** By what was read from: octets that lwIP was told of, acknowledgements sent. */
	let report: Record<string, readonly number[]>;

	before(() => {
		const folder = mkdtempSync(join(tmpdir(), "linnet-acknowledge-"));
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
			const sources = ["test/hal/acknowledge.c", "hal/esp32s3/acknowledge.c"];
			execFileSync("gcc", [...options, "-Itest/hal/idf", ...sources, "-o", program], {
				cwd: projectRoot,
				stdio: ["ignore", "inherit", "inherit"],
			});
			report = JSON.parse(execFileSync(program, { encoding: "utf8" }));
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	it("go out as soon as something is read, once", () => {
		assert.deepEqual(report.waiting, [100, 1]);
		assert.deepEqual(report.acknowledged, [100, 0]);
	});

	it("are none of a connection that was reset before what came was read, or in between", () => {
		assert.deepEqual(report.reset, [0, 0]);
		assert.deepEqual(report.freed, [0, 0]);
	});
});
