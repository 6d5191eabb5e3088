/* Percentiles by nearest rank: each is a value that was measured. */
import { assert } from "chai";
import { percentile, spread } from "../../../tools/farm/measure.js";

describe("spread of measurements", () => {
	it("gives the values that so many percent do not exceed, in whatever order they came", () => {
		const values = Array.from({ length: 200 }, (_, index) => ((index * 37) % 200) + 1);
		assert.deepEqual(spread(values), { count: 200, mean: 100.5, p50: 100, p95: 190, p99: 198, max: 200 });
	});

	it("has the one value for all of one, and nothing of none", () => {
		assert.deepEqual(spread([7.125]), { count: 1, mean: 7.13, p50: 7.13, p95: 7.13, p99: 7.13, max: 7.13 });
		assert.deepEqual(spread([]), { count: 0, mean: 0, p50: 0, p95: 0, p99: 0, max: 0 });
	});

	it("does not take the least of few for their median", () => {
		assert.equal(percentile([1, 2, 3], 50), 2);
		assert.equal(percentile([1, 2, 3], 0), 1);
		assert.equal(percentile([1, 2, 3, 4], 50), 2);
	});
});
