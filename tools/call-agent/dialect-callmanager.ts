/*
 * The order in which Cisco CallManager (4.1, from captures of registration, new call, ringing, answer and media; what
 * they leave out follows its published flows) says things. From version 8 on texts have variable size, from 17 on
 * addresses are wide.
 */
import type { Device } from "./device.js";
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
import { Dialect, noticePriority } from "./dialect-features.js";
import type { Leg } from "./leg.js";
import { phrase } from "./sender.js";
import { SoftKeySet } from "./softkeys.js";

const all = 0xffffffff;
/** Seconds of the notice of an incoming call. */
const noticeTime = 10;

export class CallManager extends Dialect {
	readonly name = "callmanager";
	readonly highestVersion = 22;
	readonly largestMessage = 4096;
	readonly keepaliveMisses = 3;
	override readonly reopensForMusic = true;
	override readonly groupPickUpAsks = true;
	private channels = 0;

	keepalive(): number {
		return 30;
	}

	negotiate(declared: number, highest: number): number {
		return Math.min(Math.max(declared, 3), highest);
	}

	reference(count: number): number {
		return 0x01000000 + count;
	}

	/** Each channel gets its own number when it is opened. */
	passThruParty(): number {
		return 0;
	}

	protected override openReceive(leg: Leg): void {
		leg.passThruParty = 0x01010000 + ++this.channels;
		super.openReceive(leg);
	}

	acknowledge(device: Device, keepalive: number): void {
		const sender = device.registration?.sender;
		if (!sender) return;
		const features = sender.version >= 11 ? [0x20, 0xf1, 0xff] : [0, 0, 0];
		sender.registerAck(keepalive, "D.M.Y", 2 * keepalive, sender.version, features);
		sender.capabilitiesReq();
	}

	complete(device: Device): void {
		const sender = device.registration?.sender;
		if (!sender) return;
		sender.timeDate();
		for (const line of device.lines) sender.lamp(LampStimulus.voiceMail, line.instance, LampMode.off);
		sender.selectSoftKeys(0, 0, SoftKeySet.onHook, all);
		this.sayIdle(device);
	}

	offHook(leg: Leg): void {
		const { sender, instance, reference } = leg;
		this.takeUp(leg);
		sender.callState(CallState.offHook, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.offHook, all);
		sender.prompt(0, phrase(Phrase.enterNumber), instance, reference);
		sender.activateCallPlane(instance);
		sender.startTone(Tone.insideDial, instance, reference);
	}

	private takeUp(leg: Leg): void {
		leg.sender.ringer(Ringer.off, 0, 0);
		leg.sender.speaker(Speaker.on);
		leg.sender.lamp(LampStimulus.line, leg.instance, LampMode.on);
	}

	digit(leg: Leg, count: number): void {
		if (count !== 1) return;
		leg.sender.stopTone(leg.instance, leg.reference);
		leg.sender.selectSoftKeys(leg.instance, leg.reference, SoftKeySet.digits, all);
	}

	backspace(leg: Leg): void {
		leg.sender.backSpace(leg.instance, leg.reference);
		if (leg.digits === "") this.dialToneAgain(leg, all);
	}

	dialling(leg: Leg): void {
		const { sender, instance, reference } = leg;
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringOut, all);
		sender.callInfo(instance, reference, parties(leg));
		sender.dialedNumber(leg.digits, instance, reference);
		sender.callState(CallState.proceed, instance, reference);
	}

	ringIn(leg: Leg): void {
		const { sender, instance, reference } = leg;
		const from = phrase(Phrase.from, leg.far?.number ?? "");
		sender.callState(CallState.ringIn, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringIn, all);
		sender.prompt(0, from, instance, reference);
		sender.priorityNotify(noticeTime, noticePriority, from);
		sender.callInfo(instance, reference, parties(leg));
		sender.lamp(LampStimulus.line, instance, LampMode.blink);
		if (leg.waiting) sender.startTone(Tone.callWaiting, instance, reference);
		else sender.ringer(Ringer.inside, instance, reference);
	}

	ringOut(leg: Leg): void {
		const { sender, instance, reference } = leg;
		sender.callState(CallState.ringOut, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringOut, all);
		sender.prompt(0, phrase(Phrase.ringOut), instance, reference);
		sender.startTone(Tone.alerting, instance, reference);
		sender.callInfo(instance, reference, parties(leg));
	}

	answered(leg: Leg): void {
		const { sender, instance, reference } = leg;
		this.takeUp(leg);
		sender.callState(CallState.offHook, instance, reference);
		sender.activateCallPlane(instance);
		sender.ringer(Ringer.off, instance, reference);
		sender.stopTone(instance, reference);
		this.openReceive(leg);
		this.talk(leg);
		sender.clearPriorityNotify(noticePriority);
	}

	connected(leg: Leg): void {
		leg.sender.stopTone(leg.instance, leg.reference);
		this.openReceive(leg);
		this.talk(leg);
	}

	private talk(leg: Leg): void {
		const { sender, instance, reference } = leg;
		sender.callState(CallState.connected, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.connected, 0xfffffdff);
		sender.prompt(0, phrase(Phrase.connected), instance, reference);
		sender.callInfo(instance, reference, parties(leg));
	}

	busy(leg: Leg): void {
		this.failed(leg, CallState.busy, phrase(Phrase.busy), Tone.busy);
	}

	congestion(leg: Leg): void {
		this.failed(leg, CallState.congestion, Buffer.from("Network congestion"), Tone.reorder);
	}

	invalid(leg: Leg): void {
		this.failed(leg, CallState.invalidNumber, phrase(Phrase.unknownNumber), Tone.reorder);
	}

	private failed(leg: Leg, state: number, prompt: Buffer, tone: number): void {
		const { sender, instance, reference } = leg;
		sender.callState(state, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.ringOut, all);
		sender.prompt(0, prompt, instance, reference);
		sender.startTone(tone, instance, reference);
	}

	hold(leg: Leg): void {
		const { sender, instance, reference } = leg;
		this.closeMedia(leg);
		sender.lamp(LampStimulus.line, instance, LampMode.wink);
		sender.callState(CallState.hold, instance, reference);
		sender.selectSoftKeys(instance, reference, SoftKeySet.onHold, all);
		sender.prompt(0, phrase(Phrase.hold), instance, reference);
		sender.speaker(Speaker.off);
	}

	resume(leg: Leg): void {
		this.takeUp(leg);
		leg.sender.activateCallPlane(leg.instance);
		this.openReceive(leg);
		this.talk(leg);
	}

	heldByPeer(leg: Leg): void {
		this.closeMedia(leg);
		this.openReceive(leg);
	}

	resumedByPeer(leg: Leg): void {
		this.closeMedia(leg);
		this.openReceive(leg);
	}

	released(leg: Leg, cause: ReleaseCause): void {
		const { sender, instance, reference } = leg;
		const other = leg.line.device.active;
		if (leg.receiveOpen) this.closeMedia(leg);
		sender.stopTone(instance, reference);
		if (leg.state === "ringIn") sender.clearPriorityNotify(noticePriority);
		sender.lamp(LampStimulus.line, instance, this.lineLamp(leg.line));
		if (!other) sender.ringer(Ringer.off, instance, reference);
		sender.clearPrompt(instance, reference);
		if (cause === "elsewhere") this.takenElsewhere(leg);
		sender.callState(CallState.onHook, instance, reference);
		if (leg.state === "connected" || leg.state === "held")
			sender.connectionStatisticsReq(leg.far?.number ?? (leg.digits || leg.line.number), reference);
		if (other) {
			sender.selectSoftKeys(other.instance, other.reference, SoftKeySet.connected, 0xfffffdff);
			return;
		}
		sender.selectSoftKeys(0, 0, SoftKeySet.onHook, all);
		this.sayIdle(leg.line.device);
		sender.activateCallPlane(0);
		sender.timeDate();
		sender.speaker(Speaker.off);
	}

	override onHookIdle(device: Device): void {
		device.registration?.sender.speaker(Speaker.off);
	}
}
