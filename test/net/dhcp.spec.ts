/* The host body's DHCP client with dnsmasq, in a network of the test's own. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { inEnglish } from "../modules/support/english.js";
import { TestNetwork } from "../support/namespace.js";
import { needs, needsBuild } from "../support/optional.js";
import { Files, Lines, Phone, serversMissing, startDnsmasq } from "./support/servers.js";

/** Asks for an address and prints each lease; ends in good order at SIGTERM. */
const source = `
import { HostNetwork } from "hal/host/network";
import { Program } from "hal/host/program";
const network = new HostNetwork({ mac: "020000000001", dhcp: "phone0", webAddress: "", webPort: -1 }, { bind() {} });
const tell = () => print("lease " + JSON.stringify(network.lease ?? null));
tell();
network.start({ leaseChanged: tell }, {
	hostName: "SEP020000000001",
	vendorClass: "Cisco Systems, Inc. IP Phone CP-7971G-GE",
});
/** Settings that an argument holds are taken as soon as there is a lease, and left when they have held for a second. */
const settings = Program.argument(0);
if (settings !== undefined) {
	const timer = native("xs_timer_repeat").call(undefined, () => {
		if (!network.lease) return;
		native("xs_timer_clear").call(undefined, timer);
		print("refused " + network.configure({ ...JSON.parse(settings), mask: "" }));
		// what the system refuses is more than what is checked before
		const { refused } = JSON.parse(settings);
		if (refused) {
			print("refused " + network.configure(refused));
			return;
		}
		print("set " + network.configure(JSON.parse(settings)));
		native("xs_timer_set").call(undefined, () => print("unset " + network.configure(undefined)), 1000);
	}, 50);
}
Program.signals(() => exit(0));
`;

/**
 * A DHCP server that has its leases renewed after two seconds, from anyone after four. It is told what to do with the messages to
 * come, the last for ever: 'answer', 'ignore', 'nak', 'move' (to another TFTP server). Prints each message.
 */
const fakeServer = `
import { createSocket } from "node:dgram";
const [own, time, ...acts] = process.argv.slice(2);
const address = own.split(".").map(Number);
const names = ["", "discover", "offer", "request", "decline", "ack", "nak", "release"];
const socket = createSocket("udp4");
let tftp = 1;
socket.on("message", (message) => {
	const options = new Map();
	for (let at = 240; message[at] !== 255 && at < message.length; at += 2 + message[at + 1])
		options.set(message[at], [...message.subarray(at + 2, at + 2 + message[at + 1])]);
	const type = options.get(53)[0];
	const act = type === 7 ? "ignore" : acts.length > 1 ? acts.shift() : acts[0];
	console.log(names[type] + " from " + [...message.subarray(12, 16)].join(".") + (message[10] ? " broadcast " : " ") + act);
	if (act === "ignore") return;
	if (act === "move") tftp = 2;
	const reply = Buffer.alloc(320);
	message.copy(reply, 0, 0, 44);
	reply[0] = 2;
	if (act !== "nak") reply.set([10, 77, 0, 60], 16);
	reply.set([99, 130, 83, 99, 53, 1, act === "nak" ? 6 : type === 1 ? 2 : 5, 54, 4, ...address], 236);
	if (act !== "nak")
		reply.set([51, 4, 0, 0, 0, time, 58, 4, 0, 0, 0, 2, 59, 4, 0, 0, 0, 4, 1, 4, 255, 255, 255, 0, 150, 4, 10, 77, 0, tftp], 249);
	reply[act === "nak" ? 249 : 279] = 255;
	socket.send(reply, 68, "10.77.0.255");
});
socket.bind(67, () => { socket.setBroadcast(true); console.log("ready"); });
`;

describe("DHCP client of the host", function () {
	this.timeout(60_000);
	let network: TestNetwork;
	let files: Files;
	let phone: Phone | undefined;
	let server: Lines | undefined;

	before(async function () {
		const missing = serversMissing();
		needs(this, missing === "", missing);
		await needsBuild(this, "64-asan");
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
		assert.match(said, /vendor class: Cisco Systems, Inc\. IP Phone CP-7971G-GE$/m);
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

	/** Starts the server above, which gives leases of so many seconds, and a phone. */
	async function lease(seconds: number, ...acts: string[]): Promise<Lines> {
		const script = join(files.path, "server.mjs");
		writeFileSync(script, fakeServer);
		const lines = new Lines(
			network.start(network.servers, process.execPath, [script, network.address, `${seconds}`, ...acts]),
		);
		await lines.line("ready");
		phone = new Phone(network, source);
		return lines;
	}

	const own = "10.77.0.60";

	it("renews its lease without a word to the phone, and tells when its content has changed", async () => {
		server = await lease(100, "answer", "answer", "answer", "move", "answer");
		const before = JSON.parse((await phone?.line("lease", 2))?.slice(6) ?? "");
		assert.deepEqual(before.tftpAddresses, ["10.77.0.1"]);
		const after = JSON.parse((await phone?.line("lease", 3))?.slice(6) ?? "");
		assert.deepEqual(after, { ...before, tftpAddresses: ["10.77.0.2"] });
		await server.line(`request from ${own} answer`, 2);
		assert.deepEqual(server.all.slice(1, 5), [
			"discover from 0.0.0.0 broadcast answer",
			"request from 0.0.0.0 broadcast answer",
			`request from ${own} answer`,
			`request from ${own} move`,
		]);
		assert.lengthOf(phone?.all.filter((line) => line.startsWith("lease")) ?? [], 3);
		await phone?.end();
		await server.line(`release from ${own}`);
	});

	it("asks every server when its own is silent, and keeps the lease that one renews", async () => {
		server = await lease(100, "answer", "answer", "ignore", "answer");
		await server.line(`request from ${own} answer`, 2);
		assert.strictEqual(server.all[3], `request from ${own} ignore`);
		assert.lengthOf(phone?.all.filter((line) => line.startsWith("lease")) ?? [], 2);
	});

	it("loses the lease at its end when nobody renews it, and begins anew", async () => {
		server = await lease(4, "answer", "answer", "ignore", "ignore", "answer");
		assert.strictEqual(await phone?.line("lease null", 2), "lease null");
		assert.match((await phone?.line(/^lease \{/, 2)) ?? "", /10\.77\.0\.60/);
		await server.line("discover", 2);
	});

	it("gives an address back that a server takes away, and waits before it asks again", async () => {
		server = await lease(100, "answer", "answer", "nak", "answer");
		await phone?.line("lease null", 2);
		assert.notInclude(network.run(network.phones, "ip", "-4", "addr", "show", "phone0"), "inet ");
		await phone?.line(/^lease \{/, 2);
		assert.deepEqual(server.all.slice(3, 5), [`request from ${own} nak`, "discover from 0.0.0.0 broadcast answer"]);
	});

	it("goes on asking when nobody answers, less and less often, and takes the offer that comes at last", async () => {
		const began = Date.now();
		server = await lease(100, "ignore", "ignore", "answer");
		await server.line("discover", 3);
		// the pauses are two and four seconds, a quarter less or more
		assert.isAtLeast(Date.now() - began, 4400);
		await phone?.line(/^lease \{/);
	});

	it("takes an address set by hand in its place, and goes back to DHCP", async () => {
		const settings = {
			address: "10.77.0.200",
			mask: "255.255.255.0",
			router: "10.77.0.1",
			dns: ["10.77.0.1"],
			domain: "",
			tftpAddresses: ["10.77.0.7"],
		};
		server = await startDnsmasq(network, files);
		phone = new Phone(network, source, JSON.stringify(settings));
		assert.match(inEnglish(await phone.line("refused")), /mask/i);
		assert.strictEqual(await phone.line("set"), "set ");
		assert.deepEqual(JSON.parse((await phone.line("lease", 3)).slice(6)), {
			...settings,
			tftpName: "",
			nextServer: "",
			serverName: "",
			ntp: [],
		});
		await server.line(/DHCPRELEASE/);
		assert.strictEqual(await phone.line("unset"), "unset ");
		assert.strictEqual(await phone.line("lease", 4), "lease null");
		assert.match(await phone.line("lease", 5), /"address":"10\.77\.0\.\d\d"/);
	});

	it("asks for an address again when the system refuses one set by hand, half way", async () => {
		const refused = {
			address: "10.77.0.200",
			mask: "255.255.255.0",
			// no way leads over all of the network
			router: "10.77.0.255",
			dns: [],
			domain: "",
			tftpAddresses: [],
		};
		server = await startDnsmasq(network, files);
		phone = new Phone(network, source, JSON.stringify({ ...refused, refused }));
		assert.match(await phone.line("refused", 2), /refused .+/);
		assert.strictEqual(await phone.line("lease", 3), "lease null");
		assert.match(await phone.line("lease", 4), /"address":"10\.77\.0\.\d\d"/);
	});

	it("says what is wrong with an interface", async () => {
		phone = new Phone(network, source.replace('"phone0"', '"nowhere"'));
		await phone.line("linnet: --dhcp: nowhere: there is no such interface");
	});
});
