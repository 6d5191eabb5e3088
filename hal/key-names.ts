/*
 * Keys by the names that tools and people at a console have for them.
 */
import { Key } from "hal/hardware";

/** Milliseconds until a key that is down counts as held. */
export const holdTime = 1000;

/** Names and keys in turn: a name from outside is never asked of an object, since XS keeps each that is, for good. */
const names: readonly (string | number)[] = Object.freeze([
	...["*", Key.star],
	...["#", Key.pound],
	...["up", Key.up],
	...["down", Key.down],
	...["left", Key.left],
	...["right", Key.right],
	...["select", Key.select],
	...["hold", Key.hold],
	...["transfer", Key.transfer],
	...["conference", Key.conference],
	...["messages", Key.messages],
	...["services", Key.services],
	...["directories", Key.directories],
	...["settings", Key.settings],
	...["help", Key.help],
	...["headset", Key.headset],
	...["speaker", Key.speaker],
	...["mute", Key.mute],
	...["volumeUp", Key.volumeUp],
	...["volumeDown", Key.volumeDown],
	...["pageUp", Key.pageUp],
	...["pageDown", Key.pageDown],
]);

/** Number of the key of that name on a board with so many line keys and softkeys; -1 when there is none. */
export function keyNumber(name: string, lineKeys: number, softkeys: number): number {
	const digit = name.charCodeAt(name.length - 1) - 48;
	if (digit >= 0 && digit <= 9) {
		if (name.length === 1) return digit;
		if (name.length === 5 && name.startsWith("line") && digit >= 1 && digit <= lineKeys) return Key.line1 + digit - 1;
		if (name.length === 8 && name.startsWith("softkey") && digit >= 1 && digit <= softkeys) {
			return Key.softkey1 + digit - 1;
		}
		return -1;
	}
	const at = names.indexOf(name);
	return at < 0 ? -1 : (names[at + 1] as number);
}

/** What {@link keyNumber} knows, in one line. */
export function keyList(lineKeys: number, softkeys: number): string {
	let list = `0-9, line1-line${lineKeys}, softkey1-softkey${softkeys}`;
	for (let i = 0; i < names.length; i += 2) list += `, ${names[i]}`;
	return list;
}
