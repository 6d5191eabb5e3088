/*
 * What a phone tells its call agent about a call that went well, in the versions' forms: the sound's own figures have come
 * all the way through pipeline, phone and wire.
 */
import { assert } from "chai";
import type { Statistics } from "../../tools/call-agent/received.js";
import { House, timeout } from "./support/house.js";

describe("figures of quality told to the call agent", function () {
	this.timeout(4 * timeout);
	const house = new House();
	afterEach(() => house.close());

	for (const [protocol, form] of [
		[3, /^MLQK=(\d\.\d{4});.*;CCR=(\d\.\d{4});.*;CS=\d+;SCS=\d+$/],
		[20, /^Log 1: mos (\d\.\d{4}), .*, CCR (\d\.\d{4}), .*$/],
		[22, /^MLQK=(\d\.\d{4});.*;CCR=(\d\.\d{4});.*;MLQKvr=0\.9500$/],
	] as const) {
		it(`version ${protocol}`, async () => {
			const agent = await house.agent({ dialect: "chan_sccp", protocolVersion: protocol });
			const told = new Promise<Statistics>((resolve) => agent.on("statistics", (_, statistics) => resolve(statistics)));
			const { stations } = await house.play(
				`127.0.0.1:${agent.port}`,
				// A score is there after the first second in which anything was heard.
				"wait registered\nhook off\nwait tone dial\nkeys 600\nwait connected\nmedia\nplay 2s\n",
				{ protocol },
			);
			const phone = stations[0]?.phone;
			assert(phone);
			const [stream] = (await phone.statistics()).streams;
			phone.hook(false);
			const { packetsSent, packetsReceived, packetsLost, quality } = await told;
			assert.strictEqual(packetsSent, stream?.packetsSent);
			assert.strictEqual(packetsReceived, stream?.packetsReceived);
			assert.isAtLeast(packetsReceived, 100);
			assert.strictEqual(packetsLost, 0);
			const [, mos, ratio] = form.exec(quality) ?? [];
			assert.isDefined(mos, quality);
			assert.isAbove(Number(mos), 3);
			assert.isAtMost(Number(mos), 4.5);
			assert.strictEqual(Number(ratio), 0);
		});
	}
});
