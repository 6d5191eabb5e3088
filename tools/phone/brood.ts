/*
 * Very many phones at once: one host program loads the phone's modules and makes a process of itself for each phone (hal/host/brood.c),
 * instead of a program for each that loads them. A phone is there in a few milliseconds then, and its code and tables lie in memory once.
 * Give `launch` of a brood to PhoneProcess.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { constants } from "node:os";
import { join } from "node:path";
import type { Duplex, Readable } from "node:stream";
import { LineSplitter } from "./lines.js";
import { broodSound, type PhoneProgram } from "./phone.js";
import { type Build, hasHostProgram, hostProgram, moduleMap, projectRoot } from "./project.js";
import { removeFolder, temporaryFolder } from "./temporary.js";

const ordersDescriptor = 3;
/** Octets of the line with which a phone says who it is. */
const introductionMost = 32;
/** What the connections of a phone are for: its control channel, its log, and the samples of one with sound on a descriptor. */
const plainKinds: readonly string[] = Object.freeze(["control", "log"]);
const soundKinds: readonly string[] = Object.freeze([...plainKinds, "sound"]);
/** Milliseconds in which a connection of a process that has ended may still be taken. */
const lateTime = 2000;
const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

interface Events {
	attached: [control: Duplex];
	sound: [samples: Duplex];
	error: [Error];
	close: [status: number | null, signal: NodeJS.Signals | null];
}

/** One process of a brood, as PhoneProcess sees a program. */
class Fledgling extends EventEmitter<Events> implements PhoneProgram {
	pid: number | undefined;
	readonly spawnfile: string;
	/** Nothing is there from the first. */
	readonly stdio: readonly (Duplex | undefined)[] = [];
	readonly stderr: Readable | null = null;
	private readonly connections = new Set<Socket>();
	private attachments = 0;
	private told = false;
	/** No more connections are waited for. */
	private late = false;
	private ended: { status: number | null; signal: NodeJS.Signals | null } | undefined;

	constructor(
		/** Of its order. */
		readonly number: string,
		spawnfile: string,
		private readonly log: (line: string) => void,
		/** What its connections are for. */
		readonly kinds: readonly string[],
	) {
		super();
		this.spawnfile = spawnfile;
	}

	kill(signal: NodeJS.Signals = "SIGTERM"): boolean {
		if (this.pid === undefined || this.ended) return false;
		try {
			return process.kill(this.pid, signal);
		} catch {
			return false;
		}
	}

	/** A connection of the phone's has come. */
	attach(what: string, socket: Socket): void {
		this.connections.add(socket);
		this.attachments++;
		socket.on("error", () => {});
		socket.on("close", () => {
			this.connections.delete(socket);
			this.settle();
		});
		if (what === "control") this.emit("attached", socket);
		else if (what === "sound") this.emit("sound", socket);
		else {
			const lines = new LineSplitter(this.log);
			socket.on("data", (data: Buffer) => lines.push(data));
		}
	}

	/** The process is gone; `close` comes when all that it said has been read. */
	end(status: number | null, signal: NodeJS.Signals | null): void {
		if (this.ended) return;
		this.ended = { status, signal };
		// one that was never born makes none
		this.late = this.pid === undefined;
		this.drain();
		this.settle();
		setTimeout(() => {
			this.late = true;
			this.drain();
			this.settle();
		}, lateTime).unref();
	}

	/** What nobody takes of what it has sent would keep its connections open; a child process's pipes are emptied likewise. */
	private drain(): void {
		for (const socket of this.connections) socket.resume();
	}

	private settle(): void {
		const all = this.late || this.attachments === this.kinds.length;
		if (this.ended && all && this.connections.size === 0 && !this.told) {
			this.told = true;
			this.emit("close", this.ended.status, this.ended.signal);
		}
	}
}

export class Brood {
	private readonly folder = temporaryFolder("brood");
	private readonly path = join(this.folder, "phones");
	private readonly server: Server;
	private readonly child: ChildProcess;
	private readonly orders: Duplex;
	private readonly phones = new Map<string, Fledgling>();
	private readonly byPid = new Map<number, Fledgling>();
	private count = 0;
	private said = "";
	private over: string | undefined;

	private constructor(private readonly build: Build) {
		this.server = createServer((socket) => this.introduce(socket));
		this.child = spawn(hostProgram(build), ["--modules", moduleMap, "--brood", `${ordersDescriptor}`], {
			cwd: projectRoot,
			stdio: ["ignore", "ignore", "pipe", "pipe"],
		});
		this.orders = this.child.stdio[ordersDescriptor] as Duplex;
		this.orders.on("error", () => {});
		const lines = new LineSplitter((line) => this.told(line));
		this.orders.on("data", (data: Buffer) => lines.push(data));
		this.child.stderr?.on("data", (data: Buffer) => {
			this.said = (this.said + data.toString()).slice(-500);
		});
		this.child.on("error", (error) => this.end(error.message));
		this.child.on("close", (status, signal) => this.end(`ended ${signal ?? `with status ${status}`}`));
	}

	/** Starts the program that the phones are made of. @throws an Error when it has not been built. */
	static async start(build: Build = 64): Promise<Brood> {
		if (!hasHostProgram(build)) throw new Error(`${hostProgram(build)} is missing: 'npm run build' makes it`);
		const brood = new Brood(build);
		await new Promise<void>((resolve, reject) => {
			brood.server.once("error", reject);
			brood.server.listen(brood.path, resolve);
		});
		return brood;
	}

	/** Process id of the program that the phones are made of. */
	get pid(): number | undefined {
		return this.child.pid;
	}

	/** For PhoneOptions: makes a phone with these arguments. Each log line of it goes to `log`. */
	readonly launch = (all: readonly string[], log: (line: string) => void): PhoneProgram => {
		// the modules are there
		const words = all[0] === "--modules" ? all.slice(2) : all;
		const number = `${++this.count}`;
		const sound = words.includes(`fd:${broodSound}`);
		const phone = new Fledgling(number, hostProgram(this.build), log, sound ? soundKinds : plainKinds);
		const wrong = words.find((word) => /[\t\n]/.test(word));
		if (this.over !== undefined || wrong !== undefined) {
			const text = wrong === undefined ? `the program of the phones has ${this.over}` : `a word with a tab: ${wrong}`;
			setImmediate(() => {
				phone.emit("error", new Error(text));
				phone.end(null, null);
			});
			return phone;
		}
		this.phones.set(number, phone);
		// not before: its connections may be taken after its end is known
		phone.once("close", () => this.phones.delete(number));
		this.orders.write(`${[number, this.path, sound ? "sound" : "plain", ...words].join("\t")}\n`);
		return phone;
	};

	/** Ends the program, when its phones have been ended. */
	async close(): Promise<void> {
		this.server.close();
		this.orders.end();
		if (this.over === undefined) await new Promise<void>((resolve) => this.child.once("close", () => resolve()));
		removeFolder(this.folder);
	}

	/** Who a connection is of, which its first line tells. */
	private introduce(socket: Socket): void {
		let octets = Buffer.alloc(0);
		socket.on("error", () => {});
		const read = () => {
			const data = socket.read() as Buffer | null;
			if (data === null) return;
			octets = Buffer.concat([octets, data]);
			const end = octets.indexOf(10);
			if (end < 0 && octets.length < introductionMost) return;
			socket.off("readable", read);
			const [number = "", what = ""] = octets.subarray(0, Math.max(0, end)).toString().split(" ");
			const phone = this.phones.get(number);
			if (!phone?.kinds.includes(what)) {
				socket.destroy();
				return;
			}
			if (octets.length > end + 1) socket.unshift(octets.subarray(end + 1));
			phone.attach(what, socket);
			// samples wait for whoever takes them
			if (what !== "sound") socket.resume();
		};
		socket.on("readable", read);
	}

	/** A line of the program: born NUMBER PID, failed NUMBER TEXT, ended PID STATUS SIGNAL. */
	private told(line: string): void {
		const [what, first = "", ...rest] = line.split(" ");
		if (what === "born") {
			const phone = this.phones.get(first);
			if (!phone) return;
			phone.pid = Number(rest[0]);
			this.byPid.set(phone.pid, phone);
		} else if (what === "failed") {
			const phone = this.phones.get(first);
			phone?.emit("error", new Error(`no process: ${rest.join(" ")}`));
			phone?.end(null, null);
		} else if (what === "ended") {
			const [status, signal] = rest.map(Number);
			const phone = this.byPid.get(Number(first));
			this.byPid.delete(Number(first));
			if (signal) phone?.end(null, (signalNames.get(signal) ?? "SIGKILL") as NodeJS.Signals);
			else phone?.end(status ?? null, null);
		}
	}

	private end(why: string): void {
		if (this.over !== undefined) return;
		this.over = `${why}${this.said === "" ? "" : `: ${this.said.trim()}`}`;
		for (const phone of this.phones.values()) phone.end(null, null);
	}
}
