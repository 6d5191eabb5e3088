/* A phone out of its box on a network made for Cisco phones: `npm run boot`. */
import { assert } from "chai";
import { boot, bootMissing } from "../../tools/boot/run.js";
import { needs } from "../support/optional.js";

describe("a phone out of its box", function () {
	this.timeout(120_000);

	it("finds its address, its server, its configuration and its call agent, and says so on the display", async function () {
		const missing = bootMissing();
		needs(this, missing === "", missing);
		const result = await boot(64, () => {});
		assert.deepEqual(result.display.slice(0, 5), [
			"Configuring IP",
			"Requesting Configuration",
			"Configuring CM list",
			"Opening 10.77.0.1:2000",
			"Registering",
		]);
		// DISCOVER, REQUEST, the option acknowledgement and one block
		assert.equal(result.round_trips, 4);
		assert.isAbove(result.bytes, 1000);
		assert.isAtLeast(result.registered_ms, result.dhcp_ms + result.tftp_ms);
	});
});
