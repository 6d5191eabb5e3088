/*
 * What may lie above the call plane: the number being collected on hook, call statistics, and the settings menu with its
 * pages. Lists are numbered; a number key jumps.
 */
import { Entry, type Menu, type MenuList } from "base/menu";
import type { Page } from "base/page";
import { Word } from "base/words";
import { type Clock, type Display, Key } from "hal/hardware";
import { dialable } from "phone/digits";
import type { Phone } from "phone/phone";
import type { Dictionary } from "ui/dictionary";
import { ItemNumber } from "ui/item-number";
import { PageText, type TextMeasure } from "ui/page-text";
import type { ScreenValue } from "ui/screen";
import { type Information, informationCount, informationLine, statisticsCount, statisticsLine } from "ui/texts";
import { Typing } from "ui/typing";

export const Overlay = Object.freeze({
	none: 0,
	collecting: 1,
	statistics: 2,
	settings: 3,
	information: 4,
	menu: 5,
	editor: 6,
	/** Of another room. */
	page: 7,
	/** About what is chosen. */
	help: 8,
});

/** Phrase of the first table. */
const enterNumber = 32;
/** Titles of the settings that the user interface has itself, in order, behind the others. */
const pageTitles: readonly string[] = Object.freeze([Word.phoneInformation, Word.callStatistics]);
const usualPassword = "**#";
/** Characters of a text being edited that are shown, its last ones. */
const visible = 28;
const pages: readonly number[] = Object.freeze([Overlay.information, Overlay.statistics]);

export class Overlays implements TextMeasure {
	/** What is open, a number of {@link Overlay}. */
	open: number = Overlay.none;
	/** Digits typed on hook, or the text being edited. */
	digits = "";
	/** True while items of locked menus can be changed. */
	unlocked = false;
	/** What is typed in a menu to unlock them. */
	password = usualPassword;
	private selected = 0;
	/** The line with which a page of text begins, as far as it has been scrolled. */
	private first = 0;
	/** Lines of the page as drawn last; 0 while none is open. */
	private length = 0;
	/** Whether a key has moved the choice since the list was opened: until then it stands on what is in force. */
	private moved = false;
	/** Where the choice stands in the settings, and in each menu below the one that is open. */
	private place = 0;
	private places: number[] | undefined = undefined;
	/** What has been typed of an item's number, in a long list. */
	private itemNumber: ItemNumber | undefined = undefined;
	/** How the text is typed that is being edited. */
	private typing: Typing | undefined = undefined;
	/** What help is told above of, and the statistics behind it: both go back there. A number of {@link Overlay}. */
	private below: number = Overlay.none;
	/** Title and lines of the help that is open. */
	private helpTitle = "";
	private helpText: PageText | undefined = undefined;
	/** True when the page was opened from the menu: leaving it goes back there. */
	private fromMenu = false;
	readonly information: Information;
	private readonly display: Pick<Display, "rows" | "fits">;
	private readonly dictionary: Dictionary;
	/** Lists the menus of the settings while these are open. */
	private readonly make: () => MenuList;
	private more: MenuList | undefined = undefined;
	/** The page of another room, which lies behind all else that is opened, and behind calls, until it is left. */
	private shownPage: Page | undefined = undefined;
	/** The key that has opened what a server has for it last, 0 for none. */
	opener = 0;
	/** Its lines, where it is a text that is wrapped. */
	private text: PageText | undefined = undefined;
	/** Menus that are open, each above the one it was opened from. */
	private readonly menus: Menu[] = [];
	/** The last keys that might be the password. */
	private secret = "";

	constructor(
		information: Information,
		display: Pick<Display, "rows" | "fits">,
		dictionary: Dictionary,
		make: () => MenuList,
	) {
		this.information = information;
		this.dictionary = dictionary;
		this.display = display;
		this.make = make;
	}

	/** The menu that is open, or that is edited. */
	get menu(): Menu | undefined {
		return this.menus[this.menus.length - 1];
	}

	/** The page of another room that is open, in front or behind. */
	get page(): Page | undefined {
		return this.shownPage;
	}

	/** Opens a page in place of the one before: in front of all, or, `behind`, where that one is not in front, as one that waits for its turn. */
	showPage(page: Page, behind: boolean): void {
		const before = this.shownPage;
		const waits = behind && this.open !== Overlay.page;
		if (!waits) this.close();
		this.shownPage = page;
		if (page !== before) {
			this.text = page.wraps ? new PageText(page) : undefined;
			if (!waits) this.select(0);
			before?.closed();
		}
		if (!waits) this.bringPage();
	}

	/** Brings the page that is open to the front, its lines counted anew. */
	bringPage(): void {
		this.close();
		this.open = Overlay.page;
		this.measurePage();
	}

	/** Works out how many lines the page has, which has changed. */
	measurePage(): void {
		this.text?.measure(this);
	}

	/** Lets the page go. */
	closePage(): void {
		const page = this.shownPage;
		if (this.open === Overlay.page) this.open = Overlay.none;
		this.shownPage = undefined;
		this.text = undefined;
		this.length = 0;
		page?.closed();
	}

	/** Tells something of what is chosen, in paragraphs that are wrapped. It lies above the list that is open. */
	showHelp(title: string, paragraphs: readonly string[]): void {
		this.forgetNumber();
		if (this.open !== Overlay.help) this.below = this.open;
		this.open = Overlay.help;
		this.helpTitle = title;
		this.helpText = new PageText({ count: paragraphs.length, line: (index) => paragraphs[index] ?? "" });
		this.helpText.measure(this);
		this.first = 0;
	}

	/** Goes on from help to the call statistics. */
	showStatistics(): void {
		if (this.open !== Overlay.help) this.below = this.open;
		this.open = Overlay.statistics;
		this.helpText = undefined;
		this.first = 0;
	}

	/** The title and the text of the item that is chosen in a list, undefined while none is open. */
	get chosenText(): readonly [title: string, text: string] | undefined {
		const { menu, open, settled, shownPage } = this;
		if (open === Overlay.settings) return [Word.settings, this.titleOf(settled)];
		if (open === Overlay.menu && menu !== undefined && menu.count > 0) return [menu.title, menu.line(settled)];
		if (open !== Overlay.page || shownPage === undefined || shownPage.selected < 0) return undefined;
		return [shownPage.title, shownPage.line(shownPage.selected)];
	}

	/** Whether what is open is a page of text of the phone's own, over which a call has its softkeys. */
	get telling(): boolean {
		const { open } = this;
		return open === Overlay.statistics || open === Overlay.information || open === Overlay.help;
	}

	/** The number that goes with a call which begins now: collected on hook, or chosen on a page; '' where there is none. */
	get number(): string {
		if (this.open === Overlay.page) return dialable(this.shownPage?.number ?? "");
		return this.open === Overlay.collecting ? this.digits : "";
	}

	show(overlay: number): void {
		this.closeMenus();
		this.below = Overlay.none;
		this.secret = "";
		if (overlay === Overlay.settings) this.more = this.make();
		this.open = overlay;
		this.select(0);
		this.fromMenu = false;
		if (overlay !== Overlay.collecting) this.digits = "";
	}

	/** Opens a menu, above what is open when that is a menu or the settings. */
	showMenu(menu: Menu): void {
		const within = this.open === Overlay.menu || this.open === Overlay.settings;
		const fromMenu = this.open === Overlay.menu ? this.fromMenu : this.open === Overlay.settings;
		if (!within) this.closeMenus();
		menu.open?.();
		if (this.open === Overlay.menu) {
			this.places ??= [];
			this.places.push(this.selected);
		}
		this.menus.push(menu);
		this.open = Overlay.menu;
		this.select(0);
		this.moved = false;
		this.fromMenu = fromMenu;
		this.digits = "";
	}

	/** One level up: from a page to the menu it was opened from, else closes. */
	back(): void {
		if (this.open === Overlay.page) {
			if (this.shownPage?.back() !== true) this.closePage();
			return;
		}
		if (this.below !== Overlay.none) {
			this.open = this.below;
			this.below = Overlay.none;
			this.helpText = undefined;
			this.length = 0;
			return;
		}
		if (this.open === Overlay.editor) {
			this.open = Overlay.menu;
			this.digits = "";
			this.typing = undefined;
			return;
		}
		if (this.open === Overlay.menu) {
			this.menus.pop()?.close?.();
			this.select(this.places?.pop() ?? 0);
			if (this.menus.length > 0) return;
		}
		if (!this.fromMenu) {
			this.close();
			return;
		}
		this.show(Overlay.settings);
		this.select(Math.min(this.place, this.count - 1));
	}

	fits(text: string, from: number): number {
		return this.display.fits(text, from);
	}

	expand(text: string): string {
		return this.dictionary.expand(text);
	}

	/** The picture of the page in front was touched, at this point in pixels of its file. */
	point(x: number, y: number): void {
		if (this.open === Overlay.page) this.shownPage?.point?.(x, y);
	}

	/** Offers a key to the page in front. @returns whether it has done something with it. */
	pageKey(key: number, ticks: number): boolean {
		const page = this.open === Overlay.page ? this.shownPage : undefined;
		const offered =
			key <= Key.pound || (key >= Key.up && key <= Key.select) || (key >= Key.messages && key <= Key.help);
		return page !== undefined && offered && page.key(key, ticks);
	}

	/**
	 * Takes a number key in a list. @param settled is told later of an item, counted from 1, whose number might have gone on.
	 * @returns the item that is to be chosen now, counted from 1; 0 where another digit may follow; -1 where there is no such item.
	 */
	press(digit: number, clock: Clock, settled: (number: number) => void): number {
		const { count } = this;
		if (count > 9) this.itemNumber ??= new ItemNumber(clock, (index) => settled(index + 1));
		const index = this.itemNumber?.press(digit, count) ?? digit - 1;
		if (index < 0 || index >= count) return -1;
		if (this.itemNumber?.waits !== true) return index + 1;
		this.put(index);
		return 0;
	}

	private select(index: number): void {
		this.forgetNumber();
		this.put(index);
	}

	private forgetNumber(): void {
		this.itemNumber?.stop();
		this.itemNumber = undefined;
	}

	private put(index: number): void {
		this.selected = index;
		this.moved = true;
		this.first = 0;
		this.length = 0;
	}

	close(): void {
		this.closeMenus();
		this.below = Overlay.none;
		this.helpText = undefined;
		this.more = undefined;
		this.open = Overlay.none;
		this.length = 0;
		this.digits = "";
		this.secret = "";
		this.fromMenu = false;
	}

	/** Moves the choice in a list, or scrolls a page of text; returns whether one is open. */
	move(step: number): boolean {
		const count = this.count;
		if (count === 0) return this.scroll(step) || this.open === Overlay.menu || this.open === Overlay.page;
		this.settle();
		this.select((this.selected + step + count) % count);
		return true;
	}

	/** Moves a list or a page of text by what is in view, backwards or on; returns whether one is open. */
	turn(direction: number): boolean {
		const page = this.open === Overlay.page ? this.shownPage : undefined;
		if (page !== undefined && page.selected >= 0) {
			this.turnPage(page, direction);
			return true;
		}
		const count = this.count;
		if (count === 0) return this.scroll(direction * this.display.rows(false));
		this.settle();
		this.select(this.turned(this.selected, count, direction));
		return true;
	}

	/** Where the choice goes when a list is turned over: to the first item that comes into view, or to the end of the list. */
	private turned(selected: number, count: number, direction: number): number {
		const rows = this.display.rows(true);
		const top = selected - (selected % rows) + direction * rows;
		return top < 0 ? 0 : Math.min(top, count - 1);
	}

	/** The choice of a page goes by its own keys. */
	private turnPage(page: Page, direction: number): void {
		const { count, selected } = page;
		const steps = this.turned(selected, count, direction) - selected;
		for (let i = Math.abs(steps); i > 0; i -= 1) page.key(steps < 0 ? Key.up : Key.down, 0);
	}

	private scroll(step: number): boolean {
		if (this.length === 0) return false;
		this.first += step;
		return true;
	}

	/**
	 * Opens the chosen item of a list, or item `number` counted from 1.
	 * @returns the number to dial where the item is one, else '' or why nothing comes of it; undefined where there is no such item.
	 */
	choose(number = this.settled + 1): string | undefined {
		const page = this.open === Overlay.page ? this.shownPage : undefined;
		if (page !== undefined) {
			if (page.selected >= 0) page.choose(page.selected);
			return page.selected >= 0 ? "" : undefined;
		}
		const index = number - 1;
		if (index < 0 || index >= this.count) return undefined;
		if (this.open === Overlay.settings) {
			this.place = index;
			const { menuCount } = this;
			if (index < menuCount) this.showMenu((this.more as MenuList).menu(index));
			else {
				this.show(pages[index - menuCount] as number);
				this.fromMenu = true;
			}
			return "";
		}
		this.select(index);
		const menu = this.menu as Menu;
		if (menu.dials) return menu.number?.(index) ?? "";
		if (menu.locked && !this.unlocked) return lockedText(this.password);
		const text = menu.text?.(index);
		if (text !== undefined) {
			this.open = Overlay.editor;
			this.digits = text;
			this.typing = new Typing(menu.entry?.(index) ?? Entry.address, text);
			return "";
		}
		const opened = menu.choose(index);
		if (opened === "" && menu.asks) this.back();
		if (typeof opened === "string") return opened;
		this.showMenu(opened);
		return "";
	}

	/** Opens what else there is to be known of the chosen item; returns whether there is anything. */
	details(): boolean {
		const { menu } = this;
		if (this.count === 0 || menu?.details === undefined) return false;
		this.settle();
		this.showMenu(menu.details(this.selected));
		return true;
	}

	/** Has the chosen item forgotten; returns whether there is one. */
	remove(): boolean {
		const { menu } = this;
		if (this.count === 0 || menu?.remove === undefined) return false;
		this.settle();
		menu.remove(this.selected);
		return true;
	}

	/** Asks whether all items are to be forgotten; returns whether there are any. */
	clear(): boolean {
		const { menu } = this;
		if (this.count === 0 || menu?.clear === undefined) return false;
		this.showMenu(menu.clear());
		return true;
	}

	/** Types a key of the dial pad into what is being edited. @param ticks the time, in ms. */
	type(key: number, ticks: number): void {
		if (this.typing !== undefined) this.digits = this.typing.press(this.digits, key, ticks);
	}

	/** How the text is typed that is being edited; undefined while none is. */
	get typed(): Typing | undefined {
		return this.typing;
	}

	/** Takes what has been edited. @returns '' or why it cannot be taken. */
	enter(): string {
		const wrong = this.menu?.enter?.(this.selected, this.digits) ?? "";
		if (wrong === "") this.back();
		return wrong;
	}

	/** Takes note of a key typed in a menu. @returns whether the password is complete with it. */
	unlock(character: string): boolean {
		const { password } = this;
		this.secret = (this.secret + character).slice(-password.length);
		return password !== "" && this.secret === password;
	}

	/** Where the choice stands: on what is in force until it has been moved. */
	private get settled(): number {
		if (this.moved || this.open !== Overlay.menu) return this.selected;
		return Math.max(this.menu?.inForce ?? 0, 0);
	}

	private settle(): void {
		this.forgetNumber();
		this.selected = this.settled;
	}

	/** Items of the list that is open, 0 when none is. */
	private get count(): number {
		if (this.open === Overlay.settings) return this.menuCount + pages.length;
		const { menu } = this;
		return this.open !== Overlay.menu || menu?.plain ? 0 : (menu?.count ?? 0);
	}

	/** Settings that are menus; those behind them are pages. */
	private get menuCount(): number {
		return this.more?.count ?? 0;
	}

	private titleOf(index: number): string {
		const { menuCount, more } = this;
		return (index < menuCount ? more?.title(index) : pageTitles[index - menuCount]) ?? "";
	}

	private closeMenus(): void {
		for (let menu = this.menus.pop(); menu !== undefined; menu = this.menus.pop()) menu.close?.();
		this.places = undefined;
		this.typing = undefined;
		this.forgetNumber();
	}

	/** Fills in the overlay of the screen. */
	draw(screen: ScreenValue, phone: Phone): void {
		switch (this.open) {
			case Overlay.collecting:
				screen.openOverlay(screen.dictionary.phrase(enterNumber), 1, -1);
				screen.setOverlayLine(0, this.digits);
				break;
			case Overlay.settings:
				this.drawList(screen, Word.settings, this.count);
				break;
			case Overlay.menu:
				this.drawMenu(screen, phone, this.menu as Menu);
				break;
			case Overlay.editor:
				this.drawEditor(screen);
				break;
			case Overlay.information:
				this.drawText(screen, phone, Word.phoneInformation, informationCount);
				break;
			case Overlay.statistics:
				phone.media.readLatest();
				this.drawText(screen, phone, Word.callStatistics, statisticsCount(phone.media));
				break;
			case Overlay.help:
				this.drawText(screen, phone, this.helpTitle, this.helpText?.count ?? 0);
				break;
			case Overlay.page:
				if (this.shownPage !== undefined) this.drawPage(screen, phone, this.shownPage);
				break;
			default:
				screen.closeOverlay();
		}
		if (this.open !== Overlay.page) screen.setOverlayPictures(undefined, undefined);
	}

	/** What is typed comes first: a dial pad on the display shows that line alone. */
	private drawEditor(screen: ScreenValue): void {
		const { digits, menu, typing } = this;
		const choices = typing?.choices ?? "";
		const shown = digits.length > visible ? `...${digits.slice(-visible)}` : digits;
		screen.openOverlay(screen.dictionary.expand(menu?.title ?? ""), choices === "" ? 2 : 3, -1);
		put(screen, 0, `${Word.newText} ${shown}`);
		put(screen, 1, menu?.line(this.selected) ?? "");
		if (choices !== "") screen.setOverlayLine(2, choices);
	}

	private drawMenu(screen: ScreenValue, phone: Phone, menu: Menu): void {
		if (menu.plain) {
			this.drawText(screen, phone, menu.title, menu.count);
			return;
		}
		const { count } = menu;
		this.selected = Math.min(this.settled, Math.max(count - 1, 0));
		const lock = menu.locked && !this.unlocked ? ` (${Word.locked})` : "";
		const title = menu.title + lock;
		if (count > 0) {
			this.drawList(screen, title, count);
			return;
		}
		screen.openOverlay(screen.dictionary.expand(title), 1, -1);
		put(screen, 0, Word.none);
	}

	/** A list is turned over by what the display has room for, so that the choice moves and not the lines. */
	private drawList(screen: ScreenValue, title: string, count: number): void {
		const { dictionary } = screen;
		const { menu, selected } = this;
		const rows = this.display.rows(true);
		const first = selected - (selected % rows);
		const shown = Math.min(rows, count - first);
		screen.openOverlay(dictionary.expand(title), shown, selected, first, count);
		for (let i = 0; i < shown; i += 1) {
			const index = first + i;
			const line = this.open === Overlay.settings ? this.titleOf(index) : (menu?.line(index) ?? "");
			screen.setOverlayLine(i, `${index + 1} ${dictionary.expand(line)}`);
		}
	}

	/** What is in view of a page of text of so many lines. */
	private drawText(screen: ScreenValue, phone: Phone, title: string, count: number): void {
		const rows = this.display.rows(false);
		this.length = count;
		this.first = Math.max(0, Math.min(this.first, count - rows));
		const { first } = this;
		const shown = Math.min(rows, count - first);
		screen.openOverlay(screen.dictionary.expand(title), shown, -1, first, count);
		const text = this.open === Overlay.page ? this.text : this.open === Overlay.help ? this.helpText : undefined;
		if (text !== undefined) {
			text.seek(first, this);
			text.show(shown, this, screen);
			return;
		}
		for (let i = 0; i < shown; i += 1) put(screen, i, this.textLine(phone, first + i));
	}

	private drawPage(screen: ScreenValue, phone: Phone, page: Page): void {
		const { count, picture, selected } = page;
		if (selected < 0) {
			this.drawText(screen, phone, page.title, this.text?.count ?? count);
			screen.setOverlayPictures(picture, undefined);
			return;
		}
		this.length = 0;
		const rows = this.display.rows(true);
		const first = selected - (selected % rows);
		const shown = Math.min(rows, count - first);
		screen.openOverlay(this.expand(page.title), shown, selected, first, count);
		const icons: number[] | undefined = page.icon === undefined ? undefined : [];
		for (let i = 0; i < shown; i += 1) {
			const index = first + i;
			const line = this.expand(page.line(index));
			screen.setOverlayLine(i, page.numbered === false ? line : `${index + 1} ${line}`);
			icons?.push(page.icon?.(index) ?? 0);
		}
		const some = icons?.some((icon) => icon !== 0) === true;
		screen.setOverlayPictures(picture, some ? icons : undefined);
	}

	private textLine(phone: Phone, index: number): string {
		if (this.open === Overlay.menu) return this.menu?.line(index) ?? "";
		if (this.open === Overlay.page) return this.shownPage?.line(index) ?? "";
		if (this.open === Overlay.information) return informationLine(this.information, index);
		return statisticsLine(phone.media, index);
	}
}

/** Why an item of a locked menu is not changed. */
function lockedText(password: string): string {
	if (password === usualPassword) return Word.unlockHint;
	return password === "" ? Word.lockedForGood : Word.lockedByPassword;
}

/** Fills in a line in the user's language. */
function put(screen: ScreenValue, line: number, text: string): void {
	screen.setOverlayLine(line, screen.dictionary.expand(text));
}
