/*
 * The phone's keypad of a board: its keys, wherever they come from, and its hook switch.
 */
import type { HookSwitch } from "hal/esp32s3/hook";
import type { KeySource } from "hal/esp32s3/keys";
import type { Keypad, KeypadListener } from "hal/hardware";

export class BoardKeypad implements Keypad {
	readonly lineKeys: number;
	readonly softkeys: number;
	private readonly keys: KeySource | undefined;
	private readonly hook: HookSwitch | undefined;

	/** Keys or hook are left out where the board has none, or where they do not answer. */
	constructor(lineKeys: number, softkeys: number, keys: KeySource | undefined, hook: HookSwitch | undefined) {
		this.lineKeys = lineKeys;
		this.softkeys = softkeys;
		this.keys = keys;
		this.hook = hook;
	}

	get offHook(): boolean {
		return this.hook?.offHook ?? false;
	}

	start(listener: KeypadListener): void {
		this.keys?.start(listener);
		this.hook?.start(listener);
	}
}
