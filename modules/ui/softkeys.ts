/*
 * The softkey row: the keys of the selected set in their places, or the phone's own while a number is collected or a menu is open. An
 * empty place stays empty, since call agents fill sets up so that a key is found where it always is. When there are more places than
 * the board has softkeys, the last one reads 'more'.
 */
import { Word } from "base/words";
import { Limits } from "limits";
import type { Call } from "phone/calls";
import type { Softkeys } from "phone/softkeys";
import type { Dictionary } from "ui/dictionary";
import type { ScreenValue } from "ui/screen";

/** What a softkey of the row does when it is no key of the template (those count from 0). */
export const Local = Object.freeze({
	none: -1,
	more: -2,
	dial: -3,
	backspace: -4,
	cancel: -5,
	select: -6,
	exit: -7,
	keep: -8,
	enter: -9,
	dialItem: -10,
	endCall: -11,
	editDial: -12,
	/** What is typed is letters, or digits, from now on. */
	letters: -13,
	numbers: -14,
	/** What is done with a call of a list. */
	details: -15,
	deleteItem: -16,
	clearList: -17,
});

/** Softkeys of a page: the one at position `p` is this less `p`. */
export const pageSoftkey = -100;

const collecting: readonly number[] = Object.freeze([Local.dial, Local.backspace, Local.cancel]);
const menu: readonly number[] = Object.freeze([Local.select, Local.exit]);
const page: readonly number[] = Object.freeze([Local.exit]);
const calls: readonly number[] = Object.freeze([
	Local.dialItem,
	Local.editDial,
	Local.details,
	Local.deleteItem,
	Local.clearList,
	Local.exit,
]);
const editor: readonly number[] = Object.freeze([Local.enter, Local.backspace, Local.exit]);
/** The same where a name can be typed: while letters are, and while digits are. */
const letters: readonly number[] = Object.freeze([Local.enter, Local.backspace, Local.numbers, Local.exit]);
const numbers: readonly number[] = Object.freeze([Local.enter, Local.backspace, Local.letters, Local.exit]);
/** While a call goes on without a call agent. */
const preserved: readonly number[] = Object.freeze([Local.endCall]);
const preservedPage: readonly number[] = Object.freeze([Local.endCall, Local.exit]);
const nothing: readonly number[] = Object.freeze([]);
const noLabels: readonly string[] = Object.freeze([]);
export const LocalRow = Object.freeze({
	collecting,
	menu,
	page,
	calls,
	editor,
	letters,
	numbers,
	preserved,
	preservedPage,
});

function localLabel(action: number, dictionary: Dictionary): string {
	switch (action) {
		case Local.more:
			return dictionary.expand(Word.more);
		case Local.dial:
		case Local.dialItem:
			return dictionary.expand(Word.dial);
		case Local.editDial:
			return dictionary.expand(Word.editDial);
		case Local.details:
			return dictionary.expand(Word.details);
		case Local.deleteItem:
			return dictionary.expand(Word.deleteItem);
		case Local.clearList:
			return dictionary.expand(Word.clearList);
		case Local.keep:
		case Local.enter:
			return dictionary.expand(Word.save);
		case Local.backspace:
			return dictionary.phrase(8);
		case Local.endCall:
			return dictionary.phrase(9);
		case Local.letters:
			return dictionary.expand(Word.letters);
		case Local.numbers:
			return dictionary.expand(Word.digits);
		case Local.cancel:
			return dictionary.expand(Word.cancel);
		case Local.select:
			return dictionary.phrase(78);
		case Local.exit:
			return dictionary.expand(Word.exit);
		default:
			return "";
	}
}

export class SoftkeyRow {
	/** Template positions of the keys of the set in their places, {@link Local.none} where a place is empty. */
	private readonly keys: Int16Array;
	/** Places up to the last key. */
	private count = 0;
	private page = 0;
	/** Keys of each page where there are several. */
	private step = 1;
	/** What each softkey of the board does now. */
	private readonly actions: Int16Array;
	private reference = 0;
	private set = -1;
	/** The phone's own row that shows, or a page's, undefined while the call agent's keys do. */
	private local: readonly (number | string)[] | undefined = undefined;

	/** @param width softkeys of the board. */
	constructor(width: number) {
		this.keys = new Int16Array(Limits.softkeySetKeys);
		this.actions = new Int16Array(width).fill(Local.none);
	}

	/** What the softkey at `index` does: a template position, or a number of {@link Local}. */
	action(index: number): number {
		return this.actions[index] ?? Local.none;
	}

	/** Shows the next page of keys; a page without any is passed over. */
	more(): void {
		const { step } = this;
		do this.page = this.page + step >= this.count ? 0 : this.page + step;
		while (this.page > 0 && this.blank(step));
	}

	/** Whether the page has no key. */
	private blank(width: number): boolean {
		for (let i = this.page; i < this.page + width && i < this.count; i += 1)
			if (this.keys[i] !== Local.none) return false;
		return true;
	}

	/**
	 * Fills in the row from the set that holds for `call` (undefined: the idle phone). @param leaves whether Exit has the last place before
	 * 'more', since a page lies over the call.
	 */
	show(screen: ScreenValue, softkeys: Softkeys, call: Call | undefined, leaves = false): void {
		const reference = call?.reference ?? 0;
		const set = call?.softkeySet ?? -1;
		if (reference !== this.reference || set !== this.set || this.local !== undefined) {
			this.reference = reference;
			this.set = set;
			this.local = undefined;
			this.page = 0;
		}
		this.count = 0;
		for (let position = 0; position < Limits.softkeySetKeys; position += 1) {
			const key = softkeys.key(call, position);
			this.keys[position] = key < 0 ? Local.none : key;
			if (key >= 0) this.count = position + 1;
		}
		this.fill(screen, softkeys, noLabels, leaves);
	}

	/** Fills in the keys of a page, by its labels. */
	showPage(screen: ScreenValue, labels: readonly string[]): void {
		if (this.local !== labels) {
			this.local = labels;
			this.page = 0;
		}
		this.count = 0;
		const most = Math.min(labels.length, this.keys.length);
		for (let i = 0; i < most; i += 1) {
			this.keys[i] = labels[i] === "" ? Local.none : pageSoftkey - i;
			if (labels[i] !== "") this.count = i + 1;
		}
		this.fill(screen, undefined, labels);
	}

	/** Fills in keys of the phone's own. */
	showLocal(screen: ScreenValue, row: readonly number[]): void {
		if (row !== this.local) {
			this.local = row;
			this.page = 0;
		}
		this.count = row.length;
		for (let i = 0; i < row.length; i += 1) this.keys[i] = row[i] as number;
		this.fill(screen, undefined);
	}

	/**
	 * Puts a page of the keys into the row: all of them, or, when they are too many, as many as leave the last softkey for 'more'; one less
	 * where there is Exit as well.
	 */
	private fill(screen: ScreenValue, softkeys: Softkeys | undefined, labels = noLabels, leaves = false): void {
		const { dictionary } = screen;
		const width = this.actions.length;
		const room = leaves ? width - 1 : width;
		const paged = this.count > room;
		this.step = Math.max(1, paged ? room - 1 : room);
		if (!paged || this.page >= this.count) this.page = 0;
		for (let i = 0; i < width; i += 1) {
			const at = this.page + i;
			let action: number = i < this.step && at < this.count ? (this.keys[at] as number) : Local.none;
			if (paged && i === width - 1) action = Local.more;
			else if (leaves && i === (paged ? width - 2 : width - 1)) action = Local.exit;
			this.actions[i] = action;
			screen.setSoftkey(i, this.label(action, softkeys, labels, dictionary));
		}
	}

	private label(
		action: number,
		softkeys: Softkeys | undefined,
		labels: readonly string[],
		dictionary: Dictionary,
	): string {
		if (action >= 0 && softkeys !== undefined) return dictionary.show(softkeys.label(action));
		if (action <= pageSoftkey) return dictionary.expand(labels[pageSoftkey - action] ?? "");
		return localLabel(action, dictionary);
	}

	/** Puts Save in the last place while the volume bar shows: the keys of the call stay where they are. */
	showKeep(screen: ScreenValue): void {
		const last = this.actions.length - 1;
		this.actions[last] = Local.keep;
		screen.setSoftkey(last, localLabel(Local.keep, screen.dictionary));
	}

	/** Empties the row (no registration). */
	showNone(screen: ScreenValue): void {
		this.showLocal(screen, nothing);
	}
}
