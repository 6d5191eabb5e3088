/*
 * A phone that has all that servers give one, each as large as it may be: CallManager's configuration file, a dictionary, tones of the
 * country, a template of 56 buttons, a list of rings and a ring file; two calls, and a service opened over them. What of the engine's heap
 * that takes at least is found by trying, since use between two collections says nothing: garbage fills any heap.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TftpServer } from "../boot/tftp-server.js";
import { startCallAgent } from "../call-agent/agent.js";
import type { Heap } from "../phone/messages.js";
import { PhoneProcess } from "../phone/phone.js";
import type { Bits } from "../phone/project.js";
import { CallState, calls, Registration } from "../phone/screen.js";
import { fixture } from "./config.js";

const device = "SEP0200000000B1";
const timeout = 60_000;
const lineCount = 8;
const buttonCount = 56;
const ringCount = 50;
const serviceCount = 12;
export const ringOctets = 16400;

/** Softkeys of the dictionary that are pressed here, by their numbers in it: other words than the phone has by itself. */
const pressed: Readonly<Record<number, string>> = Object.freeze({
	102: "Neuruf",
	103: "Warten",
	109: "Ende",
	110: "Weiter",
});

export interface LadenOptions {
	bits: Bits;
	/** Octets of chunks and count of slots that the engine has; as many as the device when absent. */
	chunks?: number;
	slots?: number;
	progress?: (line: string) => void;
}

/** The engine's heap after a collection. */
export interface Laden {
	/** Registered, with the dictionary. */
	registered: Heap;
	/** With two calls up: before a ring file has come, and when it rings. */
	calls: Heap;
	ring: Heap;
	/** With a service open as well. */
	service: Heap;
	/** With the calls ended. */
	rest: Heap;
	log: string;
}

/** @param port of the call agent. @param service URL of the first phone service, which is told what happens as well, and answers more than is wanted. */
function configuration(port: number, service: string): string {
	return fixture("callmanager-8.cnf.xml")
		.toString("latin1")
		.replace("<ethernetPhonePort>2000<", `<ethernetPhonePort>${port}<`)
		.replace("<processNodeName>cucm-sub1.example.com<", "<processNodeName>127.0.0.1<")
		.replace(/198\.51\.100\.(\d)/g, "127.0.0.$1")
		.replace("<name>English_United_Kingdom<", "<name>German_Germany<")
		.replace("</device>", `<eventsURL>${service}</eventsURL>${services(service)}</device>`);
}

/** As many phone services as a phone keeps, in the octets that it has for them. */
function services(first: string): string {
	const all = Array.from({ length: serviceCount }, (_, index) => {
		const url = index === 0 ? first : `http://services.example.com/${"menu/".repeat(8)}${index + 1}`;
		const name = `Dienst ${index + 1}`.padEnd(40, ".");
		return `<phoneService type="0"><name>${name}</name><url>${url}</url></phoneService>`;
	});
	return `<phoneServices><provisioning>0</provisioning>${all.join("\n")}</phoneServices>`;
}

function dictionary(): string {
	const phrases = Array.from({ length: 200 }, (_, index) => {
		const text = pressed[index + 1] ?? `Wortgrüße ${index + 1}`;
		return `<phrase i="${index + 1}" t="${text}"/>`;
	});
	return `<?xml version="1.0" encoding="utf-8"?><phrases>${phrases.join("\n")}</phrases>`;
}

/** A file of tones with as many steps as there is room for. */
function tones(): string {
	const types = ["idial", "odial", "busy", "ringing", "reorder", "amwi", "recording", "monitoring"];
	const parts = '<part m="on" t="100"/><part m="off" t="100"/>'.repeat(4);
	const tone = (type: string): string =>
		`<tone c1="30959" i1="-1879" c2="30831" i2="-1879" d="2" t="${type}">${parts}<repeat c="65535"/></tone>`;
	return `<tones>${types.map(tone).join("\n")}</tones>`;
}

function ringList(): string {
	const rings = Array.from({ length: ringCount }, (_, index) => {
		const name = `Ring ${index + 1}`.padEnd(25, ".");
		return `<Ring><DisplayName>${name}</DisplayName><FileName>${"ring".repeat(14)}${index + 1}.raw</FileName></Ring>`;
	});
	return `<CiscoIPPhoneRingList>${rings.join("\n")}</CiscoIPPhoneRingList>`;
}

const buttons = {
	lines: Array.from({ length: lineCount }, (_, line) => ({
		number: `10${line + 1}`,
		name: `Anschluss ${line + 1} im zweiten Stock`,
		label: `Anschluss ${line + 1}`,
	})),
	speedDials: Array.from({ length: buttonCount - lineCount }, (_, index) => ({
		number: `60${index % 3}`,
		label: `Kurzwahl ${index + 1}`,
		hint: index % 2 === 0,
	})),
};

/** A directory as long as the guide allows, with softkeys of its own. */
function serviceDirectory(): string {
	const entries = Array.from({ length: 32 }, (_, index) => {
		const name = `<Name>Teilnehmer ${index + 1} im zweiten Stock</Name>`;
		return `<DirectoryEntry>${name}<Telephone>+49301234560${index}</Telephone></DirectoryEntry>`;
	});
	const keys = ["Wählen", "Ändern", "Zurück", "Weiter"].map(
		(name, index) =>
			`<SoftKeyItem><Name>${name}</Name><URL>SoftKey:${index === 2 ? "Exit" : "Dial"}</URL><Position>${index + 1}</Position></SoftKeyItem>`,
	);
	return `<CiscoIPPhoneDirectory><Title>Verzeichnis</Title>${entries.join("")}${keys.join("")}</CiscoIPPhoneDirectory>`;
}

/** Serves it on this machine. @returns its URL, and what ends that. */
async function serve(): Promise<{ url: string; close: () => Promise<void> }> {
	const server = createServer((_, response) => {
		response.writeHead(200, { "Content-Type": "text/xml", "Set-Cookie": `session=${"0123456789abcdef".repeat(3)}` });
		response.end(serviceDirectory());
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const close = async () => {
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	};
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/directory`, close };
}

/** Runs such a phone; rejects when it dies, for want of heap for example. */
export async function ladenPhone({ bits, chunks, slots, progress = () => {} }: LadenOptions): Promise<Laden> {
	const closers: (() => Promise<unknown>)[] = [];
	try {
		const agent = await startCallAgent({
			address: "127.0.0.1",
			port: 0,
			dialect: "chan_sccp",
			greets: false,
			devices: { [device]: buttons },
		});
		closers.push(() => agent.close());
		const tftp = await TftpServer.start();
		closers.push(() => tftp.close());
		const service = await serve();
		closers.push(() => service.close());
		const file = configuration(agent.port, service.url);
		tftp.files.set(`${device}.cnf.xml`, file);
		tftp.files.set("German_Germany/SCCP-dictionary.utf-8.xml", dictionary());
		tftp.files.set("Ringlist.xml", ringList());
		tftp.files.set("United_Kingdom/g3-tones.xml", tones());
		tftp.files.set(`${"ring".repeat(14)}1.raw`, { content: Buffer.alloc(ringOctets, 0x55) });
		const storage = mkdtempSync(join(tmpdir(), "linnet-laden-"));
		closers.push(async () => rmSync(storage, { recursive: true, force: true }));
		const extra: string[] = [];
		if (chunks !== undefined) extra.push("--chunks", `${chunks}`);
		if (slots !== undefined) extra.push("--slots", `${slots}`);
		const start = async () => {
			const phone = await PhoneProcess.start({
				bits,
				device,
				extra,
				tftp: [`127.0.0.1:${tftp.port}`],
				// on a device nothing that is stored lies in the engine's heap
				storage,
				lineKeys: lineCount,
				mic: "silence",
				speaker: "null",
				startTimeout: timeout,
				log: progress,
			});
			closers.push(() => phone.quit());
			await ready(phone);
			return phone;
		};
		const phone = await start();
		const laden = await live(phone, () => {
			tftp.files.set(`${device}.cnf.xml`, file.replace("<idleTimeout>", "<idleTimeout>1"));
			for (const one of agent.phones) agent.reset(one, 3);
		});
		await phone.quit();
		// from now on a stored one is read, compared with what comes, and written over
		tftp.files.set(`${device}.cnf.xml`, file.replace("<versionStamp>", "<versionStamp>2"));
		const again = await start();
		await again.wait(logs(again, "rings with"), timeout, "the ring, again");
		return laden;
	} finally {
		for (const close of closers.reverse()) await close();
	}
}

const logs = (phone: PhoneProcess, text: string) => () => phone.logLines.some((line) => line.includes(text));

/** Waits until it is registered and has its language, which it has from flash when it is started again. */
async function ready(phone: PhoneProcess): Promise<void> {
	await phone.wait(() => phone.screen?.registration === Registration.registered, timeout, "registration");
	await phone.wait(() => phone.screen?.softkeys.includes("Neuruf") ?? false, timeout, "the language");
	// what has not come before a call waits for its end
	await phone.wait(logs(phone, "tones are played"), timeout, "the tones");
}

/** @param apply has the call agent change the configuration of the phone and tell it so. */
async function live(phone: PhoneProcess, apply: () => void): Promise<Laden> {
	const has = (state: number) => () => calls(phone.screen).some((call) => call.state === state);
	const overlay = (text: string) => () => phone.screen?.overlay?.lines.some((line) => line.includes(text)) ?? false;
	const registered = await phone.collect();
	phone.hook(true);
	await phone.wait(has(CallState.offHook), timeout, "dial tone");
	phone.keys("600");
	await phone.wait(has(CallState.connected), timeout, "the call to 600");
	await phone.softkey("Warten", timeout);
	await phone.wait(has(CallState.hold), timeout, "the held call");
	await phone.softkey("Neuruf", timeout);
	await phone.wait(has(CallState.offHook), timeout, "dial tone for the second call");
	phone.keys("601");
	await phone.wait(has(CallState.connected), timeout, "the call to 601");
	const both = await phone.collect();
	phone.key("settings");
	await phone.wait(overlay("1 Rufton"), timeout, "the settings");
	phone.key("1");
	await phone.wait(overlay("5 Ring 1"), timeout, "the list of rings");
	phone.key("5");
	await phone.wait(logs(phone, "rings with"), timeout, "the ring");
	await phone.softkey("Beenden", timeout);
	await phone.wait(overlay("1 Rufton"), timeout, "the settings, again");
	await phone.softkey("Beenden", timeout);
	await phone.wait(() => phone.screen?.overlay === undefined, timeout, "the settings' end");
	const ring = await phone.collect();
	phone.key("services");
	await phone.wait(overlay("1 Dienst 1"), timeout, "the services");
	phone.key("1");
	await phone.wait(overlay("1 Teilnehmer 1"), timeout, "the directory of a service");
	const service = await phone.collect();
	await phone.softkey("Zurück", timeout);
	await phone.wait(() => !overlay("1 Teilnehmer 1")(), timeout, "its end");
	if (phone.screen?.overlay !== undefined) await phone.softkey("Beenden", timeout);
	await phone.wait(() => phone.screen?.overlay === undefined, timeout, "the services' end");
	await phone.softkey("Ende", timeout);
	await phone.wait(() => !has(CallState.connected)(), timeout, "the second call's end");
	await phone.softkey("Weiter", timeout);
	await phone.wait(has(CallState.connected), timeout, "the first call");
	phone.hook(false);
	await phone.wait(() => calls(phone.screen).length === 0, timeout, "its end");
	const rest = await phone.collect();
	apply();
	const configurations = () => phone.logLines.filter((line) => line.includes("a new configuration")).length;
	await phone.wait(() => configurations() === 2, timeout, "another configuration");
	return { registered, calls: both, ring, service, rest, log: phone.logLines.join("\n") };
}

/** How the host program ends when its engine's memory does (HOST_EXHAUSTED of hal/host/host.h). */
const exhausted = "ended with status 3";
/** The figures are found to so many octets and slots. */
const chunkStep = 128;
const slotStep = 16;

async function survives(options: LadenOptions): Promise<boolean> {
	try {
		await ladenPhone(options);
		return true;
	} catch (error) {
		if ((error as Error).message.includes(exhausted)) return false;
		throw error;
	}
}

/** The least multiple of `step` above `low`, with which it dies, up to `high`, with which it lives. */
async function least(low: number, high: number, step: number, lives: (limit: number) => Promise<boolean>) {
	let dead = Math.floor(low / step);
	let alive = Math.ceil(high / step);
	while (alive - dead > 1) {
		const middle = (dead + alive) >> 1;
		if (await lives(middle * step)) alive = middle;
		else dead = middle;
	}
	return alive * step;
}

export interface LadenNeeds {
	/** With how much of each heap such a phone gets through at least, and what the device has. */
	chunks_peak: number;
	chunks_limit: number;
	slots_peak: number;
	slots_limit: number;
}

/** Finds the needs; `progress` gets a line for each. */
export async function ladenNeeds(bits: Bits, progress: (line: string) => void): Promise<LadenNeeds> {
	const { ring, registered } = await ladenPhone({ bits });
	const { chunksLimit, slotsLimit, baseline } = ring;
	const chunksPeak = await least(registered.chunks - baseline.chunks, chunksLimit, chunkStep, (chunks) =>
		survives({ bits, chunks }),
	);
	progress(`a laden phone lives with ${chunksPeak} octets of chunks`);
	const slotsPeak = await least(registered.slots - baseline.slots, slotsLimit, slotStep, (slots) =>
		survives({ bits, slots }),
	);
	progress(`and with ${slotsPeak} slots`);
	return { chunks_peak: chunksPeak, chunks_limit: chunksLimit, slots_peak: slotsPeak, slots_limit: slotsLimit };
}
