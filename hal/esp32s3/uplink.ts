/*
 * The phone's way to its network: Ethernet while a cable has link, else Wi-Fi.
 */
import type { EthernetDescription } from "hal/esp32s3/board";
import type { Wifi } from "hal/esp32s3/wifi";
import type { Clock } from "hal/hardware";

/** The driver of a board's Ethernet. */
export interface EthernetDriver {
	startEthernet(pins: EthernetDescription, changed: () => void): string;
	hasLink(): boolean;
}

/** How long a cable has to get link at the start before Wi-Fi is asked, in ms: the chip agrees on a speed first. */
const LINK_PATIENCE = 4000;

export interface UplinkOptions {
	/** Undefined on a board with Wi-Fi alone. */
	readonly pins: EthernetDescription | undefined;
	readonly driver: EthernetDriver;
	readonly wifi: Pick<Wifi, "start" | "suspend" | "resume" | "setUp" | "text">;
	readonly clock: Pick<Clock, "after">;
	readonly log: (line: string) => void;
}

export class Uplink {
	readonly #options: UplinkOptions;
	/** Wi-Fi starts when it is wanted for the first time. */
	#started = false;

	constructor(options: UplinkOptions) {
		this.#options = options;
	}

	/** Begins, once. */
	start(): void {
		const { clock, driver, log, pins } = this.#options;
		const problem = pins === undefined ? "" : driver.startEthernet(pins, () => this.linkChanged());
		if (problem !== "") log(`Ethernet: ${problem}; going on with Wi-Fi`);
		if (pins === undefined || problem !== "") this.startWifi();
		else
			clock.after(LINK_PATIENCE, () => {
				if (!driver.hasLink()) this.startWifi();
			});
	}

	/** What is under way or wrong, for the display; '' when nothing is to be said. */
	get text(): string {
		return this.#options.wifi.text;
	}

	/** A person wants to enter a Wi-Fi network. */
	setUp(): void {
		this.startWifi();
		this.#options.wifi.setUp();
	}

	private linkChanged(): void {
		const { driver, log, wifi } = this.#options;
		const link = driver.hasLink();
		log(`Ethernet: ${link ? "link" : "no link"}`);
		if (link) wifi.suspend();
		else if (this.#started) wifi.resume();
		else this.startWifi();
	}

	private startWifi(): void {
		if (this.#started) return;
		this.#started = true;
		this.#options.wifi.start();
	}
}
