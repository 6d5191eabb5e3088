/*
 * Measures a phone's way through a call: how long the phone took to register, to play dial tone and to be connected. Times
 * are this program's monotonic clock, taken when the phone's word of it arrives.
 */
import type { PhoneProcess } from "../phone/phone.js";
import { CallState, calls, Registration, Tone } from "../phone/screen.js";

export class CallMeter {
	/** Milliseconds from the program's start to the registration. */
	registered: number | undefined;
	/** Milliseconds from the press that went off hook to dial tone, and from the last press before it to the connected call. */
	dialTone: number | undefined;
	connected: number | undefined;
	private readonly phone: PhoneProcess;
	private readonly started: number;
	private pressedAt: number;

	/** @param started when the program was started, by performance.now(). */
	constructor(phone: PhoneProcess, started: number) {
		this.phone = phone;
		this.started = started;
		this.pressedAt = started;
		phone.on("screen", () => this.look());
		phone.on("tone", (id) => this.heard(id));
		this.look();
	}

	/** To be called when a key or the hook is about to be moved. */
	pressed(): void {
		this.pressedAt = performance.now();
	}

	private look(): void {
		const { screen } = this.phone;
		if (screen?.registration === Registration.registered) this.registered ??= performance.now() - this.started;
		if (calls(screen).some((call) => call.state === CallState.connected))
			this.connected ??= performance.now() - this.pressedAt;
	}

	private heard(tone: number): void {
		if (tone === Tone.insideDial || tone === Tone.outsideDial) this.dialTone ??= performance.now() - this.pressedAt;
	}
}
