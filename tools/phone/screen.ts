/*
 * Names and words for what a phone's screen says, for waits, scripts and error messages. Call states and tones are numbered
 * as SCCP numbers them (SkinnyCallState, DeviceTone).
 */
import type { ScreenCall } from "../../hal/hardware.js";
import type { Screen } from "./messages.js";

export { Registration } from "../../hal/hardware.js";

/** SCCP call states as CallState carries them. */
export const CallState = Object.freeze({
	offHook: 1,
	onHook: 2,
	ringOut: 3,
	ringIn: 4,
	connected: 5,
	busy: 6,
	congestion: 7,
	hold: 8,
	callWaiting: 9,
	callTransfer: 10,
	callPark: 11,
	proceed: 12,
	remoteMultiline: 13,
	invalidNumber: 14,
});

/** Tone ids of StartTone that callers meet. */
export const Tone = Object.freeze({
	insideDial: 0x21,
	outsideDial: 0x22,
	busy: 0x23,
	alerting: 0x24,
	reorder: 0x25,
	callWaiting: 0x2d,
});

const registrationNames = ["not registered", "finding a call agent", "registering", "registered", "rejected"];
const callStateNames = Object.entries(CallState);

export function callStateName(state: number): string {
	return callStateNames.find(([, number]) => number === state)?.[0] ?? `state ${state}`;
}

/** The calls that the screen shows; empty rows and calls on hook left out. */
export function calls(screen: Screen | undefined): readonly ScreenCall[] {
	return screen?.calls.filter((call) => call.reference !== 0 && call.state !== CallState.onHook) ?? [];
}

/** The screen in a few words, for messages to a person. */
export function describeScreen(screen: Screen | undefined): string {
	if (!screen) return "no screen yet";
	const parts = [registrationNames[screen.registration] ?? `registration ${screen.registration}`];
	if (screen.number) parts.push(`number ${screen.number}`);
	parts.push(`prompt '${screen.prompt}'`);
	for (const call of calls(screen))
		parts.push(`call ${call.reference} ${callStateName(call.state)}${call.title ? ` '${call.title}'` : ""}`);
	const softkeys = screen.softkeys.filter((label) => label !== "");
	if (softkeys.length > 0) parts.push(`softkeys ${softkeys.join(" | ")}`);
	if (screen.overlay) parts.push(`overlay '${screen.overlay.title}'`);
	return parts.join(", ");
}
