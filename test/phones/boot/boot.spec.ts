/* A phone out of its box on a network made for Cisco phones: `npm run boot`. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { assert } from "chai";
import { boot, bootIn, bootMissing, type ScenarioName, scenarios } from "../../../tools/boot/run.js";
import { projectRoot } from "../../../tools/phone/project.js";
import { needs } from "../../support/optional.js";

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
			"Connecting to 10.77.0.1:2000",
			"Registering",
		]);
		// DISCOVER, REQUEST, the option acknowledgement and one block
		assert.equal(result.round_trips, 4);
		assert.isAbove(result.bytes, 1000);
		assert.isAtLeast(result.registered_ms, result.dhcp_ms + result.tftp_ms);
	});

	it("registers in seconds with servers that have no file, one for all phones, or a refusal", async function () {
		const missing = bootMissing();
		needs(this, missing === "", missing);
		for (const name of Object.keys(scenarios) as ScenarioName[]) {
			const { display, registered_ms } = await bootIn(name, 64, () => {});
			assert.isBelow(registered_ms, 10_000, name);
			const says = display.includes("No settings for SEP0200000000AA");
			assert.equal(says, name === "no_file", `${name}: ${display}`);
		}
	});

	it("leaves no network when a person ends it", async function () {
		const missing = bootMissing();
		needs(this, missing === "", missing);
		const words = [
			"--import",
			join(projectRoot, "tools/build/resolver.mjs"),
			"build/js/tools/boot/main.js",
			"--verbose",
		];
		const child = spawn(process.execPath, words, { cwd: projectRoot, stdio: ["ignore", "ignore", "pipe"] });
		const networks = () =>
			spawnSync("ip", ["netns", "list"], { encoding: "utf8" })
				.stdout.split("\n")
				.filter((line) => line.startsWith(`linnet-${child.pid}-`));
		const closed = once(child, "close");
		// The phone has begun to log: it and the servers run.
		await once(child.stderr, "data");
		assert.lengthOf(networks(), 2);
		child.kill("SIGINT");
		child.stderr.resume();
		assert.deepEqual(await closed, [130, null]);
		assert.isEmpty(networks());
	});
});
