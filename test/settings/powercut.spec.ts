/* Records over the host's real files: torn at every octet, and in a process that is killed while it writes. */
import { assert } from "chai";
import { benchPowercut } from "../../tools/bench/powercut.js";

describe("records of the phone over real files", function () {
	this.timeout(120_000);

	it("outlive cuts at every octet and kills of a writing process", async () => {
		const { cuts, lost, kills } = await benchPowercut(64, () => {}, 3, [10, 40]);
		assert.equal(lost, 0);
		assert.equal(kills, 3);
		// each of the two writes of a record has as many cuts as it has octets, header included, and one more
		assert.isAtLeast(cuts, 3 + 2 * (10 + 24 + 1) + 2 * (40 + 24 + 1));
	});
});
