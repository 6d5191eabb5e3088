/*
 * Wi-Fi as a phone needs it: of the networks it knows it joins the one heard best, joins again when that is lost, and when there
 * is none to join it opens an access point of its own where a person enters one. Ethernet, where a cable is in, goes before it.
 */
import { Word } from "base/words";
import type { Doorway } from "hal/esp32s3/doorway";
import type { KnownNetwork, Networks } from "hal/esp32s3/networks";
import { PASSWORD_REFUSED, type Radio, RadioMode, type ScanRecord } from "hal/esp32s3/radio";
import type { Clock, ServerChoice, TimerHandle } from "hal/hardware";

/** Pauses between rounds through all that is known, in ms: the first, doubled up to the last. */
const FIRST_PAUSE = 1000;
const LAST_PAUSE = 60000;
/** How long a network may take to let the phone in, in ms: the SDK tries five times. */
const JOIN_TIMEOUT = 30000;
/** How long the radio may take to say that it has left a network, in ms. */
const LEAVE_TIMEOUT = 1000;
/** Without having joined any network for so long since the start, the access point opens, in ms. */
const SET_UP_AFTER = 180000;
/** Pause between rounds while the access point is open and nobody is on it, in ms: each takes the radio off its channel. */
const SET_UP_PAUSE = 60000;
/** An access point that a person opened closes again when nobody has come for so long, in ms. */
const SET_UP_TIMEOUT = 600000;
/** Networks shown to a person, the best heard. */
const MOST_FOUND = 12;
/** Below all that is heard. */
const UNHEARD = -1000;
/**
 * How long an access point may be silent before the network counts as lost, in s. Up to then calls and the registration go on;
 * with the loss lwIP ends the TCP connections of the address.
 */
const RIDE_OUT = 10;

/** A network heard by the latest scan. */
export interface Found {
	readonly ssid: string;
	/** dBm. */
	readonly rssi: number;
	readonly open: boolean;
}

const none: readonly Found[] = Object.freeze([]);

/** The page where a person enters a network; open while the access point is. */
export interface SetUpPage {
	open(): void;
	close(): void;
}

/** What does not change from phone to phone: a frozen object of a module, so that it lies in flash. */
export interface WifiIo {
	readonly radio: Radio;
	/** Has the radio stay in a network that it has not heard for so many seconds. */
	rideOut(seconds: number): void;
	/** Gives the station the name under which it asks for an address. */
	nameStation(): void;
	/** Name of the phone's own access point, and a password for it of 8 characters or more, asked for anew each time. */
	accessPoint(): string;
	key(): string;
	/** Where the page is: an IPv4 address or a name. */
	readonly host: string;
	/** Makes the page; it is there only while it is open, calls have the memory otherwise. */
	makePage(wifi: Wifi, options: WifiOptions): SetUpPage;
}

export interface WifiOptions {
	readonly io: WifiIo;
	readonly clock: Clock;
	readonly networks: Networks;
	/** Through which the page's guests come. */
	readonly doorway: Pick<Doorway, "listen">;
	readonly log: (line: string) => void;
}

export class Wifi {
	/** For the display: what is under way or wrong, '' while the phone is in a network or Ethernet serves it. */
	text = "";
	/** What the latest scan heard, the strongest first, each name once; empty unless the access point is open. */
	found: readonly Found[] = none;
	/** Told when {@link Wifi.text} is another, and when the phone is in a network. */
	listener: { troubleChanged(): void; connected(): void } | undefined = undefined;
	/** What servers a person may set with a network. */
	servers: ServerChoice | undefined = undefined;
	private readonly options: WifiOptions;
	/** Of the access point while it is open. */
	private name = "";
	private key = "";
	private started = false;
	/** Runs: joins networks, or has its access point open. */
	private running = false;
	/** Ethernet serves the phone: no network is joined, whatever is open for a person. */
	private suspended = false;
	/** Waits for the radio to be out of its network. */
	private left: (() => void) | undefined = undefined;
	private leftTimer: TimerHandle | undefined = undefined;
	private scanning = false;
	private joining: KnownNetwork | undefined = undefined;
	private joined: KnownNetwork | undefined = undefined;
	/** What this round has still to try. */
	private candidates: KnownNetwork[] = [];
	private heard: Found[] = [];
	private pause = FIRST_PAUSE;
	private timer: TimerHandle | undefined = undefined;
	private setUpTimer: TimerHandle | undefined = undefined;
	/** The network before the one being joined has still to say that it is left. */
	private leaving = false;
	private everJoined = false;
	private open = false;
	private page: SetUpPage | undefined = undefined;
	/** Devices on the access point. */
	private guests = 0;
	/** What was wrong with the network tried last. */
	private problem = "";
	/** Who wants to know what becomes of the network entered last, and what a scan hears. */
	private outcome: ((success: boolean) => void) | undefined = undefined;
	private looking: ((found: readonly Found[]) => void) | undefined = undefined;

	constructor(options: WifiOptions) {
		this.options = options;
	}

	/** Begins, once. */
	start(): void {
		const { io, networks } = this.options;
		const { radio } = io;
		new radio(undefined, (message, value) => this.notified(message, value ?? 0));
		radio.mode = RadioMode.station;
		this.started = true;
		if (this.suspended) return;
		this.running = true;
		if (networks.all.length === 0) {
			this.setUp();
			return;
		}
		this.helpLater();
		this.round();
	}

	/** Opens the access point by itself when no network has been joined for long. */
	private helpLater(): void {
		if (this.everJoined || this.setUpTimer !== undefined) return;
		this.setUpTimer = this.options.clock.after(SET_UP_AFTER, () => {
			this.setUpTimer = undefined;
			if (!this.everJoined && this.running) this.openAccessPoint("no network could be joined");
		});
	}

	/** Ethernet is to serve the phone: leaves the network and joins none. @param left is called once, when the radio is out of it. */
	suspend(left: () => void): void {
		const { clock, io } = this.options;
		this.suspended = true;
		this.left = left;
		clock.cancel(this.leftTimer);
		if (this.running) {
			const inside = this.joining !== undefined || this.joined !== undefined;
			this.leaving = this.leaving || inside;
			this.running = false;
			this.cancel();
			this.joining = undefined;
			this.joined = undefined;
			this.candidates = [];
			this.closeAccessPoint();
			io.radio.connect();
			this.say("");
		}
		if (this.leaving) this.leftTimer = clock.after(LEAVE_TIMEOUT, () => this.out());
		else this.out();
	}

	/** Ethernet's cable is out. */
	resume(): void {
		if (!this.suspended) return;
		this.suspended = false;
		this.left = undefined;
		this.options.clock.cancel(this.leftTimer);
		if (!this.started) return;
		this.running = true;
		this.pause = FIRST_PAUSE;
		if (this.options.networks.all.length === 0) {
			this.setUp();
			return;
		}
		this.helpLater();
		if (!this.busy) this.round();
	}

	/** The radio is out of the network it was in. */
	private out(): void {
		const left = this.left;
		this.leaving = false;
		this.left = undefined;
		this.options.clock.cancel(this.leftTimer);
		this.leftTimer = undefined;
		left?.();
	}

	/**
	 * Opens the access point and the page for a person who asks for it, or for a phone that knows no network.
	 * @returns '' or why that cannot be.
	 */
	setUp(): string {
		const { clock, networks } = this.options;
		this.running = true;
		clock.cancel(this.setUpTimer);
		this.setUpTimer = undefined;
		const refused = this.openAccessPoint(networks.all.length === 0 ? "no network is known" : "a person asks for it");
		// a phone that has no other network stays open for one
		if (networks.all.length > 0 || this.suspended) this.closeLater();
		return refused;
	}

	/** Closes what a person has opened when it has not been used for so long; under a guest it waits as long again. */
	private closeLater(): void {
		this.setUpTimer = this.options.clock.after(SET_UP_TIMEOUT, () => {
			this.setUpTimer = undefined;
			if (this.guests > 0) {
				this.closeLater();
				return;
			}
			this.leave();
		});
	}

	/** Closes the access point and goes on as before: no other network has been entered. */
	leave(): void {
		this.closeAccessPoint();
		if (this.suspended) this.running = false;
		else this.helpLater();
		this.tell();
		if (this.joined === undefined && !this.busy) this.round();
	}

	/** The network that a person need not enter again, '' where none is known. */
	get known(): string {
		return (this.joined ?? this.options.networks.all[0])?.ssid ?? "";
	}

	/** A person has entered a network: stores it and joins it. @returns '' or what is wrong. */
	enter(ssid: string, password: string): string {
		const problem = this.options.networks.add(ssid, password);
		if (problem === "") this.options.log(`Wi-Fi: ${ssid} is entered`);
		return problem;
	}

	/**
	 * Joins what was entered last: said when its page has been answered, since it closes the access point.
	 * @param done is told once whether that has been joined; true where Ethernet serves the phone, for it is joined when the cable is out.
	 */
	entered(done?: (success: boolean) => void): void {
		this.outcome = done;
		// it is among those that are tried at the start
		if (!this.started && !this.suspended) return;
		this.closeAccessPoint();
		this.cancel();
		if (this.suspended) {
			this.running = false;
			this.tell();
			this.end(true);
			return;
		}
		this.leaving = this.joined !== undefined;
		this.joined = undefined;
		this.problem = "";
		this.pause = FIRST_PAUSE;
		const { latest } = this.options.networks;
		this.candidates = latest === undefined ? [] : [latest];
		this.next();
	}

	private end(success: boolean): void {
		const { outcome } = this;
		this.outcome = undefined;
		outcome?.(success);
	}

	/** Hears anew what is there. @param done is told of it once, the strongest first; of nothing where the radio is at something else. */
	look(done?: (found: readonly Found[]) => void): void {
		if (!this.busy) this.round();
		if (this.scanning) this.looking = done ?? this.looking;
		else done?.(none);
	}

	/** Whether the phone is in a network, or needs none beside Ethernet. */
	get served(): boolean {
		return this.joined !== undefined || this.suspended;
	}

	private get busy(): boolean {
		return this.scanning || this.joining !== undefined;
	}

	/** Hears what is there, then tries what is known of it. */
	private round(): void {
		const { io, log } = this.options;
		if (!this.running || this.scanning) return;
		this.cancel();
		this.heard = [];
		try {
			io.radio.scan({}, (record) => this.scanned(record));
			this.scanning = true;
			this.tell();
		} catch (error) {
			log(`Wi-Fi: ${error}`);
			this.wait();
		}
	}

	private scanned(record: ScanRecord | null): void {
		if (record !== null) {
			this.hear(record);
			return;
		}
		const heard = this.heard;
		this.scanning = false;
		this.heard = [];
		if (this.open) this.found = heard;
		const { looking } = this;
		this.looking = undefined;
		looking?.(heard);
		if (!this.running || this.suspended || this.joined !== undefined || this.joining !== undefined) return;
		// those heard go before those that may be hidden
		const level = (ssid: string): number => heard.find((found) => found.ssid === ssid)?.rssi ?? UNHEARD;
		this.candidates = [...this.options.networks.all].sort((a, b) => level(b.ssid) - level(a.ssid));
		this.next();
	}

	private hear({ ssid, rssi, authentication }: ScanRecord): void {
		if (ssid === "") return;
		const heard = this.heard;
		const known = heard.findIndex((found) => found.ssid === ssid);
		if (known >= 0) {
			if ((heard[known] as Found).rssi >= rssi) return;
			heard.splice(known, 1);
		}
		const place = heard.findIndex((found) => found.rssi < rssi);
		heard.splice(place < 0 ? heard.length : place, 0, { ssid, rssi, open: authentication === "none" });
		if (heard.length > MOST_FOUND) heard.pop();
	}

	private next(): void {
		const { clock, io, log } = this.options;
		const network = this.candidates.shift();
		this.joining = network;
		if (network === undefined) {
			this.wait();
			return;
		}
		const { ssid, password } = network;
		this.tell();
		this.timer = clock.after(JOIN_TIMEOUT, () => this.failed(`${ssid}: ${Word.wifiSilent}`));
		try {
			io.nameStation();
			io.radio.connect(password === "" ? { ssid } : { ssid, password });
		} catch (error) {
			log(`Wi-Fi: ${error}`);
			this.failed(`${ssid}: ${Word.wifiNotJoined}`);
		}
	}

	private failed(problem: string): void {
		this.cancel();
		this.joining = undefined;
		if (this.problem !== problem) this.options.log(`Wi-Fi: ${problem}`);
		this.problem = problem;
		this.end(false);
		this.next();
	}

	/** All has been tried: pauses, longer each time. */
	private wait(): void {
		const { clock } = this.options;
		this.cancel();
		if (this.options.networks.all.length > 0) {
			const pause = this.open ? SET_UP_PAUSE : this.pause;
			this.pause = Math.min(this.pause * 2, LAST_PAUSE);
			this.timer = clock.after(pause, () => this.again());
		}
		this.tell();
	}

	/** Leaves a person at the page in peace. */
	private again(): void {
		this.timer = undefined;
		if (this.guests > 0) this.wait();
		else this.round();
	}

	private notified(message: string, value: number): void {
		switch (message) {
			case "connect":
				if (this.joining !== undefined) this.arrived(this.joining);
				break;
			case "disconnect":
				if (this.leaving) this.out();
				else if (this.joined !== undefined) this.lost(this.joined);
				else if (this.joining !== undefined) {
					const { ssid } = this.joining;
					this.failed(`${ssid}: ${value === PASSWORD_REFUSED ? Word.wifiPassword : Word.wifiAbsent}`);
				}
				break;
			case "station_connect":
				this.guests += 1;
				break;
			case "station_disconnect":
				this.guests = Math.max(this.guests - 1, 0);
				break;
		}
	}

	private arrived(network: KnownNetwork): void {
		this.cancel();
		this.joining = undefined;
		this.leaving = false;
		this.joined = network;
		this.everJoined = true;
		this.problem = "";
		this.pause = FIRST_PAUSE;
		this.candidates = [];
		this.options.log(`Wi-Fi: in ${network.ssid}`);
		try {
			this.options.io.rideOut(RIDE_OUT);
		} catch (error) {
			this.options.log(`Wi-Fi: ${error}`);
		}
		// one that opened for want of a network has served; a person's own stays until it is left
		if (this.setUpTimer === undefined) this.closeAccessPoint();
		else if (!this.open) {
			this.options.clock.cancel(this.setUpTimer);
			this.setUpTimer = undefined;
		}
		this.tell();
		this.listener?.connected();
		this.end(network === this.options.networks.latest);
	}

	/** Tries the same network at once, without the delay of a scan: most losses are short. */
	private lost(network: KnownNetwork): void {
		this.options.log(`Wi-Fi: ${network.ssid} is lost`);
		this.joined = undefined;
		this.candidates = [network];
		this.next();
	}

	/** @returns '' or why not. */
	private openAccessPoint(why: string): string {
		const { io, log } = this.options;
		if (this.open) return "";
		this.name = io.accessPoint();
		this.key = io.key();
		try {
			io.radio.accessPoint({ ssid: this.name, password: this.key, station: true });
		} catch (error) {
			log(`Wi-Fi: the access point cannot be opened: ${error}`);
			return `Wi-Fi: ${error instanceof Error ? error.message : error}`;
		}
		this.open = true;
		this.guests = 0;
		log(`Wi-Fi: ${this.name} is open for setting up: ${why}`);
		this.page = io.makePage(this, this.options);
		this.page.open();
		if (!this.busy) this.round();
		this.tell();
		return "";
	}

	private closeAccessPoint(): void {
		const { clock, io } = this.options;
		if (!this.open) return;
		clock.cancel(this.setUpTimer);
		this.setUpTimer = undefined;
		this.open = false;
		this.guests = 0;
		this.page?.close();
		this.page = undefined;
		this.found = none;
		io.radio.mode = RadioMode.station;
	}

	private cancel(): void {
		this.options.clock.cancel(this.timer);
		this.timer = undefined;
	}

	private tell(): void {
		if (this.open) this.say(`${this.name}, ${Word.wifiKey} ${this.key}, ${this.options.io.host}`);
		else if (!this.running || this.suspended || this.joined !== undefined) this.say("");
		else if (this.joining !== undefined) this.say(`${Word.wifiConnecting} ${this.joining.ssid}`);
		else if (this.problem !== "") this.say(`Wi-Fi: ${this.problem}`);
		else this.say(Word.wifiLooking);
	}

	private say(text: string): void {
		if (text === this.text) return;
		this.text = text;
		this.listener?.troubleChanged();
	}
}
