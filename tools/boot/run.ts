/*
 * From power on to a registered phone on a network made for Cisco phones: dnsmasq gives DHCP with options 150 and 66 and
 * serves the files by TFTP, the development call agent waits beside it, all in network namespaces of their own.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PhoneProcess } from "../phone/phone.js";
import { type Bits, projectRoot } from "../phone/project.js";
import { Registration } from "../phone/screen.js";
import { removeFolder, temporaryFolder } from "../phone/temporary.js";
import { dnsmasqWords } from "./dnsmasq.js";
import { deviceFile } from "./files.js";
import { hasProgram, namespacesMissing, TestNetwork } from "./namespace.js";

export interface ScenarioResult {
	/** From power on to the registration. */
	registered_ms: number;
	/** What the display showed, in order. */
	display: string[];
}

export interface BootResult {
	/** From the first step to an address. */
	dhcp_ms: number;
	/** From the address to the whole configuration. */
	tftp_ms: number;
	/** From power on to the registration. Modules are loaded before that, which a board has in flash. */
	registered_ms: number;
	/** How long the program took to load its modules. */
	load_ms: number;
	/** Questions that waited for an answer until the configuration was there: two of DHCP, and those for files. */
	round_trips: number;
	/** Octets on the cable, both ways, frames as a whole, up to the registration. */
	bytes: number;
	/** What the display showed, in order. */
	display: string[];
}

/** What is on a server that has no file for this phone alone, or none at all. */
export const scenarios = Object.freeze({
	/** No file: the server is the call agent, too. */
	no_file: { file: undefined, error: undefined },
	/** XMLDefault.cnf.xml with its root in small letters. */
	default_in_small_letters: { file: "default", error: undefined },
	/** XMLDefault.cnf.xml, and an error of TFTP in place of the phone's own file. */
	tftp_error_0: { file: "Default", error: 0 },
	tftp_error_1: { file: "Default", error: 1 },
	tftp_error_2: { file: "Default", error: 2 },
});

export type ScenarioName = keyof typeof scenarios;

const device = "SEP0200000000AA";
const timeout = 60_000;
/** DISCOVER and REQUEST. */
const dhcpRoundTrips = 2;

/** Why the phone cannot be booted here, '' when it can. */
export function bootMissing(): string {
	const missing = namespacesMissing();
	if (missing === "needs root") return "the network that the phone boots in is made by root: run this as root";
	if (missing !== "") return missing;
	return hasProgram("dnsmasq", "--version") ? "" : "dnsmasq is missing: apt-get install dnsmasq-base";
}

/**
 * Starts dnsmasq for DHCP and TFTP at the servers' end of a network.
 * @param folder with the files of TFTP; the leases go there as well. @param options beside these.
 */
export function startDnsmasq(network: TestNetwork, folder: string, ...options: readonly string[]): void {
	const words = dnsmasqWords(network.serverInterface, "10.77.0", folder);
	network.start(network.servers, "dnsmasq", [...words, ...options]);
}

/** Starts the development call agent there, and waits until it listens. */
export async function startAgent(network: TestNetwork): Promise<void> {
	const agent = join(projectRoot, "build/js/tools/call-agent/main.js");
	network.start(network.servers, process.execPath, [agent, "--address", network.address]);
	await listening(network, 2000);
}

/** Octets that have come to the phone's end of the cable and left it. */
function octets(network: TestNetwork): number {
	const count = (way: string) =>
		Number(network.run(network.phones, "cat", `/sys/class/net/${network.phoneInterface}/statistics/${way}_bytes`));
	return count("rx") + count("tx");
}

/** Waits until a TCP server of the namespace listens on a port. */
async function listening(network: TestNetwork, port: number): Promise<void> {
	const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")} 00000000:0000 0A`;
	while (!network.run(network.servers, "cat", "/proc/net/tcp").includes(wanted))
		await new Promise((done) => setTimeout(done, 50));
}

/** When the phone logged a line with this in it, in ms since its start. */
function loggedAt(phone: PhoneProcess, text: string): number {
	const line = phone.logLines.find((candidate) => candidate.includes(text));
	if (line === undefined) throw new Error(`the phone has logged no "${text}"\n  ${phone.describe()}`);
	return Math.round(Number(line.split(" ")[1]) * 1000);
}

/** Starts a phone at the other end of a network, which keeps what its display shows. */
function startPhone(network: TestNetwork, bits: Bits, log: (line: string) => void, display: string[]) {
	return PhoneProcess.start({
		bits,
		device,
		prefix: ["ip", "netns", "exec", network.phones],
		extra: ["--dhcp", network.phoneInterface],
		log,
		onScreen: ({ prompt }) => {
			if (prompt !== "" && prompt !== display[display.length - 1]) display.push(prompt);
		},
	});
}

/** Boots a phone once. Throws when {@link bootMissing} says why not, or when it does not come to register. */
export async function boot(bits: Bits, log: (line: string) => void): Promise<BootResult> {
	const network = new TestNetwork();
	const folder = temporaryFolder("boot");
	let phone: PhoneProcess | undefined;
	try {
		await writeFile(join(folder, `${device}.cnf.xml`), deviceFile({ agents: [network.address], versionStamp: "1" }));
		startDnsmasq(network, folder, `--dhcp-option=150,${network.address}`, `--dhcp-option=66,${network.address}`);
		await network.listening(69);
		await startAgent(network);
		const before = octets(network);
		const display: string[] = [];
		phone = await startPhone(network, bits, log, display);
		await phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
		const bytes = octets(network) - before;
		await phone.wait(({ logLines }) => logLines.some((line) => line.includes("boot: registered")), timeout, "the log");
		const [, trips = "0"] = /, (\d+) round trips/.exec(phone.logLines.join("\n")) ?? [];
		const [start, address, configured] = ["boot: address", "boot: server", " holds: "].map((text) =>
			loggedAt(phone as PhoneProcess, text),
		) as [number, number, number];
		return {
			dhcp_ms: address - start,
			tftp_ms: configured - address,
			registered_ms: loggedAt(phone, "registered as") - start,
			load_ms: start,
			round_trips: dhcpRoundTrips + Number(trips),
			bytes,
			display,
		};
	} finally {
		await phone?.quit();
		network.remove();
		removeFolder(folder);
	}
}

/** Boots a phone once in one of the {@link scenarios}; throws likewise. */
export async function bootIn(name: ScenarioName, bits: Bits, log: (line: string) => void): Promise<ScenarioResult> {
	const { file, error } = scenarios[name];
	const network = new TestNetwork();
	const folder = temporaryFolder("boot");
	const leases = temporaryFolder("leases");
	let phone: PhoneProcess | undefined;
	try {
		if (file !== undefined) {
			const text = deviceFile({ agents: [network.address] }).replaceAll("device>", `${file}>`);
			await writeFile(join(folder, "XMLDefault.cnf.xml"), text);
		}
		const server = join(projectRoot, "build/js/tools/boot/tftp-main.js");
		const refused = error === undefined ? [] : [`${device}.cnf.xml`, `${error}`];
		network.start(network.servers, process.execPath, [server, network.address, folder, ...refused]);
		const words = dnsmasqWords(network.serverInterface, "10.77.0", leases, false);
		network.start(network.servers, "dnsmasq", [...words, `--dhcp-option=150,${network.address}`]);
		await network.listening(69);
		await network.listening(67);
		await startAgent(network);
		const display: string[] = [];
		phone = await startPhone(network, bits, log, display);
		await phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "its registration");
		await phone.wait(({ logLines }) => logLines.some((line) => line.includes("registered as")), timeout, "the log");
		return {
			registered_ms: loggedAt(phone, "registered as") - loggedAt(phone, "boot: address"),
			display: [...display],
		};
	} finally {
		await phone?.quit();
		network.remove();
		removeFolder(folder);
		removeFolder(leases);
	}
}
