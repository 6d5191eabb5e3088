/*
 * The call plane: one row a call with its icon, who it is ('From Alice (1002)'), what else there is to say of it ('Forwarded by Bob, for
 * Carol') and how long it has been up. Who is to be hidden is 'Private'; of a call that another phone has taken and that is hidden, it says
 * no more than that it is in use.
 */
import { Word } from "base/words";
import { CallState, CallType, Icon } from "hal/hardware";
import type { Call } from "phone/calls";
import { type Diversion, Reason } from "phone/diversions";
import { Restriction } from "phone/facts";
import { DisplayOption } from "phone/lines";
import type { Phone } from "phone/phone";
import type { Dictionary } from "ui/dictionary";
import type { ScreenValue } from "ui/screen";

/** A text of a call's party. */
type Text = Call["callingName"];

/** Phrases of the first table. */
const fromPhrase = 23;
const inUseRemote = 31;
const privatePhrase = 54;
const unknownNumber = 56;
/** 'Recording' of the second table. */
const recording = "\x1e\x4f";

/** Fills in all rows. */
export function showCalls(screen: ScreenValue, phone: Phone): void {
	const entries = phone.calls.entries;
	for (let i = 0; i < entries.length; i += 1) {
		const call = entries[i] as Call;
		if (!call.shown) {
			screen.setCall(i, 0, 0, 0, Icon.none, false, "");
			screen.setDetail(i, "", 0);
		} else {
			const diversion = call.anonymous ? undefined : phone.calls.diversions.of(call.reference);
			const options = diversion === undefined ? 0 : (phone.lines.line(call.line)?.displayOptions ?? 0);
			screen.setCall(
				i,
				call.reference,
				call.line,
				call.state,
				callIcon(call.state),
				phone.selected === call,
				callTitle(call, options, screen.dictionary),
			);
			screen.setDetail(i, callDetail(call, diversion, options, screen.dictionary), call.security);
		}
	}
	showSeconds(screen, phone);
}

/** Fills in the elapsed times; returns whether any call shows one. */
export function showSeconds(screen: ScreenValue, phone: Phone): boolean {
	const entries = phone.calls.entries;
	const ticks = phone.clock.ticks;
	let any = false;
	for (let i = 0; i < entries.length; i += 1) {
		const call = entries[i] as Call;
		const up = call.shown && call.connectedAt >= 0;
		if (up) any = true;
		screen.setSeconds(i, up ? Math.floor((ticks - call.connectedAt) / 1000) : -1);
	}
	return any;
}

function callIcon(state: number): number {
	switch (state) {
		case CallState.offHook:
		case CallState.callTransfer:
			return Icon.offHook;
		case CallState.ringOut:
		case CallState.proceed:
			return Icon.ringOut;
		case CallState.ringIn:
		case CallState.callWaiting:
			return Icon.ringing;
		case CallState.connected:
		case CallState.whisper:
			return Icon.connected;
		case CallState.busy:
		case CallState.congestion:
		case CallState.invalidNumber:
			return Icon.busy;
		case CallState.hold:
		case CallState.holdRevert:
		case CallState.remoteHold:
			return Icon.held;
		case CallState.inUseRemotely:
			return Icon.remoteInUse;
		default:
			return Icon.none;
	}
}

/** Who a call is with: 'From Alice (1002)'. @param options bits of `DisplayOption` for a diverted call, 0 for all. */
export function callTitle(call: Call, options: number, dictionary: Dictionary): string {
	if (call.anonymous) return dictionary.phrase(call.ringing ? privatePhrase : inUseRemote);
	if (call.type === CallType.inbound)
		return `${dictionary.phrase(fromPhrase)}${partyName(call, call.callingName, call.callingNumber, Restriction.callingName, options, dictionary)}`;
	if (call.type !== 0 && !(call.calledName.empty && call.calledNumber.empty && !call.hides(Restriction.called)))
		return `${dictionary.expand(Word.to)} ${partyName(call, call.calledName, call.calledNumber, Restriction.calledName, 0, dictionary)}`;
	if (call.dialled !== "") return call.dialled;
	return call.calledNumber.empty ? "" : `${dictionary.expand(Word.to)} ${dictionary.show(call.calledNumber)}`;
}

/**
 * Name and number of a party. @param hiding the restriction of its name, that of its number is the next bit. @param options what the line
 * shows of a diverted call's caller, 0 for all.
 */
function partyName(
	call: Call,
	name: Text,
	number: Text,
	hiding: number,
	options: number,
	dictionary: Dictionary,
): string {
	if (call.hides(hiding * 3)) return dictionary.phrase(privatePhrase);
	const named = !name.empty && shows(options, DisplayOption.callingName);
	const numbered = !number.empty && (shows(options, DisplayOption.callingNumber) || !named);
	if (!named)
		return numbered
			? dictionary.show(number)
			: dictionary.phrase(call.hides(hiding * 2) ? privatePhrase : unknownNumber);
	const text = dictionary.show(name);
	return numbered ? `${text} (${dictionary.show(number)})` : text;
}

/** Whether a line that shows parts of a diverted call shows this one; a line without options shows all. */
function shows(options: number, part: number): boolean {
	return options === 0 || (options & part) !== 0;
}

/** What there is to say of a call beside who it is with. */
export function callDetail(
	call: Call,
	diversion: Diversion | undefined,
	options: number,
	dictionary: Dictionary,
): string {
	let detail = call.recorded ? dictionary.expand(recording) : "";
	if (call.marked) detail = joined(detail, dictionary.expand(call.elsewhere ? Word.selectedElsewhere : Word.selected));
	if (diversion === undefined) return detail;
	const by = shows(options, DisplayOption.redirecting) && !diversion.by.empty;
	if (by) {
		const who = dictionary.show(diversion.by);
		detail = joined(
			detail,
			`${dictionary.expand(doneBy(diversion.reason))} ${who}${why(diversion.reason, dictionary)}`,
		);
	}
	if (!diversion.for.empty && shows(options, DisplayOption.originallyCalled)) {
		const who = dictionary.show(diversion.for);
		detail = joined(
			detail,
			`${dictionary.expand(detail === "" ? Word.callFor : Word.andFor)} ${who}${by ? "" : why(diversion.reason, dictionary)}`,
		);
	}
	return detail;
}

function joined(detail: string, more: string): string {
	return detail === "" ? more : `${detail}, ${more}`;
}

function doneBy(reason: number): string {
	switch (reason) {
		case Reason.transfer:
		case Reason.blindTransfer:
			return Word.transferredBy;
		case Reason.pickUp:
			return Word.pickedUpFrom;
		case Reason.park:
		case Reason.parkPickUp:
		case Reason.parkReversion:
			return Word.parkedBy;
		default:
			return Word.forwardedBy;
	}
}

function why(reason: number, dictionary: Dictionary): string {
	if (reason === Reason.busy) return ` (${dictionary.expand(Word.busy)})`;
	return reason === Reason.noAnswer ? ` (${dictionary.expand(Word.noAnswer)})` : "";
}
