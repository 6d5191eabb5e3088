/*
 * How a call agent says what its features do. What is here is CallManager's way; chan_skinny and chan-sccp override what they say
 * differently, and know less of.
 */
import type { Device, Line } from "./device.js";
import { CallDialect, CallState, LampMode, LampStimulus, Phrase, parties, Ringer, Tone } from "./dialect.js";
import type { AutoAnswer, Leg } from "./leg.js";
import { ButtonType, type DisplayText, phrase, secondPhrase } from "./sender.js";
import { SoftKeySet } from "./softkeys.js";

/** What a busy lamp field can show. */
export const HintState = Object.freeze({ unknown: 0, idle: 1, inUse: 2, doNotDisturb: 3, alerting: 4 });

/** Seconds that a notice stands. */
const noticeTime = 10;
/** Priority of the notice of an incoming call. */
export const noticePriority = 5;
/** Visibility of a call in CallState: shown, and shown as being there without its party. */
const Visibility = Object.freeze({ shown: 0, collapsed: 1 });
/** Lists of calls, as CallHistoryInfo numbers them. */
const CallHistory = Object.freeze({ ignore: 0 });
const Microphone = Object.freeze({ off: 2 });
const doNotDisturbActive = 0x39;

export abstract class Dialect extends CallDialect {
	/** Whether PickUp and GPickUp want a number; what they take without one is the own group's. */
	readonly pickUpAsks: boolean = false;
	readonly groupPickUpAsks: boolean = false;
	/** A number may stand on several phones that see each other's calls. */
	readonly sharesLines: boolean = true;

	/** Type of keys that show a state; where it is that of lines, whether they dial. */
	hintType(_version: number): number {
		return ButtonType.busyLampField;
	}
	readonly hintKeysDial: boolean = true;

	/** Says something for a while, for a call or for the phone. */
	notice(device: Device, text: DisplayText, leg?: Leg): void {
		device.registration?.sender.prompt(noticeTime, text, leg?.instance ?? 0, leg?.reference ?? 0);
	}

	/** A key that can do nothing now. */
	refuse(device: Device, leg: Leg | undefined): void {
		this.notice(device, phrase(Phrase.keyIsNotActive), leg);
	}

	/** What an idle phone says. */
	idleText(device: Device): DisplayText {
		const forward = device.lines.find((line) => line.forward.all !== "")?.forward.all;
		if (device.doNotDisturb) return secondPhrase(doNotDisturbActive);
		if (forward !== undefined) return phrase(Phrase.forwardedTo, ` ${forward}`);
		if (device.newMessages > 0) return phrase(Phrase.voiceMail);
		return phrase(Phrase.currentOptions);
	}

	protected sayIdle(device: Device): void {
		device.registration?.sender.prompt(0, this.idleText(device), 0, 0);
	}

	/** A new call asks for the number that calls are to be sent to. */
	asksForNumber(leg: Leg): void {
		leg.sender.startTone(Tone.zipZip, leg.instance, leg.reference);
	}

	/** A line's forwards have changed. */
	forwarded(line: Line): void {
		line.device.registration?.sender.forwardStat(line.instance, line.forward);
		this.sayIdle(line.device);
	}

	doNotDisturb(device: Device): void {
		this.sayIdle(device);
	}

	/** The messages that a phone has not heard have become more or fewer. */
	messages(device: Device): void {
		for (const line of device.lines)
			device.registration?.sender.lamp(
				LampStimulus.voiceMail,
				line.instance,
				line.newMessages > 0 ? LampMode.on : LampMode.off,
			);
		this.sayIdle(device);
	}

	/** A call is going to be parked by this side. */
	parked(leg: Leg, _slot: string): void {
		leg.sender.callState(CallState.callPark, leg.instance, leg.reference);
	}

	/** The call is parked; this side of it is gone. */
	parkedAt(device: Device, slot: string): void {
		this.notice(device, phrase(Phrase.callParkAt, ` ${slot}`));
	}

	nothingToPickUp(device: Device, leg: Leg | undefined): void {
		this.notice(device, phrase(Phrase.noCallForPickUp), leg);
	}

	/** A phone has answered by itself. */
	answersBySelf(leg: Leg, auto: AutoAnswer): void {
		leg.sender.startTone(Tone.zip, leg.instance, leg.reference);
		if (auto === "page") leg.sender.microphone(Microphone.off);
	}

	/** A side talks in a conference now. */
	conferenced(leg: Leg): void {
		leg.sender.callInfo(leg.instance, leg.reference, parties(leg));
		leg.sender.selectSoftKeys(leg.instance, leg.reference, SoftKeySet.connectedConference, 0xffffffff);
	}

	/** The state of what a key watches; `index` among the phone's speed dials. */
	hint(device: Device, index: number, state: number): void {
		const dial = device.speedDials[index];
		if (dial) device.registration?.sender.featureStat(index + 1, ButtonType.busyLampField, state, dial.label);
	}

	/** A call of another phone with this line's number. */
	remote(line: Line, leg: Leg, now: "inUse" | "held"): void {
		const sender = line.device.registration?.sender;
		if (!sender) return;
		const hidden = leg.line.device.privacy;
		const { reference } = leg;
		const { instance } = line;
		const state = now === "held" ? CallState.hold : CallState.inUseRemotely;
		sender.ringer(Ringer.off, instance, reference);
		sender.clearPriorityNotify(noticePriority);
		sender.lamp(LampStimulus.line, instance, now === "held" ? LampMode.wink : LampMode.on);
		sender.callState(state, instance, reference, hidden ? Visibility.collapsed : Visibility.shown);
		sender.callInfo(instance, reference, parties(leg), hidden);
		const set = now === "held" ? SoftKeySet.onHold : SoftKeySet.stealable;
		// Neither Barge nor Resume for what is private.
		sender.selectSoftKeys(instance, reference, set, hidden ? 0b11 << (now === "held" ? 1 : 0) : 0xffffffff);
		sender.prompt(0, phrase(now === "held" ? Phrase.hold : Phrase.inUseRemotely), instance, reference);
	}

	/** A call that rang here has been taken elsewhere: it is not missed. */
	protected takenElsewhere({ sender, instance, reference }: Leg): void {
		if (sender.version >= 17) sender.callHistory(CallHistory.ignore, instance, reference);
	}

	/** Such a call is over, or another phone's no more. */
	remoteGone(line: Line, reference: number): void {
		const sender = line.device.registration?.sender;
		if (!sender) return;
		const { instance } = line;
		sender.lamp(LampStimulus.line, instance, this.lineLamp(line));
		sender.clearPrompt(instance, reference);
		sender.callState(CallState.onHook, instance, reference);
		if (line.device.legs.length === 0) sender.selectSoftKeys(0, 0, SoftKeySet.onHook, 0xffffffff);
	}

	privacy(device: Device): void {
		this.notice(device, phrase(device.privacy ? Phrase.private : Phrase.currentOptions));
	}
}
