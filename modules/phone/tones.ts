/*
 * Which call the tone that sounds belongs to. Servers stop the tone of one call while another's sounds (wazo-libsccp, of a waiting call
 * that gave up), or never (of a call that they hold): so a tone ends with its call, and is stopped by its own call alone. What a signal
 * such as call waiting has covered goes on after it.
 */
import type { Audio } from "hal/hardware";

/** Tones of call waiting, which repeat themselves until they are stopped. */
const waiting: readonly number[] = Object.freeze([0x2d, 0x40, 0x41]);
/** Signals that end by themselves: confirmation, camp on, zip-zip, zip, beep-bonk. */
const short: readonly number[] = Object.freeze([0x2e, 0x2f, 0x31, 0x32, 0x33]);

export class Tones {
	/** Reference of the call whose tone sounds, 0 for none. */
	owner = 0;
	/** The tone, 0 for none, and to whom. */
	private id = 0;
	private direction = 0;
	/** The same of the tone that it has covered. */
	private coveredId = 0;
	private coveredDirection = 0;
	private coveredOwner = 0;
	private readonly audio: Audio;
	private readonly log: (line: string) => void;

	constructor(audio: Audio, log: (line: string) => void) {
		this.audio = audio;
		this.log = log;
	}

	get sounds(): boolean {
		return this.id !== 0;
	}

	/** @param id SCCP's number. @param direction 0 to the user, 1 to the far end, 2 both. @param owner a call's reference, 0 for none. */
	start(id: number, direction: number, owner: number): void {
		if (!this.audio.startTone(id, direction)) this.log(`phone: tone 0x${id.toString(16)} is unknown: silence`);
		// a tone of the same call makes way for good
		const interrupts = this.id !== 0 && this.owner !== owner;
		if (interrupts && short.includes(id) && !short.includes(this.id)) {
			// it ends by itself, and what it interrupts goes on
			this.audio.stopTone(false);
			this.audio.startTone(this.id, this.direction);
			return;
		}
		if (!waiting.includes(id)) this.cover(0, 0, 0);
		else if (interrupts && !waiting.includes(this.id)) this.cover(this.id, this.direction, this.owner);
		this.set(id, direction, owner);
	}

	/** Stops the tone of a call, or with 0 any. */
	stop(owner: number): void {
		if (owner === 0 || owner === this.coveredOwner) this.cover(0, 0, 0);
		// a tone of no call is anybody's
		if (owner === 0 || this.owner === 0 || owner === this.owner) this.silence();
	}

	/** A call is held or over: so is its tone. */
	end(owner: number): void {
		if (owner === 0) return;
		if (owner === this.coveredOwner) this.cover(0, 0, 0);
		if (owner === this.owner) this.silence();
	}

	/**
	 * The user hears a call from now on: a tone that was started for no call is its own, and one that is left of a call that is over ends.
	 * @param known whether the tone's call is still there.
	 */
	claim(owner: number, known: boolean): void {
		if (this.owner === 0) this.owner = this.id === 0 ? 0 : owner;
		else if (!known) this.end(this.owner);
	}

	/** The phone is on hook: whatever sounds ends at once. */
	cut(): void {
		this.cover(0, 0, 0);
		this.set(0, 0, 0);
		this.audio.stopTone(true);
	}

	private silence(): void {
		this.audio.stopTone(false);
		this.set(this.coveredId, this.coveredDirection, this.coveredOwner);
		this.cover(0, 0, 0);
		if (this.id !== 0) this.audio.startTone(this.id, this.direction);
	}

	private set(id: number, direction: number, owner: number): void {
		this.id = id;
		this.direction = direction;
		this.owner = owner;
	}

	private cover(id: number, direction: number, owner: number): void {
		this.coveredId = id;
		this.coveredDirection = direction;
		this.coveredOwner = owner;
	}
}
