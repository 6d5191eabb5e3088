/*
 * From power on to a phone that can register, and again whenever the network or the call agent asks for it: one machine of
 * named steps, each with its reason in the log and its text on the display. It goes the way of Cisco's phones: an address, a
 * server, SEP<MAC>.cnf.xml or XMLDefault.cnf.xml, the load. Nothing that goes wrong ends it: it asks again after pauses that
 * grow, and a phone with a stored configuration registers with that meanwhile.
 */
import { objection, plan } from "base/machine";
import { Word } from "base/words";
import type { Clock, NetworkListener, TimerHandle, Update } from "hal/hardware";
import { Limits } from "limits";
import { type Consumer, Failure } from "net/transfer";
import type { PhoneNetwork } from "network/network";
import type { Configuration } from "provisioning/configuration";
import type { Fetch } from "provisioning/fetch";
import { Load, type LoadListener } from "provisioning/load";
import { describe, type Server, serversOf, tftpPort } from "provisioning/servers";
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
/** How long a stored configuration waits for the servers, in ms. */
const storedTimeout = 15000;
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

/** Reads configuration files, and keeps configurations as text. */
export interface ConfigurationFormat {
	/** Takes in a file, SEP<MAC>.cnf.xml (true) or XMLDefault.cnf.xml (false). */
	reader(forDevice: boolean, listener: ConfigurationListener): Consumer;
	format(configuration: Configuration): string;
	/** Undefined when the text is none of {@link ConfigurationFormat.format}'s. */
	parse(text: string): Configuration | undefined;
}

export interface BootHost {
	/** {@link Boot.step} or {@link Boot.text} has changed. */
	bootChanged(): void;
	/** This configuration holds from now on. */
	configured(configuration: Configuration): void;
	/** The station may register with the configuration that holds; said again each time. */
	register(): void;
	/** Nothing more is fetched for the registration: what else the configuration names may come now. */
	settled(): void;
	/** No server gave a configuration: nothing is fetched until they are asked again. */
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
	/** What was wrong in the last round, '' when nothing was. */
	problem = "";
	/** Whether the station was told to register: from then on the display tells of that. */
	private registers = false;
	readonly load: Load;
	private readonly options: BootOptions;
	private readonly host: BootHost;
	private readonly fetch: Fetch;
	private readonly random: () => number;
	/** Whether a configuration is stored. */
	private stored = false;
	/** What holds, or is stored and will: which file it came from, its version stamp, the checksum of its text. */
	private forDevice = false;
	private versionStamp = "";
	private checksum = 0;
	private timer: TimerHandle | undefined = undefined;
	private storedTimer: TimerHandle | undefined = undefined;
	private trial: TimerHandle | undefined = undefined;
	private index = 0;
	private serial = 0;
	private rounds = 0;
	private isRegistered = false;
	private lease = "";
	/** Server that gave the configuration. */
	private address = "";
	private port = 0;

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
		return !this.registers || (this.step === Step.address && !this.isRegistered) ? this.text : "";
	}

	/** What the user should know though the phone goes on; '' for nothing. */
	get notice(): string {
		return this.step >= Step.registering ? this.problem : "";
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

	/** Learns what is stored, and lets go of it before anything else begins. */
	private recall(): void {
		const { files, store } = this.options;
		const text = store.read(key);
		const stored = text === undefined ? undefined : files.parse(text);
		if (stored === undefined) return;
		this.stored = true;
		this.remember(stored, text as string);
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
		const { files, store } = this.options;
		const text = files.format(configuration);
		const { forDevice, versionStamp } = configuration;
		const same =
			(this.stored || this.configured) &&
			forDevice === this.forDevice &&
			(versionStamp === "" ? crc32(text) === this.checksum : versionStamp === this.versionStamp);
		this.problem = "";
		this.rounds = 0;
		this.cancelStored();
		if (!same) {
			// what cannot be stored holds all the same, until the power goes
			if (store.write(key, text) === "") this.stored = true;
			this.remember(configuration, text);
			this.hold(configuration, `a new configuration${versionStamp === "" ? "" : `, ${versionStamp}`}`);
		} else if (this.configured) this.host.log("boot: the configuration is unchanged");
		else this.hold(this.readStored() ?? configuration, "the configuration is unchanged");
		// the load comes before the registration
		if (this.load.wanted(configuration.loadInformation)) this.upgrade(configuration);
		else this.settle("nothing else is to be fetched");
	}

	configurationRefused(line: number, what: string): void {
		this.problem = `${this.file} ${Word.line} ${line}: ${what}`;
		this.pause();
	}

	configurationFailed(reason: number, text: string): void {
		const file = this.file;
		this.host.log(`boot: ${file} from ${this.fetch.server}: ${text}`);
		if (reason === Failure.notFound && this.step === Step.deviceFile) {
			this.ask(Step.defaultFile, `no ${file}`);
			return;
		}
		if (reason === Failure.notFound) this.problem = `${Word.noConfiguration} ${this.options.deviceName}`;
		else if (this.problem === "" || reason !== Failure.timedOut) this.problem = `${file}: ${text}`;
		this.index += 1;
		this.next(text);
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
		if (this.host.callsUp()) this.timer = this.options.clock.after(callPause, () => this.startLoad());
		else this.host.startLoad();
	}

	loadRefused(load: string, why: string): void {
		this.problem = `${Word.load} ${load}: ${why}`;
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
		this.servers = serversOf(lease, alternate());
		this.index = 0;
		if (!this.configured && this.stored)
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
			if (this.problem === "") this.problem = `${Word.unknownHost} ${server.host}`;
			this.index += 1;
			this.next(`unknown host ${server.host}`);
			return;
		}
		this.address = address;
		this.port = server.port;
		this.fetch.use(address, server.port);
		this.ask(Step.deviceFile, `${server.host} is ${address}`);
	}

	private ask(step: number, reason: string): void {
		this.enter(step, Word.requestingConfiguration, reason);
		this.fetch.get(this.file, this.options.files.reader(step === Step.deviceFile, this), Limits.configurationFile);
	}

	/** Fetches the load, from its own server where the configuration names one. */
	private upgrade(configuration: Configuration): void {
		const { loadInformation, loadServer } = configuration;
		const { clock, network, update } = this.options;
		this.enter(Step.load, Word.upgrading, `load ${loadInformation} instead of ${update.load}`);
		if (loadServer === "") {
			this.load.start(loadInformation);
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
				this.load.start(loadInformation);
			}
		};
		this.timer = clock.after(resolveTimeout, () => resolved(undefined));
		network.resolve(loadServer, resolved);
	}

	/** No server gave a configuration. */
	private pause(): void {
		this.fetch.cancel();
		const pause = Math.min(firstPause * 2 ** this.rounds, lastPause) * (0.75 + this.random() / 2);
		this.rounds += 1;
		const problem = this.problem;
		this.useStored(problem);
		this.enter(Step.waiting, problem, `asking again in ${Math.round(pause / 1000)} s`);
		this.cancelTimer();
		this.timer = this.options.clock.after(pause, () => this.begin("asking again"));
		this.host.paused();
	}

	private useStored(reason: string): void {
		this.cancelStored();
		if (this.configured) return;
		const stored = this.readStored();
		if (stored === undefined) return;
		this.hold(stored, `${reason}: the last good configuration`);
		this.register();
	}

	/** The stored configuration, which is kept nowhere else: it is large beside the heap. */
	private readStored(): Configuration | undefined {
		const text = this.stored ? this.options.store.read(key) : undefined;
		return text === undefined ? undefined : this.options.files.parse(text);
	}

	private remember(configuration: Configuration, text: string): void {
		this.forDevice = configuration.forDevice;
		this.versionStamp = configuration.versionStamp;
		this.checksum = crc32(text);
	}

	/** A configuration holds from now on. */
	private hold(configuration: Configuration, reason: string): void {
		this.host.log(`boot: ${reason} holds: call agents ${configuration.callAgents.join(", ")}`);
		this.host.log(`boot: ${this.fetch.octets} octets of files, ${this.fetch.roundTrips} round trips`);
		this.configured = true;
		this.host.configured(configuration);
	}

	/** Everything that registration needs is here: the station registers or is registered. */
	private settle(reason: string): void {
		this.cancelTimer();
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

	private enter(step: number, text: string, reason: string): void {
		const wrong = objection(bootPlan, this.step, step);
		if (wrong !== "") this.host.log(`boot: ${wrong}`);
		this.step = step;
		this.text = text;
		this.host.log(`boot: ${bootPlan.names[step]}: ${text === "" ? "" : `${text} `}(${reason})`);
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
