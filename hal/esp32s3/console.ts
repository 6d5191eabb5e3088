/*
 * Display and lamps of a board that has none: what changed goes to the serial console, a line for each part of the display.
 */
import type { Backlight, Display, Lamps, Screen } from "hal/hardware";
import { Dirty, Lamp, LampMode, registrationNames, usualRows } from "hal/hardware";
import { hasLetter } from "hal/letters";
import { usualRoom, usualWidth, wrap } from "hal/wrap";

const MODES = Object.freeze(["", "off", "on", "wink", "flash", "blink"]);

/** Takes whole lines, without the line end. */
export type Output = (line: string) => void;

export class ConsoleDisplay implements Display {
	private readonly output: Output;

	constructor(output: Output) {
		this.output = output;
	}

	draws(code: number): boolean {
		return hasLetter(code);
	}

	setLook(_look: number): void {
		// lines of a console are as they are
	}

	rows(list: boolean): number {
		return list ? usualRows.list : usualRows.page;
	}

	fits(text: string, from: number): number {
		return wrap(text, from, usualWidth, usualRoom);
	}

	show(screen: Screen): void {
		const dirty = screen.dirty;
		if (dirty & Dirty.status) {
			this.output(`status  ${screen.time} ${registrationNames[screen.registration] ?? ""} ${screen.number}`);
		}
		if (dirty & Dirty.buttons) {
			for (let i = 0; i < screen.buttons.length; i++) {
				const button = screen.buttons[i];
				if (button?.label) this.output(`line ${i + 1}  ${button.label} (${MODES[button.lamp] ?? ""})`);
			}
		}
		if (dirty & Dirty.calls) {
			for (const call of screen.calls) {
				if (call.reference === 0) continue;
				this.output(
					`call    ${call.selected ? ">" : " "} ${call.title}${call.detail === "" ? "" : `, ${call.detail}`}${call.seconds < 0 ? "" : ` ${call.seconds} s`}`,
				);
			}
		}
		if (dirty & Dirty.overlay && screen.overlay) {
			const { title, lines, first, count, selected } = screen.overlay;
			const part = lines.length < count ? ` (${first + 1}-${first + lines.length} of ${count})` : "";
			this.output(`menu    ${title}${part}`);
			for (let i = 0; i < lines.length; i++) this.output(`menu    ${first + i === selected ? ">" : " "} ${lines[i]}`);
		}
		if (dirty & Dirty.prompt) this.output(`prompt  ${screen.prompt}`);
		if (dirty & Dirty.softkeys) this.output(`softkeys ${screen.softkeys.join(" | ")}`);
		if (dirty & Dirty.volume && screen.volume >= 0) this.output(`volume  ${screen.volume}`);
	}
}

export class ConsoleLamps implements Lamps {
	private readonly output: Output;
	private readonly modes = new Uint8Array(Lamp.count).fill(LampMode.off);

	constructor(output: Output) {
		this.output = output;
	}

	set(lamp: number, mode: number, _colour: number): void {
		if (this.modes[lamp] === mode) return;
		this.modes[lamp] = mode;
		this.output(`lamp ${lamp} ${MODES[mode] ?? mode}`);
	}
}

/** The light of a board whose display's cannot be set, or that has no display. */
export class NoBacklight implements Backlight {
	set(_percent: number): void {
		// It stays as it is.
	}
}
