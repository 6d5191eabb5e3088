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
	| "dial"
	| "conferenceList"
	| FeatureAction;

/** Softkeys of what a call agent does beside plain calls. */
export type FeatureAction =
	| "forwardAll"
	| "forwardBusy"
	| "forwardNoAnswer"
	| "conference"
	| "park"
	| "meetMe"
	| "pickUp"
	| "groupPickUp"
	| "otherPickUp"
	| "barge"
	| "private"
	| "doNotDisturb"
	| "divert";

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
	connectedConference: 7,
	ringOut: 8,
	offHookFeature: 9,
	inUseHint: 10,
	stealable: 11,
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

/** Events of features by dialect; CallManager's beyond the eighteenth are the phrases of their labels. */
const featureActions: Readonly<Record<DialectName, Readonly<Record<number, SoftKeyAction>>>> = Object.freeze({
	callmanager: {
		5: "forwardAll",
		13: "conference",
		14: "park",
		16: "meetMe",
		17: "pickUp",
		18: "groupPickUp",
		54: "private",
		63: "doNotDisturb",
		67: "barge",
		79: "conferenceList",
		80: "divert",
		91: "otherPickUp",
	},
	chan_skinny: {
		5: "forwardAll",
		6: "forwardBusy",
		7: "forwardNoAnswer",
		14: "park",
		18: "groupPickUp",
		19: "doNotDisturb",
		21: "dial",
	},
	chan_sccp: {
		5: "forwardAll",
		6: "forwardBusy",
		7: "forwardNoAnswer",
		13: "conference",
		14: "park",
		16: "meetMe",
		17: "pickUp",
		18: "groupPickUp",
		21: "barge",
		22: "doNotDisturb",
		23: "conferenceList",
		25: "private",
		28: "divert",
		32: "dial",
	},
});

export interface SoftKeyTemplate {
	readonly keys: readonly SoftKey[];
	/** Entries that the message has room for. */
	readonly room: number;
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
		keys: [1, 2, 3, 4, 5, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 54, 63, 67, 79, 80, 91].map((event) => ({
			label: event,
			event,
		})),
		room: 32,
		sets: 12,
		setsTail: 0,
	},
	chan_skinny: { keys: numbered([...common, 63, 80, "Dial"]), room: 32, sets: 14, setsTail: 4 },
	chan_sccp: {
		keys: numbered([...common, "Record", 65, 67, 63, 79, 78, 54, 62, 77, 80, 88, 60, "", "Dial"]),
		room: 64,
		sets: 13,
		setsTail: 0,
	},
});

export function softKeyTemplate(dialect: DialectName): SoftKeyTemplate {
	return templates[dialect];
}

/** What a softkey event means in a dialect; undefined for one that does nothing. */
export function softKeyAction(dialect: DialectName, event: number): SoftKeyAction | undefined {
	return featureActions[dialect][event] ?? actions[event];
}

/**
 * Events of the sets by their numbers in SoftKeySet, in the servers' own order; 0 is an empty place. What would do nothing is left
 * out.
 */
const sets: Readonly<Record<DialectName, Readonly<Partial<Record<keyof typeof SoftKeySet, readonly number[]>>>>> =
	Object.freeze({
		callmanager: {
			onHook: [1, 2, 5, 17, 18, 91, 16, 63, 54],
			connected: [3, 9, 4, 13, 14],
			onHold: [10, 2],
			ringIn: [11, 80],
			offHook: [1, 9, 5, 17, 18, 91, 16],
			connectedTransfer: [3, 9, 4, 13, 14],
			digits: [8, 9],
			connectedConference: [3, 9, 13, 79],
			ringOut: [9],
			offHookFeature: [1, 9],
			inUseHint: [1, 2, 17, 18, 91],
			stealable: [1, 2, 67],
		},
		chan_skinny: {
			onHook: [1, 2, 5, 6, 7, 19, 18],
			connected: [3, 9, 4, 14],
			onHold: [10, 2, 9, 4],
			ringIn: [11, 9],
			offHook: [1, 9, 5, 6, 7, 18],
			connectedTransfer: [3, 9, 4, 14],
			digits: [8, 9, 21],
			ringOut: [0, 9],
			offHookFeature: [1, 9],
		},
		chan_sccp: {
			onHook: [1, 2, 5, 6, 7, 17, 18, 22, 25],
			connected: [3, 9, 4, 13, 14],
			onHold: [10, 2, 9, 4],
			ringIn: [11, 9, 28],
			offHook: [1, 9, 25, 5, 6, 7, 17, 18, 16],
			connectedTransfer: [3, 9, 4, 13, 14],
			digits: [8, 9, 32],
			connectedConference: [2, 9, 3, 13, 23],
			ringOut: [0, 9, 4],
			offHookFeature: [10, 2, 9],
			inUseHint: [1, 2, 17, 18],
			stealable: [1, 2, 21],
		},
	});

/** Events by set number. */
export function softKeySets(dialect: DialectName): readonly (readonly number[])[] {
	const all: (readonly number[])[] = Array.from({ length: templates[dialect].sets }, () => []);
	for (const [name, events] of Object.entries(sets[dialect])) all[SoftKeySet[name as keyof typeof SoftKeySet]] = events;
	return all;
}

/** Position in the template (from 1) of the softkey with an event number. */
export function softKeyPosition(dialect: DialectName, event: number): number {
	return templates[dialect].keys.findIndex((key) => key.event === event) + 1;
}
