/*
 * What may lie above the call plane: the number being collected on hook, call statistics, and the settings menu with its
 * pages. Lists are numbered; a number key jumps.
 */
import type { Menu } from "base/menu";
import { Statistic } from "hal/hardware";
import { codecName } from "phone/media";
import type { Phone } from "phone/phone";
import type { ScreenValue } from "ui/screen";

export const Overlay = Object.freeze({
	none: 0,
	collecting: 1,
	statistics: 2,
	settings: 3,
	information: 4,
	menu: 5,
	editor: 6,
});

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

/** Titles of the settings that the user interface has itself, in order; others follow. */
const settings: readonly string[] = Object.freeze(["Phone information", "Call statistics"]);
const noMenus: readonly Menu[] = Object.freeze([]);
const pages: readonly number[] = Object.freeze([Overlay.information, Overlay.statistics]);

export class Overlays {
	/** What is open, a number of {@link Overlay}. */
	open: number = Overlay.none;
	/** Digits typed on hook, or the text being edited. */
	digits = "";
	/** True while items of locked menus can be changed. */
	unlocked = false;
	/** What is typed in a menu to unlock them. */
	password = "**#";
	private selected = 0;
	/** True when the page was opened from the menu: leaving it goes back there. */
	private fromMenu = false;
	private readonly information: Information;
	/** Makes the menus of the settings behind those of the user interface: they live while the settings are open. */
	private readonly make: () => readonly Menu[];
	private more: readonly Menu[] = noMenus;
	/** Menus that are open, each above the one it was opened from. */
	private readonly menus: Menu[] = [];
	/** The last keys that might be the password. */
	private typed = "";

	constructor(information: Information, make: () => readonly Menu[]) {
		this.information = information;
		this.make = make;
	}

	/** The menu that is open, or that is edited. */
	get menu(): Menu | undefined {
		return this.menus[this.menus.length - 1];
	}

	/** The number collected on hook, '' where none is: what is being edited is none. */
	get number(): string {
		return this.open === Overlay.collecting ? this.digits : "";
	}

	show(overlay: number): void {
		this.closeMenus();
		this.typed = "";
		if (overlay === Overlay.settings) this.more = this.make();
		this.open = overlay;
		this.selected = 0;
		this.fromMenu = false;
		if (overlay !== Overlay.collecting) this.digits = "";
	}

	/** Opens a menu, above what is open when that is a menu or the settings. */
	showMenu(menu: Menu): void {
		const within = this.open === Overlay.menu || this.open === Overlay.settings;
		const fromMenu = this.open === Overlay.menu ? this.fromMenu : this.open === Overlay.settings;
		if (!within) this.closeMenus();
		menu.open?.();
		this.menus.push(menu);
		this.open = Overlay.menu;
		this.selected = 0;
		this.fromMenu = fromMenu;
		this.digits = "";
	}

	/** One level up: from a page to the menu it was opened from, else closes. */
	back(): void {
		if (this.open === Overlay.editor) {
			this.open = Overlay.menu;
			this.digits = "";
			return;
		}
		if (this.open === Overlay.menu) {
			this.menus.pop()?.close?.();
			this.selected = 0;
			if (this.menus.length > 0) return;
		}
		if (this.fromMenu) this.show(Overlay.settings);
		else this.close();
	}

	close(): void {
		this.closeMenus();
		this.more = noMenus;
		this.open = Overlay.none;
		this.digits = "";
		this.typed = "";
		this.fromMenu = false;
	}

	/** Moves the choice in a list; returns whether a list is open. */
	move(step: number): boolean {
		const count = this.count;
		if (count === 0) return this.open === Overlay.menu;
		this.selected = (this.selected + step + count) % count;
		return true;
	}

	/**
	 * Opens the chosen item of a list, or item `number` counted from 1.
	 * @returns the number to dial where the item is one, '' otherwise; undefined when the menu is locked.
	 */
	choose(number = this.selected + 1): string | undefined {
		const index = number - 1;
		if (index < 0 || index >= this.count) return "";
		if (this.open === Overlay.settings) {
			const page = pages[index];
			if (page === undefined) this.showMenu(this.more[index - pages.length] as Menu);
			else {
				this.show(page);
				this.fromMenu = true;
			}
			return "";
		}
		this.selected = index;
		const menu = this.menu as Menu;
		if (menu.dials) return menu.number?.(index) ?? "";
		if (menu.locked && !this.unlocked) return undefined;
		const opened = menu.choose(index);
		if (typeof opened === "string") {
			this.open = Overlay.editor;
			this.digits = opened;
		} else if (opened !== undefined) this.showMenu(opened);
		return "";
	}

	/** Takes what has been edited. @returns '' or why it cannot be taken. */
	enter(): string {
		const wrong = this.menu?.enter(this.selected, this.digits) ?? "";
		if (wrong === "") this.back();
		return wrong;
	}

	/** Takes note of a key typed in a menu. @returns whether the password is complete with it. */
	unlock(character: string): boolean {
		const { password } = this;
		this.typed = (this.typed + character).slice(-password.length);
		return password !== "" && this.typed === password;
	}

	/** Items of the list that is open, 0 when none is. */
	private get count(): number {
		if (this.open === Overlay.settings) return settings.length + this.more.length;
		return this.open === Overlay.menu ? (this.menu?.count ?? 0) : 0;
	}

	private closeMenus(): void {
		for (let menu = this.menus.pop(); menu !== undefined; menu = this.menus.pop()) menu.close?.();
	}

	/** Fills in the overlay of the screen. */
	draw(screen: ScreenValue, phone: Phone): void {
		switch (this.open) {
			case Overlay.collecting:
				screen.openOverlay("Enter number", 1, -1);
				screen.setOverlayLine(0, this.digits);
				break;
			case Overlay.settings:
				screen.openOverlay("Settings", this.count, this.selected);
				for (let i = 0; i < this.count; i += 1)
					screen.setOverlayLine(i, `${i + 1} ${settings[i] ?? this.more[i - settings.length]?.title}`);
				break;
			case Overlay.menu:
				this.drawMenu(screen, this.menu as Menu);
				break;
			case Overlay.editor:
				screen.openOverlay(this.menu?.title ?? "", 2, -1);
				screen.setOverlayLine(0, this.menu?.line(this.selected) ?? "");
				screen.setOverlayLine(1, `New: ${this.digits}`);
				break;
			case Overlay.information:
				drawInformation(screen, this.information);
				break;
			case Overlay.statistics:
				drawStatistics(screen, phone);
				break;
			default:
				screen.closeOverlay();
		}
	}

	private drawMenu(screen: ScreenValue, menu: Menu): void {
		const { count } = menu;
		this.selected = Math.min(this.selected, Math.max(count - 1, 0));
		const lock = menu.locked && !this.unlocked ? " (locked)" : "";
		screen.openOverlay(menu.title + lock, Math.max(count, 1), count === 0 ? -1 : this.selected);
		if (count === 0) screen.setOverlayLine(0, "None");
		for (let i = 0; i < count; i += 1) screen.setOverlayLine(i, `${i + 1} ${screen.dictionary.expand(menu.line(i))}`);
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
	return `${codecName(payloadType)} ${packetTime} ms`;
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
	const foreign = value(Statistic.packetsForeign);
	screen.openOverlay("Call statistics", foreign > 0 ? 18 : 17, -1);
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
	// packets played of another address than the call agent has named
	if (foreign > 0) screen.setOverlayLine(17, `Other address ${foreign}`);
}
