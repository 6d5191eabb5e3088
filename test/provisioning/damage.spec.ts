/* Damaged configuration files by the hundred thousand: each is refused whole or gives a configuration that the phone can hold. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { Trial } from "../../tools/bench/config/trial.js";
import { damageInXs, fixture } from "../../tools/bench/config.js";
import { root } from "../support/host.js";
import { needsBuild } from "../support/optional.js";

const names = readdirSync(join(root, "test/fixtures/configuration")).sort();
const seed = 20261122;

describe("damaged configuration files", function () {
	this.timeout(600_000);

	it("never break the reader, and never change the present configuration: 100,000 of them", () => {
		const trial = new Trial(
			names.map((name) => new Uint8Array(fixture(name))),
			seed,
		);
		const { files, refused, read, failure } = trial.run(100_000);
		assert.strictEqual(failure, "");
		assert.strictEqual(files, 100_000);
		assert.strictEqual(refused + read, files);
		// both ends are tried: many are broken, many damages hit a text
		assert.isAbove(refused, 30_000);
		assert.isAbove(read, 15_000);
	});

	for (const bits of [64, 32] as const) {
		it(`leave the heap of XS as it was, ${bits} bit`, async function () {
			await needsBuild(this, `${bits}`);
			const result = damageInXs(bits, names, 300);
			assert.strictEqual(result.failure, "");
			assert.strictEqual(result.files, 300);
			assert.isAbove(result.refused, 60);
			assert.isAbove(result.read, 20);
			// a list's memory may have room to spare, as it came to lie; one slot lost with each file would be 4,800 bytes
			assert.isAtMost(result.heap_growth_bytes, 256);
		});
	}
});
