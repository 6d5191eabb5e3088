/*
 * Menus over the settings, in the order and the words of a Cisco phone's: ring, brightness, microphone, network
 * configuration, call agent, status, display and keys.
 */
import { Access } from "base/access";
import { parseAddress } from "base/address";
import { Entry, type Menu, type MenuList } from "base/menu";
import { Word } from "base/words";
import type { Audio, Lease } from "hal/hardware";
import type { PhoneNetwork } from "network/network";
import { hostProblem } from "settings/callagent";
import { CallAgentMenu } from "settings/callagent-menu";
import type { ServersHost } from "settings/server-choice";
import type { Settings } from "settings/settings";

/** What the menus work on. */
export interface MenuParts extends ServersHost {
	readonly settings: Settings;
	readonly audio: Audio;
	readonly network: PhoneNetwork;
	/** Undefined where there is no server to have rings from. */
	readonly rings: Rings | undefined;
	/** Sets the display's light, in percent. */
	setBrightness(percent: number): void;
	/** What the settings say of the display's letters and colours and of the keys' sounds is to be in force. */
	looksChanged(): void;
	/** Lines of the status page. */
	status(): readonly string[];
}

/** The menus in their order. */
const Setting = Object.freeze({
	ring: 0,
	brightness: 1,
	microphone: 2,
	network: 3,
	callAgent: 4,
	wifi: 5,
	status: 6,
	display: 7,
});
const titles: readonly string[] = Object.freeze([
	Word.ringType,
	Word.brightness,
	Word.microphone,
	Word.networkConfiguration,
	Word.callAgent,
	"Wi-Fi",
	Word.status,
	Word.displayAndKeys,
]);
const restricted: readonly number[] = Object.freeze([
	Setting.ring,
	Setting.brightness,
	Setting.microphone,
	Setting.display,
]);
const wired: readonly number[] = Object.freeze(
	titles.map((_, index) => index).filter((index) => index !== Setting.wifi),
);
const all: readonly number[] = Object.freeze(titles.map((_, index) => index));

/** The menus that a user has by a number of {@link Access}: a restricted one those of ring, light, microphone, display and keys. */
export class SettingsMenus implements MenuList {
	private readonly parts: MenuParts;
	private readonly settings: readonly number[];

	constructor(parts: MenuParts, access: number) {
		this.parts = parts;
		this.settings = access !== Access.full ? restricted : parts.network.hasWifi ? all : wired;
	}

	get count(): number {
		return this.settings.length;
	}

	title(index: number): string {
		return titles[this.settings[index] as number] as string;
	}

	menu(index: number): Menu {
		const { parts } = this;
		const { settings, audio, network, rings } = parts;
		switch (this.settings[index]) {
			case Setting.ring:
				return new RingMenu(settings, audio, rings);
			case Setting.brightness:
				return new BrightnessMenu(settings, () => parts.setBrightness(settings.brightness));
			case Setting.microphone:
				return new MicrophoneMenu(settings, audio);
			case Setting.network:
				return new NetworkMenu(settings, network, parts);
			case Setting.callAgent:
				return new CallAgentMenu(settings, () => parts.callAgentChanged());
			case Setting.wifi:
				return new WifiMenu(network);
			case Setting.display:
				return new DisplayMenu(settings, () => parts.looksChanged());
			default:
				return new StatusMenu(() => parts.status());
		}
	}
}

const bells = 4;

/** Where rings come from beside the built-in bells. */
export interface Rings {
	/** Rings of the server's list, numbered from 0; undefined until it has come. */
	readonly rings: { readonly count: number; name(index: number): string; file(index: number): string } | undefined;
	/** File that rings now, '' for a built-in bell. */
	readonly playing: string;
	/** Why the ring that was chosen last does not ring, '' where it does or has still to come. */
	readonly problem: string;
	/** Fetches the list, and lets go of it. */
	list(): void;
	forget(): void;
	/** Rings with a file as soon as it has come, or with a built-in bell, from now on. */
	ring(file: string): void;
	bell(bell: number): void;
}

/**
 * Built-in bells, and behind them the rings of the server. What rings is marked: a ring that has been chosen is not before it has come and
 * can be played, and only then is it kept ({@link Settings.keepRing}).
 */
export class RingMenu implements Menu {
	readonly title = Word.ringType;
	readonly locked = false;
	readonly dials = false;
	private readonly settings: Settings;
	private readonly audio: Audio;
	private readonly rings: Rings | undefined;

	constructor(settings: Settings, audio: Audio, rings: Rings | undefined) {
		this.settings = settings;
		this.audio = audio;
		this.rings = rings;
	}

	open(): void {
		this.rings?.list();
	}

	close(): void {
		this.rings?.forget();
	}

	get count(): number {
		return bells + (this.rings?.rings?.count ?? 0);
	}

	get inForce(): number {
		for (let i = 0; i < this.count; i += 1) if (this.rung(i)) return i;
		return 0;
	}

	line(index: number): string {
		const name = index < bells ? `${Word.bell} ${index + 1}` : (this.rings?.rings?.name(index - bells) ?? "");
		return this.rung(index) ? `${name} *` : name;
	}

	choose(index: number): string {
		const { audio, rings, settings } = this;
		const file = index < bells ? "" : (rings?.rings?.file(index - bells) ?? "");
		if (file !== "") {
			rings?.ring(file);
			return rings?.problem ?? "";
		}
		settings.ring = "";
		settings.bell = index;
		if (rings === undefined) audio.setBell(index);
		else rings.bell(index);
		settings.changed();
		return "";
	}

	/** Whether it is what rings. */
	private rung(index: number): boolean {
		const { rings, settings } = this;
		const file = rings?.playing ?? "";
		if (index < bells) return file === "" && settings.bell === index;
		return file !== "" && rings?.rings?.file(index - bells) === file;
	}
}

const levels = 5;

/** The display's light in use, in steps of a fifth. */
class BrightnessMenu implements Menu {
	readonly title = Word.brightness;
	readonly count = levels;
	readonly locked = false;
	readonly dials = false;
	private readonly settings: Settings;
	private readonly changed: () => void;

	/** @param changed sets the light by the settings. */
	constructor(settings: Settings, changed: () => void) {
		this.settings = settings;
		this.changed = changed;
	}

	get inForce(): number {
		return Math.min(Math.max(Math.ceil((this.settings.brightness * levels) / 100) - 1, 0), levels - 1);
	}

	line(index: number): string {
		const percent = percentOf(index);
		return `${percent} %${this.settings.brightness === percent ? " *" : ""}`;
	}

	choose(index: number): string {
		this.settings.brightness = percentOf(index);
		this.settings.changed();
		this.changed();
		return "";
	}
}

function percentOf(index: number): number {
	return ((index + 1) * 100) / levels;
}

/** Brings what the settings say of the microphone into force. */
export function setMicrophone(settings: Settings, audio: Audio): void {
	audio.setLevelControl(settings.levelControl === 1);
	if (audio.suppressesNoise) audio.setNoiseSuppression(settings.noiseReduction === 1);
}

/** Settings that are on (1) or off (0). */
type Switch = "levelControl" | "noiseReduction" | "largerText" | "highContrast" | "keyTones";

/** Switches, each of which turns over at once. */
class SwitchMenu implements Menu {
	readonly title: string;
	readonly count: number;
	readonly locked = false;
	readonly dials = false;
	private readonly settings: Settings;
	private readonly switches: readonly Switch[];
	private readonly names: readonly string[];
	private readonly changed: () => void;

	/** @param count of the switches that are shown. @param changed brings what the settings say into force. */
	constructor(
		settings: Settings,
		title: string,
		switches: readonly Switch[],
		names: readonly string[],
		count: number,
		changed: () => void,
	) {
		this.settings = settings;
		this.title = title;
		this.switches = switches;
		this.names = names;
		this.count = count;
		this.changed = changed;
	}

	line(index: number): string {
		return `${this.names[index]} ${this.settings[this.switches[index] as Switch] === 1 ? Word.on : Word.off}`;
	}

	choose(index: number): string {
		const { settings } = this;
		const item = this.switches[index] as Switch;
		settings[item] = settings[item] === 1 ? 0 : 1;
		this.changed();
		settings.changed();
		return "";
	}
}

const refinements: readonly Switch[] = Object.freeze(["levelControl", "noiseReduction"] as const);
const refinementNames: readonly string[] = Object.freeze([Word.levelControl, Word.noiseReduction]);

/** What becomes of the sound of handset and headset before it is sent. */
export class MicrophoneMenu extends SwitchMenu {
	constructor(settings: Settings, audio: Audio) {
		super(settings, Word.microphone, refinements, refinementNames, audio.suppressesNoise ? 2 : 1, () =>
			setMicrophone(settings, audio),
		);
	}
}

const looks: readonly Switch[] = Object.freeze(["largerText", "highContrast", "keyTones"] as const);
const lookNames: readonly string[] = Object.freeze([Word.largerText, Word.highContrast, Word.keyTones]);

/** How the display looks and whether keys are heard. */
class DisplayMenu extends SwitchMenu {
	/** @param changed brings what the settings say into force. */
	constructor(settings: Settings, changed: () => void) {
		super(settings, Word.displayAndKeys, looks, lookNames, looks.length, changed);
	}
}

const Item = Object.freeze({
	dhcp: 0,
	address: 1,
	mask: 2,
	router: 3,
	dns: 4,
	tftp1: 5,
	tftp2: 6,
	events: 7,
	count: 8,
});
const names: readonly string[] = Object.freeze([
	"DHCP",
	Word.address,
	Word.mask,
	Word.router,
	"DNS",
	"TFTP 1",
	"TFTP 2",
	Word.homeAutomation,
]);
const fields: readonly ["address", "mask", "router", "dns", "tftp1", "tftp2", "events"] = Object.freeze([
	"address",
	"mask",
	"router",
	"dns",
	"tftp1",
	"tftp2",
	"events",
]);

/** Address and servers: as DHCP gave them, or set by hand once the menu is unlocked; and who in the house is told what happens. */
class NetworkMenu implements Menu {
	readonly title = Word.networkConfiguration;
	readonly count = Item.count;
	readonly locked = true;
	readonly dials = false;
	private readonly settings: Settings;
	private readonly network: PhoneNetwork;
	private readonly host: ServersHost;

	constructor(settings: Settings, network: PhoneNetwork, host: ServersHost) {
		this.settings = settings;
		this.network = network;
		this.host = host;
	}

	line(index: number): string {
		const value = index === Item.dhcp ? (this.settings.dhcp ? Word.yes : Word.no) : this.value(index);
		return `${names[index]} ${value}`;
	}

	text(index: number): string | undefined {
		return index >= Item.tftp1 || (index > Item.dhcp && !this.settings.dhcp) ? this.value(index) : undefined;
	}

	entry(index: number): number {
		if (index === Item.events) return Entry.text;
		return index < Item.tftp1 ? Entry.address : Entry.host;
	}

	/** DHCP turns over at once; where it is on, address to DNS are what it gives. */
	choose(index: number): string {
		const settings = this.settings;
		if (index !== Item.dhcp) return `${Word.dhcpFirst} ${names[index]}`;
		let wrong = "";
		if (settings.dhcp) {
			// what DHCP gave is where editing begins
			for (let i = Item.address; i < Item.tftp1; i += 1) this.set(i, this.value(i));
			settings.dhcp = false;
			wrong = this.network.configure(settings.network);
			settings.dhcp = wrong !== "";
		} else {
			wrong = this.network.configure(undefined);
			settings.dhcp = wrong === "";
		}
		if (wrong === "") settings.changed();
		return wrong === "" ? "" : `DHCP ${settings.dhcp ? Word.yes : Word.no}: ${wrong}`;
	}

	/** @returns '' or why the text cannot be taken. */
	enter(index: number, text: string): string {
		const settings = this.settings;
		const optional = index >= Item.router;
		if (!(optional && text === "")) {
			const problem = this.problem(index, text);
			if (problem !== "") return problem;
		}
		const before = this.value(index);
		this.set(index, text);
		const wrong = settings.dhcp || index >= Item.tftp1 ? "" : this.network.configure(settings.network);
		if (wrong !== "") {
			this.set(index, before);
			return wrong;
		}
		settings.changed();
		if (index === Item.events) this.host.eventsChanged();
		else if (index >= Item.tftp1) this.host.serversChanged();
		return "";
	}

	private problem(index: number, text: string): string {
		if (index === Item.events) return this.host.eventsProblem(text);
		if (index >= Item.tftp1) return hostProblem(text);
		return parseAddress(text) < 0 ? `${Word.notAddress} ${text}` : "";
	}

	private set(index: number, text: string): void {
		const field = fields[index - Item.address];
		if (field !== undefined) this.settings[field] = text;
	}

	private value(index: number): string {
		const settings = this.settings;
		const field = fields[index - Item.address];
		if (field === undefined) return "";
		if (!settings.dhcp || index >= Item.tftp1) return settings[field];
		const { lease } = this.network;
		return lease === undefined ? "" : leased(lease, index);
	}
}

/** Opens the set-up page for a Wi-Fi network, and tells where it is. */
export class WifiMenu implements Menu {
	readonly title = "Wi-Fi";
	readonly count = 1;
	readonly locked = true;
	readonly dials = false;
	private readonly network: PhoneNetwork;

	constructor(network: PhoneNetwork) {
		this.network = network;
	}

	line(): string {
		return this.network.trouble || Word.otherNetwork;
	}

	choose(): string {
		return this.network.setUp();
	}
}

function leased(lease: Lease, index: number): string {
	switch (index) {
		case Item.address:
			return lease.address;
		case Item.mask:
			return lease.mask;
		case Item.router:
			return lease.router;
		default:
			return lease.dns[0] ?? "";
	}
}

/** Lines that tell how things stand, asked for each time they are shown. */
class StatusMenu implements Menu {
	readonly title = Word.status;
	readonly locked = false;
	readonly dials = false;
	private readonly lines: () => readonly string[];

	constructor(lines: () => readonly string[]) {
		this.lines = lines;
	}

	get count(): number {
		return this.lines().length;
	}

	line(index: number): string {
		return this.lines()[index] ?? "";
	}

	choose(): string {
		return "";
	}
}
