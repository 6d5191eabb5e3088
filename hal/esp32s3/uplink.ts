/*
 * The phone's way to its network: Ethernet while a cable has link, else Wi-Fi where there is any.
 */
import { Word } from "base/words";
import type { EthernetDescription } from "hal/esp32s3/board";
import type { Wifi } from "hal/esp32s3/wifi";
import type { Clock, ServerChoice } from "hal/hardware";

/** The driver of a board's Ethernet. */
export interface EthernetDriver {
	/** Undefined on a board with Wi-Fi alone. */
	readonly pins: EthernetDescription | undefined;
	startEthernet(pins: EthernetDescription, changed: () => void): string;
	hasLink(): boolean;
}

/** How long a cable has to get link at the start before Wi-Fi is asked, in ms: the chip agrees on a speed first. */
const LINK_TIMEOUT = 4000;

type UplinkWifi = Pick<Wifi, "start" | "suspend" | "resume" | "setUp" | "servers" | "text">;

export class Uplink {
	private readonly driver: EthernetDriver;
	private readonly wifi: UplinkWifi | undefined;
	private readonly clock: Pick<Clock, "after">;
	private readonly log: (line: string) => void;
	/** Told when Ethernet has link and Wi-Fi has left its network: the two have one MAC address. And of other words for {@link text}. */
	listener: { connected(): void; troubleChanged(): void } | undefined = undefined;
	/** Wi-Fi starts when it is wanted for the first time. */
	private started = false;
	/** Why there is no Ethernet. */
	private problem = "";

	/** @param wifi left out where the chip has no radio. */
	constructor(
		driver: EthernetDriver,
		wifi: UplinkWifi | undefined,
		clock: Pick<Clock, "after">,
		log: (line: string) => void,
	) {
		this.driver = driver;
		this.wifi = wifi;
		this.clock = clock;
		this.log = log;
	}

	/** Begins, once. */
	start(): void {
		const driver = this.driver;
		const { pins } = driver;
		const problem = pins === undefined ? "" : driver.startEthernet(pins, () => this.linkChanged());
		this.problem = problem;
		if (problem !== "") this.log(`Ethernet: ${problem}; going on ${this.hasWifi ? "with Wi-Fi" : "without"}`);
		if (pins === undefined || problem !== "") this.startWifi();
		else
			this.clock.after(LINK_TIMEOUT, () => {
				if (driver.hasLink()) return;
				this.startWifi();
				if (!this.hasWifi) this.listener?.troubleChanged();
			});
	}

	get hasWifi(): boolean {
		return this.wifi !== undefined;
	}

	/** What is under way or wrong, for the display; '' when nothing is to be said. */
	get text(): string {
		if (this.wifi !== undefined) return this.wifi.text;
		if (this.problem !== "") return `Ethernet: ${this.problem}`;
		return this.started && !this.driver.hasLink() ? `Ethernet: ${Word.noLink}` : "";
	}

	/** What servers a person may set with a Wi-Fi network. */
	offer(servers: ServerChoice): void {
		if (this.wifi !== undefined) this.wifi.servers = servers;
	}

	/** A person wants to enter a Wi-Fi network. @returns '' or why that cannot be. */
	setUp(): string {
		this.startWifi();
		return this.wifi?.setUp() ?? "";
	}

	private linkChanged(): void {
		const wifi = this.wifi;
		const link = this.driver.hasLink();
		this.log(`Ethernet: ${link ? "link" : Word.noLink}`);
		if (!link) {
			wifi?.resume();
			this.startWifi();
		} else if (wifi === undefined) this.listener?.connected();
		else
			wifi.suspend(() => {
				if (this.driver.hasLink()) this.listener?.connected();
			});
		if (wifi === undefined) this.listener?.troubleChanged();
	}

	private startWifi(): void {
		if (this.started) return;
		this.started = true;
		this.wifi?.start();
	}
}
