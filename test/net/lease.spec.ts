/* The reading of DHCP messages (hal/dhcp/lease.c) under sanitizers; settings made by hand. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { leaseOf, leaseOfSettings, settingsProblem } from "hal/dhcp/lease";
import { inEnglish } from "../modules/support/english.js";
import { root } from "../support/host.js";
import { needs } from "../support/optional.js";

const folder = join(root, "build/net");
const sources = [join(root, "test/net/lease.c"), join(root, "hal/dhcp/lease.c")];
const flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-g", "-O1", `-I${join(root, "hal/dhcp")}`];

type Option = readonly [code: number, ...value: (number | string)[]];

function octetsOf(value: readonly (number | string)[]): number[] {
	return value.flatMap((item) => (typeof item === "number" ? [item] : [...Buffer.from(item, "latin1")]));
}

function optionOctets(options: readonly Option[]): number[] {
	return options.flatMap(([code, ...value]) => {
		const octets = octetsOf(value);
		return [code, octets.length, ...octets];
	});
}

interface Header {
	yiaddr: readonly number[];
	siaddr: readonly number[];
	sname: readonly number[];
	file: readonly number[];
}

/** A server's message with these options, type ACK first. */
function message(options: readonly Option[], header: Partial<Header> = {}, tail: readonly number[] = [255]): Buffer {
	const fixed = Buffer.alloc(240);
	fixed.set([2, 1, 6, 0, 1, 2, 3, 4]);
	fixed.set(header.yiaddr ?? [192, 0, 2, 20], 16);
	fixed.set(header.siaddr ?? [], 20);
	fixed.set(header.sname ?? [], 44);
	fixed.set(header.file ?? [], 108);
	fixed.set([99, 130, 83, 99], 236);
	return Buffer.concat([fixed, Buffer.from([53, 1, 5, ...optionOctets(options), ...tail])]);
}

const ascii = (text: string): number[] => [...Buffer.from(text, "latin1")];

describe("reading of DHCP messages", () => {
	before(() => {
		mkdirSync(folder, { recursive: true });
		const sanitize = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
		execFileSync("gcc", [...flags, ...sanitize, ...sources, "-o", join(folder, "lease")]);
	});

	function read(messages: readonly Uint8Array[]): string[] {
		const { status, stdout, stderr } = spawnSync(join(folder, "lease"), {
			input: messages.map((octets) => `${Buffer.from(octets).toString("hex")}\n`).join(""),
			encoding: "utf8",
			maxBuffer: 1 << 26,
		});
		assert.strictEqual(status, 0, stderr);
		return stdout.split("\n").slice(0, -1);
	}

	/** The lease in a message, undefined when it is none. */
	function lease(octets: Uint8Array) {
		const [line = ""] = read([octets]);
		const bar = line.indexOf("|");
		return bar < 0 ? undefined : leaseOf(line.slice(bar + 1).replaceAll("|", "\n"));
	}

	it("takes all that a phone wants", () => {
		const octets = message(
			[
				[54, 192, 0, 2, 1],
				[51, 0, 0, 0x0e, 0x10],
				[58, 0, 0, 7, 8],
				[59, 0, 0, 0x0c, 0x4e],
				[1, 255, 255, 255, 0],
				[3, 192, 0, 2, 1, 192, 0, 2, 2],
				[6, 192, 0, 2, 3, 192, 0, 2, 4],
				[15, "example.com"],
				[42, 192, 0, 2, 5],
				[66, "tftp.example.com\0"],
				[150, 192, 0, 2, 6, 192, 0, 2, 7],
				[43, 1, 2, 3],
			],
			{ siaddr: [192, 0, 2, 8], sname: ascii("boot.example.com") },
		);
		assert.match(read([octets])[0] ?? "", /^5 192\.0\.2\.1 3600 1800 3150\|/);
		assert.deepEqual(lease(octets), {
			address: "192.0.2.20",
			mask: "255.255.255.0",
			router: "192.0.2.1",
			dns: ["192.0.2.3", "192.0.2.4"],
			domain: "example.com",
			tftpAddresses: ["192.0.2.6", "192.0.2.7"],
			tftpName: "tftp.example.com",
			nextServer: "192.0.2.8",
			serverName: "boot.example.com",
			ntp: ["192.0.2.5"],
		});
	});

	it("puts split options together, across the fields that overload gives to options", () => {
		const file = optionOctets([[66, "le.c"]]);
		const sname = optionOctets([
			[66, "om"],
			[150, 6],
		]);
		const octets = message(
			[
				[52, 3],
				[66, "tftp."],
				[150, 192, 0],
				[66, "examp"],
				[150, 2],
			],
			{ file: [...file, 255, 66, 1, 0x78], sname: [0, 0, ...sname, 255] },
		);
		const found = lease(octets);
		assert.strictEqual(found?.tftpName, "tftp.example.com");
		assert.deepEqual(found?.tftpAddresses, ["192.0.2.6"]);
		assert.strictEqual(found?.serverName, "");
		const plain = lease(message([[52, 1]], { file, sname: ascii("boot") }));
		assert.strictEqual(plain?.tftpName, "le.c");
		assert.strictEqual(plain?.serverName, "boot");
	});

	it("passes over what is malformed and keeps the rest", () => {
		const address = (more: readonly Option[], tail?: readonly number[]) => lease(message(more, {}, tail));
		assert.deepEqual(address([[150, 192, 0, 2, 6, 192, 0]])?.tftpAddresses, ["192.0.2.6"]);
		assert.deepEqual(address([[150, 0, 0, 0, 0, 255, 255, 255, 255, 192, 0, 2, 6]])?.tftpAddresses, ["192.0.2.6"]);
		assert.strictEqual(address([[150, ...new Array(80).fill(10)]])?.tftpAddresses.length, 4);
		for (const name of ["a b", "a\nb", "a\x80b", "x".repeat(128)])
			assert.strictEqual(address([[66, name]])?.tftpName, "");
		assert.strictEqual(address([[66, "x".repeat(127)]])?.tftpName, "x".repeat(127));
		assert.strictEqual(address([[1, 255, 255]])?.mask, "");
		assert.strictEqual(address([[3, 10, 0, 0, 1]], [66, 200, 0x61])?.tftpName, "");
		assert.strictEqual(address([[3, 10, 0, 0, 1]], [66, 200, 0x61])?.router, "10.0.0.1");
		assert.strictEqual(address([[3, 10, 0, 0, 1]], [66])?.router, "10.0.0.1");
		assert.strictEqual(address([[3, 10, 0, 0, 1]], [])?.router, "10.0.0.1");
	});

	it("knows what is no message of a DHCP server", () => {
		const right = message([]);
		assert.isDefined(lease(right));
		const request = Buffer.from(right);
		request[0] = 1;
		const cookie = Buffer.from(right);
		cookie[239] = 0;
		const untyped = Buffer.from(right);
		untyped[240] = 12;
		for (const wrong of [request, cookie, untyped, right.subarray(0, 239), right.subarray(0, 240), Buffer.alloc(0)])
			assert.isUndefined(lease(wrong));
	});

	it("reads nothing outside messages cut and changed in 20,000 ways", () => {
		let seed = 68;
		const random = (below: number): number => {
			seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
			return Math.floor((seed / 0x100000000) * below);
		};
		const whole = message(
			[
				[52, 3],
				[66, "tftp"],
				[150, 10, 0, 0, 1],
				[3, 10, 0, 0, 2],
				[6, 10, 0, 0, 3],
				[15, "x.y"],
			],
			{
				sname: optionOctets([[42, 10, 0, 0, 4]]),
				file: optionOctets([[150, 10, 0, 0, 5]]),
			},
		);
		const messages: Uint8Array[] = [];
		for (let round = 0; round < 20000; round += 1) {
			const octets = Uint8Array.from(whole);
			for (let i = 0; i < 4; i += 1) {
				const at = random(3) === 0 ? random(octets.length) : 240 + random(octets.length - 240);
				octets[at] = random(2) === 0 ? random(256) : 1 + random(12);
			}
			messages.push(octets.subarray(0, random(2) === 0 ? octets.length : random(octets.length + 1)));
		}
		const lines = read(messages);
		assert.strictEqual(lines.length, messages.length);
		assert.isAbove(lines.filter((line) => line !== "none").length, 5000);
	});

	it("makes another client's messages ask as a Cisco phone does, where there is room", () => {
		const ask = (lines: readonly (readonly [number, readonly number[]])[]): number[][] => {
			const { status, stdout, stderr } = spawnSync(join(folder, "lease"), {
				input: lines.map(([most, octets]) => `+${most} ${Buffer.from(octets).toString("hex")}\n`).join(""),
				encoding: "utf8",
			});
			assert.strictEqual(status, 0, stderr);
			return stdout
				.split("\n")
				.slice(0, -1)
				.map((line) => [...Buffer.from(line, "hex")]);
		};
		const wanted = [55, 10, 1, 3, 28, 6, 15, 42, 51, 58, 59, 66, 150];
		wanted[1] = wanted.length - 2;
		const discover = [53, 1, 1, 55, 4, 1, 3, 28, 6, 61, 2, 1, 2];
		const name = [60, 37, ...ascii("Cisco Systems, Inc. IP Phone CP-7960G")];
		const widened = [53, 1, 1, ...wanted, 61, 2, 1, 2];
		const release = [53, 1, 7, 54, 4, 10, 0, 0, 1];
		assert.deepEqual(
			ask([
				[192, discover],
				[discover.length, discover],
				[discover.length + 1, discover],
				[widened.length + 38, discover],
				[widened.length + 39, discover],
				[192, [...discover, 60, 1, 0x78]],
				[192, release],
				[192, [53, 1, 1, 55, 9, 1]],
				[192, []],
			]),
			[
				[...widened, ...name],
				discover,
				[53, 1, 1, 55, 5, 1, 3, 28, 6, 15, 61, 2, 1, 2],
				widened,
				[...widened, ...name],
				[...widened, 60, 1, 0x78],
				release,
				[53, 1, 1, 55, 9, 1],
				[],
			],
		);
		let seed = 55;
		const garbage = Array.from({ length: 3000 }, (): [number, number[]] => {
			const octets = Array.from({ length: 40 }, () => {
				seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
				return seed >>> 30 === 0 ? 55 : (seed >>> 24) % 60;
			});
			return [40 + ((seed >>> 8) % 60), octets];
		});
		assert.strictEqual(ask(garbage).length, garbage.length);
	});

	it("withstands libFuzzer for some seconds", function () {
		this.timeout(60_000);
		const program = join(folder, "lease-fuzz");
		const sanitize = ["-DFUZZ", "-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=all"];
		const built = spawnSync("clang", [...flags, ...sanitize, ...sources, "-o", program], { encoding: "utf8" });
		needs(this, built.status === 0, "needs clang libclang-rt-14-dev");
		const words = ["-max_total_time=5", "-max_len=1500", `-artifact_prefix=${folder}/`, "-print_final_stats=1"];
		const { status, stderr } = spawnSync(program, words, { encoding: "utf8", maxBuffer: 1 << 26 });
		assert.strictEqual(status, 0, stderr.slice(-4000));
		assert.match(stderr, /number_of_executed_units: +\d{3,}/);
	});
});

describe("settings of the network made by hand", () => {
	const good = {
		address: "192.0.2.20",
		mask: "255.255.255.0",
		router: "192.0.2.1",
		dns: ["192.0.2.2"],
		domain: "example.com",
		tftpAddresses: ["198.51.100.7"],
	};

	it("become a lease", () => {
		assert.strictEqual(settingsProblem(good), "");
		assert.strictEqual(
			settingsProblem({ ...good, router: "", dns: [], tftpAddresses: [], mask: "255.255.255.248" }),
			"",
		);
		assert.deepEqual(leaseOfSettings(good), { ...good, tftpName: "", nextServer: "", serverName: "", ntp: [] });
		assert.isUndefined(leaseOf(""));
	});

	it("are refused with what is wrong", () => {
		for (const [wrong, text] of [
			[{ address: "192.0.2" }, /^Not an address: 192\.0\.2$/],
			[{ address: "0.0.0.1" }, /address/],
			[{ address: "224.0.0.1" }, /address/],
			[{ address: "192.0.2.256" }, /address/],
			[{ address: "192.0.2.1x" }, /address/],
			[{ address: "192.0.2.010" }, /^Not an address: 192\.0\.2\.010$/],
			[{ address: "192.0.2.255" }, /^The network's own address: 192\.0\.2\./],
			[{ address: "192.0.2.0" }, /^The network's own address: 192\.0\.2\./],
			[{ mask: "255.0.255.0" }, /^Not a mask: 255\.0\.255\.0$/],
			[{ mask: "255.255.255.254" }, /mask/],
			[{ mask: "" }, /mask/],
			[{ router: "192.0.3.1" }, /^Router in another network: 192\.0\.3\.1$/],
			[{ dns: ["x"] }, /^Not an address: x$/],
			[{ tftpAddresses: [""] }, /^Not an address: $/],
		] as const) {
			assert.match(inEnglish(settingsProblem({ ...good, ...wrong })), text);
		}
	});
});
