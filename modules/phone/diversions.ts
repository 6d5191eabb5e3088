/*
 * Who diverted a call, and for whom it was meant. Few calls are diverted: these texts lie in a small pool.
 */
import { Limits } from "limits";
import type { Reader } from "sccp/reader";
import type { Text } from "sccp/text";

/** Why a call was diverted, as CallManager numbers it in its records of calls; another number says nothing. */
export const Reason = Object.freeze({
	busy: 1,
	noAnswer: 2,
	transfer: 4,
	pickUp: 5,
	park: 7,
	parkPickUp: 8,
	parkReversion: 11,
	blindTransfer: 34,
});

export class Diversion {
	/** The call that was diverted, 0 marks a free entry. */
	reference = 0;
	/** A number of {@link Reason}. */
	reason = 0;
	/** Name, else number, of who diverted it last and of whom it was meant for; empty where there is none to be shown. */
	readonly by: Text;
	readonly for: Text;

	constructor(texts: Reader) {
		this.by = texts.text(Limits.partyName);
		this.for = texts.text(Limits.partyName);
	}

	clear(): void {
		this.reference = 0;
		this.reason = 0;
		this.by.clear();
		this.for.clear();
	}

	/** Changes with what it says. */
	get revision(): number {
		return this.reason + 256 * (this.by.revision + 256 * this.for.revision);
	}
}

export class Diversions {
	private readonly entries: readonly Diversion[];

	constructor(texts: Reader) {
		const entries: Diversion[] = [];
		for (let i = 0; i < Limits.diversions; i += 1) entries.push(new Diversion(texts));
		this.entries = Object.freeze(entries);
	}

	/** That of a call, undefined for a call that was not diverted. */
	of(reference: number): Diversion | undefined {
		for (let i = 0; i < this.entries.length; i += 1) {
			const entry = this.entries[i] as Diversion;
			if (entry.reference === reference && reference !== 0) return entry;
		}
		return undefined;
	}

	/** An entry for a call: its own or a free one; undefined when all are taken. */
	take(reference: number): Diversion | undefined {
		const own = this.of(reference);
		if (own !== undefined) return own;
		for (let i = 0; i < this.entries.length; i += 1) {
			const entry = this.entries[i] as Diversion;
			if (entry.reference !== 0) continue;
			entry.reference = reference;
			return entry;
		}
		return undefined;
	}

	/** Frees the entry of a call that is over. */
	release(reference: number): void {
		this.of(reference)?.clear();
	}
}
