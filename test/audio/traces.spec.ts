/*
 * Network traces: the files are what their generator makes, each network has the manner its name says, and the jitter
 * buffer does on all of them no worse than fixed buffers.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { benchJitter, readTrace, type TraceFigures } from "../../tools/bench/jitter.js";
import { makeTrace, traceNames, writeTrace } from "../../tools/bench/traces.js";
import { root } from "./support/library.js";

describe("network traces", function () {
	this.timeout(60000);
	let results: Record<string, TraceFigures>;
	before(() => {
		results = benchJitter();
	});

	for (const name of traceNames) {
		it(`${name} is what its generator makes`, () => {
			const trace = makeTrace(name);
			assert.strictEqual(readFileSync(join(root, "test/traces", `${name}.txt`), "utf8"), writeTrace(trace));
			assert.deepEqual(readTrace(name), trace);
		});

		it(`${name}: fewer late packets than at 60 ms and 120 ms, or as few, at less delay than the latter`, () => {
			const { fixed_60: shallow, fixed_120: deep, ...own } = results[name] as TraceFigures;
			assert.isAtMost(own.late_percent, shallow.late_percent);
			assert.isAtMost(own.late_percent, deep.late_percent);
			assert.isBelow(own.mean_delay_ms, deep.mean_delay_ms);
			assert.isBelow(own.p99_delay_ms, Math.max(deep.p99_delay_ms, 121));
			assert.isBelow(own.concealed_percent, deep.concealed_percent + 0.5);
		});
	}

	it("have losses and delays of their own kind", () => {
		const lost = (name: string) => {
			const { delays } = readTrace(name);
			return (100 * delays.filter((delay) => delay === undefined).length) / delays.length;
		};
		const most = (name: string) => Math.max(...readTrace(name).delays.map((delay) => delay ?? 0)) / 8;
		assert.strictEqual(lost("calm"), 0);
		assert.isBelow(most("calm"), 25);
		assert.closeTo(lost("burst-loss"), 2, 0.7);
		assert.closeTo(lost("wifi"), 0.3, 0.2);
		assert.isAbove(most("wifi"), 90);
		assert.isAbove(most("congested"), 110);
		assert.isAbove(most("route-change"), 80);
	});

	it("calm costs little delay and nothing else", () => {
		const { mean_delay_ms, late_percent, concealed_percent } = results.calm as TraceFigures;
		assert.isAtMost(mean_delay_ms, 20);
		assert.deepEqual([late_percent, concealed_percent <= 0.05], [0, true]);
	});
});
