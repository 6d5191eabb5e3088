/*
 * Display, lamps and backlight at the other end of the control channel: what the phone shows goes there as JSON lines.
 */

import { Control } from "hal/control/control";
import {
	type Backlight,
	type Display,
	Key,
	Lamp,
	type Lamps,
	Look,
	largerRows,
	type Screen,
	type ScreenOverlay,
	usualRows,
} from "hal/hardware";
import { hasLetter } from "hal/letters";
import { largerWidth, usualRoom, usualWidth, wrap } from "hal/wrap";

/** What there is room for above the call plane: rows of a list and of a page of text, of usual and of larger letters, and pixels of a line. */
export interface DisplayRoom {
	readonly list: number;
	readonly page: number;
	readonly largerList: number;
	readonly largerPage: number;
	readonly line: number;
}

const keysRoom: DisplayRoom = Object.freeze({
	...usualRows,
	largerList: largerRows.list,
	largerPage: largerRows.page,
	line: usualRoom,
});
/** On a display of 320x240 to touch. */
export const touchRoom: DisplayRoom = Object.freeze({ list: 4, page: 7, largerList: 4, largerPage: 5, line: 244 });

export class ControlDisplay implements Display {
	/** Bits of {@link Look}. */
	protected look = 0;
	/** The phone's, one for good. */
	protected screen: Screen | undefined = undefined;
	private readonly room: DisplayRoom;

	/** @param room of the display that the phone is to take this for; one with keys around it unless told otherwise. */
	constructor(room: DisplayRoom = keysRoom) {
		this.room = room;
	}

	draws(code: number): boolean {
		return hasLetter(code);
	}

	setLook(look: number): void {
		this.look = look;
	}

	rows(list: boolean): number {
		const { larger, room } = this;
		if (list) return larger ? room.largerList : room.list;
		return larger ? room.largerPage : room.page;
	}

	fits(text: string, from: number): number {
		return wrap(text, from, this.larger ? largerWidth : usualWidth, this.room.line);
	}

	private get larger(): boolean {
		return (this.look & Look.largerText) !== 0;
	}

	show(screen: Screen): void {
		this.screen = screen;
		Control.field('{"type":"screen","registration":', screen.registration);
		Control.textField(',"time":', screen.time);
		Control.textField(',"number":', screen.number);
		Control.text(',"buttons":[');
		for (let index = 0; index < screen.buttons.length; index++) this.button(screen, index);
		Control.text('],"calls":[');
		for (let index = 0; index < screen.calls.length; index++) this.call(screen, index);
		Control.textField('],"prompt":', screen.prompt);
		Control.text(',"softkeys":');
		this.texts(screen.softkeys);
		if (screen.overlay) this.overlay(screen.overlay);
		Control.field(',"look":', this.look);
		Control.field(',"volume":', screen.volume);
		Control.textField(',"volumeName":', screen.volumeName);
		Control.field(',"route":', screen.route);
		Control.field(',"signs":', screen.signs);
		Control.textField(',"news":', screen.news);
		Control.flag(',"muted":', screen.muted);
		Control.flag(',"messageWaiting":', screen.messageWaiting);
		Control.text("}");
		Control.end();
	}

	/** Tells what the keys are called now. */
	names(): void {
		Control.text('{"type":"names","names":[');
		for (let key = 0; key <= Key.volumeDown; key++) {
			if (key > 0) Control.text(",");
			Control.quote(this.screen?.keyName(key) ?? "");
		}
		Control.text("]}");
		Control.end();
	}

	private button(screen: Screen, index: number): void {
		const button = screen.buttons[index];
		if (!button) return;
		Control.textField(index > 0 ? ',{"label":' : '{"label":', button.label);
		Control.field(',"icon":', button.icon);
		Control.field(',"lamp":', button.lamp);
		Control.field(',"colour":', button.colour);
		Control.text("}");
	}

	private call(screen: Screen, index: number): void {
		const call = screen.calls[index];
		if (!call) return;
		Control.field(index > 0 ? ',{"reference":' : '{"reference":', call.reference);
		Control.field(',"line":', call.line);
		Control.field(',"state":', call.state);
		Control.field(',"icon":', call.icon);
		Control.flag(',"selected":', call.selected);
		Control.textField(',"title":', call.title);
		Control.textField(',"detail":', call.detail);
		Control.field(',"security":', call.security);
		Control.field(',"seconds":', call.seconds);
		Control.text("}");
	}

	private overlay(overlay: ScreenOverlay): void {
		Control.textField(',"overlay":{"title":', overlay.title);
		Control.text(',"lines":');
		this.texts(overlay.lines);
		Control.field(',"first":', overlay.first);
		Control.field(',"count":', overlay.count);
		Control.field(',"selected":', overlay.selected);
		if (overlay.picture !== undefined) {
			Control.field(',"picture":{"x":', overlay.picture.x);
			Control.field(',"y":', overlay.picture.y);
			Control.text("}");
		}
		if (overlay.icons !== undefined) {
			for (let index = 0; index < overlay.icons.length; index++)
				Control.field(index > 0 ? "," : ',"icons":[', overlay.icons[index] ?? 0);
			Control.text(overlay.icons.length > 0 ? "]" : ',"icons":[]');
		}
		Control.text("}");
	}

	private texts(texts: readonly string[]): void {
		Control.text("[");
		for (let index = 0; index < texts.length; index++) {
			if (index > 0) Control.text(",");
			Control.quote(texts[index] ?? "");
		}
		Control.text("]");
	}
}

export class ControlLamps implements Lamps {
	/** Mode and colour by lamp as last set; nothing at first, so that every lamp is told once. */
	private readonly modes = new Uint8Array(Lamp.count);
	private readonly colours = new Uint8Array(Lamp.count);

	set(lamp: number, mode: number, colour: number): void {
		if (lamp < 0 || lamp >= Lamp.count) return;
		if (this.modes[lamp] === mode && this.colours[lamp] === colour) return;
		this.modes[lamp] = mode;
		this.colours[lamp] = colour;
		Control.field('{"type":"lamp","lamp":', lamp);
		Control.field(',"mode":', mode);
		Control.field(',"colour":', colour);
		Control.text("}");
		Control.end();
	}
}

export class ControlBacklight implements Backlight {
	set(percent: number): void {
		Control.field('{"type":"backlight","percent":', percent);
		Control.text("}");
		Control.end();
	}
}
