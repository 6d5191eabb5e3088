/*
 * Display, lamps and backlight at the other end of the control channel: what the phone shows goes there as JSON lines.
 */

import { Control } from "hal/control/control";
import { type Backlight, type Display, Key, Lamp, type Lamps, type Screen, type ScreenOverlay } from "hal/hardware";
import { hasLetter } from "hal/letters";

export class ControlDisplay implements Display {
	/** The phone's, one for good. */
	private screen: Screen | undefined = undefined;

	draws(code: number): boolean {
		return hasLetter(code);
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
		Control.field(',"volume":', screen.volume);
		Control.field(',"route":', screen.route);
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
		Control.field(',"selected":', overlay.selected);
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
