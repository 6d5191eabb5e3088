/*
 * The calls missed, received and placed last, kept across boots. The lists lie in storage alone: they are read when somebody looks
 * at them. A call that ends leaves its octets in a small pool, without making garbage; a moment later they go into the list.
 */
import type { Menu } from "base/menu";
import { CallState, CallType, type Clock, type TimerHandle } from "hal/hardware";
import type { Store } from "settings/store";

/** The lists. */
export const CallKind = Object.freeze({ missed: 0, received: 1, placed: 2 });

/** Records of the lists by kind. */
const keys: readonly string[] = Object.freeze(["missed", "received", "placed"]);
const titles: readonly string[] = Object.freeze(["Missed calls", "Received calls", "Placed calls"]);
/** Calls kept in each list. */
const most = 20;
/** Characters of a name that are kept. */
const longestName = 32;

/** Calls that may wait to be put into their lists, octets that each may have, and how long they wait in ms. */
const pool = 6;
const longest = 66;
const waitTime = 1000;

/** A text as a message carried it. */
export interface Octets {
	readonly length: number;
	octet(index: number): number;
}

/** A call that has ended, as the mirror has it. */
export interface EndedCall {
	/** A number of `CallState`. */
	readonly state: number;
	/** A number of `CallType`, 0 while the call agent has named none. */
	readonly type: number;
	/** When it was connected, -1 for never. */
	readonly connectedAt: number;
	readonly callingNumber: Octets;
	readonly callingName: Octets;
	readonly calledNumber: Octets;
	readonly calledName: Octets;
	/** Digits that were keyed, for a call that was placed and got no number. */
	readonly dialled: string;
}

/** A call that waits. */
class Waiting {
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
}

function octetOf(number: Octets, name: Octets, index: number): number {
	return index < number.length ? number.octet(index) : name.octet(index - number.length);
}

export class History {
	/** Missed calls since the list was looked at. */
	missed = 0;
	private readonly store: Store;
	private readonly clock: Clock;
	private readonly decode: (octets: Uint8Array, offset: number, length: number) => string;
	private readonly waiting: readonly Waiting[];
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
		this.due = () => this.flush();
	}

	/** Notes a call that has ended for its list; one that somebody else took, or that was none, has none. */
	ended(call: EndedCall): void {
		const { calledName, calledNumber, callingName, callingNumber, connectedAt, dialled, state, type } = call;
		if (state === CallState.inUseRemotely || type === 0) return;
		if (type === CallType.outbound) this.note(CallKind.placed, calledNumber, calledName, dialled);
		else this.note(connectedAt < 0 ? CallKind.missed : CallKind.received, callingNumber, callingName, "");
	}

	/** @param kind a number of {@link CallKind}. @param dialled as {@link EndedCall.dialled}. */
	private note(kind: number, number: Octets, name: Octets, dialled: string): void {
		for (let i = 0; i < this.count; i += 1)
			if ((this.waiting[i] as Waiting).matches(kind, number, name, dialled)) return;
		if (this.count === pool) this.flush();
		(this.waiting[this.count] as Waiting).set(kind, number, name, dialled);
		this.count += 1;
		this.timer ??= this.clock.after(waitTime, this.due);
	}

	/** Puts the calls that wait into their lists. */
	flush(): void {
		this.clock.cancel(this.timer);
		this.timer = undefined;
		for (let i = 0; i < this.count; i += 1) {
			const { dialled, kind, length, numberLength, octets } = this.waiting[i] as Waiting;
			const number = this.decode(octets, 0, numberLength);
			this.add(kind, number === "" ? dialled : number, this.decode(octets, numberLength, length - numberLength));
		}
		this.count = 0;
	}

	/** Adds a call on top of its list. @param kind a number of {@link CallKind}. A call without a number leaves no trace. */
	add(kind: number, number: string, name: string): void {
		const key = keys[kind];
		if (key === undefined || number === "") return;
		const entry = `${plain(number)}\t${plain(name === number ? "" : name).slice(0, longestName)}`;
		const list = this.read(kind);
		// somebody who calls again and again takes one line
		const again = list.indexOf(entry);
		if (again >= 0) list.splice(again, 1);
		list.unshift(entry);
		if (list.length > most) list.length = most;
		this.store.write(key, list.join("\n"));
		if (kind === CallKind.missed) this.missed += 1;
	}

	/** The calls of a list, the latest first, each as number, tab and name. */
	list(kind: number): readonly string[] {
		this.flush();
		if (kind === CallKind.missed) this.missed = 0;
		return this.read(kind);
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

/** A text without what separates entries. */
function plain(text: string): string {
	let result = "";
	for (let i = 0; i < text.length; i += 1) result += text.charCodeAt(i) < 32 ? " " : text.charAt(i);
	return result;
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
		return name === "" ? number : `${name} ${number}`;
	}

	/** The number that an item stands for. */
	number(index: number): string {
		return (this.list[index] ?? "").split("\t")[0] ?? "";
	}

	choose(): undefined {
		return undefined;
	}

	enter(): string {
		return "";
	}
}

/** What the Directories key shows. */
export class DirectoriesMenu implements Menu {
	readonly title = "Directories";
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
		const missed = index === CallKind.missed && this.history.missed > 0 ? ` (${this.history.missed} new)` : "";
		return `${this.lists[index]?.title}${missed}`;
	}

	choose(index: number): Menu | undefined {
		return this.lists[index];
	}

	enter(): string {
		return "";
	}
}
