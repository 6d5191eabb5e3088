/*
 * Budgets that the whole phone keeps: no garbage from received messages, no growth from calls; and no processor time at rest.
 */
import { assert } from "chai";
import { benchHeap } from "../../tools/bench/heap.js";
import { benchIdle } from "../../tools/bench/idle.js";
import { captureNames, measureGarbage } from "../../tools/bench/sccp.js";
import { timeout } from "./support/house.js";

/** Slots and chunks that a registered phone with two calls may have in use on 32 bit; 64 bit takes twice the slot. */
const heapBudget = 64 * 1024;

describe("The phone's heap", function () {
	this.timeout(6 * timeout);

	for (const name of captureNames()) {
		it(`takes nothing for the messages of ${name}`, async () => {
			assert.strictEqual(await measureGarbage(64, name), 0);
		});
	}

	it("does not grow from call to call and keeps its budget", async () => {
		const result = await benchHeap(64, () => {}, 10, 60);
		assert.strictEqual(result.growth_bytes, 0);
		assert.isBelow(result.two_calls_bytes, 2 * heapBudget);
	});
});

describe("An idle phone", function () {
	this.timeout(6 * timeout);

	it("takes less than half a percent of a processor", async () => {
		const { cpu_percent } = await benchIdle(64, 3);
		assert.isBelow(cpu_percent, 0.5);
	});
});
