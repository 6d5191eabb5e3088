// The call agent on other people's code (src/agent): a process that takes commands and tells what happens, a line of JSON each.
import { type ChildProcess, spawn } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { join } from "node:path";
import { LineSplitter } from "../../../tools/phone/lines.js";
import { projectRoot } from "../../../tools/phone/project.js";
import type { JudgedFrame } from "./judge.js";

/** A button as the configuration names it. */
export type AgentButton =
	| { kind: "line" | "speedDial" | "blf"; number: string; label: string }
	| { kind: "feature"; feature: string; label: string }
	| { kind: "recording"; label: string }
	| { kind: "service"; url: string; label: string };

export interface AgentDevice {
	id: string;
	buttons: readonly AgentButton[];
	/** Softkeys by the name of their set, by the crate's names. */
	softKeys?: Readonly<Record<string, readonly string[]>>;
}

export interface AgentConfiguration {
	/** Own port; a free one unless told otherwise. */
	port?: number;
	keepalive?: number;
	/** Whether phones that ask with a token are taken back. */
	tokens?: "reject" | "accept";
	devices: readonly AgentDevice[];
	/** A number that answers, and the port of loopback that its sound goes to. */
	echo?: { number: string; port: number };
}

/** What the agent tells: the kind of event, the phone, and what belongs to it. */
export interface AgentEvent {
	readonly event: string;
	readonly device?: string;
	readonly [field: string]: unknown;
}

/** Nothing here comes near to it. */
const patience = 60_000;
/** Kinds of events that tell of something that is not as the crate wants it. */
const complaints = new Set(["warning", "session-error", "unhandled", "failed-event"]);

export class ThirdPartyAgent {
	readonly events: AgentEvent[] = [];
	/** All messages of phones; of some that may hold secrets the crate shows no more than the id. */
	readonly frames: Uint8Array[] = [];
	private readonly exact: Uint8Array[] = [];
	port = 0;
	private readonly child: ChildProcess;
	private said = "";
	private ended = false;
	private looks: (() => void)[] = [];

	private constructor(configuration: AgentConfiguration) {
		const { port = 0, echo, ...rest } = configuration;
		this.child = spawn(join(projectRoot, "build/interop/debug/agent"), [], { stdio: ["pipe", "pipe", "pipe"] });
		const lines = new LineSplitter((line) => this.take(JSON.parse(line) as AgentEvent));
		this.child.stdout?.on("data", (data: Buffer) => lines.push(data));
		this.child.stderr?.on("data", (data: Buffer) => {
			this.said += data.toString();
		});
		this.child.on("close", () => {
			this.ended = true;
			this.look();
		});
		this.write({ bind: `127.0.0.1:${port}`, ...rest, ...(echo && { echo: { ...echo, address: "127.0.0.1" } }) });
	}

	/** Starts an agent; resolves when phones may come. */
	static async start(configuration: AgentConfiguration): Promise<ThirdPartyAgent> {
		const agent = new ThirdPartyAgent(configuration);
		const ready = await agent.wait(({ event }) => event === "ready", "its readiness");
		agent.port = Number(ready.port);
		return agent;
	}

	/** Address to give to a phone. */
	get address(): string {
		return `127.0.0.1:${this.port}`;
	}

	/** Everything the crate had to say against what phones sent, and what this agent could not do. */
	get complaints(): string[] {
		return this.events.filter(({ event }) => complaints.has(event)).map((event) => JSON.stringify(event));
	}

	/** Has the agent do something about a phone; rejects when it cannot. */
	async do(device: string, what: string, fields: object = {}): Promise<void> {
		const from = this.events.length;
		this.write({ device, do: what, ...fields });
		const answer = await this.wait(({ event }) => event === "done" || event === "failed", `'${what}' to be done`, from);
		if (answer.event === "failed") throw new Error(`the agent cannot '${what}': ${answer.error}`);
	}

	/** Waits for an event that is as wanted, among those from number `from` on. */
	wait(wanted: (event: AgentEvent) => boolean, what: string, from = 0): Promise<AgentEvent> {
		return new Promise((resolve, reject) => {
			const settle = () => {
				clearTimeout(timer);
				this.looks = this.looks.filter((other) => other !== look);
			};
			const fail = (why: string) => {
				settle();
				const last = this.events.slice(-8).map((event) => `\n  ${JSON.stringify(event)}`);
				reject(new Error(`${why} for ${what}${last.join("")}\n  ${this.said}`));
			};
			const look = () => {
				const found = this.events.slice(from).find(wanted);
				if (found) {
					settle();
					resolve(found);
				} else if (this.ended) fail("the agent ended while it was waited");
			};
			const timer = setTimeout(() => fail(`waited ${patience} ms`), patience);
			this.looks.push(look);
			look();
		});
	}

	/** Waits for an event of a phone. */
	waitFor(
		device: string,
		event: string,
		from = 0,
		more: (event: AgentEvent) => boolean = () => true,
	): Promise<AgentEvent> {
		const wanted = (candidate: AgentEvent) =>
			candidate.event === event && candidate.device === device && more(candidate);
		return this.wait(wanted, `'${event}' of ${device}`, from);
	}

	/** Waits for a message of a phone by its id, among those from number `from` on. */
	async waitForFrame(wanted: (id: number) => boolean, what: string, from = 0): Promise<void> {
		const there = () => this.frames.slice(from).some((octets) => wanted(Buffer.from(octets).readUInt32LE(8)));
		await new Promise<void>((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error(`waited ${patience} ms for ${what}`)), patience);
			const look = () => {
				if (!there()) return;
				clearTimeout(timer);
				this.looks = this.looks.filter((other) => other !== look);
				resolve();
			};
			this.looks.push(look);
			look();
		});
	}

	/** Frames of phones that all have one version, as they came, for the judge. */
	framesOf(version: number): JudgedFrame[] {
		return this.exact.map((octets) => ({ version, octets }));
	}

	/** Ends the agent in good order. */
	async close(): Promise<void> {
		this.child.stdin?.end();
		await this.gone();
	}

	/** Ends it as a crash would. */
	async kill(): Promise<void> {
		this.child.kill("SIGKILL");
		await this.gone();
	}

	private async gone(): Promise<void> {
		if (!this.ended) await new Promise<void>((resolve) => this.child.once("close", () => resolve()));
	}

	private write(line: object): void {
		if (this.child.stdin?.writable) this.child.stdin.write(`${JSON.stringify(line)}\n`);
	}

	private take(event: AgentEvent): void {
		if (event.event === "frame") {
			const octets = Buffer.from(String(event.octets), "hex");
			this.frames.push(octets);
			if (event.fidelity === "Exact") this.exact.push(octets);
		} else this.events.push(event);
		this.look();
	}

	private look(): void {
		for (const look of [...this.looks]) look();
	}
}

/** Sends back what sound comes to it, as the call agent's echo would. */
export class EchoSocket {
	readonly socket: Socket = createSocket("udp4");
	packets = 0;

	static async open(): Promise<EchoSocket> {
		const echo = new EchoSocket();
		await new Promise<void>((resolve) => echo.socket.bind(0, "127.0.0.1", resolve));
		echo.socket.on("message", (packet, { address, port }) => {
			echo.packets += 1;
			echo.socket.send(packet, port, address);
		});
		return echo;
	}

	get port(): number {
		return this.socket.address().port;
	}

	close(): Promise<void> {
		return new Promise((resolve) => this.socket.close(() => resolve()));
	}
}
