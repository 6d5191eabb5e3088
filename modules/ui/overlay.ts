/*
 * What may lie above the call plane: the number being collected on hook, call statistics, and the settings menu with its
 * pages. Lists are numbered; a number key jumps.
 */
import type { Menu } from "base/menu";
import { Word } from "base/words";
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

/** Phrase of the first table. */
const enterNumber = 32;
/** Titles of the settings that the user interface has itself, in order; others follow. */
const settings: readonly string[] = Object.freeze([Word.phoneInformation, Word.callStatistics]);
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
				screen.openOverlay(screen.dictionary.phrase(enterNumber), 1, -1);
				screen.setOverlayLine(0, this.digits);
				break;
			case Overlay.settings:
				screen.openOverlay(screen.dictionary.expand(Word.settings), this.count, this.selected);
				for (let i = 0; i < this.count; i += 1)
					screen.setOverlayLine(
						i,
						screen.dictionary.expand(`${i + 1} ${settings[i] ?? this.more[i - settings.length]?.title}`),
					);
				break;
			case Overlay.menu:
				this.drawMenu(screen, this.menu as Menu);
				break;
			case Overlay.editor:
				screen.openOverlay(screen.dictionary.expand(this.menu?.title ?? ""), 2, -1);
				screen.setOverlayLine(0, screen.dictionary.expand(this.menu?.line(this.selected) ?? ""));
				screen.setOverlayLine(1, screen.dictionary.expand(`${Word.newText} ${this.digits}`));
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
		const lock = menu.locked && !this.unlocked ? ` (${Word.locked})` : "";
		screen.openOverlay(
			screen.dictionary.expand(menu.title + lock),
			Math.max(count, 1),
			count === 0 ? -1 : this.selected,
		);
		if (count === 0) screen.setOverlayLine(0, screen.dictionary.expand(Word.none));
		for (let i = 0; i < count; i += 1) screen.setOverlayLine(i, `${i + 1} ${screen.dictionary.expand(menu.line(i))}`);
	}
}

/** Fills in a line in the user's language. */
function put(screen: ScreenValue, line: number, text: string): void {
	screen.setOverlayLine(line, screen.dictionary.expand(text));
}

function drawInformation(screen: ScreenValue, information: Information): void {
	const { dictionary } = screen;
	const { protocol } = information;
	screen.openOverlay(dictionary.expand(Word.phoneInformation), 6, -1);
	put(screen, 0, `${Word.device} ${information.device}`);
	put(screen, 1, `MAC ${information.mac}`);
	put(screen, 2, `${Word.address} ${information.address}`);
	put(screen, 3, `${Word.callAgent} ${information.callAgent}`);
	put(screen, 4, `${Word.sccpVersion} ${protocol === 0 ? Word.notAgreed : protocol}`);
	put(screen, 5, `Linnet ${information.version}`);
}

function codec(payloadType: number, packetTime: number): string {
	if (packetTime === 0) return Word.none;
	return `${codecName(payloadType)} ${packetTime} ms`;
}

/** Scores and ratios are counted in 1/10000. */
const unit = 10000;

/** A mean opinion score; nought until the first second of a call is over. */
function score(value: number): string {
	return value === 0 ? Word.noneYet : (value / unit).toFixed(2);
}

function drawStatistics(screen: ScreenValue, phone: Phone): void {
	phone.media.readLatest();
	const counters = phone.media.counters;
	const { dictionary } = screen;
	const value = (index: number): number => counters[index] ?? 0;
	const foreign = value(Statistic.packetsForeign);
	screen.openOverlay(dictionary.expand(Word.callStatistics), foreign > 0 ? 18 : 17, -1);
	put(
		screen,
		0,
		`${Word.receiverCodec} ${codec(value(Statistic.payloadTypeReceived), value(Statistic.packetTimeReceived))}`,
	);
	put(screen, 1, `${Word.senderCodec} ${codec(value(Statistic.payloadTypeSent), value(Statistic.packetTimeSent))}`);
	put(screen, 2, `${Word.receiverPackets} ${value(Statistic.packetsReceived)}`);
	put(screen, 3, `${Word.senderPackets} ${value(Statistic.packetsSent)}`);
	put(screen, 4, `${Word.averageJitter} ${value(Statistic.jitter) >>> 3} ms`);
	put(screen, 5, `${Word.maximumJitter} ${value(Statistic.jitterMaximum) >>> 3} ms`);
	put(screen, 6, `${Word.lostPackets} ${value(Statistic.packetsLost)}`);
	put(screen, 7, `${Word.discardedPackets} ${value(Statistic.packetsDiscarded) + value(Statistic.packetsLate)}`);
	put(screen, 8, `${Word.bufferDelay} ${value(Statistic.delay)} ms`);
	put(screen, 9, `${Word.roundTrip} ${value(Statistic.roundTrip)} ms`);
	put(screen, 10, `MOS LQK ${score(value(Statistic.mos))}`);
	put(screen, 11, `${Word.averageMos} ${score(value(Statistic.mosAverage))}`);
	put(screen, 12, `${Word.minimumMos} ${score(value(Statistic.mosMinimum))}`);
	put(screen, 13, `${Word.maximumMos} ${score(value(Statistic.mosMaximum))}`);
	put(screen, 14, `${Word.concealRatio} ${(value(Statistic.concealmentRatio) / unit).toFixed(4)}`);
	put(screen, 15, `${Word.concealSeconds} ${value(Statistic.concealedSeconds)}`);
	put(screen, 16, `${Word.severeConceal} ${value(Statistic.severelyConcealedSeconds)}`);
	// packets played of another address than the call agent has named
	if (foreign > 0) put(screen, 17, `${Word.otherAddress} ${foreign}`);
}
