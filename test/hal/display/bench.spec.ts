/*
 * What the display costs stays within what the phone can afford: time on its SPI, memory, garbage.
 */
import { assert } from "chai";
import { displayCosts, displayMemory } from "../../../tools/bench/display.js";

describe("the display's costs", () => {
	it("sends an idle screen's new minute within 30 ms at 40 MHz, and all of the panel within 40 ms", () => {
		const costs = displayCosts();
		assert.isAbove(costs.idle_minute?.octets ?? 0, 0);
		assert.isBelow(costs.idle_minute?.ms ?? Number.NaN, 30);
		for (const [change, { ms, octets }] of Object.entries(costs)) {
			assert.isAbove(octets, 0, change);
			assert.isBelow(ms, change.startsWith("everything") ? 40 : 30, change);
		}
		// 320 x 240 pixels of two octets, and 11 octets of commands for each area
		assert.equal(costs.everything?.octets, 320 * 240 * 2 + 11 * (costs.everything?.areas ?? 0));
	});

	it("holds little of XS's heap, and a redraw each second makes no garbage", () => {
		const { heap_bytes, touch_heap_bytes, garbage_bytes } = displayMemory(64);
		// a slot takes twice as much here as on the device, where 6 KB are the budget
		assert.isBelow(heap_bytes, 12288);
		assert.isBelow(touch_heap_bytes, 12288);
		for (const change of ["call_second", "two_calls_second", "statistics_second", "lamp", "menu_line"]) {
			assert.equal(garbage_bytes[change], 0, change);
		}
		assert.isBelow(garbage_bytes.idle_minute ?? Number.NaN, 1024);
	}).timeout(120_000);
});
