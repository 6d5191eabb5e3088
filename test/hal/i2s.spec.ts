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
	free: number;
	wide: Turned;
	narrow: Turned;
	short: Turned;
	none: number;
	deaf: number;
	back: Turned;
	leaked: number;
}

/** What the clocks are after a turn, and how late an echo comes. */
interface Turned {
	given: number;
	rate: number;
	mclk: number;
	frames: number;
	bits: number;
	same: number;
	echo: number;
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

	it("turns to 16 kHz and back in frames of 10 ms, with the master clock and the delay as they were", () => {
		const { promised } = report;
		const mclk = 256 * 8000;
		assert.deepEqual(report.wide, { given: 16000, rate: 16000, mclk, frames: 160, bits: 16, same: 1, echo: promised });
		assert.deepEqual(report.narrow, { given: 8000, rate: 8000, mclk, frames: 80, bits: 16, same: 1, echo: promised });
	});

	it("stays at 8 kHz where there is no memory for more, does without where there is none, and comes back", () => {
		const { promised } = report;
		assert.deepInclude(report.short, { given: 8000, rate: 8000, frames: 80, echo: promised });
		assert.deepInclude(report, { none: 8000, deaf: 0, leaked: 0 });
		assert.deepInclude(report.back, { given: 16000, rate: 16000, frames: 160, echo: promised });
	});

	it("has any rate on a board without it", () => {
		assert.equal(report.free, 16000);
	});

	it("takes them again for the next sound, with the delay as it was", () => {
		assert.equal(report.again, report.promised);
	});
});
