/*
 * A display that is the keypad as well: the phone's page with labels, softkeys and menus to touch, a page with the dial pad, a page
 * with the other keys, and a rail of four keys to call, turn pages and mute.
 */
import { DialPad } from "hal/display/dialpad";
import { PocoDisplay } from "hal/display/display";
import { FunctionKeys } from "hal/display/functions";
import type { TouchDisplayOptions } from "hal/display/options";
import { Rail, RailKey } from "hal/display/rail";
import { countCalls, Page, Target, type Touchable } from "hal/display/target";
import { touchLayout } from "hal/display/theme";
import { Dirty, Key, type Screen } from "hal/hardware";

export class TouchDisplay extends PocoDisplay implements Touchable {
	private readonly rail: Rail;
	private readonly dialPad: DialPad;
	private readonly functions: FunctionKeys;
	private turnedTo: number = Page.phone;
	private shown = -1;
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

	/** Turns to a page of {@link Page}. */
	turn(page: number): void {
		if (this.turnedTo === page) return;
		this.turnedTo = page;
		this.redraw(Dirty.all);
	}

	override hit(x: number, y: number): number {
		if (this.latest === undefined) return Target.none;
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
		if (this.turnedTo === Page.phone) return super.hit(x, y);
		const softkey = this.softkeyAt(x, y);
		if (softkey !== Target.none) return softkey;
		return this.turnedTo === Page.dialPad ? this.dialPad.at(x, y) : this.functions.at(x, y);
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
}

function railKey(target: number): number {
	if (target === Key.speaker) return RailKey.call;
	if (target === Key.mute) return RailKey.mute;
	if (target === Target.page + Page.dialPad) return RailKey.dialPad;
	return target === Target.page + Page.functions ? RailKey.more : -1;
}
