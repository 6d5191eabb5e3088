/*
 * What services have of the phone (services/host), and what of services its keys open: Services, Directories, Messages, the help key, keys
 * of services beside the display; and what the idle phone shows. By the configuration, and with the phone's own lists.
 */
import type { DeskPhone } from "app/deskphone";
import { languages } from "base/languages";
import type { Menu, Shortcut } from "base/menu";
import type { Page } from "base/page";
import { Word } from "base/words";
import { CallState, type Clock, Key, type Network, type Pictures, type TimerHandle } from "hal/hardware";
import { encoded, schemeOf, withParameter } from "net/url";
import { ringerOff } from "phone/facts";
import { playService, sendService, stopService } from "phone/service-sound";
import type { ActionHost, ServiceDevice } from "services/host";
import { Services } from "services/services";
import { CallKind } from "settings/history";
import { Personal, PersonalMenu } from "settings/personal";
import { type NamedService, ServiceSettings, ServiceType, type ServiceValues } from "settings/service-settings";
import type { Store } from "settings/store";
import { Overlay } from "ui/overlay";

/** Seconds of rest at least until the idle page is fetched, whatever a configuration says. */
const leastRest = 5;
/** Line keys of a 7960; a 7971 has eight. */
const lineKeys7960 = 6;
/** Event of RFC 4733 behind those of keys: A to D. */
const firstLetter = 12;
/** How deep keys that URIs press may press others by the URIs of theirs. */
const pressesMost = 4;
const ownScheme = "application:cisco/";

/** Services by their names; one is opened when it is chosen. */
class ServiceMenu implements Menu {
	readonly locked = false;
	readonly dials = false;
	readonly title: string;
	private readonly list: readonly NamedService[];
	private readonly run: (url: string) => string;

	/** @param title of the list, and the name of a service without one. */
	constructor(title: string, list: readonly NamedService[], run: (url: string) => string) {
		this.title = title;
		this.list = list;
		this.run = run;
	}

	get count(): number {
		return this.list.length;
	}

	line(index: number): string {
		return this.list[index]?.name || this.title;
	}

	choose(index: number): string {
		return this.run(this.list[index]?.url ?? "");
	}
}

export class ServiceDesk implements ActionHost {
	readonly services: Services;
	readonly settings: ServiceSettings;
	private readonly personal: Personal;
	private readonly desk: DeskPhone;
	/** Waits for the time when it is, and when the phone was used last (ticks). */
	private restTimer: TimerHandle | undefined = undefined;
	private usedAt = 0;
	/** How deep in keys that URIs press. */
	private pressed = 0;

	constructor(desk: DeskPhone, store: Store) {
		this.desk = desk;
		this.settings = new ServiceSettings(store);
		this.personal = new Personal(store);
		this.services = new Services(this);
		desk.phone.service = (url) => this.open(url);
		desk.ui.used = () => this.used();
	}

	/** Takes what a configuration says. */
	configure(values: ServiceValues): void {
		this.settings.take(values);
		this.rest(this.settings.idleTimeout);
	}

	/** The phone ends: so do services. */
	stop(): void {
		this.rest(0);
		this.services.stop();
	}

	/** Looks in so many seconds whether the phone has been at rest, 0 for never. */
	private rest(seconds: number): void {
		this.clock.cancel(this.restTimer);
		this.restTimer = seconds === 0 ? undefined : this.clock.after(seconds * 1000, () => this.rested());
	}

	private rested(): void {
		const { services, settings } = this;
		const wanted = Math.max(settings.idleTimeout, leastRest);
		const left = wanted - Math.floor((this.clock.ticks - this.usedAt) / 1000);
		this.rest(left > 0 ? left : wanted);
		if (left > 0 || this.busy || services.session !== undefined || !this.desk.phone.registered) return;
		services.showIdle(this.named(settings.url("idleURL")));
	}

	/** A key, the hook or a call: what the idle phone shows gives way. */
	private used(): void {
		this.usedAt = this.clock.ticks;
		this.services.giveWay();
	}

	/** Opens a URI for the user. */
	private open(uri: string): string {
		this.services.giveWay();
		this.services.session?.beginAnew();
		const wrong = this.services.run(uri, 0);
		if (wrong !== "") this.notice(wrong);
		return wrong;
	}

	/** Opens a URL of the configuration: the phone tells its name there, as Cisco's do. */
	private openNamed(url: string): string {
		return this.open(this.named(url));
	}

	private named(url: string): string {
		const named = url.includes("#") || /[?&]name=/.test(url) || schemeOf(url) !== "http";
		return named ? url : withParameter(url, `name=${encoded(this.desk.device)}`);
	}

	/** Opens what there is for a key: Services, Messages, and help on the idle phone. @returns false where it has nothing to do with services. */
	opens(key: number): boolean {
		const opened = this.offered(key);
		const { ui } = this.desk;
		if (opened === undefined) return false;
		if (typeof opened === "string") return true;
		// the key closes again what it has opened
		if (ui.overlays.open === Overlay.menu && ui.overlays.menu?.title === opened.title) ui.closeOverlay();
		else ui.showMenu(opened);
		return true;
	}

	/** A list, '' where a service has been opened or it has been said why not, undefined where there is none. */
	private offered(key: number): Menu | string | undefined {
		switch (key) {
			case Key.services:
				return this.offer(Word.services, this.settings.list(ServiceType.services));
			case Key.messages: {
				const list = this.settings.list(ServiceType.messages);
				return this.offer(
					Word.messages,
					list.filter(({ url }) => !isOwn(url, "voicemail") && !isOwn(url, "messages")),
				);
			}
			case Key.help: {
				// in a call it tells of that
				const url = this.desk.phone.hasCalls ? "" : this.settings.url("informationURL");
				return url === "" ? undefined : this.openNamed(url);
			}
			default:
				return undefined;
		}
	}

	/** What the Directories key shows behind the lists of calls: the personal directory, and those of the configuration. */
	directories(): (Menu | Shortcut)[] {
		const items: (Menu | Shortcut)[] = [this.personalMenu()];
		for (const { name, url } of this.settings.list(ServiceType.directories)) {
			// those are there by themselves
			if (ownLists.some((own) => isOwn(url, own)) || isOwn(url, personal)) continue;
			items.push({ title: name || Word.corporateDirectory, go: () => this.openNamed(url) });
		}
		return items;
	}

	private personalMenu(): Menu {
		return new PersonalMenu(this.personal, (number) => this.dial(number));
	}

	/** One service is opened at once, of several one is chosen. */
	private offer(title: string, list: readonly NamedService[]): Menu | string | undefined {
		const [first] = list;
		if (first === undefined) return undefined;
		if (list.length > 1) return new ServiceMenu(title, list, (url) => this.openNamed(url));
		this.openNamed(first.url);
		return "";
	}

	get clock(): Clock {
		return this.desk.hardware.clock;
	}

	get pictures(): Pictures {
		return this.desk.hardware.pictures;
	}

	get sockets(): Network {
		return this.desk.hardware.network;
	}

	get device(): ServiceDevice {
		const { desk, settings } = this;
		const isLarge = desk.hardware.keypad.lineKeys > lineKeys7960;
		const { words } = desk.ui.screen.dictionary;
		const spoken = languages.find((language) => language.words === words);
		return {
			name: desk.device,
			model: isLarge ? "CP-7971G-GE" : "CP-7960G",
			display: isLarge ? "298, 168, 12, C" : "133, 65, 2, G",
			language: spoken?.codes.split(" ")[0] ?? "en",
			version: desk.version,
			proxy: settings.url("proxyServerURL"),
			typeOfService: settings.typeOfService,
		};
	}

	get busy(): boolean {
		const { phone, ui } = this.desk;
		return phone.hasCalls || phone.inUse || (ui.overlays.open !== Overlay.none && !this.services.unasked);
	}

	get talks(): boolean {
		return this.desk.phone.calls.live?.state === CallState.connected;
	}

	text(word: string): string {
		return this.desk.ui.screen.dictionary.expand(word);
	}

	show(page: Page): void {
		this.desk.ui.showPage(page);
	}

	pageChanged(): void {
		this.desk.ui.pageChanged();
	}

	hide(): void {
		this.desk.ui.closePage();
	}

	notice(text: string): void {
		if (!this.services.unasked) this.desk.notice(text);
	}

	status(text: string): void {
		this.desk.ui.setServiceStatus(text);
	}

	setRing(name: string): string {
		const { provisioning } = this.desk;
		if (provisioning === undefined || name === "") return Word.uriUnknown;
		provisioning.ringer.ring(name);
		return "";
	}

	/** The parts of the display have no picture behind them: 154 KB, drawn again under each change, are not worth it to a phone. */
	setBackground(_url: string): string {
		return Word.noBackground;
	}

	log(line: string): void {
		this.desk.log(line);
	}

	/** A softkey whose URI presses itself would be pressed for ever: keys press others only so often. */
	press(key: number): void {
		const pressed = this.pressed + 1;
		if (pressed > pressesMost) {
			this.log("services: keys of a page press one another without end: no more is pressed");
			return;
		}
		// a key that a page has pressed is none of that page's any more
		this.clock.after(0, () => {
			this.pressed = pressed;
			try {
				this.desk.ui.key(key, true);
			} finally {
				this.pressed = 0;
			}
		});
	}

	softkey(name: string): string {
		const { softkeys } = this.desk.ui.screen;
		const wanted = name.toLowerCase();
		const index = softkeys.findIndex((label) => label !== "" && label.toLowerCase() === wanted);
		if (index < 0) return Word.uriUnknown;
		this.press(Key.softkey1 + index);
		return "";
	}

	dial(number: string): string {
		const { phone, ui } = this.desk;
		const wrong = phone.dialler.dial(number);
		if (wrong === "") ui.closeOverlay();
		return wrong;
	}

	editDial(number: string): string {
		return this.desk.ui.collect(number);
	}

	sendDigit(event: number, heard: boolean): void {
		const { audio, phone } = this.desk;
		if (heard) audio.keyTone(event);
		const reference = phone.calls.live?.reference ?? 0;
		if (event < firstLetter) phone.sendDigit(event);
		else phone.media.sendEvent(reference, event);
	}

	play(file: string): string {
		const { phone, provisioning } = this.desk;
		if (provisioning === undefined) return Word.uriUnknown;
		if (file !== "" && phone.ringer.mode !== ringerOff) return Word.phoneBusy;
		provisioning.playFile(file);
		return "";
	}

	listen(group: number, port: number, percent: number): string {
		return playService(this.desk.phone, group, port, percent);
	}

	speak(address: number, port: number): string {
		return sendService(this.desk.phone, address, port);
	}

	silence(sent: boolean): void {
		stopService(this.desk.phone, sent);
		this.desk.ui.refresh();
	}

	own(name: string): string {
		const { desk } = this;
		const kind = ownLists.indexOf(name);
		if (kind >= 0) desk.ui.showMenu(desk.callMenu(kind));
		else if (name === personal) desk.ui.showMenu(this.personalMenu());
		else if (name === "corporatedirectory") {
			const url = this.settings.url("directoryURL");
			return url === "" ? Word.uriUnknown : this.openNamed(url);
		} else {
			const key = ownKey(name);
			if (key < 0) return Word.uriUnknown;
			this.press(key);
		}
		return "";
	}

	clearCalls(): void {
		const { history } = this.desk;
		for (const kind of [CallKind.missed, CallKind.received, CallKind.placed]) history.look(kind).clear();
		this.desk.ui.menuChanged();
	}

	wake(): void {
		this.desk.ui.dimmer.wake();
	}
}

/** Names of the lists of calls behind Application:Cisco/, by their kinds; and of what keys open. */
const personal = "personaldirectory";
const ownLists: readonly string[] = Object.freeze(["missedcalls", "receivedcalls", "placedcalls"]);
/** What opens by a key of the phone; -1 for nothing. A name from outside is never asked of an object: XS keeps each that is, for good. */
function ownKey(name: string): number {
	switch (name) {
		case "voicemail":
		case "messages":
			return Key.messages;
		case "services":
			return Key.services;
		case "directories":
			return Key.directories;
		case "settings":
			return Key.settings;
		default:
			return -1;
	}
}

function isOwn(url: string, name: string): boolean {
	return url.toLowerCase() === ownScheme + name;
}
