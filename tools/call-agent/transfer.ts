/*
 * Transfer as desk phones have it: Trnsfer holds the conversation and gives dial tone; Trnsfer again, while the third party rings or
 * talks, joins the other two and lets the one who transferred go.
 */
import type { Calls } from "./calls.js";
import type { Device } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import type { Leg } from "./leg.js";

/** The first press begins, the second one completes; without a conversation with another phone there is nothing to transfer, and false is the answer. */
export function transferKey(calls: Calls, dialect: Dialect, device: Device): boolean {
	const { active } = device;
	const held = active?.transfers;
	if (active && held?.state === "held" && held.peer) return join(calls, dialect, held, held.peer, active);
	if (active?.state !== "connected" || !active.peer) return false;
	const consultation = calls.newCall(active.line, true);
	if (consultation) consultation.transfers = active;
	return consultation !== undefined;
}

/** Joins `party`, whom `held` holds, with whom `consultation` has called: a phone or a service. */
function join(calls: Calls, dialect: Dialect, held: Leg, party: Leg, consultation: Leg): boolean {
	if (consultation.state !== "ringOut" && consultation.state !== "connected") return false;
	const { peer: third, service } = consultation;
	party.service = service;
	party.peer = third;
	if (third) third.peer = party;
	held.peer = undefined;
	consultation.peer = undefined;
	// Those that ring, ring for the party from now on.
	for (const fork of consultation.forks.splice(0)) {
		if (fork.state !== "ringIn" && fork !== third) continue;
		fork.peer = party;
		party.forks.push(fork);
	}
	party.redirected.push(...consultation.redirected);
	party.answerer = consultation.answerer;
	calls.release(consultation, "agent");
	calls.release(held, "agent");
	if (third?.state === "ringIn") calls.ringOnward(party);
	else calls.joined(party);
	if (third) dialect.newPartner(third);
	return true;
}
