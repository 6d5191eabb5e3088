/*
 * Digits that a service sends into a call (URIs SendDigits: and Dial:): one after the other, a comma being a second's pause, from when
 * there is a call that takes them.
 */
import type { Clock, TimerHandle } from "hal/hardware";

/** From one digit to the next, for a comma, and between two looks whether the call is up (ms). */
const step = 150;
const pause = 1000;
/** Digits and pauses at most; how long a call may take to be answered (ms). */
const most = 64;
const patience = 120_000;

/** Whether a text is one of digits: 0-9, star, pound, A-D and commas. */
export function areDigits(text: string): boolean {
	return text !== "" && text.length <= most && /^[0-9*#A-D,]*$/.test(text);
}

export interface DigitHost {
	readonly clock: Clock;
	/** Whether a call is up in which one is heard. */
	readonly talks: boolean;
	/** Presses a key of the dial pad in the call: its number as an event of RFC 4733. @param heard whether the user hears it. */
	sendDigit(event: number, heard: boolean): void;
}

export class Digits {
	private readonly host: DigitHost;
	private digits: string;
	private readonly heard: boolean;
	private timer: TimerHandle | undefined = undefined;
	private waited = 0;
	private readonly tick: () => void;

	/** @param over is called when all have been sent, or the call has ended. */
	constructor(host: DigitHost, digits: string, heard: boolean, over: () => void) {
		this.host = host;
		this.digits = digits;
		this.heard = heard;
		let talked = false;
		this.tick = () => {
			const next = this.digits.charAt(0);
			if (!host.talks) {
				this.waited += step;
				// what is left belongs to a call that has not come, or has ended
				if (talked || this.waited > patience) this.digits = "";
			} else {
				talked = true;
				this.digits = this.digits.slice(1);
				if (next !== ",") host.sendDigit("0123456789*#ABCD".indexOf(next), this.heard);
			}
			if (this.digits === "") {
				this.timer = undefined;
				over();
			} else this.timer = host.clock.after(next === "," && talked ? pause : step, this.tick);
		};
		this.timer = host.clock.after(step, this.tick);
	}

	cancel(): void {
		this.host.clock.cancel(this.timer);
		this.timer = undefined;
	}
}
