/*
 * The network of an emulated chip: a tap device, which is QEMU's end and this computer's at once, dnsmasq for addresses and files, and
 * the development call agent. It lies in a network namespace of its own that a small shell holds open: as root, or as anybody by
 * a user namespace. For a call agent elsewhere the tap device is made in the computer's own network instead, which takes root.
 * The shell ends with this process and takes all with it.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { dnsmasqWords } from "../boot/dnsmasq.js";
import { hasProgram } from "../boot/namespace.js";
import type { DialectName } from "../call-agent/options.js";
import { LineSplitter } from "../phone/lines.js";
import { projectRoot } from "../phone/project.js";

/** First three numbers of the addresses, and the servers' own. */
const network = "10.77.0";
export const serverAddress = `${network}.1`;
const agentPort = 2000;
const tftpPort = 69;
const tun = "/dev/net/tun";
/** Milliseconds until a server that does not listen is given up, and between looks. */
const patience = 20_000;
const lookEvery = 20;

/** Makes the device, says so, and waits for the end of its input. $1 is the device, $2 its address, $3 'own' in a network of its own. */
const holder = `set -e
[ "$3" != own ] || ip link set lo up
ip tuntap add dev "$1" mode tap
trap 'ip link del "$1"' EXIT
ip addr add "$2/24" brd + dev "$1"
ip link set "$1" up
echo ready
cat >/dev/null`;

const isRoot = () => process.getuid?.() === 0;
/** Words that run a program in a network of its own. */
const unshare = () => ["unshare", ...(isRoot() ? [] : ["--user", "--map-root-user"]), "--net"];

/** Why a chip can have no network here, in words that say what to do; '' when it can. @param own in a namespace. */
export function networkMissing(own = true): string {
	if (!own && !isRoot())
		return "a call agent elsewhere is reached over a tap device in this computer's network: run this as root";
	const programs: Readonly<Record<string, readonly string[]>> = {
		iproute2: ["ip", "-V"],
		"dnsmasq-base": ["dnsmasq", "--version"],
		"util-linux": ["nsenter", "--version"],
	};
	const packages = Object.entries(programs)
		.filter(([, [program = "", ...words]]) => !hasProgram(program, ...words))
		.map(([name]) => name);
	if (packages.length > 0)
		return `the emulated network needs these Debian packages: apt-get install ${packages.join(" ")}`;
	try {
		accessSync(tun, constants.R_OK | constants.W_OK);
	} catch {
		return `${tun} cannot be opened: 'modprobe tun', or run this as root`;
	}
	const [program = "", ...words] = [...unshare(), "ip", "tuntap", "add", "dev", "tap0", "mode", "tap"];
	if (!own || spawnSync(program, words, { stdio: "ignore" }).status === 0) return "";
	return `this computer allows no network namespaces${isRoot() ? "" : " without root: run this as root"}`;
}

/** A development call agent in the network. */
export interface NetworkAgent {
	/** 'host:port' for phones in the network. */
	readonly address: string;
	/** Gives it an order as one types it: `reset SEP...`, `restart 1001`. */
	order(line: string): void;
	stop(): Promise<void>;
}

export class ChipNetwork {
	/** Name of the tap device. */
	readonly tap: string;
	/** Words in front of a program that is to run in the network. */
	readonly prefix: readonly string[];
	readonly #holder: ChildProcess;
	readonly #children = new Set<ChildProcess>();
	readonly #log: (line: string) => void;

	private constructor(child: ChildProcess, tap: string, own: boolean, log: (line: string) => void) {
		this.#holder = child;
		this.tap = tap;
		this.#log = log;
		const user = isRoot() ? [] : ["--user", "--preserve-credentials"];
		this.prefix = own ? ["nsenter", "--target", `${child.pid}`, ...user, "--net"] : [];
	}

	/**
	 * Makes the network. @param own in a namespace of its own, else in the computer's network.
	 * @param log is given what its servers say. @throws Error with the words of what refused.
	 */
	static async open(own: boolean, log: (line: string) => void): Promise<ChipNetwork> {
		const tap = own ? "tap0" : `linnet${process.pid % 1_000_000}`;
		const [program = "", ...words] = [...(own ? unshare() : []), "sh", "-c", holder, "sh", tap, serverAddress];
		// Ctrl-C is for the program that drives the phone; the end of its input ends the shell.
		const child = spawn(program, own ? [...words, "own"] : words, { stdio: ["pipe", "pipe", "pipe"], detached: true });
		let said = "";
		await new Promise<void>((done, failed) => {
			child.stdout.on("data", (data: Buffer) => {
				if (data.toString().includes("ready")) done();
			});
			child.stderr.on("data", (data: Buffer) => {
				said += data;
			});
			child.once("error", failed);
			child.once("close", () => failed(new Error(`the network is refused: ${said.trim()}`)));
		});
		return new ChipNetwork(child, tap, own, log);
	}

	/** Starts a program in the network, its lines going to the log; it ends with this process, or by close(). */
	start(program: string, words: readonly string[], line: (line: string) => void = this.#log): ChildProcess {
		const [first = "", ...rest] = [...this.prefix, "setpriv", "--pdeathsig", "KILL", program, ...words];
		const child = spawn(first, rest, { stdio: ["pipe", "pipe", "pipe"], detached: true });
		for (const stream of [child.stdout, child.stderr]) {
			const lines = new LineSplitter(line);
			stream.on("data", (data: Buffer) => lines.push(data));
		}
		// A program that has ended takes no orders.
		child.stdin.on("error", () => {});
		child.on("error", (error) => line(`${program}: ${error.message}`));
		child.on("close", () => this.#children.delete(child));
		this.#children.add(child);
		return child;
	}

	/**
	 * Starts dnsmasq: addresses with options 66 and 150, and the files of a folder by TFTP. @param options beside these.
	 * @returns the server, to be ended by {@link stop}.
	 */
	async startDnsmasq(folder: string, ...options: readonly string[]): Promise<ChildProcess> {
		const child = this.start("dnsmasq", [
			...dnsmasqWords(this.tap, network, folder),
			"--port=0",
			`--dhcp-option=150,${serverAddress}`,
			`--dhcp-option=66,${serverAddress}`,
			...options,
		]);
		await this.#listening(child, "udp", tftpPort, "dnsmasq");
		return child;
	}

	/** Starts the call agent. @param line is called with each line it prints. */
	async startAgent(dialect: DialectName, line: (line: string) => void = this.#log): Promise<NetworkAgent> {
		const program = join(projectRoot, "build/js/tools/call-agent/main.js");
		const words = [program, "--address", serverAddress, "--port", `${agentPort}`, "--dialect", dialect, "--orders"];
		const child = this.start(process.execPath, words, line);
		await this.#listening(child, "tcp", agentPort, "the call agent");
		return {
			address: `${serverAddress}:${agentPort}`,
			order: (text) => {
				child.stdin?.write(`${text}\n`);
			},
			stop: () => this.stop(child),
		};
	}

	/** Ends a program of the network at once. */
	async stop(child: ChildProcess): Promise<void> {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise((done) => child.once("close", done));
		child.kill("SIGKILL");
		await ended;
	}

	/** Ends all that runs in the network, and the network. */
	async close(): Promise<void> {
		await Promise.all([...this.#children].map((child) => this.stop(child)));
		const ended = new Promise((done) => this.#holder.once("close", done));
		this.#holder.stdin?.end();
		if (this.#holder.exitCode === null && this.#holder.signalCode === null) await ended;
	}

	/** Waits until a socket of the network is bound to a port (TCP: listens on it). */
	async #listening(child: ChildProcess, protocol: "tcp" | "udp", port: number, what: string): Promise<void> {
		const address = `:${port.toString(16).toUpperCase().padStart(4, "0")} `;
		const sockets = `/proc/${this.#holder.pid}/net/${protocol}`;
		const listening = (line: string) =>
			line.includes(address) && (protocol === "udp" || line.includes("00000000:0000 0A"));
		for (const end = Date.now() + patience; ; await pause(lookEvery)) {
			const table = await readFile(sockets, "latin1");
			if (table.split("\n").some(listening)) return;
			if (child.exitCode !== null || child.signalCode !== null)
				throw new Error(`${what} has ended with ${child.signalCode ?? `status ${child.exitCode}`}, see its last lines`);
			if (Date.now() > end) throw new Error(`${what} does not listen on port ${port}`);
		}
	}
}
