/*
 * Keypad and hook at the other end of the control channel: key names that come over it.
 */
import type { Clock, Keypad, KeypadListener, TimerHandle } from "hal/hardware";
import { holdTime, keyNumber } from "hal/key-names";

export class ControlKeypad implements Keypad {
	readonly lineKeys: number;
	readonly softkeys: number;
	private lifted = false;
	private listener: KeypadListener | undefined;
	private readonly clock: Clock;
	private down = -1;
	private timer: TimerHandle | undefined = undefined;
	private readonly hold: () => void;

	constructor(lineKeys: number, softkeys: number, clock: Clock) {
		this.lineKeys = lineKeys;
		this.softkeys = softkeys;
		this.clock = clock;
		this.hold = () => {
			this.timer = undefined;
			this.listener?.held?.(this.down);
		};
	}

	get offHook(): boolean {
		return this.lifted;
	}

	start(listener: KeypadListener): void {
		this.listener = listener;
	}

	/** Presses and releases a key, or only one of the two: one that stays down is held. False when there is no such key. */
	press(name: string, direction: string | undefined): boolean {
		const key = keyNumber(name, this.lineKeys, this.softkeys);
		if (key < 0 || (direction !== undefined && direction !== "down" && direction !== "up")) return false;
		this.clock.cancel(this.timer);
		this.timer = undefined;
		if (direction !== "up") this.listener?.key(key, true);
		if (direction !== "down") this.listener?.key(key, false);
		else {
			this.down = key;
			this.timer = this.clock.after(holdTime, this.hold);
		}
		return true;
	}

	/** A finger touches the picture of a service, in pixels of its file. False when these are no numbers. */
	point(across: string | undefined, down: string | undefined): boolean {
		const x = Number(across);
		const y = Number(down);
		if (!(x >= 0 && y >= 0)) return false;
		this.listener?.pointed?.(x, y);
		return true;
	}

	/** Lifts or replaces the handset; where it already is, nothing happens. */
	hook(offHook: boolean): void {
		if (offHook === this.lifted) return;
		this.lifted = offHook;
		this.listener?.hook(offHook);
	}
}
