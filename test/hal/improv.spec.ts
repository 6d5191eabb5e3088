/*
 * The phone's Improv Wi-Fi judged by the client that flashing pages have (improv-wifi-serial-sdk), over a serial port of streams that breaks
 * octets into pieces and has lines of a log between packets.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { assert } from "chai";
import { Improv, type ImprovHost, type ImprovNetwork, ImprovState } from "../../hal/esp32s3/improv.js";
import { projectRoot } from "../../tools/phone/project.js";

/** What the spec uses of the client. */
interface Client {
	readonly info: { firmware: string; version: string; name: string; chipFamily: string };
	readonly state: number;
	readonly error: number;
	readonly nextUrl: string | undefined;
	initialize(timeout: number): Promise<unknown>;
	scan(timeout: number): Promise<{ name: string; rssi: number; secured: boolean }[]>;
	provision(ssid: string, password: string, timeout: number): Promise<void>;
	getHostname(timeout: number): Promise<string>;
	requestCurrentState(): Promise<void>;
	close(): Promise<void>;
}

type ClientClass = new (port: { readable: ReadableStream; writable: WritableStream }, logger: object) => Client;

const files = ["serial.js", "const.js", "util/hex-formatter.js", "util/to-hex.js"];

/** Loads the client, which comes with ESP Web Tools, as Node wants modules: in a folder that says what they are, imports by whole names. */
async function load(folder: string): Promise<ClientClass> {
	for (const file of files) {
		const text = readFileSync(join(projectRoot, "node_modules/improv-wifi-serial-sdk/dist", file), "utf8");
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), text.replace(/ from "(\.[^"]+?)(?:\.js)?";/g, ' from "$1.js";'));
	}
	writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
	return ((await import(pathToFileURL(join(folder, "serial.js")).href)) as { ImprovSerial: ClientClass }).ImprovSerial;
}

/** A device at the far end of a port. */
class Device implements ImprovHost {
	state: number = ImprovState.ready;
	readonly information = ["Linnet, deskphone", "0.1.0", "ESP32-S3", "SEP001122334455"];
	url = "";
	networks: readonly ImprovNetwork[] = [];
	readonly joins: string[] = [];
	accepts = true;
	/** Octets that belong to no packet. */
	readonly others: number[] = [];
	readonly readable: ReadableStream<Uint8Array>;
	readonly writable: WritableStream<Uint8Array>;
	private readonly improv = new Improv(this);
	private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
	private count = 0;

	constructor() {
		this.readable = new ReadableStream({
			start: (controller) => {
				this.controller = controller;
			},
		});
		this.writable = new WritableStream({
			write: (octets) => {
				for (const octet of octets) this.improv.take(octet, 0);
			},
		});
	}

	join(ssid: string, password: string): void {
		this.joins.push(`${ssid} ${password}`);
		this.state = this.accepts ? ImprovState.provisioned : ImprovState.ready;
		setImmediate(() => this.improv.joined(this.accepts));
	}

	plain(octet: number): void {
		this.others.push(octet);
	}

	scan(): void {
		setImmediate(() => this.improv.heard(this.networks));
	}

	/** The log has its lines before and behind a packet, one of them without an end. */
	send(packet: Uint8Array): void {
		this.count += 1;
		const line = new TextEncoder().encode(`station: line ${this.count}\r\nI${"m".repeat(this.count % 12)}`);
		const all = new Uint8Array(line.length + packet.length);
		all.set(line);
		all.set(packet, line.length);
		for (let at = 0; at < all.length; at += 7) this.controller?.enqueue(all.slice(at, at + 7));
	}
}

describe("Improv Wi-Fi and the client of flashing pages", () => {
	let folder = "";
	let Serial: ClientClass;
	let device: Device;
	let client: Client;
	const complaints: unknown[] = [];
	const logger = { log() {}, debug() {}, error: (...words: unknown[]) => complaints.push(words) };

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), "linnet-improv-"));
		Serial = await load(folder);
	});

	after(() => rmSync(folder, { recursive: true, force: true }));

	beforeEach(() => {
		complaints.length = 0;
		device = new Device();
		client = new Serial(device, logger);
	});

	afterEach(async () => {
		await client.close();
		assert.deepEqual(complaints, [], "it has understood each packet");
	});

	it("tell each other who is there", async () => {
		await client.initialize(5000);
		assert.equal(client.state, ImprovState.ready);
		assert.deepInclude(client.info, {
			firmware: "Linnet, deskphone",
			version: "0.1.0",
			chipFamily: "ESP32-S3",
			name: "SEP001122334455",
		});
	});

	it("agree on the networks that are heard", async () => {
		device.networks = [
			{ ssid: "Zoë's \u{1f4f6}", rssi: -42, open: false },
			{ ssid: "guests", rssi: -80, open: true },
			{ ssid: "x".repeat(32), rssi: -91, open: false },
		];
		await client.initialize(5000);
		assert.deepEqual(await client.scan(5000), [
			{ name: "guests", rssi: -80, secured: false },
			{ name: "x".repeat(32), rssi: -91, secured: true },
			{ name: "Zoë's \u{1f4f6}", rssi: -42, secured: true },
		]);
		// half of a character, which no network's name has
		device.networks = [{ ssid: "half \ud83d", rssi: -50, open: false }];
		assert.deepEqual(await client.scan(5000), [{ name: "half \ufffd", rssi: -50, secured: true }]);
		device.networks = [];
		assert.deepEqual(await client.scan(5000), []);
	});

	it("bring a phone into a network, and say when it cannot", async () => {
		await client.initialize(5000);
		device.accepts = false;
		const refused = await client.provision("home", "a wrong word", 5000).then(
			() => "",
			(reason: unknown) => String(reason),
		);
		assert.equal(refused, "UNABLE_TO_CONNECT");
		device.accepts = true;
		device.url = "http://192.0.2.20/";
		await client.provision("Zoë's \u{1f4f6}", "p".repeat(63), 5000);
		assert.deepEqual(device.joins, ["home a wrong word", `Zoë's \u{1f4f6} ${"p".repeat(63)}`]);
		assert.deepEqual([client.state, client.error, client.nextUrl], [ImprovState.provisioned, 0, "http://192.0.2.20/"]);
		device.url = "";
		await client.requestCurrentState();
		assert.isUndefined(client.nextUrl);
	});

	it("say that there is no such command", async () => {
		await client.initialize(5000);
		const refused = await client.getHostname(5000).then(
			() => "",
			(reason: unknown) => String(reason),
		);
		assert.equal(refused, "UNKNOWN_RPC_COMMAND");
	});
});
