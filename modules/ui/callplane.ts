/*
 * The call plane: one row a call with its icon, who it is ('From Alice (1002)') and how long it has been up.
 */
import { CallState, CallType, Icon } from "hal/hardware";
import type { Call } from "phone/calls";
import type { Phone } from "phone/phone";
import type { Dictionary } from "ui/dictionary";
import type { ScreenValue } from "ui/screen";

/** A text of a call's party. */
type Text = Call["callingName"];

/** Phrases of the first table. */
const fromPhrase = 23;
const unknownNumber = 56;

/** Dictionary code of a call that is recorded. */
const recording = "\x1e\x4f";

/** Fills in all rows. */
export function showCalls(screen: ScreenValue, phone: Phone): void {
	const entries = phone.calls.entries;
	for (let i = 0; i < entries.length; i += 1) {
		const call = entries[i] as Call;
		// a call that the call agent has given no state yet is not shown
		if (call.reference === 0 || call.state === 0) screen.setCall(i, 0, 0, 0, Icon.none, false, "");
		else
			screen.setCall(
				i,
				call.reference,
				call.line,
				call.state,
				callIcon(call.state),
				phone.selected === call,
				call.recorded
					? `${callTitle(call, screen.dictionary)} (${screen.dictionary.expand(recording)})`
					: callTitle(call, screen.dictionary),
			);
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
		const up = call.reference !== 0 && call.state !== 0 && call.connectedAt >= 0;
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
			return Icon.connected;
		case CallState.busy:
		case CallState.congestion:
		case CallState.invalidNumber:
			return Icon.busy;
		case CallState.hold:
			return Icon.held;
		case CallState.inUseRemotely:
			return Icon.remoteInUse;
		default:
			return Icon.none;
	}
}

function callTitle(call: Call, dictionary: Dictionary): string {
	if (call.type === CallType.inbound)
		return `${dictionary.phrase(fromPhrase)}${partyName(call.callingName, call.callingNumber, dictionary)}`;
	if (call.type !== 0 && !(call.calledName.empty && call.calledNumber.empty))
		return `To ${partyName(call.calledName, call.calledNumber, dictionary)}`;
	if (call.dialled !== "") return call.dialled;
	return call.calledNumber.empty ? "" : `To ${dictionary.expand(call.calledNumber.toString())}`;
}

function partyName(name: Text, number: Text, dictionary: Dictionary): string {
	if (name.empty) return number.empty ? dictionary.phrase(unknownNumber) : dictionary.expand(number.toString());
	const text = dictionary.expand(name.toString());
	return number.empty ? text : `${text} (${dictionary.expand(number.toString())})`;
}
