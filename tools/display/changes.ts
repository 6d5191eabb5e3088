/*
 * What changes on a phone's display in daily use, one change at a time, for measurements.
 */
import { LampColour, LampMode, Registration } from "hal/hardware";
import type { ScreenValue } from "ui/screen";
import { fill } from "./fill.js";
import { recordedScene, sceneOf } from "./scenes.js";

export interface ScreenChange {
	/** What the screen shows before. */
	readonly scene: string;
	/** Changes it; called again with the next count, it changes it again. */
	change(screen: ScreenValue, count: number): void;
}

/** Two of a kind, so that nothing is made while garbage is measured. */
const minutes = Object.freeze(["13:06 22/11/26", "13:07 22/11/26"]);
const numbers = Object.freeze(["00431555", "004315551"]);
const packets = Object.freeze(["Rcvr packets 4200", "Rcvr packets 4250"]);
const prompts = Object.freeze(["Your current options", "Enter number"]);

function either(pair: readonly string[], count: number): string {
	return pair[count & 1] as string;
}

function scene(name: string): (screen: ScreenValue) => void {
	return (screen) => fill(screen, recordedScene(name));
}

export const changes: Readonly<Record<string, ScreenChange>> = Object.freeze({
	idle_minute: {
		scene: "idle",
		change: (screen, count) => screen.setStatus(Registration.registered, either(minutes, count), "1001"),
	},
	call_second: { scene: "talking", change: (screen, count) => screen.setSeconds(0, 84 + count) },
	two_calls_second: {
		scene: "two-calls",
		change: (screen, count) => {
			screen.setSeconds(0, 13 + count);
			screen.setSeconds(1, 262 + count);
		},
	},
	statistics_second: {
		scene: "statistics",
		change: (screen, count) => {
			screen.setSeconds(0, 84 + count);
			screen.setOverlayLine(2, either(packets, count));
			screen.setOverlayLine(3, either(packets, count + 1));
		},
	},
	lamp: {
		scene: "idle",
		change: (screen, count) =>
			screen.setButton(3, "Workshop", 7, count & 1 ? LampMode.off : LampMode.on, LampColour.red),
	},
	prompt: { scene: "idle", change: (screen, count) => screen.setPrompt(either(prompts, count)) },
	digit_dialled: {
		scene: "dialling",
		change: (screen, count) => screen.setCall(0, 100, 1, 1, 2, true, either(numbers, count)),
	},
	volume_step: { scene: "volume", change: (screen, count) => screen.setVolume(62 + (count & 1), "Speaker") },
	menu_line: {
		scene: "settings",
		change: (screen, count) => {
			const { title = "", lines = [], first, count: all } = screen.overlay ?? {};
			screen.openOverlay(title, lines.length, 3 + (count & 1), first, all);
		},
	},
	menu_opened: { scene: "idle", change: scene("settings") },
	ringing: { scene: "idle", change: scene("ringing") },
	answered: { scene: "ringing", change: scene("talking") },
});

/** The screen before a change, on a board with six line keys and four softkeys. */
export function beforeChange(name: string): ScreenValue {
	return sceneOf((changes[name] as ScreenChange).scene, 6, 4);
}
