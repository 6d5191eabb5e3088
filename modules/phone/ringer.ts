/*
 * Which calls ring aloud, and how: servers turn the ringer on and off by call, or without naming one, and forget to turn it off. So it
 * sounds no longer than some call rings, and goes on as long as one does that was not silenced. Where it sounds, and what stands for it in
 * a call, the audio pipeline sees to.
 */
import type { Audio, Clock, TimerHandle } from "hal/hardware";
import type { Call, Calls } from "phone/calls";
import { ringerOff } from "phone/facts";

/** Milliseconds after which a call that the user has taken, and that rings as ever, is heard again: the call agent has not let him. */
const taken = 3000;
/** Mode of SetRinger for an inside call. */
const ringerInside = 2;

export class Ringer {
	/** Mode of SetRinger that sounds, {@link ringerOff} for silence. */
	mode: number = ringerOff;
	private readonly calls: Calls;
	private readonly audio: Audio;
	private readonly clock: Clock;
	private readonly changed: () => void;
	/** Ends a ring that sounds once. */
	private timer: TimerHandle | undefined = undefined;
	private readonly rung: () => void;
	/** Waits for what becomes of a call that the user has taken. */
	private answering: TimerHandle | undefined = undefined;
	private readonly refused: () => void;

	/** @param changed is called when another mode sounds. @param settled when that came by itself. */
	constructor(calls: Calls, audio: Audio, clock: Clock, changed: () => void, settled: () => void) {
		this.calls = calls;
		this.audio = audio;
		this.clock = clock;
		this.changed = changed;
		this.rung = () => {
			this.sound(calls.ringer, false);
			settled();
		};
		this.refused = () => {
			this.answering = undefined;
			for (let i = 0; i < calls.entries.length; i += 1) (calls.entries[i] as Call).answering = false;
			this.sound(calls.ringer, false);
			settled();
		};
	}

	/**
	 * Rings for a call, or with no reference (0) for those that ring; off ends that call's ring, and with 0 all: others ring on. A call may
	 * be told to ring before its state says that it does.
	 */
	set(reference: number, mode: number, once: boolean): void {
		const { calls } = this;
		const kept = once ? ringerOff : mode;
		if (reference === 0) this.setAll(mode, kept);
		else {
			const call = mode === ringerOff ? calls.find(reference) : calls.ensure(reference, 0);
			if (call !== undefined) call.ringer = kept;
		}
		this.sound(mode === ringerOff || this.taken(reference) ? calls.ringer : mode, once);
	}

	/**
	 * The user takes a call: it rings no more, however long the call agent takes to turn the ringer off. @param call undefined where the
	 * phone rings without one.
	 */
	answer(call: Call | undefined): void {
		if (call !== undefined) {
			call.answering = true;
			this.clock.cancel(this.answering);
			this.answering = this.clock.after(taken, this.refused);
		}
		if (this.mode !== ringerOff) this.sound(this.calls.ringer, false);
	}

	/** Whether the user has taken this call already, or with no reference all that ring. */
	private taken(reference: number): boolean {
		const { entries } = this.calls;
		let any = false;
		for (let i = 0; i < entries.length; i += 1) {
			const call = entries[i] as Call;
			if (reference === 0 ? !call.ringing : call.reference !== reference) continue;
			if (!call.answering) return false;
			any = true;
		}
		return any;
	}

	/** A call has been answered, is held or over. @param rang whether it rang until then. */
	end(call: Call, rang: boolean): void {
		this.settle();
		// a ring that was not for it alone lasts as long as others ring
		if (call.ringer === ringerOff && !(rang && this.last(call))) return;
		call.ringer = ringerOff;
		this.sound(this.calls.ringer, false);
	}

	/** Rings once though no call does, as for an inside call. @returns how long that sounds in ms, 0 where calls ring. */
	once(): number {
		return this.mode === ringerOff ? this.sound(ringerInside, true) : 0;
	}

	/** Silence, whatever rings. */
	stop(): void {
		this.clock.cancel(this.answering);
		this.answering = undefined;
		this.set(0, ringerOff, false);
	}

	/** Waits no longer when no call is left that the user has taken. */
	private settle(): void {
		const { entries } = this.calls;
		for (let i = 0; i < entries.length; i += 1) if ((entries[i] as Call).answering) return;
		this.clock.cancel(this.answering);
		this.answering = undefined;
	}

	private setAll(mode: number, kept: number): void {
		const { entries } = this.calls;
		for (let i = 0; i < entries.length; i += 1) {
			const call = entries[i] as Call;
			if (mode === ringerOff || (call.ringing && call.ringer === ringerOff)) call.ringer = kept;
		}
	}

	/** Whether no other call rings. */
	private last(call: Call): boolean {
		const { entries } = this.calls;
		for (let i = 0; i < entries.length; i += 1) {
			const other = entries[i] as Call;
			if (other !== call && other.ringing) return false;
		}
		return true;
	}

	/** A mode sounds from now on; a ring that sounds once is over with its sound. @returns how long that is, in ms. */
	private sound(mode: number, once: boolean): number {
		if (this.mode === mode && !once && this.timer === undefined) return 0;
		this.clock.cancel(this.timer);
		this.timer = undefined;
		this.mode = mode;
		const length = this.audio.ring(mode, once);
		if (once && mode !== ringerOff) this.timer = this.clock.after(length, this.rung);
		this.changed();
		return length;
	}
}
