/*
 * The phone: composed from a body's hardware, which it is handed. The only room that knows all others. Everything is made with it,
 * once; nothing is made later. As a preloaded module it lies in flash, its many methods and what they import included.
 */
import { CallState, type Hardware, type NetworkListener, Registration } from "hal/hardware";
import { Limits } from "limits";
import type { Call } from "phone/calls";
import { Change } from "phone/changes";
import { Phone } from "phone/phone";
import { Stimuli } from "phone/stimuli";
import { phoneHandlers } from "phone/table";
import { type BootHost, Step } from "provisioning/boot";
import type { Configuration } from "provisioning/configuration";
import { networkLocaleOf } from "provisioning/locale";
import { Provisioning } from "provisioning/provisioning";
import { Upkeep } from "provisioning/upkeep";
import { WallTime } from "provisioning/wall";
import { parseAddress } from "sccp/address";
import { Dispatch } from "sccp/dispatch";
import { Link } from "sccp/link";
import { Reader } from "sccp/reader";
import { Sender } from "sccp/sender";
import { decode } from "sccp/text";
import { CallKind, DirectoriesMenu, History } from "settings/history";
import { BrightnessMenu, NetworkMenu, RingMenu, StatusMenu, WifiMenu } from "settings/menus";
import { Settings } from "settings/settings";
import { Store } from "settings/store";
import { audioCapabilities, modelOf } from "station/register";
import { deviceNameOf, Station, type StationHost } from "station/station";
import { usualIdleTime } from "ui/dimmer";
import type { Menu } from "ui/menu";
import type { Information } from "ui/overlay";
import { Ui } from "ui/ui";

/** settingsAccess of a phone whose user may set nothing, or little. */
const noAccess = 0;
const restrictedAccess = 2;
/** Greatest volume in steps, and greatest minimumRingVolume. */
const volumeSteps = 24;
const mostRingVolume = 15;
/** A load that waits for calls to end looks for them so often, in ms. */
const callPause = 1000;
/** Type of a call that this phone has placed. */
const outbound = 2;

export class DeskPhone implements StationHost, BootHost, NetworkListener, Information {
	readonly device: string;
	readonly mac: string;
	readonly #hardware: Hardware;
	/** Undefined for a phone that was given its call agents. */
	readonly #provisioning: Provisioning | undefined;
	readonly #upkeep: Upkeep | undefined;
	readonly #link: Link;
	readonly #station: Station;
	readonly #stimuli: Stimuli;
	readonly #phone: Phone;
	readonly #ui: Ui;
	readonly #wall: WallTime;
	readonly #settings: Settings;
	readonly #history: History;
	/** From the configuration; '' leaves it to the call agent. */
	#dateTemplate = "";
	#userLocale = "";
	#settingsAccess = 1;
	/** True once the station registers: until then the display tells of the boot. */
	#registering = false;

	/** Makes the phone; {@link start} has it go. One phone to a hardware. */
	constructor(hardware: Hardware) {
		this.#hardware = hardware;
		const { audio, backlight, clock, defaults, display, keypad, lamps, network, storage, update } = hardware;
		this.mac = network.mac;
		this.device = defaults.deviceName === "" ? deviceNameOf(network.mac) : defaults.deviceName;
		const log = (line: string): void => this.log(line);
		const store = new Store(storage, log);
		this.#settings = new Settings(store, clock);
		this.#history = new History(store, clock, decode);
		const reader = new Reader(Limits.textPool);
		const dispatch = new Dispatch(log);
		this.#link = new Link(network, clock, dispatch, reader);
		const sender = new Sender(this.#link);
		const { deviceType } = modelOf(keypad.lineKeys);
		this.#station = new Station(network, clock, this.#link, sender, dispatch, reader, this, {
			deviceName: this.device,
			mac: network.mac,
			deviceType,
			load: update.load,
			startReason: update.resetReason,
			protocolVersion: defaults.protocolVersion,
			callAgents: defaults.callAgents,
			capabilities: audioCapabilities,
		});
		this.#stimuli = new Stimuli(sender);
		this.#phone = new Phone({ reader, stimuli: this.#stimuli, audio, clock, lineKeys: keypad.lineKeys, log });
		dispatch.attach(this.#phone, phoneHandlers);
		this.#wall = new WallTime(clock);
		this.#ui = new Ui({
			phone: this.#phone,
			display,
			keypad,
			lamps,
			backlight,
			clock,
			information: this,
			dateTemplate: { toString: () => this.#dateTemplate || this.#station.dateTemplate.toString() },
			wall: this.#wall,
			menus: () => this.menus(),
			directories: () => new DirectoriesMenu(this.#history),
			keepVolume: (route, step) => this.#settings.keepVolume(route, step),
		});
		this.#phone.callEnded = (call) => this.keepCall(call);
		if (defaults.callAgents.length === 0) {
			this.#upkeep = new Upkeep({
				network,
				clock,
				wall: this.#wall,
				deviceName: this.device,
				startLine: () => this.startLine(),
				log,
			});
			this.#provisioning = new Provisioning(
				{
					audio,
					network,
					clock,
					update,
					store,
					deviceName: this.device,
					deviceType,
					alternate: () => {
						const servers = this.#settings.tftpServers;
						return servers.length > 0 ? servers : defaults.tftpServers;
					},
				},
				this,
				() => this.spoken(),
				() => this.rung(),
			);
		}
		this.#link.drained = () => this.#ui.refresh();
		hardware.onQuit((done) => {
			if (this.#phone.inUse) this.#phone.hangUp();
			this.#provisioning?.boot.stop();
			this.keep();
			this.#upkeep?.stop();
			this.#station.stop(done);
		});
	}

	start(): void {
		const { audio, keypad, network, update } = this.#hardware;
		const settings = this.#settings;
		this.log(this.startLine());
		for (let route = 0; route < 4; route += 1) this.#phone.routes.setVolume(route, settings.volume(route));
		audio.setBell(settings.bell);
		this.setBrightness();
		this.#ui.start();
		const wrong = settings.dhcp ? "" : network.configure(settings.network);
		if (wrong !== "") this.log(`the address set by hand cannot be used: ${wrong}`);
		network.start(this, { hostName: this.device, vendorClass: modelOf(keypad.lineKeys).vendorClass });
		// a phone that was given its call agents asks no server for them
		if (this.#provisioning === undefined) this.register();
		else this.#provisioning.boot.start(update.resetReason);
	}

	leaseChanged(): void {
		this.#provisioning?.boot.leaseChanged();
		this.#station.addressChanged();
	}

	troubleChanged(): void {
		this.#provisioning?.boot.troubleChanged();
		this.#station.troubleChanged();
	}

	/** What the log says of the start; after a crash it is all that is left of it. */
	private startLine(): string {
		const { load, resetReason } = this.#hardware.update;
		return `${load} starts: ${resetReason}`;
	}

	private setBrightness(): void {
		const { dimmer } = this.#ui;
		dimmer.brightness = this.#settings.brightness;
		dimmer.wake();
	}

	/** Menus of the settings; a restricted phone keeps those of ring and light. */
	private menus(): Menu[] {
		const { audio, network } = this.#hardware;
		const settings = this.#settings;
		const menus: Menu[] = [
			new RingMenu(settings, audio, this.#provisioning?.ringer),
			new BrightnessMenu(settings, () => this.setBrightness()),
		];
		if (this.#settingsAccess === restrictedAccess) return menus;
		menus.push(
			new NetworkMenu(settings, network, () => this.#provisioning?.boot.again("other servers set by hand")),
			new StatusMenu(() => this.status()),
		);
		if (network.setUp !== undefined) menus.push(new WifiMenu(network));
		return menus;
	}

	/** What a configuration lets the user do, and how the phone looks at rest. */
	private setAccess(configuration: Configuration): void {
		const { disableSpeaker, disableSpeakerAndHeadset, displayIdleTimeout, minimumRingVolume } = configuration;
		const { routes } = this.#phone;
		routes.speakerDisabled = disableSpeaker || disableSpeakerAndHeadset;
		routes.headsetDisabled = disableSpeakerAndHeadset;
		routes.setLeastRinger(Math.round((minimumRingVolume * volumeSteps) / mostRingVolume));
		this.#settingsAccess = configuration.settingsAccess;
		this.#ui.settingsOpen = configuration.settingsAccess !== noAccess;
		this.#ui.overlays.password = configuration.phonePassword;
		this.#ui.dimmer.idleTime = displayIdleTimeout > 0 ? displayIdleTimeout * 60000 : usualIdleTime;
	}

	/** Lines of the status page. */
	private status(): string[] {
		const boot = this.#provisioning?.boot;
		const { lease } = this.#hardware.network;
		const { load, resetReason } = this.#hardware.update;
		const lines = [`Load ${load}`, `Start ${resetReason}`, `Registration ${this.#station.text || "complete"}`];
		if (lease !== undefined) lines.push(`Address ${lease.address}`, `Domain ${lease.domain}`);
		if (boot === undefined) return lines;
		lines.push(`Boot ${boot.text || "complete"}`);
		for (const { host, source } of boot.servers) lines.push(`Server ${host}, ${source}`);
		if (boot.problem !== "") lines.push(boot.problem);
		return lines;
	}

	/** Notes a call that has ended for its list. */
	private keepCall(call: Call): void {
		const { calledName, calledNumber, callingName, callingNumber, dialled, type } = call;
		if (call.state === CallState.inUseRemotely || type === 0) return;
		if (type === outbound) this.#history.note(CallKind.placed, calledNumber, calledName, dialled);
		else this.#history.note(call.connectedAt < 0 ? CallKind.missed : CallKind.received, callingNumber, callingName, "");
	}

	get version(): string {
		const { load } = this.#hardware.update;
		return load.slice(load.indexOf("-") + 1);
	}

	get address(): string {
		return this.#station.localAddress;
	}

	get callAgent(): string {
		return this.#station.callAgent;
	}

	get protocol(): number {
		return this.#link.version;
	}

	stationChanged(): void {
		const station = this.#station;
		const phone = this.#phone;
		if (station.registration === Registration.registered) {
			this.#stimuli.localAddress = parseAddress(station.localAddress);
			phone.start();
		} else if (station.registration !== Registration.registering) phone.stop();
		this.#provisioning?.boot.setRegistered(station.registration === Registration.registered);
		this.showProgress();
	}

	bootChanged(): void {
		this.showProgress();
	}

	configured(configuration: Configuration): void {
		const { callAgents, dateTemplate, networkLocale, rtcp, survivors, timeZone, userLocale } = configuration;
		this.#userLocale = userLocale;
		this.#station.setCallAgents(callAgents.concat(survivors));
		const { audio } = this.#hardware;
		audio.setReports(rtcp);
		const country = networkLocaleOf(networkLocale);
		if (country === 0 && networkLocale !== "")
			this.log(`networkLocale ${networkLocale} has no tones here: those of United_States are played`);
		audio.setLocale(country);
		this.#dateTemplate = dateTemplate;
		if (!this.#wall.setZone(timeZone)) this.log(`timeZone "${timeZone}" is unknown: the call agent's time is shown`);
		this.#ui.timeChanged();
		this.setAccess(configuration);
		this.#upkeep?.configure(configuration);
	}

	register(): void {
		this.#registering = true;
		this.#station.start();
	}

	settled(): void {
		this.#upkeep?.takeLease();
		this.#provisioning?.speak(this.#userLocale);
	}

	paused(): void {
		this.#provisioning?.release();
	}

	private spoken(): void {
		this.#ui.setLanguage(this.#provisioning?.language.phrases);
		this.#provisioning?.release();
		const { ring } = this.#settings;
		// once this has returned, what was needed until now can be given back
		if (ring !== "") this.#hardware.clock.after(0, () => this.#provisioning?.ringer.ring(ring));
	}

	/** A ring or the list of rings has come, or cannot be had. */
	private rung(): void {
		this.#provisioning?.release();
		this.#ui.changed(Change.softkeys);
		this.#ui.refresh();
	}

	/** What the display says of the way to registration: the boot's text, then the station's. */
	private showProgress(): void {
		const station = this.#station;
		const boot = this.#provisioning?.boot;
		const registered = station.registration === Registration.registered;
		if (boot !== undefined && (!this.#registering || (boot.step === Step.address && !registered))) {
			this.#ui.setRegistration(Registration.finding, boot.text);
			return;
		}
		this.#ui.setRegistration(station.registration, station.text);
		if (boot !== undefined && boot.problem !== "" && boot.step >= Step.registering) this.#ui.notice(boot.problem);
	}

	callsUp(): boolean {
		return this.#phone.hasCalls;
	}

	/** Keeps now what would be kept before long. */
	private keep(): void {
		this.#settings.flush();
		this.#history.flush();
	}

	/** The call agent asks for it: a load that has come so far as to hear that works. */
	restart(): void {
		this.#provisioning?.boot.confirm();
		this.#provisioning?.boot.load.forget();
		this.keep();
		this.#hardware.restart();
	}

	/** A load can come at any time, with another lease for one: a call that is up goes before it. */
	startLoad(): void {
		if (this.callsUp()) {
			this.#hardware.clock.after(callPause, () => this.startLoad());
			return;
		}
		this.keep();
		this.#station.stop(() => this.#hardware.restart());
	}

	fetchConfiguration(): boolean {
		this.#provisioning?.boot.again("the call agent asks for it");
		return this.#provisioning !== undefined;
	}

	log(line: string): void {
		this.#hardware.log(line);
		this.#upkeep?.log(line);
	}
}
