/* The host body's DHCP client with dnsmasq, in a network of the test's own. */
import { assert } from "chai";
import { TestNetwork } from "../support/namespace.js";
import { needs } from "../support/optional.js";
import { Files, type Lines, Phone, serversMissing, startDnsmasq } from "./support/servers.js";

/** Asks for an address and prints each lease; ends in good order at SIGTERM. */
const source = `
import { HostNetwork } from "hal/host/network";
import { Program } from "hal/host/program";
const network = new HostNetwork("020000000001", { bind() {} }, "phone0", "SEP020000000001");
const tell = () => print("lease " + JSON.stringify(network.lease ?? null));
tell();
network.start({ leaseChanged: tell });
Program.signals(() => exit(0));
`;

describe("DHCP client of the host", function () {
	this.timeout(60_000);
	let network: TestNetwork;
	let files: Files;
	let phone: Phone | undefined;
	let server: Lines | undefined;

	before(function () {
		const missing = serversMissing();
		needs(this, missing === "", missing);
	});

	beforeEach(() => {
		network = new TestNetwork();
		files = new Files();
	});

	afterEach(async () => {
		await phone?.remove();
		phone = undefined;
		network.remove();
		files.remove();
	});

	it("takes all that a server gives, as a Cisco phone asks for it, and gives it back at the end", async () => {
		server = await startDnsmasq(
			network,
			files,
			"--dhcp-option=150,10.77.0.1,10.77.0.2",
			"--dhcp-option=66,tftp.example.com",
			"--dhcp-option=42,10.77.0.3",
			"--dhcp-option=15,example.com",
			"--dhcp-boot=file,,10.77.0.4",
			"--dhcp-vendorclass=set:phone,Cisco Systems",
			"--dhcp-option=tag:phone,3,10.77.0.1",
			"--address=/CiscoCM1.example.com/10.77.0.9",
		);
		phone = new Phone(
			network,
			`${source}
			const ask = () => network.resolve("CiscoCM1", (address) => print("CiscoCM1 " + address));
			native("xs_timer_repeat").call(undefined, () => { if (network.lease) { ask(); } }, 500);`,
		);
		assert.strictEqual(await phone.line("lease"), "lease null");
		const lease = JSON.parse((await phone.line("lease", 2)).slice(6));
		assert.match(lease.address, /^10\.77\.0\.\d+$/);
		assert.deepEqual(
			{ ...lease, address: "" },
			{
				address: "",
				mask: "255.255.255.0",
				router: "10.77.0.1",
				dns: ["10.77.0.1"],
				domain: "example.com",
				tftpAddresses: ["10.77.0.1", "10.77.0.2"],
				tftpName: "tftp.example.com",
				nextServer: "10.77.0.4",
				serverName: "",
				ntp: ["10.77.0.3"],
			},
		);
		const said = server.all.join("\n");
		assert.match(said, /vendor class: Cisco Systems, Inc\. IP Phone CP-7960G/);
		assert.match(said, /client provides name: SEP020000000001/);
		assert.match(said, /requested options: .*150/);
		const { address } = lease;
		assert.include(
			network.run(network.phones, "ip", "-4", "addr", "show", "phone0"),
			`inet ${address}/24 brd 10.77.0.255`,
		);
		assert.include(network.run(network.phones, "ip", "route"), "default via 10.77.0.1 dev phone0");
		assert.strictEqual(await phone.line("CiscoCM1"), "CiscoCM1 10.77.0.9");
		await phone.end();
		await server.line(new RegExp(`DHCPRELEASE.* ${address.replaceAll(".", "\\.")} `));
		assert.notInclude(network.run(network.phones, "ip", "-4", "addr", "show", "phone0"), "inet ");
	});
});
