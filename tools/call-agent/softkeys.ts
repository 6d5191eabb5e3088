/*
 * Softkeys and buttons of each dialect: the template (label and event number by position) has the server's own size
 * and numbering; the sets list only softkeys that do something here.
 */
import type { DialectName } from "./options.js";

export type SoftKeyAction =
	| "redial"
	| "newCall"
	| "hold"
	| "transfer"
	| "backspace"
	| "endCall"
	| "resume"
	| "answer"
	| "dial";

interface SoftKey {
	/** Phrase number of the phone's dictionary, or literal text. */
	readonly label: number | string;
	/** Event number that the phone sends. */
	readonly event: number;
}

/** Sets as SelectSoftKeys numbers them. */
export const SoftKeySet = Object.freeze({
	onHook: 0,
	connected: 1,
	onHold: 2,
	ringIn: 3,
	offHook: 4,
	connectedTransfer: 5,
	digits: 6,
	ringOut: 8,
	offHookFeature: 9,
	inUseHint: 10,
});

const actions: Readonly<Record<number, SoftKeyAction>> = Object.freeze({
	1: "redial",
	2: "newCall",
	3: "hold",
	4: "transfer",
	8: "backspace",
	9: "endCall",
	10: "resume",
	11: "answer",
});

export interface SoftKeyTemplate {
	readonly keys: readonly SoftKey[];
	/** Entries that the message has room for. */
	readonly room: number;
	/** Event number of Dial, where there is one. */
	readonly dialEvent: number | undefined;
	/** How many sets the message announces, of 16. */
	readonly sets: number;
	/** Octets behind the sets. */
	readonly setsTail: number;
}

function numbered(phrases: readonly (number | string)[]): SoftKey[] {
	return phrases.map((label, index) => ({ label, event: index + 1 }));
}

/** Phrases 1 to 18: Redial, NewCall, Hold, Trnsfer, CFwdAll, CFwdBusy, CFwdNoAnswer, <<, EndCall, Resume, Answer, ... */
const common = Array.from({ length: 18 }, (_, index) => index + 1);

const templates: Readonly<Record<DialectName, SoftKeyTemplate>> = Object.freeze({
	// The template of CallManager leaves out events that it does not use: position and event number differ.
	callmanager: {
		keys: [1, 2, 3, 4, 5, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18].map((event) => ({ label: event, event })),
		room: 32,
		dialEvent: undefined,
		sets: 11,
		setsTail: 0,
	},
	chan_skinny: { keys: numbered([...common, 63, 80, "Dial"]), room: 32, dialEvent: 21, sets: 14, setsTail: 4 },
	chan_sccp: {
		keys: numbered([...common, "Record", 65, 67, 63, 79, 78, 54, 62, 77, 80, 88, 60, "", "Dial"]),
		room: 64,
		dialEvent: 32,
		sets: 13,
		setsTail: 0,
	},
});

export function softKeyTemplate(dialect: DialectName): SoftKeyTemplate {
	return templates[dialect];
}

/** What a softkey event means in a dialect; undefined for one that does nothing. */
export function softKeyAction(dialect: DialectName, event: number): SoftKeyAction | undefined {
	return event === templates[dialect].dialEvent ? "dial" : actions[event];
}

/** Events by set number. */
export function softKeySets(dialect: DialectName): readonly (readonly number[])[] {
	const dial = templates[dialect].dialEvent;
	const sets: number[][] = Array.from({ length: templates[dialect].sets }, () => []);
	const put = (set: number, ...events: number[]) => sets.splice(set, 1, events);
	put(SoftKeySet.onHook, 1, 2);
	put(SoftKeySet.connected, 3, 9, 4);
	put(SoftKeySet.onHold, 10, 2);
	put(SoftKeySet.ringIn, 11);
	put(SoftKeySet.offHook, 1, 9);
	put(SoftKeySet.connectedTransfer, 3, 9, 4);
	put(SoftKeySet.digits, 8, 9, ...(dial === undefined ? [] : [dial]));
	put(SoftKeySet.ringOut, 9);
	put(SoftKeySet.offHookFeature, 1, 9);
	put(SoftKeySet.inUseHint, 1, 2);
	return sets;
}

/** Position in the template (from 1) of the softkey with an event number. */
export function softKeyPosition(dialect: DialectName, event: number): number {
	return templates[dialect].keys.findIndex((key) => key.event === event) + 1;
}
