/*
 * The display's light by use: full while somebody uses the phone or it rings, some time after dim, or dark outside of its hours, as on a
 * Cisco 7970. A wake costs a note of the time; the one timer runs only while the light is full.
 */
import type { Backlight, Clock } from "hal/hardware";

/** Percent of the light that remains on an idle phone: enough to find the keys and read the clock by. */
const dim = 10;
/** Milliseconds without use after which the light goes down where nobody says otherwise. */
export const usualIdleTime = 60000;

export class Dimmer {
	/** Milliseconds without use after which the light goes down; 0: never. A change counts from the next wake. */
	idleTime = usualIdleTime;
	/** Percent while in use, 0-100. A change counts from the next wake. */
	brightness = 100;
	/** Whether a call lights a dark display. */
	lightsForCalls = true;
	/** While true when the time is over, the light stays: the phone rings. */
	private hold = false;
	/** Whether it is outside of the display's hours: without use it is dark, not dim. */
	private night = false;
	private readonly backlight: Backlight;
	private readonly clock: Clock;
	private readonly elapsed: () => void;
	private used = 0;
	private shown = -1;
	private waiting = false;

	constructor(backlight: Backlight, clock: Clock) {
		this.backlight = backlight;
		this.clock = clock;
		this.elapsed = () => this.check();
	}

	/** Somebody uses the phone, or it wants to be seen. */
	wake(): void {
		this.used = this.clock.ticks;
		this.show(this.brightness);
		if (!this.waiting && this.idleTime > 0) this.wait(this.idleTime);
	}

	/** Whether the phone rings: it is to be seen then, as far as {@link lightsForCalls} has it. */
	setRinging(ringing: boolean): void {
		if (ringing === this.hold) return;
		this.hold = ringing;
		this.callWakes();
	}

	/** A call wants to be seen. */
	callWakes(): void {
		if (this.lightsForCalls || !this.night || this.shown > 0) this.wake();
	}

	/** Whether it is outside of the display's hours. With their beginning the light goes on. */
	setNight(night: boolean): void {
		if (night === this.night) return;
		this.night = night;
		if (!night) this.wake();
		else if (!this.waiting) this.show(0);
	}

	private wait(milliseconds: number): void {
		this.waiting = true;
		this.clock.after(milliseconds, this.elapsed);
	}

	private check(): void {
		this.waiting = false;
		if (this.idleTime <= 0) return;
		const left = this.hold ? this.idleTime : this.used + this.idleTime - this.clock.ticks;
		if (left > 0) this.wait(left);
		else this.show(this.night ? 0 : Math.min(dim, this.brightness));
	}

	private show(percent: number): void {
		if (percent === this.shown) return;
		this.shown = percent;
		this.backlight.set(percent);
	}
}
