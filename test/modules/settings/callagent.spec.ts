// A call agent set by hand: what may be entered, how it is kept, and that it goes before all that servers say until it is taken away.
import { assert } from "chai";
import { Configuration } from "provisioning/configuration";
import { hostProblem, parsePort, parseVersion, portProblem } from "settings/callagent";
import { Settings } from "settings/settings";
import { Store } from "settings/store";
import { FakeClock, type FakeSocket } from "../support/fakes.js";
import { lease } from "../support/provisioning.js";
import { Rig } from "../support/rig.js";
import { FakeStorage } from "../support/storage.js";

function stored(lines: string): FakeStorage {
	const storage = new FakeStorage();
	new Store(storage, () => {}).write("settings", lines);
	return storage;
}

/** A phone that asks servers for its configuration, started on a network that knows the name of a call agent. */
function started(storage: FakeStorage): Rig {
	const rig = new Rig(17, {
		callAgents: [],
		storage,
		before: ({ network }) => {
			network.lease = lease({ tftpAddresses: ["10.0.0.3"] });
			network.names.set("pbx.example.net", "192.0.2.9");
		},
	});
	rig.desk.start();
	return rig;
}

/** The latest connection to a port. */
function socketAt(rig: Rig, port: number): FakeSocket {
	const socket = [...rig.network.sockets].reverse().find(({ options }) => options.port === port);
	if (socket === undefined) throw new Error(`no connection to port ${port}`);
	return socket;
}

/** The version that RegisterReq declares. */
function declared(socket: FakeSocket): number | undefined {
	return socket.writes.find((octets) => octets[8] === 1 && octets[9] === 0)?.[52];
}

const byHand = "callAgent=pbx.example.net\ncallAgentPort=2001\nprotocolVersion=11\n";

describe("a call agent set by hand", () => {
	it("has a name or an address, a port and a version that there are, else it is said what is wrong", () => {
		for (const host of [
			"pbx",
			"pbx.example.net",
			"PBX-2.example",
			"my_pbx",
			"192.0.2.5",
			"3com.example",
			"a".repeat(63),
		])
			assert.equal(hostProblem(host), "", host);
		for (const host of [
			"",
			".",
			"pbx.",
			".pbx",
			"a..b",
			"-pbx",
			"pbx-",
			"a.-b",
			"p bx",
			"pbx:2000",
			"p\u00e4x",
			"a".repeat(64),
		])
			assert.include(hostProblem(host), "expected a name such as", host);
		for (const address of ["192.0.2", "192.0.2.256", "192.0.2.05", "1.2.3.4.5", "0.0.0.0", "2000"])
			assert.include(hostProblem(address), "is no address", address);
		assert.equal(hostProblem(`${"a.".repeat(127)}b`), "254 characters: at most 253 are expected".replace("254", "255"));
		assert.deepEqual(["1", "2000", "65535", "02000"].map(parsePort), [1, 2000, 65535, 2000]);
		for (const port of ["", "0", "65536", "-1", "2000 ", "2e3", "0x50", "100000"]) {
			assert.equal(parsePort(port), -1, port);
			assert.equal(portProblem(port), `Port ${port}: a number from 1 to 65535 is expected`);
		}
		assert.deepEqual(["", "0", "3", "17", "22"].map(parseVersion), [0, 0, 3, 17, 22]);
		for (const version of ["1", "2", "23", "17.", "-3", "011"]) assert.equal(parseVersion(version), -1, version);
	});

	it("is kept; what cannot be one is as the phone comes", () => {
		const read = (lines: string) => new Settings(new Store(stored(lines), () => {}), new FakeClock());
		const { callAgentByHand, protocolVersion } = read(byHand);
		assert.deepEqual([callAgentByHand, protocolVersion], ["pbx.example.net:2001", 11]);
		assert.deepEqual([read("").callAgentByHand, read("").callAgentPort], ["", 2000]);
		const wrong = read("callAgent=pbx\ncallAgentPort=0\nprotocolVersion=2\n");
		assert.deepEqual([wrong.callAgentByHand, wrong.protocolVersion], ["pbx:2000", 0]);
		const storage = new FakeStorage();
		const clock = new FakeClock();
		const settings = new Settings(new Store(storage, () => {}), clock);
		Object.assign(settings, { callAgent: "192.0.2.5", callAgentPort: 65535, protocolVersion: 22 });
		settings.changed();
		clock.advance(3000);
		const again = new Settings(new Store(storage, () => {}), clock);
		assert.deepEqual([again.callAgentByHand, again.protocolVersion], ["192.0.2.5:65535", 22]);
	});

	it("is registered with at once, by its version, while servers are asked; the display tells of that", () => {
		const rig = started(stored(byHand));
		const socket = socketAt(rig, 2001);
		assert.equal(socket.options.address, "192.0.2.9");
		assert.include(rig.screen.prompt, "pbx.example.net:2001");
		assert.equal(socketAt(rig, 6970).options.address, "10.0.0.3", "its configuration is asked for all the same");
		socket.writable();
		assert.equal(declared(socket), 11);
	});

	it("stays when a configuration comes, and gives way to it when it is taken away", () => {
		const rig = started(stored(byHand));
		const { desk } = rig;
		const configuration = Object.assign(new Configuration(), { callAgents: ["192.0.2.1:2000", "192.0.2.2:2000"] });
		desk.configured(configuration);
		assert.equal(desk.station.callAgents, "pbx.example.net:2001");
		const before = rig.network.sockets.length;
		desk.settings.callAgent = "";
		change(rig);
		rig.clock.advance(5000);
		assert.isAbove(rig.network.sockets.length, before);
		assert.deepEqual(
			[desk.station.callAgents, rig.network.socket.options.address, rig.network.socket.options.port],
			["192.0.2.1:2000 192.0.2.2:2000", "192.0.2.1", 2000],
		);
		rig.network.socket.writable();
		assert.equal(declared(rig.network.socket), 17);
		desk.settings.callAgent = "192.0.2.7";
		change(rig);
		rig.clock.advance(5000);
		assert.equal(rig.network.socket.options.address, "192.0.2.7");
		desk.configured(Object.assign(new Configuration(), { callAgents: ["192.0.2.3:2000"] }));
		desk.settings.callAgent = "";
		change(rig);
		assert.equal(desk.station.callAgents, "192.0.2.3:2000", "the latest configuration's");
	});

	it("taken away before any configuration has come leaves a phone that asks for one, and says so", () => {
		const rig = started(stored(byHand));
		const asked = () => rig.network.sockets.filter(({ options }) => options.port === 6970).length;
		const agent = socketAt(rig, 2001);
		assert.equal(asked(), 1);
		rig.desk.settings.callAgent = "";
		change(rig);
		assert.equal(asked(), 2);
		assert.equal(rig.screen.prompt, "Requesting Configuration");
		assert.isTrue(agent.closed);
	});

	it("goes before those that the body was given, too", () => {
		const rig = new Rig(17, { callAgents: ["192.0.2.1"], registered: false, storage: stored("callAgent=192.0.2.8\n") });
		rig.desk.start();
		assert.equal(rig.network.socket.options.address, "192.0.2.8");
		rig.desk.settings.callAgent = "";
		change(rig);
		rig.clock.advance(5000);
		assert.equal(rig.network.socket.options.address, "192.0.2.1");
	});
});

/** The menu says that it has been changed. */
function change(rig: Rig): void {
	(Reflect.get(rig.desk, "callAgentChanged") as () => void).call(rig.desk);
}
