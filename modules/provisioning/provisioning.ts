/*
 * All of provisioning put together on a body's hardware: transfers with one buffer between them, the reader of files, the boot machine,
 * and what a configuration says of tones, time, ring and log.
 */
import type { Audio, Clock, Flash, Network, Update } from "hal/hardware";
import { Limits } from "limits";
import { Http } from "net/http";
import { Tftp } from "net/tftp";
import type { Consumer } from "net/transfer";
import type { PhoneNetwork } from "network/network";
import {
	Boot,
	type BootHost,
	type ConfigurationFormat,
	type ConfigurationListener,
	type ConfigurationSource,
	Step,
} from "provisioning/boot";
import type { Configuration } from "provisioning/configuration";
import { Errands, type ErrandsHost } from "provisioning/errands";
import { Fetch } from "provisioning/fetch";
import { CnfXmlFormat } from "provisioning/format";
import { Language, type LanguageHost } from "provisioning/language";
import { Player, type PlayerHost } from "provisioning/player";
import { Ringer, type RingerHost } from "provisioning/ringer";
import { callAgentsIn, checksumOf, deserialise, isStored, serialise } from "provisioning/stored";
import { Tones, type TonesHost } from "provisioning/tones";
import { Upkeep } from "provisioning/upkeep";
import type { WallTime } from "provisioning/wall";
import type { Settings } from "settings/settings";
import type { Store } from "settings/store";
import { XmlReader } from "xml/reader";

export interface ProvisioningOptions {
	readonly audio: Audio;
	readonly network: PhoneNetwork;
	/** Where sockets come from. */
	readonly sockets: Network;
	readonly clock: Clock;
	readonly wall: WallTime;
	readonly update: Update;
	readonly store: Store;
	readonly settings: Settings;
	readonly flash: Flash;
	/** Whether the display has a letter, by its code point. */
	readonly draws: (code: number) => boolean;
	/** Device name such as SEP001122334455. */
	readonly deviceName: string;
	/** SCCP's number of the phone's type. */
	readonly deviceType: number;
	/** Servers that are asked in place of those of DHCP where the user has set none: 'host' or 'host:port'. */
	readonly tftpServers: readonly string[];
	readonly log: (line: string) => void;
}

/** What provisioning tells and asks whoever owns it. */
export interface ProvisioningHost {
	/** {@link Boot.progress}, {@link Boot.notice} or both have changed. */
	bootChanged(): void;
	/** This configuration holds from now on; what provisioning does with it is done. */
	configured(configuration: Configuration): void;
	/** {@link Boot.lastResort} has changed, and the configuration has not. */
	lastResortChanged(): void;
	/** The station may register with the configuration that holds; said again each time. */
	register(): void;
	/** Another language is spoken. */
	spoken(): void;
	/** Something that the user should know. */
	notice(text: string): void;
	/** A ring or the list of rings has come, or cannot be had. */
	rung(): void;
	/** Rings once with what has come for a service. @returns how long that sounds, in ms. */
	ringOnce(): number;
	/** True while a call is up: a load waits until none is. */
	callsUp(): boolean;
	/** The body is to start anew, with the load just installed. */
	startLoad(): void;
}

/**
 * Reads configuration files by a reader that lives only while files are read. Half of what provisioning needs is needed on the
 * idle phone alone, and a phone in two calls has better use for the memory.
 */
class Files implements ConfigurationFormat {
	private readonly open: () => ConfigurationSource;
	private opened: ConfigurationSource | undefined = undefined;

	constructor(open: () => ConfigurationSource) {
		this.open = open;
	}

	reader(forDevice: boolean, listener: ConfigurationListener): Consumer {
		this.opened ??= this.open();
		return this.opened.reader(forDevice, listener);
	}

	format(configuration: Configuration): string {
		return serialise(configuration);
	}

	checksum(configuration: Configuration): number {
		return checksumOf(configuration);
	}

	isFormatted(text: string): boolean {
		return isStored(text);
	}

	parse(text: string): Configuration | undefined {
		return deserialise(text);
	}

	callAgents(text: string): readonly string[] {
		return callAgentsIn(text);
	}

	release(): void {
		this.opened = undefined;
	}
}

export class Provisioning implements BootHost, ErrandsHost, LanguageHost, PlayerHost, RingerHost, TonesHost {
	readonly boot: Boot;
	readonly language: Language;
	readonly ringer: Ringer;
	readonly log: (line: string) => void;
	private readonly audio: Audio;
	private readonly wall: WallTime;
	private readonly settings: Settings;
	private readonly host: ProvisioningHost;
	private readonly fetch: Fetch;
	private readonly files: Files;
	/** ToS byte of transfers; before a configuration says another, the usual one. */
	private typeOfService = 0x60;
	private readonly errands: Errands;
	/** The tones of the network locale, until they have come. */
	private tones: Tones | undefined = undefined;
	private networkLocale = "";
	private readonly upkeep: Upkeep;
	/** What is fetched to be played once, or is played. */
	private player: Player | undefined = undefined;
	private readonly clock: Clock;
	/** One for all files, as long as any is read. */
	private xml: XmlReader | undefined = undefined;

	constructor(options: ProvisioningOptions, host: ProvisioningHost) {
		const { audio, network, sockets, clock, wall, update, store, settings, deviceName, deviceType, log } = options;
		this.audio = audio;
		this.clock = clock;
		this.wall = wall;
		this.settings = settings;
		this.host = host;
		this.log = log;
		this.fetch = new Fetch((overHttp) => {
			const buffer = new Uint8Array(Limits.transferBuffer);
			const client = overHttp ? new Http(sockets, clock, buffer) : new Tftp(sockets, clock, buffer);
			client.typeOfService = this.typeOfService;
			return client;
		});
		const fetch = this.fetch;
		this.files = new Files(() => new CnfXmlFormat(this.openXml(), deviceName, deviceType, log));
		this.errands = new Errands(fetch, clock, this);
		this.language = new Language(this, store, options.flash, options.draws);
		this.ringer = new Ringer(this.errands, audio, this);
		this.errands.add(this.language);
		this.errands.add(this.ringer);
		this.upkeep = new Upkeep({ network, sockets, clock, wall, deviceName, update, log });
		const { tftpServers } = options;
		const alternate = (): readonly string[] => (settings.tftpServers.length > 0 ? settings.tftpServers : tftpServers);
		this.boot = new Boot({ network, clock, store, update, fetch, files: this.files, deviceName, alternate }, this);
	}

	/** Begins, once, when the network has been started. @param reason why the phone starts, for the log. */
	start(reason: string): void {
		this.language.recall();
		this.boot.start(reason);
	}

	/** Ends everything that is under way. */
	stop(): void {
		this.player?.stop();
		this.errands.hold();
		this.boot.stop();
		this.upkeep.stop();
	}

	/** The call agent has the phone start anew: a load that has come so far as to hear that works, and others may be tried again. */
	prepareRestart(): void {
		this.boot.confirm();
		this.boot.load.forget();
		this.language.renew();
	}

	/** Sends a line of the phone's log to the log server, where there is one. */
	report(line: string): void {
		this.upkeep.log(line);
	}

	bootChanged(): void {
		const { step } = this.boot;
		if (step !== Step.registering && step !== Step.registered) this.errands.hold();
		this.host.bootChanged();
	}

	configured(configuration: Configuration): void {
		const { dscpForSCCPPhoneConfig, networkLocale, rtcp, timeZone } = configuration;
		this.typeOfService = dscpForSCCPPhoneConfig;
		const audio = this.audio;
		audio.setReports(rtcp);
		if (!this.wall.setZone(timeZone)) this.log(`timeZone "${timeZone}" is unknown: the call agent's time is shown`);
		this.host.configured(configuration);
		this.upkeep.configure(configuration);
		this.errands.renew();
		this.language.speak(configuration);
		this.play(networkLocale);
	}

	/** Plays the tones of a network locale: the built-in ones at once, and its file's as soon as that has come. */
	private play(locale: string): void {
		if (locale === this.networkLocale) return;
		this.networkLocale = locale;
		if (this.tones !== undefined) this.errands.remove(this.tones);
		this.tones = new Tones(this.audio, this, locale);
		// behind the dictionary
		this.errands.add(this.tones, 1);
	}

	lastResortChanged(): void {
		this.host.lastResortChanged();
	}

	register(): void {
		this.host.register();
	}

	callsUp(): boolean {
		return this.host.callsUp();
	}

	startLoad(): void {
		this.host.startLoad();
	}

	settled(): void {
		this.upkeep.followLease();
		this.attend();
	}

	/** What the stored configuration names may come from a server that has no configuration for this phone. */
	paused(): void {
		if (this.boot.configured && this.fetch.server !== "") this.attend();
		else this.fetched();
	}

	/** Has everything fetched that is not needed for the registration, after what was needed for the configuration has been given back. */
	private attend(): void {
		if (!this.errands.busy) this.fetched();
		this.ringer.keep(this.settings.ring);
		this.errands.resume();
	}

	openXml(): XmlReader {
		this.xml ??= new XmlReader();
		return this.xml;
	}

	spoken(): void {
		this.host.spoken();
	}

	notice(text: string): void {
		this.host.notice(text);
	}

	rung(): void {
		this.host.rung();
	}

	/** Fetches a file and plays it once, before all else that waits to be fetched; '' ends that. */
	playFile(file: string): void {
		this.player?.stop();
		this.player = undefined;
		if (file === "") return;
		this.player = new Player(file, this.errands, this.ringer, this.audio, this.clock, this);
		this.player.play();
	}

	ringOnce(): number {
		return this.host.ringOnce();
	}

	get bell(): number {
		return this.settings.bell;
	}

	played(): void {
		this.player = undefined;
	}

	/** Gives back what only the fetching of files needs. */
	fetched(): void {
		if (this.tones?.read) {
			this.errands.remove(this.tones);
			this.tones = undefined;
		}
		this.fetch.release();
		this.files.release();
		this.xml = undefined;
	}
}
