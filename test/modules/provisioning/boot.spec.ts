// The boot machine against fake servers: its steps in order with their texts, and whatever can go wrong on the way.
import { assert } from "chai";
import { Failure } from "net/transfer";
import { PhoneNetwork } from "network/network";
import { Boot, type BootOptions, Step } from "provisioning/boot";
import type { Configuration } from "provisioning/configuration";
import { Fetch } from "provisioning/fetch";
import { describe as describeServers, serversOf } from "provisioning/servers";
import { crc32, Store } from "settings/store";
import { inEnglish } from "../support/english.js";
import { FakeClock, FakeNetwork } from "../support/fakes.js";
import { type Answer, FakeTransfer, FakeUpdate, LineFormat, lease } from "../support/provisioning.js";
import { FakeStorage } from "../support/storage.js";

const device = "SEP001122334455.cnf.xml";
const standard = "XMLDefault.cnf.xml";
const good = "stamp=1\nagents=cm1 cm2\n";
const cisco = lease({ tftpAddresses: ["10.0.0.1"] });

function rig(
	files: Record<string, Answer> = {},
	options: { storage?: FakeStorage; update?: FakeUpdate; random?: number } = {},
) {
	const clock = new FakeClock();
	const network = new FakeNetwork();
	const storage = options.storage ?? new FakeStorage();
	const update = options.update ?? new FakeUpdate();
	const http = new FakeTransfer();
	http.otherwise = Failure.unreachable;
	const tftp = new FakeTransfer();
	for (const [name, answer] of Object.entries(files)) tftp.files.set(name, answer);
	const log: string[] = [];
	const shown: string[] = [];
	const configured: Configuration[] = [];
	const counts = { calls: 0, restarts: 0, settled: 0, paused: 0, registers: 0, resorts: 0 };
	const owner = new PhoneNetwork(network);
	const given: BootOptions & { servers: string[] } = {
		network: owner,
		clock,
		store: new Store(storage, (line) => log.push(line)),
		update,
		fetch: new Fetch((overHttp) => (overHttp ? http : tftp)),
		files: new LineFormat(),
		deviceName: "SEP001122334455",
		servers: [],
		alternate: () => given.servers,
		random: () => options.random ?? 0.5,
	};
	const boot = new Boot(given, {
		bootChanged: () => {
			if (inEnglish(boot.text) !== shown[shown.length - 1]) shown.push(inEnglish(boot.text));
		},
		configured: (configuration) => configured.push(configuration),
		lastResortChanged: () => {
			counts.resorts += 1;
		},
		register: () => {
			counts.registers += 1;
		},
		settled: () => {
			counts.settled += 1;
		},
		paused: () => {
			counts.paused += 1;
		},
		callsUp: () => counts.calls > 0,
		startLoad: () => {
			counts.restarts += 1;
		},
		log: (line) => log.push(inEnglish(line)),
	});
	owner.listen(boot);
	owner.start({ hostName: "SEP001122334455", vendorClass: "" }, undefined);
	/** Lets servers answer until nothing more is asked. */
	const serve = () => {
		for (let i = 0; i < 100 && (http.serve() || tftp.serve()); i += 1);
	};
	/** Starts with a lease and lets the servers answer. */
	const start = (given = cisco) => {
		boot.start("power on");
		network.give(given);
		serve();
	};
	return { boot, clock, network, storage, update, http, tftp, log, shown, configured, counts, serve, start, given };
}

/** A storage in which a phone has kept a configuration. */
function kept(stamp = "1"): FakeStorage {
	const { storage, start } = rig({ [device]: `stamp=${stamp}\nagents=old1\n` });
	start();
	return storage;
}

describe("servers", () => {
	const list = (given: Parameters<typeof lease>[0], alternate: string[] = []) =>
		describeServers(serversOf(lease(given), alternate));

	it("are asked in the order of trust: 150, 66, siaddr, sname, CiscoCM1", () => {
		assert.equal(
			list({ tftpAddresses: ["10.0.0.1", "10.0.0.2"], tftpName: "boot", nextServer: "10.0.0.3", serverName: "s" }),
			"10.0.0.1:69 10.0.0.2:69 boot:69 10.0.0.3:69 s:69 CiscoCM1:69",
		);
		assert.equal(list({}), "CiscoCM1:69");
		assert.equal(list({ tftpName: "boot", nextServer: "0.0.0.0" }), "boot:69 CiscoCM1:69");
		assert.equal(list({ tftpAddresses: ["10.0.0.1"], nextServer: "10.0.0.1" }), "10.0.0.1:69 CiscoCM1:69");
	});

	it("set by hand stand in for all others", () => {
		assert.equal(list({ tftpAddresses: ["10.0.0.1"] }, ["127.0.0.1:6969", "b"]), "127.0.0.1:6969 b:69");
		assert.equal(list({ tftpAddresses: ["10.0.0.1"] }, ["a:0", "", ":69"]), "10.0.0.1:69 CiscoCM1:69");
	});
});

describe("boot", () => {
	it("goes from the address to the registration, each step with its text and its reason", () => {
		const { boot, start, shown, configured, tftp, http, log, counts } = rig({ [device]: good });
		start();
		assert.deepEqual(shown, ["Configuring IP", "Requesting Configuration", "Configuring CM list"]);
		assert.deepEqual(http.asked, [`10.0.0.1:6970 ${device}`]);
		assert.deepEqual(tftp.asked, [`10.0.0.1:69 ${device}`]);
		assert.deepEqual(configured[0]?.callAgents, ["cm1", "cm2"]);
		assert.equal(counts.settled, 1);
		boot.setRegistered(true);
		assert.equal(boot.step, Step.registered);
		assert.deepEqual(log, [
			"boot: address: Configuring IP (power on)",
			"boot: server: Requesting Configuration (own address 10.0.0.20; server 10.0.0.1, DHCP option 150)",
			"boot: device file: Requesting Configuration (10.0.0.1 is 10.0.0.1)",
			"boot: a new configuration, 1 holds: call agents cm1, cm2",
			"boot: 23 octets of files, 2 round trips",
			"boot: registering: Configuring CM list (nothing else is to be fetched)",
			"boot: registered: (the call agent has acknowledged)",
		]);
	});

	it("takes the file over HTTP where the server answers there, also after one that it has not", () => {
		const { start, http, tftp, configured } = rig();
		http.files.set(device, Failure.notFound);
		http.files.set(standard, good);
		start();
		assert.deepEqual(http.asked, [`10.0.0.1:6970 ${device}`, `10.0.0.1:6970 ${standard}`]);
		assert.deepEqual(tftp.asked, [`10.0.0.1:69 ${device}`]);
		assert.isFalse(configured[0]?.forDevice);
	});

	it("begins anew by TFTP when HTTP breaks off in the middle", () => {
		const { start, http, configured } = rig({ [device]: good });
		http.files.set(device, { half: "stamp=1\nagents=half" });
		start();
		assert.deepEqual(configured[0]?.callAgents, ["cm1", "cm2"]);
	});

	it("begins anew by TFTP when HTTP has something else for every name", () => {
		const { start, http, tftp, configured, log } = rig({ [device]: good });
		http.otherwise = "<html>";
		start();
		assert.deepEqual(configured[0]?.callAgents, ["cm1", "cm2"]);
		assert.deepEqual(tftp.asked, [`10.0.0.1:69 ${device}`]);
		assert.include(log.join("\n"), `over HTTP ${device} line 1: '=' is expected; TFTP is asked`);
		const empty = rig({ [device]: good });
		empty.http.otherwise = "";
		empty.start();
		assert.deepEqual(empty.configured[0]?.callAgents, ["cm1", "cm2"]);
	});

	it("tells what is wrong with a file that comes over HTTP alone, and does not wait for TFTP again", () => {
		const { boot, start, serve, clock, http, tftp, counts } = rig();
		http.files.set(device, "no configuration");
		tftp.otherwise = Failure.timedOut;
		start();
		for (let round = 0; round < 3; round += 1) {
			assert.equal(inEnglish(boot.text), "Mistake in the settings, line 1");
			assert.equal(inEnglish(boot.problem), `${device} line 1: '=' is expected`);
			assert.equal(boot.step, Step.waiting);
			assert.isEmpty(boot.lastResort, "a file that is refused leads to no guess");
			clock.advance(30_000);
			serve();
		}
		assert.lengthOf(tftp.asked, 1);
		assert.isAtLeast(http.asked.length, 3);
		http.files.set(device, good);
		clock.advance(60_000);
		serve();
		assert.equal(counts.registers, 1);
	});

	it("asks the next server when one is silent, unknown or has nothing", () => {
		const { start, network, tftp, configured, shown } = rig({
			"10.0.0.1 SEP001122334455.cnf.xml": Failure.timedOut,
			"10.0.0.4 SEP001122334455.cnf.xml": good,
		});
		network.names.set("boot", "10.0.0.4");
		start(lease({ tftpAddresses: ["10.0.0.1", "10.0.0.2"], tftpName: "nowhere", serverName: "boot" }));
		assert.deepEqual(tftp.asked, [
			`10.0.0.1:69 ${device}`,
			`10.0.0.2:69 ${device}`,
			`10.0.0.2:69 ${standard}`,
			`10.0.0.4:69 ${device}`,
		]);
		assert.lengthOf(configured, 1);
		assert.equal(shown[shown.length - 1], "Configuring CM list");
	});

	it("without any configuration says so and asks again after pauses that grow to five minutes", () => {
		const { boot, start, clock, tftp, serve, shown, configured, counts } = rig();
		start();
		assert.equal(inEnglish(boot.text), "No settings for SEP001122334455");
		assert.equal(boot.step, Step.waiting);
		assert.equal(counts.paused, 1);
		const pauses: number[] = [];
		for (let round = 0; round < 10; round += 1) {
			const before = clock.ticks;
			const { length } = tftp.asked;
			while (tftp.asked.length === length) clock.advance(1000);
			pauses.push((clock.ticks - before) / 1000);
			serve();
		}
		assert.deepEqual(pauses.slice(0, 4), [5, 10, 20, 40]);
		assert.equal(Math.max(...pauses), 300);
		assert.isTrue(configured.every(({ callAgents }) => callAgents.length === 0));
		tftp.files.set(standard, good);
		clock.advance(300000);
		serve();
		assert.deepEqual(configured[configured.length - 1]?.callAgents, ["cm1", "cm2"]);
		assert.equal(shown[shown.length - 1], "Configuring CM list");
	});

	it("spreads the pauses by a quarter either way", () => {
		for (const [random, pause] of [
			[0, 3750],
			[1, 6250],
		] as const) {
			const { start, clock, boot } = rig({}, { random });
			start();
			clock.advance(pause - 1);
			assert.equal(boot.step, Step.waiting);
			clock.advance(1);
			assert.notEqual(boot.step, Step.waiting);
		}
	});

	it("a broken file is refused whole: the last good configuration stays, the display tells the line, the phone asks again", () => {
		const storage = kept();
		const { boot, start, clock, tftp, serve, configured, log } = rig(
			{ [device]: "stamp=2\nagents=new\nbroken\n" },
			{ storage },
		);
		start();
		assert.equal(inEnglish(boot.text), "Mistake in the settings, line 3");
		assert.match(log.join("\n"), new RegExp(`boot: waiting: ${device} line 3: '=' is expected \\(asking again`));
		assert.deepEqual(
			configured.map(({ callAgents }) => callAgents),
			[["old1"]],
		);
		tftp.files.set(device, "stamp=2\nagents=new\n");
		clock.advance(5000);
		serve();
		assert.deepEqual(configured[1]?.callAgents, ["new"]);
	});

	it("half a file and a huge one leave what was there", () => {
		for (const answer of [{ half: "stamp=2\nagents=new\n" }, "x=1\n".repeat(20000)]) {
			const { boot, start, configured } = rig({ [device]: answer }, { storage: kept() });
			start();
			assert.deepEqual(configured[0]?.callAgents, ["old1"]);
			assert.include(boot.problem, device);
		}
	});

	it("with a stored configuration registers when no server answers, and when they take their time", () => {
		const refused = rig({ [device]: Failure.timedOut }, { storage: kept() });
		refused.start();
		assert.equal(refused.counts.registers, 1);
		assert.deepEqual(refused.configured[0]?.callAgents, ["old1"]);
		const slow = rig({ [device]: undefined }, { storage: kept() });
		slow.start();
		assert.lengthOf(slow.configured, 0);
		slow.clock.advance(4999);
		assert.equal(slow.counts.registers, 0);
		slow.clock.advance(1);
		assert.equal(slow.counts.registers, 1);
		assert.deepEqual(slow.configured[0]?.callAgents, ["old1"]);
		// and takes the new one when it comes in the end
		slow.tftp.files.set(device, "stamp=2\nagents=new\n");
		slow.serve();
		assert.deepEqual(slow.configured[1]?.callAgents, ["new"]);
		assert.equal(slow.boot.problem, "");
	});

	it("applies and keeps what differs, whatever the version stamp says, and nothing where nothing does", () => {
		const files = { [device]: "stamp=1\nagents=moved\n" };
		const { start, configured, storage, boot, serve } = rig(files, { storage: kept() });
		const { writes } = storage;
		start();
		assert.deepEqual(configured[0]?.callAgents, ["moved"]);
		assert.equal(storage.writes, writes + 1);
		boot.setRegistered(true);
		boot.again("apply-config");
		serve();
		assert.lengthOf(configured, 1);
		const again = rig(files, { storage });
		again.start();
		assert.deepEqual(again.configured[0]?.callAgents, ["moved"]);
		assert.equal(storage.writes, writes + 1);
		assert.match(again.log.join("\n"), /the configuration is unchanged holds/);
	});

	it("applies what there was no room to keep, and does not wear the storage with the rest", () => {
		const { start, boot, serve, configured, storage, tftp, given } = rig({ [device]: "agents=a\nload=1\n" });
		const { files } = given;
		const format = files.format.bind(files);
		// as serialise() leaves out URLs
		files.format = (configuration) => format(configuration).replace(/load=.*/, "");
		files.checksum = (configuration) => crc32(format(configuration));
		start();
		const { writes } = storage;
		tftp.files.set(device, "agents=a\nload=2\n");
		boot.again("apply-config");
		serve();
		assert.deepEqual(
			configured.map(({ loadInformation }) => loadInformation),
			["1", "2"],
		);
		assert.equal(storage.writes, writes);
	});

	it("without a version stamp applies what differs", () => {
		const { start, boot, configured, tftp, serve } = rig({ [device]: "agents=a\n" });
		start();
		boot.setRegistered(true);
		boot.again("restart");
		serve();
		assert.lengthOf(configured, 1);
		tftp.files.set(device, "agents=b\n");
		boot.again("restart");
		serve();
		assert.lengthOf(configured, 2);
		assert.equal(boot.step, Step.registered);
	});

	it("a configuration that cannot be stored holds all the same, and the stored one stays", () => {
		const storage = kept();
		storage.capacity = 10;
		const { boot, start, serve, tftp, configured, log } = rig({ [device]: "stamp=2\nagents=new\n" }, { storage });
		start();
		assert.deepEqual(configured[0]?.callAgents, ["new"]);
		boot.again("apply-config");
		serve();
		assert.lengthOf(configured, 1);
		// what is stored is not what holds: it is applied when the server goes back to it
		tftp.files.set(device, "stamp=1\nagents=old1\n");
		boot.again("apply-config");
		serve();
		assert.deepEqual(configured[1]?.callAgents, ["old1"]);
		assert.match(log.join("\n"), /storage: cannot keep configuration .*no space left/);
		storage.capacity = Number.POSITIVE_INFINITY;
		const after = rig({ [device]: Failure.timedOut }, { storage });
		after.start();
		assert.deepEqual(after.configured[0]?.callAgents, ["old1"]);
	});

	it("asks again when the lease names other servers, not when it is the same", () => {
		const { boot, start, network, tftp, serve, shown } = rig({ [device]: good });
		start();
		boot.setRegistered(true);
		const { length } = tftp.asked;
		network.give({ ...cisco });
		assert.lengthOf(tftp.asked, length);
		network.give({ ...cisco, ntp: ["10.0.0.8"] });
		serve();
		assert.lengthOf(tftp.asked, length + 1);
		network.give(undefined);
		assert.equal(inEnglish(boot.text), "Configuring IP");
		network.give(lease({ tftpAddresses: ["10.0.0.9"] }));
		serve();
		assert.include(tftp.asked, `10.0.0.9:69 ${device}`);
		assert.equal(boot.step, Step.registered);
		assert.equal(shown[shown.length - 1], "");
	});

	it("waits for an address however long, and drops what is under way when it goes", () => {
		const { boot, clock, network, tftp, serve } = rig({ [device]: good });
		boot.start("power on");
		clock.advance(3600000);
		assert.equal(inEnglish(boot.text), "Configuring IP");
		assert.lengthOf(tftp.asked, 0);
		network.give(cisco);
		network.give(undefined);
		serve();
		assert.isFalse(boot.configured);
		network.give(cisco);
		serve();
		assert.isTrue(boot.configured);
	});

	it("shows what keeps the body from its network, as long as it waits for one", () => {
		const { boot, network, serve } = rig({ [device]: good });
		network.trouble = "Wi-Fi: looking for networks";
		boot.start("power on");
		assert.equal(inEnglish(boot.text), "Wi-Fi: looking for networks");
		network.say("Wi-Fi: connecting to home");
		assert.equal(inEnglish(boot.text), "Wi-Fi: connecting to home");
		network.say("");
		assert.equal(inEnglish(boot.text), "Configuring IP");
		network.give(cisco);
		serve();
		const { text } = boot;
		network.say("Wi-Fi: looking for networks");
		assert.equal(boot.text, text);
	});

	it("looks whether its configuration still holds when it does not come to register", () => {
		const { start, clock, tftp, serve } = rig({ [device]: good });
		start();
		const { length } = tftp.asked;
		clock.advance(180000);
		serve();
		assert.isAbove(tftp.asked.length, length);
	});
});

describe("the last resort", () => {
	const agents = ["10.0.0.1:2000", "CiscoCM1:2000"];

	it("is the server itself, then CiscoCM1, where there is no file; the phone goes on asking for one, and says so", () => {
		for (const answer of [Failure.notFound, Failure.refused, Failure.timedOut, Failure.unreachable]) {
			const { boot, start, clock, configured, counts, tftp, serve } = rig();
			tftp.otherwise = answer;
			start();
			assert.deepEqual(boot.lastResort, agents);
			assert.isEmpty(configured[0]?.callAgents);
			assert.equal(counts.registers, 1);
			// as long as nobody takes the phone in, the display tells why it tries
			const refused = boot.problem.includes("failure");
			const says = refused ? "No settings received from 10.0.0.1" : inEnglish(boot.problem);
			assert.equal(inEnglish(boot.progress), says);
			assert.notEqual(boot.problem, "");
			boot.setRegistered(true);
			assert.equal(boot.progress, "");
			assert.equal(boot.notice, "");
			tftp.files.set(device, good);
			clock.advance(5000);
			serve();
			assert.deepEqual(configured[1]?.callAgents, ["cm1", "cm2"]);
			assert.isEmpty(boot.lastResort);
			assert.equal(boot.progress, "");
		}
	});

	it("is the server whose file names no call agent, before others; and is so again when no server answers", () => {
		const two = lease({ tftpAddresses: ["10.0.0.1", "10.0.0.2", "10.0.0.3"], serverName: "pbx" });
		const { boot, start, counts, storage } = rig({ "10.0.0.2 XMLDefault.cnf.xml": "load=linnet-1\n" });
		start(two);
		assert.deepEqual(boot.lastResort, ["10.0.0.2:2000", "10.0.0.3:2000", "pbx:2000", "CiscoCM1:2000"]);
		assert.equal(counts.registers, 1);
		assert.equal(boot.progress, "");
		const silent = rig({}, { storage });
		silent.tftp.otherwise = undefined;
		silent.start();
		silent.clock.advance(5000);
		assert.deepEqual(silent.boot.lastResort, agents);
		assert.equal(silent.counts.registers, 1);
	});

	it("has behind it the call agents of a stored configuration, which a file that names none does not replace", () => {
		const storage = kept();
		const { boot, start, configured, tftp, serve } = rig({ [device]: "load=linnet-1\n" }, { storage });
		start();
		assert.isEmpty(configured[0]?.callAgents);
		assert.deepEqual([...boot.lastResort, ...boot.formerAgents], [...agents, "old1"]);
		boot.again("apply-config");
		serve();
		assert.lengthOf(configured, 1);
		const silent = rig({}, { storage });
		silent.tftp.otherwise = undefined;
		silent.start();
		silent.clock.advance(5000);
		assert.deepEqual(silent.configured[0]?.callAgents, ["old1"]);
		tftp.files.set(device, good);
		boot.again("apply-config");
		serve();
		assert.deepEqual(configured[1]?.callAgents, ["cm1", "cm2"]);
		assert.isEmpty(boot.formerAgents);
	});

	it("is another when the user sets another server, also on a phone that is registered with the one before", () => {
		const { boot, start, serve, counts, given } = rig();
		start();
		boot.setRegistered(true);
		boot.again("the same servers");
		serve();
		assert.equal(counts.resorts, 0);
		given.servers = ["10.0.0.9"];
		boot.again("other servers set by hand");
		serve();
		assert.deepEqual(boot.lastResort, ["10.0.0.9:2000", "CiscoCM1:2000"]);
		assert.equal(counts.resorts, 1);
	});

	it("is CiscoCM1 where the lease names no server at all", () => {
		const { boot, start } = rig();
		start(lease());
		assert.deepEqual(boot.lastResort, ["CiscoCM1:2000"]);
	});

	it("is no file that is refused: the display says what is wrong with it", () => {
		const { boot, start, clock, counts, serve } = rig({ [device]: "protocol SIP\n" });
		for (start(); clock.ticks < 600_000; clock.advance(5000)) serve();
		assert.isEmpty(boot.lastResort);
		assert.equal(counts.registers, 0);
		assert.equal(inEnglish(boot.progress), "Mistake in the settings, line 1");
	});

	it("stands behind the call agents of a stored configuration at once where servers say that they have no file", () => {
		const { boot, start, counts, configured } = rig({}, { storage: kept() });
		start();
		assert.deepEqual(configured[0]?.callAgents, ["old1"]);
		assert.deepEqual(boot.lastResort, agents);
		assert.equal(counts.registers, 1);
		assert.equal(counts.resorts, 0, "a station that has begun would begin anew");
		const refused = rig({ [device]: "protocol SIP\n" }, { storage: kept() });
		refused.start();
		assert.isEmpty(refused.boot.lastResort);
		assert.equal(refused.counts.registers, 1);
	});

	it("stands behind the call agents of a stored configuration that do not take the phone in, until a file comes", () => {
		for (const registered of [false, true]) {
			const { boot, start, clock, counts, configured, tftp, serve } = rig({}, { storage: kept() });
			tftp.otherwise = undefined;
			start();
			clock.advance(5000);
			assert.deepEqual(configured[0]?.callAgents, ["old1"]);
			assert.isEmpty(boot.lastResort);
			boot.setRegistered(registered);
			tftp.otherwise = Failure.notFound;
			serve();
			assert.equal(counts.resorts, registered ? 0 : 1);
			assert.deepEqual(boot.lastResort, registered ? [] : agents);
			// the same configuration, at the server again
			tftp.files.set(device, "stamp=1\nagents=old1\n");
			clock.advance(10_000);
			serve();
			assert.lengthOf(configured, 1);
			assert.isEmpty(boot.lastResort);
			assert.equal(counts.resorts, registered ? 0 : 2);
		}
	});
});

describe("refusals", () => {
	it("of the phone's own file, of any kind, lead to the one for all", () => {
		for (const answer of [Failure.notFound, Failure.refused]) {
			const { start, configured, boot, tftp } = rig({ [device]: answer, [standard]: good });
			start();
			assert.deepEqual(tftp.asked, [`10.0.0.1:69 ${device}`, `10.0.0.1:69 ${standard}`]);
			assert.isFalse(configured[0]?.forDevice);
			assert.equal(boot.problem, "");
		}
	});

	it("lead to both ways to the server in the next round: what was silent then may have started since", () => {
		const late = rig();
		late.http.otherwise = Failure.notFound;
		late.tftp.otherwise = Failure.timedOut;
		late.start();
		assert.equal(late.boot.step, Step.waiting);
		late.tftp.otherwise = Failure.notFound;
		late.tftp.files.set(device, good);
		late.clock.advance(5000);
		late.serve();
		assert.deepEqual(late.configured.at(-1)?.callAgents, ["cm1", "cm2"]);
		const web = rig();
		web.tftp.otherwise = Failure.timedOut;
		web.start();
		assert.equal(web.boot.step, Step.waiting);
		web.http.files.set(device, good);
		web.clock.advance(5000);
		web.serve();
		assert.deepEqual(web.configured.at(-1)?.callAgents, ["cm1", "cm2"]);
	});

	it("over HTTP count where TFTP is silent, which is waited for once", () => {
		for (const answer of [Failure.notFound, Failure.refused]) {
			const { start, configured, http, tftp, boot, serve } = rig();
			tftp.otherwise = Failure.timedOut;
			http.files.set(device, answer);
			http.files.set(standard, good);
			start();
			assert.deepEqual(http.asked, [`10.0.0.1:6970 ${device}`, `10.0.0.1:6970 ${standard}`]);
			assert.deepEqual(tftp.asked, [`10.0.0.1:69 ${device}`]);
			assert.lengthOf(configured, 1);
			boot.again("apply-config");
			serve();
			assert.lengthOf(tftp.asked, 1);
		}
	});

	it("over HTTP do not when TFTP has the file", () => {
		for (const answer of [Failure.notFound, Failure.refused]) {
			const { start, configured, http } = rig({ [device]: good });
			http.files.set(device, answer);
			start();
			assert.isTrue(configured[0]?.forDevice);
		}
	});

	it("are told where that is not to be had either", () => {
		const { start, boot, clock } = rig({ [device]: Failure.refused });
		start();
		assert.equal(boot.problem, `${device}: failure ${Failure.refused}`);
		clock.advance(1000);
		assert.equal(inEnglish(boot.progress), "No settings received from 10.0.0.1");
	});
});

describe("loads", () => {
	const named = "stamp=1\nagents=cm1\nload=linnet-2\n";

	it("that the configuration names are fetched, installed and started", () => {
		const { start, update, counts, shown, boot } = rig({ [device]: named, "linnet-2.bin": "good load" });
		start();
		assert.equal(update.installed, "linnet-2");
		assert.equal(counts.restarts, 1);
		assert.deepEqual(shown.slice(-2), ["Upgrading Software", "Restarting"]);
		assert.equal(boot.step, Step.restarting);
		assert.equal(counts.registers, 0);
	});

	it("that take their time are fetched beside the registration, and started when no call is up", () => {
		const { start, clock, counts, tftp, boot, serve, update } = rig({ [device]: named, "linnet-2.bin": undefined });
		start();
		assert.equal(boot.step, Step.load);
		clock.advance(9_999);
		assert.equal(counts.registers, 0);
		clock.advance(1);
		assert.equal(counts.registers, 1);
		assert.equal(boot.progress, "");
		boot.setRegistered(true);
		counts.calls = 1;
		clock.advance(600_000);
		tftp.files.set("linnet-2.bin", "good load");
		serve();
		// to write it stops a board's sound
		assert.deepEqual(update.events, ["begin linnet-2 9", "cancel"]);
		const asked = tftp.asked.length;
		clock.advance(600_000);
		assert.lengthOf(tftp.asked, asked);
		counts.calls = 0;
		clock.advance(1000);
		serve();
		assert.equal(update.installed, "linnet-2");
		assert.equal(counts.restarts, 1);
	});

	it("that never come keep no phone from registering that has lost its network meanwhile", () => {
		const { start, clock, counts, network, tftp } = rig({ [device]: named, "linnet-2.bin": undefined });
		start();
		network.give(undefined);
		tftp.files.set(device, undefined);
		network.give(cisco);
		clock.advance(5000);
		assert.equal(counts.registers, 1);
	});

	it("come from the load server where one is named", () => {
		const { start, network, tftp, update } = rig({
			[device]: `${named}server=loads\n`,
			"10.0.0.7 linnet-2.bin": "good",
		});
		network.names.set("loads", "10.0.0.7");
		start();
		assert.equal(tftp.asked[tftp.asked.length - 1], "10.0.0.7:69 linnet-2.bin");
		assert.equal(update.installed, "linnet-2");
	});

	it("that are wrong, missing, half or too large are refused: the phone registers with the one that runs", () => {
		for (const answer of ["bad load", Failure.notFound, { half: "good" }, "good".repeat(1000)]) {
			const { start, update, counts, boot, log } = rig({ [device]: named, "linnet-2.bin": answer });
			start();
			assert.equal(update.installed, "");
			assert.equal(counts.restarts, 0);
			assert.equal(boot.step, Step.registering);
			assert.match(inEnglish(boot.problem), /^Load linnet-2: /);
			assert.include(log.join("\n"), "staying with linnet-1");
		}
	});

	it("of other makers are left alone, and so is the one that runs", () => {
		for (const load of ["P00308010200", "linnet-1", ""]) {
			const { start, tftp, boot } = rig({ [device]: `stamp=1\nagents=cm1\nload=${load}\n` });
			start();
			assert.lengthOf(tftp.asked, 1);
			assert.equal(boot.step, Step.registering);
		}
	});

	it("that were rolled back are not tried again until somebody asks for it", () => {
		const files = { [device]: named, "linnet-2.bin": "good load" };
		const first = rig(files);
		first.start();
		assert.equal(first.counts.restarts, 1);
		const second = rig(files, { storage: first.storage });
		second.start();
		assert.equal(second.counts.restarts, 0);
		assert.match(second.log.join("\n"), /linnet-2 was tried and did not come to register/);
		second.boot.load.forget();
		const third = rig(files, { storage: first.storage });
		third.start();
		assert.equal(third.counts.restarts, 1);
	});

	it("that have registered may come again when another one runs", () => {
		const files = { [device]: named, "linnet-2.bin": "good load" };
		const first = rig(files);
		first.start();
		const second = rig(files, { storage: first.storage });
		second.update.load = "linnet-2";
		second.start();
		second.boot.setRegistered(true);
		const third = rig(files, { storage: first.storage });
		third.start();
		assert.equal(third.counts.restarts, 1);
	});

	it("are confirmed once the phone is registered", () => {
		const { start, boot, update } = rig({ [device]: good });
		start();
		assert.equal(update.confirmed, 0);
		boot.setRegistered(true);
		assert.equal(update.confirmed, 1);
	});

	it("on trial make the phone start anew when they do not register in their time, and are left alone when they do", () => {
		for (const registers of [false, true]) {
			const update = new FakeUpdate();
			update.onTrial = true;
			const { start, boot, clock, counts, log, serve } = rig({ [device]: good }, { update });
			start();
			clock.advance(599_000);
			serve();
			assert.equal(counts.restarts, 0);
			if (registers) boot.setRegistered(true);
			clock.advance(2000);
			assert.equal(counts.restarts, registers ? 0 : 1);
			assert.equal(update.confirmed, registers ? 1 : 0);
			assert.equal(log.join("\n").includes("load linnet-1 has not registered"), !registers);
		}
	});

	it("that run for good wait for their call agent for ever", () => {
		const { start, clock, counts, network } = rig({ [device]: good });
		start();
		network.lease = undefined;
		clock.advance(3_600_000);
		assert.equal(counts.restarts, 0);
	});

	it("that cannot be remembered are not installed: they could come again and again", () => {
		const storage = new FakeStorage();
		const { start, counts, update } = rig({ [device]: named, "linnet-2.bin": "good load" }, { storage });
		storage.capacity = 0;
		start();
		assert.equal(counts.restarts, 0);
		assert.equal(update.installed, "");
	});
});
