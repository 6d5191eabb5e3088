/* Which way the phone takes to its network: Ethernet while its cable has link, else Wi-Fi. */

import { assert } from "chai";
import type { EthernetDescription } from "../../hal/esp32s3/board.js";
import { Uplink } from "../../hal/esp32s3/uplink.js";
import { board } from "../../hardware/deskphone/board.js";
import { inEnglish } from "../modules/support/english.js";
import { FakeClock } from "../modules/support/fakes.js";

function rig(pins: EthernetDescription | undefined, problem = "", radio = true) {
	const clock = new FakeClock();
	const calls: string[] = [];
	const log: string[] = [];
	let link = false;
	let leave = (): void => {};
	let changed = (): void => {};
	const call = (name: string) => (): void => {
		calls.push(name);
	};
	const uplink = new Uplink(
		{
			pins,
			startEthernet(given, callback) {
				assert.equal(given, board.ethernet);
				changed = callback;
				return problem;
			},
			hasLink: () => link,
		},
		radio
			? {
					text: "Wi-Fi: looking for networks",
					servers: undefined,
					start: call("start"),
					suspend(left) {
						calls.push("suspend");
						leave = left;
					},
					resume: call("resume"),
					setUp: () => {
						calls.push("set up");
						return "";
					},
				}
			: undefined,
		clock,
		(line) => log.push(inEnglish(line)),
	);
	uplink.listener = { connected: call("connected"), troubleChanged: () => assert.fail("Wi-Fi says that itself") };
	return {
		uplink,
		clock,
		calls,
		log,
		/** Wi-Fi is out of its network. */
		left: () => leave(),
		plug(cable: boolean): void {
			link = cable;
			changed();
		},
	};
}

describe("hal/esp32s3: uplink", () => {
	it("is Wi-Fi at once where there is nothing else, or the chip does not answer", () => {
		const alone = rig(undefined);
		alone.uplink.start();
		assert.deepEqual(alone.calls, ["start"]);
		assert.equal(alone.uplink.text, "Wi-Fi: looking for networks");
		const broken = rig(board.ethernet, "ESP_ERR_NOT_FOUND");
		broken.uplink.start();
		assert.deepEqual(broken.calls, ["start"]);
		assert.deepEqual(broken.log, ["Ethernet: ESP_ERR_NOT_FOUND; going on with Wi-Fi"]);
	});

	it("is Ethernet while the cable has link, and Wi-Fi without it", () => {
		const { uplink, clock, calls, plug } = rig(board.ethernet);
		uplink.start();
		clock.advance(3000);
		plug(true);
		clock.advance(60000);
		assert.deepEqual(calls, ["suspend"]);
		plug(false);
		plug(true);
		plug(false);
		assert.deepEqual(calls, ["suspend", "resume", "start", "suspend", "resume"]);
	});

	it("has Ethernet ask for an address when Wi-Fi has left its network, and only then: both have one MAC address", () => {
		const { uplink, calls, plug, left } = rig(board.ethernet);
		uplink.start();
		plug(true);
		assert.deepEqual(calls, ["suspend"]);
		left();
		assert.deepEqual(calls, ["suspend", "connected"]);
		plug(false);
		left();
		assert.deepEqual(calls, ["suspend", "connected", "resume", "start"]);
	});

	it("waits a little for the cable", () => {
		const { uplink, clock, calls } = rig(board.ethernet);
		uplink.start();
		clock.advance(3999);
		assert.deepEqual(calls, []);
		clock.advance(1);
		assert.deepEqual(calls, ["start"]);
	});

	it("opens the set-up page for a person, also beside Ethernet", () => {
		const { uplink, calls, plug } = rig(board.ethernet);
		uplink.start();
		plug(true);
		uplink.setUp();
		uplink.setUp();
		assert.deepEqual(calls, ["suspend", "start", "set up", "set up"]);
	});

	it("waits for its cable where the chip has no radio", () => {
		const { uplink, clock, plug, log } = rig(board.ethernet, "", false);
		assert.isFalse(uplink.hasWifi);
		const texts: string[] = [];
		uplink.listener = {
			connected: () => texts.push("connected"),
			troubleChanged: () => texts.push(inEnglish(uplink.text)),
		};
		uplink.start();
		assert.equal(uplink.text, "");
		clock.advance(10_000);
		plug(true);
		plug(false);
		plug(true);
		uplink.setUp();
		assert.deepEqual(texts, ["Ethernet: no link", "connected", "", "Ethernet: no link", "connected", ""]);
		assert.deepEqual(log, ["Ethernet: link", "Ethernet: no link", "Ethernet: link"]);
		const broken = rig(board.ethernet, "ESP_ERR_NOT_FOUND", false);
		broken.uplink.start();
		assert.deepEqual(broken.log, ["Ethernet: ESP_ERR_NOT_FOUND; going on without"]);
		assert.equal(broken.uplink.text, "Ethernet: ESP_ERR_NOT_FOUND");
	});
});
