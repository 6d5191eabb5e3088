// A call agent set by hand: what may be entered, how it is kept, and that it goes before all that servers say until it is taken away.
import { assert } from "chai";
import { Key, type ServerChoice } from "hal/hardware";
import { Configuration } from "provisioning/configuration";
import { hostProblem, parsePort, parseVersion, portProblem } from "settings/callagent";
import { Settings } from "settings/settings";
import { Store } from "settings/store";
import { inEnglish } from "../support/english.js";
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
			assert.equal(inEnglish(hostProblem(host)), `Neither name nor address: ${host}`);
		for (const address of ["192.0.2", "192.0.2.256", "192.0.2.05", "1.2.3.4.5", "0.0.0.0", "2000"])
			assert.equal(inEnglish(hostProblem(address)), `Not an address: ${address}`);
		assert.equal(inEnglish(hostProblem(`${"a.".repeat(31)}abc`)), "Too long, characters at most: 64");
		assert.deepEqual(["1", "2000", "65535", "02000"].map(parsePort), [1, 2000, 65535, 2000]);
		for (const port of ["", "0", "65536", "-1", "2000 ", "2e3", "0x50", "100000"]) {
			assert.equal(parsePort(port), -1, port);
			assert.equal(inEnglish(portProblem(port)), `Not a port (1-65535): ${port}`);
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
		rig.desk.callAgentChanged();
		rig.clock.advance(5000);
		assert.isAbove(rig.network.sockets.length, before);
		assert.deepEqual(
			[desk.station.callAgents, rig.network.socket.options.address, rig.network.socket.options.port],
			["192.0.2.1:2000 192.0.2.2:2000", "192.0.2.1", 2000],
		);
		rig.network.socket.writable();
		assert.equal(declared(rig.network.socket), 17);
		desk.settings.callAgent = "192.0.2.7";
		rig.desk.callAgentChanged();
		rig.clock.advance(5000);
		assert.equal(rig.network.socket.options.address, "192.0.2.7");
		desk.configured(Object.assign(new Configuration(), { callAgents: ["192.0.2.3:2000"] }));
		desk.settings.callAgent = "";
		rig.desk.callAgentChanged();
		assert.equal(desk.station.callAgents, "192.0.2.3:2000", "the latest configuration's");
	});

	it("taken away before any configuration has come leaves a phone that asks for one, and says so", () => {
		const rig = started(stored(byHand));
		const asked = () => rig.network.sockets.filter(({ options }) => options.port === 6970).length;
		const agent = socketAt(rig, 2001);
		assert.equal(asked(), 1);
		rig.desk.settings.callAgent = "";
		rig.desk.callAgentChanged();
		assert.equal(asked(), 2);
		assert.equal(rig.screen.prompt, "Requesting Configuration");
		assert.isTrue(agent.closed);
	});

	it("goes before those that the body was given, too", () => {
		const rig = new Rig(17, { callAgents: ["192.0.2.1"], registered: false, storage: stored("callAgent=192.0.2.8\n") });
		rig.desk.start();
		assert.equal(rig.network.socket.options.address, "192.0.2.8");
		rig.desk.settings.callAgent = "";
		rig.desk.callAgentChanged();
		rig.clock.advance(5000);
		assert.equal(rig.network.socket.options.address, "192.0.2.1");
	});
});

/** A registered phone with its call agent menu open and unlocked. */
function opened(storage = new FakeStorage()) {
	const rig = new Rig(17, {
		storage,
		before: ({ network }) => {
			network.names.set("pbx.example.net", "192.0.2.9");
		},
	});
	rig.press("settings", "5");
	const lines = () => rig.screen.overlay?.lines;
	return { rig, lines, settings: rig.desk.settings };
}

/** Presses keys one after the other, each as often as it stands there, with a pause where there is a space. */
function type(rig: Rig, keys: string): void {
	for (const key of keys)
		if (key === " ") rig.clock.advance(1200);
		else rig.press(key);
}

describe("the menu of the call agent", () => {
	it("is locked; it shows what holds, and opens an editor for each", () => {
		const { rig, lines, settings } = opened();
		assert.equal(rig.screen.overlay?.title, "Call agent (locked)");
		assert.deepEqual(lines(), ["1 Call agent as configured", "2 Port 2000", "3 Protocol version automatic"]);
		for (const key of ["1", "2", "3"]) {
			rig.press(key);
			assert.equal(rig.screen.prompt, "Locked: **# unlocks");
			assert.lengthOf(lines() ?? [], 3);
		}
		rig.press("4");
		assert.equal(rig.screen.prompt, "Key Is Not Active", "there is no such item");
		assert.equal(settings.callAgent, "");
		type(rig, "**#");
		assert.equal(rig.screen.overlay?.title, "Call agent");
		rig.press("1");
		assert.deepEqual(lines(), ["New: ", "Call agent as configured"]);
		assert.deepEqual([...rig.screen.softkeys], ["Save", "<<", "Alpha", "Exit"]);
		rig.softkey("Exit");
		assert.equal(rig.screen.overlay?.selected, 0);
		rig.press("3");
		assert.deepEqual([...rig.screen.softkeys], ["Save", "<<", "Exit", ""]);
		rig.softkey("Exit");
		assert.equal(rig.screen.overlay?.selected, 2, "where it was opened");
	});

	it("takes a name by letters of the keys, pressed again for the next, with star as the dot", () => {
		const { rig, lines, settings } = opened();
		type(rig, "**#1");
		rig.softkey("Alpha");
		assert.equal(rig.screen.softkeys[2], "Number");
		type(rig, "7");
		assert.deepEqual(lines(), ["New: p", "Call agent as configured", "[p] q r s 7"]);
		type(rig, " 22");
		assert.deepEqual(lines(), ["New: pb", "Call agent as configured", "a [b] c 2"]);
		type(rig, "99");
		assert.equal(lines()?.[0], "New: pbx");
		type(rig, "*");
		assert.deepEqual(lines(), ["New: pbx.", "Call agent as configured"]);
		type(rig, "33 99 2 6 7 555 33");
		type(rig, " 333 1");
		assert.equal(lines()?.[0], "New: pbx.examplef-");
		rig.softkey("<<");
		rig.softkey("<<");
		type(rig, "*66 33 8*");
		rig.softkey("<<");
		assert.equal(lines()?.[0], "New: pbx.example.net");
		rig.softkey("Save");
		assert.deepEqual(lines(), [
			"1 Call agent pbx.example.net",
			"2 Port 2000",
			"3 Protocol version automatic",
			"4 Remove",
		]);
		assert.equal(settings.callAgent, "pbx.example.net");
		rig.clock.advance(5000);
		assert.equal(rig.network.socket.options.address, "192.0.2.9");
		assert.equal(rig.desk.station.callAgent, "pbx.example.net:2000");
		rig.softkey("Exit");
		rig.press("8");
		assert.include(lines() ?? [], "Call agent pbx.example.net:2000, set by hand");
	});

	it("goes round the letters of a key, ends a letter by the right key, and goes on with digits by a softkey", () => {
		const { rig, lines } = opened();
		type(rig, "**#1");
		rig.softkey("Alpha");
		type(rig, "2222");
		assert.equal(lines()?.[0], "New: 2");
		type(rig, "2");
		assert.equal(lines()?.[0], "New: a");
		rig.press("right", "2");
		assert.equal(lines()?.[0], "New: aa");
		rig.press("left", "2");
		assert.equal(lines()?.[0], "New: aa", "what has been taken back is no letter to go on with");
		type(rig, "0#1");
		assert.equal(lines()?.[0], "New: aa0-");
		rig.softkey("Number");
		type(rig, "2255*");
		assert.deepEqual(lines(), ["New: aa0-2255.", "Call agent as configured"]);
		for (let i = 0; i < 80; i += 1) rig.press("7");
		assert.equal(lines()?.[0], `New: ...${"7".repeat(28)}`, "its end");
		assert.lengthOf(rig.ui.overlays.digits, 64);
		rig.softkey("Alpha");
		type(rig, " 7");
		assert.equal(lines()?.[0], `New: ...${"7".repeat(28)}`, "its end");
		assert.lengthOf(rig.ui.overlays.digits, 64);
	});

	it("says what is wrong with an entry, and loses nothing that was typed", () => {
		const { rig, lines, settings } = opened();
		type(rig, "**#1192*0*2");
		rig.softkey("Save");
		assert.include(rig.screen.prompt, "Not an address: 192.0.2");
		assert.equal(lines()?.[0], "New: 192.0.2");
		type(rig, "*5");
		rig.softkey("Save");
		assert.equal(settings.callAgent, "192.0.2.5");
		rig.press("1");
		rig.softkey("Alpha");
		type(rig, "**2");
		rig.softkey("Save");
		assert.match(rig.screen.prompt, /^Neither name nor address: 192\.0\.2\.5\.\.a$/);
		assert.deepEqual(lines()?.[0], "New: 192.0.2.5..a");
		rig.softkey("Exit");
		assert.equal(settings.callAgent, "192.0.2.5");
	});

	it("takes port and version in digits alone, each checked", () => {
		const { rig, lines, settings } = opened();
		type(rig, "**#2*9");
		assert.equal(lines()?.[0], "New: 20009", "no dot in a number");
		rig.press("1");
		assert.equal(lines()?.[0], "New: 20009", "five digits at most");
		for (let i = 0; i < 5; i += 1) rig.softkey("<<");
		rig.press("0");
		rig.softkey("Save");
		assert.equal(rig.screen.prompt, "Not a port (1-65535): 0");
		assert.equal(lines()?.[0], "New: 0");
		type(rig, "2443");
		rig.softkey("Save");
		assert.equal(settings.callAgentPort, 2443);
		type(rig, "32");
		rig.softkey("Save");
		assert.equal(rig.screen.prompt, "Not a version (3-22): 2");
		rig.press("0");
		rig.softkey("Save");
		assert.equal(settings.protocolVersion, 20);
		assert.equal(lines()?.[2], "3 Protocol version 20");
		rig.press("3");
		rig.softkey("<<");
		rig.softkey("<<");
		rig.softkey("Save");
		assert.equal(settings.protocolVersion, 0);
	});

	it("gives the configured ones back when it is removed, or saved empty; across a restart it is kept", () => {
		const { rig, lines, settings } = opened();
		type(rig, "**#1192*0*2*5");
		rig.softkey("Save");
		rig.clock.advance(3000);
		assert.equal(opened(rig.storage).settings.callAgentByHand, "192.0.2.5:2000");
		rig.press("4");
		assert.equal(rig.screen.prompt, "Call agent removed");
		assert.equal(lines()?.[0], "1 Call agent as configured");
		assert.equal(rig.desk.station.callAgents, "127.0.0.2:2000");
		type(rig, "1192*0*2*6");
		rig.softkey("Save");
		assert.equal(rig.desk.station.callAgents, "192.0.2.6:2000");
		rig.press("1");
		rig.ui.held(Key.softkey1 + 1);
		rig.softkey("Save");
		assert.equal(settings.callAgent, "");
		assert.equal(rig.desk.station.callAgents, "127.0.0.2:2000");
	});
});

describe("a set-up beside the menus", () => {
	it("is offered the servers by hand on a body that has one, and what it takes holds at once", () => {
		let offered: ServerChoice | undefined;
		const rig = new Rig(17, {
			before: ({ network }) => {
				Object.assign(network, {
					setUp: () => "",
					offer: (servers: ServerChoice) => {
						offered = servers;
						network.order.push("offer");
					},
				});
			},
		});
		assert.deepEqual(rig.network.order, ["offer", "start"]);
		assert.deepEqual(offered?.entry, { callAgent: "", port: "", version: "", tftp: "", events: "" });
		offered?.take({ callAgent: "192.0.2.5", port: "2001", version: "20", tftp: "", events: "" });
		assert.equal(rig.desk.station.callAgents, "192.0.2.5:2001");
		assert.deepEqual(offered?.entry, { callAgent: "192.0.2.5", port: "2001", version: "20", tftp: "", events: "" });
		assert.equal(
			new Settings(new Store(rig.storage, () => {}), rig.clock).callAgentByHand,
			"192.0.2.5:2001",
			"kept already",
		);
		offered?.take({ callAgent: "", port: "", version: "", tftp: "", events: "" });
		assert.equal(rig.desk.station.callAgents, "127.0.0.2:2000");
	});

	it("is offered nothing where there is none", () => {
		const rig = new Rig(17, {
			before: ({ network }) => Object.assign(network, { offer: () => network.order.push("offer") }),
		});
		assert.deepEqual(rig.network.order, ["start"]);
	});
});
