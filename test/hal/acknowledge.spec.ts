/* TCP's acknowledgements on the chip (hal/esp32s3/acknowledge.c). */

import { assert } from "chai";
import { runModel } from "./model.js";

describe("hal/esp32s3: TCP's acknowledgements", function () {
	this.timeout(60_000);
	/** By what was read from: octets that lwIP was told of, acknowledgements sent. */
	let report: Record<string, readonly number[]>;

	before(() => {
		report = runModel(["test/hal/acknowledge.c", "hal/esp32s3/acknowledge.c"], ["test/hal/declared"]);
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
