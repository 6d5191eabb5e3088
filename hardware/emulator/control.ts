/*
 * Puts the control channel in the place of keys, lamps and light, and beside the display: whoever holds its other end sees and
 * presses what a person would.
 */

import { ControlBacklight, ControlDisplay, ControlLamps } from "hal/control/display";
import { ControlKeypad } from "hal/control/keypad";
import { ControlSound } from "hal/control/sound";
import type { Display, Hardware, Screen, Screenshot } from "hal/hardware";
import { ChipConsole } from "hardware/emulator/console";

/** UART 0 carries the log. */
const UART = 1;

class BothDisplays implements Display {
	private readonly panel: Display;
	private readonly control: Display;

	constructor(panel: Display, control: Display) {
		this.panel = panel;
		this.control = control;
	}

	show(screen: Screen): void {
		this.control.show(screen);
		this.panel.show(screen);
	}

	screenshot(): Screenshot | undefined {
		return this.panel.screenshot?.();
	}

	draws(code: number): boolean {
		return this.panel.draws(code);
	}

	setLook(look: number): void {
		this.panel.setLook(look);
		this.control.setLook(look);
	}

	rows(list: boolean): number {
		return this.panel.rows(list);
	}

	fits(text: string, from: number): number {
		return this.panel.fits(text, from);
	}
}

/** @param hardware of the board without it. @returns that with the control channel, which is open from now on. */
export function control(this: void, hardware: Hardware): Hardware {
	const { clock, defaults, network, update } = hardware;
	const keypad = new ControlKeypad(hardware.keypad.lineKeys, hardware.keypad.softkeys, clock);
	const sound = new ControlSound(hardware.audio);
	const device = defaults.deviceName === "" ? `SEP${network.mac}` : defaults.deviceName;
	const console = new ChipConsole({ keypad, sound, clock, restart: () => hardware.restart() });
	if (!console.open(UART, { pid: 0, device, start: update.resetReason }))
		hardware.log("the control channel cannot be had: nobody can press keys");
	return {
		...hardware,
		display: new BothDisplays(hardware.display, new ControlDisplay()),
		keypad,
		lamps: new ControlLamps(),
		backlight: new ControlBacklight(),
		audio: sound,
		onQuit: (handler) => console.onQuit(handler),
	};
}
