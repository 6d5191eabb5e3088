/*
 * The personal directory: names and numbers that the user keeps on the phone. It lies in storage alone and is read while somebody looks at
 * it; its menus add, change and delete entries, and dial them.
 */
import { Entry, type Menu } from "base/menu";
import { Word } from "base/words";
import type { Store } from "settings/store";

/** Record of the entries, how many there are at most, and characters of a name and of a number. */
const key = "personal";
export const mostEntries = 50;
const longest = 32;
const separator = "\t";

/** Dials a number. @returns '' or why not. */
export type Dial = (number: string) => string;

export class Personal {
	private readonly store: Store;

	constructor(store: Store) {
		this.store = store;
	}

	/** The entries in the order of their names, each as name, tab and number. */
	list(): string[] {
		const text = this.store.read(key) ?? "";
		return text === "" ? [] : text.split("\n");
	}

	/** Keeps entries, by their names. */
	keep(list: readonly string[]): void {
		const sorted = [...list].sort((one, other) => compare(nameOf(one), nameOf(other)));
		if (sorted.length === 0) this.store.delete(key);
		else this.store.write(key, sorted.join("\n"));
	}
}

function compare(one: string, other: string): number {
	const first = one.toLowerCase();
	const second = other.toLowerCase();
	return first < second ? -1 : first > second ? 1 : 0;
}

function nameOf(entry: string): string {
	return entry.slice(0, entry.indexOf(separator));
}

function numberOf(entry: string): string {
	return entry.slice(entry.indexOf(separator) + 1);
}

/** A text without what separates entries, as long as one may be. */
function plain(text: string): string {
	return text.replace(/[\t\n]/g, " ").trim().slice(0, longest);
}

/** All entries, and behind them what makes another one. */
export class PersonalMenu implements Menu {
	readonly title = Word.personalDirectory;
	readonly locked = false;
	readonly dials = false;
	private readonly personal: Personal;
	private readonly dial: Dial;
	private entries: string[] = [];

	constructor(personal: Personal, dial: Dial) {
		this.personal = personal;
		this.dial = dial;
	}

	open(): void {
		this.entries = this.personal.list();
	}

	close(): void {
		this.entries = [];
	}

	get count(): number {
		return this.entries.length + 1;
	}

	line(index: number): string {
		const entry = this.entries[index];
		if (entry === undefined) return Word.newEntry;
		const name = nameOf(entry);
		return name === "" ? numberOf(entry) : `${name} ${numberOf(entry)}`;
	}

	choose(index: number): Menu | string {
		const entry = this.entries[index];
		if (entry === undefined && this.entries.length >= mostEntries) return Word.listFull;
		return new EntryMenu(this, this.dial, entry ?? separator, index);
	}

	/** Puts an entry in the place of another one, or away where it has nothing to dial. @returns where it stands from now on, -1 for nowhere. */
	replace(index: number, entry: string): number {
		const list = this.entries.filter((_, place) => place !== index);
		const stays = numberOf(entry) !== "";
		if (stays) list.push(entry);
		this.personal.keep(list);
		this.entries = this.personal.list();
		return stays ? this.entries.indexOf(entry) : -1;
	}
}

const Item = Object.freeze({ dial: 0, name: 1, number: 2, remove: 3 });

/** One entry: it is kept as soon as it has a number. */
class EntryMenu implements Menu {
	readonly title = Word.personalDirectory;
	readonly locked = false;
	readonly dials = false;
	private readonly menu: PersonalMenu;
	private readonly dial: Dial;
	private value: string;
	private index: number;

	constructor(menu: PersonalMenu, dial: Dial, text: string, index: number) {
		this.menu = menu;
		this.dial = dial;
		this.value = text;
		this.index = index;
	}

	get count(): number {
		return Item.remove + 1;
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
		const entry =
			index === Item.name
				? `${typed}${separator}${numberOf(this.value)}`
				: `${nameOf(this.value)}${separator}${typed}`;
		this.value = entry;
		// a new one waits for its number
		if (numberOf(entry) !== "") this.index = this.menu.replace(this.index, entry);
		return "";
	}

	choose(index: number): string {
		if (index === Item.dial) return this.dial(numberOf(this.value));
		this.menu.replace(this.index, separator);
		this.value = separator;
		this.index = -1;
		return "";
	}
}
