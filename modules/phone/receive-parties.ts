/*
 * What messages say of who a call is with: its parties, what of them is to be hidden, who diverted it and for whom it was meant, and
 * which list it goes into; whether it is chosen. What is hidden is not kept: neither display nor lists can give it away.
 */
import { Limits } from "limits";
import type { Call } from "phone/calls";
import { Change } from "phone/changes";
import type { Diversion } from "phone/diversions";
import { Disposition, Restriction } from "phone/facts";
import type { Phone } from "phone/phone";
import { CallHistoryInfo, CallInfo, CallInfoV2, CallSelectStatRes } from "sccp/messages-call";
import type { Reader } from "sccp/reader";
import type { Text } from "sccp/text";

/** What the texts of CallInfoV2 are, so that no message has names compared. */
const Party = Object.freeze({
	/** Mailboxes are the call agent's business, and AlternateCallingParty is the number that the caller was known by before. */
	none: 0,
	callingNumber: 1,
	calledNumber: 2,
	callingName: 3,
	calledName: 4,
	originalNumber: 5,
	originalName: 6,
	redirectingNumber: 7,
	redirectingName: 8,
	pilotNumber: 9,
	pilotName: 10,
});
const byName: Readonly<Record<string, number>> = Object.freeze({
	callingParty: Party.callingNumber,
	calledParty: Party.calledNumber,
	callingPartyName: Party.callingName,
	calledPartyName: Party.calledName,
	originalCalledParty: Party.originalNumber,
	originalCalledPartyName: Party.originalName,
	lastRedirectingParty: Party.redirectingNumber,
	lastRedirectingPartyName: Party.redirectingName,
	HuntPilotNumber: Party.pilotNumber,
	HuntPilotName: Party.pilotName,
});
/** By the message's layouts, in the order of their texts. */
const partiesOf: readonly (readonly number[])[] = Object.freeze(
	CallInfoV2.layouts.map(({ texts }) => Object.freeze(texts.map((name) => byName[name] ?? Party.none))),
);

export function callInfo(this: Phone, reader: Reader): void {
	const at = CallInfo.layout(reader.version, reader.length);
	const reference = reader.u32(at.callReference);
	if (reference === 0) return;
	const call = this.calls.ensure(reference, reader.u32(at.lineInstance));
	const diversion = this.calls.diversions.take(reference);
	const { facts, revision } = call;
	const diverted = diversion?.revision;
	call.type = reader.u32(at.callType);
	call.restriction = reader.u32(at.partyPIRestrictionBits);
	call.security = reader.u32(at.callSecurityStatus);
	reader.copyText(at.callingPartyName, Limits.partyName, call.callingName);
	reader.copyText(at.callingParty, 24, call.callingNumber);
	reader.copyText(at.calledPartyName, Limits.partyName, call.calledName);
	reader.copyText(at.calledParty, 24, call.calledNumber);
	if (diversion !== undefined) {
		diversion.reason = reader.u32(at.lastRedirectingReason) || reader.u32(at.originalCdpnRedirectReason);
		reader.copyText(at.originalCalledParty, 24, diversion.for);
		const original = strange(diversion.for, call, Restriction.originalNumber);
		if (original && !call.hides(Restriction.originalName) && reader.u8(at.originalCalledPartyName) !== 0)
			reader.copyText(at.originalCalledPartyName, Limits.partyName, diversion.for);
		reader.copyText(at.lastRedirectingParty, 24, diversion.by);
		const redirecting = strange(diversion.by, call, Restriction.redirectingNumber);
		if (redirecting && !call.hides(Restriction.redirectingName) && reader.u8(at.lastRedirectingPartyName) !== 0)
			reader.copyText(at.lastRedirectingPartyName, Limits.partyName, diversion.by);
	}
	settle(this, call, diversion, facts, revision, diverted);
}

export function callInfoV2(this: Phone, reader: Reader): void {
	const form = CallInfoV2.form(reader.version, reader.length);
	const at = form.at;
	const reference = reader.u32(at.callReference);
	if (reference === 0) return;
	const call = this.calls.ensure(reference, reader.u32(at.lineInstance));
	const diversion = this.calls.diversions.take(reference);
	const { facts, revision } = call;
	const diverted = diversion?.revision;
	call.type = reader.u32(at.callType);
	call.restriction = reader.u32(at.partyPIRestrictionBits);
	call.security = reader.u32(at.callSecurityStatus);
	if (diversion !== undefined)
		diversion.reason = reader.u32(at.lastRedirectingReason) || reader.u32(at.originalCdpnRedirectReason);
	let original = true;
	let redirecting = true;
	let pilot = false;
	reader.startTexts(at.texts);
	const parties = partiesOf[CallInfoV2.layouts.indexOf(form)] as readonly number[];
	for (let i = 0; i < parties.length; i += 1) {
		const party = parties[i] as number;
		const slot = slotOf(call, diversion, party);
		switch (party) {
			case Party.originalNumber:
				next(reader, slot);
				original = slot !== undefined && strange(slot, call, Restriction.originalNumber);
				break;
			case Party.redirectingNumber:
				next(reader, slot);
				redirecting = slot !== undefined && strange(slot, call, Restriction.redirectingNumber);
				break;
			case Party.originalName:
				instead(reader, slot, original && !call.hides(Restriction.originalName));
				break;
			case Party.redirectingName:
				instead(reader, slot, redirecting && !call.hides(Restriction.redirectingName));
				break;
			case Party.pilotNumber:
				// a group that has no one to name instead
				pilot = slot?.empty === true;
				instead(reader, slot, pilot);
				if (slot !== undefined && pilot) pilot = strange(slot, call, 0);
				break;
			case Party.pilotName:
				instead(reader, slot, pilot);
				break;
			default:
				next(reader, slot);
		}
	}
	settle(this, call, diversion, facts, revision, diverted);
}

/** Where a text of CallInfoV2 goes; undefined for one that is of no use here. */
function slotOf(call: Call, diversion: Diversion | undefined, party: number): Text | undefined {
	switch (party) {
		case Party.callingNumber:
			return call.callingNumber;
		case Party.calledNumber:
			return call.calledNumber;
		case Party.callingName:
			return call.callingName;
		case Party.calledName:
			return call.calledName;
		case Party.originalNumber:
		case Party.originalName:
		case Party.pilotNumber:
		case Party.pilotName:
			return diversion?.for;
		case Party.redirectingNumber:
		case Party.redirectingName:
			return diversion?.by;
		default:
			return undefined;
	}
}

function next(reader: Reader, slot: Text | undefined): void {
	if (slot === undefined) reader.skipTexts(1);
	else reader.nextText(slot);
}

/** The next text takes the place of what its slot holds, when it is wanted and there is one. */
function instead(reader: Reader, slot: Text | undefined, wanted: boolean): void {
	next(reader, wanted && !reader.atEmptyText ? slot : undefined);
}

/**
 * The number of a party beside the call's two has been read. @param hiding its bit of `Restriction`.
 * @returns false where it is one of those two, as servers fill it in for calls that nobody has diverted: it is not kept then.
 */
function strange(slot: Text, call: Call, hiding: number): boolean {
	const known = !slot.empty && (same(slot, call.calledNumber) || same(slot, call.callingNumber));
	if (known || (hiding !== 0 && call.hides(hiding))) slot.clear();
	return !known;
}

function same(a: Text, b: Text): boolean {
	const { length } = a;
	if (length !== b.length) return false;
	for (let i = 0; i < length; i += 1) if (a.octet(i) !== b.octet(i)) return false;
	return true;
}

/** All has been read: forgets what is hidden, and says whether anything is other than before. */
function settle(
	phone: Phone,
	call: Call,
	diversion: Diversion | undefined,
	facts: number,
	revision: number,
	diverted: number | undefined,
): void {
	if (diversion !== undefined) {
		// servers without a word on numbers repeat the names of the call's two parties
		if (same(diversion.for, call.calledName) || same(diversion.for, diversion.by)) diversion.for.clear();
		if (same(diversion.by, call.calledName) || same(diversion.by, call.callingName)) diversion.by.clear();
		if (diversion.by.empty && diversion.for.empty) phone.calls.diversions.release(call.reference);
	}
	if (call.hides(Restriction.callingName)) call.callingName.clear();
	if (call.hides(Restriction.callingNumber)) call.callingNumber.clear();
	if (call.hides(Restriction.calledName)) call.calledName.clear();
	if (call.hides(Restriction.calledNumber)) call.calledNumber.clear();
	if (call.facts !== facts || call.revision !== revision || diversion?.revision !== diverted)
		phone.changed(Change.calls);
}

export function callHistoryInfo(this: Phone, reader: Reader): void {
	const at = CallHistoryInfo.layout(reader.version, reader.length);
	const disposition = reader.u32(at.callHistoryDisposition);
	if (disposition > Disposition.missed) return;
	const reference = reader.u32(at.callReference);
	const call = this.calls.find(reference);
	if (call === undefined) this.callLog?.disposed(reference, disposition);
	else call.disposition = disposition;
}

export function callSelectStat(this: Phone, reader: Reader): void {
	const at = CallSelectStatRes.layout(reader.version, reader.length);
	const call = this.calls.find(reader.u32(at.callReference));
	if (call === undefined) return;
	const { facts } = call;
	call.marked = reader.u32(at.callSelectStat) !== 0;
	if (call.facts !== facts) this.changed(Change.calls);
}
