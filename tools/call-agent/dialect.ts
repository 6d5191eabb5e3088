/*
 * What the three dialects have in common: which messages say what happens to a call. A dialect says them in its
 * server's order; it decides nothing about calls.
 */
import type { Device, Line } from "./device.js";
import type { Leg } from "./leg.js";
import type { DialectName } from "./options.js";
import type { CallParties, Party } from "./sender.js";
import { SoftKeySet } from "./softkeys.js";

export { CallState } from "../../hal/hardware.js";

export const Tone = Object.freeze({
	insideDial: 0x21,
	busy: 0x23,
	alerting: 0x24,
	reorder: 0x25,
	callWaiting: 0x2d,
	zipZip: 0x31,
	zip: 0x32,
});

export const Ringer = Object.freeze({ off: 1, inside: 2, silent: 5 });
export const LampStimulus = Object.freeze({ forwardAll: 5, line: 9, voiceMail: 15, doNotDisturb: 0x3f });
export const LampMode = Object.freeze({ off: 1, on: 2, wink: 3, flash: 4, blink: 5 });
export const Speaker = Object.freeze({ on: 1, off: 2 });

/** Phrases of the phone's dictionary that prompts are made of. */
export const Phrase = Object.freeze({
	hold: 3,
	currentOptions: 0x13,
	offHook: 0x14,
	ringOut: 0x16,
	from: 0x17,
	connected: 0x18,
	busy: 0x19,
	lineInUse: 0x1a,
	inUseRemotely: 0x1f,
	enterNumber: 0x20,
	callParkAt: 0x21,
	voiceMail: 0x24,
	forwardedTo: 0x25,
	keyIsNotActive: 0x2d,
	private: 0x36,
	unknownNumber: 0x38,
	noCallForPickUp: 0x5f,
});

const nobody: Party = Object.freeze({ number: "", name: "" });
const conference: Party = Object.freeze({ number: "", name: "Conference" });

function party(line: Line | undefined): Party {
	return line ? { number: line.number, name: line.name } : nobody;
}

/** Who calls whom, as seen from `leg`; `redirecting` fills in what chan-sccp puts there. */
export function parties(leg: Leg, redirecting = false): CallParties {
	const redirected = leg.outgoing ? leg.redirected : (leg.peer?.redirected ?? []);
	const [original] = redirected;
	const last = redirected.at(-1);
	if (!leg.outgoing) {
		const calling = leg.conference ? conference : party(leg.far);
		const called = party(leg.line);
		return { calling, called, originalCalled: party(original), lastRedirecting: party(last), type: 1 };
	}
	const calling = party(leg.line);
	const reached = leg.far ? party(leg.far) : { number: leg.digits, name: "" };
	const called = leg.conference ? conference : reached;
	return {
		calling,
		called,
		originalCalled: original ? party(original) : leg.far ? called : nobody,
		lastRedirecting: last ? party(last) : redirecting ? calling : nobody,
		type: 2,
	};
}

/**
 * Why a call's side ends: the phone hung up, the other side did, the agent says so, another phone took the call, or one
 * with the same number, where it goes on to be seen. */
export type ReleaseCause = "station" | "peer" | "agent" | "elsewhere" | "shared";

export abstract class CallDialect {
	abstract readonly name: DialectName;
	/** Highest version that it speaks when nothing else is asked for. */
	abstract readonly highestVersion: number;
	/** Largest message it takes, header included. */
	abstract readonly largestMessage: number;
	/** Keepalive intervals without a message after which it hangs up. */
	abstract readonly keepaliveMisses: number;
	/** Sound before the answer comes as RTP instead of StartTone. */
	readonly inBand: boolean = false;
	/** A header that comes in pieces ends the connection. */
	readonly wholeHeader: boolean = false;
	/** Answering a waiting call drops the first one instead of holding it. */
	readonly dropsOnAnswer: boolean = false;
	/** Keeps the hook's state across a lost connection, and ignores OffHook until OnHook has come. */
	readonly remembersHook: boolean = false;
	/** EnblocCall always makes a call of its own, the one that is being dialled ends, and nothing is said of an unknown number. */
	readonly enblocAnew: boolean = false;
	/** What happens when a second connection registers the same name while the first stands. */
	readonly duplicates: "reject" | "rejectBoth" | "replace" = "replace";
	/** A held party's own channels are closed and opened anew for music. */
	readonly reopensForMusic: boolean = false;

	/** Keepalive interval in seconds. */
	abstract keepalive(): number;
	/** Layout version for a phone that declares `declared` to an agent that speaks up to `highest`. */
	abstract negotiate(declared: number, highest: number): number;
	/** RegisterAck with what goes before and behind it. */
	abstract acknowledge(device: Device, keepalive: number): void;
	/** The phone has asked for the time: registration is complete. `agentName` greets, unless it is empty. */
	abstract complete(device: Device, agentName: string): void;
	/** Call reference and pass-through party of the nth call side, from 1. */
	abstract reference(count: number): number;
	abstract passThruParty(leg: Leg, count: number): number;

	/** A new call with dial tone. `byHook`: because the handset went up. */
	abstract offHook(leg: Leg, byHook: boolean): void;
	/** A digit has been taken; `count` digits so far. */
	abstract digit(leg: Leg, count: number): void;
	/** The last digit has been taken back. */
	abstract backspace(leg: Leg): void;
	/** The number is complete. */
	abstract dialling(leg: Leg): void;
	abstract ringIn(leg: Leg): void;
	abstract ringOut(leg: Leg): void;
	/** The called phone has answered; opens its channel. */
	abstract answered(leg: Leg, byHook: boolean): void;
	/** The calling phone's call has been answered; opens its channel where that is not open. */
	abstract connected(leg: Leg): void;
	abstract busy(leg: Leg): void;
	abstract congestion(leg: Leg): void;
	abstract invalid(leg: Leg): void;
	abstract hold(leg: Leg): void;
	abstract resume(leg: Leg): void;
	/** The other side has put this one on hold, or taken it back. */
	abstract heldByPeer(leg: Leg): void;
	abstract resumedByPeer(leg: Leg): void;
	/** A call that talks, or rings here, has got another partner: says who it is. */
	newPartner(leg: Leg): void {
		leg.sender.callInfo(leg.instance, leg.reference, parties(leg));
	}
	/** A party on hold is going to hear another phone ring. */
	ringOnward(leg: Leg): void {
		this.closeMedia(leg);
	}
	/** The other side has pressed a digit (a button number). */
	peerDigit(_leg: Leg, _button: number): void {}
	abstract released(leg: Leg, cause: ReleaseCause): void;
	/** OnHook came for no call. */
	onHookIdle(_device: Device): void {}

	/** What a line's lamp shows for the calls that it has. */
	protected lineLamp(line: Line): number {
		const states = line.device.legs.filter((leg) => leg.line === line).map((leg) => leg.state);
		if (states.includes("ringIn")) return LampMode.blink;
		if (states.some((state) => state !== "held")) return LampMode.on;
		return states.length > 0 ? LampMode.wink : LampMode.off;
	}

	/** Dial tone again, after the last digit has been taken back. */
	protected dialToneAgain(leg: Leg, mask: number): void {
		leg.sender.startTone(Tone.insideDial, leg.instance, leg.reference);
		leg.sender.selectSoftKeys(leg.instance, leg.reference, SoftKeySet.offHook, mask);
	}

	/** Opens the phone's receive channel. */
	protected openReceive(leg: Leg): void {
		leg.receiveOpen = true;
		leg.sender.openReceiveChannel(leg.media, leg.own ?? { port: 0, address: "0.0.0.0" });
	}

	/** Closes both channels. */
	protected closeMedia(leg: Leg): void {
		leg.sender.closeReceiveChannel(leg.media);
		leg.sender.stopMediaTransmission(leg.media);
		leg.receiveOpen = false;
		leg.receive = undefined;
		leg.transmit = undefined;
	}
}
