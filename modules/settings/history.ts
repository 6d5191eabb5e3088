/*
 * The calls missed, received and placed last, kept across boots. The lists lie in storage alone: they are read when somebody looks
 * at them. Of a call that is answered its parties are taken down at once: who is transferred to it later did not call, and was not
 * called. What was taken down lies as octets in a small pool, without making garbage; a moment after the end it goes into its list.
 * The call agent's word on the list (CallHistoryInfo) goes before what the phone thinks itself.
 */
import { CallType, type Clock, type TimerHandle } from "hal/hardware";
import { type CallEntry, CallList, unknown } from "settings/call-list";
import type { Store } from "settings/store";

/** The lists. */
export const CallKind = Object.freeze({ missed: 0, received: 1, placed: 2 });

/** What the names of a list's records begin with, by kind. */
const letters: readonly string[] = Object.freeze(["m", "r", "p"]);
/** The record that a list was with earlier loads. */
const former: readonly string[] = Object.freeze(["missed", "received", "placed"]);
/** Record of how many calls nobody has seen. */
const unseenKey = "unseen";
/** Characters of a name that are kept. */
const longestName = 32;

/** What ended an entry that nobody had seen, where a list was one record of 20 lines. */
const unseenMark = "\t*";

/** Calls that may wait to be put into their lists, octets that each may have, and how long they wait in ms. */
const pool = 6;
const longest = 90;
const waitTime = 1000;
/** Behind these octets of a call that waits: its line, and the seconds for which it was up, high octet first. */
const lineAt = longest;
const durationAt = longest + 1;
const longestDuration = 0xffffff;

/** A text as a message carried it. */
export interface Octets {
	readonly length: number;
	octet(index: number): number;
}

/** A call as the mirror has it. */
export interface ListedCall {
	readonly reference: number;
	/** Own line by instance. */
	readonly line: number;
	/** A number of `CallType`, 0 while the call agent has named none. */
	readonly type: number;
	/** When it was connected, -1 for never. */
	readonly connectedAt: number;
	/** The list that the call agent has named, a number of {@link Told}. */
	readonly disposition: number;
	/** Another phone of a shared line has it. */
	readonly elsewhere: boolean;
	/** With whom it is was never to be shown here, and it was not answered here either. */
	readonly concealed: boolean;
	readonly callingNumber: Octets;
	readonly callingName: Octets;
	readonly calledNumber: Octets;
	readonly calledName: Octets;
	/** Digits that were keyed, for a call that was placed and got no number. */
	readonly dialled: string;
	/** Whether all of some bits of {@link Hidden} are set: of those who called, or were called, nothing may be kept. */
	hides(bits: number): boolean;
}

/** What a call agent says of the list that a call goes into: none at all, one of them, or nothing. */
const Told = Object.freeze({ ignore: 0, placed: 1, received: 2, missed: 3 });
/** What of who called, and of who was called, may be hidden. */
const Hidden = Object.freeze({ callingName: 0x01, callingNumber: 0x02, calledName: 0x04, calledNumber: 0x08 });

/** Phrases of the dictionary in place of a name: 'Private' and 'Unknown Number'. */
const hiddenName = phrase(54);
const unknownName = phrase(56);
const nothing = octetsOf([]);

function phrase(number: number): Octets {
	return octetsOf([0x80, number]);
}

function octetsOf(octets: readonly number[]): Octets {
	return Object.freeze({ length: octets.length, octet: (index: number) => octets[index] ?? 0 });
}

/** A call that waits. */
class Waiting {
	/** The call while it lasts, 0 when it has ended; {@link late} is its reference then. */
	reference = 0;
	late = 0;
	kind = -1;
	/** Octets of the number, then those of the name; behind the room for these line and duration. */
	readonly octets = new Uint8Array(longest + 4);
	numberLength = 0;
	length = 0;
	dialled = "";

	matches(kind: number, number: Octets, name: Octets, dialled: string): boolean {
		if (kind !== this.kind || dialled !== this.dialled || number.length !== this.numberLength) return false;
		if (this.length !== Math.min(number.length + name.length, longest)) return false;
		for (let i = 0; i < this.length; i += 1) if (this.octets[i] !== octetOf(number, name, i)) return false;
		return true;
	}

	set(kind: number, number: Octets, name: Octets, dialled: string): void {
		this.kind = kind;
		this.dialled = dialled;
		this.numberLength = number.length;
		this.length = Math.min(number.length + name.length, longest);
		for (let i = 0; i < this.length; i += 1) this.octets[i] = octetOf(number, name, i);
	}

	get line(): number {
		return this.octets[lineAt] as number;
	}

	/** Seconds for which it was up. */
	get duration(): number {
		const { octets } = this;
		return (
			((octets[durationAt] as number) << 16) |
			((octets[durationAt + 1] as number) << 8) |
			(octets[durationAt + 2] as number)
		);
	}

	/** It has ended. */
	end(line: number, seconds: number): void {
		const { octets } = this;
		const duration = Math.min(Math.max(seconds, 0), longestDuration);
		octets[lineAt] = line;
		octets[durationAt] = duration >>> 16;
		octets[durationAt + 1] = duration >>> 8;
		octets[durationAt + 2] = duration;
	}

	/** Whether it has this number. */
	numbered(number: Octets): boolean {
		if (number.length !== this.numberLength) return false;
		for (let i = 0; i < this.numberLength; i += 1) if (this.octets[i] !== number.octet(i)) return false;
		return true;
	}
}

function octetOf(number: Octets, name: Octets, index: number): number {
	return index < number.length ? number.octet(index) : name.octet(index - number.length);
}

export class History {
	/** Missed calls that have come since somebody looked at their list. */
	private unseen: number;
	/** Counts the calls that have come into lists: who has a list open sees that it is another. */
	revision = 0;
	/** Is told when there are more missed calls, or none any longer. */
	changed: (() => void) | undefined = undefined;
	private readonly store: Store;
	private readonly clock: Clock;
	private readonly decode: (octets: Uint8Array, offset: number, length: number) => string;
	private readonly now: () => number;
	/** Calls that last or wait, in the order in which they came, then the free entries. */
	private readonly waiting: readonly Waiting[];
	private readonly order: Waiting[];
	private count = 0;
	private timer: TimerHandle | undefined = undefined;
	private readonly due: () => void;

	/**
	 * @param decode gives the string that octets of a text stand for.
	 * @param now tells local time in seconds since 1970, less than 0 while it is not known.
	 */
	constructor(
		store: Store,
		clock: Clock,
		decode: (octets: Uint8Array, offset: number, length: number) => string,
		now: () => number,
	) {
		this.store = store;
		this.clock = clock;
		this.decode = decode;
		this.now = now;
		this.unseen = Math.max(Number.parseInt(store.read(unseenKey) ?? "", 10) || 0, 0);
		const ended: Waiting[] = [];
		for (let i = 0; i < pool; i += 1) ended.push(new Waiting());
		this.waiting = ended;
		this.order = ended;
		this.due = () => this.flush();
		for (let kind = 0; kind < letters.length; kind += 1) this.takeOver(kind);
	}

	/** Takes over a list as earlier loads kept it: one record, a call a line, the latest first. */
	private takeOver(kind: number): void {
		const key = former[kind] as string;
		const text = this.store.read(key);
		if (text === undefined) return;
		const lines = text.split("\n");
		const list = this.list(kind);
		let fresh = 0;
		for (let i = lines.length - 1; i >= 0; i -= 1) {
			const line = lines[i] as string;
			const marked = kind === CallKind.missed && isUnseen(line);
			const entry = marked ? line.slice(0, -unseenMark.length) : line;
			const at = entry.indexOf("\t");
			const number = plain(entry.slice(0, at));
			const name = plain(entry.slice(at + 1));
			if (at < 0 || (number === "" && name === "")) continue;
			// one that a power cut has left to be taken over again is counted once
			list.add({ number, name, line: 0, at: unknown, duration: unknown, count: 1 }, 0);
			if (marked) fresh += 1;
		}
		if (fresh > 0) this.keepUnseen(fresh);
		this.store.delete(key);
	}

	/** Takes down who called, or was called, at the first connection of a call. */
	connected(call: ListedCall): void {
		const kind = kindOf(call);
		// one place stays for calls that end without ever having been connected
		if (kind < 0 || kind === CallKind.missed || this.count >= pool - 1) return;
		const entry = this.waiting[this.count] as Waiting;
		this.count += 1;
		entry.reference = call.reference;
		entry.late = 0;
		this.take(entry, kind, call);
	}

	/** Notes a call that has ended for its list; one that somebody else took, or that was none, has none. */
	ended(call: ListedCall): void {
		const kind = kindOf(call);
		let entry = this.lasting(call.reference);
		if (kind < 0) {
			if (entry !== undefined) this.drop(entry);
			return;
		}
		const { calledName, calledNumber, callingName, callingNumber, dialled } = call;
		const placed = kind === CallKind.placed;
		const number = placed ? calledNumber : callingNumber;
		const name = placed ? calledName : callingName;
		if (entry === undefined) {
			for (let i = 0; i < this.count; i += 1) {
				const other = this.waiting[i] as Waiting;
				// a call that is told of again
				if (other.late === call.reference && other.matches(kind, number, name, placed ? dialled : "")) return;
			}
			if (this.count === pool) this.flush();
			entry = this.waiting[this.count] as Waiting;
			this.count += 1;
			this.take(entry, kind, call);
		} else if (partlyHidden(call, kind) || entry.numberLength === 0) this.take(entry, kind, call);
		else if (entry.length === entry.numberLength && entry.numbered(number)) this.take(entry, kind, call);
		entry.kind = kind;
		entry.reference = 0;
		entry.late = call.reference;
		const { connectedAt, line } = call;
		entry.end(line, connectedAt < 0 ? 0 : Math.floor((this.clock.ticks - connectedAt) / 1000));
		this.timer ??= this.clock.after(waitTime, this.due);
	}

	/** The call agent names the list of a call that has ended already. */
	disposed(reference: number, disposition: number): void {
		for (let i = 0; i < this.count; i += 1) {
			const entry = this.waiting[i] as Waiting;
			if (entry.late !== reference || reference === 0) continue;
			const kind = told(disposition);
			if (disposition === Told.ignore) this.drop(entry);
			else if (kind >= 0 && (kind === CallKind.placed) === (entry.kind === CallKind.placed)) entry.kind = kind;
			return;
		}
	}

	/** Takes down the party that a list of calls shows. @param kind a number of {@link CallKind}. */
	private take(entry: Waiting, kind: number, call: ListedCall): void {
		const { calledName, calledNumber, callingName, callingNumber, dialled } = call;
		if (kind === CallKind.placed) {
			if (hidden(call, kind)) entry.set(kind, nothing, hiddenName, dialled);
			else entry.set(kind, calledNumber, calledName, dialled);
		} else if (hidden(call, kind)) entry.set(kind, nothing, hiddenName, "");
		else if (callingNumber.length + callingName.length === 0) entry.set(kind, nothing, unknownName, "");
		else entry.set(kind, callingNumber, callingName, "");
	}

	/** The entry of a call that has not ended, undefined when there is none. */
	private lasting(reference: number): Waiting | undefined {
		for (let i = 0; i < this.count; i += 1) {
			const entry = this.waiting[i] as Waiting;
			if (entry.reference === reference && reference !== 0) return entry;
		}
		return undefined;
	}

	/** Takes an entry out of those that wait. */
	private drop(entry: Waiting): void {
		const { order } = this;
		this.count -= 1;
		for (let i = order.indexOf(entry); i < this.count; i += 1) order[i] = order[i + 1] as Waiting;
		order[this.count] = entry;
		entry.reference = 0;
		entry.late = 0;
	}

	/** Puts the calls that wait and have ended into their lists. */
	flush(): void {
		this.clock.cancel(this.timer);
		this.timer = undefined;
		for (let i = 0; i < this.count; ) {
			const entry = this.waiting[i] as Waiting;
			const { dialled, duration, kind, length, line, numberLength, octets, reference } = entry;
			if (reference !== 0) {
				i += 1;
				continue;
			}
			this.drop(entry);
			const number = this.decode(octets, 0, numberLength) || dialled;
			const now = this.now();
			this.add(kind, {
				number,
				name: this.decode(octets, numberLength, length - numberLength),
				line,
				at: now < 0 ? unknown : now - duration,
				duration,
				count: 1,
			});
		}
	}

	/**
	 * Adds a call on top of its list. @param kind a number of {@link CallKind}. One that was placed without a number leaves no trace, nor does
	 * one that has neither number nor name.
	 */
	add(kind: number, { number, name, line, at, duration, count }: CallEntry): void {
		if (letters[kind] === undefined || (number === "" && (kind === CallKind.placed || name === ""))) return;
		this.revision += 1;
		const kept = name === number ? "" : shortened(plain(name));
		this.list(kind).add({ number: plain(number), name: kept, line, at, duration, count }, count);
		if (kind === CallKind.missed) this.keepUnseen(this.unseen + 1);
	}

	/** Missed calls that have come since somebody looked at their list. */
	get missed(): number {
		return this.unseen;
	}

	/** Somebody looks at a list, which has all calls that have ended. */
	look(kind: number): CallList {
		this.flush();
		if (kind === CallKind.missed && this.unseen > 0) this.keepUnseen(0);
		return this.list(kind);
	}

	private list(kind: number): CallList {
		return new CallList(this.store, letters[kind] as string);
	}

	private keepUnseen(count: number): void {
		this.unseen = count;
		this.store.write(unseenKey, `${count}`);
		this.changed?.();
	}
}

/**
 * The list of a call, a number of {@link CallKind}; -1 for none. It is what the call agent says, unless that is a call of the other
 * direction: nobody has placed a call that came.
 */
function kindOf(call: ListedCall): number {
	const { connectedAt, concealed, dialled, disposition, elsewhere, type } = call;
	if (disposition === Told.ignore) return -1;
	const kind = told(disposition);
	if (kind >= 0 && (type === 0 || (kind === CallKind.placed) === (type === CallType.outbound))) return kind;
	if (concealed || (elsewhere && connectedAt < 0)) return -1;
	if (type === CallType.outbound) return CallKind.placed;
	if (type === 0) return dialled === "" || connectedAt < 0 ? -1 : CallKind.placed;
	return connectedAt < 0 ? CallKind.missed : CallKind.received;
}

/** The list that a call agent names, -1 where it names none. */
function told(disposition: number): number {
	switch (disposition) {
		case Told.placed:
			return CallKind.placed;
		case Told.received:
			return CallKind.received;
		case Told.missed:
			return CallKind.missed;
		default:
			return -1;
	}
}

/** Whether nothing of the party that a list shows may be kept. */
function hidden(call: ListedCall, kind: number): boolean {
	if (call.concealed) return true;
	if (kind === CallKind.placed) return call.hides(Hidden.calledName | Hidden.calledNumber);
	return call.hides(Hidden.callingName | Hidden.callingNumber);
}

/** Whether some of it may not. */
function partlyHidden(call: ListedCall, kind: number): boolean {
	if (kind === CallKind.placed) return call.hides(Hidden.calledName) || call.hides(Hidden.calledNumber);
	return call.hides(Hidden.callingName) || call.hides(Hidden.callingNumber);
}

/** Whether an entry of an earlier load has the mark: behind a name, which may look like one. */
function isUnseen(entry: string): boolean {
	return entry.endsWith(unseenMark) && entry.indexOf("\t") < entry.length - unseenMark.length;
}

/** As much of a name as is kept: no half of a character. */
function shortened(name: string): string {
	if (name.length <= longestName) return name;
	const last = name.charCodeAt(longestName - 1);
	return name.slice(0, last >= 0xd800 && last < 0xdc00 ? longestName - 1 : longestName);
}

/** A text without what separates entries; codes of the dictionary stay. */
function plain(text: string): string {
	let result = "";
	for (let i = 0; i < text.length; i += 1) {
		const code = text.charCodeAt(i);
		const coded = code === 0x1e || (i > 0 && isCode(text.charCodeAt(i - 1)) && code !== 9 && code !== 10);
		result += code < 32 && !coded ? " " : text.charAt(i);
	}
	return result;
}

function isCode(code: number): boolean {
	return code === 0x80 || code === 0x1e;
}
