/*
 * What commands, panel and tests call a phone by: its device name, its keys and the SCCP versions that it may declare.
 */

/** SCCP versions that a phone may declare. */
export const protocolVersions: readonly number[] = Object.freeze([3, 8, 11, 15, 17, 20, 22]);

/** What a key may be called. */
export const keyNames =
	/^([0-9*#]|softkey[1-5]|line[1-8]|up|down|left|right|select|hold|transfer|conference|messages|services|directories|settings|help|headset|speaker|mute|volumeUp|volumeDown|pageUp|pageDown)$/;

/** The device name `index` further than a first one: SEP001122334455, SEP001122334456 ... */
export function deviceName(first: string, index: number): string {
	const hexadecimal = first.slice(3);
	const next = (BigInt(`0x${hexadecimal}`) + BigInt(index)) & ((1n << BigInt(4 * hexadecimal.length)) - 1n);
	return first.slice(0, 3) + next.toString(16).toUpperCase().padStart(hexadecimal.length, "0");
}
