/*
 * Sound from another address than the call agent has named, as of a relay or a server with several: it is heard after a
 * second, told to the user and in the log, and the named one is played alone as soon as that is heard.
 */
import { createSocket, type Socket } from "node:dgram";
import { assert } from "chai";
import { parseScript } from "../../tools/call/script.js";
import { RtpPort } from "../../tools/call-agent/rtp.js";
import { House, timeout } from "./support/house.js";

describe("sound from another address", function () {
	this.timeout(4 * timeout);
	const house = new House();
	afterEach(() => house.close());

	it("is heard until the named one is", async () => {
		const relay = createSocket("udp4");
		await new Promise<void>((done) => relay.bind(0, "127.0.0.9", done));
		let relayed = true;
		const { send } = RtpPort.prototype;
		RtpPort.prototype.send = function (this: RtpPort, type, timestamp, payload, marker) {
			const sender = this as unknown as { socket: Socket };
			const { socket } = sender;
			if (relayed) sender.socket = relay;
			send.call(this, type, timestamp, payload, marker);
			sender.socket = socket;
		};
		house.onClose(async () => {
			RtpPort.prototype.send = send;
			relay.close();
		});
		const agent = await house.agent({ dialect: "chan_sccp" });
		const conductor = await house.play(
			`127.0.0.1:${agent.port}`,
			"wait registered\nhook off\nwait tone dial\nkeys 600\nwait connected\nplay 4s\n",
		);
		const phone = conductor.stations[0]?.phone;
		assert(phone);
		const [heard] = (await phone.statistics()).streams;
		// of 200 packets those of the first second have only shown that they are a call's
		assert.closeTo(heard?.packetsForeign as number, 150, 12);
		assert.strictEqual(heard?.packetsReceived, heard?.packetsForeign);
		assert.strictEqual(heard?.foreignAddress, 0x7f000009);
		assert.isAbove(heard?.mos as number, 40000);

		relayed = false;
		await conductor.run(parseScript("play 4s\n", "script"));
		const [own] = (await phone.statistics()).streams;
		assert.closeTo(own?.packetsForeign as number, heard?.packetsForeign as number, 3);
		assert.closeTo((own?.packetsReceived as number) - (heard?.packetsReceived as number), 200, 12);
		phone.hook(false);
	});
});
