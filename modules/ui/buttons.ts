/*
 * Labels, icons and lamps of the keys beside the display, as a 7970 shows them: green for this phone's own calls, amber
 * for ringing, red for use elsewhere; a one-colour board shows the same as steady, wink, flash and blink.
 */
import { CallState, Icon, LampColour, LampMode } from "hal/hardware";
import type { Call } from "phone/calls";
import { Button, type ButtonEntry, type Line } from "phone/lines";
import type { Phone } from "phone/phone";
import type { Dictionary } from "ui/dictionary";
import { keyWord, statusColour, statusIcon, statusLamp } from "ui/keys";
import type { ScreenValue } from "ui/screen";

/** Fills in all keys. */
export function showButtons(screen: ScreenValue, phone: Phone): void {
	const buttons = phone.lines.buttons;
	for (let i = 0; i < buttons.length; i += 1) {
		const entry = buttons[i] as ButtonEntry;
		const line = entry.type === Button.line ? phone.lines.line(entry.instance) : undefined;
		if (line !== undefined) showLine(screen, phone, i, line);
		else showOther(screen, phone, i, entry);
	}
}

/** A line's label; without one its name, where that says more than its number (chan_skinny has the label there). */
function lineLabel(line: Line, dictionary: Dictionary): string {
	if (!line.label.empty) return dictionary.show(line.label);
	const number = dictionary.show(line.number);
	const name = dictionary.show(line.name);
	return saysMore(name, number) ? name : number;
}

/**
 * Whether a name is more than the number once again, be it as others dial it (CallManager has 8165551003 for 1003): it has a letter, or is
 * another number.
 */
function saysMore(name: string, number: string): boolean {
	let digits = "";
	for (let i = 0; i < name.length; i += 1) {
		const code = name.charCodeAt(i) | 0x20;
		if (code > 0x7f || (code >= 0x61 && code <= 0x7a)) return true;
		if (code >= 0x30 && code <= 0x39) digits += name.charAt(i);
	}
	return digits !== "" && (number === "" || !digits.endsWith(number));
}

function showLine(screen: ScreenValue, phone: Phone, index: number, line: Line): void {
	const label = lineLabel(line, screen.dictionary);
	const instance = line.instance;
	const calls = phone.calls;
	let ringing = false;
	let live = false;
	let connected = false;
	let held = false;
	let remoteHeld = line.remoteState === CallState.remoteHold;
	let remote = line.remoteState === CallState.inUseRemotely;
	for (let i = 0; i < calls.entries.length; i += 1) {
		const call = calls.entries[i] as Call;
		if (call.reference === 0 || call.line !== instance) continue;
		if (call.ringing) ringing = true;
		else if (call.live) {
			live = true;
			if (call.state === CallState.connected) connected = true;
		} else if (call.held) held = true;
		else if (call.state === CallState.remoteHold) remoteHeld = true;
		else if (call.remote) remote = true;
	}
	let icon: number = Icon.onHook;
	let lamp: number = line.lampMode;
	let colour: number = LampColour.none;
	if (!phone.registered && !(phone.preserving && (live || held))) {
		icon = Icon.outOfService;
		lamp = LampMode.off;
	} else if (ringing || line.remoteState === CallState.ringIn) {
		icon = Icon.ringing;
		lamp = LampMode.blink;
		colour = LampColour.amber;
	} else if (live) {
		icon = connected ? Icon.connected : Icon.offHook;
		// CallManager 3.x tells of hold by the lamp alone
		const byLamp = connected && (line.lampMode === LampMode.wink || line.lampMode === LampMode.flash);
		if (byLamp) icon = Icon.held;
		lamp = byLamp ? LampMode.wink : LampMode.on;
		colour = LampColour.green;
	} else if (held) {
		icon = Icon.held;
		lamp = LampMode.wink;
		colour = LampColour.green;
	} else if (remoteHeld) {
		icon = Icon.held;
		lamp = LampMode.flash;
		colour = LampColour.red;
	} else if (remote) {
		icon = Icon.remoteInUse;
		lamp = LampMode.on;
		colour = LampColour.red;
	} else {
		if (line.messageLamp !== LampMode.off) icon = Icon.envelope;
		if (line.forwards !== 0) icon = Icon.forwarded;
		if (lamp !== LampMode.off) colour = LampColour.amber;
	}
	screen.setButton(index, label, icon, lamp, colour);
}

function showOther(screen: ScreenValue, phone: Phone, index: number, entry: ButtonEntry): void {
	const { dictionary } = screen;
	const { label: text, number, status, type } = entry;
	const label = dictionary.show(text.empty ? number : text) || keyWord(type, dictionary);
	let icon: number = Icon.none;
	let lamp: number = entry.lampMode;
	let colour: number = lamp === LampMode.off ? LampColour.none : LampColour.amber;
	switch (type) {
		case Button.unused:
		case Button.undefined:
			lamp = LampMode.off;
			colour = LampColour.none;
			break;
		case Button.speedDial:
			icon = Icon.speedDial;
			break;
		case Button.serviceUrl:
			icon = Icon.service;
			break;
		case Button.voicemail:
			icon = Icon.envelope;
			if (phone.messageWaiting) {
				lamp = LampMode.on;
				colour = LampColour.red;
			}
			break;
		default:
			icon = statusIcon(type, status);
			if (type === Button.busyLampField || lamp === LampMode.off) {
				lamp = statusLamp(type, status);
				colour = statusColour(type, status);
			}
	}
	if (!phone.registered) {
		lamp = LampMode.off;
		colour = LampColour.none;
	}
	screen.setButton(index, label, icon, lamp, colour);
}
