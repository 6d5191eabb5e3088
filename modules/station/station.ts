/*
 * Registration: finds a call agent, introduces the phone, asks for what it needs, keeps the registration and renews it after
 * any loss. Follows what CallManager, chan-sccp, chan_skinny, FreeSWITCH and wazo-libsccp require of a phone.
 */
import { objection } from "base/machine";
import { Word } from "base/words";
import { type Clock, type NetworkListener, Registration, TcpEnd, type TimerHandle } from "hal/hardware";
import { Limits } from "limits";
import type { PhoneNetwork } from "network/network";
import { type Dispatch, type Handlers, handlers } from "sccp/dispatch";
import { type Link, type LinkListener, silence } from "sccp/link";
import {
	CapabilitiesReq,
	ConfigStatRes,
	ConfigStatV2Res,
	RegisterAck,
	RegisterReject,
	Reset,
	UnregisterAck,
	UnregisterReq,
} from "sccp/messages";
import type { Reader } from "sccp/reader";
import type { Sender } from "sccp/sender";
import { type Text, textHead } from "sccp/text";
import { CallAgents, Next } from "station/agents";
import { answerHandlers } from "station/answers";
import { Fallback, type FallbackConfiguration, type FallbackHost } from "station/fallback";
import {
	AlarmReason,
	alarmOf,
	type Capability,
	type Identity,
	sendAlarm,
	sendAllCapabilities,
	sendCapabilities,
	sendRegister,
	sendXmlAlarm,
} from "station/register";
import { Requests, type RequestsListener } from "station/requests";
import { Standby, StandbyState } from "station/standby";
import { registrations, StationState, stationPlan } from "station/states";

const nobody: readonly string[] = Object.freeze([]);

/** What Reset asks for, when it is no reset; 0 stands for nothing. */
const resetRestart = 2;
const resetApplyConfiguration = 3;

/** How long a connection may take to come up and the call agent to answer RegisterReq, in ms. */
const connectTimeout = 10000;
/** How long a connection may take where there are other call agents: a network that works takes a tenth of it. */
const connectTimeoutOfSeveral = 5000;
const registerTimeout = 10000;
/** How long an answer to UnregisterReq is waited for, in ms. */
const unregisterTimeout = 1000;
/** How often a reset that waits for a call to end looks again, in ms. */
const resetInterval = 1000;
/** Keepalive interval where the call agent names none, and the longest one that makes sense, in s. */
const defaultKeepAlive = 30;
const longestKeepAlive = 600;
/** The same for a stand-by connection. */
const defaultStandbyKeepAlive = 60;
/**
 * How long a registration has to hold to count as one that lasts, in ms: longer than the longest pause, so that those of two phones that
 * throw each other out never do.
 */
const lastingTime = 90000;
/** Registrations in a row that did not last until the display says what may be the reason. */
const suspicious = 3;
/** Call agents that name this version or a higher one take alarms in XML and all capabilities in one message. */
const modernVersion = 17;
/** Version in force with a call agent that names none (FreeSWITCH). */
const modestVersion = 11;
/** What chan_skinny answers for a version. */
const chanSkinny = 0x30;
const lowestVersion = 3;
const highestVersion = 22;

/** What the station tells and asks whoever owns it. */
export interface StationHost {
	/** {@link Station.registration}, {@link Station.text} or both have changed. */
	stationChanged(): void;
	/** True while a call is up: a reset waits until none is. */
	callsUp(): boolean;
	/**
	 * The call agent is gone: which calls outlive it?
	 * @returns whether one does; the host says {@link Station.callOver} when it is over.
	 */
	preserve(): boolean;
	/** The call agent wants the phone to start anew (with its configuration fetched again). */
	restart(): void;
	/**
	 * The call agent wants the configuration fetched again.
	 * @returns false when this phone has none from a server.
	 */
	fetchConfiguration(): boolean;
	log(line: string): void;
}

export interface StationOptions extends Identity {
	/** 'host' or 'host:port' in order of preference. */
	readonly callAgents: readonly string[];
	readonly capabilities: readonly Capability[];
	/** Why the phone started, 'power on' or 'watchdog' for example: the first alarm tells the call agent. */
	readonly startReason?: string;
	/** Numbers from 0 up to 1 that spread the pauses; Math.random when there is none. */
	readonly random?: () => number;
}

/** Device name of a phone with this MAC address (12 hexadecimal digits). */
export function deviceNameOf(mac: string): string {
	return `SEP${mac.toUpperCase()}`;
}

export class Station implements LinkListener, RequestsListener, NetworkListener, FallbackHost {
	/** A number of {@link StationState}. */
	state: number;
	/** A number of {@link Registration}: what the state means to others. */
	registration: number;
	/** What the display says of registration while the phone is not registered; '' when it is. */
	text: string;
	/** Name of the call agent in use or being tried. */
	callAgent: string;
	/** Own IPv4 address towards the call agent, '' before there was a connection. */
	localAddress: string;
	/** Date template of RegisterAck such as 'D/M/Y' or 'M/D/YA'. */
	readonly dateTemplate: Text;
	private readonly network: PhoneNetwork;
	private readonly clock: Clock;
	private readonly link: Link;
	private readonly sender: Sender;
	private readonly host: StationHost;
	private readonly options: StationOptions;
	/** What the call agent is told of codecs. */
	private capabilities: readonly Capability[];
	private agents: CallAgents;
	/** 'host' or 'host:port' of all, in order, with spaces between; '' for none. */
	callAgents: string;
	/** Which of them are TFTP servers that are tried as a last resort. */
	private guesses: readonly string[];
	private readonly requests: Requests;
	/** The stand-by with a call agent behind the one in use. */
	private readonly standby: Standby;
	private readonly fallback: Fallback;
	private readonly rejectText: Text;
	private readonly attemptNow: () => void;
	private readonly resolved: (serial: number, address: string | undefined) => void;
	private timer: TimerHandle | undefined;
	private serial: number;
	private address: string;
	private alarm: string;
	/** Why the phone started; undefined once the first alarm has told it. */
	private startReason: string | undefined;
	/** Interval between keepalives of a stand-by connection, in ms. */
	private standbyInterval: number;
	/** Ticks at which the phone was registered last. */
	private registeredAt: number;
	/** Own address at the latest attempt, '' when that had none or was lost with it. */
	private triedFrom: string;
	private resetWaits: number;
	private stopped: (() => void) | undefined;

	/** @param reader is asked for two texts. Attaches itself to `dispatch` and opens `sender` while registered. */
	constructor(
		network: PhoneNetwork,
		clock: Clock,
		link: Link,
		sender: Sender,
		dispatch: Dispatch,
		reader: Reader,
		host: StationHost,
		options: StationOptions,
	) {
		this.network = network;
		this.clock = clock;
		this.link = link;
		this.sender = sender;
		this.host = host;
		this.options = options;
		this.capabilities = options.capabilities;
		const random = options.random ?? Math.random;
		this.agents = new CallAgents(options.callAgents, random);
		this.callAgents = options.callAgents.join(" ");
		this.guesses = nobody;
		this.standby = new Standby(network, clock, link);
		this.fallback = new Fallback(network, clock, link, this, options, random);
		this.requests = new Requests(link, clock, this, (line) => host.log(line));
		this.dateTemplate = reader.text(Limits.dateTemplate);
		this.rejectText = reader.text(Limits.rejectText);
		this.attemptNow = () => this.attempt();
		this.resolved = (serial, address) => this.connect(serial, address);
		this.state = StationState.off;
		this.registration = Registration.none;
		this.text = "";
		this.callAgent = "";
		this.localAddress = "";
		this.timer = undefined;
		this.serial = 0;
		this.address = "";
		this.alarm = AlarmReason.initialized;
		this.startReason = options.startReason ?? "";
		this.standbyInterval = 0;
		this.registeredAt = 0;
		this.triedFrom = "";
		this.resetWaits = 0;
		this.stopped = undefined;
		dispatch.attach(this, Station.handlers);
		dispatch.attach(this.requests, answerHandlers);
	}

	/** Octets of the text pool that a station needs. */
	static readonly poolSize = Limits.dateTemplate + Limits.rejectText + 2 * textHead;

	/** What a configuration says of the way back to a better call agent. */
	configure(configuration: FallbackConfiguration): void {
		this.fallback.configure(configuration);
		if (this.state === StationState.registered) this.fallback.start(this.agents, this.standbyInterval);
	}

	/** Takes other codecs to tell the call agent of; one that knows of others is told at once. */
	declare(capabilities: readonly Capability[]): void {
		if (capabilities === this.capabilities) return;
		this.capabilities = capabilities;
		if (this.state === StationState.registered) this.tellCapabilities();
	}

	/** Whether {@link callAgent} has been named by nobody. */
	private get isGuess(): boolean {
		return this.guesses.includes(this.callAgent);
	}

	/** {@link callAgent} as a user sees it: '(TFTP)' marks a TFTP server that is tried as a last resort, as on Cisco's phones. */
	get shownCallAgent(): string {
		return this.isGuess ? `${this.callAgent} (TFTP)` : this.callAgent;
	}

	/** Begins to register and stays at it until {@link stop}. */
	start(): void {
		if (this.state !== StationState.off) return;
		for (const text of this.agents.refused) this.host.log(`'${text}' is no call agent: expected 'host' or 'host:port'`);
		this.attempt();
	}

	/**
	 * Takes other call agents, 'host' or 'host:port' in order of preference, and the version that is declared to them; where they differ,
	 * the phone registers anew, as soon as no call is up. A registration stays where only those behind its call agent are others.
	 * @param guesses those that nobody has named as call agents: TFTP servers, as a last resort, 'host:port'.
	 */
	setCallAgents(list: readonly string[], protocolVersion = this.options.protocolVersion, guesses = nobody): void {
		const names = list.join(" ");
		const sameVersion = protocolVersion === this.options.protocolVersion;
		this.guesses = guesses;
		if (names === this.callAgents && sameVersion) return;
		this.callAgents = names;
		this.options.protocolVersion = protocolVersion;
		const before = this.agents;
		this.agents = new CallAgents(list, this.options.random ?? Math.random);
		if (!this.running) return;
		for (const text of this.agents.refused) this.host.log(`'${text}' is no call agent: expected 'host' or 'host:port'`);
		if (sameVersion && this.state === StationState.registered && this.agents.takeOver(before)) {
			this.standDown();
			this.watchOthers();
			return;
		}
		// those of the list before have other places there
		this.standDown();
		// tried when the call is over
		if (this.state === StationState.preserving) return;
		if (this.host.callsUp()) {
			// a reset that waits already does as well
			if (this.resetWaits === 0 || this.resetWaits === resetApplyConfiguration) this.resetWaits = resetRestart;
			this.resetWhenIdle();
			return;
		}
		this.unregister();
		this.alarm = AlarmReason.restart;
		this.retry(Word.otherAgents, this.agents.left(0));
	}

	/**
	 * The network has come or gone, or the phone's own address may be another one: a connection from the one before is dead, though
	 * for a while nobody says so. With a new address a pause is over.
	 */
	leaseChanged(): void {
		if (!this.running) return;
		const { lease } = this.network;
		if (this.state === StationState.preserving) {
			this.standDown();
			return;
		}
		if (lease === undefined) {
			// a connection may outlive it
			this.triedFrom = "";
			if (this.waiting) this.attempt();
		} else if (this.link.up) {
			if (this.network.localAddress(this.address) === this.localAddress) return;
			this.link.close();
			this.leave();
			this.standDown();
			this.alarm = AlarmReason.otherAddress;
			this.triedFrom = lease.address;
			this.retry(Word.ownAddressChanged, this.agents.left(0));
		} else if (lease.address !== this.triedFrom && this.agents.current !== undefined) {
			// a connection that is being made is made anew
			this.link.close();
			this.standDown();
			this.attempt();
		}
	}

	/** The call that outlived its call agent is over: does what waited for that, or registers anew at once. */
	callOver(): void {
		if (this.state !== StationState.preserving) return;
		if (this.resetWaits !== 0 && !this.applies()) this.resetWhenIdle();
		else this.attempt();
	}

	/** What keeps the body from its network, or is under way, is another. */
	troubleChanged(): void {
		if (this.state === StationState.address) this.enter(StationState.address, this.network.progress);
	}

	/** Unregisters (where registered), closes the connection and calls `done` once; within a second. */
	stop(done: () => void): void {
		const known = this.known;
		this.stopped = done;
		this.requests.stop();
		this.sender.open = false;
		if (known) {
			this.enter(StationState.leaving, this.text);
			this.link.begin(UnregisterReq);
			this.link.send();
			this.wait(unregisterTimeout, () => this.finish());
		} else this.finish();
	}

	linkUp(): void {
		const local = this.network.localAddress(this.address);
		this.localAddress = local;
		this.enter(StationState.registering, Word.registering);
		// attempts that came to nothing before are no news beside the start
		if (this.startReason !== undefined) this.alarm = AlarmReason.initialized;
		sendAlarm(this.link, this.options, local, this.alarm, this.startReason);
		this.startReason = undefined;
		sendRegister(this.link, this.options, local);
		this.wait(registerTimeout, () => this.fail(`${this.callAgent}: ${Word.noRegistrationAnswer}`));
	}

	linkDown(reason: string, end: number): void {
		// what never was up is no reason to come again
		if (this.state !== StationState.connecting)
			this.alarm = reason === silence ? AlarmReason.keepAliveTimeout : alarmOf(end);
		if (end === TcpEnd.networkUnreachable) this.triedFrom = "";
		// one that has closed the connection may be back in a moment, one that is silent is not
		const isSilent = reason === silence || end === TcpEnd.timedOut || end === TcpEnd.hostUnreachable;
		this.lost(`${this.callAgent}: ${reason}`, isSilent ? Next.behind : Next.preferred);
	}

	capabilitiesUnasked(): void {
		sendCapabilities(this.link, this.capabilities);
	}

	requestsDone(): void {
		this.agents.registered();
		this.sender.open = true;
		this.registeredAt = this.clock.ticks;
		if (this.modern) sendXmlAlarm(this.link, this.options, this.localAddress, this.address, this.alarm);
		this.host.log(`registered as ${this.options.deviceName} with ${this.callAgent}, version ${this.link.version}`);
		this.watchOthers();
		this.enter(StationState.registered, this.requests.missing);
	}

	/** Registered: keeps an eye on the call agents behind the one in use, and on the better ones. */
	private watchOthers(): void {
		const { agents, standbyInterval } = this;
		this.standby.start(agents, agents.index + 1, agents.names.length, standbyInterval);
		this.fallback.start(agents, standbyInterval);
	}

	requestsChanged(): void {
		if (this.state === StationState.registered) this.enter(StationState.registered, this.requests.missing);
	}

	requestsUnanswered(): void {
		this.fail(`${this.callAgent}: ${Word.nothingAnswered}`);
	}

	log(line: string): void {
		this.host.log(line);
	}

	/** Whether neither a call nor a reset, which comes to the same, keeps the phone from a better call agent. */
	get mayFallBack(): boolean {
		return this.state === StationState.registered && this.resetWaits === 0 && !this.host.callsUp();
	}

	/** The phone may go home to a better call agent, and leaves the one that it is registered with. */
	fallBack(index: number): void {
		if (!this.mayFallBack) return;
		this.takeLeave();
		this.alarm = AlarmReason.fallback;
		this.agents.left(index);
		const reason = `${Word.returning} ${this.agents.nameOf(index)}`;
		this.host.log(reason);
		this.enter(StationState.pausing, reason);
		this.attempt();
	}

	/** Tries the call agent whose turn it is, as soon as the phone has an address. */
	private attempt(): void {
		this.cancel();
		const agent = this.agents.current;
		if (agent === undefined) {
			this.standDown();
			this.enter(StationState.idle, Word.noCallAgent);
			return;
		}
		const { lease } = this.network;
		if (lease === undefined) {
			this.standDown();
			// whichever comes, it has not been tried
			this.triedFrom = "";
			this.enter(StationState.address, this.network.progress);
			return;
		}
		this.triedFrom = lease.address;
		this.callAgent = this.agents.nameOf(this.agents.index);
		if (this.adopt(this.fallback.better) || this.adopt(this.standby)) return;
		this.standDown();
		this.enter(StationState.resolving, Word.configuringList);
		this.serial += 1;
		const serial = this.serial;
		this.wait(connectTimeout, () => this.fail(`${Word.noNameServer} ${agent.host}`));
		this.network.resolve(agent.host, (address) => this.resolved(serial, address));
	}

	/** Registers on a stand-by connection, where that is one to the call agent whose turn it is. */
	private adopt(standby: Standby): boolean {
		if (!standby.isReady(this.agents.index)) return false;
		const { address } = standby;
		const connection = standby.release();
		this.standDown();
		if (connection === undefined) return false;
		this.address = address;
		this.link.adopt(connection, this);
		return true;
	}

	/** Gives up all stand-by connections. */
	private standDown(): void {
		this.standby.stop();
		this.fallback.stop();
	}

	/** The call agent's name was resolved. */
	private connect(serial: number, address: string | undefined): void {
		const agent = this.agents.current;
		if (serial !== this.serial || this.state !== StationState.resolving || agent === undefined) return;
		if (address === undefined) {
			this.fail(`${Word.unknownHost} ${agent.host}`);
			return;
		}
		this.address = address;
		this.enter(StationState.connecting, `${Word.opening} ${this.callAgent}`);
		const patience = this.agents.names.length > 1 ? connectTimeoutOfSeveral : connectTimeout;
		this.wait(patience, () => this.fail(`${this.callAgent}: ${Word.connectionTimedOut}`));
		this.link.connect(address, agent, this);
	}

	private onRegisterAck(reader: Reader): void {
		if (this.state !== StationState.registering) return;
		const at = RegisterAck.layout(reader.version);
		this.cancel();
		this.enter(StationState.asking, this.text);
		this.link.version = negotiate(
			this.options.protocolVersion,
			reader.has(at.maxProtocolVer, 1) ? reader.u8(at.maxProtocolVer) : lowestVersion,
		);
		this.sender.acknowledged = reader.has(at.maxProtocolVer, 1) ? reader.u8(at.maxProtocolVer) : -1;
		this.sender.enbloc = reader.u8(at.maxProtocolVer) !== chanSkinny;
		reader.copyText(at.dateTemplate, Limits.dateTemplate, this.dateTemplate);
		const interval = reader.u32(at.keepAliveInterval) || defaultKeepAlive;
		const secondary = reader.u32(at.secondaryKeepAliveInterval) || defaultStandbyKeepAlive;
		this.standbyInterval = Math.min(secondary, longestKeepAlive) * 1000;
		this.link.keepAlive(Math.min(interval, longestKeepAlive));
		this.requests.start();
	}

	private onRegisterReject(reader: Reader): void {
		if (!this.running) return;
		reader.copyText(RegisterReject.layout(reader.version).text, Limits.rejectText, this.rejectText);
		// chan_skinny's text ends in a colon
		const text = this.rejectText.toString().replace(/[\s:]+$/, "");
		const reason = text === "" ? Word.rejected : `${Word.rejected}: ${text}`;
		this.alarm = AlarmReason.registrationRejected;
		this.link.close();
		this.leave();
		this.standDown();
		this.retry(reason, this.agents.rejected(), StationState.rejected);
	}

	/** A call agent that has named a version which is new enough for what only newer phones send. */
	private get modern(): boolean {
		const { acknowledged } = this.sender;
		return acknowledged >= modernVersion && acknowledged <= highestVersion;
	}

	private tellCapabilities(): void {
		sendCapabilities(this.link, this.capabilities);
		if (this.modern) sendAllCapabilities(this.link, this.capabilities);
	}

	private onCapabilitiesReq(): void {
		if (!this.known) return;
		this.tellCapabilities();
		this.requests.capabilitiesTold();
	}

	private onUnregisterAck(): void {
		if (this.stopped !== undefined) this.finish();
	}

	/** Waits for calls to end, then registers anew (restart) or has the phone start anew (reset, apply configuration). */
	private onReset(reader: Reader): void {
		if (!this.running) return;
		const type = reader.u32(Reset.layout(reader.version).resetType);
		// a reset does what a restart does, and that has the configuration fetched
		if (this.resetWaits === 0 || type < this.resetWaits) this.resetWaits = type;
		const what =
			type === resetRestart
				? "a restart"
				: type === resetApplyConfiguration
					? "the configuration to be applied"
					: "a reset";
		this.host.log(`call agent asks for ${what}`);
		this.resetWhenIdle();
	}

	private resetWhenIdle(): void {
		// another one has come since, and nothing was in its way
		if (this.resetWaits === 0) return;
		if (this.host.callsUp()) {
			this.wait(resetInterval, () => this.resetWhenIdle());
			return;
		}
		if (this.applies()) return;
		const type = this.resetWaits;
		this.resetWaits = 0;
		const { link, state } = this;
		// a loss before has been counted
		const isLost = !link.up;
		this.unregister();
		if (type === resetRestart) {
			this.alarm = AlarmReason.restart;
			this.retry(Word.restarting, isLost ? this.agents.left(0) : this.pauseAfter(state, Next.preferred));
			this.host.fetchConfiguration();
		} else {
			this.enter(StationState.restarting, Word.resetting);
			this.host.restart();
		}
	}

	/**
	 * Has the configuration fetched where that is what waits. What it changes is changed when it comes: it may be nothing.
	 * @returns whether no more is to be done than before.
	 */
	private applies(): boolean {
		if (this.resetWaits !== resetApplyConfiguration) return false;
		this.resetWaits = 0;
		if (this.host.fetchConfiguration()) return true;
		this.resetWaits = resetApplyConfiguration;
		return false;
	}

	/** Takes leave of the call agent where the phone is registered, and closes all connections. */
	private unregister(): void {
		this.takeLeave();
		this.standDown();
	}

	private takeLeave(): void {
		if (this.known) {
			this.link.begin(UnregisterReq);
			this.link.send();
		}
		this.link.close();
		this.leave();
	}

	/** An attempt came to nothing. */
	private fail(reason: string): void {
		this.link.close();
		this.leave();
		this.retry(reason, this.agents.failed());
	}

	/** The connection is gone. @param next where to go on when there is no better place: one of {@link Next}. */
	private lost(reason: string, next: number): void {
		const { agents, running, state } = this;
		this.leave();
		if (!running) {
			this.finish();
			return;
		}
		const pause = this.pauseAfter(state, this.refuge ?? next);
		// one that has fallen silent has not thrown the phone out
		if (state !== StationState.registered || agents.short < suspicious || next === Next.behind)
			this.retry(reason, pause);
		else {
			this.host.log(
				`${reason}, ${agents.short} times in a row: is ${this.options.deviceName} the name of another phone, too?`,
			);
			this.retry(`${Word.nameTwice} ${agents.short}`, pause);
		}
	}

	/**
	 * The pause that is due when the phone was in `state` and its connection is over.
	 * @param next where to go on behind a complete registration: a call agent, or one of {@link Next}.
	 */
	private pauseAfter(state: number, next: number): number {
		switch (state) {
			case StationState.registered:
				return this.agents.lost(next);
			case StationState.asking:
				return this.agents.rejected();
			default:
				return this.agents.failed();
		}
	}

	/** A call agent that is known to be there, the best first. */
	private get refuge(): number | undefined {
		const { better } = this.fallback;
		if (better.since >= 0) return better.index;
		return this.standby.since >= 0 ? this.standby.index : undefined;
	}

	/** Nothing of the last registration holds any more. */
	private leave(): void {
		if (this.state === StationState.registered && this.clock.ticks - this.registeredAt >= lastingTime) {
			this.agents.lasted();
			this.fallback.lasted();
		}
		this.cancel();
		this.requests.stop();
		this.sender.open = false;
		this.serial += 1;
	}

	/**
	 * The call agent is gone: tries again after a pause, or when the call that goes on is over. A reset that waited for calls to end waits
	 * for that one, too, and comes at once where none is left.
	 * @param state a number of {@link StationState} that is a pause.
	 */
	private retry(reason: string, pause: number, state: number = StationState.pausing): void {
		if (this.host.preserve()) {
			this.host.log(`${reason}; trying again when the call is over`);
			this.enter(StationState.preserving, Word.agentDown);
			return;
		}
		if (this.resetWaits !== 0 && !this.applies()) {
			this.resetWhenIdle();
			return;
		}
		this.host.log(`${reason}; trying again in ${pause} ms`);
		this.enter(state, reason);
		this.wait(pause, this.attemptNow);
	}

	private finish(): void {
		this.link.close();
		this.leave();
		this.standDown();
		this.enter(StationState.off, "");
		const done = this.stopped;
		this.stopped = undefined;
		if (done !== undefined) done();
	}

	private wait(milliseconds: number, callback: () => void): void {
		this.cancel();
		this.timer = this.clock.after(milliseconds, callback);
	}

	private cancel(): void {
		this.clock.cancel(this.timer);
		this.timer = undefined;
	}

	/** Whether the phone is registered or stays at it. */
	private get running(): boolean {
		const { state } = this;
		return state !== StationState.off && state !== StationState.leaving && state !== StationState.restarting;
	}

	/** Whether nothing is under way: the next attempt comes when its time or an address has come. */
	private get waiting(): boolean {
		const { state } = this;
		return state === StationState.address || state === StationState.pausing || state === StationState.rejected;
	}

	/** Whether the call agent has taken the phone in, and should be told when it goes. */
	private get known(): boolean {
		return (this.state === StationState.asking || this.state === StationState.registered) && this.link.up;
	}

	/** @param text what the display says of it. */
	private enter(state: number, text: string): void {
		const wrong = objection(stationPlan, this.state, state);
		if (wrong !== "") this.host.log(`station: ${wrong}`);
		const registration = registrations[state] ?? this.registration;
		this.state = state;
		if (registration === this.registration && text === this.text) return;
		this.registration = registration;
		this.text = text;
		this.host.stationChanged();
	}

	/** Adds what the status page says of it. */
	status(lines: string[]): void {
		const { agents, fallback, standby } = this;
		const { length } = agents.names;
		lines.push(`${Word.registration} ${this.text || Word.complete}`);
		if (length < 2 && !this.isGuess) return;
		lines.push(`${Word.callAgent} ${this.shownCallAgent}${length < 2 ? "" : `, ${agents.index + 1}/${length}`}`);
		const aside = fallback.better.state === StandbyState.off ? standby : fallback.better;
		lines.push(`${Word.standby} ${aside.text}`);
		if (fallback.text !== "") lines.push(`${Word.fallback} ${fallback.text}`);
	}

	/** Asked for since real phones ask; names and counts of lines come with the buttons, so nothing of it is kept. */
	private onConfiguration(): void {}

	/** The station's methods by message, for {@link Dispatch}. */
	private static readonly handlers: Handlers<Station> = handlers<Station>([
		[RegisterAck, Station.prototype.onRegisterAck],
		[RegisterReject, Station.prototype.onRegisterReject],
		[CapabilitiesReq, Station.prototype.onCapabilitiesReq],
		[ConfigStatRes, Station.prototype.onConfiguration],
		[ConfigStatV2Res, Station.prototype.onConfiguration],
		[UnregisterAck, Station.prototype.onUnregisterAck],
		[Reset, Station.prototype.onReset],
	]);
}

/** The version in force: the lower of both, where the call agent names one that exists. */
export function negotiate(own: number, acknowledged: number): number {
	if (acknowledged === 0) return Math.min(own, modestVersion);
	if (acknowledged < lowestVersion || acknowledged > highestVersion) return own;
	return Math.min(own, acknowledged);
}
