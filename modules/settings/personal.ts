/*
 * The personal directory: names and numbers that the user keeps on the phone. It lies in storage alone and is read while somebody looks at
 * it; its menus add, change and delete entries, and dial them.
 */
import { Entry, type Menu } from "base/menu";
import { Word } from "base/words";
import type { Store } from "settings/store";

/** Entries at most, in records of so many: none grows larger than a board's storage takes in one piece. */
export const mostEntries = 50;
const inRecord = 10;
/** Characters of a name and of a number. */
const longest = 32;
const separator = "\t";

/** Dials a number. @returns '' or why not. */
export type Dial = (number: string) => string;

export class Personal {
	private readonly store: Store;

	constructor(store: Store) {
		this.store = store;
	}

	/** The entries by their places, each as name, tab and number; '' for a place that is free. */
	read(): string[] {
		const entries: string[] = [];
		for (let from = 0; from < mostEntries; from += inRecord) {
			const lines = this.record(from);
			for (let i = 0; i < inRecord; i += 1) entries.push(lines[i] ?? "");
		}
		return entries;
	}

	/** Puts an entry in a place, '' frees it. @returns '' or why it cannot be kept. */
	put(place: number, entry: string): string {
		const lines = this.record(place);
		while (lines.length < inRecord) lines.push("");
		lines[place % inRecord] = entry;
		return this.store.write(keyOf(place), lines.join("\n"));
	}

	private record(place: number): string[] {
		return (this.store.read(keyOf(place)) ?? "").split("\n");
	}
}

function keyOf(place: number): string {
	return `personal${Math.floor(place / inRecord)}`;
}

function nameOf(entry: string): string {
	return entry.slice(0, entry.indexOf(separator));
}

function numberOf(entry: string): string {
	return entry.slice(entry.indexOf(separator) + 1);
}

/** A text without what separates entries, as long as one may be. */
function plain(text: string): string {
	return text
		.replace(/[\t\n]/g, " ")
		.trim()
		.slice(0, longest);
}

/** All entries by their names, and behind them what makes another one. */
export class PersonalMenu implements Menu {
	readonly title = Word.personalDirectory;
	readonly locked = false;
	readonly dials = false;
	private readonly personal: Personal;
	private readonly dial: Dial;
	private entries: string[] = [];
	/** Places of entries in the order of their names. */
	private order: number[] = [];

	constructor(personal: Personal, dial: Dial) {
		this.personal = personal;
		this.dial = dial;
	}

	open(): void {
		this.entries = this.personal.read();
		this.settle();
	}

	close(): void {
		this.entries = [];
		this.order = [];
	}

	get count(): number {
		return this.order.length + 1;
	}

	line(index: number): string {
		const entry = this.entryAt(index);
		if (entry === "") return Word.newEntry;
		const name = nameOf(entry);
		return name === "" ? numberOf(entry) : `${name} ${numberOf(entry)}`;
	}

	choose(index: number): Menu | string {
		const place = this.order[index] ?? this.entries.indexOf("");
		return place < 0 ? Word.listFull : new EntryMenu(this, this.dial, this.entryAt(index) || separator, place);
	}

	/** Puts an entry in its place; one without anything to dial frees it. @returns '' or why it cannot be kept. */
	put(place: number, entry: string): string {
		const kept = numberOf(entry) === "" ? "" : entry;
		if (this.entries[place] === kept) return "";
		const wrong = this.personal.put(place, kept);
		if (wrong === "") this.entries[place] = kept;
		this.settle();
		return wrong;
	}

	private entryAt(index: number): string {
		return this.entries[this.order[index] ?? -1] ?? "";
	}

	private settle(): void {
		const names = this.entries.map((entry) => nameOf(entry).toLowerCase());
		this.order = [];
		for (let place = 0; place < this.entries.length; place += 1) if (this.entries[place] !== "") this.order.push(place);
		this.order.sort((one, other) => {
			const first = names[one] as string;
			const second = names[other] as string;
			return first < second ? -1 : first > second ? 1 : one - other;
		});
	}
}

const Item = Object.freeze({ dial: 0, name: 1, number: 2, remove: 3 });

/** One entry: it is kept as soon as it has a number. */
class EntryMenu implements Menu {
	readonly title = Word.personalDirectory;
	readonly count = Item.remove + 1;
	readonly locked = false;
	readonly dials = false;
	private readonly menu: PersonalMenu;
	private readonly dial: Dial;
	private value: string;
	private readonly place: number;

	constructor(menu: PersonalMenu, dial: Dial, value: string, place: number) {
		this.menu = menu;
		this.dial = dial;
		this.value = value;
		this.place = place;
	}

	line(index: number): string {
		switch (index) {
			case Item.dial:
				return `${Word.dial} ${numberOf(this.value)}`;
			case Item.name:
				return `${Word.partyName} ${nameOf(this.value)}`;
			case Item.number:
				return `${Word.partyNumber} ${numberOf(this.value)}`;
			default:
				return Word.deleteItem;
		}
	}

	text(index: number): string | undefined {
		if (index === Item.name) return nameOf(this.value);
		return index === Item.number ? numberOf(this.value) : undefined;
	}

	entry(index: number): number {
		return index === Item.name ? Entry.text : Entry.telephone;
	}

	enter(index: number, text: string): string {
		const typed = plain(text);
		if (index === Item.number && typed === "") return `${Word.notNumber} ${text}`;
		const name = index === Item.name ? typed : nameOf(this.value);
		const number = index === Item.name ? numberOf(this.value) : typed;
		const entry = name + separator + number;
		const wrong = this.menu.put(this.place, entry);
		if (wrong === "") this.value = entry;
		return wrong;
	}

	choose(index: number): string {
		if (index === Item.dial) return this.dial(numberOf(this.value));
		const wrong = this.menu.put(this.place, separator);
		if (wrong === "") this.value = separator;
		return wrong;
	}
}
