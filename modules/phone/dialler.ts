/*
 * Numbers that are whole before their call begins (from lists, redialled, collected on hook): the phone asks for a new call and dials
 * as soon as the call agent shows it, en bloc where that is understood, else digit by digit.
 *
 * EnblocCall goes out off hook alone: FreeSWITCH and wazo-libsccp take no notice of it without a call, chan-sccp and sccp-protocol take
 * it either way. chan_skinny makes a call of its own of it and is silent about numbers that it does not know, so it gets digits, but
 * for a number with `+`, which it would read as a letter. A call agent from which nothing comes after it is sent the digits, and gets
 * no other EnblocCall until it has registered the phone anew.
 *
 * A number waits for the call that was asked for it and for no other one: another key, or a call agent that shows none in time, ends
 * that.
 */
import { Word } from "base/words";
import { CallState, CallType, type Clock, type TimerHandle } from "hal/hardware";
import type { Call } from "phone/calls";
import { Change } from "phone/changes";
import { characterOf, dialable, keyOf, notNumber } from "phone/digits";
import { type Phone, StimulusKey } from "phone/phone";

/** What the number waits for. */
const Step = Object.freeze({
	nothing: 0,
	/** The call that is up is put on hold. */
	hold: 1,
	/** A new call. */
	call: 2,
});

/** How long it waits, and how long a call agent may take to act on EnblocCall, in ms. */
const waitTime = 5000;
const enblocTime = 3000;

/** Phrases of the first table; dictionary codes of what is said instead of dialling. */
const Phrase = Object.freeze({ newCall: 2, hold: 3, currentOptions: 19, offHook: 20, enterNumber: 32 });
const notActive = "\x80\x2d";
const endCall = "\x1e\x0d";

/** Softkey sets of a call that has a number, as SelectSoftKeys numbers them. */
const SoftkeySet = Object.freeze({ connected: 1, digits: 6, ringOut: 8 });

/** What a configuration says of dialling. */
export interface DialConfiguration {
	readonly useEnblocDialing: boolean;
}

export class Dialler {
	private readonly phone: Phone;
	private readonly clock: Clock;
	private step: number = Step.nothing;
	private number = "";
	/** Digits keyed since then. */
	private typed = "";
	/** The call that was sent its number en bloc, 0 for none, and the number. */
	private reference = 0;
	private sent = "";
	/** The call agent has not acted on an EnblocCall. */
	private refused = false;
	/** The configuration wants none. */
	private disabled = false;
	private timer: TimerHandle | undefined = undefined;
	private readonly expire: () => void;

	constructor(phone: Phone, clock: Clock) {
		this.phone = phone;
		this.clock = clock;
		this.expire = () => this.expired();
	}

	/** Takes what a configuration says. */
	configure({ useEnblocDialing }: DialConfiguration): void {
		this.disabled = !useEnblocDialing;
	}

	/** True while digits that are keyed belong to a call that is still to come. */
	get waits(): boolean {
		return this.step !== Step.nothing;
	}

	/** Dials a number in a new call, or in the one that waits for a number. @returns '' or why not, dictionary codes included. */
	dial(text: string): string {
		const { phone } = this;
		const number = dialable(text);
		if (number === "") return notNumber(text);
		if (!phone.registered) return notActive;
		const { live, ringing } = phone.calls;
		if (live !== undefined && !live.leaving) {
			if (live.dialling) {
				this.cancel();
				this.send(live, number);
				return "";
			}
			if (live.state !== CallState.connected) return endCall;
			this.prepare(number);
			this.step = Step.hold;
			this.key(Phrase.hold, "Hold", live);
			return "";
		}
		// off hook would take the call that rings
		if (ringing !== undefined && !phone.goingOff) return notActive;
		const held = phone.selected;
		this.prepare(number);
		if (phone.goingOff) return "";
		if (held?.held) this.newCall(held);
		else phone.goOffHook(phone.routes.preferred);
		return "";
	}

	/** Keeps a number for the call that the key being pressed begins. */
	prepare(number: string): void {
		this.cancel();
		this.number = number;
		this.step = Step.call;
		this.timer = this.clock.after(waitTime, this.expire);
	}

	/** A digit was keyed while no call takes it. */
	type(key: number): void {
		this.typed += characterOf(key);
	}

	/** Another key was pressed, or there is no call to come: nothing waits any more. */
	cancel(): void {
		this.clock.cancel(this.timer);
		this.timer = undefined;
		this.step = Step.nothing;
		this.number = "";
		this.typed = "";
		this.sent = "";
		this.reference = 0;
	}

	/** The call agent is gone; the next one may understand what it did not. */
	reset(): void {
		this.cancel();
		this.refused = false;
	}

	/** A call has ended: what was keyed for it is for no other one, and one that was to be held leaves the phone free. */
	ended(): void {
		const { phone } = this;
		if (this.step === Step.hold && phone.calls.live === undefined) {
			if (phone.calls.ringing !== undefined) this.giveUp();
			else {
				this.step = Step.call;
				phone.goOffHook(phone.routes.preferred);
			}
		} else if (!phone.goingOff && this.step === Step.nothing) this.typed = "";
	}

	/** The call agent has told of a call's state. @param before its state until then, 0 for none. */
	shown(call: Call, before: number): void {
		const { number, phone, typed } = this;
		if (this.step === Step.hold) {
			if (call.state === CallState.hold && phone.calls.live === undefined) this.newCall(call);
			return;
		}
		if (!call.dialling || (number === "" && typed === "")) return;
		// a call on its way from ringing to connected passes here as well
		if (before === CallState.ringIn || before === CallState.callWaiting || call.type === CallType.inbound) return;
		this.cancel();
		if (typed === "") this.send(call, number);
		else this.sendDigits(number + typed);
	}

	/** Asks for a new call beside one that is held. */
	private newCall(held: Call): void {
		this.step = Step.call;
		this.phone.goingOff = true;
		this.key(Phrase.newCall, "NewCall", held);
	}

	/** The softkey of a phrase, wherever the call agent has it; a template without it gets what comes nearest. */
	private key(phrase: number, word: string, call: Call): void {
		const { softkeys, stimuli } = this.phone;
		const index = softkeys.find(phrase, word);
		if (index >= 0) stimuli.softkey(softkeys.event(index), call.line, call.reference);
		else if (phrase === Phrase.hold) stimuli.stimulus(StimulusKey.hold, call.line, call.reference);
		else stimuli.offHook(0, 0);
	}

	/** Dials a whole number in a call that waits for one. */
	private send(call: Call, number: string): void {
		const { phone } = this;
		const whole = wholeOf(number);
		// what goes on from digits keyed before is not the whole number; wazo-libsccp takes one to forward calls to by digits alone
		const alone = !this.disabled && call.dialled === "" && whole !== "" && call.softkeySet !== SoftkeySet.digits;
		if (!alone || (this.refused && !whole.includes("+")) || !phone.stimuli.enbloc(whole, call.line)) {
			this.sendDigits(number);
			return;
		}
		call.dialled = whole;
		phone.changed(Change.calls);
		this.reference = call.reference;
		this.sent = number;
		this.timer = this.clock.after(enblocTime, this.expire);
	}

	private sendDigits(digits: string): void {
		for (let i = 0; i < digits.length; i += 1) this.phone.sendDigit(keyOf(digits.charAt(i)));
	}

	private expired(): void {
		const { phone, reference, sent } = this;
		const call = phone.calls.find(reference);
		if (reference === 0) {
			phone.goingOff = false;
			this.giveUp();
		} else if (call !== undefined && call === phone.calls.live && this.untouched(call)) {
			this.refused = true;
			call.dialled = "";
			this.sendDigits(sent);
		}
		this.cancel();
		phone.listener?.settled();
	}

	private giveUp(): void {
		this.phone.notice(`${Word.notDialled} ${this.number}`);
		this.cancel();
	}

	/** Whether the call agent has said nothing of a call that it would not say of one that waits for a number. */
	private untouched(call: Call): boolean {
		// what was keyed since then has gone out behind the number
		if (!call.dialling || call.dialled !== wholeOf(this.sent) || !call.calledNumber.empty) return false;
		switch (call.softkeySet) {
			case SoftkeySet.connected:
			case SoftkeySet.digits:
			case SoftkeySet.ringOut:
				return false;
		}
		const prompt = this.phone.prompts.of(call.line, call.reference);
		if (prompt === undefined || prompt.empty) return true;
		// chan-sccp says of an unknown number so alone that it is one
		if (prompt.octet(0) !== 0x80) return false;
		const phrase = prompt.octet(1);
		return phrase === Phrase.enterNumber || phrase === Phrase.offHook || phrase === Phrase.currentOptions;
	}
}

/** A number without the pound that tells that it is whole. */
function wholeOf(number: string): string {
	return number.endsWith("#") ? number.slice(0, -1) : number;
}
