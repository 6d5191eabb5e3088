/*
 * From power on to a phone that can register, and again whenever the network or the call agent asks for it: one machine of
 * named steps, each with its reason in the log and its text on the display. It goes the way of Cisco's phones: an address, a
 * server, SEP<MAC>.cnf.xml or XMLDefault.cnf.xml, the load. Nothing that goes wrong ends it: it asks again after pauses that
 * grow. And nothing holds the phone out of service that it does not need: with a stored configuration it registers after seconds, whatever
 * the servers do; a load goes before the registration only as long as it is quick; and where no file names a call agent, the servers
 * themselves are tried as call agents, since on a small PBX both are one machine.
 */
import { objection, plan } from "base/machine";
import { Word } from "base/words";
import type { Clock, NetworkListener, TimerHandle, Update } from "hal/hardware";
import { Limits } from "limits";
import { type Consumer, Failure } from "net/transfer";
import type { PhoneNetwork } from "network/network";
import { Configuration } from "provisioning/configuration";
import type { Fetch } from "provisioning/fetch";
import { Load, type LoadListener } from "provisioning/load";
import { describe, type Server, serverAgents, serversOf, tftpPort } from "provisioning/servers";
import { crc32, type Store } from "settings/store";

/** Where the machine stands. */
export const Step = Object.freeze({
	off: 0,
	/** Waits for the network. */
	address: 1,
	/** Looks for the next server of the list. */
	server: 2,
	/** Fetches SEP<MAC>.cnf.xml. */
	deviceFile: 3,
	/** Fetches XMLDefault.cnf.xml. */
	defaultFile: 4,
	/** Fetches the load that the configuration names. */
	load: 5,
	/** Has what it needs; the station registers. */
	registering: 6,
	registered: 7,
	/** Pauses before it asks the servers again; the station registers meanwhile where there is a stored configuration. */
	waiting: 8,
	/** The body starts anew. */
	restarting: 9,
});

const S = Step;
/** From every step a stop leads to `off`. */
export const bootPlan = plan(Step, [
	[S.address],
	[S.off, S.server, S.restarting],
	[S.off, S.address, S.deviceFile, S.waiting, S.restarting],
	[S.off, S.address, S.server, S.defaultFile, S.load, S.registering, S.registered, S.waiting, S.restarting],
	[S.off, S.address, S.server, S.load, S.registering, S.registered, S.waiting, S.restarting],
	[S.off, S.address, S.server, S.registering, S.registered, S.restarting],
	[S.off, S.address, S.server, S.registered, S.restarting],
	[S.off, S.address, S.server, S.registering],
	[S.off, S.address, S.server, S.restarting],
	[S.off],
]);

/** First pause before the servers are asked again, in ms; it doubles up to the last. */
const firstPause = 5000;
const lastPause = 300000;
/**
 * How long a stored configuration waits for the servers, in ms: longer than a server that drops what comes for HTTP keeps one that answers by
 * TFTP waiting, so that on a network that works the phone comes up with what the server says now.
 */
const storedTimeout = 5000;
/** How long a registration waits for a load, in ms: most loads are there by then, and one that drips is fetched beside the registration. */
const loadPatience = 10000;
/** How long a name may take to become an address, in ms. */
const resolveTimeout = 10000;
/** How long the phone tries to register before it asks whether its configuration still holds, in ms. */
const registerTimeout = 180000;
/** A load that waits for calls to end looks for them so often, in ms. */
const callPause = 1000;
/** Milliseconds in which a load on trial has to register; then the phone starts anew, with the load before. */
const trialTimeout = 600000;

/** How the reading of a configuration file ends. */
export interface ConfigurationListener {
	configurationRead(configuration: Configuration): void;
	/** The file is broken at a line, and nothing of it holds. */
	configurationRefused(line: number, what: string): void;
	/** It did not come. @param reason a number of {@link Failure}. */
	configurationFailed(reason: number, text: string): void;
}

/** Reads configuration files. */
export interface ConfigurationSource {
	/** Takes in a file, SEP<MAC>.cnf.xml (true) or XMLDefault.cnf.xml (false). */
	reader(forDevice: boolean, listener: ConfigurationListener): Consumer;
}

/** Reads configuration files, and keeps configurations as text. */
export interface ConfigurationFormat extends ConfigurationSource {
	/** The call agents that a text of {@link ConfigurationFormat.format}'s names, without the rest. */
	callAgents(text: string): readonly string[];
	format(configuration: Configuration): string;
	/** CRC-32 of the text, and of what there was no room for in it. */
	checksum(configuration: Configuration): number;
	/** Whether a text is one of {@link ConfigurationFormat.format}'s, without the memory that reading it takes. */
	isFormatted(text: string): boolean;
	/** Undefined when the text is none of {@link ConfigurationFormat.format}'s. */
	parse(text: string): Configuration | undefined;
}

export interface BootHost {
	/** {@link Boot.step} or {@link Boot.text} has changed. */
	bootChanged(): void;
	/** This configuration holds from now on, and {@link Boot.lastResort} with it. */
	configured(configuration: Configuration): void;
	/** {@link Boot.lastResort} has changed, and the configuration has not. */
	lastResortChanged(): void;
	/** The station may register with the configuration that holds; said again each time. */
	register(): void;
	/** Nothing more is fetched for the registration: what else the configuration names may come now. */
	settled(): void;
	/** No server gave a configuration, and they are not asked for a while: what else there is may be fetched where one has answered. */
	paused(): void;
	/** True while a call is up: a load waits until none is. */
	callsUp(): boolean;
	/** The body is to start anew, with the load just installed; no call is up. */
	startLoad(): void;
	log(line: string): void;
}

export interface BootOptions {
	readonly network: PhoneNetwork;
	readonly clock: Clock;
	readonly store: Store;
	readonly update: Update;
	readonly fetch: Fetch;
	readonly files: ConfigurationFormat;
	/** Device name such as SEP001122334455. */
	readonly deviceName: string;
	/** Servers set by hand, 'host' or 'host:port'; asked each time a list is made. */
	readonly alternate: () => readonly string[];
	/** Numbers from 0 up to 1 that spread the pauses; Math.random when there is none. */
	readonly random?: () => number;
}

const none: readonly string[] = Object.freeze([]);

/** Record of the last good configuration. */
const key = "configuration";

/** Listens to the network, which its owner starts. */
export class Boot implements NetworkListener, ConfigurationListener, LoadListener {
	/** A number of {@link Step}. */
	step: number = Step.off;
	/** What the display says of the step, or what is wrong while the phone waits. */
	text = "";
	/** True once a configuration holds. */
	configured = false;
	/** Servers asked in the last round, in order. */
	servers: readonly Server[] = [];
	/**
	 * 'host:port' to try behind the call agents of the configuration: the servers, where no file names a call agent, or where none came and
	 * those of the stored one do not take the phone in. A file that is refused leads to none: it may name quite another one, and whoever wrote
	 * it is to see what is wrong with it.
	 */
	lastResort: readonly string[] = none;
	/**
	 * Call agents that the stored configuration names, to try behind {@link lastResort} while a file is in force that names none: it may lack
	 * them by mistake. It is not stored in that one's place.
	 */
	formerAgents: readonly string[] = none;
	/** What was wrong in the last round, '' when nothing was. */
	problem = "";
	/** The same in a user's words, as the display has it. */
	private said = "";
	/** What is wrong with the file as it came over HTTP, while TFTP is asked for it. */
	private broken = "";
	/** Whether {@link problem} is no more than that there is no file to be had. */
	missing = false;
	/** Whether the station was told to register: from then on the display tells of that. */
	private registers = false;
	readonly load: Load;
	private readonly options: BootOptions;
	private readonly host: BootHost;
	private readonly fetch: Fetch;
	private readonly random: () => number;
	/** Whether a configuration is stored. */
	private stored = false;
	/** Whether the phone has nothing but {@link lastResort} to go by. */
	private guesses = false;
	/**
	 * Of what holds, or is stored and will: the checksum of all that was read of the file. Of that, and not of the file's octets: a phone with
	 * a newer load may read more from the same ones. And not of what is stored, which lacks what there was no room for. The version stamp
	 * says nothing: many servers have the same one in each file.
	 */
	private checksum = 0;
	private timer: TimerHandle | undefined = undefined;
	private storedTimer: TimerHandle | undefined = undefined;
	private trial: TimerHandle | undefined = undefined;
	private index = 0;
	private serial = 0;
	private rounds = 0;
	private isRegistered = false;
	private lease = "";
	/** Server that gave the configuration; in a round, the first that answered. */
	private address = "";
	private port = 0;
	private answered = false;
	/** What the server that is asked said instead of giving SEP<MAC>.cnf.xml, where it has not said that there is none. */
	private refusal = "";

	constructor(options: BootOptions, host: BootHost) {
		this.options = options;
		this.host = host;
		this.fetch = options.fetch;
		this.random = options.random ?? Math.random;
		this.load = new Load(options.update, options.store, options.fetch, this, (line) => host.log(line));
	}

	/** Begins, once, when the network has been started. @param reason why the phone starts, for the log. */
	start(reason: string): void {
		const { clock, network, update } = this.options;
		this.recall();
		this.enter(Step.address, this.options.network.progress, reason);
		if (update.onTrial) this.trial = clock.after(trialTimeout, () => this.giveUp());
		if (network.lease !== undefined) this.leaseChanged();
	}

	/** The network has come, has gone, or is another one: what it says of servers is asked again. */
	leaseChanged(): void {
		const { lease } = this.options.network;
		if (this.step === Step.off || this.step === Step.restarting) return;
		if (lease === undefined) {
			if (this.step === Step.address) return;
			this.quiet();
			this.lease = "";
			this.enter(Step.address, this.options.network.progress, "the network is gone");
			return;
		}
		const servers = serversOf(lease, this.options.alternate());
		const summary = `${lease.address} ${lease.mask} ${lease.router} ${describe(servers)} ${lease.ntp.join(" ")}`;
		if (summary === this.lease) return;
		this.lease = summary;
		this.rounds = 0;
		this.begin(`own address ${lease.address}`);
	}

	/** The display tells what keeps the body from its network. */
	troubleChanged(): void {
		const text = this.options.network.progress;
		if (this.step !== Step.address || text === this.text) return;
		this.text = text;
		this.host.bootChanged();
	}

	/** What the display says in place of the station's text, until that may register and whenever the network is gone; '' otherwise. */
	get progress(): string {
		const { guesses, isRegistered, registers, step, text } = this;
		// why the phone tries its last resort is more to the point than how
		return !registers || (!isRegistered && (guesses || step === Step.address)) ? text : "";
	}

	/** What the user should know though the phone goes on; '' for nothing. */
	get notice(): string {
		// a phone that goes by its last resort works without a file
		return this.step < Step.registering || (this.missing && this.guesses) || this.problem === "" ? "" : this.said;
	}

	/** Asks the servers again: the call agent or the user wants it, or the servers are others. */
	again(reason: string): void {
		if (this.step === Step.off || this.step === Step.restarting) return;
		if (this.options.network.lease === undefined) return;
		this.rounds = 0;
		this.begin(reason);
	}

	/** Whether the station is registered: a phone that is not for long asks whether its configuration still holds. */
	setRegistered(registered: boolean): void {
		if (registered === this.isRegistered) return;
		this.isRegistered = registered;
		if (registered) this.confirm();
		if (this.step !== Step.registering && this.step !== Step.registered) return;
		this.settle(registered ? "the call agent has acknowledged" : "the registration is lost");
	}

	/** Learns whether anything is stored, and what it says as a number. */
	private recall(): void {
		const { files, store } = this.options;
		const text = store.read(key);
		if (text === undefined || !files.isFormatted(text)) return;
		this.stored = true;
		this.checksum = crc32(text);
	}

	/** The load that runs has shown that it works: it stays, whatever makes the phone start again. */
	confirm(): void {
		this.options.clock.cancel(this.trial);
		this.trial = undefined;
		this.load.confirm();
	}

	/** Whether files are being asked for without which the phone does not register: no other file may be meanwhile. */
	get fetching(): boolean {
		return this.step >= Step.server && this.step <= Step.load;
	}

	/** Ends everything that is under way. */
	stop(): void {
		this.quiet();
		this.options.clock.cancel(this.trial);
		this.trial = undefined;
		this.step = Step.off;
	}

	configurationRead(configuration: Configuration): void {
		const { callAgents, loadInformation, versionStamp } = configuration;
		const checksum = this.options.files.checksum(configuration);
		const same = (this.stored || this.configured) && !this.guesses && checksum === this.checksum;
		this.problem = "";
		this.missing = false;
		this.rounds = 0;
		this.answered = false;
		this.answer();
		this.cancelStored();
		const { lastResort } = this;
		const isNamed = callAgents.length > 0;
		this.lastResort = isNamed ? none : serverAgents(this.servers, this.index);
		this.formerAgents = isNamed ? none : this.storedAgents();
		if (!same) {
			this.guesses = false;
			this.checksum = checksum;
			if (isNamed || this.formerAgents.length === 0) this.keep(configuration);
			this.hold(configuration, `a new configuration${versionStamp === "" ? "" : `, ${versionStamp}`}`);
		} else if (!this.configured) this.hold(configuration, "the configuration is unchanged");
		else {
			this.host.log("boot: the configuration is unchanged");
			if (this.lastResort.join() !== lastResort.join()) this.host.lastResortChanged();
		}
		if (this.load.wanted(loadInformation)) this.upgrade(configuration);
		else this.settle("nothing else is to be fetched");
	}

	/** Call agents of the stored configuration. */
	private storedAgents(): readonly string[] {
		const text = this.stored ? this.options.store.read(key) : undefined;
		return text === undefined ? none : this.options.files.callAgents(text);
	}

	/** Stores a configuration. What cannot be stored holds all the same, until the power goes. */
	private keep(configuration: Configuration): void {
		const { files, store } = this.options;
		const text = files.format(configuration);
		if (store.write(key, text) === "") this.stored = true;
	}

	configurationRefused(line: number, what: string): void {
		const problem = `${this.file} ${Word.line} ${line}: ${what}`;
		const said = `${Word.fileBroken} ${Word.line} ${line}`;
		if (this.fetch.getByTftp(this.reader, what)) {
			this.broken = problem;
			this.said = said;
			this.host.log(`boot: over HTTP ${problem}; TFTP is asked`);
		} else this.refuse(problem, said);
	}

	/** Something is wrong. @param said how the display puts it, in a user's words. */
	private blame(problem: string, said = problem): void {
		this.problem = problem;
		this.said = said;
	}

	private get notReceived(): string {
		return `${Word.fileMissing} ${this.fetch.server}`;
	}

	/** The server has a file, and it is broken. */
	private refuse(problem: string, said: string): void {
		this.blame(problem, said);
		this.missing = false;
		this.answer();
		this.pause();
	}

	configurationFailed(reason: number, text: string): void {
		const { broken, file } = this;
		if (broken !== "" && reason === Failure.malformed) {
			this.refuse(broken, this.said);
			return;
		}
		this.host.log(`boot: ${file} from ${this.fetch.server}: ${text}`);
		const refused = reason === Failure.notFound || reason === Failure.refused;
		if (refused) this.answer();
		if (refused && this.step === Step.deviceFile) {
			this.refusal = reason === Failure.refused ? `${file}: ${text}` : "";
			this.ask(Step.defaultFile, this.refusal === "" ? `no ${file}` : this.refusal);
			return;
		}
		this.missing = reason !== Failure.tooLarge && reason !== Failure.malformed;
		// of several servers, one that has no file says more than one that is silent
		if (refused)
			if (this.refusal === "") this.blame(`${Word.noConfiguration} ${this.options.deviceName}`);
			else this.blame(this.refusal, this.notReceived);
		else if (this.problem === "" || reason !== Failure.timedOut) this.blame(`${file}: ${text}`, this.notReceived);
		this.index += 1;
		this.next(text);
	}

	/** The server that is asked has answered: it is the one for all else, unless one before it has, and this one has no configuration. */
	private answer(): void {
		if (this.answered) return;
		this.answered = true;
		const server = this.servers[this.index];
		if (server !== undefined) this.port = server.port;
		this.address = this.fetch.server;
	}

	/** A load on trial has not registered in its time. */
	private giveUp(): void {
		this.trial = undefined;
		if (this.step === Step.off || this.step === Step.restarting) return;
		this.restart(`load ${this.options.update.load} has not registered`);
	}

	loadInstalled(load: string): void {
		this.restart(`load ${load} is installed`);
	}

	private restart(reason: string): void {
		this.quiet();
		this.enter(Step.restarting, Word.restarting, reason);
		this.startLoad();
	}

	/** A load can come at any time, with another lease for one: a call that is up goes before it. */
	private startLoad(): void {
		this.afterCalls(() => this.host.startLoad());
	}

	/** Does something now, or when no call is up any more; whatever else the machine does then calls it off. */
	private afterCalls(action: () => void): void {
		if (this.callsUp()) this.timer = this.options.clock.after(callPause, () => this.afterCalls(action));
		else action();
	}

	callsUp(): boolean {
		return this.host.callsUp();
	}

	loadPutOff(load: string): void {
		this.host.log(`boot: load ${load} waits until no call is up`);
		this.fetchLoad(load);
	}

	/** Fetches a load from the server in use as soon as no call is up. */
	private fetchLoad(load: string): void {
		this.afterCalls(() => this.load.start(load));
	}

	loadRefused(load: string, why: string): void {
		this.blame(`${Word.load} ${load}: ${why}`, `${Word.loadFailed} ${load}`);
		this.settle(`${this.problem}; staying with ${this.options.update.load}`);
	}

	/** The file of the present step. */
	private get file(): string {
		return this.step === Step.defaultFile ? "XMLDefault.cnf.xml" : `${this.options.deviceName}.cnf.xml`;
	}

	/** A round over all servers. */
	private begin(reason: string): void {
		const { network, clock, alternate } = this.options;
		const { lease } = network;
		if (lease === undefined) return;
		this.quiet();
		this.problem = "";
		this.missing = false;
		this.answered = false;
		this.servers = serversOf(lease, alternate());
		this.index = 0;
		if (!this.registers && (this.configured || this.stored))
			this.storedTimer = clock.after(storedTimeout, () => this.useStored("the servers take their time"));
		this.next(reason);
	}

	/** The server whose turn it is. */
	private next(reason: string): void {
		const server = this.servers[this.index];
		if (server === undefined) {
			this.pause();
			return;
		}
		this.enter(Step.server, Word.requestingConfiguration, `${reason}; server ${server.host}, ${server.source}`);
		this.serial += 1;
		const serial = this.serial;
		const { clock, network } = this.options;
		this.timer = clock.after(resolveTimeout, () => this.resolved(serial, undefined));
		network.resolve(server.host, (address) => this.resolved(serial, address));
	}

	private resolved(serial: number, address: string | undefined): void {
		if (serial !== this.serial || this.step !== Step.server) return;
		this.serial += 1;
		this.cancelTimer();
		const server = this.servers[this.index] as Server;
		if (address === undefined) {
			if (this.problem === "") this.blame(`${Word.unknownHost} ${server.host}`);
			this.missing = true;
			this.index += 1;
			this.next(`unknown host ${server.host}`);
			return;
		}
		this.refusal = "";
		this.fetch.use(address, server.port);
		this.ask(Step.deviceFile, `${server.host} is ${address}`);
	}

	private ask(step: number, reason: string): void {
		this.enter(step, Word.requestingConfiguration, reason);
		this.broken = "";
		this.fetch.get(this.file, this.reader, Limits.configurationFile);
	}

	/** Takes in the file of the present step. */
	private get reader(): Consumer {
		return this.options.files.reader(this.step === Step.deviceFile, this);
	}

	/**
	 * Fetches the load, from its own server where the configuration names one. It comes before the registration, as on Cisco's phones, if it
	 * comes soon; else beside it, and the phone starts anew with it when no call is up.
	 */
	private upgrade(configuration: Configuration): void {
		const { loadInformation, loadServer } = configuration;
		const { clock, network, update } = this.options;
		this.enter(Step.load, Word.upgrading, `load ${loadInformation} instead of ${update.load}`);
		if (!this.registers)
			this.storedTimer = clock.after(loadPatience, () => {
				this.host.log(`boot: load ${loadInformation} takes its time: the phone registers meanwhile`);
				this.register();
			});
		if (loadServer === "") {
			this.fetchLoad(loadInformation);
			return;
		}
		this.serial += 1;
		const serial = this.serial;
		const resolved = (address: string | undefined) => {
			if (serial !== this.serial || this.step !== Step.load) return;
			this.serial += 1;
			this.cancelTimer();
			if (address === undefined) this.loadRefused(loadInformation, `unknown host ${loadServer}`);
			else {
				this.fetch.use(address, tftpPort);
				this.fetchLoad(loadInformation);
			}
		};
		this.timer = clock.after(resolveTimeout, () => resolved(undefined));
		network.resolve(loadServer, resolved);
	}

	/** No server gave a configuration: the phone goes by what it has, and asks again. */
	private pause(): void {
		this.fetch.cancel();
		const pause = Math.min(firstPause * 2 ** this.rounds, lastPause) * (0.75 + this.random() / 2);
		this.rounds += 1;
		const problem = this.problem;
		this.useStored(problem);
		if (this.inVain) this.useLastResort();
		this.enter(Step.waiting, this.said, `asking again in ${Math.round(pause / 1000)} s`, problem);
		this.cancelTimer();
		this.timer = this.options.clock.after(pause, () => {
			if (this.inVain) this.fetch.forgive();
			this.begin("asking again");
		});
		if (this.answered) this.fetch.use(this.address, this.port);
		this.host.paused();
	}

	/** Whether all servers have been asked and none has a file: one that is refused ends the round before. */
	private get inVain(): boolean {
		return this.index >= this.servers.length;
	}

	/** No server has a file that can be read. A registration that there is is left alone, unless other servers were guessed to be call agents. */
	private useLastResort(): void {
		if (this.isRegistered && !this.guesses) return;
		const agents = serverAgents(this.servers, 0);
		if (!this.configured) {
			this.guesses = true;
			this.lastResort = agents;
			this.hold(new Configuration(), "no configuration: what a phone has by itself");
			this.register();
		} else if (agents.join() !== this.lastResort.join()) {
			this.lastResort = agents;
			this.host.log(`boot: last resort: ${agents.join(", ")}`);
			this.host.lastResortChanged();
		}
	}

	/** Registers with what holds, or is stored, if the phone does not yet. */
	private useStored(reason: string): void {
		this.cancelStored();
		if (this.registers) return;
		if (!this.configured) {
			const stored = this.readStored();
			if (stored === undefined) return;
			// known before the station begins, which would begin anew with each other list
			if (stored.callAgents.length === 0 || this.inVain) this.lastResort = serverAgents(this.servers, 0);
			this.hold(stored, `${reason}: the last good configuration`);
		}
		this.register();
	}

	/** The stored configuration, which is kept nowhere else: it is large beside the heap. */
	private readStored(): Configuration | undefined {
		const text = this.stored ? this.options.store.read(key) : undefined;
		return text === undefined ? undefined : this.options.files.parse(text);
	}

	/** A configuration holds from now on. */
	private hold(configuration: Configuration, reason: string): void {
		const { callAgents } = configuration;
		const agents =
			callAgents.length > 0 ? callAgents.join(", ") : `not named, last resort ${this.lastResort.join(", ")}`;
		this.host.log(`boot: ${reason} holds: call agents ${agents}`);
		this.host.log(`boot: ${this.fetch.octets} octets of files, ${this.fetch.roundTrips} round trips`);
		this.configured = true;
		this.host.configured(configuration);
	}

	/** Everything that registration needs is here: the station registers or is registered. */
	private settle(reason: string): void {
		this.cancelTimer();
		this.cancelStored();
		this.fetch.use(this.address, this.port);
		if (this.isRegistered) this.enter(Step.registered, "", reason);
		else {
			this.enter(Step.registering, Word.configuringList, reason);
			this.timer = this.options.clock.after(registerTimeout, () => this.begin("not registered for long"));
		}
		this.register();
		this.host.settled();
	}

	private register(): void {
		this.registers = true;
		this.host.register();
	}

	/** Adds what the status page says of it. */
	status(lines: string[]): void {
		lines.push(`${Word.boot} ${this.text || Word.complete}`);
		for (const { host, source } of this.servers) lines.push(`${Word.server} ${host}, ${source}`);
		if (this.problem !== "") lines.push(this.problem);
	}

	/** @param text what the display says. @param told what the log says. */
	private enter(step: number, text: string, reason: string, told = text): void {
		const wrong = objection(bootPlan, this.step, step);
		if (wrong !== "") this.host.log(`boot: ${wrong}`);
		this.step = step;
		this.text = text;
		this.host.log(`boot: ${bootPlan.names[step]}: ${told === "" ? "" : `${told} `}(${reason})`);
		this.host.bootChanged();
	}

	/** Stops what is under way. */
	private quiet(): void {
		this.serial += 1;
		this.cancelTimer();
		this.cancelStored();
		this.load.cancel();
		this.fetch.cancel();
	}

	private cancelTimer(): void {
		this.options.clock.cancel(this.timer);
		this.timer = undefined;
	}

	private cancelStored(): void {
		this.options.clock.cancel(this.storedTimer);
		this.storedTimer = undefined;
	}
}
