/*
 * What a phone tells its call agent about a call that went well, and about one of which half was silence, in the versions'
 * forms: the sound's own figures have come all the way through pipeline, phone and wire.
 */
import { assert } from "chai";
import type { Statistics } from "../../tools/call-agent/received.js";
import { RtpPort } from "../../tools/call-agent/rtp.js";
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

	for (const [protocol, form] of [
		[3, /^MLQK=([^;]+);MLQKav=([^;]+);.*;CCR=([^;]+);.*;CS=(\d+);SCS=(\d+)$/],
		[20, /^Log 1: mos ([^,]+), avgMos ([^,]+), .*, CS (\d+), SCS (\d+), CCR ([^,]+), .*$/],
		[22, /^MLQK=([^;]+);MLQKav=([^;]+);.*;CCR=([^;]+);.*;CS=(\d+);SCS=(\d+);MLQKvr=.*$/],
	] as const) {
		it(`version ${protocol}, where nothing came in the second half`, async () => {
			const { send } = RtpPort.prototype;
			/** Samples of the echo until it falls silent. */
			const half = 10 * 8000;
			RtpPort.prototype.send = function (this: RtpPort, type, timestamp, payload, marker) {
				if (timestamp < half) send.call(this, type, timestamp, payload, marker);
			};
			house.onClose(async () => {
				RtpPort.prototype.send = send;
			});
			const agent = await house.agent({ dialect: "chan_sccp", protocolVersion: protocol });
			const told = new Promise<Statistics>((resolve) => agent.on("statistics", (_, statistics) => resolve(statistics)));
			const { stations } = await house.play(
				`127.0.0.1:${agent.port}`,
				"wait registered\nhook off\nwait tone dial\nkeys 600\nwait connected\nmedia\nplay 20s\n",
				{ protocol },
			);
			stations[0]?.phone.hook(false);
			const { quality } = await told;
			const [, mos, average, ...rest] = (form.exec(quality) ?? []).map(Number);
			const [ratio, seconds, severe] = protocol === 20 ? [rest[2], rest[0], rest[1]] : rest;
			assert.isAtMost(mos as number, 2.5, quality);
			assert.isAtMost(average as number, 2.5, quality);
			assert.closeTo(ratio as number, 0.5, 0.05, quality);
			assert.closeTo(seconds as number, 10, 1, quality);
			assert.closeTo(severe as number, 10, 1, quality);
		});
	}
});
