/*
 * Which calls outlive the call agent, as Cisco's phones preserve them: one that was answered and has sound goes on, both ways, until
 * the user ends it here; calls held beside it stay shown as long as it does. What only rings or is being dialled goes, and the user is
 * told. Nobody is told of these calls later: the next call agent does not know them.
 */
import { Word } from "base/words";
import { CallState } from "hal/hardware";
import type { Call } from "phone/calls";
import type { Stream } from "phone/media";
import type { Phone } from "phone/phone";

/** Whether a call was answered, is wanted still, and has sound of its own. */
function goesOn(phone: Phone, call: Call): boolean {
	if (call.reference === 0 || call.connectedAt < 0 || call.leaving || !call.live) return false;
	switch (call.state) {
		case CallState.offHook:
		case CallState.busy:
		case CallState.congestion:
		case CallState.invalidNumber:
			return false;
	}
	const { streams } = phone.media;
	for (let i = 0; i < streams.length; i += 1) {
		const stream = streams[i] as Stream;
		// a server that leaves references out has no other call for it
		if (stream.sounds && !stream.multicast && (phone.calls.find(stream.reference) ?? call) === call) return true;
	}
	return false;
}

/**
 * The call agent is gone: ends what does not outlive it, sound included.
 * @param all ends every call. @returns whether a call goes on.
 */
export function endCalls(phone: Phone, all: boolean): boolean {
	const { entries } = phone.calls;
	let kept = false;
	for (let i = 0; i < entries.length && !all && !kept; i += 1) kept = goesOn(phone, entries[i] as Call);
	const { streams } = phone.media;
	for (let i = 0; i < streams.length; i += 1) {
		const stream = streams[i] as Stream;
		const call = phone.calls.find(stream.reference);
		if (!kept || stream.multicast || (call !== undefined && !goesOn(phone, call))) phone.media.close(stream);
	}
	let lost = false;
	// an entry that is freed goes behind the others
	for (let i = entries.length - 1; i >= 0; i -= 1) {
		const call = entries[i] as Call;
		if (call.reference === 0 || (kept && (call.held || goesOn(phone, call)))) continue;
		if (!call.leaving && (call.live || call.ringing || call.held)) lost = true;
		phone.ended(call);
	}
	if (lost) phone.notice(Word.callLost);
	return kept;
}
