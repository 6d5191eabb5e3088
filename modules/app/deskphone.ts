/*
 * The phone: composed from a body's hardware, which it is handed. The only room that knows all others, and all that it does is to tie
 * them. Everything is made with it, once; nothing is made later. As a preloaded module it lies in flash, with what it imports.
 */

import { ConsoleDesk } from "app/console-desk";
import { EventDesk, eventsProblem, eventsUrl } from "app/event-desk";
import { PushDesk } from "app/push-desk";
import { ServiceDesk } from "app/service-desk";
import { PhoneSite } from "app/site";

import { addressNumber } from "base/address";
import { Measure } from "base/measure";
import type { Menu } from "base/menu";
import { plainLine } from "base/plain";
import { spoken, Word } from "base/words";
import { logWords } from "base/words-log";
import { type Audio, type Hardware, Look, Registration } from "hal/hardware";
import { Limits } from "limits";
import { PhoneNetwork } from "network/network";
import { Phone } from "phone/phone";
import { Stimuli } from "phone/stimuli";
import { phoneHandlers } from "phone/table";
import { type Configuration, offersG722 } from "provisioning/configuration";
import { Provisioning, type ProvisioningHost } from "provisioning/provisioning";
import { startLine } from "provisioning/upkeep";
import { WallTime } from "provisioning/wall";
import { Dispatch } from "sccp/dispatch";
import { Link } from "sccp/link";
import { Reader } from "sccp/reader";
import { Sender } from "sccp/sender";
import { decode } from "sccp/text";

import { ConsoleDialogue } from "services/console/dialogue";
import { PhoneWeb, WebAccess } from "services/web/phone-web";

import { CallMenu, type CallWords, DirectoriesMenu } from "settings/call-menus";

import { History } from "settings/history";
import { type MenuParts, type Rings, SettingsMenus, setMicrophone } from "settings/menus";
import { SettingsChoice } from "settings/server-choice";
import { Settings } from "settings/settings";
import { Store } from "settings/store";
import { audioCapabilities, modelOf, widebandCapabilities } from "station/register";
import { deviceNameOf, Station, type StationHost } from "station/station";
import { speedDials } from "ui/speed-dials";
import type { Information } from "ui/texts";
import { Ui } from "ui/ui";

/** Lines of the log in so many milliseconds at most. */
const logLines = 200;
const logSpan = 10_000;

export class DeskPhone implements CallWords, StationHost, ProvisioningHost, Information, MenuParts {
	readonly device: string;
	readonly hardware: Hardware;
	readonly network: PhoneNetwork;
	readonly settings: Settings;
	readonly history: History;
	readonly wall: WallTime;
	readonly link: Link;
	readonly station: Station;
	readonly phone: Phone;
	readonly ui: Ui;
	/** Its web pages. */
	readonly web: PhoneWeb;
	readonly serviceDesk: ServiceDesk;
	/** Undefined while nobody in the house is to be told what happens. */
	private events: EventDesk | undefined = undefined;
	/** Undefined for a phone that was given its call agents. */
	readonly provisioning: Provisioning | undefined;
	/** Call agents that come back when the one set by hand is taken away; undefined while none is. */
	private others: readonly string[] | undefined = undefined;
	/** How many stand in the list behind those of the configuration. */
	private behind = 0;
	/** Which of them nobody has named: servers, as a last resort. */
	private guesses: readonly string[] = [];
	private readonly measure = new Measure(logLines, logSpan);

	/** Makes the phone; {@link start} has it go. One phone to a hardware. */
	constructor(hardware: Hardware) {
		const {
			audio,
			backlight,
			clock,
			defaults,
			display,
			flash,
			keypad,
			lamps,
			network: sockets,
			storage,
			update,
		} = hardware;
		const log = (line: string): void => this.log(line);
		this.hardware = hardware;
		this.device = defaults.deviceName === "" ? deviceNameOf(sockets.mac) : defaults.deviceName;
		const network = new PhoneNetwork(sockets);
		const store = new Store(storage, log);
		const settings = new Settings(store, clock);
		const reader = new Reader(Limits.textPool);
		const dispatch = new Dispatch(log);
		const { deviceType } = modelOf(keypad.lineKeys);
		this.network = network;
		this.settings = settings;
		this.history = new History(store, clock, decode, () => this.ui.now);
		this.wall = new WallTime(clock);
		this.link = new Link(sockets, clock, dispatch, reader);
		this.link.wire = hardware.wire;
		const sender = new Sender(this.link);
		this.station = new Station(network, clock, this.link, sender, dispatch, reader, this, {
			deviceName: this.device,
			mac: sockets.mac,
			deviceType,
			load: update.load,
			startReason: update.resetReason,
			protocolVersion: defaults.protocolVersion,
			callAgents: defaults.callAgents,
			capabilities: audio.wideband ? widebandCapabilities : audioCapabilities,
		});
		this.phone = new Phone({
			reader,
			stimuli: new Stimuli(sender),
			audio,
			clock,
			lineKeys: keypad.lineKeys,
			heard: () => dispatch.handled,
			log,
		});
		dispatch.attach(this.phone, phoneHandlers);
		this.ui = new Ui({
			phone: this.phone,
			display,
			keypad,
			lamps,
			backlight,
			clock,
			information: this,
			dateTemplate: this.station.dateTemplate,
			wall: this.wall,
			menus: (access) => new SettingsMenus(this, access),
			directories: () =>
				new DirectoriesMenu(this.history, this, [
					...speedDials(this.phone, this.ui.screen.dictionary),
					...this.serviceDesk.directories(),
				]),
			opens: (key) => this.serviceDesk.opens(key),
			keepVolume: (route, step) => settings.keepVolume(route, step),
		});
		this.serviceDesk = new ServiceDesk(this, store);
		const { pushes } = new PushDesk(this, this.serviceDesk.services);
		this.web = new PhoneWeb(sockets, clock, new PhoneSite(this), this.serviceDesk.services, log);
		this.phone.callLog = this.history;
		this.history.changed = () => this.ui.missedChanged(this.history.missed);
		this.phone.callOver = () => this.station.callOver();
		if (defaults.callAgents.length === 0) {
			const { tftpServers } = defaults;
			const { device: deviceName, wall } = this;
			const parts = {
				audio,
				flash,
				draws: (code: number) => display.draws(code),
				network,
				sockets,
				clock,
				wall,
				update,
				store,
				settings,
				deviceName,
				deviceType,
				tftpServers,
				log,
			};
			this.provisioning = new Provisioning(parts, this);
			network.listen(this.provisioning.boot);
		}
		network.listen(this.station);
		network.listen(this.web);
		this.link.reading = (begins) => {
			this.ui.later = begins;
			if (begins) return;
			pushes.callsChanged();
			this.ui.refresh();
		};
		hardware.onQuit((done) => this.stop(done));
		hardware.console?.open((serial) => new ConsoleDialogue(new ConsoleDesk(this), serial));
	}

	start(): void {
		const { audio, keypad, update } = this.hardware;
		const { settings, ui } = this;
		this.log(startLine(update));
		for (let route = 0; route < 4; route += 1) this.phone.routes.setVolume(route, settings.volume(route));
		audio.setBell(settings.bell);
		setMicrophone(settings, audio);
		ui.setBrightness(settings.brightness);
		this.looksChanged();
		ui.start();
		ui.missedChanged(this.history.missed);
		if (this.network.hasWifi) this.network.offer(new SettingsChoice(settings, this));
		const { vendorClass } = modelOf(keypad.lineKeys);
		const wrong = this.network.start({ hostName: this.device, vendorClass }, settings.network);
		if (wrong !== "") this.log(`the address set by hand cannot be used: ${wrong}`);
		// a phone that was given its call agents asks no server for them
		this.callAgentChanged();
		this.eventsChanged();
		if (this.provisioning === undefined) {
			this.web.configure(WebAccess.full);
			this.register();
		} else this.provisioning.start(update.resetReason);
	}

	/** Ends calls, takes leave of the call agent and keeps what is to be kept; calls `done` within a second. */
	private stop(done: () => void): void {
		// after this call there is no other registration
		this.phone.callOver = undefined;
		this.events?.stop();
		this.serviceDesk.stop();
		if (this.phone.inUse) this.phone.hangUp();
		this.keep();
		this.provisioning?.stop();
		this.station.stop(() => {
			// the call that has just ended, too, where the power lasts so long
			this.keep();
			done();
		});
	}

	when(seconds: number): string {
		return this.ui.when(seconds);
	}

	lineName(instance: number): string {
		const line = this.phone.lines.line(instance);
		return line === undefined ? "" : this.ui.screen.dictionary.show(line.number.empty ? line.label : line.number);
	}

	get audio(): Audio {
		return this.hardware.audio;
	}

	get rings(): Rings | undefined {
		return this.provisioning?.ringer;
	}

	setBrightness(percent: number): void {
		this.ui.setBrightness(percent);
	}

	looksChanged(): void {
		const { largerText, highContrast, keyTones } = this.settings;
		const larger = largerText === 1 ? Look.largerText : 0;
		this.phone.soundsKeys = keyTones === 1;
		this.ui.setLook(larger | (highContrast === 1 ? Look.highContrast : 0));
	}

	serversChanged(): void {
		this.provisioning?.boot.again("other servers set by hand");
	}

	/** Lines of the status page. */
	status(): string[] {
		const { load, resetReason } = this.hardware.update;
		const lines = [`${Word.load} ${load}`, `${Word.start} ${resetReason}`];
		this.station.status(lines);
		this.network.status(lines);
		this.provisioning?.boot.status(lines);
		this.provisioning?.language.status(lines);
		return lines;
	}

	get version(): string {
		const { load } = this.hardware.update;
		return load.slice(load.indexOf("-") + 1);
	}

	get mac(): string {
		return this.hardware.network.mac;
	}

	get address(): string {
		return this.station.localAddress;
	}

	get callAgent(): string {
		const { shownCallAgent } = this.station;
		return this.others === undefined ? shownCallAgent : `${shownCallAgent}, ${Word.setByHand}`;
	}

	get protocol(): number {
		return this.link.version;
	}

	stationChanged(): void {
		const { phone, provisioning, station } = this;
		const registered = station.registration === Registration.registered;
		if (!registered) {
			if (station.registration !== Registration.registering && !phone.preserving) phone.stop();
		} else if (!phone.registered) phone.start(addressNumber(station.localAddress));
		provisioning?.boot.setRegistered(registered);
		this.showProgress();
	}

	bootChanged(): void {
		this.showProgress();
	}

	/** What the display says of the way to registration: the boot's text, then the station's. */
	private showProgress(): void {
		const { phone, provisioning, station, ui } = this;
		const { missing, notice, progress } = provisioning?.boot ?? nothing;
		// a phone with a call agent set by hand registers whatever becomes of its configuration; one that is refused has got to a call agent
		const aside = this.others !== undefined || phone.preserving || station.registration === Registration.rejected;
		if (progress !== "" && !aside) ui.setRegistration(Registration.finding, progress);
		else ui.setRegistration(station.registration, station.text);
		if (notice !== "" && (this.others === undefined || !missing)) this.notice(notice);
	}

	configured(configuration: Configuration): void {
		const { callAgents, dscpForCm2Dvce, survivors, webAccess } = configuration;
		this.network.servesPages = webAccess !== WebAccess.off;
		// connections that there are stay as they are
		this.link.typeOfService = dscpForCm2Dvce;
		const wideband = this.hardware.audio.wideband && offersG722(configuration);
		this.station.configure(configuration);
		this.station.declare(wideband ? widebandCapabilities : audioCapabilities);
		this.useCallAgents(callAgents.concat(survivors));
		this.phone.routes.configure(configuration);
		this.phone.dialler.configure(configuration);
		this.phone.calls.configure(configuration);
		this.ui.configure(configuration);
		this.web.configure(webAccess);
		const told = this.eventsUrl;
		this.serviceDesk.configure(configuration);
		if (this.eventsUrl !== told) this.eventsChanged();
	}

	/** Who in the house is told what happens, '' for nobody: as it is set by hand, else as the configuration says. */
	get eventsUrl(): string {
		return eventsUrl(this.settings.events || this.serviceDesk.settings.url("eventsURL"));
	}

	eventsProblem(text: string): string {
		return eventsProblem(text);
	}

	/** Somebody else is told from now on, or nobody. */
	eventsChanged(): void {
		this.events?.stop();
		this.events = undefined;
		const url = this.eventsUrl;
		const wrong = eventsProblem(url);
		if (wrong !== "") this.log(`events: told to nobody: ${wrong}`);
		else if (url !== "") this.events = new EventDesk(this);
	}

	register(): void {
		this.station.start();
	}

	lastResortChanged(): void {
		const list = this.others ?? split(this.station.callAgents);
		this.useCallAgents(list.slice(0, list.length - this.behind));
	}

	/** Takes call agents that a configuration names, and behind them what is tried as a last resort, and those that were named before. */
	private useCallAgents(named: readonly string[]): void {
		const { formerAgents, lastResort } = this.provisioning?.boot ?? nothing;
		this.guesses = lastResort.filter((agent) => !named.includes(agent));
		const ahead = named.concat(this.guesses);
		const list = ahead.concat(formerAgents.filter((agent) => !ahead.includes(agent)));
		this.behind = list.length - named.length;
		if (this.others === undefined) this.station.setCallAgents(list, undefined, this.guesses);
		else this.others = list;
	}

	/** Has the call agent hold that is set by hand, before those of any configuration; or these again where it has been taken away. */
	callAgentChanged(): void {
		const { hardware, others, provisioning, settings, station } = this;
		const { protocolVersion } = hardware.defaults;
		const byHand = settings.callAgentByHand;
		if (byHand !== "") {
			this.others ??= split(station.callAgents);
			station.setCallAgents([byHand], settings.protocolVersion || protocolVersion);
			// it waits for no configuration
			station.start();
		} else if (others !== undefined) {
			this.others = undefined;
			station.setCallAgents(others, protocolVersion, this.guesses);
			if (others.length === 0) provisioning?.boot.again("the call agent set by hand is taken away");
		}
		this.showProgress();
	}

	spoken(): void {
		const { provisioning, ui } = this;
		if (provisioning === undefined) return;
		const { common, phrases, words } = provisioning.language;
		ui.setLanguage(phrases, words, common);
	}

	/** Tells the user something that neither a key nor a message has led to: nobody else has the display drawn then. */
	notice(text: string): void {
		this.ui.notice(text);
		this.ui.refresh();
	}

	rung(): void {
		const { settings, provisioning, ui } = this;
		const { playing, problem } = provisioning?.ringer ?? noRing;
		settings.keepRing(playing);
		if (problem !== "") this.notice(problem);
		ui.menuChanged();
	}

	ringOnce(): number {
		return this.phone.ringer.once();
	}

	/** One of the lists of calls. @param kind a number of CallKind. */
	callMenu(kind: number): Menu {
		return new CallMenu(this.history, kind, this);
	}

	callsUp(): boolean {
		return this.phone.hasCalls;
	}

	preserve(): boolean {
		return this.phone.preserve();
	}

	/** Keeps now what would be kept before long. */
	private keep(): void {
		this.settings.flush();
		this.history.flush();
	}

	restart(): void {
		this.provisioning?.prepareRestart();
		this.keep();
		this.hardware.restart();
	}

	startLoad(): void {
		this.keep();
		this.station.stop(() => this.hardware.restart());
	}

	fetchConfiguration(): boolean {
		this.provisioning?.boot.again("the call agent asks for it");
		return this.provisioning !== undefined;
	}

	/** A line of the log, in which texts of call agents, files and people may stand. */
	log(line: string): void {
		const over = this.measure.take(this.hardware.clock.ticks);
		if (over < 0) return;
		if (over > 0) this.write(`log: ${over} lines left out, more than ${logLines} in ${logSpan / 1000} s`);
		this.write(plainLine(spoken(line, logWords)));
	}

	private write(line: string): void {
		const { hardware } = this;
		hardware.log(line);
		hardware.journal.add(line, hardware.clock.ticks);
		this.provisioning?.report(line);
	}
}

/** Call agents that stand in one text, with spaces between. */
function split(callAgents: string): readonly string[] {
	return callAgents === "" ? [] : callAgents.split(" ");
}

const noRing = Object.freeze({ playing: "", problem: "" });
const nobody: readonly string[] = Object.freeze([]);
/** What a phone without provisioning says of it. */
const nothing = Object.freeze({ missing: false, progress: "", notice: "", lastResort: nobody, formerAgents: nobody });
