/*
 * Labels, icons and lamps of the keys beside the display, as a 7970 shows them: green for this phone's own calls, amber
 * for ringing, red for use elsewhere; a one-colour board shows the same as steady, wink, flash and blink.
 */
import { CallState, Icon, LampColour, LampMode } from "hal/hardware";
import type { Call } from "phone/calls";
import { BusyLamp, Button, type ButtonEntry, type Line } from "phone/lines";
import type { Phone } from "phone/phone";
import type { Dictionary } from "ui/dictionary";
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

function lineLabel(line: Line, dictionary: Dictionary): string {
	if (!line.label.empty) return dictionary.expand(line.label.toString());
	return dictionary.expand((line.number.empty ? line.name : line.number).toString());
}

function showLine(screen: ScreenValue, phone: Phone, index: number, line: Line): void {
	const label = lineLabel(line, screen.dictionary);
	const instance = line.instance;
	const calls = phone.calls;
	let ringing = false;
	let live = false;
	let connected = false;
	let held = false;
	let remote = line.remoteState === CallState.inUseRemotely;
	for (let i = 0; i < calls.entries.length; i += 1) {
		const call = calls.entries[i] as Call;
		if (call.reference === 0 || call.line !== instance) continue;
		if (call.ringing) ringing = true;
		else if (call.live) {
			live = true;
			if (call.state === CallState.connected) connected = true;
		} else if (call.state === CallState.hold) held = true;
		else if (call.state === CallState.inUseRemotely) remote = true;
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
	} else if (remote) {
		icon = Icon.remoteInUse;
		lamp = LampMode.on;
		colour = LampColour.red;
	} else {
		if (line.messageWaiting) icon = Icon.envelope;
		if (line.forwarded) icon = Icon.forwarded;
		if (lamp !== LampMode.off) colour = LampColour.amber;
	}
	screen.setButton(index, label, icon, lamp, colour);
}

function showOther(screen: ScreenValue, phone: Phone, index: number, entry: ButtonEntry): void {
	const label = screen.dictionary.expand((entry.label.empty ? entry.number : entry.label).toString());
	let icon: number = Icon.none;
	let lamp: number = entry.lampMode;
	let colour: number = lamp === LampMode.off ? LampColour.none : LampColour.amber;
	switch (entry.type) {
		case Button.unused:
		case Button.undefined:
			lamp = LampMode.off;
			colour = LampColour.none;
			break;
		case Button.speedDial:
			icon = Icon.speedDial;
			break;
		case Button.busyLampField:
			icon = busyIcon(entry.status);
			lamp = busyLamp(entry.status);
			colour = busyColour(entry.status);
			break;
		case Button.serviceUrl:
			icon = Icon.service;
			break;
		default:
			icon = Icon.feature;
			if (lamp === LampMode.off && entry.status !== 0) {
				lamp = LampMode.on;
				colour = LampColour.amber;
			}
	}
	if (!phone.registered) {
		lamp = LampMode.off;
		colour = LampColour.none;
	}
	screen.setButton(index, label, icon, lamp, colour);
}

function busyIcon(status: number): number {
	switch (status & 0xff) {
		case BusyLamp.idle:
			return Icon.onHook;
		case BusyLamp.inUse:
		case BusyLamp.doNotDisturb:
			return Icon.busy;
		case BusyLamp.alerting:
			return Icon.ringing;
		default:
			return Icon.speedDial;
	}
}

function busyLamp(status: number): number {
	switch (status & 0xff) {
		case BusyLamp.inUse:
		case BusyLamp.doNotDisturb:
			return LampMode.on;
		case BusyLamp.alerting:
			return LampMode.blink;
		default:
			return LampMode.off;
	}
}

function busyColour(status: number): number {
	switch (status & 0xff) {
		case BusyLamp.inUse:
			return LampColour.red;
		case BusyLamp.doNotDisturb:
		case BusyLamp.alerting:
			return LampColour.amber;
		default:
			return LampColour.none;
	}
}
