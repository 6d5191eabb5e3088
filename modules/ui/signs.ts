/*
 * What the status line has a sign for, worked out of the mirror as one number of bits.
 */
import { CallSecurity, LampMode, Route, Sign, Statistic } from "hal/hardware";
import type { Call } from "phone/calls";
import { Button, type ButtonEntry, Forward, type Line } from "phone/lines";
import { codecWideband } from "phone/media";
import type { Phone } from "phone/phone";
import { statusLamp } from "ui/keys";

/**
 * When the network is poor: of the latest three seconds of sound 5 % did not come, as what ITU-T G.107 calls a call that many are
 * dissatisfied with; and when it is no longer. In 1/10000. A score of nought is one that is not known yet.
 */
const poorConcealment = 500;
const goodConcealment = 200;
const poorScore = 31000;
const goodScore = 34000;

/** Phrases that a prompt has where calls are not to ring: 'Do Not Disturb' of the first table, 'Do Not Disturb is active' of the second. */
const disturbPhrase = 63;
const disturbActive = 57;

/** @param before the bits that were shown last. @param missed whether there are missed calls that nobody has looked at. */
export function signsOf(phone: Phone, missed: boolean, before: number): number {
	const { routes, selected } = phone;
	let signs = 0;
	if (routes.muted) signs |= Sign.muted;
	if (routes.volume(Route.none) === 0) signs |= Sign.ringerOff;
	if (missed) signs |= Sign.missed;
	if (phone.messageWaiting) signs |= Sign.message;
	if (!phone.registered && !phone.preserving) return signs;
	if (forwards(phone)) signs |= Sign.forwarded;
	if (notDisturbed(phone)) signs |= Sign.doNotDisturb;
	return selected === undefined ? signs : signs | callSigns(phone, selected, before);
}

/** The signs of a call: those of its sound while it has any. */
function callSigns(phone: Phone, call: Call, before: number): number {
	const { media } = phone;
	let signs = call.security >= CallSecurity.authenticated ? Sign.secure : 0;
	const payload = media.payloadOf(call.reference);
	if (payload < 0) return signs;
	if (codecWideband(payload)) signs |= Sign.wideband;
	if (hearsPoorly(phone, call, (before & Sign.poorNetwork) !== 0)) signs |= Sign.poorNetwork;
	return signs;
}

/** Whether much of what a call sends does not come; what it was stays while it is neither good nor bad. */
function hearsPoorly({ media }: Phone, call: Call, before: boolean): boolean {
	if (!media.read(call.reference)) return false;
	const concealed = media.counters[Statistic.concealmentInterval] as number;
	const score = media.counters[Statistic.mos] as number;
	if (before) return concealed > goodConcealment || (score > 0 && score < goodScore);
	return concealed >= poorConcealment || (score > 0 && score < poorScore);
}

function forwards({ lines }: Phone): boolean {
	for (let i = 0; i < lines.lines.length; i += 1)
		if (((lines.lines[i] as Line).forwards & Forward.all) !== 0) return true;
	return false;
}

/** Whether the call agent says that calls do not ring here, by a key for it or by the prompt of the idle phone. */
function notDisturbed({ lines, prompts }: Phone): boolean {
	const { buttons } = lines;
	for (let i = 0; i < buttons.length; i += 1) {
		const { lampMode, status, type } = buttons[i] as ButtonEntry;
		if (type !== Button.doNotDisturb) continue;
		if (lampMode !== LampMode.off || statusLamp(type, status) !== LampMode.off) return true;
	}
	const text = prompts.shown(lines.primary.instance, 0);
	if (text === undefined) return false;
	for (let i = 1, { length } = text; i < length; i += 1) {
		const table = text.octet(i - 1);
		const phrase = text.octet(i);
		if ((table === 0x80 && phrase === disturbPhrase) || (table === 0x1e && phrase === disturbActive)) return true;
	}
	return false;
}
