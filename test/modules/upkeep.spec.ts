// Time and log servers of a configuration and of DHCP.
import { assert } from "chai";
import { PhoneNetwork } from "network/network";
import { Configuration } from "provisioning/configuration";
import { Upkeep } from "provisioning/upkeep";
import { FakeClock, FakeNetwork, fakeLease } from "./support/fakes.js";
import { FakeUpdate } from "./support/provisioning.js";

function rig(resetReason = "power on") {
	const network = new FakeNetwork();
	const clock = new FakeClock();
	const upkeep = new Upkeep({
		network: new PhoneNetwork(network),
		sockets: network,
		clock,
		wall: { localSeconds: -1 },
		deviceName: "SEP1",
		update: Object.assign(new FakeUpdate(), { resetReason }),
		log() {},
	});
	const configure = (ntpServers: readonly string[], logServer: string): void => {
		upkeep.configure(Object.assign(new Configuration(), { ntpServers, logServer }));
	};
	/** Where the newest socket sent its first packet. */
	const asked = (): string => {
		const [packet] = network.datagramSocket.writes;
		return `${packet?.address}:${packet?.port}`;
	};
	return { network, clock, upkeep, configure, asked };
}

describe("upkeep", () => {
	it("makes nothing where no server is named", () => {
		const { network, clock, upkeep, configure } = rig();
		configure([], "");
		upkeep.log("a");
		assert.strictEqual(network.datagramSockets.length, 0);
		assert.strictEqual(clock.pending, 0);
	});

	it("asks the configuration's time servers, then DHCP's, and begins anew only when they change", () => {
		const { network, clock, upkeep, configure, asked } = rig();
		network.lease = fakeLease({ ntp: ["192.0.2.42"] });
		configure(["192.0.2.41"], "");
		assert.strictEqual(asked(), "192.0.2.41:123");
		configure(["192.0.2.41"], "");
		assert.strictEqual(network.datagramSockets.length, 1);
		clock.advance(4000);
		assert.strictEqual(asked(), "192.0.2.42:123");
		network.lease = fakeLease({ ntp: ["192.0.2.43"] });
		configure([], "");
		assert.strictEqual(asked(), "192.0.2.43:123");
		network.lease = fakeLease({ ntp: ["192.0.2.44"] });
		upkeep.followLease();
		assert.strictEqual(asked(), "192.0.2.44:123");
		upkeep.stop();
		assert.strictEqual(clock.pending, 0);
	});

	it("tells the first log server of the start, and no other", () => {
		const { network, upkeep, configure } = rig("JavaScript: memory full");
		const lines = (): string[] => network.datagramSocket.take().map(({ octets }) => String.fromCharCode(...octets));
		configure([], "log.example.com");
		upkeep.log("no address yet");
		assert.lengthOf(network.datagramSockets, 0);
		network.names.set("log.example.com", "192.0.2.7");
		configure([], "log.example.com:1514");
		upkeep.log("line");
		assert.deepEqual(lines(), ["<190>linnet: linnet-1 starts: JavaScript: memory full", "<190>linnet: line"]);
		configure([], "192.0.2.8");
		upkeep.log("line");
		assert.deepEqual(lines(), ["<190>linnet: line"]);
	});

	it("sends the log to the server named, on its port or on 514", () => {
		const { network, upkeep, configure, asked } = rig();
		for (const [server, expected] of [
			["192.0.2.5", "192.0.2.5:514"],
			["192.0.2.5:1514", "192.0.2.5:1514"],
			["192.0.2.5:0", "192.0.2.5:514"],
			["192.0.2.6:99999", "192.0.2.6:514"],
		] as const) {
			configure([], server);
			upkeep.log("line");
			assert.strictEqual(asked(), expected);
		}
		configure([], "");
		assert.isTrue(network.datagramSocket.closed);
		upkeep.log("none");
		assert.strictEqual(network.datagramSockets.length, 4);
	});
});
