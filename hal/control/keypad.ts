/*
 * Keypad and hook at the other end of the control channel: key names that come over it.
 */
import { type Clock, Key, type Keypad, type KeypadListener, type TimerHandle } from "hal/hardware";

/** Milliseconds until a key that is down counts as held. */
const holdTime = 1000;

const names: Readonly<Record<string, number>> = Object.freeze({
	"*": Key.star,
	"#": Key.pound,
	up: Key.up,
	down: Key.down,
	left: Key.left,
	right: Key.right,
	select: Key.select,
	hold: Key.hold,
	transfer: Key.transfer,
	conference: Key.conference,
	messages: Key.messages,
	services: Key.services,
	directories: Key.directories,
	settings: Key.settings,
	help: Key.help,
	headset: Key.headset,
	speaker: Key.speaker,
	mute: Key.mute,
	volumeUp: Key.volumeUp,
	volumeDown: Key.volumeDown,
	pageUp: Key.pageUp,
	pageDown: Key.pageDown,
});

/** Number of the key of that name on a board with so many line keys and softkeys; -1 when there is none. */
export function keyNumber(name: string, lineKeys: number, softkeys: number): number {
	const digit = name.charCodeAt(name.length - 1) - 48;
	if (digit >= 0 && digit <= 9) {
		if (name.length === 1) return digit;
		if (name.length === 5 && name.startsWith("line") && digit >= 1 && digit <= lineKeys) return Key.line1 + digit - 1;
		if (name.length === 8 && name.startsWith("softkey") && digit >= 1 && digit <= softkeys) {
			return Key.softkey1 + digit - 1;
		}
		return -1;
	}
	return Object.hasOwn(names, name) ? (names[name] ?? -1) : -1;
}

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

	/** Lifts or replaces the handset; where it already is, nothing happens. */
	hook(offHook: boolean): void {
		if (offHook === this.lifted) return;
		this.lifted = offHook;
		this.listener?.hook(offHook);
	}
}
