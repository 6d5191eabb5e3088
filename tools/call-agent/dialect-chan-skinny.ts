/*
 * The order in which Asterisk's chan_skinny (20.20.1, from captures) says things: message lamps before RegisterAck,
 * version octet 48, progress tones in band on a channel opened right after dialling, layouts that switch at 17 only.
 */
import type { Device, Line } from "./device.js";
import {
	CallState,
	LampMode,
	LampStimulus,
	Phrase,
	parties,
	type ReleaseCause,
	Ringer,
	Speaker,
	Tone,
} from "./dialect.js";
import { Dialect, HintState } from "./dialect-features.js";
import type { Leg } from "./leg.js";
import { ButtonType, type DisplayText, phrase } from "./sender.js";
import { SoftKeySet } from "./softkeys.js";

const mask = 0x7f;
/** Seconds that a notice stands. */
const noticeTime = 10;
/** Lamp and call state of a key that watches, by what it watches. */
const hintShown: Readonly<Record<number, readonly [lamp: number, state: number]>> = Object.freeze({
	[HintState.idle]: [LampMode.off, CallState.onHook],
	[HintState.inUse]: [LampMode.on, CallState.inUseRemotely],
	[HintState.alerting]: [LampMode.blink, CallState.ringIn],
	[HintState.doNotDisturb]: [LampMode.on, CallState.inUseRemotely],
});

export class ChanSkinny extends Dialect {
	readonly name = "chan_skinny";
	readonly highestVersion = 17;
	readonly largestMessage = 2000;
	readonly keepaliveMisses = 3;
	override readonly inBand = true;
	override readonly remembersHook = true;
	override readonly wholeHeader = true;
	override readonly dropsOnAnswer = true;
	override readonly enblocAnew = true;
	override readonly duplicates = "reject";
	override readonly sharesLines = false;
	override readonly hintKeysDial = false;

	keepalive(): number {
		return 20;
	}

	negotiate(declared: number, highest: number): number {
		return Math.min(declared, highest) >= 17 ? 17 : 3;
	}

	reference(count: number): number {
		return count;
	}

	passThruParty(leg: Leg): number {
		return leg.reference;
	}

	acknowledge(device: Device, keepalive: number): void {
		const sender = device.registration?.sender;
		if (!sender) return;
		for (const line of [...device.lines].reverse()) {
			sender.lamp(LampStimulus.voiceMail, line.instance, LampMode.off);
			sender.lamp(LampStimulus.voiceMail, 0, LampMode.off);
		}
		sender.registerAck(keepalive, "D-M-Y", keepalive, 0x30, [0, 0, 0]);
		sender.capabilitiesReq();
	}

	complete(device: Device): void {
		device.registration?.sender.timeDate();
	}

	offHook(leg: Leg, byHook: boolean): void {
		const { sender, instance, reference } = leg;
		if (!byHook) sender.speaker(Speaker.on);
		sender.ringer(Ringer.off, instance, reference);
		sender.lamp(LampStimulus.line, instance, LampMode.on);
		sender.timeDate();
		sender.callState(CallState.offHook, instance, reference);
		sender.activateCallPlane(instance);
		sender.clearDisplay();
		sender.startTone(Tone.insideDial, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.offHook, mask);
		sender.prompt(0, phrase(Phrase.enterNumber), instance, reference);
	}

	digit(leg: Leg, count: number): void {
		if (count !== 1) return;
		leg.sender.stopTone(leg.instance, leg.reference);
		leg.sender.selectSoftKeys(leg.instance, leg.reference, SoftKeySet.digits, 7);
	}

	backspace(leg: Leg): void {
		leg.sender.backSpace(leg.instance, leg.reference);
		if (leg.digits === "") this.dialToneAgain(leg, mask);
	}

	dialling(leg: Leg): void {
		const { sender, instance, reference } = leg;
		sender.callState(CallState.offHook, instance, reference);
		sender.stopTone(instance, reference);
		sender.clearDisplay();
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringOut, 3);
		sender.prompt(0, "Dialing", instance, reference);
		this.openReceive(leg);
	}

	ringIn(leg: Leg): void {
		const { sender, instance, reference } = leg;
		const from = phrase(Phrase.from, leg.far?.number ?? "");
		sender.callState(CallState.ringIn, instance, reference);
		if (leg.waiting) sender.callState(CallState.callWaiting, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringIn, 7);
		sender.prompt(0, from, instance, reference);
		sender.priorityNotify(10, 5, from);
		this.callInfo(leg);
		sender.lamp(LampStimulus.line, instance, LampMode.blink);
		if (leg.waiting) sender.startTone(Tone.callWaiting, instance, reference);
		else {
			sender.ringer(Ringer.inside, instance, reference);
			sender.activateCallPlane(instance);
		}
	}

	ringOut(leg: Leg): void {
		const { sender, instance, reference } = leg;
		this.callInfo(leg);
		sender.callState(CallState.proceed, instance, reference);
		sender.callState(CallState.ringOut, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringOut, 3);
		sender.dialedNumber(leg.digits, instance, reference);
		sender.prompt(0, phrase(Phrase.ringOut), instance, reference);
		this.callInfo(leg);
	}

	answered(leg: Leg, byHook: boolean): void {
		const { sender, instance, reference } = leg;
		if (!byHook) sender.speaker(Speaker.on);
		sender.ringer(Ringer.off, instance, reference);
		sender.lamp(LampStimulus.line, instance, LampMode.on);
		sender.clearPriorityNotify(5);
		sender.callState(CallState.offHook, instance, reference);
		this.talk(leg);
		this.openReceive(leg);
	}

	connected(leg: Leg): void {
		this.talk(leg);
		leg.sender.dialedNumber(leg.digits, leg.instance, leg.reference);
		leg.sender.stopTone(leg.instance, leg.reference);
	}

	/** What every call says when it becomes connected. */
	private talk(leg: Leg): void {
		const { sender, instance, reference } = leg;
		sender.ringer(Ringer.off, instance, reference);
		sender.activateCallPlane(instance);
		sender.stopTone(instance, reference);
		this.callInfo(leg);
		sender.callState(CallState.connected, instance, reference);
		sender.prompt(0, phrase(Phrase.connected), instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.connected, mask);
	}

	private callInfo(leg: Leg): void {
		const known = parties(leg);
		// The called phone is told its own name without its number.
		const parts = leg.outgoing ? known : { ...known, called: { number: "", name: known.called.name } };
		leg.sender.callInfo(leg.instance, leg.reference, parts);
	}

	busy(leg: Leg): void {
		this.failed(leg, CallState.busy, "Busy");
	}

	congestion(leg: Leg): void {
		this.failed(leg, CallState.congestion, "Congestion");
	}

	private failed(leg: Leg, state: number, prompt: string): void {
		const { sender, instance, reference } = leg;
		this.callInfo(leg);
		sender.callState(state, instance, reference);
		sender.prompt(0, prompt, instance, reference);
	}

	invalid(leg: Leg): void {
		leg.sender.startTone(Tone.reorder, leg.instance, leg.reference);
	}

	hold(leg: Leg): void {
		const { sender, instance, reference } = leg;
		sender.activateCallPlane(instance);
		this.closeMedia(leg);
		sender.callState(CallState.hold, instance, reference);
		sender.lamp(LampStimulus.line, instance, LampMode.wink);
		sender.selectSoftKeys(instance, reference, SoftKeySet.onHold, 0x0f);
	}

	resume(leg: Leg): void {
		this.openReceive(leg);
		this.talk(leg);
	}

	heldByPeer(): void {}

	resumedByPeer(): void {}

	/** The channel stays open: ringing comes in band. */
	override ringOnward(): void {}

	released(leg: Leg, cause: ReleaseCause): void {
		const { sender, instance, reference } = leg;
		const shown = leg.line.device.active !== undefined;
		if (leg.state === "ringIn") {
			sender.clearPriorityNotify(5);
			this.cleared(leg);
			if (!shown) sender.ringer(Ringer.off, instance, reference);
		} else if (leg.state === "held") this.cleared(leg);
		else {
			sender.speaker(Speaker.off);
			this.closeMedia(leg);
			this.cleared(leg);
			sender.ringer(Ringer.off, instance, reference);
			sender.timeDate();
		}
		sender.lamp(LampStimulus.line, instance, this.lineLamp(leg.line));
		if (cause === "station") sender.timeDate();
	}

	private cleared(leg: Leg): void {
		leg.sender.stopTone(leg.instance, leg.reference);
		leg.sender.callState(CallState.onHook, leg.instance, leg.reference);
		leg.sender.clearPrompt(leg.instance, leg.reference);
	}

	override hintType(): number {
		return ButtonType.line;
	}

	override hint(device: Device, index: number, state: number): void {
		const instance = device.hintInstance(index, ButtonType.line);
		const sender = device.registration?.sender;
		const [mode, callState] = hintShown[state] ?? [LampMode.flash, CallState.onHook];
		sender?.lamp(LampStimulus.line, instance, mode);
		sender?.callState(callState, instance, 0);
	}

	/** It has a text for the whole phone, which covers all prompts for a while. */
	override notice(device: Device, text: DisplayText): void {
		device.registration?.sender.notify(noticeTime, text);
	}

	override asksForNumber(): void {}

	override forwarded(line: Line): void {
		const { all, busy, noAnswer } = line.forward;
		line.device.registration?.sender.forwardStat(line.instance, line.forward);
		this.notice(line.device, all + busy + noAnswer === "" ? "CFwd disabled" : "CFwd enabled");
	}

	/** The lamp is on while it is off. */
	override doNotDisturb(device: Device): void {
		const on = device.doNotDisturb;
		device.registration?.sender.lamp(LampStimulus.doNotDisturb, 1, on ? LampMode.off : LampMode.on);
		this.notice(device, on ? "DnD enabled" : "DnD disabled");
	}

	override messages(device: Device): void {
		for (const line of device.lines) {
			const mode = (messages: number) => (messages > 0 ? LampMode.on : LampMode.off);
			device.registration?.sender.lamp(LampStimulus.voiceMail, line.instance, mode(line.newMessages));
			device.registration?.sender.lamp(LampStimulus.voiceMail, 0, mode(device.newMessages));
		}
	}

	override parked(): void {}

	override parkedAt(device: Device, slot: string): void {
		this.notice(device, `Call Parked at: ${slot}`);
	}

	/** Conferences are none of its own: they are an extension that is called. */
	override conferenced(): void {}
}
