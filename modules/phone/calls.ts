/*
 * The calls that the call agent has told of, in a fixed pool. States are SCCP's; CallManager, chan_skinny and chan-sccp
 * repeat them freely, so setting one again changes nothing.
 */
import { CallState } from "hal/hardware";
import { Limits } from "limits";
import { Diversions } from "phone/diversions";
import { CallFacts, Disposition, Restriction, ringerOff, Visibility } from "phone/facts";
import type { Reader } from "sccp/reader";
import type { Text } from "sccp/text";

/** Is told of the calls that lists are made of. */
export interface CallLog {
	/** A call is connected for the first time: its parties are whom the user called, or who called. */
	connected(call: Call): void;
	/** It has ended; its parties are still known. */
	ended(call: Call): void;
	/** The call agent says late which list a call that has ended goes into. @param disposition a number of `Disposition`. */
	disposed(reference: number, disposition: number): void;
}

/** One call as the call agent describes it. A reference of 0 marks a free entry. */
export class Call extends CallFacts {
	reference = 0;
	line = 0;
	/** SCCP call state, 0 before the call agent has given one. */
	state = 0;
	/** Clock ticks of the first Connected state, -1 before it. */
	connectedAt = -1;
	/** Which positions of its softkey set may be shown. */
	softkeyMask = 0xffffffff;
	/** Counts up with each state the call agent gives: the smallest is the call left alone for longest. */
	touched = 0;
	/** Digits keyed into this call before it was answered; SCCP does not send them back. */
	dialled = "";
	readonly callingName: Text;
	readonly callingNumber: Text;
	readonly calledName: Text;
	readonly calledNumber: Text;

	constructor(texts: Reader) {
		super();
		this.callingName = texts.text(Limits.callerName);
		this.callingNumber = texts.text(Limits.directoryNumber);
		this.calledName = texts.text(Limits.callerName);
		this.calledNumber = texts.text(Limits.directoryNumber);
	}

	clear(): void {
		this.reference = 0;
		this.line = 0;
		this.state = 0;
		this.connectedAt = -1;
		this.softkeyMask = 0xffffffff;
		this.touched = 0;
		this.dialled = "";
		this.forget();
		this.callingName.clear();
		this.callingNumber.clear();
		this.calledName.clear();
		this.calledNumber.clear();
	}

	/** Changes with names and numbers of the parties. */
	get revision(): number {
		return (
			this.callingName.revision + this.callingNumber.revision + this.calledName.revision + this.calledNumber.revision
		);
	}

	/** Rings here, also as a second call. */
	get ringing(): boolean {
		return this.state === CallState.ringIn || this.state === CallState.callWaiting;
	}

	/** Off hook on this phone: dialling, ringing out, talking, or hearing why not. */
	get live(): boolean {
		switch (this.state) {
			case CallState.offHook:
			case CallState.ringOut:
			case CallState.connected:
			case CallState.busy:
			case CallState.congestion:
			case CallState.callTransfer:
			case CallState.proceed:
			case CallState.invalidNumber:
			case CallState.whisper:
				return true;
			default:
				return false;
		}
	}

	/** Held here. */
	get held(): boolean {
		return this.state === CallState.hold || this.state === CallState.holdRevert;
	}

	/** Another phone of a shared line has it. */
	get remote(): boolean {
		return this.state === CallState.inUseRemotely || this.state === CallState.remoteHold;
	}

	/** It has a row on the display: the call agent has given it a state, and it is not hidden. */
	get shown(): boolean {
		return this.reference !== 0 && this.state !== 0 && !(this.elsewhere && this.visibility === Visibility.hidden);
	}

	/** That there is a call may be shown, not with whom. */
	get anonymous(): boolean {
		return this.visibility !== Visibility.all && (this.elsewhere || this.ringing);
	}

	/** Who calls is not to be told, or not all of it. */
	get secretive(): boolean {
		return this.anonymous || (this.restriction & Restriction.calling) !== 0;
	}

	/** Goes on as the user's own call wants it, which may be left to itself meanwhile. */
	get progressing(): boolean {
		switch (this.state) {
			case CallState.ringOut:
			case CallState.proceed:
			case CallState.busy:
			case CallState.congestion:
			case CallState.invalidNumber:
				return true;
			default:
				return false;
		}
	}

	/** Takes digits of a number rather than in-call digits. */
	get dialling(): boolean {
		return this.state === CallState.offHook || this.state === CallState.callTransfer;
	}
}

/** How much a call wants the display: the higher goes first. */
function weight(call: Call): number {
	if (call.live) return 4;
	if (call.ringing) return 3;
	if (call.held) return 2;
	return call.state === 0 ? 0 : 1;
}

export class Calls {
	/** Every entry: calls in the order in which they came, which is that of the display, then the free ones. */
	readonly entries: readonly Call[];
	/** The call that softkeys act on. */
	selected: Call | undefined = undefined;
	/** Whether a call that rings is selected though the user is in another one. */
	private selectsRinging = true;
	readonly diversions: Diversions;
	private readonly order: Call[];
	private readonly log: (line: string) => void;
	private readonly dropped: (call: Call) => void;
	private count = 0;

	/**
	 * @param log takes a line for the maintainer when there are more calls than entries. @param dropped is told of each call that makes room
	 * for another one, while its parties are still known.
	 */
	constructor(texts: Reader, log: (line: string) => void, dropped: (call: Call) => void) {
		const entries: Call[] = [];
		for (let i = 0; i < Limits.calls; i += 1) entries.push(new Call(texts));
		this.entries = entries;
		this.order = entries;
		this.diversions = new Diversions(texts);
		this.log = log;
		this.dropped = dropped;
	}

	/** Takes what a configuration says. */
	configure({ autoCallSelect }: { readonly autoCallSelect: boolean }): void {
		this.selectsRinging = autoCallSelect;
	}

	/** The call with this reference, undefined when there is none. */
	find(reference: number): Call | undefined {
		if (reference === 0) return undefined;
		for (let i = 0; i < this.entries.length; i += 1) {
			const call = this.entries[i] as Call;
			if (call.reference === reference) return call;
		}
		return undefined;
	}

	/** The call with this reference, made when it is new. With all entries taken the one least worth keeping goes. */
	ensure(reference: number, line: number): Call {
		let free: Call | undefined;
		let least = this.entries[0] as Call;
		for (let i = 0; i < this.entries.length; i += 1) {
			const call = this.entries[i] as Call;
			if (call.reference === reference) {
				if (line !== 0) call.line = line;
				return call;
			}
			if (call.reference === 0) free ??= call;
			const difference = weight(call) - weight(least);
			if (difference < 0 || (difference === 0 && call.touched < least.touched)) least = call;
		}
		if (free === undefined) {
			if (least.state !== 0)
				this.log(
					`phone: more than ${Limits.calls} calls at once: no longer showing call ${least.reference}, to make room for call ${reference}`,
				);
			this.dropped(least);
			if (this.selected === least) this.selected = undefined;
			free = least;
			this.release(least);
		}
		free.reference = reference;
		free.line = line;
		return free;
	}

	/** Takes over a state; returns whether it was new. Selects the call when it now is what the user deals with. */
	setState(call: Call, state: number, ticks: number): boolean {
		this.count += 1;
		call.touched = this.count;
		if (call.state === state) return false;
		call.state = state;
		call.leaving = false;
		call.answering = false;
		if (state === CallState.connected && call.connectedAt < 0) call.connectedAt = ticks;
		if (call.remote) call.elsewhere = true;
		else if (call.elsewhere && (call.live || call.ringing)) {
			// what was said of its list was said of the other phone's call
			call.elsewhere = false;
			call.disposition = Disposition.untold;
		}
		// the answer to what was dialled is no reason to turn from a call that rings meanwhile
		const { selected } = this;
		const keeps =
			selected !== call &&
			(selected?.ringing === true ? call.progressing : selected?.live === true && call.ringing && !this.selectsRinging);
		if ((call.live || call.ringing) && !keeps) this.selected = call;
		else if (this.selected === undefined || (this.selected === call && (call.remote || !call.shown))) this.selectBest();
		return true;
	}

	/** Forgets a call that has ended and selects the most pressing of those left. */
	remove(call: Call): void {
		this.release(call);
		if (this.selected === call) {
			this.selected = undefined;
			this.selectBest();
		}
	}

	selectBest(): void {
		let best: Call | undefined;
		for (let i = 0; i < this.entries.length; i += 1) {
			const call = this.entries[i] as Call;
			if (!call.shown || call.state === CallState.inUseRemotely) continue;
			if (best === undefined) best = call;
			else {
				const difference = weight(call) - weight(best);
				if (difference > 0 || (difference === 0 && call.touched > best.touched)) best = call;
			}
		}
		this.selected = best;
	}

	/** The call off hook on this phone, the selected one first; undefined when there is none. */
	get live(): Call | undefined {
		if (this.selected?.live) return this.selected;
		for (let i = 0; i < this.entries.length; i += 1) {
			const call = this.entries[i] as Call;
			if (call.live) return call;
		}
		return undefined;
	}

	get ringing(): Call | undefined {
		if (this.selected?.ringing) return this.selected;
		for (let i = 0; i < this.entries.length; i += 1) {
			const call = this.entries[i] as Call;
			if (call.ringing) return call;
		}
		return undefined;
	}

	/** Mode in which a call that rings is to be heard, off when none is. */
	get ringer(): number {
		for (let i = 0; i < this.entries.length; i += 1) {
			const call = this.entries[i] as Call;
			if (call.ringing && !call.answering && call.ringer !== ringerOff) return call.ringer;
		}
		return ringerOff;
	}

	/** A call with this state on a line, undefined when there is none. */
	on(line: number, state: number): Call | undefined {
		for (let i = 0; i < this.entries.length; i += 1) {
			const call = this.entries[i] as Call;
			if (call.reference !== 0 && call.line === line && call.state === state) return call;
		}
		return undefined;
	}

	/** Moves the selection to the next shown call, by `step` 1 or -1; returns whether it moved. */
	move(step: number): boolean {
		const entries = this.entries;
		let index = this.selected === undefined ? (step > 0 ? -1 : entries.length) : entries.indexOf(this.selected);
		for (index += step; index >= 0 && index < entries.length; index += step) {
			const call = entries[index] as Call;
			if (!call.shown) continue;
			this.selected = call;
			return true;
		}
		return false;
	}

	clear(): void {
		for (let i = 0; i < this.entries.length; i += 1) {
			const call = this.entries[i] as Call;
			this.diversions.release(call.reference);
			call.clear();
		}
		this.selected = undefined;
	}

	/** Frees an entry and puts it behind the others. */
	private release(call: Call): void {
		const entries = this.order;
		const last = entries.length - 1;
		for (let i = entries.indexOf(call); i < last; i += 1) entries[i] = entries[i + 1] as Call;
		entries[last] = call;
		this.diversions.release(call.reference);
		call.clear();
	}
}
