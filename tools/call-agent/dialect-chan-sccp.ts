/*
 * The order in which chan-sccp (4.3.5, from captures) says things: it echoes the version that the phone declares, opens
 * channels at Connected, plays tones by StartTone, refreshes the message lamp with everything, and counts pass-through
 * parties down from 0xFFFFFFFE.
 */
import { randomInt } from "node:crypto";
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
import { ButtonType, type DisplayText, phrase, type Sender, secondPhrase } from "./sender.js";
import { SoftKeySet } from "./softkeys.js";

const all = 0xffffffff;
/** All softkeys but Redial, while nothing has been dialled. */
const withoutFirst = 0xfffffffe;
/** Prompts go away after this many seconds. */
const promptTime = 4;
/** Priority of the notice that the other side holds. */
const holdPriority = 6;
/** Seconds that a notice stands. */
const noticeTime = 5;
/** Visibility of a call that is not shown. */
const hidden = 2;

export class ChanSccp extends Dialect {
	readonly name = "chan_sccp";
	readonly highestVersion = 22;
	readonly largestMessage = 2416;
	readonly keepaliveMisses = 2;
	override readonly duplicates = "rejectBoth";
	override readonly pickUpAsks = true;

	keepalive(): number {
		return randomInt(22, 29);
	}

	negotiate(declared: number, highest: number): number {
		// Versions 12 to 14 do not exist; the next lower one it knows is 11.
		const version = Math.min(Math.max(declared, 3), highest);
		return version > 11 && version < 15 ? 11 : version;
	}

	reference(count: number): number {
		return count;
	}

	passThruParty(_leg: Leg, count: number): number {
		return 0xffffffff - count;
	}

	acknowledge(device: Device, keepalive: number): void {
		const sender = device.registration?.sender;
		if (!sender) return;
		const features = sender.version >= 11 ? [0x20, 0xf1, 0xff] : [0, 0, 0];
		sender.registerAck(keepalive, "D/M/Y", keepalive, sender.version, features);
		sender.capabilitiesReq();
	}

	complete(device: Device, agentName: string): void {
		const sender = device.registration?.sender;
		if (!sender) return;
		sender.timeDate();
		for (const line of device.lines) sender.lamp(LampStimulus.voiceMail, line.instance, LampMode.off);
		this.idle(sender, device);
		if (agentName !== "") sender.notify(5, Buffer.concat([Buffer.from(`${agentName} `), phrase(Phrase.connected)]));
	}

	/** The message lamp, which goes with everything. */
	private messageLamp(device: Device): void {
		const mode = device.newMessages > 0 ? LampMode.on : LampMode.off;
		device.registration?.sender.lamp(LampStimulus.voiceMail, 0, mode);
	}

	private idle(sender: Sender, device: Device): void {
		this.messageLamp(device);
		this.idlePrompt(sender, device);
	}

	private idlePrompt(sender: Sender, device: Device): void {
		sender.clearPrompt(0, 0);
		sender.prompt(0, this.idleText(device), 0, 0);
		sender.selectSoftKeys(0, 0, SoftKeySet.onHook, device.lastDialled === "" ? withoutFirst : all);
	}

	offHook(leg: Leg): void {
		const { sender, instance, reference } = leg;
		this.messageLamp(leg.line.device);
		sender.speaker(Speaker.on);
		sender.lamp(LampStimulus.line, instance, LampMode.on);
		sender.callState(CallState.offHook, instance, reference);
		sender.activateCallPlane(instance);
		sender.prompt(promptTime, phrase(Phrase.enterNumber), instance, reference);
		sender.startTone(Tone.insideDial, instance, reference);
		const mask = leg.line.device.lastDialled === "" ? withoutFirst : all;
		sender.selectSoftKeys(instance, reference, SoftKeySet.offHook, mask);
	}

	digit(leg: Leg, count: number): void {
		this.messageLamp(leg.line.device);
		if (count === 1) leg.sender.stopTone(leg.instance, leg.reference);
		leg.sender.selectSoftKeys(leg.instance, leg.reference, SoftKeySet.digits, all);
	}

	backspace(leg: Leg): void {
		this.messageLamp(leg.line.device);
		leg.sender.backSpace(leg.instance, leg.reference);
		if (leg.digits === "") this.dialToneAgain(leg, all);
	}

	dialling(leg: Leg): void {
		const { sender, instance, reference } = leg;
		this.messageLamp(leg.line.device);
		sender.stopTone(instance, reference);
		sender.lamp(LampStimulus.line, instance, LampMode.blink);
		const known = parties(leg, true);
		const nobody = { number: "", name: "" };
		sender.callInfo(instance, reference, {
			...known,
			called: { number: leg.digits, name: "" },
			originalCalled: nobody,
		});
		sender.dialedNumber(leg.digits, instance, reference);
		sender.callState(CallState.proceed, instance, reference);
	}

	ringIn(leg: Leg): void {
		const { sender, instance, reference } = leg;
		const from = leg.far ? `${leg.far.name} (${leg.far.number})` : "";
		this.messageLamp(leg.line.device);
		sender.clearNotify();
		sender.clearPrompt(instance, 0);
		sender.callState(CallState.ringIn, instance, reference);
		sender.callInfo(instance, reference, parties(leg));
		sender.lamp(LampStimulus.line, instance, LampMode.blink);
		sender.ringer(leg.waiting ? Ringer.silent : Ringer.inside, instance, reference);
		if (leg.waiting) sender.startTone(Tone.callWaiting, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringIn, all);
		sender.prompt(promptTime, phrase(Phrase.from, from), instance, reference);
	}

	ringOut(leg: Leg): void {
		const { sender, instance, reference } = leg;
		sender.callInfo(instance, reference, parties(leg, true));
		this.messageLamp(leg.line.device);
		sender.callState(CallState.proceed, instance, reference);
		sender.prompt(promptTime, phrase(Phrase.ringOut), instance, reference);
		sender.startTone(Tone.alerting, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringOut, 0xfffffffb);
	}

	answered(leg: Leg): void {
		const { sender, instance, reference } = leg;
		sender.callState(CallState.offHook, instance, reference);
		sender.activateCallPlane(instance);
		sender.callState(CallState.connected, instance, reference);
		this.openReceive(leg);
		leg.afterOpen = () => {
			this.talk(leg);
			sender.selectSoftKeys(instance, reference, SoftKeySet.connectedTransfer, 0xfffffeff);
		};
	}

	connected(leg: Leg): void {
		this.talk(leg);
		this.openReceive(leg);
		// The ringing tone, where one was given.
		if (leg.peer) leg.sender.stopTone(leg.instance, leg.reference);
		leg.sender.selectSoftKeys(leg.instance, leg.reference, SoftKeySet.connectedTransfer, 0xfffffeff);
	}

	private talk(leg: Leg): void {
		const { sender, instance, reference } = leg;
		this.messageLamp(leg.line.device);
		sender.ringer(Ringer.off, instance, reference);
		sender.speaker(Speaker.on);
		sender.stopTone(instance, reference);
		sender.lamp(LampStimulus.line, instance, LampMode.on);
		sender.callState(CallState.connected, instance, reference);
		sender.callInfo(instance, reference, parties(leg, true));
		sender.activateCallPlane(instance);
		sender.prompt(promptTime, phrase(Phrase.connected), instance, reference);
	}

	busy(leg: Leg): void {
		this.failed(leg, phrase(Phrase.busy), Tone.busy);
	}

	congestion(leg: Leg): void {
		this.failed(leg, Buffer.from("Temporary failure"), Tone.reorder);
	}

	private failed(leg: Leg, prompt: Buffer, tone: number): void {
		const { sender, instance, reference } = leg;
		this.messageLamp(leg.line.device);
		sender.callState(CallState.proceed, instance, reference);
		sender.prompt(promptTime, prompt, instance, reference);
		sender.startTone(tone, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringOut, all);
	}

	invalid(leg: Leg): void {
		const { sender, instance, reference } = leg;
		this.messageLamp(leg.line.device);
		sender.prompt(promptTime, phrase(Phrase.unknownNumber), instance, reference);
		sender.startTone(Tone.reorder, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringOut, all);
	}

	hold(leg: Leg): void {
		const { sender, instance, reference } = leg;
		this.messageLamp(leg.line.device);
		this.closeMedia(leg);
		sender.timeDate();
		sender.lamp(LampStimulus.line, instance, LampMode.wink);
		sender.callState(CallState.hold, instance, reference);
		sender.prompt(promptTime, phrase(Phrase.hold), instance, reference);
		sender.callInfo(instance, reference, parties(leg, true));
		sender.speaker(Speaker.off);
		sender.selectSoftKeys(instance, reference, SoftKeySet.onHold, all);
	}

	resume(leg: Leg): void {
		this.talk(leg);
		this.openReceive(leg);
		leg.sender.selectSoftKeys(leg.instance, leg.reference, SoftKeySet.connectedTransfer, 0xfffffeff);
	}

	heldByPeer(leg: Leg): void {
		leg.sender.priorityNotify(holdPriority, holdPriority, secondPhrase(0x22));
	}

	resumedByPeer(leg: Leg): void {
		leg.sender.clearPriorityNotify(holdPriority);
		this.talk(leg);
		leg.sender.selectSoftKeys(leg.instance, leg.reference, SoftKeySet.connectedTransfer, 0xfffffeff);
	}

	/** A phone to which no telephone events were offered is told digits in signalling. */
	override peerDigit(leg: Leg, button: number): void {
		if (leg.sender.version < 17) leg.sender.keypadButton(button, leg.instance, leg.reference);
	}

	released(leg: Leg, cause: ReleaseCause): void {
		const { sender, instance, reference } = leg;
		const device = leg.line.device;
		const other = device.active;
		if (leg.receiveOpen) this.closeMedia(leg);
		this.messageLamp(leg.line.device);
		sender.stopTone(instance, reference);
		sender.lamp(LampStimulus.line, instance, this.lineLamp(leg.line));
		sender.clearPrompt(instance, reference);
		if (cause === "elsewhere") this.takenElsewhere(leg);
		sender.callState(CallState.onHook, instance, reference);
		sender.selectSoftKeys(0, 0, SoftKeySet.onHook, all);
		sender.timeDate();
		if (!other) sender.speaker(Speaker.off);
		sender.ringer(Ringer.off, instance, reference);
		if (leg.state === "connected" || leg.state === "held")
			sender.connectionStatisticsReq(leg.far?.number ?? (leg.digits || leg.line.number), reference);
		this.idlePrompt(sender, device);
		// The call that goes on is what the softkeys act on again.
		if (other) sender.selectSoftKeys(other.instance, other.reference, SoftKeySet.connectedTransfer, 0xfffffeff);
	}

	override onHookIdle(device: Device): void {
		device.registration?.sender.speaker(Speaker.off);
		device.registration?.sender.stopTone(0, 0);
	}

	/** Keys that show a state are lines of their own before version 15. */
	override hintType(version: number): number {
		return version >= 15 ? super.hintType(version) : ButtonType.line;
	}

	override hint(device: Device, index: number, state: number): void {
		const sender = device.registration?.sender;
		if (!sender) return;
		if (sender.version >= 15) {
			super.hint(device, index, state);
			return;
		}
		const instance = device.hintInstance(index, ButtonType.line);
		const busy = state !== HintState.unknown && state !== HintState.idle;
		sender.lamp(LampStimulus.line, instance, busy ? LampMode.on : LampMode.off);
		sender.callState(busy ? CallState.inUseRemotely : CallState.onHook, instance, 0);
	}

	override notice(device: Device, text: DisplayText, leg?: Leg): void {
		device.registration?.sender.prompt(noticeTime, text, leg?.instance ?? 0, leg?.reference ?? 0);
	}

	override idleText(device: Device): DisplayText {
		const line = device.lines.find(({ forward }) => forward.all + forward.busy + forward.noAnswer !== "");
		if (line) {
			const { all, busy, noAnswer } = line.forward;
			// Phrases CFwdAll, CFwdBusy, CFwdNoAnswer.
			const kind = all !== "" ? 5 : busy !== "" ? 6 : 7;
			return Buffer.concat([
				phrase(kind, `:${line.number} `),
				phrase(Phrase.forwardedTo, ` ${all || busy || noAnswer}`),
			]);
		}
		if (device.newMessages > 0) return phrase(Phrase.voiceMail, `: (${device.newMessages}/0)`);
		return device.privacy ? phrase(Phrase.private) : super.idleText(device);
	}

	override asksForNumber(leg: Leg): void {
		const { sender, instance, reference } = leg;
		sender.stopTone(instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.digits, all);
		sender.startTone(Tone.zip, instance, reference);
	}

	override forwarded(line: Line): void {
		const sender = line.device.registration?.sender;
		const { all: every, busy, noAnswer } = line.forward;
		// The stimuli of the three keys follow each other.
		for (const [index, number] of [every, busy, noAnswer].entries())
			sender?.lamp(LampStimulus.forwardAll + index, line.instance, number === "" ? LampMode.off : LampMode.on);
		super.forwarded(line);
	}

	override messages(device: Device): void {
		this.messageLamp(device);
		this.sayIdle(device);
	}

	override parkedAt(device: Device, slot: string): void {
		device.registration?.sender.priorityNotify(10, 5, phrase(Phrase.callParkAt, ` ${slot}`));
	}

	override nothingToPickUp(device: Device): void {
		device.registration?.sender.priorityNotify(5, 5, phrase(Phrase.noCallForPickUp));
	}

	override privacy(device: Device): void {
		this.sayIdle(device);
	}

	/** A phone of before version 17 takes it for a call that was answered, and hides it. */
	protected override takenElsewhere(leg: Leg): void {
		if (leg.sender.version >= 17) super.takenElsewhere(leg);
		else leg.sender.callState(CallState.connected, leg.instance, leg.reference, hidden);
	}
}
