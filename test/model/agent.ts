// A call agent as a model: it knows which calls there are and how far they have come, answers what a phone asks of it as real ones do, and
// says only what is true. What the phone shows and sounds is then judged by it.

import { CallState, Key } from "hal/hardware";
import { Button } from "sccp/buttons";
import {
	CallInfo,
	CallInfoV2,
	CallStateMessage,
	CloseReceiveChannel,
	EnblocCall,
	KeypadButton,
	OffHook,
	OnHook,
	OpenReceiveChannel,
	SelectSoftKeys,
	SetRinger,
	SoftKeyEvent,
	StartMediaTransmission,
	StartMulticastMediaReception,
	StartTone,
	Stimulus,
	StopMediaTransmission,
	StopMulticastMediaReception,
	StopTone,
} from "sccp/messages";
import { compose } from "../../tools/bench/soak/composer.js";
import { build, type Rig, type Sent } from "../modules/support/rig.js";

/** Softkeys by their events, which are those of CallManager. */
const softkeys = ["Redial", "NewCall", "Hold", "Trnsfer", "CFwdAll", "", "", "<<", "EndCall", "Resume", "Answer"];
const Soft = Object.freeze({ newCall: 2, hold: 3, endCall: 9, resume: 10, answer: 11 });
/** Events of each set: on hook, connected, held, ringing, off hook, and those that are as off hook. */
const sets = [[1, 2], [3, 9, 4], [10, 2, 9], [11, 9], [9], [9], [8, 9], [9], [9]];
const KeySet = Object.freeze({ onHook: 0, connected: 1, held: 2, ringing: 3, offHook: 4, dialling: 6, ringOut: 8 });
const dialTone = 0x21;
/** Conference of announcements. */
const page = 0x7000;
/** Digits of a number. */
const numberLength = 3;

export interface ModelCall {
	readonly reference: number;
	readonly line: number;
	state: number;
	digits: string;
	/** Whether its sound has been opened. */
	media: boolean;
}

export class ModelAgent {
	readonly calls: ModelCall[] = [];
	readonly lines = 2;
	private readonly rig: Rig;
	private readonly version: number;
	private readonly stopsTones: boolean;
	/** Whether an announcement is on. */
	paging = false;
	private next = 1;

	/** @param stopsTones whether it stops the tone of a call that is over: some leave that to the phone. */
	constructor(rig: Rig, version: number, stopsTones: boolean) {
		this.rig = rig;
		this.version = version;
		this.stopsTones = stopsTones;
		this.welcome();
	}

	/** What a phone is told once it has registered: two lines, their labels, softkeys. */
	welcome(): void {
		const buttons = [1, 2].reduce(
			(word, line, index) => word | (line << (16 * index)) | (Button.line << (16 * index + 8)),
			0,
		);
		const template = softkeys.flatMap((label, index) => [[label, 16] as const, index + 1]);
		const row = (events: readonly number[]) => [String.fromCharCode(...events), 16] as const;
		this.rig.receive(
			build(0x97, 0, this.lines, this.lines, buttons),
			build(0x108, 0, softkeys.length, softkeys.length, ...template),
			build(0x109, 0, sets.length, sets.length, ...sets.flatMap((events) => [row(events), ["", 32] as const])),
		);
		for (let line = 1; line <= this.lines; line += 1)
			this.rig.receive(build(0x92, line, [`100${line}`, 24], [`Line ${line}`, 40], [`Line ${line}`, 40], 15));
		this.rig.take();
	}

	/** The call that has the user's ear. */
	get active(): ModelCall | undefined {
		return this.calls.find(
			({ state }) => ![CallState.ringIn, CallState.callWaiting, CallState.hold].includes(state as 4),
		);
	}

	get ringing(): ModelCall | undefined {
		return this.calls.find(({ state }) => state === CallState.ringIn || state === CallState.callWaiting);
	}

	/** A call comes in. */
	ring(line: number): void {
		const waits = this.active !== undefined;
		const call = this.make(line, waits ? CallState.callWaiting : CallState.ringIn);
		this.say(CallStateMessage, { callState: call.state, lineInstance: line, callReference: call.reference });
		const parties = { callingPartyName: "Alice", callingParty: "2001", calledPartyName: "", calledParty: "1001" };
		const about = { lineInstance: line, callReference: call.reference, callType: 1 };
		this.say(this.version < 8 ? CallInfo : CallInfoV2, { ...parties, ...about });
		this.keys(call, KeySet.ringing);
		if (!waits) this.say(SetRinger, { ringMode: 2, ringDuration: 1, ...about });
	}

	/** The other end of a call that rings there answers. */
	answered(call: ModelCall): void {
		this.say(StopTone, { lineInstance: call.line, callReference: call.reference });
		this.connect(call);
	}

	/** A call is over, from the other end. */
	end(call: ModelCall): void {
		this.calls.splice(this.calls.indexOf(call), 1);
		const about = { lineInstance: call.line, callReference: call.reference };
		this.quiet(call);
		if (this.stopsTones) this.say(StopTone, about);
		if (this.ringing === undefined) this.say(SetRinger, { ringMode: 1, ringDuration: 1, ...about });
		this.say(CallStateMessage, { callState: CallState.onHook, ...about });
		this.say(SelectSoftKeys, {
			lineInstance: 0,
			callReference: 0,
			softKeySetIndex: KeySet.onHook,
			validKeyMask: 0xffff,
		});
	}

	/** An announcement to all phones, by multicast; it has no call. */
	page(on: boolean): void {
		if (on === this.paging) return;
		this.paging = on;
		const about = { conferenceId: page, passThroughPartyId: page, callReference: 0 };
		if (!on) this.say(StopMulticastMediaReception, about);
		else {
			const place = { multicastIpAddr: 0xef010203, multicastPortNumber: 20480 };
			this.say(StartMulticastMediaReception, { ...about, ...place, milliSecondPacketSize: 20, compressionType: 4 });
		}
	}

	/** The connection was lost: what was there is known no more. */
	forget(): void {
		this.calls.length = 0;
		this.paging = false;
	}

	/** Answers what the phone has sent since the last time. */
	react(): void {
		for (let round = 0; round < 20; round += 1) {
			const sent = this.rig.take();
			if (sent.length === 0) return;
			for (const message of sent) this.take(message);
		}
		throw new Error("phone and agent do not come to rest");
	}

	private take({ id, words }: Sent): void {
		const [first = 0, second = 0, third = 0] = words;
		if (id === OffHook.id) this.offHook(first || 1);
		else if (id === OnHook.id) this.onHook();
		else if (id === SoftKeyEvent.id) this.softkey(first, second || 1, third);
		else if (id === KeypadButton.id) this.digit(first);
		else if (id === EnblocCall.id) this.enbloc();
		else if (id === Stimulus.id && first === Button.line) this.lineKey(second);
		else if (id === Stimulus.id && first === Button.hold) this.hold();
	}

	private offHook(line: number): void {
		const { ringing } = this;
		if (this.active !== undefined) return;
		if (ringing !== undefined) this.answer(ringing);
		else this.begin(line);
	}

	private onHook(): void {
		const { active } = this;
		if (active !== undefined) this.end(active);
	}

	private softkey(event: number, line: number, reference: number): void {
		const call = this.calls.find((candidate) => candidate.reference === reference);
		if (event === Soft.newCall) {
			this.hold();
			this.begin(line);
		} else if (call === undefined) return;
		else if (event === Soft.endCall) this.end(call);
		else if (event === Soft.hold && call === this.active) this.hold();
		else if (event === Soft.resume && call.state === CallState.hold) this.resume(call);
		else if (event === Soft.answer && call === this.ringing) this.answer(call);
	}

	private lineKey(line: number): void {
		const own = this.calls.filter((call) => call.line === line);
		const ringing = own.find(({ state }) => state === CallState.ringIn || state === CallState.callWaiting);
		const held = own.find(({ state }) => state === CallState.hold);
		if (ringing !== undefined) this.answer(ringing);
		else if (held !== undefined) this.resume(held);
		else if (this.active === undefined) this.begin(line);
	}

	private digit(code: number): void {
		const { active } = this;
		if (active?.state !== CallState.offHook || code > 9) return;
		if (active.digits === "") {
			this.say(StopTone, { lineInstance: active.line, callReference: active.reference });
			this.keys(active, KeySet.dialling);
		}
		active.digits += code;
		if (active.digits.length < numberLength) return;
		this.move(active, CallState.proceed);
		this.move(active, CallState.ringOut);
		this.keys(active, KeySet.ringOut);
	}

	/** A whole number at once: it is dialled in a call of its own, or in the one that waits for one. */
	private enbloc(): void {
		if (this.active === undefined) this.begin(1);
		const { active } = this;
		if (active?.state !== CallState.offHook) return;
		this.say(StopTone, { lineInstance: active.line, callReference: active.reference });
		this.move(active, CallState.proceed);
		this.move(active, CallState.ringOut);
		this.keys(active, KeySet.ringOut);
	}

	private begin(line: number): void {
		if (this.active !== undefined || this.calls.length >= 6) return;
		const call = this.make(Math.min(line, this.lines), CallState.offHook);
		this.move(call, CallState.offHook);
		this.keys(call, KeySet.offHook);
		this.say(StartTone, {
			tone: dialTone,
			toneOutputDirection: 0,
			lineInstance: call.line,
			callReference: call.reference,
		});
	}

	private answer(call: ModelCall): void {
		this.hold();
		this.say(SetRinger, { ringMode: 1, ringDuration: 1, lineInstance: call.line, callReference: call.reference });
		this.move(call, CallState.offHook);
		this.connect(call);
	}

	private resume(call: ModelCall): void {
		this.hold();
		this.connect(call);
	}

	private connect(call: ModelCall): void {
		this.move(call, CallState.connected);
		this.keys(call, KeySet.connected);
		const about = { conferenceId: call.reference, passThroughPartyId: call.reference, callReference: call.reference };
		const sound = { milliSecondPacketSize: 20, compressionType: 4 };
		this.say(OpenReceiveChannel, { ...about, ...sound });
		this.say(StartMediaTransmission, { ...about, ...sound, remoteIpAddr: 0x7f000009, remotePortNumber: 30000 });
		call.media = true;
	}

	/** Holds what is up, or ends it where it is no call yet. */
	private hold(): void {
		const { active } = this;
		if (active === undefined) return;
		if (active.state !== CallState.connected) {
			this.end(active);
			return;
		}
		this.quiet(active);
		this.move(active, CallState.hold);
		this.keys(active, KeySet.held);
	}

	private quiet(call: ModelCall): void {
		if (!call.media) return;
		const about = { conferenceId: call.reference, passThroughPartyId: call.reference, callReference: call.reference };
		this.say(CloseReceiveChannel, about);
		this.say(StopMediaTransmission, about);
		call.media = false;
	}

	private make(line: number, state: number): ModelCall {
		const call = { reference: this.next, line, state, digits: "", media: false };
		this.next += 1;
		this.calls.push(call);
		return call;
	}

	private move(call: ModelCall, state: number): void {
		call.state = state;
		this.say(CallStateMessage, { callState: state, lineInstance: call.line, callReference: call.reference });
	}

	private keys(call: ModelCall, set: number): void {
		const about = { lineInstance: call.line, callReference: call.reference };
		this.say(SelectSoftKeys, { ...about, softKeySetIndex: set, validKeyMask: 0xffff });
	}

	private say(message: Parameters<typeof compose>[0], values: Readonly<Record<string, number | string>>): void {
		if (!this.rig.network.socket.closed) this.rig.receive(compose(message, this.version, values));
	}
}

/** Keys that a user presses in a model; those of menus in which a phone's network can be changed are not among them. */
export const userKeys: readonly number[] = [
	...[1, 2, 5, Key.star, Key.pound],
	...[0, 1, 2, 3].map((index) => Key.softkey1 + index),
	...[0, 1, 2].map((index) => Key.line1 + index),
	...[Key.speaker, Key.headset, Key.mute, Key.hold, Key.up, Key.down, Key.select, Key.directories, Key.volumeUp],
];
