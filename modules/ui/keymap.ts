/*
 * What each key does. Keys of the call go out as stimuli; the dial pad dials, collects a number on hook or jumps in a
 * menu; Settings, help and volume stay on the phone.
 */
import type { Menu } from "base/menu";
import { Key, Route } from "hal/hardware";
import { Change } from "phone/changes";
import { type Phone, StimulusKey } from "phone/phone";
import { Overlay, type Overlays } from "ui/overlay";
import type { ScreenValue } from "ui/screen";
import { Local, type SoftkeyRow } from "ui/softkeys";

/** Digits that can be collected on hook. */
const collectLimit = 32;
/** Characters of an address with its dots. */
const editLimit = 15;
/** Phrase 'Key Is Not Active'. */
const notActive = 45;

/** What keys act on. */
export interface KeyTarget {
	readonly phone: Phone;
	readonly overlays: Overlays;
	readonly row: SoftkeyRow;
	readonly screen: ScreenValue;
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
}

/** A key of the phone has gone down. */
export function pressKey(ui: KeyTarget, key: number): void {
	const { phone } = ui;
	if (key <= Key.pound) digit(ui, key);
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
			case Key.select:
				choose(ui);
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
				stimulus(ui, StimulusKey.voicemail);
				break;
			case Key.settings:
				if (ui.settingsOpen) toggle(ui, Overlay.settings);
				else ui.notice(ui.screen.dictionary.phrase(notActive));
				break;
			case Key.directories:
				directories(ui);
				break;
			case Key.help:
				toggle(ui, Overlay.statistics);
				break;
			case Key.headset:
				route(ui, Route.headset);
				break;
			case Key.speaker:
				route(ui, Route.speaker);
				break;
			case Key.mute:
				phone.muteKey();
				break;
			case Key.volumeUp:
				ui.changeVolume(1);
				break;
			case Key.volumeDown:
				ui.changeVolume(-1);
				break;
			default:
				ui.notice(ui.screen.dictionary.phrase(notActive));
		}
}

/** A key of the phone has been down for a while: `<<` takes back the whole number. */
export function holdKey(ui: KeyTarget, key: number): void {
	const index = key - Key.softkey1;
	if (index < 0 || index >= ui.screen.softkeys.length || ui.row.action(index) !== Local.backspace) return;
	if (ui.overlays.open === Overlay.editor) ui.overlays.digits = "";
	else ui.overlays.close();
	ui.changed(Change.overlay);
}

function digit(ui: KeyTarget, key: number): void {
	const { overlays, phone } = ui;
	if (overlays.open === Overlay.settings || overlays.open === Overlay.menu) {
		if (overlays.unlock(characterOf(key))) ui.unlock();
		else if (key < Key.star) choose(ui, key);
		return;
	}
	if (overlays.open === Overlay.editor) {
		if (overlays.digits.length < editLimit && key !== Key.pound)
			overlays.digits += key === Key.star ? "." : String(key);
		ui.changed(Change.overlay);
		return;
	}
	if (!phone.registered) {
		refuse(ui);
		return;
	}
	if (phone.acceptsDigits) {
		phone.digit(key);
		return;
	}
	if (overlays.open !== Overlay.collecting) overlays.show(Overlay.collecting);
	if (overlays.digits.length < collectLimit) overlays.digits += characterOf(key);
	ui.changed(Change.overlay);
}

function characterOf(key: number): string {
	return key === Key.star ? "*" : key === Key.pound ? "#" : String(key);
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

/** Opens the chosen item of a list, or item `number`; dials it where it is a number. */
function choose(ui: KeyTarget, number?: number): void {
	const { overlays, phone } = ui;
	const chosen = overlays.choose(number);
	if (chosen === undefined) ui.notice("Locked: **# unlocks");
	else if (chosen !== "" && !phone.registered) refuse(ui);
	else if (chosen !== "") {
		overlays.close();
		phone.dial(chosen);
	}
	ui.changed(Change.overlay);
}

function softkey(ui: KeyTarget, index: number): void {
	const action = ui.row.action(index);
	if (action >= 0) ui.phone.softkey(action);
	else local(ui, action);
}

function local(ui: KeyTarget, action: number): void {
	const { overlays, phone, row } = ui;
	switch (action) {
		case Local.more:
			row.more();
			ui.changed(Change.softkeys);
			return;
		case Local.dial: {
			const { digits } = overlays;
			overlays.close();
			phone.dial(digits);
			break;
		}
		case Local.backspace:
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
			return;
	}
	ui.changed(Change.overlay);
}

/** Ends the collecting of a number; returns its digits when they are to be dialled. */
function endCollecting(ui: KeyTarget): string {
	const { overlays, phone } = ui;
	if (overlays.open !== Overlay.collecting) return "";
	const { digits } = overlays;
	overlays.close();
	ui.changed(Change.overlay);
	return phone.calls.ringing === undefined ? digits : "";
}

function button(ui: KeyTarget, position: number): void {
	const digits = endCollecting(ui);
	if (digits !== "") ui.phone.prepare(digits);
	if (!ui.phone.buttonKey(position)) ui.notice(ui.screen.dictionary.phrase(notActive));
}

function route(ui: KeyTarget, to: number): void {
	const digits = endCollecting(ui);
	if (digits !== "") ui.phone.prepare(digits);
	if (ui.phone.routes.allows(to)) ui.phone.routeKey(to);
	else ui.notice(ui.screen.dictionary.phrase(notActive));
}

function stimulus(ui: KeyTarget, number: number): void {
	if (ui.phone.registered) ui.phone.stimulusKey(number);
	else refuse(ui);
}

/** The key has nobody to do it: says so while a call goes on; otherwise the prompt tells what the phone waits for. */
function refuse(ui: KeyTarget): void {
	if (ui.phone.preserving) ui.notice(ui.screen.dictionary.phrase(notActive));
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
