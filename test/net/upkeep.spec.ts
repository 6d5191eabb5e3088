/* The phone's SNTP client and syslog sender inside XS, with servers in a network of the test's own. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { namespacesMissing, TestNetwork } from "../support/namespace.js";
import { needs, needsBuild } from "../support/optional.js";
import { Files, Lines, Phone } from "./support/servers.js";

const source = `
import { HostNetwork } from "hal/host/network";
import { HostClock } from "hal/host/clock";
import { Program } from "hal/host/program";
import { PhoneNetwork } from "network/network";
import { Configuration } from "provisioning/configuration";
import { Upkeep } from "provisioning/upkeep";
const network = new HostNetwork({ mac: "020000000001", dhcp: "", webAddress: "", webPort: -1 }, { bind() {} });
const clock = new HostClock();
const log = (line) => { print("log " + line); upkeep.log(line); };
const upkeep = new Upkeep({
	network: new PhoneNetwork(network),
	sockets: network,
	clock,
	wall: { localSeconds: -1 },
	deviceName: "SEP020000000001",
	update: { load: "linnet-0.1.0", resetReason: "power on" },
	log,
});
const configuration = new Configuration();
configuration.ntpServers = ["10.77.0.1"];
configuration.logServer = "10.77.0.1:514";
upkeep.configure(configuration);
native("xs_timer_repeat").call(undefined, () => {
	if (clock.wallClock - Program.wallClock > 1000) print("ahead " + (clock.wallClock - Program.wallClock));
}, 50);
`;

/**
 * NTP 5000 seconds ahead of the system, behind one kiss-o'-death of a stranger; and a syslog receiver. The time is not told before the first
 * line of the log has come: whose name is found first is chance, and what is logged before the receiver's is known goes nowhere.
 */
const servers = `
import { createSocket } from "node:dgram";
const [address] = process.argv.slice(2);
const ntp = createSocket("udp4"), syslog = createSocket("udp4");
let told;
const listening = new Promise((done) => (told = done));
ntp.on("message", async (request, { port, address }) => {
	await listening;
	const answer = Buffer.alloc(48);
	answer.set([0x24, 2]);
	request.copy(answer, 24, 40, 48);
	answer.writeUInt32BE((Math.floor(Date.now() / 1000) + 5000 + 2208988800) % 2 ** 32, 40);
	const wrong = Buffer.from(answer);
	wrong[1] = 0;
	wrong[24] ^= 1;
	ntp.send(wrong, port, address);
	ntp.send(answer, port, address);
});
syslog.on("message", (line) => {
	console.log("syslog " + line);
	told();
});
ntp.bind(123, address, () => syslog.bind(514, address, () => console.log("ready")));
`;

describe("time and log servers", function () {
	this.timeout(60_000);

	before(async function () {
		const missing = namespacesMissing();
		needs(this, missing === "", missing);
		await needsBuild(this, "64-asan");
	});

	it("set the phone's clock, not the system's, and receive its log", async () => {
		const network = new TestNetwork();
		const files = new Files();
		let phone: Phone | undefined;
		try {
			network.setPhoneAddress("10.77.0.50");
			const script = join(files.path, "servers.mjs");
			writeFileSync(script, servers);
			const server = new Lines(network.start(network.servers, process.execPath, [script, network.address]));
			await server.line("ready");
			phone = new Phone(network, source);
			const ahead = Number((await phone.line("ahead")).slice(6));
			assert.approximately(ahead, 5000, 5);
			assert.match(await phone.line("log"), /^log time of 10\.77\.0\.1 taken: \d+ s ahead$/);
			assert.match(await server.line("syslog"), /SEP020000000001 linnet: linnet-0\.1\.0 starts: power on$/);
			assert.match(
				await server.line("syslog", 2),
				/^syslog <190>\w{3} [ \d]\d \d\d:\d\d:\d\d SEP020000000001 linnet: time of 10\.77\.0\.1 taken: \d+ s ahead$/,
			);
		} finally {
			await phone?.remove();
			network.remove();
			files.remove();
		}
	});
});
