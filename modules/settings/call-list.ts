/*
 * A list of calls in storage, 100 of them at most. Each call is a single record of the store's: a call that is added writes one of some 60
 * octets, whatever the list holds, a power cut or rot costs that one at most, and none is ever in memory but while it is looked at. The
 * records stand in places of no order; a number that counts up says which came when. Somebody who calls again takes the place of his
 * earlier call, which is counted.
 */
import { pack, unpack } from "settings/packed-text";
import type { Store } from "settings/store";

/** Calls of a list, and places for them: one is free for what is to come before something else goes. */
export const mostCalls = 100;
const places = mostCalls + 1;
/** What a number is written to, and in how many digits that which counts up is. */
const radix = 36;
const digits = 6;
/** In how many that of repeated calls, so that a record does not grow with it. */
const countDigits = 2;
const separator = "\t";
/** A duration or time that is not known. */
export const unknown = -1;
/** Repeated calls that are counted. */
const mostRepeated = 999;

/** A call as a list tells of it. */
export interface CallEntry {
	/** Either may be ''; the name may hold references to the dictionary. */
	readonly number: string;
	readonly name: string;
	/** Own line, 0 where it is not known. */
	readonly line: number;
	/** When it began, an unanswered one when it ended: seconds since 1970 in local time; {@link unknown}. */
	readonly at: number;
	/** Seconds for which it was up, 0 where it never was; {@link unknown}. */
	readonly duration: number;
	/** How many calls it stands for: itself and those of the same party before it. */
	readonly count: number;
}

/** Whether two entries are of one party: by the number where there is one, else by what stands for the name. */
function alike(text: string, number: string, name: string): boolean {
	const at = text.lastIndexOf(separator, text.lastIndexOf(separator) - 1) + 1;
	const end = text.indexOf(separator, at);
	if (text.slice(at, end) !== number) return false;
	return number !== "" || text.slice(end + 1) === name;
}

/** The number that counts up, 0 in what is no record. */
function sequenceOf(text: string): number {
	const sequence = Number.parseInt(text.slice(0, digits), radix);
	return Math.max(sequence, 0) || 0;
}

function written(number: number): string {
	return number < 0 ? "" : number.toString(radix);
}

function numberOf(text: string | undefined): number {
	const number = Number.parseInt(text ?? "", radix);
	return number >= 0 ? number : unknown;
}

export class CallList {
	private readonly store: Store;
	private readonly letter: string;

	/** @param letter begins the names of its records. */
	constructor(store: Store, letter: string) {
		this.store = store;
		this.letter = letter;
	}

	/**
	 * Adds a call on top; one of the same party is counted in it and goes. The oldest goes for one that is too many, or that the storage has
	 * no room for. @param repeats how many calls it stands for by itself, 0 for one that is counted already.
	 */
	add({ number, name, line, at, duration }: CallEntry, repeats: number): void {
		const { store } = this;
		const packedNumber = pack(number);
		const packedName = pack(name);
		let newest = 0;
		let oldest = 0;
		let oldestPlace = -1;
		let free = -1;
		let same = -1;
		let count = 0;
		let earlier = 0;
		for (let place = 0; place < places; place += 1) {
			const text = store.readSingle(this.key(place));
			const sequence = text === undefined ? 0 : sequenceOf(text);
			if (text === undefined || sequence === 0) {
				if (free < 0) free = place;
				continue;
			}
			count += 1;
			if (sequence > newest) newest = sequence;
			if (oldestPlace < 0 || sequence < oldest) {
				oldest = sequence;
				oldestPlace = place;
			}
			if (same >= 0 || !alike(text, packedNumber, packedName)) continue;
			same = place;
			earlier = Math.max(numberOf(text.split(separator)[3]), 0);
		}
		if (free < 0) free = oldestPlace;
		const sequence = (newest + 1).toString(radix).padStart(digits, "0");
		const total = Math.min(Math.max(earlier + repeats, 1), mostRepeated);
		const text = [
			sequence,
			written(at),
			written(duration),
			written(total).padStart(countDigits, "0"),
			written(line),
			packedNumber,
			packedName,
		].join(separator);
		if (store.writeSingle(this.key(free), text) !== "") {
			// the latest calls are worth more than the oldest
			if (oldestPlace < 0) return;
			store.deleteSingle(this.key(oldestPlace));
			if (same === oldestPlace) same = -1;
			if (store.writeSingle(this.key(free), text) !== "") return;
		}
		if (same >= 0) store.deleteSingle(this.key(same));
		else if (count >= mostCalls && free !== oldestPlace) store.deleteSingle(this.key(oldestPlace));
	}

	/** The places of its calls, the latest first: as long as they are not changed otherwise, what {@link read} wants. */
	places(): Uint8Array {
		const order = new Uint8Array(places);
		const sequences = new Uint32Array(places);
		let count = 0;
		for (let place = 0; place < places; place += 1) {
			const text = this.store.readSingle(this.key(place));
			const sequence = text === undefined ? 0 : sequenceOf(text);
			if (sequence === 0) continue;
			let at = count;
			for (; at > 0 && (sequences[at - 1] as number) < sequence; at -= 1) {
				sequences[at] = sequences[at - 1] as number;
				order[at] = order[at - 1] as number;
			}
			sequences[at] = sequence;
			order[at] = place;
			count += 1;
		}
		return order.slice(0, count);
	}

	/** The call in a place, undefined when there is none. */
	read(place: number): CallEntry | undefined {
		const text = this.store.readSingle(this.key(place));
		if (text === undefined || sequenceOf(text) === 0) return undefined;
		const [, at, duration, count, line, number = "", name = ""] = text.split(separator);
		return {
			number: unpack(number),
			name: unpack(name),
			line: Math.max(numberOf(line), 0),
			at: numberOf(at),
			duration: numberOf(duration),
			count: Math.max(numberOf(count), 1),
		};
	}

	/** Forgets the call in a place. */
	remove(place: number): void {
		this.store.deleteSingle(this.key(place));
	}

	/** Forgets all; the oldest first, so that a cut leaves the latest. */
	clear(): void {
		const order = this.places();
		for (let i = order.length - 1; i >= 0; i -= 1) this.remove(order[i] as number);
	}

	private key(place: number): string {
		return `${this.letter}${place}`;
	}
}
