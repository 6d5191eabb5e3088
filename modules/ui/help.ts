/*
 * What the help key tells at its first press of what is chosen, as on a 7970: of an item of a list its whole text, of a call with whom and
 * how it is, of an idle phone what it is. At the second press come the call statistics.
 */
import { Word } from "base/words";
import { CallSecurity } from "hal/hardware";
import type { Call } from "phone/calls";
import type { Phone } from "phone/phone";
import { callDetail, callTitle } from "ui/callplane";
import type { Dictionary } from "ui/dictionary";
import { type Information, informationCount, informationLine } from "ui/texts";

const securityWords: readonly string[] = Object.freeze(["", Word.notEncrypted, Word.authenticated, Word.encrypted]);

/** Paragraphs about the selected call. */
export function callHelp(phone: Phone, call: Call, dictionary: Dictionary): string[] {
	const lines = [callTitle(call, 0, dictionary)];
	const diversion = call.anonymous ? undefined : phone.calls.diversions.of(call.reference);
	const detail = callDetail(call, diversion, 0, dictionary);
	if (detail !== "") lines.push(detail);
	const line = phone.lines.line(call.line);
	if (line !== undefined) lines.push(`${Word.ownLine} ${dictionary.show(line.number)}`);
	const security = call.security > CallSecurity.unknown ? (securityWords[call.security] ?? "") : "";
	if (security !== "") lines.push(security);
	lines.push(Word.statisticsHint);
	return lines;
}

/** Paragraphs about the phone, where there is no call. */
export function phoneHelp(information: Information): string[] {
	const lines: string[] = [];
	for (let i = 0; i < informationCount; i += 1) lines.push(informationLine(information, i));
	lines.push(Word.statisticsHint);
	return lines;
}
