/*
 * A call agent of a program's own, or a script's: started on this computer, ended and started again at the same address, given orders.
 */
import { type CallAgent as Agent, type Device, type Leg, startCallAgent } from "../call-agent/agent.js";
import type { Connection } from "../call-agent/connection.js";
import { FromStation } from "../call-agent/ids.js";
import type { CallAgentOptions } from "../call-agent/options.js";
import { obey } from "../call-agent/orders.js";
import type { Message } from "../call-agent/wire.js";
import { Emitter } from "./events.js";

/** A phone as its call agent knows it. */
export interface KnownPhone {
	/** Device name. */
	readonly device: string;
	/** Number of its first line. */
	readonly number: string;
	/** SCCP version that is in force, undefined for one that is away. */
	readonly protocol: number | undefined;
	/** IPv4 address, likewise. */
	readonly address: string | undefined;
	/** Registrations so far. */
	readonly registrations: number;
}

/** One phone's side of a call. */
export interface CallSide {
	readonly device: string;
	/** Number of the line that it is on. */
	readonly number: string;
	readonly reference: number;
	readonly state: string;
	/** Whether the phone placed the call. */
	readonly outgoing: boolean;
	/** What it has dialled. */
	readonly digits: string;
	/** Number of the phone at the other side, as far as it is one. */
	readonly peer: string | undefined;
}

export interface CallAgentEvents {
	/** A phone has completed its registration. */
	registered: [phone: KnownPhone];
	rejected: [device: string, reason: string];
	unregistered: [device: string, reason: string];
	/** One side of a call reached a state. */
	call: [side: CallSide];
	/** One side of a call is gone. */
	callEnd: [side: CallSide, cause: string];
	/** A digit during a conversation. */
	digit: [side: CallSide, digit: string];
	/** A phone did what SCCP does not allow. */
	complaint: [text: string];
}

const { CapabilitiesRes, UpdateCapabilities, CapabilitiesV2Res, CapabilitiesV3Res } = FromStation;
const capabilities: readonly number[] = [CapabilitiesRes, UpdateCapabilities, CapabilitiesV2Res, CapabilitiesV3Res];
/** Milliseconds after which a phone that cannot answer is left alone. */
const longestAnswer = 2000;
const complaintsKept = 1000;

/** Asks a phone for its capabilities; resolves when they have come, or the phone has gone. */
function answer(agent: Agent, device: Device): Promise<void> {
	const { registration } = device;
	return new Promise((resolve) => {
		const message = (connection: Connection, { id }: Message) => {
			if (connection === registration?.connection && capabilities.includes(id)) done();
		};
		const gone = (other: Device) => {
			if (other === device) done();
		};
		const done = () => {
			clearTimeout(timer);
			agent.off("message", message).off("unregistered", gone);
			resolve();
		};
		const timer = setTimeout(done, longestAnswer);
		agent.on("message", message).on("unregistered", gone);
		registration?.sender.capabilitiesReq();
	});
}

function known(device: Device): KnownPhone {
	const { name, number, registration, registrations } = device;
	return {
		device: name,
		number,
		registrations,
		protocol: registration?.sender.version,
		address: registration?.address,
	};
}

function side({ line, reference, state, outgoing, digits, far }: Leg): CallSide {
	const { device, number } = line;
	return { device: device.name, number, reference, state, outgoing, digits, peer: far?.number };
}

export class CallAgent extends Emitter<CallAgentEvents> {
	/** IPv4 address that it listens on. */
	readonly host: string;
	/** TCP port, the same for good. */
	readonly port: number;
	/** Rules that phones broke, in words: the latest thousand. */
	readonly complaints: string[] = [];
	private agent: Agent | undefined;

	private constructor(
		private readonly options: CallAgentOptions,
		agent: Agent,
	) {
		super();
		this.host = options.address ?? "127.0.0.1";
		this.port = agent.port;
		this.take(agent);
	}

	/**
	 * Starts a call agent, on a free port of 127.0.0.1 unless told otherwise. Rejects with the system's error when the port is taken, a
	 * RangeError for a version out of 3 to 22, an Error for a state file that cannot be read.
	 */
	static async start(options: CallAgentOptions = {}): Promise<CallAgent> {
		return new CallAgent(options, await startCallAgent({ ...options, port: options.port ?? 0 }));
	}

	/** Where phones register, as 'host:port'. */
	get address(): string {
		return `${this.host}:${this.port}`;
	}

	/** Whether it runs: not between {@link crash} and {@link recover}, and behind {@link close}. */
	get running(): boolean {
		return this.agent !== undefined;
	}

	/** Phones that are registered now. */
	get phones(): KnownPhone[] {
		return this.agent?.phones.map(known) ?? [];
	}

	/** Sides of calls that are up now. */
	get calls(): CallSide[] {
		return [...(this.agent?.devices.values() ?? [])].flatMap(({ legs }) => legs.map(side));
	}

	/** Whether a phone is registered with it now, by its device name. */
	registered(device: string): boolean {
		return this.agent?.devices.get(device)?.registered === true;
	}

	/**
	 * Gives it an order, in the words of `npm run call-agent -- --orders`: 'drop 1001', 'fault delay 2200'; or word by word. Throws when it is not
	 * understood, when there is no such phone, and when it does not run.
	 */
	order(words: string | readonly string[]): void {
		if (!this.agent) throw new Error(`call agent ${this.address} does not run`);
		const wrong = obey(this.agent, typeof words === "string" ? words.trim().split(/\s+/) : words);
		if (wrong !== undefined) throw new Error(wrong);
	}

	/**
	 * Resolves when every phone has dealt with all that was sent to it, and the agent with all that the phones have sent: each is
	 * asked for its capabilities, and answers in turn. One that is silent on purpose is not waited for longer than two seconds.
	 */
	async settle(): Promise<void> {
		const { agent } = this;
		if (agent) await Promise.all(agent.phones.map((device) => answer(agent, device)));
	}

	/** Ends as a process does that is killed: all connections break off, and nobody is told. Its phones and their numbers are forgotten. */
	async crash(): Promise<void> {
		const { agent } = this;
		this.agent = undefined;
		agent?.crash("reset");
		await agent?.close();
	}

	/** Starts anew at the same address. Rejects as {@link start} does, and when it runs already. */
	async recover(): Promise<void> {
		if (this.agent) throw new Error(`call agent ${this.address} runs already`);
		this.take(await startCallAgent({ ...this.options, port: this.port }));
	}

	/** Ends it for good. */
	async close(): Promise<void> {
		const { agent } = this;
		this.agent = undefined;
		await agent?.close();
	}

	private take(agent: Agent): void {
		this.agent = agent;
		agent.on("registered", (device) => this.tell("registered", known(device)));
		agent.on("rejected", (name, reason) => this.tell("rejected", name, reason));
		agent.on("unregistered", ({ name }, reason) => this.tell("unregistered", name, reason));
		agent.on("callState", (leg) => this.tell("call", side(leg)));
		agent.on("callEnd", (leg, cause) => this.tell("callEnd", side(leg), cause));
		agent.on("callDigit", (leg, digit) => this.tell("digit", side(leg), digit));
		agent.on("complaint", (_connection, text) => {
			this.complaints.push(text);
			if (this.complaints.length > complaintsKept) this.complaints.shift();
			this.tell("complaint", text);
		});
	}
}
