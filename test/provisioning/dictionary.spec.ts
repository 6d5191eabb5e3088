/* Whole dictionaries in XS, in the scripts that the display has: every phrase is shown, and none takes memory of the engine. */
import { assert } from "chai";
import { dictionariesInXs } from "../../tools/bench/config.js";
import { needsBuild } from "../support/optional.js";

/** Numbers that a dictionary of CallManager's locale installers has. */
const phrases = 168;
/** Octets of the engine's heap that reading one may take, with reader and buffers, and that may stay. */
const most = 6144;
const stays = 256;

describe("whole dictionaries", function () {
	this.timeout(60_000);

	for (const bits of [64, 32] as const)
		it(`are shown to the last phrase and lie in no heap, ${bits} bit`, async function () {
			await needsBuild(this, `${bits}`);
			const dictionaries = dictionariesInXs(bits);
			assert.lengthOf(dictionaries, 4);
			for (const { locale, ...dictionary } of dictionaries) {
				assert.strictEqual(dictionary.phrases, phrases, locale);
				assert.strictEqual(dictionary.phrases_shown_ratio, 1, locale);
				assert.strictEqual(dictionary.growth_bytes, 0, locale);
				assert.isBelow(dictionary.peak_heap_bytes, most * (bits / 32), locale);
				assert.isBelow(dictionary.kept_bytes, stays * (bits / 32), locale);
				// the text itself and little more
				assert.isBelow(dictionary.lookup_garbage_bytes, 64, locale);
			}
		});
});
