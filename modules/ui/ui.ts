/*
 * The user's side of the phone: keys become actions on the mirror or the menus, and what the mirror and the menus hold
 * becomes the Screen, the lamps and the backlight. No timer runs while the phone is idle but the one that turns the minute.
 */
import { Access } from "base/access";
import type { Menu, MenuList } from "base/menu";
import type { Page } from "base/page";
import { type CommonPhrases, noPhrases } from "base/phrases";
import { Word, type Words } from "base/words";
import {
	type Backlight,
	type Clock,
	Dirty,
	type Display,
	type Keypad,
	type KeypadListener,
	Lamp,
	LampColour,
	LampMode,
	type Lamps,
	Registration,
	Route,
	type TimerHandle,
} from "hal/hardware";
import type { Call } from "phone/calls";
import { Change, type PhoneListener } from "phone/changes";
import { keyOf } from "phone/digits";
import { ringerOff } from "phone/facts";
import { Forward } from "phone/lines";
import type { Phone } from "phone/phone";
import { showButtons } from "ui/buttons";
import { callTitle, showCalls, showSeconds } from "ui/callplane";
import { format } from "ui/date";
import type { Translations } from "ui/dictionary";
import { Dimmer, usualIdleTime } from "ui/dimmer";
import { type DisplayHours, isLit } from "ui/hours";
import { choose, collect, holdKey, type KeyTarget, pressKey } from "ui/keymap";
import { Overlay, Overlays } from "ui/overlay";
import { ScreenValue } from "ui/screen";
import { signsOf } from "ui/signs";
import { LocalRow, SoftkeyRow } from "ui/softkeys";
import type { Information } from "ui/texts";

/** Milliseconds that the volume bar, a notice of the phone's own and an untouched menu stay. */
const volumeTime = 2000;
const noticeTime = 3000;
const menuTime = 60000;
/** How long settings stay unlocked. */
const unlockTime = 600000;

/** Words for what each volume is of, by number of `Route`; without one the ringer's. */
const volumeNames: readonly string[] = Object.freeze([Word.ringer, Word.handset, Word.headset, Word.speaker]);

/** Changes after which prompt, softkeys, and lamps with route are worked out anew. What is open has softkeys of its own. */
const promptChanges = Change.prompt | Change.calls | Change.overlay;
const softkeyChanges = Change.softkeys | Change.overlay;
const soundChanges = Change.sound | Change.messageWaiting;
const signChanges = soundChanges | Change.buttons | Change.calls | Change.prompt;

export interface UiOptions {
	phone: Phone;
	display: Display;
	keypad: Keypad;
	lamps: Lamps;
	backlight: Backlight;
	clock: Clock;
	information: Information;
	/** List the menus of the settings by a number of {@link Access}, and what the Directories key shows, each time they are opened. */
	menus: (access: number) => MenuList;
	directories: () => Menu;
	/** Opens what a server has for a key; false where it has nothing. Left out by a phone without services. */
	opens?: (key: number) => boolean;
	/** Keeps the volume of a route (0 is the ringer) across boots. */
	keepVolume: (route: number, step: number) => void;
	/** How the call agent writes date and time, such as 'D/M/Y'; read whenever they are shown. */
	dateTemplate: Shown;
	/** The phone's own time; without it the call agent's is shown. */
	wall: Wall;
}

/** What a configuration says of the user interface. */
export interface UiConfiguration extends DisplayHours {
	/** How date and time are written, '' as the call agent writes them. */
	readonly dateTemplate: string;
	/** A number of {@link Access}. */
	readonly settingsAccess: number;
	/** What is typed in a menu to unlock it. */
	readonly phonePassword: string;
	/** Minutes without use until the display is dim, or dark outside of its hours; 0 or less for the usual time. */
	readonly displayIdleTimeout: number;
	/** Whether a call lights a dark display. */
	readonly displayOnWhenIncomingCall: boolean;
}

/** A clock on the wall. */
export interface Wall {
	/** Seconds since 1970 in local time, -1 while it is not known. */
	readonly localSeconds: number;
}

/** Phrases of the first table: what an idle phone says, and what it says of calls that go elsewhere. */
const currentOptions = 19;
const forwardedTo = 37;

/** Whether a prompt is no more than that of the idle phone. */
function sayNothing(text: { readonly length: number; octet(index: number): number }): boolean {
	return text.length === 0 || (text.length === 2 && text.octet(0) === 0x80 && text.octet(1) === currentOptions);
}

/** Whether a prompt begins with the words that a caller's name or number follows: 'From' of the first table, 'Flash' of the second. */
function namesCaller(text: { octet(index: number): number }): boolean {
	const code = text.octet(0);
	return (code === 0x80 && text.octet(1) === 23) || (code === 0x1e && text.octet(1) === 3);
}

/**
 * The call that such a prompt may be of whose caller is hidden: chan-sccp writes name and number all the same. The selected one, else one
 * that rings.
 */
function secretCaller({ calls }: Phone): Call | undefined {
	const { entries, selected } = calls;
	if (selected?.secretive) return selected;
	for (let i = 0; i < entries.length; i += 1) {
		const call = entries[i] as Call;
		if (call.ringing && call.secretive) return call;
	}
	return undefined;
}

/** Something that has a text to be shown. */
interface Shown {
	toString(): string;
}

/** The softkeys of a menu: of an empty list, and of a text, there is nothing to be done with. */
function menuRow(menu: Menu | undefined): readonly number[] {
	if (menu?.plain || (menu?.dials && menu.count === 0)) return LocalRow.page;
	return menu?.dials ? LocalRow.calls : LocalRow.menu;
}

export class Ui implements KeypadListener, KeyTarget, PhoneListener {
	readonly phone: Phone;
	readonly overlays: Overlays;
	readonly row: SoftkeyRow;
	readonly screen: ScreenValue;
	readonly dimmer: Dimmer;
	readonly directories: () => Menu;
	private readonly opener: ((key: number) => boolean) | undefined;
	/** Is told of keys, of the hook and of calls that begin. */
	used: (() => void) | undefined = undefined;
	/**
	 * Whether what changes is shown when a message has been read or a key has been done: not on top of all that does so, for the stack's
	 * sake, and once.
	 */
	later = false;
	private readonly display: Display;
	private readonly keypad: Keypad;
	private readonly lamps: Lamps;
	readonly clock: Clock;
	private readonly dateTemplate: Shown;
	private readonly wall: Wall;
	/** Undefined before a configuration has said any. */
	private hours: DisplayHours | undefined = undefined;
	/** From the configuration, '' for none. */
	private ownTemplate = "";
	private access: number = Access.full;
	private changes: number = Change.all;
	private registration: number = Registration.none;
	private registrationText = "";
	private readonly volumeKeeper: (route: number, step: number) => void;
	private unlockTimer: TimerHandle | undefined = undefined;
	private noticeText = "";
	/** Missed calls that nobody has looked at. */
	private missed = 0;
	/** What a service says on the idle phone's prompt line, '' for nothing. */
	private serviceText = "";
	private talkTimer: TimerHandle | undefined = undefined;
	private minuteTimer: TimerHandle | undefined = undefined;
	private volumeTimer: TimerHandle | undefined = undefined;
	private noticeTimer: TimerHandle | undefined = undefined;
	private menuTimer: TimerHandle | undefined = undefined;
	private readonly talkTick: () => void;
	private readonly minuteTick: () => void;
	private readonly volumeEnd: () => void;
	private readonly noticeEnd: () => void;
	private readonly menuEnd: () => void;

	constructor(options: UiOptions) {
		const { phone, keypad } = options;
		this.phone = phone;
		this.display = options.display;
		this.keypad = keypad;
		this.lamps = options.lamps;
		this.clock = options.clock;
		this.dateTemplate = options.dateTemplate;
		this.wall = options.wall;
		this.directories = options.directories;
		this.opener = options.opens;
		this.volumeKeeper = options.keepVolume;
		this.row = new SoftkeyRow(keypad.softkeys);
		const screen = new ScreenValue(keypad.lineKeys, keypad.softkeys);
		this.screen = screen;
		const { display, information } = options;
		this.overlays = new Overlays(information, display, screen.dictionary, () => options.menus(this.access));
		this.dimmer = new Dimmer(options.backlight, options.clock);
		this.talkTick = () => this.talkTicked();
		this.minuteTick = () => {
			this.minuteTimer = undefined;
			this.changed(Change.status);
			this.refresh();
		};
		this.volumeEnd = () => {
			this.volumeTimer = undefined;
			this.screen.setVolume(-1, "");
			this.changed(Change.softkeys);
			this.refresh();
		};
		this.noticeEnd = () => {
			this.noticeTimer = undefined;
			this.noticeText = "";
			this.changed(Change.prompt);
			this.refresh();
		};
		this.menuEnd = () => {
			this.menuTimer = undefined;
			if (this.overlays.open === Overlay.page) this.overlays.closePage();
			else this.overlays.close();
			this.changed(Change.overlay);
			this.refresh();
		};
		phone.listener = this;
	}

	/** Begins to listen to keys; a handset that is up at boot counts as lifted. */
	start(): void {
		this.phone.routes.start();
		this.keypad.start(this);
		if (this.keypad.offHook) this.phone.hook(true);
		this.dimmer.wake();
		this.refresh();
	}

	/** Takes what a configuration says. */
	configure(configuration: UiConfiguration): void {
		const { dateTemplate, settingsAccess, phonePassword, displayIdleTimeout } = configuration;
		this.ownTemplate = dateTemplate;
		this.access = settingsAccess;
		this.overlays.password = phonePassword;
		this.dimmer.idleTime = displayIdleTimeout > 0 ? displayIdleTimeout * 60000 : usualIdleTime;
		this.dimmer.lightsForCalls = configuration.displayOnWhenIncomingCall;
		const { daysDisplayNotActive, displayOnTime, displayOnDuration } = configuration;
		const always = daysDisplayNotActive === 0 && displayOnTime <= 0 && displayOnDuration <= 0;
		this.hours = always ? undefined : { daysDisplayNotActive, displayOnTime, displayOnDuration };
		this.timeChanged();
	}

	/** Whether the Settings key opens its menu. */
	get settingsOpen(): boolean {
		return this.access !== Access.none;
	}

	/** Has the display look otherwise: bits of `Look`. What it has room for may change with that. */
	setLook(look: number): void {
		this.display.setLook(look);
		this.overlays.measurePage();
		this.screen.dirty = Dirty.all;
		this.changed(Change.overlay);
		this.refresh();
	}

	/** Sets the display's light in use, in percent. */
	setBrightness(percent: number): void {
		this.dimmer.brightness = percent;
		this.dimmer.wake();
	}

	opens(key: number): boolean {
		return this.opener?.(key) === true;
	}

	/**
	 * Shows a page of another room above the call plane, in place of the one before. It stays until it is left: behind calls that come, and
	 * behind menus, until the last of them has gone or its key brings it back. One that comes while a call rings does not take its softkeys.
	 */
	showPage(page: Page): void {
		this.overlays.showPage(page, this.phone.calls.ringing !== undefined);
		this.watchMenu();
		this.changed(Change.overlay);
		this.refresh();
	}

	/** What the page shows has changed, its softkeys and its prompt among that. */
	pageChanged(): void {
		const { overlays } = this;
		if (overlays.open !== Overlay.page) return;
		overlays.measurePage();
		this.changed(Change.overlay);
		this.refresh();
	}

	/** Takes the page away that {@link showPage} has shown last. */
	closePage(): void {
		if (this.overlays.page === undefined) return;
		this.overlays.closePage();
		this.watchMenu();
		this.changed(Change.overlay);
		this.refresh();
	}

	changed(bits: number): void {
		this.changes |= bits;
	}

	settled(): void {
		this.refresh();
	}

	/** The station's state (a number of `Registration`), and its text for the prompt line while it is not registered or lacks something. */
	setRegistration(registration: number, text: string): void {
		this.registration = registration;
		this.registrationText = text;
		if (registration !== Registration.registered && this.overlays.open === Overlay.collecting) this.overlays.close();
		this.changed(Change.all);
		this.refresh();
	}

	key(key: number, pressed: boolean): void {
		if (!pressed) return;
		this.dimmer.wake();
		this.phone.soundKey(key);
		this.used?.();
		this.later = true;
		pressKey(this, key);
		this.later = false;
		this.watchMenu();
		this.refresh();
	}

	held(key: number): void {
		this.dimmer.wake();
		holdKey(this, key);
		this.watchMenu();
		this.refresh();
	}

	pointed(x: number, y: number): void {
		this.dimmer.wake();
		this.used?.();
		this.overlays.point(x, y);
		this.watchMenu();
		this.refresh();
	}

	hook(offHook: boolean): void {
		const { number } = this.overlays;
		this.dimmer.wake();
		this.used?.();
		this.overlays.close();
		this.changed(Change.overlay);
		if (offHook && number !== "" && this.phone.calls.ringing === undefined) this.phone.dialler.prepare(number);
		this.phone.hook(offHook);
		this.watchMenu();
		this.refresh();
	}

	/** Changes the volume of what sounds now and shows the bar. */
	changeVolume(steps: number): void {
		const { routes, volumeRoute } = this.phone;
		const name = this.screen.dictionary.expand(volumeNames[volumeRoute] ?? "");
		this.screen.setVolume(routes.changeVolume(volumeRoute, steps), name);
		this.changed(Change.softkeys | Change.sound);
		this.clock.cancel(this.volumeTimer);
		this.volumeTimer = this.clock.after(volumeTime, this.volumeEnd);
	}

	/** Keeps the volume that the bar shows. */
	keepVolume(): void {
		const { routes, volumeRoute } = this.phone;
		this.volumeKeeper(volumeRoute, routes.volume(volumeRoute));
		this.clock.cancel(this.volumeTimer);
		this.screen.setVolume(-1, "");
		this.notice(Word.volumeSaved);
		this.changed(Change.softkeys);
	}

	itemSettled(number: number): void {
		choose(this, number);
		this.watchMenu();
		this.refresh();
	}

	/** Lets locked settings be changed for ten minutes. */
	unlock(): void {
		this.overlays.unlocked = true;
		this.clock.cancel(this.unlockTimer);
		this.unlockTimer = this.clock.after(unlockTime, () => {
			this.overlays.unlocked = false;
			this.changed(Change.overlay);
			this.refresh();
		});
		this.notice(Word.settingsUnlocked);
		this.changed(Change.overlay);
	}

	/** Puts a text of the phone's own on the prompt line for a while. */
	notice(text: string): void {
		this.noticeText = text;
		this.changed(Change.prompt);
		this.clock.cancel(this.noticeTimer);
		this.noticeTimer = this.clock.after(noticeTime, this.noticeEnd);
	}

	/** Works out what has changed and shows it, unless that comes {@link later}. */
	refresh(): void {
		if (this.later) return;
		if ((this.changes & Change.newCall) !== 0) {
			this.dimmer.callWakes();
			this.used?.();
			this.makeRoom();
		}
		this.settlePage();
		const changed = this.changes;
		this.changes = 0;
		const { screen, phone } = this;
		if ((changed & Change.buttons) !== 0) {
			showButtons(screen, phone);
			this.lineLamps();
		}
		if ((changed & Change.calls) !== 0) {
			showCalls(screen, phone);
			this.watchTalk();
			if (this.overlays.open === Overlay.statistics) this.watchMenu();
		}
		if ((changed & promptChanges) !== 0) {
			screen.setPrompt(this.prompt());
			screen.setNews(this.news());
		}
		if ((changed & softkeyChanges) !== 0) this.softkeys();
		if ((changed & Change.overlay) !== 0) this.overlays.draw(screen, phone);
		if ((changed & Change.status) !== 0) this.status();
		if ((changed & soundChanges) !== 0) this.sound();
		if ((changed & signChanges) !== 0) this.signs();
		if (screen.dirty === 0) return;
		this.display.show(screen);
		screen.dirty = 0;
	}

	/** Brings the page that is open back when nothing is in front of it any more. */
	private settlePage(): void {
		const { overlays } = this;
		if (overlays.page === undefined || overlays.open !== Overlay.none || this.phone.hasCalls) return;
		overlays.bringPage();
		this.watchMenu();
		this.changed(Change.overlay);
	}

	/** A menu closes for a new call; digits typed before the call agent showed it go there. */
	private makeRoom(): void {
		const { number, open } = this.overlays;
		if (open === Overlay.none) return;
		this.overlays.close();
		this.watchMenu();
		this.changed(Change.overlay);
		if (this.phone.selected?.dialling)
			for (let i = 0; i < number.length; i += 1) this.phone.sendDigit(keyOf(number.charAt(i)));
	}

	private prompt(): string {
		if (this.noticeText !== "") return this.screen.dictionary.expand(this.noticeText);
		const { open, page } = this.overlays;
		if (open === Overlay.page && page !== undefined && page.prompt !== "")
			return this.screen.dictionary.expand(page.prompt);
		if (this.registration !== Registration.registered) return this.screen.dictionary.expand(this.registrationText);
		const call = this.phone.selected;
		// what a registered phone lacks
		if (call === undefined && this.registrationText !== "") return this.screen.dictionary.expand(this.registrationText);
		if (call === undefined && this.serviceText !== "") return this.screen.dictionary.expand(this.serviceText);
		const line = call?.line ?? (this.phone.activeLine || this.phone.lines.primary.instance);
		const text = this.phone.prompts.shown(line, call?.reference ?? 0);
		const { dictionary } = this.screen;
		if (text !== undefined && namesCaller(text)) {
			const secret = secretCaller(this.phone);
			if (secret !== undefined) return callTitle(secret, 0, dictionary);
		}
		if (call === undefined && (text === undefined || sayNothing(text))) {
			const forwarded = this.phone.lines.line(line);
			if (forwarded !== undefined && (forwarded.forwards & Forward.all) !== 0)
				return `${dictionary.phrase(forwardedTo)} ${dictionary.show(forwarded.forwardedTo)}`;
		}
		return text === undefined ? "" : dictionary.show(text);
	}

	/** What an idle phone says beside its prompt. */
	private news(): string {
		const { missed, phone, registration, screen } = this;
		if (missed === 0 || phone.selected !== undefined || registration !== Registration.registered) return "";
		return screen.dictionary.expand(`${Word.missedCalls}: ${missed}`);
	}

	private softkeys(): void {
		const { row, screen, phone } = this;
		const { open } = this.overlays;
		// over a call a page of the phone's own leaves it its softkeys
		const over = this.overlays.telling && phone.selected !== undefined;
		switch (over ? Overlay.none : open) {
			case Overlay.collecting:
				row.showLocal(screen, LocalRow.collecting);
				break;
			case Overlay.settings:
				row.showLocal(screen, LocalRow.menu);
				break;
			case Overlay.information:
			case Overlay.statistics:
			case Overlay.help:
				row.showLocal(screen, LocalRow.page);
				break;
			case Overlay.menu:
				row.showLocal(screen, menuRow(this.overlays.menu));
				break;
			case Overlay.editor:
				row.showLocal(screen, this.editorRow());
				break;
			case Overlay.page: {
				const labels = this.overlays.page?.softkeys;
				if (labels === undefined || labels.length === 0) row.showLocal(screen, LocalRow.page);
				else row.showPage(screen, labels);
				break;
			}
			default:
				if (phone.preserving) row.showLocal(screen, over ? LocalRow.preservedPage : LocalRow.preserved);
				else if (this.registration === Registration.registered) row.show(screen, phone.softkeys, phone.selected, over);
				else if (over) row.showLocal(screen, LocalRow.page);
				else row.showNone(screen);
		}
		if (screen.volume >= 0) row.showKeep(screen);
	}

	private editorRow(): readonly number[] {
		const { typed } = this.overlays;
		if (!typed?.mixed) return LocalRow.editor;
		return typed.letters ? LocalRow.letters : LocalRow.numbers;
	}

	private status(): void {
		const { screen, phone } = this;
		const { now } = this;
		const { localSeconds } = this.wall;
		const time = now < 0 ? "" : this.when(now);
		screen.setStatus(this.registration, time, this.screen.dictionary.show(phone.lines.primary.number));
		this.clock.cancel(this.minuteTimer);
		this.minuteTimer = undefined;
		const { hours } = this;
		this.dimmer.setNight(now >= 0 && hours !== undefined && !isLit(now, hours));
		if (now < 0) return;
		// the phone's own clock tells no milliseconds: the minute changes up to a second late
		const fraction = localSeconds < 0 ? (this.clock.ticks - phone.timeTicks) % 1000 : 0;
		const elapsed = (now % 60) * 1000 + fraction;
		this.minuteTimer = this.clock.after(60000 - elapsed, this.minuteTick);
	}

	/** Speaks another language from now on. @param translations of the dictionary's phrases, undefined for English. @param words the phone's own. */
	setLanguage(translations: Translations | undefined, words: Words, common: CommonPhrases = noPhrases): void {
		const { dictionary } = this.screen;
		dictionary.translations = translations;
		dictionary.words = words;
		dictionary.common = common;
		this.changed(Change.all);
		this.refresh();
	}

	/** Says a text of a service on the prompt line as long as no call is selected, '' none any more. */
	setServiceStatus(text: string): void {
		this.serviceText = text;
		this.changed(Change.prompt);
		this.refresh();
	}

	/** Shows a list, in place of what is open. */
	showMenu(menu: Menu): void {
		this.overlays.close();
		this.overlays.showMenu(menu);
		this.overlayChanged();
	}

	/** Takes away what is open. */
	closeOverlay(): void {
		this.overlays.close();
		this.overlayChanged();
	}

	/** Has a number changed before it is dialled. @returns '' or why not. */
	collect(text: string): string {
		const wrong = collect(this, text);
		this.overlayChanged();
		return wrong;
	}

	private overlayChanged(): void {
		this.changed(Change.overlay);
		this.watchMenu();
		this.refresh();
	}

	/** What a menu that may be open shows has changed. */
	menuChanged(): void {
		this.changed(Change.overlay);
		this.refresh();
	}

	/** There are so many missed calls that nobody has looked at. */
	missedChanged(missed: number): void {
		this.missed = missed;
		this.changed(Change.prompt);
		this.refresh();
	}

	/** The phone's time, else the call agent's: seconds since 1970 in local time, less than 0 while neither is known. */
	get now(): number {
		const { localSeconds } = this.wall;
		return localSeconds < 0 ? this.phone.now : localSeconds;
	}

	/** A time as the display shows it. */
	when(seconds: number): string {
		return format(this.ownTemplate || this.dateTemplate.toString(), seconds);
	}

	/** The clock, its zone or how it is written has changed. */
	timeChanged(): void {
		this.changed(Change.status);
		this.refresh();
	}

	private sound(): void {
		const { phone } = this;
		const { route, muted } = phone.routes;
		const lamps = this.lamps;
		const ringing = phone.ringer.mode !== ringerOff;
		this.dimmer.setRinging(ringing);
		const message = ringing ? LampMode.flash : phone.waitingLamp;
		lamps.set(Lamp.message, message, LampColour.red);
		lamps.set(Lamp.speaker, route === Route.speaker ? LampMode.on : LampMode.off, LampColour.green);
		lamps.set(Lamp.headset, route === Route.headset ? LampMode.on : LampMode.off, LampColour.green);
		lamps.set(Lamp.mute, muted ? LampMode.on : LampMode.off, LampColour.red);
	}

	private signs(): void {
		const { phone, screen } = this;
		screen.setSigns(phone.routes.route, signsOf(phone, this.missed > 0, screen.signs));
	}

	private lineLamps(): void {
		const buttons = this.screen.buttons;
		for (let i = 0; i < buttons.length; i += 1) {
			const button = buttons[i];
			if (button !== undefined) this.lamps.set(Lamp.line1 + i, button.lamp, button.colour);
		}
	}

	/** Runs the second's timer only while a call shows its time. */
	private watchTalk(): void {
		const up = showSeconds(this.screen, this.phone) || this.overlays.open === Overlay.statistics;
		if (up && this.talkTimer === undefined) this.talkTimer = this.clock.every(1000, this.talkTick);
		else if (!up && this.talkTimer !== undefined) {
			this.clock.cancel(this.talkTimer);
			this.talkTimer = undefined;
		}
	}

	private talkTicked(): void {
		showSeconds(this.screen, this.phone);
		if (this.phone.media.foreignSound()) this.notice(Word.foreignSound);
		this.signs();
		if (this.overlays.open === Overlay.statistics) this.overlays.draw(this.screen, this.phone);
		this.watchTalk();
		this.refresh();
	}

	/** A menu left alone closes by itself; a number being collected, too. */
	private watchMenu(): void {
		this.clock.cancel(this.menuTimer);
		this.menuTimer = undefined;
		const { open } = this.overlays;
		if (open === Overlay.statistics) this.watchTalk();
		// statistics stay open while there is a call
		if (open === Overlay.none || (open === Overlay.statistics && this.phone.inUse)) return;
		const time = open === Overlay.page ? (this.overlays.page?.lifetime ?? 0) : menuTime;
		if (time > 0) this.menuTimer = this.clock.after(time, this.menuEnd);
	}
}
