/*
 * A call agent for development: listens for phones that speak SCCP, registers them with numbers from 1001, and connects
 * calls to each other and to 600 (echo), 601 (1004 Hz), 602 (music), 606 (busy) and 607 (congestion). It behaves as
 * CallManager 4.1, chan_skinny or chan-sccp do, and shares no code with the phone.
 */
import { EventEmitter } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { Calls } from "./calls.js";
import { coders } from "./coders.js";
import { Connection } from "./connection.js";
import type { Device } from "./device.js";
import type { ReleaseCause } from "./dialect.js";
import { CallManager } from "./dialect-callmanager.js";
import { ChanSccp } from "./dialect-chan-sccp.js";
import { ChanSkinny } from "./dialect-chan-skinny.js";
import type { Dialect } from "./dialect-features.js";
import { type Faults, strike } from "./faults.js";
import { Features } from "./features.js";
import { FromStation } from "./ids.js";
import { Keys } from "./keys.js";
import type { Leg } from "./leg.js";
import { Numbering } from "./numbering.js";
import type { CallAgentOptions, DialectName } from "./options.js";
import { Pushes } from "./pushes.js";
import {
	readDigit,
	readEnbloc,
	readReceiveChannelAck,
	readStatistics,
	readUserData,
	type Statistics,
	type UserData,
} from "./received.js";
import { Registrar } from "./registration.js";
import { RtpPorts } from "./rtp.js";
import { StateFile } from "./state.js";
import { type Message, u32At } from "./wire.js";

export interface CallAgentEvents {
	/** A phone has completed its registration (it has asked for the time). */
	registered: [device: Device];
	rejected: [name: string, reason: string];
	unregistered: [device: Device, reason: string];
	/** One side of a call reached a state. */
	callState: [leg: Leg];
	/** A digit during a conversation. */
	callDigit: [leg: Leg, digit: string];
	/** One side of a call is gone. */
	callEnd: [leg: Leg, cause: ReleaseCause];
	/** What a phone counted of its stream. */
	statistics: [device: Device, statistics: Statistics];
	/** A user has done something with a pushed object. */
	userData: [device: Device, data: UserData];
	/** A phone has answered a pushed object. */
	pushAnswered: [device: Device, data: UserData];
	/** Every message that comes in, before it is looked at. */
	message: [connection: Connection, message: Message];
	connected: [connection: Connection];
	disconnected: [connection: Connection, reason: string];
	/** A phone did what it must not. */
	complaint: [connection: Connection, text: string];
}

const dialects: Readonly<Record<DialectName, () => Dialect>> = Object.freeze({
	callmanager: () => new CallManager(),
	chan_skinny: () => new ChanSkinny(),
	chan_sccp: () => new ChanSccp(),
});

const usualAddress = "127.0.0.1";
/** The last of what phones did that they must not. */
const complaintsKept = 1000;

export class CallAgent extends EventEmitter<CallAgentEvents> {
	/** Faults in force; change them at any time. */
	readonly faults: Faults;
	/** Messages received by id. */
	readonly received = new Map<number, number>();
	/** Rules broken by phones, in words: the latest. */
	readonly complaints: string[] = [];
	private readonly known = new Map<string, Device>();
	private readonly connections = new Set<Connection>();
	private readonly dialect: Dialect;
	private readonly registrar: Registrar;
	private readonly calls: Calls;
	private readonly keys: Keys;
	/** What it does beside plain calls. */
	readonly features: Features;
	/** What it pushes to phones. */
	readonly pushes: Pushes;
	private readonly server: Server;
	private readonly state: StateFile | undefined;

	private constructor(options: CallAgentOptions) {
		super();
		const rtpPorts = new RtpPorts(options.address ?? usualAddress);
		this.dialect = dialects[options.dialect ?? "callmanager"]();
		this.faults = { ...options.faults };
		this.state = options.state === undefined ? undefined : new StateFile(options.state);
		const numbering = new Numbering(options.firstNumber ?? 1001);
		this.calls = new Calls(
			this.dialect,
			numbering,
			{
				digitTimeout: options.digitTimeout ?? 8000,
				firstDigitTimeout: options.firstDigitTimeout ?? 16000,
				answerDelay: options.answerDelay ?? 0,
				packetTime: options.packetTime ?? 20,
				codecs: options.codecs ?? coders.map(({ codec }) => codec),
				directMedia: options.directMedia ?? true,
				noAnswerTime: options.noAnswerTime ?? 20_000,
			},
			() => rtpPorts.take(),
			{
				callState: (leg) => {
					this.features.changed(leg);
					this.emit("callState", leg);
				},
				callDigit: (leg, digit) => this.emit("callDigit", leg, digit),
				callEnd: (leg, cause) => {
					this.features.changed(leg);
					this.pushes.gone(leg);
					this.emit("callEnd", leg, cause);
				},
				unanswered: (leg, line) => this.features.unanswered(leg, line),
			},
		);
		this.features = new Features(this.calls, this.dialect, numbering, this.known, () => this.save());
		this.pushes = new Pushes(this.calls, this.dialect, this.features, this.known);
		this.keys = new Keys(this.calls, this.dialect, this.features, this.pushes);
		this.registrar = new Registrar(
			this.dialect,
			{
				name: options.name ?? "Linnet",
				greets: options.greets ?? true,
				protocolVersion: options.protocolVersion ?? this.dialect.highestVersion,
				keepalive: options.keepalive,
				keepaliveMisses: options.keepaliveMisses ?? this.dialect.keepaliveMisses,
				linesPerPhone: options.linesPerPhone ?? 1,
				speedDials: options.speedDials ?? [
					{ number: "600", label: "Echo" },
					{ number: "601", label: "Tone" },
					{ number: "602", label: "Music" },
				],
				devices: options.devices ?? {},
				numberOf: (device, line) => this.state?.numberOf(device, line) ?? options.numberOf?.(device, line),
				now: options.now,
				keptNumbers: () => this.state?.numbers ?? [],
			},
			this.known,
			numbering,
			() => this.faults,
			() => this.port,
			{
				registered: (device) => {
					if (this.faults.keepCalls) this.calls.gone(device);
					this.features.registered(device);
					this.emit("registered", device);
				},
				created: (device) => {
					this.state?.restore(device);
					this.save();
				},
				watches: (device) => this.features.presence.tell(device),
				rejected: (name, reason) => this.emit("rejected", name, reason),
				unregistered: (device, reason) => {
					if (!this.faults.keepCalls) this.calls.gone(device);
					this.features.gone(device);
					this.emit("unregistered", device, reason);
				},
				complaint: (connection, text) => this.complain(connection, text),
			},
		);
		this.server = createServer({ noDelay: true }, (socket) => this.accept(socket));
	}

	/** Starts an agent. Rejects with the system's error when the port is taken. */
	static async start(options: CallAgentOptions): Promise<CallAgent> {
		const agent = new CallAgent(options);
		await new Promise<void>((resolve, reject) => {
			agent.server.once("error", reject);
			agent.server.listen(options.port ?? 2000, options.address ?? usualAddress, resolve);
		});
		return agent;
	}

	/** The TCP port it listens on. */
	get port(): number {
		const address = this.server.address();
		return typeof address === "object" && address ? address.port : 0;
	}

	get dialectName(): DialectName {
		return this.dialect.name;
	}

	/** Registered phones. */
	get phones(): Device[] {
		return [...this.known.values()].filter((device) => device.registered);
	}

	/** Every phone that has ever registered, by device name. */
	get devices(): ReadonlyMap<string, Device> {
		return this.known;
	}

	/** Stops listening, hangs up on all phones and gives the ports back. */
	async close(): Promise<void> {
		const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
		for (const connection of [...this.connections]) connection.break("the agent stops");
		await closed;
	}

	/** Sends Reset: 1 reset, 2 restart, 3 apply configuration. */
	reset(device: Device, type: number): void {
		device.registration?.sender.reset(type);
	}

	/** Breaks a phone's connection off with a TCP reset, or closes it. */
	drop(device: Device, how: "reset" | "close" = "reset"): void {
		const connection = device.registration?.connection;
		if (how === "reset") connection?.break("broken off on purpose");
		else connection?.close("closed on purpose");
	}

	/** Takes calls that ring at a phone for unanswered now, without waiting for their time. */
	giveUp(device: Device): void {
		for (const leg of [...device.legs]) if (leg.state === "ringIn" && leg.peer) this.calls.unanswered(leg.peer);
	}

	/** Forgets a phone's registration, which another agent has taken over. */
	forget(name: string): void {
		this.known.get(name)?.registration?.connection.close("registered with another call agent of the cluster");
	}

	/** Ends as a process does that is killed: all connections at once, nobody is told more, and nobody listens. */
	crash(how: "reset" | "close"): void {
		const connections = [...this.connections];
		this.server.close();
		for (const connection of connections) connection.hush();
		for (const connection of connections) {
			if (how === "reset") connection.break("crashed on purpose");
			else connection.close("crashed on purpose");
		}
	}

	/** Sends octets to a phone as they are. */
	sendRaw(device: Device, octets: Buffer): void {
		device.registration?.connection.send(octets);
	}

	private save(): void {
		this.state?.save(this.known.values());
	}

	private complain(connection: Connection, text: string): void {
		this.complaints.push(text);
		if (this.complaints.length > complaintsKept) this.complaints.shift();
		this.emit("complaint", connection, text);
	}

	private accept(socket: Socket): void {
		const { dialect } = this;
		const connection = new Connection(socket, () => this.faults, dialect.largestMessage, dialect.wholeHeader, {
			message: (from, message) => this.message(from, message),
			ended: (from, reason) => {
				this.registrar.closed(from, reason);
				this.emit("disconnected", from, reason);
			},
			gone: (from) => this.connections.delete(from),
		});
		this.connections.add(connection);
		this.registrar.opened(connection);
		this.emit("connected", connection);
		if (this.faults.closeAt === "connect") connection.close("closed on purpose");
	}

	private message(connection: Connection, message: Message): void {
		const { id } = message;
		this.received.set(id, (this.received.get(id) ?? 0) + 1);
		this.emit("message", connection, message);
		if (strike(this.faults, connection, id)) return;
		const device = this.registrar.message(connection, message);
		if (device) this.callMessage(device, message);
	}

	private callMessage(device: Device, message: Message): void {
		const { id, payload } = message;
		const { calls } = this;
		const version = device.registration?.sender.version ?? 3;
		switch (id) {
			case FromStation.OpenReceiveChannelAck: {
				const ack = readReceiveChannelAck(payload, version);
				if (ack) calls.channelOpen(device, ack);
				return;
			}
			case FromStation.ConnectionStatisticsRes:
				this.emit("statistics", device, readStatistics(payload, version));
				return;
			case FromStation.OnHook:
				calls.onHook(device);
				return;
			case FromStation.DeviceToUserData:
			case FromStation.DeviceToUserDataVersion1: {
				const data = readUserData(payload, id === FromStation.DeviceToUserDataVersion1);
				this.emit("userData", device, data);
				this.pushes.answered(device, data);
				return;
			}
			case FromStation.DeviceToUserDataResponse:
			case FromStation.DeviceToUserDataResponseVersion1:
				this.emit("pushAnswered", device, readUserData(payload, id === FromStation.DeviceToUserDataResponseVersion1));
				return;
		}
		if (callStarters.has(id) && !this.registrar.mayCall(device)) return;
		switch (id) {
			case FromStation.OffHook:
				calls.offHook(device, u32At(payload, 0), u32At(payload, 4));
				break;
			case FromStation.OffHookWithCallingPartyNumber:
				calls.offHook(device, 0, 0);
				break;
			case FromStation.KeypadButton: {
				const digit = readDigit(payload);
				if (digit !== undefined) calls.digit(device, digit, u32At(payload, 8));
				break;
			}
			case FromStation.EnblocCall: {
				const { number, line } = readEnbloc(payload, version);
				calls.enbloc(device.line(line), number, device.offHook);
				break;
			}
			case FromStation.SoftKeyEvent:
				this.keys.softKey(device, u32At(payload, 0), u32At(payload, 4), u32At(payload, 8));
				break;
			case FromStation.Stimulus:
				this.keys.stimulus(device, u32At(payload, 0), u32At(payload, 4));
				break;
		}
	}
}

/** Messages that can begin a call. */
const callStarters: ReadonlySet<number> = new Set([
	FromStation.OffHook,
	FromStation.OffHookWithCallingPartyNumber,
	FromStation.EnblocCall,
	FromStation.SoftKeyEvent,
	FromStation.Stimulus,
]);

/**
 * Starts a call agent.
 * @throws the system's error (`EADDRINUSE`) when the port is taken, a RangeError for a version out of 3 to 22, an Error for a state
 * file that cannot be read.
 */
export async function startCallAgent(options: CallAgentOptions = {}): Promise<CallAgent> {
	const { protocolVersion } = options;
	if (protocolVersion !== undefined && !(protocolVersion >= 3 && protocolVersion <= 22))
		throw new RangeError(`protocol version ${protocolVersion}: 3 to 22 expected`);
	return CallAgent.start(options);
}

export type { Device } from "./device.js";
export type { Faults } from "./faults.js";
export type { Leg } from "./leg.js";
export type { CallAgentOptions, DialectName } from "./options.js";
