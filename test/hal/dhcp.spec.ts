/* Interfaces of the chip as hal/esp32s3/dhcp.c has them ask: Ethernet that is held, beside Wi-Fi. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { projectRoot } from "../../tools/phone/project.js";

/** ESP-IDF's states of a DHCP client. */
const Client = Object.freeze({ started: 1, stopped: 2 });

describe("hal/esp32s3: DHCP of two interfaces", function () {
	this.timeout(60_000);
	/** Of Ethernet: its client, whether it has an address, how many name servers there are then. Numbers of notices. */
	let report: Record<string, readonly number[] | number>;

	before(() => {
		const folder = mkdtempSync(join(tmpdir(), "linnet-dhcp-"));
		try {
			const program = join(folder, "program");
			const options = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"];
			const sources = ["test/hal/dhcp.c", "hal/esp32s3/dhcp.c", "hal/dhcp/lease.c"];
			execFileSync("gcc", [...options, "-Itest/hal/netif", "-Itest/hal/declared", ...sources, "-o", program], {
				cwd: projectRoot,
				stdio: ["ignore", "inherit", "inherit"],
			});
			report = JSON.parse(execFileSync(program, { encoding: "utf8" }));
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	it("asks when it is told to, and with the next link waits again", () => {
		assert.deepEqual(report.held, [Client.stopped, 0, 2]);
		assert.deepEqual(report.asks, [Client.started, 0, 0]);
		assert.deepEqual(report.again, [Client.stopped, 0, 0]);
		assert.deepEqual(report.byHand, [Client.stopped, 1, 1]);
		assert.deepEqual(report.out, [Client.stopped, 0, 0]);
	});

	it("leaves Wi-Fi its name servers when a cable has link for a moment", () => {
		assert.deepEqual(report.glitch, [Client.stopped, 0, 2]);
	});

	it("waits as well when the link goes while it is told to ask, or is given its address", () => {
		assert.deepEqual(report.goneByHand, [Client.stopped, 0, 0]);
		assert.deepEqual(report.gone, [Client.stopped, 0, 0]);
		assert.deepEqual(report.back, [Client.stopped, 0, 0]);
	});

	it("tells of changes once until they are looked at, and again when a notice found no room", () => {
		assert.deepInclude(report, { posts: 1, later: 2, calls: 1 });
	});
});
