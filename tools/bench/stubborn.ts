/*
 * `bench stubborn`: how long a phone takes to register where its server of files misbehaves, in all the ways of stubborn/kinds.ts, with a
 * configuration that it has stored and without one. Whole phones, real sockets of loopback, real time; many at once, since most of them wait.
 */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { deviceFile } from "../boot/files.js";
import { type CallAgent, startCallAgent } from "../call-agent/agent.js";
import { makeLoad, packFiles } from "../loads/pc.js";
import { deviceName } from "../phone/names.js";
import { PhoneProcess } from "../phone/phone.js";
import type { Bits } from "../phone/project.js";
import { Registration } from "../phone/screen.js";
import { removeFolder, temporaryFolder } from "../phone/temporary.js";
import { type FileKind, type Kind, kinds } from "./stubborn/kinds.js";
import { UnrulyServer } from "./stubborn/server.js";

export interface StubbornRow {
	readonly name: string;
	/** Seconds from power on to the registration; null when there is none while this looks. */
	with_s: number | null;
	without_s: number | null;
}

export interface StubbornResult {
	servers: StubbornRow[];
	/** The longest with a stored configuration; null when one of them does not register. */
	worst_with_stored_s: number | null;
	/** How long each phone without one was looked at (s). */
	seconds: number;
	bits: number;
}

const firstDevice = "SEP020000007700";
const timeout = 60_000;
/** Phones at once, how many of them start at once, and how long one with a stored configuration is looked at (ms). */
const atOnce = 40;
const startingAtOnce = 3;
const storedTimeout = 150_000;
const ringFile = "Bass.raw";
const loadName = "linnet-9";
const loadOctets = 300_000;
/** Octets by which a file is longer than a block or two. */
const filling = 4000;

/** Whether a file is of a kind. */
function isOf(name: string, kind: FileKind): boolean {
	switch (kind) {
		case "any":
			return true;
		case "configuration":
			return name.endsWith(".cnf.xml");
		case "device":
			return /^SEP.*\.cnf\.xml$/.test(name);
		case "load":
			return name.startsWith(loadName);
		case "dictionary":
			return name.includes("dictionary");
		case "tones":
			return name.endsWith("g3-tones.xml");
		case "ring":
			return name === ringFile;
	}
}

/** What a good server has for a phone. @param locale whose dictionary and tones there are. */
function filesOf(agent: CallAgent, load: string, locale: string): (name: string) => Buffer | undefined {
	const rest =
		locale === ""
			? ""
			: `<userLocale><name>${locale}</name><langCode>de</langCode></userLocale><networkLocale>Germany</networkLocale>`;
	const configuration = deviceFile({
		agents: [`127.0.0.1:${agent.port}`],
		versionStamp: `${locale}1`,
		load,
		rest: `${rest}${" ".repeat(filling)}`,
	});
	const phrases = '<phrase i="101" t="Wahlwdh"/>'.padEnd(filling);
	let image: Buffer | undefined;
	return (name) => {
		if (isOf(name, "device")) return Buffer.from(configuration);
		if (isOf(name, "configuration")) return Buffer.from(configuration.replaceAll("device>", "Default>"));
		if (isOf(name, "dictionary")) return Buffer.from(`<phrases>${phrases}</phrases>`);
		if (isOf(name, "ring")) return Buffer.alloc(2400, 0x55);
		if (name.toLowerCase() === "ringlist.xml")
			return Buffer.from(
				`<CiscoIPPhoneRingList><Ring><DisplayName>Bass</DisplayName><FileName>${ringFile}</FileName></Ring></CiscoIPPhoneRingList>`,
			);
		if (!isOf(name, "load")) return undefined;
		image ??= makeLoad(loadName, {
			content: packFiles([{ path: "nothing", content: Buffer.alloc(loadOctets, 7) }]),
		});
		return image;
	};
}

/** Everything that the rows have in common. */
class Ground {
	readonly bits: Bits;
	readonly agent: CallAgent;
	readonly folder = temporaryFolder("stubborn");
	private serial = 0;
	private readonly starting: Promise<unknown>[] = Array.from({ length: startingAtOnce }, () => Promise.resolve());

	constructor(bits: Bits, agent: CallAgent) {
		this.bits = bits;
		this.agent = agent;
	}

	/** A folder in which a phone has stored its configuration and the choice of a ring. */
	get stored(): string {
		return join(this.folder, "stored");
	}

	/** An address of loopback which nobody else has: this program's in a thousand and more of its own. */
	address(): string {
		this.serial += 1;
		const number = 0x400000 + (process.pid & 0xfff) * 1024 + (this.serial & 1023);
		return `127.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
	}

	/** Starts a phone when few others are starting: all at once they would only wait for each other. */
	phone(tftp: readonly string[], storage: string): Promise<PhoneProcess> {
		this.serial += 1;
		const device = deviceName(firstDevice, this.serial);
		const turn = this.serial % startingAtOnce;
		const start = () =>
			PhoneProcess.start({
				bits: this.bits,
				device,
				tftp,
				storage,
				loads: `${storage}-loads`,
				mic: "silence",
				speaker: "null",
				startTimeout: timeout,
			});
		const phone = (this.starting[turn] as Promise<unknown>).then(start, start);
		this.starting[turn] = phone.catch(() => {});
		return phone;
	}

	/** Lets a phone register with a good server and choose a ring there. */
	async prepare(): Promise<void> {
		const server = await UnrulyServer.start(this.address(), { content: filesOf(this.agent, "", "") });
		const phone = await this.phone([server.host], this.stored);
		try {
			const lines = () => phone.screen?.overlay?.lines ?? [];
			/** Presses the digit in front of the line that ends so. */
			const choose = async (end: string) => {
				const find = () => lines().find((line) => line.endsWith(end));
				const line = await phone.wait(find, timeout, `"${end}"`);
				phone.key((/^(\d)/.exec(line) ?? [])[1] ?? "0");
			};
			await phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
			await phone.wait(({ screen }) => screen?.number !== "", timeout, "its number");
			phone.key("settings");
			await choose("Ring type");
			await choose("Bass");
			await phone.wait(({ logLines }) => logLines.some((line) => line.includes("rings with")), timeout, "the ring");
			await phone.quit();
		} finally {
			await phone.kill();
			server.close();
		}
	}

	/** @returns seconds until a phone has registered, null when it has not after `milliseconds`. */
	async row(kind: Kind, stored: boolean, milliseconds: number): Promise<number | null> {
		const servers: UnrulyServer[] = [];
		this.serial += 1;
		const storage = join(this.folder, `${this.serial}`);
		if (stored) cpSync(this.stored, storage, { recursive: true });
		let phone: PhoneProcess | undefined;
		try {
			const { file, tftp, http, servers: count = 1, good = false, names = [] } = kind;
			const content = filesOf(this.agent, file === "load" ? loadName : "", "German_Germany");
			for (let i = 0; i < count; i += 1) {
				servers.push(
					await UnrulyServer.start(this.address(), {
						content,
						closed: tftp === "closed",
						...(tftp === undefined || tftp === "closed"
							? {}
							: { tftp: (name) => (isOf(name, file) ? tftp : undefined) }),
						...(http === undefined ? {} : { http: (name) => (isOf(name, file) ? http : undefined) }),
					}),
				);
			}
			if (good) servers.push(await UnrulyServer.start(this.address(), { content }));
			phone = await this.phone([...names, ...servers.map(({ host }) => host)], storage);
			const end = performance.now() + milliseconds;
			const times = new Times(phone);
			await phone
				.wait(() => times.registered > 0, Math.max(1, end - performance.now()), "its registration")
				.catch((error: Error) => {
					if (!error.message.includes("in vain")) throw error;
				});
			return times.registered > 0 ? Number((times.registered - times.started).toFixed(1)) : null;
		} catch (error) {
			throw new Error(
				`${kind.name}, ${stored ? "with" : "without"} a stored configuration: ${(error as Error).message}`,
			);
		} finally {
			await phone?.kill();
			for (const server of servers) server.close();
		}
	}
}

/** When a phone began and when it was registered, in seconds by its own log. */
class Times {
	started = 0;
	registered = 0;

	constructor(phone: PhoneProcess) {
		for (const line of phone.logLines) this.read(line);
		phone.on("log", (line) => this.read(line));
	}

	private read(line: string): void {
		const time = Number(line.split(" ")[1]);
		if (this.started === 0 && line.includes(" starts: ")) this.started = time;
		if (this.registered === 0 && line.includes("registered as")) this.registered = time;
	}
}

/**
 * Measures.
 * @param seconds for which a phone without a stored configuration is looked at; 0 for none of these. @param wanted tells kinds by name.
 */
export async function benchStubborn(
	bits: Bits,
	seconds: number,
	progress: (line: string) => void,
	wanted: (name: string) => boolean = () => true,
): Promise<StubbornResult> {
	const agent = await startCallAgent({ address: "127.0.0.1", port: 0 });
	const ground = new Ground(bits, agent);
	try {
		await ground.prepare();
		const servers = kinds
			.filter(({ name }) => wanted(name))
			.map(({ name }): StubbornRow => ({ name, with_s: null, without_s: null }));
		const jobs = kinds
			.filter(({ name }) => wanted(name))
			.flatMap((kind, index) => [
				async () => {
					(servers[index] as StubbornRow).with_s = await ground.row(kind, true, storedTimeout);
				},
				async () => {
					if (seconds > 0) (servers[index] as StubbornRow).without_s = await ground.row(kind, false, seconds * 1000);
				},
			]);
		const all = jobs.length;
		let done = 0;
		const work = async () => {
			for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
				await job();
				done += 1;
				if (done % 20 === 0) progress(`${done} of ${all} phones`);
			}
		};
		// all are over before anything is cleared away
		const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, work));
		for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
		const times = servers.map(({ with_s }) => with_s);
		return {
			servers,
			worst_with_stored_s: times.includes(null) ? null : Math.max(...(times as number[])),
			seconds,
			bits,
		};
	} finally {
		await agent.close();
		removeFolder(ground.folder);
	}
}
