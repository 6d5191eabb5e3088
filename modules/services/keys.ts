/*
 * Keys as the URI Key: names them (guide, "Key"), by their numbers in the phone.
 */
import { Key } from "hal/hardware";

/** Names and keys in turn: a name from outside is never asked of an object, since XS keeps each that is, for good. */
const names: readonly (string | number)[] = Object.freeze([
	...["keypadstar", Key.star],
	...["keypadpound", Key.pound],
	...["navup", Key.up],
	...["navdwn", Key.down],
	...["navdown", Key.down],
	...["navleft", Key.left],
	...["navright", Key.right],
	...["navselect", Key.select],
	...["select", Key.select],
	...["hold", Key.hold],
	...["transfer", Key.transfer],
	...["conference", Key.conference],
	...["fixedfeature1", Key.transfer],
	...["fixedfeature2", Key.conference],
	...["fixedfeature3", Key.hold],
	...["messages", Key.messages],
	...["services", Key.services],
	...["applications", Key.services],
	...["appmenu", Key.services],
	...["directories", Key.directories],
	...["contacts", Key.directories],
	...["settings", Key.settings],
	...["setup", Key.settings],
	...["info", Key.help],
	...["headset", Key.headset],
	...["speaker", Key.speaker],
	...["mute", Key.mute],
	...["volup", Key.volumeUp],
	...["voldwn", Key.volumeDown],
	...["voldown", Key.volumeDown],
]);

/** Keys that are counted: the name before the number, the key of its first number, that number and the last one. */
const counted: readonly (readonly [string, number, number, number])[] = Object.freeze([
	Object.freeze(["keypad", 0, 0, 9] as const),
	Object.freeze(["soft", Key.softkey1, 1, 5] as const),
	Object.freeze(["line", Key.line1, 1, 8] as const),
]);

/** Number of the key that a name stands for, in any case and with or without blanks; -1 for none that the phone has. */
export function keyNamed(text: string): number {
	const name = text.replace(/ /g, "").toLowerCase();
	const at = names.indexOf(name);
	if (at >= 0) return names[at + 1] as number;
	for (let i = 0; i < counted.length; i += 1) {
		const [begins, key, first, last] = counted[i] as readonly [string, number, number, number];
		if (!name.startsWith(begins)) continue;
		const digits = name.slice(begins.length);
		const number = /^[0-9]{1,3}$/.test(digits) ? Number(digits) : -1;
		if (number >= first && number <= last) return key + number - first;
	}
	return -1;
}
