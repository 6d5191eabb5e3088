/* The latest lines of the log (hal/journal). */

import { assert } from "chai";
import { runModel } from "./model.js";

describe("hal: journal", function () {
	this.timeout(60_000);

	it("holds the latest lines, whole and in order, and cuts long ones between letters", () => {
		const report = runModel<{ held: number; wrong: number; cut: number }>(
			["test/hal/journal.c", "hal/journal/journal.c"],
			["test/hal/sdk"],
		);
		// as many as fit: 100 octets each in the mean
		assert.isAbove(report.held, 30);
		assert.equal(report.wrong, 0);
		assert.equal(report.cut, 199);
	});
});
