/*
 * A monkey at the whole phone in XS, for a while: it throws nothing, and from wherever it has led, two presses or the time-outs lead back.
 */
import { assert } from "chai";
import { benchMonkey } from "../../tools/bench/soak.js";

describe("a monkey at the phone", () => {
	it("finds no exception and no dead end", async () => {
		const told: string[] = [];
		const result = await benchMonkey(64, (line) => told.push(line), 600, [17]);
		assert.deepInclude(result, { events: 600, exceptions: 0, dead_ends: 0 }, told.join("\n"));
	}).timeout(120_000);
});
