/*
 * The calls missed, received and placed last, kept across boots. The lists lie in storage alone: they are read when somebody looks
 * at them. Of a call that is answered its parties are taken down at once: who is transferred to it later did not call, and was not
 * called. What was taken down lies as octets in a small pool, without making garbage; a moment after the end it goes into its list.
 * The call agent's word on the list (CallHistoryInfo) goes before what the phone thinks itself.
 */
import type { Menu } from "base/menu";
import { Word } from "base/words";
import { CallType, type Clock, type TimerHandle } from "hal/hardware";
import type { Store } from "settings/store";

/** The lists. */
export const CallKind = Object.freeze({ missed: 0, received: 1, placed: 2 });

/** Records of the lists by kind. */
const keys: readonly string[] = Object.freeze(["missed", "received", "placed"]);
const titles: readonly string[] = Object.freeze([Word.missedCalls, Word.receivedCalls, Word.placedCalls]);
/** Calls kept in each list. */
const most = 20;
/** Characters of a name that are kept. */
const longestName = 32;

/** What ends an entry that nobody has seen. */
const unseen = "\t*";

/** Calls that may wait to be put into their lists, octets that each may have, and how long they wait in ms. */
const pool = 6;
const longest = 90;
const waitTime = 1000;

/** A text as a message carried it. */
export interface Octets {
	readonly length: number;
	octet(index: number): number;
}

/** A call as the mirror has it. */
export interface ListedCall {
	readonly reference: number;
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
	/** Octets of the number, then those of the name. */
	readonly octets = new Uint8Array(longest);
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
	private readonly store: Store;
	private readonly clock: Clock;
	private readonly decode: (octets: Uint8Array, offset: number, length: number) => string;
	/** Calls that last or wait, in the order in which they came, then the free entries. */
	private readonly waiting: readonly Waiting[];
	private readonly order: Waiting[];
	private count = 0;
	private timer: TimerHandle | undefined = undefined;
	private readonly due: () => void;

	/** @param decode gives the string that octets of a text stand for. */
	constructor(store: Store, clock: Clock, decode: (octets: Uint8Array, offset: number, length: number) => string) {
		this.store = store;
		this.clock = clock;
		this.decode = decode;
		const ended: Waiting[] = [];
		for (let i = 0; i < pool; i += 1) ended.push(new Waiting());
		this.waiting = ended;
		this.order = ended;
		this.due = () => this.flush();
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
			for (let i = 0; i < this.count; i += 1)
				if ((this.waiting[i] as Waiting).matches(kind, number, name, placed ? dialled : "")) return;
			if (this.count === pool) this.flush();
			entry = this.waiting[this.count] as Waiting;
			this.count += 1;
			this.take(entry, kind, call);
		} else if (partlyHidden(call, kind) || entry.numberLength === 0) this.take(entry, kind, call);
		else if (entry.length === entry.numberLength && entry.numbered(number)) this.take(entry, kind, call);
		entry.kind = kind;
		entry.reference = 0;
		entry.late = call.reference;
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
			const { dialled, kind, length, numberLength, octets, reference } = entry;
			if (reference !== 0) {
				i += 1;
				continue;
			}
			this.drop(entry);
			const number = this.decode(octets, 0, numberLength);
			this.add(kind, number === "" ? dialled : number, this.decode(octets, numberLength, length - numberLength));
		}
	}

	/**
	 * Adds a call on top of its list. @param kind a number of {@link CallKind}. One that was placed without a number leaves no trace, nor does
	 * one that has neither number nor name.
	 */
	add(kind: number, number: string, name: string): void {
		const key = keys[kind];
		if (key === undefined || (number === "" && (kind === CallKind.placed || name === ""))) return;
		const entry = `${plain(number)}\t${shortened(plain(name === number ? "" : name))}`;
		const list = this.read(kind);
		// somebody who calls again and again takes one line
		for (let i = list.length - 1; i >= 0; i -= 1) if (seen(list[i] as string) === entry) list.splice(i, 1);
		list.unshift(kind === CallKind.missed ? entry + unseen : entry);
		if (list.length > most) list.length = most;
		this.store.write(key, list.join("\n"));
	}

	/** Missed calls that have come since somebody looked at their list. */
	get missed(): number {
		this.flush();
		const list = this.read(CallKind.missed);
		let count = 0;
		for (let i = 0; i < list.length; i += 1) if (isUnseen(list[i] as string)) count += 1;
		return count;
	}

	/** The calls of a list, the latest first, each as number, tab and name; they have been seen with that. */
	list(kind: number): readonly string[] {
		this.flush();
		const list = this.read(kind);
		let fresh = false;
		for (let i = 0; i < list.length; i += 1) {
			const entry = list[i] as string;
			if (!isUnseen(entry)) continue;
			list[i] = seen(entry);
			fresh = true;
		}
		if (fresh) this.store.write(keys[kind] as string, list.join("\n"));
		return list;
	}

	clear(kind: number): void {
		const key = keys[kind];
		if (key !== undefined) this.store.delete(key);
	}

	private read(kind: number): string[] {
		const text = this.store.read(keys[kind] ?? "") ?? "";
		return text === "" ? [] : text.split("\n");
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

/** An entry without its mark. */
function seen(entry: string): string {
	return isUnseen(entry) ? entry.slice(0, -unseen.length) : entry;
}

/** Whether it has the mark: behind a name, which may look like one. */
function isUnseen(entry: string): boolean {
	return entry.endsWith(unseen) && entry.indexOf("\t") < entry.length - unseen.length;
}

/** As much of a name as is kept: no half of a character. */
function shortened(name: string): string {
	const last = name.charCodeAt(longestName - 1);
	return name.slice(0, name.length > longestName && last >= 0xd800 && last < 0xdc00 ? longestName - 1 : longestName);
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

/** One of the lists as a menu; an item's number is dialled. */
class CallMenu implements Menu {
	readonly title: string;
	readonly locked = false;
	readonly dials = true;
	private readonly history: History;
	private readonly kind: number;
	private list: readonly string[] = Object.freeze([]);

	constructor(history: History, kind: number) {
		this.title = titles[kind] ?? "";
		this.history = history;
		this.kind = kind;
	}

	/** Reads the list; it is forgotten again by {@link CallMenu.close}. */
	open(): void {
		this.list = this.history.list(this.kind);
	}

	close(): void {
		this.list = Object.freeze([]);
	}

	get count(): number {
		return this.list.length;
	}

	line(index: number): string {
		const [number = "", name = ""] = (this.list[index] ?? "").split("\t");
		return name === "" || number === "" ? name || number : `${name} ${number}`;
	}

	/** The number that an item stands for, '' for one that had none or hid it. */
	number(index: number): string {
		return (this.list[index] ?? "").split("\t")[0] ?? "";
	}

	choose(): string {
		return "";
	}
}

/** What the Directories key shows. */
export class DirectoriesMenu implements Menu {
	readonly title = Word.directories;
	readonly count: number;
	readonly locked = false;
	readonly dials = false;
	private readonly history: History;
	private readonly lists: readonly Menu[];

	/** @param more lists behind those of calls. */
	constructor(history: History, more: readonly Menu[]) {
		this.history = history;
		this.lists = Object.freeze([
			new CallMenu(history, CallKind.missed),
			new CallMenu(history, CallKind.received),
			new CallMenu(history, CallKind.placed),
			...more,
		]);
		this.count = this.lists.length;
	}

	line(index: number): string {
		const missed =
			index === CallKind.missed && this.history.missed > 0 ? ` (${this.history.missed} ${Word.unseen})` : "";
		return `${this.lists[index]?.title}${missed}`;
	}

	choose(index: number): Menu | string {
		return this.lists[index] ?? "";
	}
}
