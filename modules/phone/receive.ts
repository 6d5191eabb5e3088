/*
 * What each message does to the mirror. Servers repeat themselves, shorten messages (CallManager 3.x) and lengthen them
 * (chan_skinny, chan-sccp); everything is read by the received length and a repetition changes nothing. From here on down
 * loops count: `for...of` would leave an iterator on the heap at every message.
 */
import { toSeconds } from "base/calendar";
import { CallState, LampMode } from "hal/hardware";
import { Limits } from "limits";
import { Change } from "phone/changes";
import { Disposition, Restriction, ringerOff, Visibility } from "phone/facts";
import type { ButtonEntry, Line } from "phone/lines";
import type { Phone } from "phone/phone";
import { Button } from "sccp/buttons";
import {
	ActivateCallPlane,
	BackSpaceRes,
	CallStateMessage,
	ClearPriNotify,
	ClearPromptStatus,
	DialedNumber,
	DisplayNotify,
	DisplayNotifyV2,
	DisplayPriNotify,
	DisplayPriNotifyV2,
	DisplayPromptStatus,
	DisplayPromptStatusV2,
	DisplayText,
	SelectSoftKeys,
	SetLamp,
} from "sccp/messages-call";
import { TimeDateRes } from "sccp/messages-status";
import type { Reader } from "sccp/reader";

export function callState(this: Phone, reader: Reader): void {
	const at = CallStateMessage.layout(reader.version, reader.length);
	const told = reader.u32(at.callState);
	const instance = reader.u32(at.lineInstance);
	const reference = reader.u32(at.callReference);
	if (reference === 0) hint(this, instance, told);
	else applyState.call(this, reference, instance, told, reader.u32(at.privacy));
}

/** A call has a state, told by the call agent or by what it does. */
export function applyState(this: Phone, reference: number, instance: number, told: number, privacy: number): void {
	const calls = this.calls;
	if (told === CallState.onHook || told === 0) {
		const call = calls.find(reference);
		if (call !== undefined) this.ended(call);
		return;
	}
	const call = calls.ensure(reference, instance);
	const selected = calls.selected;
	const before = call.state;
	const rang = call.ringing;
	const { facts } = call;
	call.visibility = visibilityOf(privacy);
	// so older phones are told that another one has answered; one's own call is off hook before it is connected
	const answeredElsewhere =
		told === CallState.connected && call.visibility !== Visibility.all && (before === 0 || call.ringing || call.remote);
	const state = answeredElsewhere ? CallState.inUseRemotely : told;
	// chan-sccp hides it unless it belongs into the list of those that were answered
	if (answeredElsewhere && call.ringing && call.visibility === Visibility.collapsed)
		call.disposition = Disposition.received;
	const first = call.connectedAt < 0;
	const known = !calls.setState(call, state, this.clock.ticks);
	if (call.live || call.visibility === Visibility.all) call.concealed = false;
	else if (before === 0) call.concealed = true;
	if (call.live) this.goingOff = false;
	this.dialler.shown(call, before);
	if (known) {
		if (call.facts === facts) return;
		if (calls.selected === call && !call.shown) calls.selectBest();
		this.changed(Change.calls | Change.buttons | selectionChange);
		return;
	}
	if (first && call.connectedAt >= 0) this.callLog?.connected(call);
	if (state === CallState.hold || ((rang || call.ringer !== ringerOff) && !call.ringing)) this.fallSilent(call, rang);
	if (call.live) this.tones.claim(call.reference, this.calls.find(this.tones.owner) !== undefined);
	if (before === 0 && (call.live || call.ringing)) this.changed(Change.newCall);
	// a lamp that told of hold is out of date; chan_skinny sends none on resume
	const line = this.lines.line(call.line);
	if (state === CallState.connected && line !== undefined && line.lampMode !== LampMode.off)
		line.lampMode = LampMode.on;
	this.changed(
		Change.calls | Change.buttons | (calls.selected === call || calls.selected !== selected ? selectionChange : 0),
	);
}

/** How much of a call may be shown; a number without a meaning says nothing. */
function visibilityOf(privacy: number): number {
	return privacy <= Visibility.hidden ? privacy : Visibility.all;
}

const selectionChange = Change.softkeys | Change.prompt;

/** chan_skinny and chan-sccp tell of lines in use elsewhere by a state without a call. */
function hint(phone: Phone, instance: number, state: number): void {
	const line = phone.lines.line(instance);
	if (line === undefined) return;
	const remote = state === CallState.onHook ? 0 : state;
	if (line.remoteState === remote) return;
	line.remoteState = remote;
	phone.changed(Change.buttons);
}

export function dialedNumber(this: Phone, reader: Reader): void {
	const at = DialedNumber.formOf(reader).at;
	const call = this.calls.find(reader.u32(at.callReference));
	if (call === undefined || !call.calledNumber.empty || call.hides(Restriction.calledNumber)) return;
	reader.copyText(at.dialedNumber, Limits.directoryNumber, call.calledNumber);
	this.changed(Change.calls);
}

export function backSpace(this: Phone, reader: Reader): void {
	const at = BackSpaceRes.layout(reader.version, reader.length);
	const call = this.calls.find(reader.u32(at.callReference)) ?? this.calls.live;
	if (call === undefined || call.dialled === "") return;
	call.dialled = call.dialled.slice(0, -1);
	this.changed(Change.calls);
}

export function selectSoftKeys(this: Phone, reader: Reader): void {
	const at = SelectSoftKeys.layout(reader.version, reader.length);
	const reference = reader.u32(at.callReference);
	const set = reader.u32(at.softKeySetIndex);
	// CallManager 3.1 sends no mask
	const mask = reader.has(at.validKeyMask, 4) ? reader.u32(at.validKeyMask) : 0xffffffff;
	if (reference === 0) {
		// a line of its own (chan-sccp's hints) does not change the softkeys of the idle phone
		const instance = reader.u32(at.lineInstance);
		if (instance > 0 && instance !== this.lines.primary.instance) return;
		if (this.softkeys.selectIdle(set, mask)) this.changed(Change.softkeys);
		return;
	}
	// for a call that has ended there is nothing to select
	const call = set === 0 ? this.calls.find(reference) : this.calls.ensure(reference, reader.u32(at.lineInstance));
	if (call === undefined || (call.softkeySet === set && call.softkeyMask === mask)) return;
	call.softkeySet = set;
	call.softkeyMask = mask;
	if (this.selected === call) this.changed(Change.softkeys);
}

export function displayPrompt(this: Phone, reader: Reader): void {
	const at = DisplayPromptStatus.layout(reader.version, reader.length);
	const line = reader.u32(at.lineInstance);
	const prompt = this.prompts.prompt(line, reader.u32(at.callReference), reader.u32(at.timeOutValue));
	reader.copyText(at.promptStatus, 32, prompt.text);
	this.changed(Change.prompt);
}

export function displayPromptV2(this: Phone, reader: Reader): void {
	const at = DisplayPromptStatusV2.layout(reader.version, reader.length);
	const line = reader.u32(at.lineInstance);
	const prompt = this.prompts.prompt(line, reader.u32(at.callReference), reader.u32(at.timeOutValue));
	reader.copyText(at.promptStatus, Limits.prompt, prompt.text);
	this.changed(Change.prompt);
}

export function clearPrompt(this: Phone, reader: Reader): void {
	const at = ClearPromptStatus.layout(reader.version, reader.length);
	if (this.prompts.clearPrompt(reader.u32(at.lineInstance), reader.u32(at.callReference))) this.changed(Change.prompt);
}

export function displayNotify(this: Phone, reader: Reader): void {
	const at = DisplayNotify.layout(reader.version, reader.length);
	reader.copyText(at.notify, 32, this.prompts.notify(reader.u32(at.timeOutValue)).text);
	this.changed(Change.prompt);
}

export function displayNotifyV2(this: Phone, reader: Reader): void {
	const at = DisplayNotifyV2.layout(reader.version, reader.length);
	reader.copyText(at.notify, Limits.notify, this.prompts.notify(reader.u32(at.timeOutValue)).text);
	this.changed(Change.prompt);
}

export function clearNotify(this: Phone): void {
	if (this.prompts.clearNotify()) this.changed(Change.prompt);
}

export function displayPriority(this: Phone, reader: Reader): void {
	const at = DisplayPriNotify.layout(reader.version, reader.length);
	const entry = this.prompts.notifyPriority(reader.u32(at.priority), reader.u32(at.timeOutValue));
	reader.copyText(at.notify, 32, entry.text);
	this.changed(Change.prompt);
}

export function displayPriorityV2(this: Phone, reader: Reader): void {
	const at = DisplayPriNotifyV2.layout(reader.version, reader.length);
	const entry = this.prompts.notifyPriority(reader.u32(at.priority), reader.u32(at.timeOutValue));
	reader.copyText(at.notify, Limits.notify, entry.text);
	this.changed(Change.prompt);
}

export function clearPriority(this: Phone, reader: Reader): void {
	const at = ClearPriNotify.layout(reader.version, reader.length);
	if (this.prompts.clearPriority(reader.u32(at.priority))) this.changed(Change.prompt);
}

export function displayText(this: Phone, reader: Reader): void {
	const at = DisplayText.layout(reader.version, reader.length);
	const display = this.prompts.display;
	reader.copyText(at.text, 32, display.text);
	display.active = !display.text.empty;
	this.changed(Change.prompt);
}

export function clearDisplay(this: Phone): void {
	const display = this.prompts.display;
	if (!display.active) return;
	display.end();
	this.changed(Change.prompt);
}

export function setLamp(this: Phone, reader: Reader): void {
	const at = SetLamp.layout(reader.version, reader.length);
	const stimulus = reader.u32(at.stimulus);
	const instance = reader.u32(at.stimulusInstance);
	const mode = reader.u32(at.lampMode);
	const line = this.lines.line(instance);
	if (stimulus === Button.voicemail) {
		if (line === undefined) {
			if (this.messageLamp === mode) return;
			this.messageLamp = mode;
		} else {
			if (line.messageLamp === mode) return;
			line.messageLamp = mode;
		}
		this.changed(Change.messageWaiting | Change.buttons);
		return;
	}
	if (stimulus === Button.line) {
		// without an instance it is no line's
		if (line !== undefined) light(this, line, mode);
		return;
	}
	const { buttons } = this.lines;
	for (let i = 0; i < buttons.length; i += 1) {
		const entry = buttons[i] as ButtonEntry;
		// a feature of the phone as a whole comes without an instance
		if (entry.type === stimulus && (entry.instance === instance || instance === 0)) light(this, entry, mode);
	}
}

function light(phone: Phone, target: Line | ButtonEntry, mode: number): void {
	if (target.lampMode === mode) return;
	target.lampMode = mode;
	phone.changed(Change.buttons);
}

export function activateCallPlane(this: Phone, reader: Reader): void {
	setPlane(this, reader.u32(ActivateCallPlane.layout(reader.version, reader.length).lineInstance));
}

export function deactivateCallPlane(this: Phone): void {
	setPlane(this, 0);
}

function setPlane(phone: Phone, line: number): void {
	if (phone.activeLine === line) return;
	phone.activeLine = line;
	phone.changed(Change.prompt);
}

export function timeDate(this: Phone, reader: Reader): void {
	const at = TimeDateRes.layout(reader.version, reader.length);
	const year = reader.u32(at.wYear);
	const month = reader.u32(at.wMonth);
	const day = reader.u32(at.wDay);
	if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return;
	const seconds = toSeconds(
		year,
		month,
		day,
		reader.u32(at.wHour) % 24,
		reader.u32(at.wMinute) % 60,
		reader.u32(at.wSecond) % 60,
	);
	// servers repeat the time after each call; a clock that is right goes on
	if (this.timeSeconds >= 0 && Math.abs(seconds - this.now) <= 1) return;
	this.timeSeconds = seconds;
	this.timeTicks = this.clock.ticks - (reader.u32(at.wMilliseconds) % 1000);
	this.changed(Change.status);
}
