/*
 * What the Directories key shows: the lists of calls, each with what can be done with one of its calls. A list that is open has the places
 * of its calls in memory, an octet each; what a line says is read when it is drawn.
 */
import type { Menu, Shortcut } from "base/menu";
import { Word } from "base/words";
import { type CallEntry, type CallList, unknown } from "settings/call-list";
import { CallKind, type History } from "settings/history";

const titles: readonly string[] = Object.freeze([Word.missedCalls, Word.receivedCalls, Word.placedCalls]);

/** What a list says of a call that the phone alone knows. */
export interface CallWords {
	/** Date and time as the display shows them, of seconds since 1970 in local time. */
	when(seconds: number): string;
	/** What an own line is called, '' where there is none. @param instance from 1 on. */
	lineName(instance: number): string;
}

/** Hours, minutes and seconds: '1:02:03' or '2:03'. */
function span(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	const tail = two(seconds % 60);
	return hours > 0 ? `${hours}:${two(minutes % 60)}:${tail}` : `${minutes}:${tail}`;
}

function two(value: number): string {
	return value < 10 ? `0${value}` : `${value}`;
}

/** One of the lists; an item's number is dialled. */
export class CallMenu implements Menu {
	readonly title: string;
	readonly locked = false;
	readonly dials = true;
	private readonly history: History;
	private readonly kind: number;
	private readonly words: CallWords;
	private list: CallList | undefined = undefined;
	/** Of the calls, the latest first, while it is open. */
	private places: Uint8Array | undefined = undefined;
	private revision = -1;

	constructor(history: History, kind: number, words: CallWords) {
		this.title = titles[kind] ?? "";
		this.history = history;
		this.kind = kind;
		this.words = words;
	}

	open(): void {
		this.list = this.history.look(this.kind);
		this.arrange();
	}

	close(): void {
		this.list = undefined;
		this.places = undefined;
	}

	/** As many as there are now: a call may end while its list is open. */
	get count(): number {
		if (this.list !== undefined && this.revision !== this.history.revision) this.arrange();
		return this.places?.length ?? 0;
	}

	private arrange(): void {
		this.revision = this.history.revision;
		this.places = this.list?.places();
	}

	/** Name and number, and how many calls it stands for where it is not one. */
	line(index: number): string {
		const entry = this.call(index);
		if (entry === undefined) return "";
		const { name, number, count } = entry;
		const who = name === "" || number === "" ? name || number : `${name} ${number}`;
		return count > 1 ? `${who} (${count})` : who;
	}

	/** The number that an item stands for, '' for one that had none or hid it. */
	number(index: number): string {
		return this.call(index)?.number ?? "";
	}

	choose(): string {
		return "";
	}

	/** Forgets the call of an item. */
	remove(index: number): void {
		const place = this.places?.[index];
		if (place === undefined) return;
		this.list?.remove(place);
		this.arrange();
	}

	/** Asks, and forgets all. */
	clear(): Menu {
		return new ClearMenu(() => {
			this.list?.clear();
			this.arrange();
		});
	}

	details(index: number): Menu {
		const entry = this.call(index);
		return new DetailsMenu(entry === undefined ? [] : lines(entry, this.words));
	}

	private call(index: number): CallEntry | undefined {
		const place = this.places?.[index];
		return place === undefined ? undefined : this.list?.read(place);
	}
}

/** All that is known of a call. */
class DetailsMenu implements Menu {
	readonly title = Word.details;
	readonly locked = false;
	readonly dials = false;
	readonly plain = true;
	private readonly lines: readonly string[];

	constructor(lines: readonly string[]) {
		this.lines = lines;
	}

	get count(): number {
		return this.lines.length;
	}

	line(index: number): string {
		return this.lines[index] ?? "";
	}

	choose(): string {
		return "";
	}
}

/** Whether to forget all calls of a list: what is not done stands first. */
class ClearMenu implements Menu {
	readonly title = Word.clearAll;
	readonly count = 2;
	readonly locked = false;
	readonly dials = false;
	readonly asks = true;
	private readonly done: () => void;

	constructor(done: () => void) {
		this.done = done;
	}

	line(index: number): string {
		return index === 0 ? Word.no : Word.yes;
	}

	choose(index: number): string {
		if (index === 1) this.done();
		return "";
	}
}

/** Lines that tell all of a call: what is not known is left out, but for the number. */
function lines({ name, number, line, at, duration, count }: CallEntry, words: CallWords): string[] {
	const said: string[] = [];
	if (name !== "") said.push(`${Word.partyName} ${name}`);
	said.push(`${Word.partyNumber} ${number === "" ? Word.none : number}`);
	const own = line === 0 ? "" : words.lineName(line);
	if (own !== "") said.push(`${Word.ownLine} ${own}`);
	if (at !== unknown) said.push(`${Word.callTime} ${words.when(at)}`);
	if (duration !== unknown) said.push(`${Word.duration} ${span(duration)}`);
	said.push(`${Word.callCount} ${count}`);
	return said;
}

/** What the Directories key shows. */
export class DirectoriesMenu implements Menu {
	readonly title = Word.directories;
	readonly count: number;
	readonly locked = false;
	readonly dials = false;
	private readonly history: History;
	private readonly lists: readonly (Menu | Shortcut)[];

	/** @param more lists behind those of calls, and what else there is to choose. */
	constructor(history: History, words: CallWords, more: readonly (Menu | Shortcut)[]) {
		this.history = history;
		this.lists = Object.freeze([
			new CallMenu(history, CallKind.missed, words),
			new CallMenu(history, CallKind.received, words),
			new CallMenu(history, CallKind.placed, words),
			...more,
		]);
		this.count = this.lists.length;
	}

	line(index: number): string {
		const { missed } = this.history;
		const fresh = index === CallKind.missed && missed > 0 ? ` (${missed} ${Word.unseen})` : "";
		return `${this.lists[index]?.title}${fresh}`;
	}

	choose(index: number): Menu | string {
		const chosen = this.lists[index] ?? "";
		return typeof chosen !== "string" && "go" in chosen ? chosen.go() : chosen;
	}
}
