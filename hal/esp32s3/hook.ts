/*
 * The hook switch on a GPIO, low when the handset is lifted, with its bounce taken away; the only key of a board without a keypad.
 */
import type { Keypad, KeypadListener } from "hal/hardware";

/** A digital input of ECMA-419, and timers; handed in. */
export interface HookPorts {
	/** Opens the input; `changed` is called after each edge. */
	open(changed: () => void): { read(): number };
	after(milliseconds: number, callback: () => void): unknown;
}

/** A switch stands still this long, in milliseconds, before its state counts. */
const SETTLING = 20;

export class HookSwitch implements Keypad {
	readonly lineKeys = 0;
	readonly softkeys = 0;
	readonly #ports: HookPorts;
	readonly #input: { read(): number };
	#offHook: boolean;
	#settling = false;
	#listener: KeypadListener | undefined;

	constructor(ports: HookPorts) {
		this.#ports = ports;
		this.#input = ports.open(() => this.#edge());
		this.#offHook = this.#input.read() === 0;
	}

	get offHook(): boolean {
		return this.#offHook;
	}

	start(listener: KeypadListener): void {
		this.#listener = listener;
	}

	#edge(): void {
		if (this.#settling) return;
		this.#settling = true;
		this.#ports.after(SETTLING, () => this.#settled());
	}

	#settled(): void {
		this.#settling = false;
		const offHook = this.#input.read() === 0;
		if (offHook === this.#offHook) return;
		this.#offHook = offHook;
		this.#listener?.hook(offHook);
	}
}
