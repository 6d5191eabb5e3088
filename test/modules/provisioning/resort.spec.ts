// The last resort on a whole phone: servers as call agents, marked where a user sees them, and gone as soon as a file names others.
import { assert } from "chai";
import { Configuration } from "provisioning/configuration";
import { inEnglish } from "../support/english.js";
import { lease } from "../support/provisioning.js";
import { Rig } from "../support/rig.js";

/** A phone out of its box on a network with a server that it may ask in vain. */
function started(): Rig {
	const rig = new Rig(17, {
		callAgents: [],
		before: ({ network }) => {
			network.lease = lease({ tftpAddresses: ["192.0.2.3"] });
		},
	});
	rig.desk.start();
	return rig;
}

/** Lets a phone wait for servers that are silent. */
function patient(rig: Rig): Rig {
	for (let i = 0; i < 60 && rig.desk.station.callAgents === ""; i += 1) rig.clock.advance(1000);
	return rig;
}

describe("types of service", () => {
	it("of connections to call agents and of transfers are the usual ones, then the configuration's", () => {
		const rig = started();
		const { desk, network } = rig;
		const last = (port: number) => network.sockets.filter(({ options }) => options.port === port).at(-1)?.options;
		assert.equal(last(6970)?.typeOfService, 0x60);
		patient(rig);
		assert.equal(last(2000)?.typeOfService, 0x60);
		assert.equal(network.datagramSockets.at(-1)?.options.typeOfService, 0x60);
		const said = { callAgents: ["192.0.2.9:2001"], dscpForCm2Dvce: 0xa0, dscpForSCCPPhoneConfig: 0x28 };
		const configuration = Object.assign(new Configuration(), said);
		desk.provisioning?.configured(configuration);
		rig.clock.advance(5000);
		assert.equal(last(2001)?.typeOfService, 0xa0);
		desk.provisioning?.boot.again("the user wants it");
		for (let i = 0; i < 60; i += 1) rig.clock.advance(1000);
		assert.equal(network.datagramSockets.at(-1)?.options.typeOfService, 0x28);
	});
});

describe("the last resort on a phone", () => {
	it("is tried as a call agent, and marked so; until it takes the phone in, the display says that there is no file", () => {
		const rig = patient(started());
		const { desk, network, screen } = rig;
		assert.equal(desk.station.callAgents, "192.0.2.3:2000 CiscoCM1:2000");
		assert.equal(network.socket.options.address, "192.0.2.3");
		assert.equal(network.socket.options.port, 2000);
		assert.include(screen.prompt, "No settings ");
		assert.equal(desk.callAgent, "192.0.2.3:2000 (TFTP)");
		const lines: string[] = [];
		desk.station.status(lines);
		assert.include(lines.map(inEnglish), "Call agent 192.0.2.3:2000 (TFTP), 1/2");
	});

	it("is gone with a file that names call agents, and is behind none that it names itself", () => {
		const { desk } = patient(started());
		const { boot } = desk.provisioning ?? assert.fail();
		const configuration = Object.assign(new Configuration(), { callAgents: ["192.0.2.3:2000"] });
		desk.configured(configuration);
		assert.equal(desk.station.callAgents, "192.0.2.3:2000 CiscoCM1:2000");
		assert.equal(desk.callAgent, "192.0.2.3:2000", "the file has named it");
		boot.lastResort = [];
		desk.lastResortChanged();
		assert.equal(desk.station.callAgents, "192.0.2.3:2000");
		boot.lastResort = ["192.0.2.4:2000"];
		boot.formerAgents = ["192.0.2.3:2000", "192.0.2.5:2000"];
		desk.configured(new Configuration());
		assert.equal(desk.station.callAgents, "192.0.2.4:2000 192.0.2.3:2000 192.0.2.5:2000");
		assert.equal(desk.callAgent, "192.0.2.3:2000", "named before");
	});

	it("gives way to a call agent set by hand, and is there again when that is taken away", () => {
		const rig = patient(started());
		const { desk } = rig;
		const changed = () => (Reflect.get(desk, "callAgentChanged") as () => void).call(desk);
		desk.settings.callAgent = "192.0.2.9";
		changed();
		assert.equal(desk.station.callAgents, "192.0.2.9:2000");
		rig.clock.advance(5000);
		assert.equal(inEnglish(desk.callAgent), "192.0.2.9:2000, set by hand");
		desk.settings.callAgent = "";
		changed();
		rig.clock.advance(5000);
		assert.equal(desk.station.callAgents, "192.0.2.3:2000 CiscoCM1:2000");
		assert.equal(desk.callAgent, "192.0.2.3:2000 (TFTP)");
	});
});
