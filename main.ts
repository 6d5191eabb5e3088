/*
 * Composes a phone from a body's hardware and starts it: the only file that knows all rooms. Everything is made here, once;
 * nothing is made later.
 */
import { hardware } from "hal/body";
import { NetworkLocale, Registration } from "hal/hardware";
import { Limits } from "limits";
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
import { Store } from "settings/store";
import { audioCapabilities } from "station/register";
import { deviceNameOf, Station, type StationHost } from "station/station";
import type { Information } from "ui/overlay";
import { Ui } from "ui/ui";

/** Device types that a call agent knows: a 7960 has six keys beside its display, a 7971 eight. */
const type7960 = 7;
const type7971 = 119;

class Linnet implements StationHost, BootHost, Information {
	readonly device: string;
	readonly mac: string;
	/** Undefined for a phone that was given its call agents. */
	readonly #provisioning: Provisioning | undefined;
	readonly #upkeep: Upkeep | undefined;
	readonly #link: Link;
	readonly #station: Station;
	readonly #stimuli: Stimuli;
	readonly #phone: Phone;
	readonly #ui: Ui;
	readonly #wall: WallTime;
	/** From the configuration; '' leaves it to the call agent. */
	#dateTemplate = "";
	#userLocale = "";
	/** True once the station registers: until then the display tells of the boot. */
	#registering = false;

	constructor() {
		const { audio, backlight, clock, defaults, display, keypad, lamps, network, storage, update } = hardware;
		this.mac = network.mac;
		this.device = defaults.deviceName === "" ? deviceNameOf(network.mac) : defaults.deviceName;
		const log = (line: string): void => this.log(line);
		const reader = new Reader(Limits.textPool);
		const dispatch = new Dispatch(log);
		this.#link = new Link(network, clock, dispatch, reader);
		const sender = new Sender(this.#link);
		const deviceType = keypad.lineKeys > 6 ? type7971 : type7960;
		this.#station = new Station(network, clock, this.#link, sender, dispatch, reader, this, {
			deviceName: this.device,
			mac: network.mac,
			deviceType,
			load: update.load,
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
		});
		if (defaults.callAgents.length === 0) {
			this.#upkeep = new Upkeep({ network, clock, wall: this.#wall, deviceName: this.device, log });
			this.#provisioning = new Provisioning(
				{
					network,
					clock,
					update,
					store: new Store(storage, log),
					deviceName: this.device,
					deviceType,
					alternate: () => defaults.tftpServers,
				},
				this,
				() => this.#spoken(),
			);
		}
		this.#link.drained = () => this.#ui.refresh();
		hardware.onQuit((done) => {
			if (this.#phone.inUse) this.#phone.hangUp();
			this.#provisioning?.boot.stop();
			this.#upkeep?.stop();
			this.#station.stop(done);
		});
	}

	start(): void {
		this.#ui.start();
		if (this.#provisioning === undefined) this.register();
		else this.#provisioning.boot.start(hardware.update.resetReason);
	}

	get version(): string {
		const { load } = hardware.update;
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
		this.#showProgress();
	}

	bootChanged(): void {
		this.#showProgress();
	}

	configured(configuration: Configuration): void {
		const { callAgents, dateTemplate, networkLocale, rtcp, survivors, timeZone, userLocale } = configuration;
		this.#userLocale = userLocale;
		this.#station.setCallAgents(callAgents.concat(survivors));
		const { audio } = hardware;
		audio.setReports(rtcp);
		const locale = networkLocale === "" ? NetworkLocale.unitedStates : networkLocaleOf(networkLocale);
		if (locale < 0) this.log(`networkLocale ${networkLocale} has no tones here: those of United_States are played`);
		audio.setLocale(Math.max(locale, 0));
		this.#dateTemplate = dateTemplate;
		if (!this.#wall.setZone(timeZone)) this.log(`timeZone "${timeZone}" is unknown: the call agent's time is shown`);
		this.#ui.timeChanged();
		this.#upkeep?.configure(configuration);
	}

	register(): void {
		this.#registering = true;
		this.#station.start();
	}

	settled(): void {
		this.#provisioning?.speak(this.#userLocale);
	}

	#spoken(): void {
		this.#ui.setLanguage(this.#provisioning?.language.phrases);
		this.#provisioning?.release();
	}

	/** What the display says of the way to registration: the boot's text, then the station's. */
	#showProgress(): void {
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

	restart(): void {
		this.#provisioning?.boot.load.forget();
		hardware.restart();
	}

	startLoad(): void {
		hardware.restart();
	}

	fetchConfiguration(): boolean {
		this.#provisioning?.boot.again("the call agent asks for it");
		return this.#provisioning !== undefined;
	}

	log(line: string): void {
		hardware.log(line);
		this.#upkeep?.log(line);
	}
}

new Linnet().start();
