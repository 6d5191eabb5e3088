/*
 * `bench services`: every kind of object of the IP Phone Services guide, each as large as the guide has it, fetched by a whole phone with
 * its Services key from a server on this machine. Judged by what the screen shows. Heap is taken after a garbage collection, with the object
 * half way through and again when it is shown, above that of the idle phone before it.
 */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { encode } from "fast-png";
import { deviceFile } from "../boot/files.js";
import { TftpServer } from "../boot/tftp-server.js";
import { startCallAgent } from "../call-agent/agent.js";
import type { Heap, Screen } from "../phone/messages.js";
import { PhoneProcess } from "../phone/phone.js";
import type { Bits } from "../phone/project.js";
import { Registration } from "../phone/screen.js";
import { brimful, entry, executed, kinds, type ServedKind } from "./services/kinds.js";

export interface ServicesResult {
	bits: number;
	kinds_total: number;
	kinds_shown: number;
	/** What is missing of kinds that are not shown, by name. */
	failures: Record<string, string>;
	idle_bytes: number;
	/** The most of all kinds above it, and of which one. */
	peak_heap_bytes: number;
	peak_kind: string;
	/** The same of an object that is no page and is read above one that fills its buffer, which only then takes room of its own. */
	brimful_heap_bytes: number;
	/** Above it when all have been closed. */
	left_bytes: number;
	/** From the key to the page on the screen: the middle of all kinds, and the slowest. */
	key_to_page_ms: number;
	slowest_ms: number;
}

const timeout = 20_000;
/** How long a phone has to show an object of which it shows nothing. */
const patience = 4000;
const resting = 5000;
/** Pages one after the other: more than a phone goes back. */
const deepest = 9;
/** Time for the phone to take in what has been sent, before its heap is looked at (ms). */
const settling = 300;
/** Share of a document that is sent before the heap is looked at. */
const half = 0.6;

/** A picture of 64 by 48 pixels. */
function somePicture(): Buffer {
	const width = 64;
	const height = 48;
	const pixels = new Uint8Array(width * height * 3);
	for (let at = 0; at < pixels.length; at += 3) pixels.set([(at / 3) % 256, (at / 9) % 256, 128], at);
	return Buffer.from(encode({ width, height, channels: 3, data: pixels }));
}

/** Serves one object at a time; what else is asked for is written down. */
class ObjectServer {
	kind: ServedKind = kinds[0] as ServedKind;
	/** The object is sent in two halves, and this is called between them. */
	between: (() => Promise<void>) | undefined = undefined;
	readonly asked: string[] = [];
	base = "";
	private readonly server: Server;
	private readonly picture = somePicture();

	constructor() {
		this.server = createServer((request, response) => {
			const path = (request.url ?? "").split("?")[0] ?? "";
			this.asked.push(path);
			if (path === "/object") void this.object(response);
			else if (path.endsWith(".png")) {
				response.writeHead(200, { "Content-Type": "image/png" });
				response.end(this.picture);
			} else {
				response.writeHead(200, { "Content-Type": "text/xml" });
				response.end(executed);
			}
		});
	}

	async listen(): Promise<void> {
		await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
		this.base = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}

	private async object(response: ServerResponse): Promise<void> {
		const document = `<?xml version="1.0" encoding="UTF-8"?>\n${this.kind.document(this.base)}\n`;
		response.writeHead(200, {
			"Content-Type": "text/xml",
			"Content-Length": Buffer.byteLength(document),
			"Set-Cookie": "PHPSESSID=0123456789abcdefghijklmnop; path=/",
		});
		const at = Math.floor(document.length * half);
		const { between } = this;
		if (between === undefined) response.end(document);
		else {
			response.write(document.slice(0, at));
			await new Promise((done) => setTimeout(done, settling));
			await between();
			response.end(document.slice(at));
		}
	}
}

class Visit {
	private readonly phone: PhoneProcess;
	private readonly server: ObjectServer;

	constructor(phone: PhoneProcess, server: ObjectServer) {
		this.phone = phone;
		this.server = server;
	}

	/** Has an object shown. @param key that asks for it. @returns what is missing of it, and the time that it took. */
	async show(kind: ServedKind, key = "services"): Promise<{ missing: string; milliseconds: number }> {
		const { phone, server } = this;
		server.kind = kind;
		server.asked.length = 0;
		const start = performance.now();
		phone.key(key);
		let missing = "nothing came";
		const there = (screen: Screen | undefined): boolean => {
			missing = screen === undefined ? "no screen" : kind.missing(screen, server.asked);
			return missing === "";
		};
		try {
			await phone.wait(() => there(phone.screen), patience, kind.name);
		} catch {
			// what is missing says it
		}
		return { missing, milliseconds: performance.now() - start };
	}

	/** Closes what is open: the key does that has opened it. */
	async leave(): Promise<void> {
		const { phone } = this;
		if (!phone.screen?.overlay) return;
		phone.key("services");
		await phone.wait(() => !phone.screen?.overlay, timeout, "the page to go");
	}

	/** Goes through as many pages as the phone can go back to. */
	async deep(): Promise<void> {
		const { phone, server } = this;
		await this.show(entry(0));
		for (let depth = 1; depth < deepest; depth += 1) {
			const { missing } = await this.show(entry(depth), "1");
			if (missing !== "") throw new Error(`page ${depth} of ${server.base}: ${missing}\n  ${phone.describe()}`);
		}
	}
}

/** Measures; `progress` gets a line for each kind. */
export async function benchServices(bits: Bits, progress: (line: string) => void): Promise<ServicesResult> {
	const closers: (() => Promise<unknown>)[] = [];
	try {
		const agent = await startCallAgent({ address: "127.0.0.1", port: 0 });
		closers.push(() => agent.close());
		const server = new ObjectServer();
		await server.listen();
		closers.push(() => server.close());
		const device = "SEP0200000000B5";
		const tftp = await TftpServer.start();
		closers.push(() => tftp.close());
		const rest = `<servicesURL>${server.base}/object</servicesURL>`;
		tftp.files.set(`${device}.cnf.xml`, deviceFile({ agents: [`127.0.0.1:${agent.port}`], versionStamp: "1", rest }));
		const phone = await PhoneProcess.start({
			bits,
			device,
			tftp: [`127.0.0.1:${tftp.port}`],
			mic: "silence",
			speaker: "null",
		});
		closers.push(() => phone.quit());
		await phone.wait(() => phone.screen?.registration === Registration.registered, timeout, "registration");
		await phone.wait(() => phone.screen?.number !== "", timeout, "its number");
		return await measure(phone, server, progress);
	} finally {
		for (const close of closers.reverse()) await close();
	}
}

/** Longer than what a key leaves running: notices and connections that end. */
async function rest(): Promise<void> {
	await new Promise((done) => setTimeout(done, resting));
}

async function measure(
	phone: PhoneProcess,
	server: ObjectServer,
	progress: (line: string) => void,
): Promise<ServicesResult> {
	const visit = new Visit(phone, server);
	const failures: Record<string, string> = {};
	const times: number[] = [];
	// once before anything is measured: code that runs for the first time makes what stays
	await visit.show(kinds[0] as ServedKind);
	await visit.leave();
	await rest();
	const idle = await phone.collect();
	const bytes = ({ slots, chunks }: Heap) => slots * idle.slotSize + chunks;
	let peak = 0;
	let peakKind = "";
	let brimfulPeak = 0;
	const measured = async (): Promise<number> => bytes(await phone.collect()) - bytes(idle);
	const look = async (name: string): Promise<number> => {
		const above = await measured();
		if (above > peak) {
			peak = above;
			peakKind = name;
		}
		return above;
	};
	for (const kind of kinds) {
		server.between = undefined;
		const { missing, milliseconds } = await visit.show(kind);
		if (missing === "") times.push(milliseconds);
		else failures[kind.name] = missing;
		const shown = await look(kind.name);
		await visit.leave();
		// and above pages from which it is chosen, half way through
		await visit.deep();
		let coming = 0;
		server.between = async () => {
			coming = await look(`${kind.name} while it comes`);
		};
		await visit.show(kind, "1");
		server.between = undefined;
		await visit.leave();
		if (kind.beside === true || kind.name === "CiscoIPPhoneExecute") {
			await visit.deep();
			await visit.show(brimful, "1");
			server.between = async () => {
				brimfulPeak = Math.max(brimfulPeak, await measured());
			};
			await visit.show(kind, "softkey1");
			server.between = undefined;
			await visit.leave();
		}
		progress(
			`${kind.name}: ${missing || "shown"}, ${shown} octets, ${coming} while it came, ${milliseconds.toFixed(0)} ms`,
		);
	}
	await rest();
	const after = bytes(await phone.collect());
	const left = after - bytes(idle);
	// what the start of the phone has left until then is no room that services may take
	peak += Math.max(bytes(idle) - after, 0);
	times.sort((a, b) => a - b);
	return {
		bits: idle.bits,
		kinds_total: kinds.length,
		kinds_shown: kinds.length - Object.keys(failures).length,
		failures,
		idle_bytes: bytes(idle) - (idle.baseline.slots * idle.slotSize + idle.baseline.chunks),
		peak_heap_bytes: peak,
		peak_kind: peakKind,
		brimful_heap_bytes: brimfulPeak,
		left_bytes: left,
		key_to_page_ms: Math.round(times[times.length >> 1] ?? 0),
		slowest_ms: Math.round(times[times.length - 1] ?? 0),
	};
}
