/*
 * What the user has set, kept across boots as lines of text: volumes, ring, display, microphone, and the network and the call agent where they are set by
 * hand. A change is kept some seconds after the last one, so that a run of key presses wears the flash once.
 */
import type { Clock, StaticSettings, TimerHandle } from "hal/hardware";
import { automatic, greatestPort, highestVersion, lowestVersion, usualPort } from "settings/callagent";
import type { Store } from "settings/store";

/** Record of the settings. */
const key = "settings";
/** How long after the last change the settings are kept, in ms. */
const settleTime = 3000;
/** Greatest step of a volume. */
const loudest = 24;
const numbers: readonly [
	"ringer",
	"handset",
	"headset",
	"speaker",
	"bell",
	"brightness",
	"noiseReduction",
	"levelControl",
	"callAgentPort",
	"protocolVersion",
	"largerText",
	"highContrast",
	"keyTones",
] = Object.freeze([
	"ringer",
	"handset",
	"headset",
	"speaker",
	"bell",
	"brightness",
	"noiseReduction",
	"levelControl",
	"callAgentPort",
	"protocolVersion",
	"largerText",
	"highContrast",
	"keyTones",
]);
const least: readonly number[] = Object.freeze([-1, -1, -1, -1, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
const greatest: readonly number[] = Object.freeze([
	loudest,
	loudest,
	loudest,
	loudest,
	3,
	100,
	1,
	1,
	greatestPort,
	highestVersion,
	1,
	1,
	1,
]);
const texts: readonly ["callAgent", "events", "ring", "address", "mask", "router", "dns", "tftp1", "tftp2"] =
	Object.freeze(["callAgent", "events", "ring", "address", "mask", "router", "dns", "tftp1", "tftp2"]);

export class Settings {
	/** Volumes in steps 0-24, -1 as the phone comes. */
	ringer = -1;
	handset = -1;
	headset = -1;
	speaker = -1;
	/** Built-in bell 0-3. */
	bell = 0;
	/** File name of the ring, '' for the built-in bell. */
	ring = "";
	/** Percent of the display's light in use. */
	brightness = 100;
	/** What handset and headset send, with less noise and nearer to one level: 1 for on. */
	noiseReduction = 0;
	levelControl = 0;
	/** The display in larger letters, and in black and white; keys with a sound: 1 for on. */
	largerText = 0;
	highContrast = 0;
	keyTones = 0;
	/** Name or address of the call agent set by hand, '' for none; it goes before all others. */
	callAgent = "";
	/** Its TCP port. */
	callAgentPort = usualPort;
	/** The version of SCCP that is declared to it, 3-22; 0 leaves it to the phone. */
	protocolVersion = automatic;
	/** Who is told what happens on the phone, set by hand: a URL, or host and path of one; '' for whom the configuration names. */
	events = "";
	/** Address by DHCP; the four below count when it is not. */
	dhcp = true;
	address = "";
	mask = "";
	router = "";
	dns = "";
	/** Names or addresses of servers asked in place of those of DHCP, '' for none. */
	tftp1 = "";
	tftp2 = "";
	private readonly store: Store;
	private readonly clock: Clock;
	private timer: TimerHandle | undefined = undefined;

	/** Reads what has been kept. */
	constructor(store: Store, clock: Clock) {
		this.store = store;
		this.clock = clock;
		const text = store.read(key);
		if (text === undefined) return;
		for (let from = 0; from < text.length; ) {
			const end = text.indexOf("\n", from);
			this.setLine(text.slice(from, end < 0 ? text.length : end));
			from = end < 0 ? text.length : end + 1;
		}
	}

	/** Something was changed: all is kept before long. */
	changed(): void {
		this.clock.cancel(this.timer);
		this.timer = this.clock.after(settleTime, () => this.flush());
	}

	/** Keeps what has changed now. */
	flush(): void {
		if (this.timer === undefined) return;
		this.clock.cancel(this.timer);
		this.timer = undefined;
		this.store.write(key, this.text);
	}

	/** All of them as they are kept, a line each. */
	get text(): string {
		let text = `dhcp=${this.dhcp ? 1 : 0}\n`;
		for (let i = 0; i < numbers.length; i += 1) {
			const name = numbers[i] as (typeof numbers)[number];
			text += `${name}=${this[name]}\n`;
		}
		for (let i = 0; i < texts.length; i += 1) {
			const name = texts[i] as (typeof texts)[number];
			if (this[name] !== "") text += `${name}=${this[name]}\n`;
		}
		return text;
	}

	/** The ring that rings from now on, a file of the server. */
	keepRing(file: string): void {
		if (file === "" || file === this.ring) return;
		this.ring = file;
		this.changed();
	}

	/** Volume of a route (0 is the ringer) in steps, -1 when it was never kept. */
	volume(route: number): number {
		const name = numbers[route];
		return route < 4 && name !== undefined ? this[name] : -1;
	}

	/** Keeps the volume of a route (0 is the ringer). */
	keepVolume(route: number, step: number): void {
		const name = numbers[route];
		if (route >= 4 || name === undefined || this[name] === step) return;
		this[name] = step;
		this.changed();
	}

	/** 'host:port' of the call agent set by hand, '' for none. */
	get callAgentByHand(): string {
		return this.callAgent === "" ? "" : `${this.callAgent}:${this.callAgentPort}`;
	}

	/** Servers set by hand, in order. */
	get tftpServers(): string[] {
		const servers: string[] = [];
		if (this.tftp1 !== "") servers.push(this.tftp1);
		if (this.tftp2 !== "") servers.push(this.tftp2);
		return servers;
	}

	/** The address set by hand, undefined for DHCP. Servers set by hand are asked whatever the network says of servers. */
	get network(): StaticSettings | undefined {
		if (this.dhcp) return undefined;
		const { address, mask, router, dns } = this;
		return { address, mask, router, dns: dns === "" ? [] : [dns], domain: "", tftpAddresses: [] };
	}

	/** Sets what a line says; what it does not know or cannot use is left as it comes. */
	private setLine(line: string): void {
		const at = line.indexOf("=");
		const name = line.slice(0, at);
		const value = line.slice(at + 1);
		if (name === "dhcp") this.dhcp = value !== "0";
		for (let i = 0; i < numbers.length; i += 1) {
			const number = Number(value);
			if (numbers[i] === name && value !== "" && number >= (least[i] as number) && number <= (greatest[i] as number))
				this[numbers[i] as (typeof numbers)[number]] = Math.floor(number);
		}
		if (this.protocolVersion < lowestVersion) this.protocolVersion = automatic;
		for (let i = 0; i < texts.length; i += 1) if (texts[i] === name) this[texts[i] as (typeof texts)[number]] = value;
	}
}
