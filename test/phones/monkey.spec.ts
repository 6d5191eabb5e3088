/*
 * A monkey at the whole phone in XS, for a while: it throws nothing, from wherever it has led two presses or the time-outs lead back, and
 * what has been leaves nothing behind.
 */
import { assert } from "chai";
import { benchMonkey } from "../../tools/bench/soak.js";

describe("a monkey at the phone", () => {
	it("finds no exception, no dead end and no growth", async () => {
		const told: string[] = [];
		const result = await benchMonkey(64, (line) => told.push(line), 3000, [17]);
		assert.deepInclude(result, { events: 3000, exceptions: 0, dead_ends: 0, growth_bytes: 0 }, told.join("\n"));
	}).timeout(300_000);
});
