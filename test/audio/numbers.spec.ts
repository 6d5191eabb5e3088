/*
 * Numbers that JavaScript and C have to agree on: names and order of the counters and routes, and how many streams there are.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { Route, Statistic } from "hal/hardware";
import { Limits } from "limits";
import { Pipeline, root } from "./support/library.js";

/** Names of an enum without their prefix, in its order, as JavaScript writes them. */
function names(file: string, enumeration: string, prefix: string): string[] {
	const text = readFileSync(join(root, "audio", file), "utf8");
	const [, body = ""] = new RegExp(`enum ${enumeration} \\{([^}]*)\\}`).exec(text) ?? [];
	const words = body.match(/\w+/g) ?? [];
	assert.isNotEmpty(words, `enum ${enumeration} of ${file}`);
	return words.map((word) => {
		assert.isTrue(word.startsWith(prefix), word);
		return word
			.slice(prefix.length)
			.toLowerCase()
			.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
	});
}

describe("numbers of the audio pipeline", () => {
	it("are the same for counters", () => {
		const counters = names("statistics.h", "statistic", "STATISTIC_");
		assert.deepEqual(Object.fromEntries(counters.map((name, i) => [name, i])), { ...Statistic });
	});

	it("are the same for routes", () => {
		const routes = names("pipeline.h", "route", "ROUTE_").filter((name) => name !== "count");
		assert.deepEqual(Object.fromEntries(routes.map((name, i) => [name, i])), { ...Route });
	});

	it("are the same for streams", () => {
		const pipeline = new Pipeline();
		assert.isTrue(pipeline.openReceive(Limits.streams - 1));
		assert.isFalse(pipeline.openReceive(Limits.streams));
	});
});
