/*
 * Names and words for what a phone's screen says, for waits, scripts and error messages. Tones are numbered
 * as SCCP numbers them (DeviceTone).
 */
import { CallState, type ScreenCall } from "../../hal/hardware.js";
import type { Screen } from "./messages.js";

export { CallState, Registration } from "../../hal/hardware.js";

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

function quoted(text: string): string {
	return text === "" ? "" : ` '${text}'`;
}

/** The screen in a few words, for messages to a person. */
export function describeScreen(screen: Screen | undefined): string {
	if (!screen) return "no screen yet";
	const parts = [registrationNames[screen.registration] ?? `registration ${screen.registration}`];
	if (screen.number) parts.push(`number ${screen.number}`);
	parts.push(`prompt '${screen.prompt}'`);
	for (const call of calls(screen))
		parts.push(`call ${call.reference} ${callStateName(call.state)}${quoted(call.title)}${quoted(call.detail)}`);
	const softkeys = screen.softkeys.filter((label) => label !== "");
	if (softkeys.length > 0) parts.push(`softkeys ${softkeys.join(" | ")}`);
	if (screen.overlay) parts.push(`overlay '${screen.overlay.title}'`);
	return parts.join(", ");
}
