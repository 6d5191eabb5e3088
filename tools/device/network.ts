/*
 * The network of an emulated chip: a tap device, which is QEMU's end and this computer's at once, dnsmasq for addresses and files, and
 * the development call agent. It lies in a network namespace of its own that a small shell holds open: as root, or as anybody by
 * a user namespace. For a call agent elsewhere the tap device is made in the computer's own network instead, which takes root.
 * The shell ends with this process and takes all with it.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { readFile } from "node:fs/promises";
import { endianness } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { dnsmasqWords } from "../boot/dnsmasq.js";
import type { DialectName } from "../call-agent/options.js";
import { LineSplitter } from "../phone/lines.js";
import { projectRoot } from "../phone/project.js";
import { type Environment, onPath } from "./examine.js";

interface Port {
	readonly protocol: "tcp" | "udp";
	readonly port: number;
}

/** First three numbers of the addresses, and the servers' own. */
const network = "10.77.0";
export const serverAddress = `${network}.1`;
const agentPort: Port = { protocol: "tcp", port: 2000 };
const tftpPort: Port = { protocol: "udp", port: 69 };
const tun = "/dev/net/tun";
/** Milliseconds until a server that does not listen is given up, and between looks. */
const timeout = 60_000;
const lookEvery = 20;
/** Lines of a server that has ended which are shown. */
const linesShown = 4;

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

/** Debian keeps dnsmasq, and older ones ip, in folders that are in root's PATH alone. */
function withSystem(environment: Environment): Environment {
	return { ...environment, PATH: `${environment.PATH ?? ""}:/usr/sbin:/sbin` };
}

/** Why a chip can have no network here, in words that say what to do; '' when it can. @param own in a namespace. */
export function networkMissing(own = true, environment: Environment = process.env): string {
	if (!own && !isRoot())
		return "a call agent elsewhere is reached over a tap device in this computer's network: run this as root";
	const env = withSystem(environment);
	const packages = Object.entries({ iproute2: "ip", "dnsmasq-base": "dnsmasq", "util-linux": "nsenter" })
		.filter(([, program]) => onPath(env, program) === undefined)
		.map(([name]) => name);
	if (packages.length > 0)
		return `the emulated network needs these Debian packages: apt-get install ${packages.join(" ")}`;
	try {
		accessSync(tun, constants.R_OK | constants.W_OK);
	} catch {
		return `${tun} cannot be opened: 'modprobe tun', or run this as root`;
	}
	const [program = "", ...words] = [...unshare(), "ip", "tuntap", "add", "dev", "tap0", "mode", "tap"];
	if (!own || spawnSync(program, words, { env, stdio: "ignore" }).status === 0) return "";
	return `this computer allows no network namespaces${isRoot() ? "" : " without root: run this as root"}`;
}

/** A program in the network. */
interface Server {
	readonly child: ChildProcess;
	/** Its last lines. */
	readonly said: readonly string[];
	/** Resolves when it has ended and all it said is there. */
	readonly ended: Promise<void>;
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
	readonly #servers = new Set<Server>();
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
		const child = spawn(program, own ? [...words, "own"] : words, {
			env: withSystem(process.env),
			stdio: ["pipe", "pipe", "pipe"],
			detached: true,
		});
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

	/**
	 * Starts dnsmasq: addresses with options 66 and 150, and the files of a folder by TFTP. @param options beside these.
	 * @throws Error with what it said when it ends.
	 */
	async startDnsmasq(folder: string, ...options: readonly string[]): Promise<void> {
		await this.#serve("dnsmasq", tftpPort, "dnsmasq", [
			...dnsmasqWords(this.tap, network, folder),
			"--port=0",
			`--dhcp-option=150,${serverAddress}`,
			`--dhcp-option=66,${serverAddress}`,
			...options,
		]);
	}

	/**
	 * Starts the call agent. @param codecs by their names; G.711 when not given, which costs an emulator the least. @param log is
	 * called with each line it prints. @throws Error with what it said when it ends.
	 */
	async startAgent(
		dialect: DialectName,
		{ codecs = "g711u,g711a", log = this.#log }: { codecs?: string | undefined; log?: (line: string) => void } = {},
	): Promise<NetworkAgent> {
		const program = join(projectRoot, "build/js/tools/call-agent/main.js");
		const words = [
			program,
			"--address",
			serverAddress,
			"--port",
			`${agentPort.port}`,
			"--dialect",
			dialect,
			"--codecs",
			codecs,
			"--orders",
		];
		const server = await this.#serve("the call agent", agentPort, process.execPath, words, log);
		return {
			address: `${serverAddress}:${agentPort.port}`,
			order: (text) => {
				server.child.stdin?.write(`${text}\n`);
			},
			stop: () => this.#stop(server),
		};
	}

	/** Ends a program of the network at once. */
	async #stop({ child, ended }: Server): Promise<void> {
		child.kill("SIGKILL");
		await ended;
	}

	/** Ends all that runs in the network, and the network. */
	async close(): Promise<void> {
		await Promise.all([...this.#servers].map((server) => this.#stop(server)));
		const ended = new Promise((done) => this.#holder.once("close", done));
		this.#holder.stdin?.end();
		if (this.#holder.exitCode === null && this.#holder.signalCode === null) await ended;
	}

	/** Starts a program in the network, its lines going to the log; it ends with this process, or by close(). */
	#start(program: string, words: readonly string[], log = this.#log): Server {
		const [first = "", ...rest] = [...this.prefix, "setpriv", "--pdeathsig", "KILL", program, ...words];
		const child = spawn(first, rest, {
			env: withSystem(process.env),
			stdio: ["pipe", "pipe", "pipe"],
			detached: true,
		});
		const said: string[] = [];
		const tell = (line: string) => {
			said.push(line);
			if (said.length > linesShown) said.shift();
			log(line);
		};
		for (const stream of [child.stdout, child.stderr]) {
			const lines = new LineSplitter(tell);
			stream.on("data", (data: Buffer) => lines.push(data));
		}
		// A program that has ended takes no orders.
		child.stdin.on("error", () => {});
		child.on("error", (error) => tell(`${program}: ${error.message}`));
		const ended = new Promise<void>((done) => {
			child.on("close", () => {
				this.#servers.delete(server);
				done();
			});
		});
		const server = { child, said, ended };
		this.#servers.add(server);
		return server;
	}

	/** Starts a server, and waits until it is bound to its port (TCP: listens on it). @param what it is called to a person. */
	async #serve(what: string, at: Port, program: string, words: readonly string[], log = this.#log): Promise<Server> {
		if (await this.#bound(at))
			throw new Error(`${what}: port ${at.port} of ${serverAddress} is taken by another program`);
		const server = this.#start(program, words, log);
		const { child, said, ended } = server;
		for (const end = Date.now() + timeout; !(await this.#bound(at)); await pause(lookEvery)) {
			if (child.exitCode !== null || child.signalCode !== null) {
				await ended;
				const how = child.signalCode ?? `status ${child.exitCode}`;
				throw new Error([`${what} has ended with ${how}`, ...said].join("\n  "));
			}
			if (Date.now() > end) throw new Error([`${what} does not listen on port ${at.port}`, ...said].join("\n  "));
		}
		return server;
	}

	/** Whether a port of the servers' address is in use. */
	async #bound({ protocol, port }: Port): Promise<boolean> {
		// As the kernel writes it: the address as a number in the computer's order of octets, both in hexadecimal.
		const octets = serverAddress.split(".").map(Number);
		if (endianness() === "LE") octets.reverse();
		const address = `: ${Buffer.from(octets).toString("hex")}:${port.toString(16).padStart(4, "0")} `.toUpperCase();
		const table = await readFile(`/proc/${this.#holder.pid}/net/${protocol}`, "latin1");
		const uses = (line: string) => line.includes(address) && (protocol === "udp" || line.includes("00000000:0000 0A"));
		return table.split("\n").some(uses);
	}
}
