/*
 * The softkey row: the keys of the selected set in their order, or the phone's own while a number is collected or a menu
 * is open. When more keys are to be had than the board has, the last one reads 'more'.
 */
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
});

const collecting: readonly number[] = Object.freeze([Local.dial, Local.backspace, Local.cancel]);
const menu: readonly number[] = Object.freeze([Local.select, Local.exit]);
const page: readonly number[] = Object.freeze([Local.exit]);
const calls: readonly number[] = Object.freeze([Local.dialItem, Local.exit]);
const editor: readonly number[] = Object.freeze([Local.enter, Local.backspace, Local.exit]);
/** While a call goes on without a call agent. */
const preserved: readonly number[] = Object.freeze([Local.endCall]);
export const LocalRow = Object.freeze({ collecting, menu, page, calls, editor, preserved });

function localLabel(action: number, dictionary: Dictionary): string {
	switch (action) {
		case Local.more:
			return "more";
		case Local.dial:
		case Local.dialItem:
			return "Dial";
		case Local.keep:
		case Local.enter:
			return "Save";
		case Local.backspace:
			return dictionary.phrase(8);
		case Local.endCall:
			return dictionary.phrase(9);
		case Local.cancel:
			return "Cancel";
		case Local.select:
			return dictionary.phrase(78);
		case Local.exit:
			return "Exit";
		default:
			return "";
	}
}

export class SoftkeyRow {
	/** Template positions of the keys that the set shows. */
	private readonly keys: Uint8Array;
	private count = 0;
	private page = 0;
	/** What each softkey of the board does now. */
	private readonly actions: Int16Array;
	private reference = 0;
	private set = -1;

	/** @param width softkeys of the board. */
	constructor(width: number) {
		this.keys = new Uint8Array(Limits.softkeySetKeys);
		this.actions = new Int16Array(width).fill(Local.none);
	}

	/** What the softkey at `index` does: a template position, or a number of {@link Local}. */
	action(index: number): number {
		return this.actions[index] ?? Local.none;
	}

	/** Shows the next page of keys. */
	more(): void {
		const width = this.actions.length - 1;
		this.page = this.page + width >= this.count ? 0 : this.page + width;
	}

	/** Fills in the row from the set that holds for `call` (undefined: the idle phone). */
	show(screen: ScreenValue, softkeys: Softkeys, call: Call | undefined): void {
		const reference = call?.reference ?? 0;
		const set = call?.softkeySet ?? -1;
		if (reference !== this.reference || set !== this.set) {
			this.reference = reference;
			this.set = set;
			this.page = 0;
		}
		this.count = 0;
		for (let position = 0; position < Limits.softkeySetKeys; position += 1) {
			const key = softkeys.key(call, position);
			if (key < 0) continue;
			this.keys[this.count] = key;
			this.count += 1;
		}
		const { dictionary } = screen;
		const width = this.actions.length;
		const paged = this.count > width;
		if (!paged || this.page >= this.count) this.page = 0;
		for (let i = 0; i < width; i += 1) {
			const last = paged && i === width - 1;
			const at = this.page + i;
			this.actions[i] = last ? Local.more : at < this.count ? (this.keys[at] as number) : Local.none;
			const action = this.actions[i] as number;
			screen.setSoftkey(i, action >= 0 ? dictionary.expand(softkeys.label(action)) : localLabel(action, dictionary));
		}
	}

	/** Fills in keys of the phone's own. */
	showLocal(screen: ScreenValue, row: readonly number[]): void {
		for (let i = 0; i < this.actions.length; i += 1) {
			const action = row[i] ?? Local.none;
			this.actions[i] = action;
			screen.setSoftkey(i, localLabel(action, screen.dictionary));
		}
	}

	/** Puts Save in the last place while the volume bar shows: the keys of the call stay where they are. */
	showKeep(screen: ScreenValue): void {
		const last = this.actions.length - 1;
		this.actions[last] = Local.keep;
		screen.setSoftkey(last, localLabel(Local.keep, screen.dictionary));
	}

	/** Empties the row (no registration). */
	showNone(screen: ScreenValue): void {
		for (let i = 0; i < this.actions.length; i += 1) {
			this.actions[i] = Local.none;
			screen.setSoftkey(i, "");
		}
	}
}
