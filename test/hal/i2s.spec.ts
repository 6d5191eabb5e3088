/* The ESP32-S3's I2S half of the audio port on a model of ESP-IDF's driver: what goes out comes back as late as is promised. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { projectRoot } from "../../tools/phone/project.js";

interface Report {
	without: number;
	refused: number;
	opened: number;
	twice: number;
	rate: number;
	bits: number;
	multiple: number;
	bclk: number;
	din: number;
	same: number;
	promised: number;
	echo: number[];
	stalled: number[];
	torn: number;
	left: number;
	stopped: number[];
	again: number;
}

describe("hal/esp32s3: I2S", function () {
	this.timeout(60_000);
	let folder: string;
	let report: Report;

	before(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-i2s-"));
		const program = join(folder, "dma");
		const options = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE", "-fsanitize=address,undefined"];
		execFileSync(
			"gcc",
			[...options, "-Itest/hal/declared", "test/hal/dma.c", "audio/port/esp32s3_i2s.c", "-o", program],
			{
				cwd: projectRoot,
				stdio: ["ignore", "inherit", "inherit"],
			},
		);
		report = JSON.parse(execFileSync(program, { encoding: "utf8" })) as Report;
	});

	after(() => rmSync(folder, { recursive: true, force: true }));

	it("is told apart from a board without it, and opened once", () => {
		assert.deepInclude(report, { without: 0, refused: 0, opened: 1, twice: 0 });
	});

	it("runs both ways alike at 8 kHz and 16 bits, on the pins given", () => {
		assert.deepInclude(report, { same: 1, rate: 8000, bits: 16, multiple: 256, bclk: 5, din: 15 });
	});

	it("has the delay that the echo canceller is told, however long the task has rested", () => {
		assert.deepEqual(
			report.echo,
			report.echo.map(() => report.promised),
		);
		assert.lengthOf(report.echo, 6);
	});

	it("keeps the delay after the task was held up for some frames, and never writes what is being played", () => {
		assert.deepEqual(
			report.stalled,
			report.stalled.map(() => report.promised),
		);
		assert.equal(report.torn, 0);
	});

	it("plays silence when nobody writes", () => {
		assert.equal(report.left, 0);
	});

	it("gives up clocks that stand still, so that the system clock takes over", () => {
		assert.deepEqual(report.stopped, [0, 0, 0, 0, 0, 0, 0, 0]);
	});

	it("takes them again for the next sound, with the delay as it was", () => {
		assert.equal(report.again, report.promised);
	});
});
