/*
 * Names of keys and lamps as documents show them.
 */
import { Key, Lamp } from "../../hal/hardware.js";

/** What is printed on a key, by its `Key` number. */
export function keyName(key: number): string {
	if (key >= 0 && key <= 9) return String(key);
	if (key === Key.star) return "*";
	if (key === Key.pound) return "#";
	if (key >= Key.softkey1 && key < Key.line1) return `softkey ${key - Key.softkey1 + 1}`;
	if (key >= Key.line1 && key < Key.up) return `line ${key - Key.line1 + 1}`;
	const name = Object.entries(Key).find(([, number]) => number === key)?.[0] ?? `key ${key}`;
	return name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

/** What a lamp tells of, by its `Lamp` number. */
export function lampName(lamp: number): string {
	if (lamp >= Lamp.line1 && lamp < Lamp.message) return `line ${lamp - Lamp.line1 + 1}`;
	return Object.entries(Lamp).find(([, number]) => number === lamp)?.[0] ?? `lamp ${lamp}`;
}
