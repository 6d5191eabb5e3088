/* The phone's TFTP and HTTP clients inside XS with real servers, in a network of the test's own. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { inLog } from "../modules/support/english.js";
import { TestNetwork } from "../support/namespace.js";
import { needs, needsBuild } from "../support/optional.js";
import { Files, Lines, Phone, serversMissing, startDnsmasq } from "./support/servers.js";

/** Fetches the files that the arguments name, one after another, and prints what came of each. */
const source = `
import { HostNetwork } from "hal/host/network";
import { HostClock } from "hal/host/clock";
import { Program } from "hal/host/program";
import { Http } from "net/http";
import { Tftp } from "net/tftp";
import { Limits } from "limits";
const network = new HostNetwork({ mac: "020000000001", dhcp: "", webAddress: "", webPort: -1 }, { bind() {} });
const buffer = new Uint8Array(Limits.transferBuffer);
const clock = new HostClock();
const transfers = { tftp: new Tftp(network, clock, buffer), http: new Http(network, clock, buffer) };
let index = 0;
let sum = 0, count = 0, size = 0, start = 0;
const consumer = {
	begin(announced) { size = announced; },
	data(octets) {
		for (let i = 0; i < octets.length; i++) { sum = (sum * 31 + octets[i]) % 65521; count++; }
		return true;
	},
	end() { print("got " + count + " of " + size + " sum " + sum); next(); },
	failed(reason, text) { print("failed " + reason + " " + text); next(); },
};
function next() {
	const word = Program.argument(index++);
	if (word === undefined) { exit(0); return; }
	const [kind, port, file, limit] = word.split(":");
	sum = 0; count = 0;
	transfers[kind].get(Program.argument(0), Number(port), file, consumer, Number(limit ?? 10000000));
}
index = 1;
next();
`;

function sumOf(content: Uint8Array): number {
	let sum = 0;
	for (const octet of content) sum = (sum * 31 + octet) % 65521;
	return sum;
}

/** Octets that no compression or text mode leaves alone. */
function content(length: number): Uint8Array {
	const octets = new Uint8Array(length);
	let at = 0;
	for (let i = 0; at < length; i += 1) {
		const block = createHash("sha256")
			.update(`${length} ${i}`)
			.digest()
			.subarray(0, length - at);
		octets.set(block, at);
		at += block.length;
	}
	return octets;
}

/** An HTTP server that answers each path in its own way; runs in the servers' namespace. */
const httpServer = `
import { createServer } from "node:http";
import { createServer as createTcp } from "node:net";
import { readFileSync } from "node:fs";
const [address, folder] = process.argv.slice(2);
createServer((request, response) => {
	const name = decodeURIComponent(request.url.slice(1));
	if (name === "moved") { response.writeHead(302, { Location: "/file" }).end(); return; }
	if (name === "chunked" || name === "slow") {
		const file = readFileSync(folder + "/file");
		let at = 0;
		const send = () => {
			response.write(file.subarray(at, at + 1500));
			at += 1500;
			if (at < file.length) setTimeout(send, name === "slow" ? 20 : 0);
			else response.end();
		};
		send();
		return;
	}
	if (name === "half") {
		response.writeHead(200, { "Content-Length": 5000 });
		response.write("x".repeat(1000), () => response.destroy());
		return;
	}
	try { response.end(readFileSync(folder + "/" + name)); } catch { response.writeHead(404).end("none"); }
}).listen(6970, address, () => console.log("ready"));
`;

describe("file transfers with real servers", function () {
	this.timeout(120_000);
	const address = "10.77.0.1";
	const files: Record<string, Uint8Array> = {
		file: content(12345),
		empty: content(0),
		block: content(1024),
		"two blocks": content(2048),
		"one more": content(1025),
	};
	let network: TestNetwork;
	let folder: Files;
	let phone: Phone | undefined;

	before(async function () {
		const missing = serversMissing();
		needs(this, missing === "", missing);
		await needsBuild(this, "64-asan");
	});

	beforeEach(() => {
		network = new TestNetwork(address);
		network.setPhoneAddress("10.77.0.50");
		folder = new Files();
		for (const [name, octets] of Object.entries(files)) folder.add(name, octets);
	});

	afterEach(async () => {
		await phone?.remove();
		phone = undefined;
		network.remove();
		folder.remove();
	});

	/** What becomes of requests such as 'tftp:69:NAME:LIMIT'. */
	async function fetched(...words: string[]): Promise<string[]> {
		phone = new Phone(network, source, address, ...words);
		await new Promise((done) => phone?.child.on("close", done));
		assert.strictEqual(phone.child.exitCode, 0, phone.all.join("\n"));
		return phone.all.map(inLog);
	}

	const got = (name: string, size = true): string => {
		const octets = files[name] as Uint8Array;
		return `got ${octets.length} of ${size ? octets.length : -1} sum ${sumOf(octets)}`;
	};
	const names = Object.keys(files);
	const tftp = names.map((name) => `tftp:69:${name}`);

	it("TFTP of dnsmasq", async () => {
		await startDnsmasq(network, folder, "--enable-tftp", `--tftp-root=${folder.path}`);
		// a size of 0 is one that a server only sent back
		const expected = names.map((name) => got(name, name !== "empty"));
		assert.deepEqual(await fetched(...tftp, "tftp:69:none", "tftp:69:file:5000"), [
			...expected,
			`failed 2 TFTP: file ${join(folder.path, "none")} not found for 10.77.0.50`.slice(0, 14 + 64),
			"failed 4 TFTP: file of 12345 octets, at most 5000",
		]);
	});

	it("TFTP of dnsmasq without options, and with a large file", async () => {
		const large = content(300_000);
		folder.add("large", large);
		await startDnsmasq(network, folder, "--enable-tftp", `--tftp-root=${folder.path}`, "--tftp-no-blocksize");
		assert.deepEqual(await fetched("tftp:69:file", "tftp:69:large"), [
			got("file"),
			`got 300000 of 300000 sum ${sumOf(large)}`,
		]);
	});

	it("TFTP of tftpd-hpa, with options and without", async () => {
		const start = async (...options: string[]): Promise<Lines> => {
			const words = ["--foreground", "--listen", "--user", "root", "--address", `${address}:69`, ...options];
			const server = new Lines(network.start(network.servers, "in.tftpd", [...words, "--secure", folder.path]));
			await network.listening(69);
			return server;
		};
		let server = await start();
		const expected = names.map((name) => got(name, name !== "empty"));
		assert.deepEqual(await fetched(...tftp, "tftp:69:none", "tftp:69:file:5000"), [
			...expected,
			"failed 2 TFTP: File not found",
			"failed 4 TFTP: file of 12345 octets, at most 5000",
		]);
		await phone?.remove();
		await server.end();
		server = await start("--refuse", "blksize", "--refuse", "tsize", "--refuse", "timeout");
		assert.deepEqual(await fetched("tftp:69:file"), [got("file", false)]);
	});

	it("HTTP of Node, and no server at all", async () => {
		const script = join(folder.path, "server.mjs");
		writeFileSync(script, httpServer);
		const server = new Lines(network.start(network.servers, process.execPath, [script, address, folder.path]));
		await server.line("ready");
		const http = names.map((name) => `http:6970:${name}`);
		const rest = ["none", "moved", "half", "chunked", "slow", "file:5000", "chunked:5000"];
		assert.deepEqual(await fetched(...http, ...rest.map((word) => `http:6970:${word}`), "http:80:file"), [
			...names.map((name) => got(name)),
			"failed 2 HTTP: 404, no such file",
			"failed 3 HTTP: 302, a redirection is not followed",
			"failed 5 HTTP: file ended after 1000 of 5000 octets",
			got("file", false),
			got("file", false),
			"failed 4 HTTP: file of 12345 octets, at most 5000",
			"failed 4 HTTP: file of more than 5000 octets",
			"failed 6 HTTP: 10.77.0.1 port 80: connection refused",
		]);
	});
});
