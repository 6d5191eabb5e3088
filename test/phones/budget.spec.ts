/*
 * Budgets that the whole phone keeps: no garbage from received messages, no growth from calls; and no processor time at rest.
 */
import { assert } from "chai";
import { benchHeap } from "../../tools/bench/heap.js";
import { benchIdle } from "../../tools/bench/idle.js";
import { captureNames, measureGarbage } from "../../tools/bench/sccp.js";
import { benchSoak } from "../../tools/bench/soak.js";
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

	it("does not grow by hostile frames, which throw nothing", async () => {
		const lines: string[] = [];
		const result = await benchSoak(64, (line) => lines.push(line), 4000, 60, [17]);
		assert.strictEqual(result.exceptions, 0, lines.join("\n"));
		assert.strictEqual(result.growth_bytes, 0);
		assert.strictEqual(result.frames, 4000);
		assert.isAbove(result.registrations, 10);
	});
});

describe("An idle phone", function () {
	this.timeout(6 * timeout);

	it("takes less than half a percent of a processor", async () => {
		const { cpu_percent } = await benchIdle(64, 3);
		assert.isBelow(cpu_percent, 0.5);
	});
});
