/*
 * The keypad of a touch display: where a finger goes down becomes the key that is drawn there. A phone without a handset goes off
 * hook with its speaker, so the key with the handset is the Speaker key.
 */
import { countCalls, Page, selectedCall, Target, type Touchable } from "hal/display/target";
import { Icon, Key, type Keypad, type KeypadListener, Route, type Screen } from "hal/hardware";

/** Pixels that a finger moves before it scrolls. */
const SWIPE = 32;

export class TouchKeys implements Keypad {
	readonly offHook = false;
	readonly lineKeys: number;
	readonly softkeys: number;
	private readonly display: Touchable;
	private listener: KeypadListener | undefined = undefined;
	/** What the finger that is down is on. */
	private target: number = Target.none;
	private down = false;
	/** Where it is that scrolls when it moves, and chooses only when it goes up; -1 for one that has pressed already. */
	private row = -1;

	constructor(display: Touchable, lineKeys: number, softkeys: number) {
		this.display = display;
		this.lineKeys = lineKeys;
		this.softkeys = softkeys;
	}

	start(listener: KeypadListener): void {
		this.listener = listener;
	}

	/** A finger is at this point of the panel; moving it presses no other key, but scrolls the list or the page that it is on. */
	touch(x: number, y: number): void {
		if (this.down) {
			this.swipe(y);
			return;
		}
		this.down = true;
		const target = this.display.hit(x, y);
		this.target = target;
		if (target === Target.picture) {
			this.listener?.pointed?.(this.display.across(x), this.display.down(y));
			return;
		}
		if (scrolls(target)) {
			this.row = y;
			return;
		}
		this.display.press(target);
		this.act(target);
	}

	/** What is on a finger goes with it. */
	private swipe(y: number): void {
		const { row } = this;
		if (row < 0 || Math.abs(y - row) < SWIPE) return;
		this.row = y;
		this.target = Target.none;
		this.tap(y < row ? Key.pageDown : Key.pageUp);
	}

	/** No finger is down. */
	release(): void {
		if (!this.down) return;
		this.down = false;
		const { row, target } = this;
		this.target = Target.none;
		this.row = -1;
		if (row >= 0) this.act(target);
		this.display.press(Target.none);
		if (target >= 0 && target < Target.page) this.listener?.key(target, false);
	}

	private act(target: number): void {
		const display = this.display;
		const screen = display.screen;
		if (target < 0 || screen === undefined) return;
		if (target >= Target.call) this.move(selectedCall(screen), target - Target.call, countCalls(screen));
		else if (target >= Target.line) this.choose(screen, target - Target.line);
		else if (target >= Target.page) {
			const page = target - Target.page;
			display.turn(display.page === page ? Page.phone : page);
		} else this.key(screen, target);
	}

	private key(screen: Screen, key: number): void {
		const display = this.display;
		const lifts = key === Key.speaker && screen.route === Route.none && !ringing(screen);
		this.listener?.key(key, true);
		if (lifts) display.turn(Page.dialPad);
		// all keys of the page lead away from it, but those for the volume
		else if (display.page === Page.functions && key >= Key.hold && key <= Key.help) display.turn(Page.phone);
	}

	/** Goes from one call to another with the keys up and down. */
	private move(from: number, to: number, count: number): void {
		for (let i = from; i !== to && i < count; i += i < to ? 1 : -1) this.tap(i < to ? Key.down : Key.up);
	}

	/** Goes to a line of the menu and takes it. */
	private choose(screen: Screen, line: number): void {
		const overlay = screen.overlay;
		if (overlay === undefined) return;
		this.move(overlay.selected, line, overlay.count);
		if (screen.overlay?.selected === line) this.tap(Key.select);
	}

	private tap(key: number): void {
		this.listener?.key(key, true);
		this.listener?.key(key, false);
	}
}

/** Whether what a finger is on is part of what scrolls. */
function scrolls(target: number): boolean {
	return (target >= Target.line && target < Target.call) || target === Key.pageUp || target === Key.pageDown;
}

function ringing(screen: Screen): boolean {
	for (let i = 0; i < screen.calls.length; i += 1) {
		const call = screen.calls[i];
		if (call !== undefined && call.reference !== 0 && call.icon === Icon.ringing) return true;
	}
	return false;
}
