/* The type of service of what the SDK opens on the chip (hal/esp32s3/service.c). */

import { assert } from "chai";
import { runModel } from "./model.js";

describe("hal/esp32s3: types of service", function () {
	this.timeout(60_000);

	it("are those that were asked for when TCP and UDP were opened; nothing is touched where there is no memory", () => {
		const folders = ["test/hal/sdk", "test/hal/declared"];
		const report = runModel(["test/hal/service.c", "hal/esp32s3/service.c"], folders);
		assert.deepEqual(report, { none: [-1, -1], wanted: [0x60, 0x60], usual: [0, 0], made: 2 });
	});
});
