/*
 * What each key does. Keys of the call go out as stimuli; the dial pad dials, collects a number on hook or jumps in a
 * menu; Settings, help and volume stay on the phone.
 */
import type { Menu } from "base/menu";
import { Word } from "base/words";
import { type Clock, Key, Route } from "hal/hardware";
import { Change } from "phone/changes";
import { characterOf, dialable, notNumber } from "phone/digits";
import { type Phone, StimulusKey } from "phone/phone";
import { callHelp, phoneHelp } from "ui/help";
import { Overlay, type Overlays } from "ui/overlay";
import type { ScreenValue } from "ui/screen";
import { Local, pageSoftkey, type SoftkeyRow } from "ui/softkeys";

/** Digits that can be collected on hook. */
const collectLimit = 32;
/** Phrase 'Key Is Not Active'. */
const notActive = 45;

/** What keys act on. */
export interface KeyTarget {
	readonly phone: Phone;
	readonly overlays: Overlays;
	readonly row: SoftkeyRow;
	readonly screen: ScreenValue;
	readonly clock: Clock;
	/** Opens what a server has for a key (Services, Directories, Messages, help); false where it has nothing and the key does as always. */
	opens(key: number): boolean;
	/** Makes what the Directories key shows. */
	readonly directories: () => Menu;
	/** Whether the Settings key opens its menu. */
	readonly settingsOpen: boolean;
	/** Marks parts as changed, by bits of `Change`. */
	changed(bits: number): void;
	/** Puts a text on the prompt line for a while. */
	notice(text: string): void;
	/** Changes the volume of what sounds now; keeps the one that shows. */
	changeVolume(steps: number): void;
	keepVolume(): void;
	/** Lets locked settings be changed for a while. */
	unlock(): void;
	/** The number of an item, typed a while ago, has not gone on: chooses it, counted from 1. */
	itemSettled(number: number): void;
}

/** A key of the phone has gone down. */
export function pressKey(ui: KeyTarget, key: number): void {
	const { phone } = ui;
	if (ui.overlays.pageKey(key, ui.clock.ticks)) ui.changed(Change.overlay);
	else if (key <= Key.pound) digit(ui, key);
	else if (key >= Key.softkey1 && key < Key.softkey1 + ui.screen.softkeys.length) softkey(ui, key - Key.softkey1);
	else if (key >= Key.line1 && key < Key.line1 + ui.screen.buttons.length) button(ui, key - Key.line1);
	else
		switch (key) {
			case Key.up:
				move(ui, -1);
				break;
			case Key.down:
				move(ui, 1);
				break;
			case Key.pageUp:
				if (ui.overlays.turn(-1)) ui.changed(Change.overlay);
				break;
			case Key.pageDown:
				if (ui.overlays.turn(1)) ui.changed(Change.overlay);
				break;
			case Key.select:
				if (ui.overlays.open === Overlay.none && ui.screen.news !== "") directories(ui);
				choose(ui);
				break;
			case Key.right:
				if (ui.overlays.typed !== undefined) {
					ui.overlays.typed.settle();
					ui.changed(Change.overlay);
				}
				break;
			case Key.left:
				if (ui.overlays.open === Overlay.collecting || ui.overlays.open === Overlay.editor) local(ui, Local.backspace);
				break;
			case Key.hold:
				stimulus(ui, StimulusKey.hold);
				break;
			case Key.transfer:
				stimulus(ui, StimulusKey.transfer);
				break;
			case Key.conference:
				stimulus(ui, StimulusKey.conference);
				break;
			case Key.messages:
				if (!service(ui, key)) stimulus(ui, StimulusKey.voicemail);
				break;
			case Key.services:
				if (!service(ui, key)) refuse(ui);
				break;
			case Key.settings:
				if (ui.settingsOpen) toggle(ui, Overlay.settings);
				else refuse(ui);
				break;
			case Key.directories:
				if (ui.overlays.open === Overlay.menu || !service(ui, key)) directories(ui);
				break;
			case Key.help:
				help(ui);
				break;
			case Key.headset:
				route(ui, Route.headset);
				break;
			case Key.speaker:
				route(ui, Route.speaker);
				break;
			case Key.mute:
				if (!phone.muteKey()) refuse(ui);
				break;
			case Key.volumeUp:
				ui.changeVolume(1);
				break;
			case Key.volumeDown:
				ui.changeVolume(-1);
				break;
			default:
				refuse(ui);
		}
}

/** A key of the phone has been down for a while: `<<` takes back the whole number, `*` and 0 have become `+`. */
export function holdKey(ui: KeyTarget, key: number): void {
	if (key === Key.star || key === 0) {
		const { overlays } = ui;
		if (overlays.open !== Overlay.collecting || !overlays.digits.endsWith(characterOf(key))) return;
		overlays.digits = `${overlays.digits.slice(0, -1)}+`;
		ui.changed(Change.overlay);
		return;
	}
	const index = key - Key.softkey1;
	if (index < 0 || index >= ui.screen.softkeys.length || ui.row.action(index) !== Local.backspace) return;
	if (ui.overlays.open === Overlay.editor) {
		ui.overlays.typed?.settle();
		ui.overlays.digits = "";
	} else ui.overlays.close();
	ui.changed(Change.overlay);
}

function digit(ui: KeyTarget, key: number): void {
	const { overlays, phone } = ui;
	if (overlays.open === Overlay.settings || overlays.open === Overlay.menu) {
		if (overlays.unlock(characterOf(key))) ui.unlock();
		else if (key < Key.star) number(ui, key);
		return;
	}
	if (overlays.open === Overlay.editor) {
		overlays.type(key, ui.clock.ticks);
		ui.changed(Change.overlay);
		return;
	}
	if (!phone.registered) {
		refuse(ui);
		return;
	}
	if (overlays.open !== Overlay.collecting) {
		if (phone.acceptsDigits) {
			phone.digit(key);
			return;
		}
		overlays.show(Overlay.collecting);
	}
	if (overlays.digits.length < collectLimit) overlays.digits += characterOf(key);
	ui.changed(Change.overlay);
}

/**
 * Tells of what is chosen, at the second press of the call statistics, and goes back at the third. What a server has for the key comes in
 * place of the first. Nothing that is being typed is lost by it.
 */
function help(ui: KeyTarget): void {
	const { overlays, phone, screen } = ui;
	const { open } = overlays;
	const call = phone.selected;
	if (open === Overlay.collecting || open === Overlay.editor) {
		refuse(ui);
		return;
	}
	const served = open === Overlay.page && overlays.opener === Key.help;
	if (open === Overlay.statistics || open === Overlay.information) overlays.back();
	else if (open === Overlay.help || (served && call !== undefined)) overlays.showStatistics();
	else if (!service(ui, Key.help)) {
		const chosen = overlays.chosenText;
		if (chosen !== undefined) overlays.showHelp(chosen[0], [chosen[1], Word.statisticsHint]);
		else if (call !== undefined) overlays.showHelp(Word.help, callHelp(phone, call, screen.dictionary));
		else overlays.showHelp(Word.help, phoneHelp(overlays.information));
	}
	ui.changed(Change.overlay);
}

/** Opens the directories, or closes what is open. */
function directories(ui: KeyTarget): void {
	const { overlays } = ui;
	if (overlays.open === Overlay.menu) overlays.close();
	else {
		overlays.close();
		overlays.showMenu(ui.directories());
	}
	ui.changed(Change.overlay);
}

/** A number key in a list; where another digit may follow it is waited for. */
function number(ui: KeyTarget, key: number): void {
	const now = ui.overlays.press(key, ui.clock, (later) => ui.itemSettled(later));
	if (now !== 0) choose(ui, now);
	ui.changed(Change.overlay);
}

/** Opens the chosen item of a list, or item `number`; dials it where it is a number. */
export function choose(ui: KeyTarget, number?: number): void {
	const { overlays } = ui;
	const dials = overlays.open === Overlay.menu && overlays.menu?.dials === true;
	const chosen = overlays.choose(number);
	if (chosen === undefined) refuse(ui);
	else if (dials && chosen === "") ui.notice(Word.noNumber);
	else if (dials) dial(ui, chosen);
	else if (chosen !== "") ui.notice(chosen);
	ui.changed(Change.overlay);
}

/** Dials a text and closes what is open, or says why not. */
function dial(ui: KeyTarget, text: string): void {
	const wrong = ui.phone.dialler.dial(text);
	if (wrong === "") ui.overlays.close();
	else ui.notice(wrong);
}

/** Lets the number of the chosen item be changed before it is dialled. */
function editDial(ui: KeyTarget): void {
	const text = ui.overlays.choose();
	const wrong = text === undefined ? "" : text === "" ? Word.noNumber : collect(ui, text);
	if (text === undefined) refuse(ui);
	else if (wrong !== "") ui.notice(wrong);
}

/** Collects a number on hook, as if it had been typed. @returns '' or why not. */
export function collect({ overlays }: Pick<KeyTarget, "overlays">, text: string): string {
	const digits = dialable(text);
	if (digits === "") return notNumber(text);
	overlays.show(Overlay.collecting);
	overlays.digits = digits.slice(0, collectLimit);
	return "";
}

/**
 * The key of the page that is open puts it away while a call is up and brings it back, and closes it on an idle phone, as on a 7970; else
 * the key opens what a server has for it. @returns false where it has nothing.
 */
function service(ui: KeyTarget, key: number): boolean {
	const { overlays, phone } = ui;
	if (overlays.page === undefined || (key !== Key.services && key !== overlays.opener)) {
		if (!ui.opens(key)) return false;
		overlays.opener = key;
		return true;
	}
	if (overlays.open !== Overlay.page) overlays.bringPage();
	else if (phone.hasCalls) overlays.close();
	else overlays.closePage();
	ui.changed(Change.overlay);
	return true;
}

function softkey(ui: KeyTarget, index: number): void {
	const action = ui.row.action(index);
	if (action <= pageSoftkey) {
		ui.overlays.page?.softkey(pageSoftkey - action);
		ui.changed(Change.overlay);
	} else if (action >= 0) ui.phone.softkey(action);
	else local(ui, action);
}

function local(ui: KeyTarget, action: number): void {
	const { overlays, phone, row } = ui;
	switch (action) {
		case Local.more:
			row.more();
			ui.changed(Change.softkeys);
			return;
		case Local.dial:
			dial(ui, overlays.digits);
			break;
		case Local.editDial:
			editDial(ui);
			break;
		case Local.backspace:
			overlays.typed?.settle();
			overlays.digits = overlays.digits.slice(0, -1);
			if (overlays.digits === "" && overlays.open === Overlay.collecting) overlays.close();
			break;
		case Local.cancel:
			overlays.close();
			break;
		case Local.select:
		case Local.dialItem:
			choose(ui);
			break;
		case Local.enter: {
			const wrong = overlays.enter();
			if (wrong !== "") ui.notice(wrong);
			break;
		}
		case Local.letters:
		case Local.numbers:
			overlays.typed?.change();
			break;
		case Local.details:
			if (!overlays.details()) refuse(ui);
			break;
		case Local.deleteItem:
			if (!overlays.remove()) refuse(ui);
			break;
		case Local.clearList:
			if (!overlays.clear()) refuse(ui);
			break;
		case Local.keep:
			ui.keepVolume();
			return;
		case Local.endCall:
			phone.hangUp();
			return;
		case Local.exit:
			overlays.back();
			break;
		default:
			refuse(ui);
			return;
	}
	ui.changed(Change.overlay);
}

/** Ends the collecting of a number, or leaves a page for the one that is chosen there; returns its digits when they are to be dialled. */
function endCollecting(ui: KeyTarget): string {
	const { overlays, phone } = ui;
	const { number } = overlays;
	if (overlays.open !== Overlay.collecting && number === "") return "";
	overlays.close();
	ui.changed(Change.overlay);
	return phone.calls.ringing === undefined ? number : "";
}

function button(ui: KeyTarget, position: number): void {
	const digits = endCollecting(ui);
	if (!ui.phone.buttonKey(position, digits)) refuse(ui);
}

function route(ui: KeyTarget, to: number): void {
	const { phone } = ui;
	const digits = endCollecting(ui);
	if (!phone.routes.allows(to) || !(phone.registered || phone.preserving)) {
		refuse(ui);
		return;
	}
	if (digits !== "") phone.dialler.prepare(digits);
	phone.routeKey(to);
}

function stimulus(ui: KeyTarget, number: number): void {
	// what was collected is no part of what the key does
	endCollecting(ui);
	if (ui.phone.registered) ui.phone.stimulusKey(number);
	else refuse(ui);
}

/** The key has nothing or nobody to do it. */
function refuse(ui: KeyTarget): void {
	ui.notice(ui.screen.dictionary.phrase(notActive));
}

function move(ui: KeyTarget, step: number): void {
	if (ui.overlays.move(step)) ui.changed(Change.overlay);
	else if (ui.phone.calls.move(step)) ui.changed(Change.calls | Change.softkeys | Change.prompt);
}

function toggle(ui: KeyTarget, overlay: number): void {
	const { overlays } = ui;
	if (overlays.open === overlay) overlays.close();
	else overlays.show(overlay);
	ui.changed(Change.overlay);
}
