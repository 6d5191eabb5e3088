/*
 * What may lie above the call plane: the number being collected on hook, call statistics, and the settings menu with its
 * pages. Lists are numbered; a number key jumps.
 */
import { Statistic } from "hal/hardware";
import type { Phone } from "phone/phone";
import type { ScreenValue } from "ui/screen";

export const Overlay = Object.freeze({ none: 0, collecting: 1, statistics: 2, settings: 3, information: 4 });

/** What the phone information page tells; asked for when the page is opened. */
export interface Information {
	readonly device: string;
	readonly mac: string;
	readonly address: string;
	readonly callAgent: string;
	/** SCCP version in force, 0 before one is agreed. */
	readonly protocol: number;
	readonly version: string;
}

/** Titles of the settings, in order. */
const settings: readonly string[] = Object.freeze(["Phone information", "Call statistics"]);
const pages: readonly number[] = Object.freeze([Overlay.information, Overlay.statistics]);

export class Overlays {
	/** What is open, a number of {@link Overlay}. */
	open: number = Overlay.none;
	/** Digits typed on hook. */
	digits = "";
	#selected = 0;
	/** True when the page was opened from the menu: leaving it goes back there. */
	#fromMenu = false;
	readonly #information: Information;

	constructor(information: Information) {
		this.#information = information;
	}

	show(overlay: number): void {
		this.open = overlay;
		this.#selected = 0;
		this.#fromMenu = false;
		if (overlay !== Overlay.collecting) this.digits = "";
	}

	/** One level up: from a page to the menu it was opened from, else closes. */
	back(): void {
		if (this.#fromMenu) this.show(Overlay.settings);
		else this.close();
	}

	close(): void {
		this.open = Overlay.none;
		this.digits = "";
		this.#fromMenu = false;
	}

	/** Moves the choice in a list; returns whether a list is open. */
	move(step: number): boolean {
		if (this.open !== Overlay.settings) return false;
		this.#selected = (this.#selected + step + settings.length) % settings.length;
		return true;
	}

	/** Opens the chosen item of a list, or item `number` counted from 1. */
	choose(number = this.#selected + 1): void {
		const overlay = this.open === Overlay.settings ? pages[number - 1] : undefined;
		if (overlay === undefined) return;
		this.show(overlay);
		this.#fromMenu = true;
	}

	/** Fills in the overlay of the screen. */
	draw(screen: ScreenValue, phone: Phone): void {
		switch (this.open) {
			case Overlay.collecting:
				screen.openOverlay("Enter number", 1, -1);
				screen.setOverlayLine(0, this.digits);
				break;
			case Overlay.settings:
				screen.openOverlay("Settings", settings.length, this.#selected);
				for (let i = 0; i < settings.length; i += 1) screen.setOverlayLine(i, `${i + 1} ${settings[i]}`);
				break;
			case Overlay.information:
				drawInformation(screen, this.#information);
				break;
			case Overlay.statistics:
				drawStatistics(screen, phone);
				break;
			default:
				screen.closeOverlay();
		}
	}
}

function drawInformation(screen: ScreenValue, information: Information): void {
	screen.openOverlay("Phone information", 6, -1);
	screen.setOverlayLine(0, `Device ${information.device}`);
	screen.setOverlayLine(1, `MAC ${information.mac}`);
	screen.setOverlayLine(2, `Address ${information.address}`);
	screen.setOverlayLine(3, `Call agent ${information.callAgent}`);
	screen.setOverlayLine(4, `SCCP version ${information.protocol === 0 ? "not agreed yet" : information.protocol}`);
	screen.setOverlayLine(5, `Linnet ${information.version}`);
}

function codec(payloadType: number, packetTime: number): string {
	if (packetTime === 0) return "None";
	const name = payloadType === 0 ? "G.711u" : payloadType === 8 ? "G.711a" : `type ${payloadType}`;
	return `${name} ${packetTime} ms`;
}

/** Scores and ratios are counted in 1/10000. */
const unit = 10000;

/** A mean opinion score; nought until the first second of a call is over. */
function score(value: number): string {
	return value === 0 ? "none yet" : (value / unit).toFixed(2);
}

function drawStatistics(screen: ScreenValue, phone: Phone): void {
	phone.media.readLatest();
	const counters = phone.media.counters;
	const value = (index: number): number => counters[index] ?? 0;
	screen.openOverlay("Call statistics", 17, -1);
	screen.setOverlayLine(
		0,
		`Rcvr codec ${codec(value(Statistic.payloadTypeReceived), value(Statistic.packetTimeReceived))}`,
	);
	screen.setOverlayLine(1, `Sender codec ${codec(value(Statistic.payloadTypeSent), value(Statistic.packetTimeSent))}`);
	screen.setOverlayLine(2, `Rcvr packets ${value(Statistic.packetsReceived)}`);
	screen.setOverlayLine(3, `Sender packets ${value(Statistic.packetsSent)}`);
	screen.setOverlayLine(4, `Avg jitter ${value(Statistic.jitter) >>> 3} ms`);
	screen.setOverlayLine(5, `Max jitter ${value(Statistic.jitterMaximum) >>> 3} ms`);
	screen.setOverlayLine(6, `Rcvr lost packets ${value(Statistic.packetsLost)}`);
	screen.setOverlayLine(7, `Rcvr discarded ${value(Statistic.packetsDiscarded) + value(Statistic.packetsLate)}`);
	screen.setOverlayLine(8, `Buffer delay ${value(Statistic.delay)} ms`);
	screen.setOverlayLine(9, `Round trip ${value(Statistic.roundTrip)} ms`);
	screen.setOverlayLine(10, `MOS LQK ${score(value(Statistic.mos))}`);
	screen.setOverlayLine(11, `Avg MOS LQK ${score(value(Statistic.mosAverage))}`);
	screen.setOverlayLine(12, `Min MOS LQK ${score(value(Statistic.mosMinimum))}`);
	screen.setOverlayLine(13, `Max MOS LQK ${score(value(Statistic.mosMaximum))}`);
	screen.setOverlayLine(14, `Conceal ratio ${(value(Statistic.concealmentRatio) / unit).toFixed(4)}`);
	screen.setOverlayLine(15, `Conceal seconds ${value(Statistic.concealedSeconds)}`);
	screen.setOverlayLine(16, `Severe conceal ${value(Statistic.severelyConcealedSeconds)}`);
}
