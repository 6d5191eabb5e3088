/*
 * The list of buttons that the template has and the phone has no key for, with the state of those that have one: what a person would
 * press is chosen here.
 */
import type { Menu } from "base/menu";
import { Word } from "base/words";
import { LampMode } from "hal/hardware";
import { BusyLamp, Button } from "phone/lines";
import type { MoreButtons } from "phone/more-buttons";
import type { Phone } from "phone/phone";
import type { Dictionary } from "ui/dictionary";
import { keyWord, statusLamp } from "ui/keys";

/** Phrases of the first table: states of a busy lamp field, and 'Key Is Not Active'. */
const Phrase = Object.freeze({ inUse: 26, doNotDisturb: 63, notActive: 45 });

class SpeedDialMenu implements Menu {
	readonly title = Word.speedDials;
	readonly locked = false;
	readonly dials = false;
	private readonly phone: Phone;
	private readonly dictionary: Dictionary;

	constructor(phone: Phone, dictionary: Dictionary) {
		this.phone = phone;
		this.dictionary = dictionary;
	}

	get count(): number {
		const { more } = this.phone.lines;
		let count = 0;
		for (let i = 0; i < more.length; i += 1) if (shown(more, i)) count += 1;
		return count;
	}

	line(index: number): string {
		const { dictionary, phone } = this;
		const { more } = phone.lines;
		const at = this.at(index);
		const type = more.type(at);
		const line = type === Button.line ? phone.lines.line(more.instance(at)) : undefined;
		const label =
			line === undefined
				? dictionary.expand(more.label(at))
				: dictionary.show(line.label.empty ? line.number : line.label);
		const name = label || keyWord(type, dictionary);
		const state = stateName(type, more.status(at), dictionary);
		return state === "" ? name : `${name} (${state})`;
	}

	choose(index: number): string {
		const { dictionary, phone } = this;
		const at = this.at(index);
		const done = phone.button(phone.lines.more.type(at), phone.lines.more.instance(at));
		return done ? "" : dictionary.phrase(Phrase.notActive);
	}

	/** Where the item of the list stands among the buttons. */
	private at(index: number): number {
		const { more } = this.phone.lines;
		let count = -1;
		for (let i = 0; i < more.length; i += 1) {
			if (shown(more, i)) count += 1;
			if (count === index) return i;
		}
		return more.length;
	}
}

/** Whether a button is there and does something. */
function shown(more: MoreButtons, index: number): boolean {
	const type = more.type(index);
	// a service without a label is one that the call agent has not said anything of
	if (type === Button.serviceUrl) return more.label(index) !== "";
	return type !== Button.unused && type !== Button.undefined;
}

function stateName(type: number, status: number, dictionary: Dictionary): string {
	if (type === Button.busyLampField)
		switch (status & 0xff) {
			case BusyLamp.inUse:
				return dictionary.phrase(Phrase.inUse);
			case BusyLamp.doNotDisturb:
				return dictionary.phrase(Phrase.doNotDisturb);
			case BusyLamp.alerting:
				return dictionary.expand(Word.ringing);
			default:
				return "";
		}
	return type !== Button.speedDial && type !== Button.line && statusLamp(type, status) !== LampMode.off
		? dictionary.expand(Word.on)
		: "";
}

const none: readonly Menu[] = Object.freeze([]);

/** The list, where it would have anything in it. */
export function speedDials(phone: Phone, dictionary: Dictionary): readonly Menu[] {
	const menu = new SpeedDialMenu(phone, dictionary);
	return menu.count === 0 ? none : [menu];
}
