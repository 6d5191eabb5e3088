/*
 * Registration of phones and the requests that come with it: who may register, which lines they get, keepalive
 * deadlines, templates and button states.
 */
import type { Connection } from "./connection.js";
import { Device, Line } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import type { Faults } from "./faults.js";
import { FromStation, messageName } from "./ids.js";
import type { Numbering } from "./numbering.js";
import type { DeviceOptions, LineOptions, SpeedDialOptions } from "./options.js";
import { type RegisterRequest, readCapabilities, readRegister } from "./received.js";
import { ButtonType, Sender } from "./sender.js";
import { SoftKeySet } from "./softkeys.js";
import { type Message, u32At } from "./wire.js";

export interface RegistrationSettings {
	readonly name: string;
	readonly greets: boolean;
	readonly protocolVersion: number;
	readonly keepalive: number | undefined;
	readonly keepaliveMisses: number;
	readonly linesPerPhone: number;
	readonly speedDials: readonly SpeedDialOptions[];
	readonly devices: Readonly<Record<string, DeviceOptions>>;
	readonly numberOf: ((device: string, line: number) => string | undefined) | undefined;
	/** What time it tells phones; the computer's when undefined. */
	readonly now: (() => Date) | undefined;
	/** Numbers that are kept for phones. */
	readonly keptNumbers: () => Iterable<string>;
}

export interface RegistrationEvents {
	registered(device: Device): void;
	rejected(name: string, reason: string): void;
	unregistered(device: Device, reason: string): void;
	/** A phone that is new has its lines. */
	created(device: Device): void;
	/** The phone asks for the states that its keys watch. */
	watches(device: Device): void;
	/** The phone did what it must not, or not yet. */
	complaint(connection: Connection, text: string): void;
}

/** A phone's connection, registered or not. */
interface Session {
	readonly connection: Connection;
	readonly sender: Sender;
	device: Device | undefined;
	deadline: NodeJS.Timeout | undefined;
	keepalive: number;
	/** Messages that have come since registration. */
	readonly seen: Set<number>;
}

/** Milliseconds that chan_skinny takes before it turns a second registration of the same name away. */
const duplicateTime = 2000;
/** Seconds that a refused token request shall wait. */
const tokenWait = 60;

export class Registrar {
	private readonly sessions = new Map<Connection, Session>();

	constructor(
		private readonly dialect: Dialect,
		private readonly settings: RegistrationSettings,
		private readonly devices: Map<string, Device>,
		private readonly numbering: Numbering,
		private readonly faults: () => Faults,
		/** The agent's TCP port, once it listens. */
		private readonly port: () => number,
		private readonly events: RegistrationEvents,
	) {}

	opened(connection: Connection): void {
		// Until a version is known, layouts are the oldest ones.
		const sender = new Sender(this.dialect.name, 3, (frame) => connection.send(frame), this.settings.now);
		const keepalive = this.settings.keepalive ?? this.dialect.keepalive();
		const session: Session = { connection, sender, device: undefined, deadline: undefined, keepalive, seen: new Set() };
		this.sessions.set(connection, session);
		this.extend(session);
	}

	closed(connection: Connection, reason: string): void {
		const session = this.sessions.get(connection);
		if (!session) return;
		clearTimeout(session.deadline);
		this.sessions.delete(connection);
		this.unregister(session, reason);
	}

	private unregister(session: Session, reason: string): void {
		const { device } = session;
		session.device = undefined;
		if (device?.registration?.connection !== session.connection) return;
		device.registration = undefined;
		this.events.unregistered(device, reason);
	}

	/** Gives the phone time until the keepalive deadline again. */
	private extend(session: Session): void {
		clearTimeout(session.deadline);
		const seconds = session.keepalive * this.settings.keepaliveMisses;
		session.deadline = setTimeout(() => {
			if (this.faults().stall) this.extend(session);
			else session.connection.close(`nothing heard for ${seconds.toFixed(1)} s`);
		}, seconds * 1000);
	}

	/** Takes a message that belongs to registration; gives the device for every other one, when there is one. */
	message(connection: Connection, message: Message): Device | undefined {
		const session = this.sessions.get(connection);
		if (!session) return undefined;
		this.extend(session);
		session.seen.add(message.id);
		switch (message.id) {
			case FromStation.Alarm:
			case FromStation.IpPort:
				return undefined;
			case FromStation.KeepAliveReq:
				if (session.device) session.device.keepalives++;
				if (!this.faults().dropKeepalives) session.sender.keepAliveAck();
				return undefined;
			case FromStation.RegisterTokenReq:
				this.token(session);
				return undefined;
			case FromStation.RegisterReq:
				this.register(session, message.payload);
				return undefined;
		}
		const { device } = session;
		if (!device?.registration) {
			this.events.complaint(connection, `${messageName(message.id)} before registration`);
			return undefined;
		}
		return this.request(session, device, device.registration.sender, message) ? undefined : device;
	}

	/** Whether the phone has told enough for a call, as the dialect's server needs it. */
	mayCall(device: Device): boolean {
		const { registration } = device;
		const session = registration && this.sessions.get(registration.connection);
		if (!session) return false;
		const { seen } = session;
		const { CapabilitiesRes, UpdateCapabilities, CapabilitiesV2Res, CapabilitiesV3Res } = FromStation;
		const capable = [CapabilitiesRes, UpdateCapabilities, CapabilitiesV2Res, CapabilitiesV3Res];
		if (this.dialect.name === "chan_skinny" && !capable.some((id) => seen.has(id))) {
			// The server itself would crash.
			this.events.complaint(session.connection, "a call before CapabilitiesRes");
			return false;
		}
		if (this.dialect.name === "chan_sccp" && !seen.has(FromStation.ButtonTemplateReq)) {
			this.events.complaint(session.connection, "a call before ButtonTemplateReq");
			return false;
		}
		return true;
	}

	private token({ connection, sender }: Session): void {
		const { token, tokenWait: wait = tokenWait } = this.faults();
		const own =
			this.dialect.name === "callmanager" ? "acknowledge" : this.dialect.name === "chan_sccp" ? "reject" : "ignore";
		switch (token ?? own) {
			case "acknowledge":
				sender.tokenAck();
				break;
			case "reject":
				sender.tokenReject(wait);
				// chan-sccp says it twice
				if (this.dialect.name === "chan_sccp") sender.tokenReject(wait);
				break;
			case "close":
				connection.close("RegisterTokenReq is not known here");
		}
	}

	private register(session: Session, payload: Buffer): void {
		const { connection } = session;
		const request = readRegister(payload);
		if (!request || !/^[A-Za-z0-9_.-]{1,15}$/.test(request.name)) {
			this.events.complaint(connection, "RegisterReq without a device name");
			connection.close("bad RegisterReq");
			return;
		}
		const faults = this.faults();
		const text = faults.rejectOnce ?? faults.reject;
		faults.rejectOnce = undefined;
		if (text !== undefined) {
			this.reject(session, request.name, text);
			return;
		}
		const standing = this.devices.get(request.name)?.registration?.connection;
		if (standing && standing !== connection) {
			this.duplicate(session, request, standing);
			return;
		}
		this.accept(session, request);
	}

	private reject(session: Session, name: string, text: string): void {
		session.sender.registerReject(text);
		this.events.rejected(name, text);
		session.connection.close(`registration refused: ${text}`);
	}

	/** A second connection registers a name that has one already. */
	private duplicate(session: Session, request: RegisterRequest, standing: Connection): void {
		const { name } = request;
		switch (this.dialect.duplicates) {
			case "replace":
				standing.close("registered again on another connection");
				this.accept(session, request);
				break;
			case "rejectBoth":
				this.reject(session, name, "Crossover session not allowed");
				standing.close("registered again on another connection");
				break;
			case "reject":
				setTimeout(() => {
					if (!this.sessions.has(session.connection)) return;
					if (this.devices.get(name)?.registration) this.reject(session, name, `No Authority: ${name}`);
					else this.accept(session, request);
				}, duplicateTime);
		}
	}

	private accept(session: Session, request: RegisterRequest): void {
		const { connection } = session;
		const device = this.devices.get(request.name) ?? this.create(request.name);
		// Registering again on the same connection: the calls of before end first.
		const before = device.registration && this.sessions.get(device.registration.connection);
		if (before) this.unregister(before, "registered again");
		const version = this.dialect.negotiate(request.version || 3, this.settings.protocolVersion);
		const sender = new Sender(this.dialect.name, version, (frame) => connection.send(frame), this.settings.now);
		session.device = device;
		session.seen.clear();
		device.registration = {
			connection,
			sender,
			declaredVersion: request.version,
			address: connection.remoteAddress,
		};
		device.registrations++;
		device.keepalives = 0;
		this.dialect.acknowledge(device, session.keepalive);
	}

	/** A phone that is not known yet: lines and buttons by the options, or by the next free number. */
	private create(name: string): Device {
		const device = new Device(name);
		this.devices.set(name, device);
		const options = this.settings.devices[name];
		const reserved = new Set(this.settings.keptNumbers());
		for (const { lines } of Object.values(this.settings.devices))
			for (const { number } of lines ?? []) if (number !== undefined) reserved.add(number);
		const blank: LineOptions = {};
		const lines = options?.lines ?? Array.from({ length: this.settings.linesPerPhone }, () => blank);
		for (const line of lines) {
			const number =
				line.number ?? this.settings.numberOf?.(name, device.lines.length) ?? this.numbering.next(reserved);
			const title = line.name ?? `Linnet ${number}`;
			const added = new Line(device, device.lines.length + 1, number, title, line.label ?? title, line.group);
			device.lines.push(added);
			this.numbering.add(added);
		}
		device.speedDials = options?.speedDials ?? this.settings.speedDials;
		this.events.created(device);
		return device;
	}

	/** A key that shows a state, where that is a line of its own. */
	private hintLine(device: Device, sender: Sender, instance: number): void {
		const hintType = this.dialect.hintType(sender.version);
		const dial = device.speedDials.find(
			(candidate, index) => candidate.hint && device.hintInstance(index, hintType) === instance,
		);
		if (dial && hintType === ButtonType.line) sender.lineStat(instance, dial.number, dial.label, dial.label);
	}

	private feature(device: Device, sender: Sender, instance: number): void {
		if (device.speedDials[instance - 1]?.hint) this.events.watches(device);
		else sender.featureStat(instance);
	}

	/** Answers what a phone asks for after RegisterAck; false when the message is something else. */
	private request(session: Session, device: Device, sender: Sender, { id, payload }: Message): boolean {
		const { name, greets } = this.settings;
		switch (id) {
			case FromStation.CapabilitiesRes:
				device.codecs = readCapabilities(payload);
				return true;
			case FromStation.ButtonTemplateReq:
				sender.buttonTemplate(device.buttons(this.dialect.hintType(sender.version)));
				return true;
			case FromStation.SoftKeyTemplateReq:
				sender.softKeyTemplate();
				return true;
			case FromStation.SoftKeySetReq:
				sender.softKeySets();
				sender.selectSoftKeys(0, 0, SoftKeySet.onHook, this.dialect.name === "chan_skinny" ? 0x7f : 0xffffffff);
				return true;
			case FromStation.ConfigStatReq:
				sender.configStat(
					device.name,
					device.lines[0]?.name ?? "",
					name,
					device.lines.length,
					device.speedDials.length,
				);
				return true;
			case FromStation.LineStatReq: {
				const instance = u32At(payload, 0);
				const line = device.lines[instance - 1];
				if (line) sender.lineStat(line.instance, line.number, line.name, line.label);
				else this.hintLine(device, sender, instance);
				return true;
			}
			case FromStation.ForwardStatReq:
				// chan_skinny never answers this one, nor FeatureStatReq, nor an unknown speed dial.
				if (this.dialect.name !== "chan_skinny") {
					const instance = u32At(payload, 0);
					sender.forwardStat(instance, device.lines[instance - 1]?.forward ?? { all: "", busy: "", noAnswer: "" });
				}
				return true;
			case FromStation.SpeedDialStatReq: {
				const instance = u32At(payload, 0);
				const dial = device.speedDials[instance - 1];
				if (dial) sender.speedDialStat(instance, dial.number, dial.label);
				else if (this.dialect.name !== "chan_skinny") sender.speedDialStat(instance, "", "");
				return true;
			}
			case FromStation.FeatureStatReq:
				if (this.dialect.name !== "chan_skinny") this.feature(device, sender, u32At(payload, 0));
				return true;
			case FromStation.ServiceURLStatReq:
				if (this.dialect.name !== "chan_skinny") sender.serviceUrlStat(u32At(payload, 0));
				return true;
			case FromStation.VersionReq:
				sender.versionRes(this.dialect.name === "chan_skinny" ? "P002F202" : "");
				return true;
			case FromStation.ServerReq:
				sender.serverRes(name, this.port(), session.connection.localAddress);
				return true;
			case FromStation.RegisterAvailableLines:
				return true;
			case FromStation.TimeDateReq:
				if (session.seen.has(FromStation.UnregisterReq)) return true;
				this.dialect.complete(device, greets ? name : "");
				this.events.registered(device);
				return true;
			case FromStation.UnregisterReq:
				// chan_skinny hangs up without a word.
				if (this.dialect.name !== "chan_skinny") sender.unregisterAck();
				session.connection.close("unregistered");
				return true;
		}
		return false;
	}
}
