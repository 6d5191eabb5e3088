/*
 * What of the mirror has changed, as bits, and who hears of it. The mirror only marks changes; the display is worked out
 * once all messages that had arrived together have been read.
 */
import type { Call } from "phone/calls";

export const Change = Object.freeze({
	buttons: 1,
	calls: 2,
	prompt: 4,
	softkeys: 8,
	/** Date, time and own number. */
	status: 16,
	/** Route, mute, ringer. */
	sound: 32,
	messageWaiting: 64,
	/** What lies above the call plane: the user interface's own, but for buttons that are in a list alone. */
	overlay: 128,
	/** A call has come up: a menu makes room for it. */
	newCall: 256,
	all: 255,
});

export interface PhoneListener {
	/** Some of {@link Change} bits changed. Called while a message is being read: only takes note. */
	changed(bits: number): void;
	/** What changed did so by itself (a time-out): it may be shown now. */
	settled(): void;
	/** Something that the user should be told, in English, for a while. */
	notice(text: string): void;
}

/** Whoever tells others of the phone: it looks when it sees fit. */
export interface PhoneObserver {
	/** Something has changed. */
	changed(): void;
	/** A call has ended whose parties are still known. */
	ended(call: Call): void;
}
