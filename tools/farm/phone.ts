/*
 * One phone of a farm: what it has told last, with the times on the clock that all programs of this computer share, and waits for it.
 */
import type { Brief } from "../phone/messages.js";
import type { PhoneProcess } from "../phone/phone.js";
import { CallState, Registration } from "../phone/screen.js";

/** When a call has come into the state that it is in, in milliseconds of the computer's monotonic clock. */
export interface CallSince {
	readonly state: number;
	readonly at: number;
}

export class FarmPhone {
	/** When it began to look for its call agent, and when it was registered and knew its number; undefined before. */
	startedAt: number | undefined = undefined;
	registeredAt: number | undefined = undefined;
	/** Orders given, and taken by the phone; when it took the last one. */
	private given = 0;
	private taken = 0;
	private lastTaken = 0;
	/** When the first tone came that was begun since {@link begin}, undefined before. */
	toneAt: number | undefined = undefined;
	/** Calls by their references; those on hook are left out. */
	readonly calls = new Map<number, CallSince>();
	/** When there was no call any more. */
	idleAt = 0;

	private offHook = false;
	private brief: Brief | undefined = undefined;

	constructor(readonly phone: PhoneProcess) {
		phone.on("took", (at) => {
			this.taken++;
			this.lastTaken = at;
		});
		phone.on("tone", (id, at) => {
			if (id !== 0 && this.offHook && this.takenAt !== undefined) this.toneAt ??= at;
		});
		phone.on("brief", (brief) => this.told(brief));
		if (phone.brief) this.told(phone.brief);
	}

	/** Device name. */
	get name(): string {
		return this.phone.name;
	}

	get number(): string {
		return this.brief?.number ?? "";
	}

	get registered(): boolean {
		return this.brief?.registration === Registration.registered && !this.phone.exit;
	}

	/** When the last order was taken; undefined while one is on its way. */
	get takenAt(): number | undefined {
		return this.taken === this.given ? this.lastTaken : undefined;
	}

	/** When its call came into a state; undefined when none is in it. */
	since(state: number): number | undefined {
		for (const call of this.calls.values()) if (call.state === state) return call.at;
		return undefined;
	}

	hook(off: boolean): void {
		if (off) this.toneAt = undefined;
		if (off === this.offHook) return;
		this.offHook = off;
		this.given++;
		this.phone.hook(off);
	}

	keys(digits: string): void {
		this.given += digits.length;
		this.phone.keys(digits);
	}

	private told(brief: Brief): void {
		const before = new Map(this.calls);
		this.calls.clear();
		for (const { reference, state } of brief.calls) {
			if (reference === 0 || state === CallState.onHook) continue;
			const known = before.get(reference);
			this.calls.set(reference, known?.state === state ? known : { state, at: brief.at });
		}
		if (this.calls.size === 0 && before.size > 0) this.idleAt = brief.at;
		this.startedAt ??= brief.at;
		if (brief.registration === Registration.registered && brief.number !== "") this.registeredAt ??= brief.at;
		this.brief = brief;
	}
}

/**
 * Waits until `look` gives something; looks again whenever one of the phones has told something.
 * @returns undefined when it does not within `milliseconds`, or one of the phones has ended.
 */
export function until<T>(
	phones: readonly FarmPhone[],
	look: () => T | undefined,
	milliseconds: number,
): Promise<T | undefined> {
	const ended = () => phones.some(({ phone }) => phone.exit);
	const now = look();
	if (now !== undefined || ended()) return Promise.resolve(now);
	return new Promise((resolve) => {
		const settle = (value: T | undefined) => {
			clearTimeout(timer);
			for (const { phone } of phones) phone.off("change", changed);
			resolve(value);
		};
		const changed = () => {
			const value = look();
			if (value !== undefined || ended()) settle(value);
		};
		const timer = setTimeout(() => settle(look()), milliseconds);
		for (const { phone } of phones) phone.on("change", changed);
	});
}
