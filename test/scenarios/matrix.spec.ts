/*
 * The heads of scenarios: which dialects and versions they say that they are without, and why.
 */
import { assert } from "chai";
import { dialectNames } from "../../tools/call-agent/options.js";
import { readScenario, readScenarios, versions } from "./support/matrix.js";

describe("Scenarios' heads", () => {
	it("say what the scenario shows, and where it cannot be", () => {
		const { title, without } = readScenario(
			"a",
			"# Shows it.\n# without chan_skinny: that server has none\n# without chan_sccp below 17: its layouts have no room\nhook off\n",
		);
		assert.equal(title, "Shows it.");
		assert.deepEqual(
			[...without],
			[
				["chan_skinny", Number.POSITIVE_INFINITY],
				["chan_sccp", 17],
			],
		);
	});

	for (const [text, message] of [
		["hook off\n", /comment that says what it shows/],
		["# It.\n# without cow: that server has none\n", /without DIALECT/],
		["# It.\n# without chan_skinny\n", /why' is expected instead/],
		["# It.\n# without chan_skinny: no\n", /why' is expected instead/],
	] as const)
		it(`are refused as ${JSON.stringify(text)}`, () => {
			assert.throws(() => readScenario("a", text), message);
		});

	it("leave each scenario a dialect and version to be played in, and each of these scenarios to play", () => {
		const all = readScenarios();
		for (const { name, without } of all)
			assert(
				dialectNames.some((dialect) => versions.some((version) => version >= (without.get(dialect) ?? 0))),
				name,
			);
		for (const dialect of dialectNames)
			for (const version of versions)
				assert(
					all.filter(({ without }) => version >= (without.get(dialect) ?? 0)).length * 2 > all.length,
					`${dialect}, version ${version}: less than half of the scenarios`,
				);
	});
});
