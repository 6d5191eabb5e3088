/*
 * A display that is the keypad as well: the phone's page with labels, softkeys and menus to touch, a page with the dial pad, a page
 * with the other keys, and a rail of four keys to call, turn pages and mute.
 */
import { DialPad } from "hal/display/dialpad";
import { PocoDisplay } from "hal/display/display";
import { FunctionKeys } from "hal/display/functions";
import type { TouchDisplayOptions } from "hal/display/options";
import { Scroll } from "hal/display/overlay";
import { Rail, RailKey } from "hal/display/rail";
import { touchLayout } from "hal/display/theme";
import { Dirty, Key, type Screen, type ScreenCall } from "hal/hardware";

export const Page = Object.freeze({ phone: 0, dialPad: 1, functions: 2 });

/**
 * What is at a point: below 64 a number of `Key`; a page of the rail from `page` on; a line of the menu from `line` on; a call,
 * counted among those there are, from `call` on; the picture of a service.
 */
export const Target = Object.freeze({ none: -1, page: 64, line: 128, call: 1024, picture: 4096 });

export class TouchDisplay extends PocoDisplay {
	private readonly rail: Rail;
	private readonly dialPad: DialPad;
	private readonly functions: FunctionKeys;
	private turnedTo: number = Page.phone;
	private shown = -1;
	private pressed: number = Target.none;
	private calls = 0;

	constructor(options: TouchDisplayOptions) {
		const layout = options.layout ?? touchLayout;
		super({ ...options, layout });
		this.rail = new Rail(this.painter, layout.rail);
		this.dialPad = new DialPad(this.painter, layout.page);
		this.functions = new FunctionKeys(this.painter, layout.page);
	}

	get page(): number {
		return this.turnedTo;
	}

	/** The phone's screen, once it has been shown. */
	get screen(): Screen | undefined {
		return this.latest;
	}

	/** Turns to a page of {@link Page}. */
	turn(page: number): void {
		if (this.turnedTo === page) return;
		this.turnedTo = page;
		this.again(Dirty.all);
	}

	/** Shows what a finger is on, a number of {@link Target}. */
	press(target: number): void {
		if (this.pressed === target) return;
		this.pressed = target;
		this.softkeys.press(target >= Key.softkey1 && target < Key.line1 ? target - Key.softkey1 : -1);
		this.labels.press(target >= Key.line1 && target < Key.up ? target - Key.line1 : -1);
		this.again(Dirty.all);
	}

	/** A point of the panel on the picture that is shown, in pixels of its file, across or down. */
	across(x: number): number {
		const picture = this.latest?.overlay?.picture;
		return picture === undefined ? -1 : this.overlay.across(x, picture);
	}

	down(y: number): number {
		const picture = this.latest?.overlay?.picture;
		return picture === undefined ? -1 : this.overlay.down(y, picture);
	}

	/** What is at a point of the panel, a number of {@link Target}. */
	hit(x: number, y: number): number {
		const screen = this.latest;
		if (screen === undefined) return Target.none;
		const softkey = this.softkeys.at(x, y, screen.softkeys.length);
		if (softkey >= 0) return screen.softkeys[softkey] === "" ? Target.none : Key.softkey1 + softkey;
		switch (this.rail.at(x, y)) {
			case RailKey.call:
				return Key.speaker;
			case RailKey.dialPad:
				return Target.page + Page.dialPad;
			case RailKey.mute:
				return Key.mute;
			case RailKey.more:
				return Target.page + Page.functions;
		}
		if (this.turnedTo === Page.dialPad) return this.dialPad.at(x, y);
		if (this.turnedTo === Page.functions) return this.functions.at(x, y);
		if (screen.overlay !== undefined) {
			const { overlay } = this;
			if (overlay.hasPicture(x, y, screen.overlay)) return Target.picture;
			const scroll = overlay.scrollAt(x, y, screen.overlay);
			if (scroll !== Scroll.none) return scroll === Scroll.back ? Key.pageUp : Key.pageDown;
			const line = overlay.at(x, y, screen.overlay);
			return line < 0 ? Target.none : Target.line + line;
		}
		const label = this.labels.at(x, y, screen.buttons.length);
		if (label >= 0) return screen.buttons[label]?.label === "" ? Target.none : Key.line1 + label;
		const call = this.plane.at(x, y, countCalls(screen), selectedCall(screen));
		return call < 0 ? Target.none : Target.call + call;
	}

	override show(screen: Screen): void {
		this.latest = screen;
		const calls = countCalls(screen);
		const ended = calls === 0 && this.calls > 0;
		this.calls = calls;
		// a menu that opens, and the end of the last call, bring the phone's page back
		if (ended || (screen.overlay !== undefined && screen.overlay.selected >= 0)) this.turnedTo = Page.phone;
		super.show(screen);
	}

	protected override middle(screen: Screen, dirty: number, anew: boolean): void {
		const page = this.turnedTo;
		const turned = anew || page !== this.shown;
		this.shown = page;
		const pressed = this.pressed;
		this.rail.show(
			screen,
			page === Page.dialPad ? RailKey.dialPad : page === Page.functions ? RailKey.more : -1,
			railKey(pressed),
			anew,
		);
		if (page === Page.dialPad) this.dialPad.show(screen, pressed, turned);
		else if (page === Page.functions) this.functions.show(screen, pressed, turned);
		else super.middle(screen, turned ? Dirty.all : dirty, turned);
	}

	private again(dirty: number): void {
		if (this.latest !== undefined) this.redraw(this.latest, dirty);
	}
}

function railKey(target: number): number {
	if (target === Key.speaker) return RailKey.call;
	if (target === Key.mute) return RailKey.mute;
	if (target === Target.page + Page.dialPad) return RailKey.dialPad;
	return target === Target.page + Page.functions ? RailKey.more : -1;
}

export function countCalls(screen: Screen): number {
	let count = 0;
	for (let i = 0; i < screen.calls.length; i += 1) if ((screen.calls[i] as ScreenCall).reference !== 0) count += 1;
	return count;
}

/** Which call is selected, counted among those there are; 0 when none is. */
export function selectedCall(screen: Screen): number {
	let count = 0;
	for (let i = 0; i < screen.calls.length; i += 1) {
		const call = screen.calls[i] as ScreenCall;
		if (call.reference === 0) continue;
		if (call.selected) return count;
		count += 1;
	}
	return 0;
}
