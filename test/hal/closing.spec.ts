/* The end of TCP connections on the chip (hal/esp32s3/closing.c). */

import { assert } from "chai";
import { runModel } from "./model.js";

describe("hal/esp32s3: closing TCP", function () {
	this.timeout(60_000);
	/** By what happened: connections that lwIP was told to close, errors that the SDK was told of. */
	let report: Record<string, readonly number[]>;

	before(() => {
		report = runModel(["test/hal/closing.c", "hal/esp32s3/closing.c"], ["test/hal/netif", "test/hal/declared"]);
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

	it("has a listener's connection go that is reset before it is taken, and hears of one that is reset after it", () => {
		assert.deepEqual(report.taken, [1, 0]);
		assert.deepEqual(report.takenReset, [0, 1]);
		assert.deepEqual(report.waitingReset, [0, 0]);
	});
});
