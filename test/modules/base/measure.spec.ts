// A measure for what anybody may cause at any rate, and the log that goes by it.
import { Measure } from "base/measure";
import { assert } from "chai";
import { build, Rig } from "../support/rig.js";

describe("measure", () => {
	it("lets through so many in a span, and tells how many it did not", () => {
		const measure = new Measure(3, 1000);
		const at = (ticks: number): number => measure.take(ticks);
		assert.deepEqual([0, 1, 2, 3, 4, 999].map(at), [0, 0, 0, -1, -1, -1]);
		assert.deepEqual([1000, 1001].map(at), [3, 0]);
		assert.deepEqual([5000, 5000, 5000, 5000].map(at), [0, 0, 0, -1]);
		assert.equal(at(6000), 1);
	});

	it("keeps the log short whatever a call agent does, and says so", () => {
		const rig = new Rig(17);
		rig.clock.advance(20_000);
		rig.log.length = 0;
		// a codec that the phone does not have, which is a line each
		for (let i = 0; i < 1000; i += 1) rig.receive(build(0x105, 4, 1000 + i, 20, 99, 0, 0, 7));
		assert.isAtLeast(rig.log.length, 100);
		assert.isAtMost(rig.log.length, 250);
		rig.clock.advance(11_000);
		rig.log.length = 0;
		rig.receive(build(0x105, 4, 9000, 20, 99, 0, 0, 7));
		assert.match(rig.log[0] as string, /^log: 8\d\d lines left out, more than 200 in 10 s$/);
		assert.include(rig.log[1], "codec 99");
	});

	it("keeps terminal escapes and line ends of texts out of the log", () => {
		const rig = new Rig(17);
		rig.desk.log("refused: \u001b[2Jgone\r\nline \u009b31m");
		assert.equal(rig.log.at(-1), "refused: ?[2Jgone??line ?31m");
	});
});
